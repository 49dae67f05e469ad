"""What connects the board with everything behind it."""

from dataclasses import dataclass

from wallboard.domain.happenings import ActivityStream
from wallboard.domain.ports import ActionSink, BurnRates, Enquiries, Imports, SnapshotStream


@dataclass(frozen=True, slots=True)
class Switchboard:
    """Where pictures come from, where commands, questions and files go, and what was done and happened."""

    stream: SnapshotStream
    sink: ActionSink
    activity: ActivityStream
    enquiries: Enquiries
    imports: Imports
    burn: BurnRates

    @property
    def role(self) -> str:
        """What keeps people from acting here; "" where nothing does."""
        return "READ-ONLY" if self.sink.is_read_only else "LOCKED" if self.sink.is_locked else ""
