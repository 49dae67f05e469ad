"""The lines above the footer that say what is about to be sent, is on its way, or is not yet seen to have happened.

Files of targets have a line of their own.
"""

from collections.abc import Iterable

from textual.content import Content
from textual.widgets import Static

from wallboard.domain.actions import ActionKind, Result, Stage, Ticket
from wallboard.language.catalog import _
from wallboard.language.outcomes import task_words, ticket_words
from wallboard.ui.panels.picture import Picture
from wallboard.ui.text import plain

MOST_LINES = 3


class ActionTray(Static):
    """One line for each open ticket, what can still be taken back first."""

    DEFAULT_CSS = """
    ActionTray {
        display: none; height: auto; max-height: 4; padding: 0 1;
        background: $surface; color: $accent; text-style: bold;
        &.-shown { display: block; }
    }
    """

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self._said: list[str] = []

    def show(self, tickets: Iterable[Ticket], picture: Picture) -> None:
        """Say how far the open ones are at the moment of the picture."""
        still_open = sorted(filter(_belongs_here, tickets), key=_urgency)
        lines = [picture.shown(_line(ticket, picture.now)) for ticket in still_open]
        if len(lines) > MOST_LINES:
            more = _("… and {count} more under way (see activity)").format(count=len(lines) - MOST_LINES + 1)
            lines = [*lines[: MOST_LINES - 1], more]
        if lines != self._said:
            is_as_high = len(lines) == len(self._said)
            self._said = lines
            self.set_class(bool(lines), "-shown")
            self.update(Content("\n").join(map(plain, lines)), layout=not is_as_high)


def _belongs_here(ticket: Ticket) -> bool:
    return ticket.is_open and ticket.command.kind is not ActionKind.ADD_TARGETS


def _urgency(ticket: Ticket) -> int:
    return (Stage.WAITING, Stage.SENDING, Stage.ENDED).index(ticket.stage)


def _line(ticket: Ticket, now: float) -> str:
    is_doubtful = ticket.outcome is not None and ticket.outcome.result is Result.UNKNOWN
    undo = "   " + _("escape takes it back") if ticket.stage is Stage.WAITING else ""
    return f"{'?' if is_doubtful else '»'} {task_words(ticket.command)}: {ticket_words(ticket, now)}{undo}"
