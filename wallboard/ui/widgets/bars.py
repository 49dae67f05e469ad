"""The lines at the edges: header, banner, footer."""

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from wallboard.clock import Clock
from wallboard.domain.feeds import Freshness, worst
from wallboard.language.format import count, duration
from wallboard.language.words import fault_remedy, fault_words
from wallboard.ui.actions import ACTIONS, shown
from wallboard.ui.panels.feeds import words_of
from wallboard.ui.panels.picture import Picture
from wallboard.ui.roles import GLYPH_OF_FRESHNESS
from wallboard.ui.text import plain


class Header(Static):
    """Name, each source with its worst feed and its units, and the clock."""

    DEFAULT_CSS = "Header { height: 1; background: $panel; color: $foreground; text-style: bold; }"

    def __init__(self, title: str, clock: Clock, zone: tzinfo | None) -> None:
        super().__init__("", markup=False)
        self._title = title
        self._clock = clock
        self._zone = zone
        self._said = ""

    def show(self, picture: Picture) -> None:
        time = datetime.fromtimestamp(self._clock.now(), UTC).astimezone(self._zone).strftime("%H:%M:%S")
        room = self.app.size.width - cell_len(time) - 2
        left = f" {self._title}"
        for source in dict.fromkeys(key.source for key in picture.snapshot.feeds):
            more = f"   {_source(source, picture)}"
            if cell_len(left) + cell_len(more) > room:
                left += " …"
                break
            left += more
        text = left + " " * max(1, room - cell_len(left) + 1) + time + " "
        if text != self._said:
            self._said = text
            self.update(plain(text), layout=False)


def _source(name: str, picture: Picture) -> str:
    states = [s.freshness(picture.now) for k, s in picture.snapshot.feeds.items() if k.source == name]
    state = worst(states)
    word = "" if state in {Freshness.LIVE, Freshness.CONNECTING} else f" {state}"
    account = next((a for a in picture.snapshot.floor.accounts if a.source == name), None)
    units = f" {count(account.units)} units" if account is not None and account.units is not None else ""
    return f"{GLYPH_OF_FRESHNESS[state]} {picture.shown(name)}{word}{units}"


class Banner(Static):
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
        return f"F R O Z E N   {duration(seconds)}\nthe picture is held still, data keep arriving: f goes on"

    @staticmethod
    def _locked(picture: Picture, kinds: Mapping[str, str]) -> str:
        lines: dict[str, str] = {}
        for status in picture.snapshot.feeds.values():
            if status.is_locked and status.fault is not None:
                remedy = fault_remedy(status.fault, kinds.get(status.key.source, ""))
                words = f"! {status.key.source}: {fault_words(status.fault)}. {remedy}"
                lines.setdefault(status.key.source, words)
        return "\n".join(lines.values())


class TroubleLine(Static):
    """The feed in the worst state, in words, above the footer; on a small screen the only place that says it."""

    DEFAULT_CSS = """
    TroubleLine { display: none; height: 1; background: $surface; color: $sla-warn; text-style: bold; padding: 0 1; }
    TroubleLine.-shown { display: block; }
    """

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self._said = ""

    def show(self, picture: Picture) -> None:
        text = self._words(picture)
        self.set_class(bool(text), "-shown")
        if text != self._said:
            self._said = text
            self.update(plain(text), layout=False)

    @staticmethod
    def _words(picture: Picture) -> str:
        order = list(Freshness)
        states = [(order.index(s.freshness(picture.now)), s) for s in picture.snapshot.feeds.values()]
        troubled = [(state, s) for state, s in states if state > order.index(Freshness.CONNECTING)]
        if not troubled:
            return ""
        state, status = max(troubled, key=lambda pair: (pair[0], pair[1].age(picture.now) or 0.0))
        freshness = order[state]
        age = f" {duration(status.age(picture.now))}" if status.succeeded_at is not None else ""
        what = words_of(status) or "no newer answer yet"
        more = f"  (+{len(troubled) - 1} more feeds)" if len(troubled) > 1 else ""
        feed = picture.shown(f"{status.key.source} {status.key.method}")
        return f"{GLYPH_OF_FRESHNESS[freshness]} {freshness}{age}  {feed}: {what}{more}"


class Footer(Static):
    """The keys one needs most, from the registry; as many as there is room for, help and quit always."""

    DEFAULT_CSS = "Footer { height: 1; background: $panel; color: $muted; }"

    def __init__(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__("", markup=False)
        offered = [(shown(keys[action.id][0]), action) for action in ACTIONS if action.is_shown]
        self._first = [("1-5", "panel"), *((key, a.label) for key, a in offered if not a.is_vital)]
        self._last = [(key, action.label) for key, action in offered if action.is_vital]

    def on_resize(self) -> None:
        room = self.size.width - 1 - sum(map(_width, self._last))
        chosen = []
        for entry in self._first:
            room -= _width(entry)
            if room < 0:
                break
            chosen.append(entry)
        parts = [Content.assemble((f" {key}", "bold $accent"), f" {label} ") for key, label in (*chosen, *self._last)]
        self.update(Content("").join(parts), layout=False)


def _width(entry: tuple[str, str]) -> int:
    return cell_len(entry[0]) + cell_len(entry[1]) + 3
