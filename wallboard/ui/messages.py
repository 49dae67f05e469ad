"""What reaches the ui from outside."""

from textual.message import Message

from wallboard.domain.snapshot import Snapshot


class SnapshotArrived(Message):
    """A newer snapshot is here; of several that wait only the newest counts."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__()
        self.snapshot = snapshot

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, SnapshotArrived)
