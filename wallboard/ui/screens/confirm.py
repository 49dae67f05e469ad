"""Asks before anything is done: to whom, on how old data, with what effect. It is easy to leave, and hard to confirm
by accident.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from wallboard.domain.actions import Command, Standing
from wallboard.domain.feeds import Freshness
from wallboard.domain.snapshot import Floor
from wallboard.language.catalog import N_, _, ngettext
from wallboard.language.clean import clean
from wallboard.language.format import duration
from wallboard.language.keyboard import latin
from wallboard.language.outcomes import FRESHNESS_TROUBLES, standing_words
from wallboard.language.words import freshness_words
from wallboard.ui.cells import Cell, Text
from wallboard.ui.mirroring import Row, named
from wallboard.ui.panels.catalog import PanelKind
from wallboard.ui.panels.picture import Details, Picture
from wallboard.ui.proposals import USABLE, Excluded, Proposal, reach_of
from wallboard.ui.roles import STYLE_OF_ROLE, Role
from wallboard.ui.screens.question import Question
from wallboard.ui.text import filled, mark, plain

LOW_SCREEN = 20  # lines; below, the dialog goes without blank ones
LINES_OF_REST, BLANK_LINES, LINES_OF_REMARK = 8, 3, 3
_MOST_TELLING = (N_("Phone"), N_("Name"), N_("Queue"), N_("Queues"), N_("Waiting for"), N_("State"))
_NAME_WIDTH = 24
_AT_A_GLANCE = (N_("Waiting for"), N_("State"))


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Somebody meant it, for these. `accepts_stale`: having read how old the data are."""

    commands: tuple[Command, ...]
    accepts_stale: bool = False


class CancelButton(Static):
    """What enter presses; a click does too."""

    def on_click(self) -> None:
        if isinstance(self.screen, ConfirmScreen):
            self.screen.close(None)


class Invitation(Static):
    """How to confirm; no click ever does."""

    def on_click(self) -> None:
        self.app.notify(_("a click never confirms: use the key"), timeout=4, markup=False)


class ConfirmScreen(Question[Confirmation | None]):
    """One row: a key of its own confirms. Several: the number of targets is typed. They stay those that were named."""

    def __init__(
        self, proposal: Proposal, kind: PanelKind | None, opened_by: tuple[str, ...], look: Callable[[], Picture]
    ) -> None:
        """
        Args:
            proposal: what is asked.
            kind: the panel whose rows the targets are; None where the proposal itself tells all of its target.
            opened_by: the keys that lead here; none of them confirms.
            look: gives the newest picture.
        """
        super().__init__()
        self._proposal = proposal
        self._kind = kind
        self._look = look
        self._key = "c" if "y" in map(latin, opened_by) else "y"
        self._typed = ""
        self._trouble = ""  # why it cannot be confirmed any more
        self._has_read_age = False
        self._details: Details | None = None  # of the only target, as it was last known

    def compose(self) -> ComposeResult:
        with Vertical(classes="question"):
            yield Static("", classes="question--title")
            yield Static("", classes="question--targets")
            yield Static(plain(self._proposal.effect), classes="question--effect")
            yield Static("", classes="question--remark")
            with Row(classes="question--answers"):
                yield CancelButton("  " + _("Cancel") + "  ", classes="question--cancel", markup=False)
                yield Invitation("", classes="question--confirm")

    def on_mount(self) -> None:
        super().on_mount()
        self.draw(self._look())

    @property
    def _word(self) -> str:
        """What must be typed; nothing for one row."""
        if self._proposal.word:
            return " ".join(clean(self._proposal.word).split())  # as a keyboard can type it
        return str(self._proposal.target_count) if self._proposal.is_of_several else ""

    @property
    def _is_name(self) -> bool:
        """Whether what must be typed is more than a number."""
        return bool(self._word) and not self._word.isdecimal()

    # What it says

    def draw(self, picture: Picture) -> None:
        """Say how the targets stand now; the only one that is not as it was named any more disarms it for good."""
        self._look_at_targets(picture)
        remark = self._remark(picture)
        self.query_one(".question--title", Static).update(plain(self._proposal.title))
        self.query_one(".question--targets", Static).update(self._targets(picture))
        shown = self.query_one(".question--remark", Static)
        shown.update(plain(remark))
        shown.set_class(bool(self._trouble), "-trouble")
        shown.display = bool(remark)
        self.query_one(".question--confirm", Static).update(self._invitation())

    def _look_at_targets(self, picture: Picture) -> None:
        floor = picture.snapshot.floor
        commands = self._proposal.commands
        troubles = {command: words for command in commands if (words := self._trouble_of(command, floor))}
        if troubles and len(troubles) < len(commands):
            for command, words in troubles.items():
                self._proposal = self._proposal.without(command, words)
            self._typed = ""  # the number is another
        elif troubles:
            self._trouble = next(iter(troubles.values()))
        reach = reach_of(self._proposal.commands, picture)
        if not self._trouble and reach.freshness not in USABLE:
            self._trouble = _(FRESHNESS_TROUBLES[reach.freshness])

    def _trouble_of(self, command: Command, floor: Floor) -> str:
        standing = command.standing(floor)
        return self._proposal.trouble(command) if standing is Standing.AS_SHOWN else standing_words(command, standing)

    def _targets(self, picture: Picture) -> Content:
        """As many lines as leave room for what must be read in any case."""
        commands, excluded = self._proposal.commands, self._proposal.excluded
        named = [plain(_excluded_words(each)).stylize("$muted") for each in excluded]
        room = self._room(picture)
        if len(commands) == 1:
            lines = [*self._particulars(picture, max(1, room - len(named))), *named]
        else:
            lines = [*(self._target(command, picture) for command in commands), *named]
        if len(lines) > room:
            more = len(lines) - room + 1
            words = ngettext("… and {count} line more", "… and {count} lines more", more).format(count=more)
            lines = [*lines[: room - 1], plain(words)]
        return Content("\n").join([*lines, self._age_line(picture)])

    def _room(self, picture: Picture) -> int:
        """Lines for the targets."""
        height = self.app.size.height
        is_low = height < LOW_SCREEN
        self.query_one(".question").set_class(is_low, "-low")
        taken = LINES_OF_REST + (0 if is_low else BLANK_LINES) + (LINES_OF_REMARK if self._remark(picture) else 0)
        taken += 2 if self._is_name else 0
        return max(2, int(height * 0.94) - taken)

    def _particulars(self, picture: Picture, room: int) -> list[Content]:
        """Of the only target; where there is not room for all, those that tell most."""
        self._details = self._find(picture, self._proposal.commands[0]) or self._details
        told = tuple((name, Text(value)) for name, value in self._proposal.lines)
        cells = (*told, *(self._details.lines if self._details else ()))
        if len(cells) > room:
            telling = {_(name) for name in _MOST_TELLING}
            first = [pair for pair in cells if pair[0] in telling]
            kept = {name for name, _cell in [*first, *cells][:room]}
            cells = tuple(pair for pair in cells if pair[0] in kept)
        return [_line(name, cell, picture) for name, cell in cells]

    def _target(self, command: Command, picture: Picture) -> Content:
        details = self._find(picture, command)
        cells: Mapping[str, Cell] = dict(details.lines) if details else {}
        glance = next((cells[name].at(picture.now).text for name in map(_, _AT_A_GLANCE) if name in cells), "")
        # Each line begins at the same side, whatever its words are.
        return Content(f"  {mark()}") + plain(f"{self._proposal.words_of(command)}   {glance}".rstrip())

    def _find(self, picture: Picture, command: Command) -> Details | None:
        return self._kind.find(picture, command.row_key) if self._kind else None

    def _age_line(self, picture: Picture) -> Content:
        reach = reach_of(self._proposal.commands, picture)
        is_fresh = reach.freshness is Freshness.LIVE
        words = _("{age} old") if is_fresh else _("{age} old, {state}")
        words = words.format(age=duration(reach.age), state=freshness_words(reach.freshness))
        style = "" if is_fresh else STYLE_OF_ROLE[Role.WARN]
        return named(_("Data"), Content.styled(words, style), _NAME_WIDTH)

    def _remark(self, picture: Picture) -> str:
        if self._trouble:
            words = _("Not possible any more: {reason}. Leave, and look at the board again.")
            return words.format(reason=self._trouble)
        if self._has_read_age:
            age = duration(reach_of(self._proposal.commands, picture).age)
            words = _("These data are {age} old; much may have changed since. Confirm once more to do it all the same.")
            return words.format(age=age)
        return ""

    def _invitation(self) -> Content:
        if self._trouble:
            return Content("")
        if not self._word:
            return Content.assemble((self._key, "bold $accent"), plain(f" {self._proposal.verb}"))
        gap = "_" * max(0, cell_len(self._word) - cell_len(self._typed))
        parts = {
            "word": Content.styled(self._word, "bold $accent"),
            "typed": Content.styled(f"{self._typed}{gap}", "bold"),
            "verb": plain(self._proposal.verb),
        }
        if self._is_name:  # a line of its own, for it may be long
            return filled(_("type {word} and enter to {verb}:\n{typed}"), **parts)
        return filled(_("type {word}: {typed} and enter to {verb}"), **parts)

    # What it hears

    def heard(self, key: str, event: events.Key, *, is_deliberate: bool) -> None:
        leaves = {"escape"} if self._is_name else {"escape", "n"}  # in a name every letter is one
        if key in leaves or (key == "enter" and not self._word):
            self.close(None)
        elif self._word and key != "enter":
            self._type(key, event)
        elif is_deliberate and (self._typed == self._word if self._word else key == self._key):
            self._confirm(event.time)

    def _type(self, key: str, event: events.Key) -> None:
        if key == "backspace":
            self._typed = self._typed[:-1]
        elif event.character and event.is_printable:
            self._typed = (self._typed + event.character)[-len(self._word) :]
        self.draw(self._look())

    def _confirm(self, struck_at: float) -> None:
        picture, asked = self._look(), self._proposal.commands
        self.draw(picture)
        if self._trouble or self._proposal.commands != asked:
            return
        is_stale = reach_of(asked, picture).freshness is Freshness.STALE
        if is_stale and not self._has_read_age:
            self._has_read_age = True
            self._typed = ""
            self.arm(struck_at)
            self.draw(picture)
        else:
            self.close(Confirmation(asked, accepts_stale=is_stale))

    @on(events.Paste)
    def _ignore(self, event: events.Paste) -> None:
        event.stop()


def _excluded_words(each: Excluded) -> str:
    return _("not: {words} – {reason}").format(words=each.words, reason=each.reason)


def _line(name: str, cell: Cell, picture: Picture) -> Content:
    text, role = cell.at(picture.now)
    return named(name, Content.styled(plain(text).plain, STYLE_OF_ROLE.get(role, "")), _NAME_WIDTH)
