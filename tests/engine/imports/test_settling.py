"""What a lost batch's rows are taken for, by what the campaign's list shows and what it does not."""

from dataclasses import replace

import pytest

from wallboard.domain.actions import ItemOutcome, Result
from wallboard.domain.targets import NewTarget, PendingList, PendingTarget
from wallboard.engine.imports.course import Batch, Course
from wallboard.engine.imports.settling import Reading, agree, reading_of, verdict

AT = 1_750_000_000.0
ROWS = {line: NewTarget(line, f"97250{line:07}") for line in range(1, 1_001)}
FIRST, SECOND = Batch(1, tuple(range(1, 501)), AT - 1), Batch(2, tuple(range(501, 1_001)), AT)
LONG = 100_000.0


def reading(*lines: int, is_stopped: bool = False, is_whole: bool = True) -> Reading:
    return Reading(frozenset(lines), is_stopped, is_whole)


def course_of(*batches: Batch, added: tuple[int, ...] = ()) -> Course:
    course = Course()
    for batch in batches:
        course.intend(batch)
    course.results = {line: ItemOutcome(Result.OK) for line in added}
    return course


def told(batch: Batch, course: Course, newest: Reading, seconds: float) -> tuple[int, int, int]:
    """How many were added, are to be sent again, and will never be known."""
    found = verdict(batch, course, ROWS, [newest, newest], AT + seconds)
    assert tuple(found) == batch.lines
    results = [outcome and outcome.result for outcome in found.values()]
    return results.count(Result.OK), results.count(None), results.count(Result.UNKNOWN)


STOPPED = replace(SECOND, is_campaign_stopped=True)
HALF = range(501, 751)


@pytest.mark.parametrize(
    ("batch", "newest", "seconds", "expected"),
    [
        (SECOND, reading(*SECOND.lines), LONG, (500, 0, 0)),
        # Nothing has arrived: more than any dialer dials in that time, or it may all have been dialled.
        (SECOND, reading(), 20, (0, 500, 0)),
        (SECOND, reading(), 99, (0, 500, 0)),
        (SECOND, reading(), 101, (0, 0, 500)),
        (replace(SECOND, lines=(501, 502, 503)), reading(), 20, (0, 0, 3)),
        # A part has.
        (SECOND, reading(*HALF), 20, (250, 0, 250)),
        # The campaign stands still, or did so only now, or only then, or for too long to be sure.
        (STOPPED, reading(*HALF, is_stopped=True), 20, (250, 250, 0)),
        (STOPPED, reading(is_stopped=True), 800, (0, 500, 0)),
        (STOPPED, reading(is_stopped=True), 1_000, (0, 0, 500)),
        (STOPPED, reading(*HALF), 20, (250, 0, 250)),
        (SECOND, reading(*HALF, is_stopped=True), 20, (250, 0, 250)),
        # A list of which something is missing shows nothing by what is not in it.
        (STOPPED, reading(*HALF, is_stopped=True, is_whole=False), 20, (250, 0, 250)),
        (SECOND, reading(is_whole=False), 20, (0, 0, 500)),
        # The clock was set back.
        (SECOND, reading(), -3_600, (0, 500, 0)),
    ],
)
def test_a_row_is_sent_again_only_where_it_certainly_did_not_arrive(
    batch: Batch, newest: Reading, seconds: float, expected: tuple[int, int, int]
) -> None:
    assert told(batch, course_of(FIRST, batch), newest, seconds) == expected


ADDED = FIRST.lines


@pytest.mark.parametrize(
    ("shown", "seconds", "expected"),
    [
        (ADDED, 800, (0, 500, 0)),
        (ADDED[1:], 800, (0, 0, 500)),
        ((), 800, (0, 0, 500)),
        (ADDED, 1_000, (0, 0, 500)),  # in so long a time another order of dialling may have taken them all
        # The batch has arrived: whatever is missing may have been dialled, in whichever order, all but one row too.
        ((*ADDED, *HALF), 20, (250, 0, 250)),
        ((*ADDED, *SECOND.lines[:-10]), 20, (490, 0, 10)),
        ((*ADDED, SECOND.lines[-1]), 20, (1, 0, 499)),
    ],
)
def test_a_whole_batch_did_not_arrive_where_all_that_was_added_before_it_still_waits(
    shown: tuple[int, ...], seconds: float, expected: tuple[int, int, int]
) -> None:
    course = course_of(FIRST, SECOND, added=FIRST.lines)
    assert told(SECOND, course, reading(*shown), seconds) == expected


@pytest.mark.parametrize(
    ("before", "after", "count", "is_witness"),
    [
        ({"priority": 5}, {"priority": 5}, 100, True),
        ({"priority": 5}, {"priority": 5}, 99, False),
        ({"priority": 6}, {"priority": 5}, 100, True),
        ({"priority": 4}, {"priority": 5}, 100, False),
        ({"priority": 4}, {}, 100, False),
        ({}, {"priority": 4}, 100, False),
        ({"dial_at": 1_800_000_000}, {}, 100, False),
    ],
)
def test_only_what_is_dialled_no_later_is_a_witness(
    before: dict[str, int], after: dict[str, int], count: int, is_witness: bool
) -> None:
    lines = tuple(range(1, count + 1))
    first, second = Batch(1, lines, AT - 1), Batch(2, (500,), AT)
    rows = {line: replace(ROWS[line], **before) for line in lines}  # type: ignore[arg-type]
    rows[500] = replace(ROWS[500], **after)  # type: ignore[arg-type]
    course = course_of(first, second, added=lines)
    found = verdict(second, course, rows, [reading(*lines), reading(*lines)], AT + 800)
    assert found == {500: None if is_witness else ItemOutcome(Result.UNKNOWN)}


def test_rows_told_of_already_show_that_the_batch_arrived() -> None:
    course = course_of(SECOND)
    course.conclude(2, {501: ItemOutcome(Result.OK)})
    assert told(course.open[2], course, reading(), 20) == (0, 0, 499)


def test_a_row_that_was_in_any_reading_was_added_though_it_is_dialled_by_now() -> None:
    readings = [reading(501, 502), reading(502)]
    assert agree(SECOND, readings[:1], readings[1])
    found = verdict(SECOND, course_of(SECOND), ROWS, readings, AT + 20)
    assert (found[501], found[502]) == (ItemOutcome(Result.OK), ItemOutcome(Result.OK))


def test_readings_agree_when_the_newest_shows_nothing_new_of_the_batch() -> None:
    assert not agree(SECOND, [], reading())
    assert agree(SECOND, [reading()], reading())
    assert not agree(SECOND, [reading(501)], reading(501, 502))
    assert agree(SECOND, [reading(501), reading(502)], reading(501, 502))
    assert agree(SECOND, [reading(501)], reading(501, 7)), "7 is of another batch"


def test_numbers_are_compared_however_the_vendor_writes_them() -> None:
    targets = [NewTarget(1, "972500000001"), NewTarget(2, "442079460958"), NewTarget(3, "972500000003")]
    written = ("972500000001", "+44 20 7946 0958", "0500000003", "nobody")
    listing = PendingList(tuple(PendingTarget(text, text) for text in written), is_running=False, total=4)
    assert reading_of(listing, targets) == Reading(frozenset({1, 2, 3}), is_stopped=True, is_whole=True)
    for changes in ({"dropped": 1}, {"total": 5}):
        assert not reading_of(replace(listing, **changes), targets).is_whole  # type: ignore[arg-type]
    assert not reading_of(replace(listing, is_running=None), targets).is_stopped
