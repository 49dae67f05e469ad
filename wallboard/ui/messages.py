"""What reaches the ui from outside."""

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from wallboard.domain.actions import Ticket
    from wallboard.domain.snapshot import Snapshot


class SnapshotArrived(Message):
    """A newer snapshot is here; of several that wait only the newest counts."""

    def __init__(self, snapshot: "Snapshot") -> None:
        super().__init__()
        self.snapshot = snapshot

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, SnapshotArrived)


class TicketMoved(Message):
    """A command has come further: it is being sent, has an outcome, or a poll has settled it."""

    def __init__(self, ticket: "Ticket") -> None:
        super().__init__()
        self.ticket = ticket
