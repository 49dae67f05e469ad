"""A file of targets: what was found in it, and how far it has come on its way into a campaign."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from wallboard.domain.targets import NewTarget

BATCH_TARGETS = 500  # in one request


class FlawReason(StrEnum):
    """Why a row of a file is no target."""

    NO_NUMBER = "no_number"
    NOT_A_NUMBER = "not_a_number"
    LOST_DIGITS = "lost_digits"  # a spreadsheet rounded it
    NOT_DIALABLE = "not_dialable"  # no number of any country is like that, or it is a short or emergency one
    TOO_SHORT = "too_short"
    BAD_PRIORITY = "bad_priority"
    BAD_TIME = "bad_time"
    BAD_CALLER_ID = "bad_caller_id"
    TOO_LONG = "too_long"
    WRONG_WIDTH = "wrong_width"  # more cells than the heading has
    OPEN_QUOTE = "open_quote"  # a cell has swallowed rows below it
    DAMAGED = "damaged"  # a NUL byte is in it


@dataclass(frozen=True, slots=True)
class Flaw:
    """A row that is no target."""

    line: int
    written: str  # the number's cell, as it was
    reason: FlawReason


@dataclass(frozen=True, slots=True)
class Double:
    """A row whose number stands in an earlier one."""

    line: int
    number: str
    first_line: int


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """A file, checked. Lines are the file's own, as an editor counts them; nothing has been sent.

    Args:
        path: the file.
        digest: SHA-256 of its bytes.
        encoding, delimiter: as they were found.
        fields: what each column was taken for, in the file's order: its name, and `number`, `name`, … or `var_…`.
        good: what would be added, in the file's order.
        bad, doubles: what would not be.
        already_pending: what the campaign has to dial already; not added again.
        done: lines of `good` that an earlier run has added already.
        unsure: lines of `good` of which an earlier run does not know whether they were added; not sent again.
        refused: lines of `good` that the vendor refused an earlier run, each by itself; not sent again.
        rows: of each row of the file its line and its number's cell, as it was; for the report.
    """

    path: Path
    digest: str
    encoding: str
    delimiter: str
    fields: tuple[tuple[str, str], ...]
    good: tuple[NewTarget, ...]
    bad: tuple[Flaw, ...] = ()
    doubles: tuple[Double, ...] = ()
    already_pending: tuple[NewTarget, ...] = ()
    done: frozenset[int] = frozenset()
    unsure: frozenset[int] = frozenset()
    refused: frozenset[int] = frozenset()
    rows: tuple[tuple[int, str], ...] = ()

    @property
    def to_send(self) -> tuple[NewTarget, ...]:
        """What is left to be added."""
        settled = self.done | self.unsure | self.refused
        return tuple(target for target in self.good if target.line not in settled)


class RowResult(StrEnum):
    """What came of a row of a file."""

    ADDED = "added"
    REFUSED = "refused"  # by the vendor, in its words
    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"  # sent, and not yet settled
    MAYBE_DIALLED = "maybe_dialled"  # sent, no longer pending, and nobody can tell whether it ever was
    BAD = "bad"
    DOUBLE = "double"
    ALREADY_PENDING = "already_pending"


class ImportStage(StrEnum):
    """How far a file has come."""

    SENDING = "sending"
    SETTLING = "settling"  # of a batch without an answer, what the vendor has is looked up
    STOPPING = "stopping"
    STOPPED = "stopped"  # by a person or a trouble, which `words` tell; it can go on
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """One file's way into one campaign. Counts are targets.

    Args:
        total: what was to be added, without what earlier runs had added.
        added: the vendor told so of each, or its list of pending ones shows it.
        refused: by the vendor, each by itself.
        unsure: sent, and it cannot be told whether they were added.
        words: why it stopped; "" where nothing is wrong.
        report: where each row's own result stands; None while it is not written.
        since: monotonic; when it began.
        until: monotonic; when it ended.
    """

    source: str
    campaign: str  # `Campaign.id`
    campaign_words: str
    path: Path
    stage: ImportStage
    total: int
    added: int = 0
    refused: int = 0
    unsure: int = 0
    words: str = ""
    report: Path | None = None
    since: float = 0.0
    until: float | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether it still sends or settles."""
        return self.stage not in {ImportStage.STOPPED, ImportStage.ENDED}
