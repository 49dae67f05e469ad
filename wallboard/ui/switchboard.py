"""What connects the board with everything behind it."""

from dataclasses import dataclass

from wallboard.domain.happenings import ActivityStream
from wallboard.domain.ports import ActionSink, BurnRates, Enquiries, Imports, SnapshotStream
from wallboard.language.catalog import _


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
        if self.sink.is_read_only:
            return _("READ-ONLY")
        return _("LOCKED") if self.sink.is_locked else ""
