"""What came of a batch: as its answer tells or, where that was lost, as can be found out.

Without an answer, the campaign's list of pending targets is read until two readings agree. A row that stands in it
was added. A row that does not has either never arrived, and must be sent again, or has been dialled already, and must
not: nobody wants to be called twice. The first is taken for certain

- where the campaign was stopped, then and now, and nobody had the time to let it run in between;
- where the whole batch is missing, and is more than any dialer dials in the time since;
- where the whole batch is missing, and a hundred rows that were added shortly before it, and that the dialer should
  take no later, all still wait: it has not come so far.

Everywhere else it cannot be told, and the row is not sent again: no document says in which order a dialer takes
targets of one priority, so of a batch that has arrived any row may be the first to be dialled.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from wallboard.domain.actions import ItemOutcome, Outcome, Result
from wallboard.domain.targets import NewTarget, PendingList
from wallboard.engine.imports.course import Batch, Course
from wallboard.language.outcomes import outcome_words
from wallboard.language.phones import listed

MOST_DIALLED_PER_SECOND = 5.0
MOST_STANDSTILL_SECONDS = 900.0  # in which nobody starts a campaign and stops it again, nor a whole batch is dialled
LEAST_WITNESSES = 100

_REFUSED = frozenset({Result.REFUSED, Result.GONE})


@dataclass(frozen=True, slots=True)
class Reading:
    """A campaign's list of pending targets, as far as it matters here.

    Args:
        pending: lines of the batch, and of what was added before it, whose numbers are in it.
        is_stopped: whether the campaign is known to be.
        is_whole: whether all rows of the list were there, and could be read.
    """

    pending: frozenset[int]
    is_stopped: bool
    is_whole: bool


def told(lines: Sequence[int], outcome: Outcome) -> tuple[dict[int, ItemOutcome | None], str]:
    """What an answer tells of a batch's rows, None where they certainly did not arrive; and why to send no more, or "".

    A row that is not in it has to be looked up.
    """
    items = dict(zip(lines, outcome.items, strict=True)) if len(outcome.items) == len(lines) else {}
    is_refused = outcome.result in _REFUSED and not any(item.result is Result.OK for item in items.values())
    if outcome.result is Result.NOT_SENT or is_refused:
        return dict.fromkeys(lines), outcome_words(outcome)
    return {line: _result(item) for line, item in items.items() if item.result is not Result.UNKNOWN}, ""


def reading_of(listing: PendingList, targets: Sequence[NewTarget]) -> Reading:
    """Which of these targets a list holds; numbers are compared in their canonical form. Slow for a long list."""
    numbers = {listed(target.number) for target in listing.targets}
    return Reading(
        frozenset(target.line for target in targets if target.number in numbers),
        listing.is_running is False,
        not listing.dropped and (listing.total is None or listing.total <= len(listing.targets)),
    )


def agree(batch: Batch, earlier: Sequence[Reading], newest: Reading) -> bool:
    """Whether the newest reading shows no row of the batch that none before it showed: the vendor is done with it."""
    seen = frozenset[int]().union(*(reading.pending for reading in earlier))
    return bool(earlier) and newest.pending & frozenset(batch.lines) <= seen


def verdict(
    batch: Batch, course: Course, rows: Mapping[int, NewTarget], readings: Sequence[Reading], now: float
) -> dict[int, ItemOutcome | None]:
    """What came of each row of a batch; None: it did not arrive.

    Args:
        batch: its rows of which it is not known.
        course: what is known of the others.
        rows: the targets by their lines.
        readings: the list, read again and again until two agreed.
        now: UTC seconds.
    """
    seen = frozenset[int]().union(*(reading.pending for reading in readings))
    has_arrived = any(line in seen for line in batch.lines) or course.batches[batch.number].lines != batch.lines
    seconds = max(0.0, now - batch.at)
    is_recent = seconds < MOST_STANDSTILL_SECONDS
    is_standing_still = is_recent and batch.is_campaign_stopped and all(reading.is_stopped for reading in readings)
    is_out_of_reach = len(batch.lines) > MOST_DIALLED_PER_SECOND * seconds
    is_untouched = is_recent and _is_ahead(witnesses(batch, course, rows), readings[-1])
    is_missing_certain = all(reading.is_whole for reading in readings) and (
        is_standing_still or (not has_arrived and (is_out_of_reach or is_untouched))
    )
    missing = None if is_missing_certain else ItemOutcome(Result.UNKNOWN)
    return {line: ItemOutcome(Result.OK) if line in seen else missing for line in batch.lines}


def witnesses(batch: Batch, course: Course, rows: Mapping[int, NewTarget]) -> list[NewTarget]:
    """What was added before a batch, and is dialled no later than any of it."""
    before = [rows[line] for line in course.added_before(batch) if line in rows]
    wanted = {rows[line].priority for line in batch.lines}
    return [target for target in before if target.dial_at is None and all(_is_no_lower(target, one) for one in wanted)]


def _result(item: ItemOutcome) -> ItemOutcome:
    return item if item.result is Result.OK else replace(item, result=Result.REFUSED)


def _is_ahead(before: Sequence[NewTarget], newest: Reading) -> bool:
    return len(before) >= LEAST_WITNESSES and all(target.line in newest.pending for target in before)


def _is_no_lower(target: NewTarget, priority: int | None) -> bool:
    """Where one has none, the vendor gives it one that is not known here."""
    if target.priority is None or priority is None:
        return target.priority is priority
    return target.priority >= priority
