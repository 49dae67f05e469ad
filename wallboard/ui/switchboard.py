"""What connects the board with everything behind it."""

from dataclasses import dataclass

from wallboard.domain.happenings import ActivityStream
from wallboard.domain.ports import ActionSink, SnapshotStream


@dataclass(frozen=True, slots=True)
class Switchboard:
    """Where pictures come from, where commands go, and what was done and happened."""

    stream: SnapshotStream
    sink: ActionSink
    activity: ActivityStream
