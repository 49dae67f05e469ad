"""How far a file has come into a campaign: the batches its rows were sent in, and what came of each row."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from wallboard.domain.actions import ItemOutcome, Result


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows that were, or are about to be, sent in one request.

    Args:
        number: counts a file's batches.
        lines: of the file.
        at: UTC seconds; when it was intended.
        is_campaign_stopped: whether the campaign was known to be stopped then.
    """

    number: int
    lines: tuple[int, ...]
    at: float
    is_campaign_stopped: bool = False


@dataclass(slots=True)
class Course:
    """A row without a result that is in no open batch has not been sent, or certainly not arrived.

    Args:
        batches: all, by their numbers, with all their rows.
        open: those with rows of which it is not known what came, with these rows alone.
        results: of rows, by their lines: OK added; REFUSED, each by itself; UNKNOWN, and it cannot be told any more.
    """

    batches: dict[int, Batch] = field(default_factory=dict)
    open: dict[int, Batch] = field(default_factory=dict)
    results: dict[int, ItemOutcome] = field(default_factory=dict)

    def intend(self, batch: Batch) -> None:
        self.batches[batch.number] = self.open[batch.number] = batch

    def conclude(self, number: int, results: Mapping[int, ItemOutcome | None]) -> None:
        """Take in what came of some or all rows of a batch; None: it did not arrive, and may be sent again."""
        self.results |= {line: result for line, result in results.items() if result is not None}
        batch = self.open.pop(number)
        if left := tuple(line for line in batch.lines if line not in results):
            self.open[number] = replace(batch, lines=left)

    def lines(self, result: Result) -> frozenset[int]:
        """The rows of which this came."""
        return frozenset(line for line, outcome in self.results.items() if outcome.result is result)

    @property
    def open_lines(self) -> frozenset[int]:
        """The rows of which it is not known what came."""
        return frozenset(line for batch in self.open.values() for line in batch.lines)

    def added_before(self, batch: Batch) -> tuple[int, ...]:
        """The rows of the last batch before this one that had any added; those of them that were."""
        for earlier in reversed(self.batches.values()):
            added = tuple(line for line in earlier.lines if self._is_added(line))
            if earlier.number < batch.number and added:
                return added
        return ()

    def _is_added(self, line: int) -> bool:
        return line in self.results and self.results[line].result is Result.OK
