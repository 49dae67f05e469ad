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
from wallboard.language.format import duration
from wallboard.language.keyboard import latin
from wallboard.language.outcomes import STANDING_WORDS
from wallboard.ui.cells import Cell
from wallboard.ui.panels.catalog import PanelKind
from wallboard.ui.panels.picture import Picture
from wallboard.ui.proposals import USABLE, Proposal, reach_of
from wallboard.ui.roles import STYLE_OF_ROLE, Role
from wallboard.ui.screens.question import Question
from wallboard.ui.text import plain

MOST_TARGETS_SHOWN = 8
_NAME_WIDTH = 20
_AT_A_GLANCE = ("Waiting for", "State")


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Somebody meant it. `accepts_stale`: having read how old the data are."""

    accepts_stale: bool = False


class CancelButton(Static):
    """What enter presses; a click does too."""

    def on_click(self) -> None:
        if isinstance(self.screen, ConfirmScreen):
            self.screen.close(None)


class ConfirmScreen(Question[Confirmation | None]):
    """One target: a key of its own confirms. Several: their number is typed. The targets stay those that were named."""

    def __init__(
        self, proposal: Proposal, kind: PanelKind, opened_by: tuple[str, ...], look: Callable[[], Picture]
    ) -> None:
        """
        Args:
            proposal: what is asked.
            kind: the panel whose rows the targets are.
            opened_by: the keys that lead here; none of them confirms.
            look: gives the newest picture.
        """
        super().__init__()
        self._proposal = proposal
        self._kind = kind
        self._look = look
        self._word = "" if proposal.target_count == 1 else str(proposal.target_count)
        self._key = "c" if "y" in map(latin, opened_by) else "y"
        self._typed = ""
        self._trouble = ""  # why it cannot be confirmed any more
        self._has_read_age = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="question"):
            yield Static(plain(self._proposal.title), classes="question--title")
            yield Static("", classes="question--targets")
            yield Static(plain(self._proposal.effect), classes="question--effect")
            yield Static("", classes="question--remark")
            with Vertical(classes="question--answers"):
                yield CancelButton("  Cancel  ", classes="question--cancel", markup=False)
                yield Static("", classes="question--confirm")

    def on_mount(self) -> None:
        super().on_mount()
        self.draw(self._look())

    # What it says

    def draw(self, picture: Picture) -> None:
        """Say how the targets stand now; whatever is not as it was named disarms it for good."""
        self._disarm_if_changed(picture)
        self.query_one(".question--targets", Static).update(self._targets(picture))
        remark = self.query_one(".question--remark", Static)
        remark.update(plain(self._remark(picture)))
        remark.set_class(bool(self._trouble), "-trouble")
        remark.display = bool(self._trouble or self._has_read_age)
        self.query_one(".question--confirm", Static).update(self._invitation())

    def _disarm_if_changed(self, picture: Picture) -> None:
        if self._trouble:
            return
        floor = picture.snapshot.floor
        for command in self._proposal.commands:
            if (standing := command.standing(floor)) is not Standing.AS_SHOWN:
                self._trouble = STANDING_WORDS[standing].format(words=command.words)
                return
        reach = reach_of(self._proposal.commands, picture)
        if reach.freshness not in USABLE:
            self._trouble = f"its feed is {reach.freshness} ({duration(reach.age)}): nobody knows how things stand now"

    def _targets(self, picture: Picture) -> Content:
        commands = self._proposal.commands
        if self._proposal.target_count == 1 and len(commands) == 1:
            details = self._kind.find(picture, commands[0].row_key)
            lines = [] if details is None else [_line(name, cell, picture) for name, cell in details.lines]
            return Content("\n").join([*lines, self._age_line(picture)])
        lines = [self._target(command, picture) for command in commands[:MOST_TARGETS_SHOWN]]
        if len(commands) > MOST_TARGETS_SHOWN:
            lines.append(plain(f"… and {len(commands) - MOST_TARGETS_SHOWN} more"))
        lines += [
            Content.styled(plain(f"not: {each.words} — {each.reason}").plain, "$muted")
            for each in self._proposal.excluded[:MOST_TARGETS_SHOWN]
        ]
        return Content("\n").join([*lines, self._age_line(picture)])

    def _target(self, command: Command, picture: Picture) -> Content:
        details = self._kind.find(picture, command.row_key)
        cells: Mapping[str, Cell] = dict(details.lines) if details else {}
        glance = next((cells[name].at(picture.now).text for name in _AT_A_GLANCE if name in cells), "")
        return plain(f"  {command.words}   {glance}".rstrip())

    def _age_line(self, picture: Picture) -> Content:
        reach = reach_of(self._proposal.commands, picture)
        is_fresh = reach.freshness is Freshness.LIVE
        words = f"{duration(reach.age)} old" + ("" if is_fresh else f", {reach.freshness}")
        style = "" if is_fresh else STYLE_OF_ROLE[Role.WARN]
        return Content.assemble((f"{'Data':<{_NAME_WIDTH}}", "$heading"), (words, style))

    def _remark(self, picture: Picture) -> str:
        if self._trouble:
            return f"Not possible any more: {self._trouble}. Leave, and look at the board again."
        if self._has_read_age:
            age = duration(reach_of(self._proposal.commands, picture).age)
            return f"These data are {age} old; much may have changed since. Confirm once more to do it all the same."
        return ""

    def _invitation(self) -> Content:
        if self._trouble:
            return Content("")
        if not self._word:
            return Content.assemble((self._key, "bold $accent"), plain(f" {self._proposal.verb}"))
        gap = "_" * max(0, cell_len(self._word) - cell_len(self._typed))
        return Content.assemble(
            "type ", (self._word, "bold $accent"), ": ", (f"{self._typed}{gap}", "bold"), " and enter ",
            plain(f"to {self._proposal.verb}"),
        )  # fmt: skip

    # What it hears

    def heard(self, key: str, event: events.Key, *, is_deliberate: bool) -> None:
        has_letters = any(character.isalpha() for character in self._word)
        if key == "escape" or (key == "n" and not has_letters) or (key == "enter" and not self._word):
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
        picture = self._look()
        self.draw(picture)
        if self._trouble:
            return
        is_stale = reach_of(self._proposal.commands, picture).freshness is Freshness.STALE
        if is_stale and not self._has_read_age:
            self._has_read_age = True
            self._typed = ""
            self.arm(struck_at)
            self.draw(picture)
        else:
            self.close(Confirmation(accepts_stale=is_stale))

    @on(events.Paste)
    def _ignore(self, event: events.Paste) -> None:
        event.stop()


def _line(name: str, cell: Cell, picture: Picture) -> Content:
    text, role = cell.at(picture.now)
    return Content.assemble(
        (f"{name:<{_NAME_WIDTH}}", "$heading"), Content.styled(plain(text).plain, STYLE_OF_ROLE.get(role, ""))
    )
