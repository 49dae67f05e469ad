"""The lines at the edges: header, banner, footer."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content

from wallboard.clock import Clock
from wallboard.domain.feeds import Freshness, worst
from wallboard.language.bidi import is_turned
from wallboard.language.catalog import _, is_mirrored, spoken
from wallboard.language.format import duration
from wallboard.language.units import units_words
from wallboard.language.words import fault_remedy, fault_words, freshness_words
from wallboard.ui.actions import ACTIONS, Action, shown
from wallboard.ui.mirroring import in_order, two_sided
from wallboard.ui.panels.feeds import key_of, words_of
from wallboard.ui.panels.picture import Picture
from wallboard.ui.roles import GLYPH_OF_FRESHNESS
from wallboard.ui.text import mark, plain, safe
from wallboard.ui.widgets.standing import StandingText

TALL_SCREEN = 35  # lines from which on there is room for several troubles
MOST_TROUBLES = 3
GAP = "   "  # between the pieces of the header


class Header(StandingText):
    """Name, each source with its worst feed and its units, and the clock."""

    DEFAULT_CSS = "Header { height: 1; background: $panel; color: $foreground; text-style: bold; }"

    def __init__(self, title: str, clock: Clock, zone: tzinfo | None) -> None:
        super().__init__("", markup=False)
        self._title = title
        self._clock = clock
        self._zone = zone
        self._said = ""

    def show(self, picture: Picture, role: str) -> None:
        """Say it. `role`: what keeps people from acting here, if anything does."""
        time = datetime.fromtimestamp(self._clock.now(), UTC).astimezone(self._zone).strftime("%H:%M:%S")
        room = self.app.size.width - cell_len(time) - 3
        pieces = [safe(self._title), *filter(None, (role,))]
        for source in dict.fromkeys(key.source for key in picture.snapshot.feeds):
            more = _source(source, picture)
            if cell_len(GAP.join((*pieces, more))) > room:
                pieces[-1] += " …"
                break
            pieces.append(more)
        text = f" {two_sided(pieces, (time,), self.app.size.width - 2, GAP, least=1)} "
        if text != self._said:
            self._said = text
            self.update(Content(text), layout=False)


def _source(name: str, picture: Picture) -> str:
    states = [s.freshness(picture.now) for k, s in picture.snapshot.feeds.items() if k.source == name]
    state = worst(states)
    word = "" if state in {Freshness.LIVE, Freshness.CONNECTING} else f" {freshness_words(state)}"
    account = next((a for a in picture.snapshot.floor.accounts if a.source == name), None)
    shown_name = safe(picture.shown(name))
    told = f"{GLYPH_OF_FRESHNESS[state]} {shown_name}{mark() if is_turned(shown_name) else ''}{word}"
    if account is None or account.units is None:
        return told
    return _("{source} {units}").format(source=told, units=units_words(account.units))


class Banner(StandingText):
    """What must not be overlooked: the picture is held still, or a person is needed."""

    DEFAULT_CSS = """
    Banner {
        display: none; height: auto; max-height: 5; padding: 0 1; text-style: bold;
        background: $sla-breach; color: $sla-breach-text;
        &.-shown { display: block; }
        &.-frozen { background: $sla-warn; color: $background; text-align: center; padding: 1; }
    }
    """

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self._said = ""

    def show(self, picture: Picture, kinds: Mapping[str, str], frozen_seconds: float | None) -> None:
        """Say it, or nothing. `kinds` are the sources' vendors, for the remedy."""
        text = self._frozen(frozen_seconds) if frozen_seconds is not None else self._locked(picture, kinds)
        self.set_class(frozen_seconds is not None, "-frozen")
        self.set_class(bool(text), "-shown")
        if text != self._said:
            self._said = text
            self.update(Content("\n").join(map(plain, text.splitlines())))

    @staticmethod
    def _frozen(seconds: float) -> str:
        held = _("F R O Z E N   {time}").format(time=duration(seconds))
        goes_on = _("the picture is held still, data keep arriving: f goes on")
        return f"{held}\n{goes_on}"

    @staticmethod
    def _locked(picture: Picture, kinds: Mapping[str, str]) -> str:
        lines: dict[str, str] = {}
        for status in picture.snapshot.feeds.values():
            if status.is_locked and status.fault is not None:
                remedy = fault_remedy(status.fault, kinds.get(status.key.source, ""))
                words = f"! {status.key.source}: {fault_words(status.fault)}. {remedy}"
                lines.setdefault(status.key.source, words)
        return "\n".join(lines.values())


class TroubleLines(StandingText):
    """What is wrong, in words, above the footer: the worst feed first, then remarks about answers that were accepted.

    On a small screen it is one line, and the only place that says it.
    """

    DEFAULT_CSS = """
    TroubleLines {
        display: none; height: auto; max-height: 8; padding: 0 1;
        background: $surface; color: $sla-warn; text-style: bold;
        &.-shown { display: block; }
    }
    """

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self._said: list[str] = []

    def show(self, picture: Picture, remarks: Sequence[str] = ()) -> None:
        """Say it. `remarks`: what else deserves a warning, of no feed."""
        lines = [*_troubles(picture), *(f"▲ {remark}" for remark in remarks)]
        room = 1 if self.app.size.height < TALL_SCREEN else MOST_TROUBLES
        said = lines[:room]
        if len(lines) > room:
            said[-1] += f"   {_beyond(len(lines) - room, is_in_feeds=not remarks)}"
        if said != self._said:
            is_as_high = len(said) == len(self._said)
            self._said = said
            self.set_class(bool(said), "-shown")
            self.update(Content("\n").join(map(plain, said)), layout=not is_as_high)


def _beyond(count: int, *, is_in_feeds: bool) -> str:
    words = _("(+{count} more: see {panel})") if is_in_feeds else _("(+{count} more)")
    return words.format(count=count, panel=_("Feeds"))


def _troubles(picture: Picture) -> list[str]:
    """One line for each source, method and cause; the worst first."""
    order = list(Freshness)
    found: dict[str, tuple[int, float, str]] = {}
    for status in picture.snapshot.feeds.values():
        freshness = status.freshness(picture.now)
        age = status.age(picture.now)
        is_troubled = order.index(freshness) > order.index(Freshness.CONNECTING)
        what = words_of(status) if is_troubled or status.fault is None else ""
        if is_troubled or what:
            words = f"{picture.shown(f'{status.key.source} {status.key.method}')}: {what or _('no newer answer yet')}"
            state = freshness_words(freshness) + ("" if age is None else f" {duration(age)}")
            line = f"{GLYPH_OF_FRESHNESS[freshness]} {state}  {words}" if is_troubled else f"▲ {words}"
            rank = (order.index(freshness), age or 0.0, line)
            found[key_of(status)] = max(found.get(key_of(status), (-1, 0.0, "")), rank)
    return [line for _, _, line in sorted(found.values(), reverse=True)]


class Footer(StandingText):
    """The keys one needs most, from the registry; what acts on the panel's rows first, help and quit always."""

    DEFAULT_CSS = "Footer { height: 1; background: $panel; color: $muted; }"

    def __init__(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__("", markup=False)
        self._keys = keys
        self._said: tuple[object, ...] = ()

    def show(self, panel_id: str, is_possible: Callable[[Action], bool]) -> None:
        """Say the keys of a panel; those that can do nothing to the row one stands on are dim."""
        offered = [action for action in ACTIONS if action.id in self._keys]
        acting = [action for action in offered if panel_id in action.panels]
        dim = {action.id for action in acting if not is_possible(action)}
        said = (spoken(), is_mirrored(), panel_id, self.size.width, *dim)
        if said != self._said:
            self._said = said
            first = [self._entry(action, is_dim=action.id in dim) for action in acting]
            first += [Entry("1-5", _("panel")), *map(self._entry, _shown(offered, is_vital=False))]
            self._write(first, [self._entry(action) for action in _shown(offered, is_vital=True)])

    def _entry(self, action: Action, *, is_dim: bool = False) -> "Entry":
        return Entry(shown(self._keys[action.id][0]), _(action.label), is_dim)

    def _write(self, first: Iterable["Entry"], last: Sequence["Entry"]) -> None:
        room = self.size.width - 1 - sum(entry.width for entry in last)
        chosen = []
        for entry in first:
            room -= entry.width
            if room < 0:
                break
            chosen.append(entry)
        entries = in_order((*chosen, *last), "".join(entry.label for entry in (*chosen, *last)))
        self.update(Content("").join(entry.content for entry in entries), layout=False)


def _shown(offered: Sequence[Action], *, is_vital: bool) -> list[Action]:
    return [action for action in offered if action.is_shown and action.is_vital is is_vital]


class Entry(NamedTuple):
    """A key and what it does, in a footer."""

    key: str
    label: str
    is_dim: bool = False

    @property
    def width(self) -> int:
        return cell_len(self.key) + cell_len(self.label) + 3

    @property
    def content(self) -> Content:
        if self.is_dim:
            return Content.styled(f" {self.key} {self.label} ", "$muted 50%")
        return Content.assemble((f" {self.key}", "bold $accent"), f" {self.label} ")
