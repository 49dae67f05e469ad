"""A feed's calendar, whatever happens to the feed."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.domain.faults import Fault, FaultCode
from wallboard.engine.schedule import LONGEST_BACKOFF_SECONDS, Schedule

ANSWER = None
FAULTS = [
    Fault(FaultCode.TIMEOUT),
    Fault(FaultCode.SERVER, status=500),
    Fault(FaultCode.RATE),
    Fault(FaultCode.RATE, retry_after=5.0),
    Fault(FaultCode.RATE, retry_after=600.0),
    Fault(FaultCode.CREDENTIALS),
    Fault(FaultCode.ADDRESS),
]
outcomes = st.lists(st.tuples(st.sampled_from([ANSWER, *FAULTS]), st.floats(0.001, 8.0)), min_size=1, max_size=60)
intervals = st.sampled_from([0.5, 1.0, 5.0, 10.0, 30.0])


def schedule(interval: float, least: float = 5.0, slot: float = 0.0, seed: int = 0) -> Schedule:
    return Schedule(100.0, 100.0 + slot, interval, least, Random(seed))


def after(calendar: Schedule, outcome: Fault | None, took: float) -> tuple[float, float]:
    """One request at its time; returns when it went out and when it was over."""
    started = calendar.next_at
    calendar.started(started)
    ended = started + took
    if outcome is None:
        calendar.succeeded(ended)
    else:
        calendar.failed(ended, outcome)
    return started, ended


@given(interval=intervals, slot=st.floats(0, 30), seed=st.integers(0, 99), outcomes=outcomes)
def test_a_feed_is_never_asked_sooner_than_its_interval(
    interval: float, slot: float, seed: int, outcomes: list[tuple[Fault | None, float]]
) -> None:
    calendar = schedule(interval, min(5.0, interval), slot, seed)
    for outcome, took in outcomes:
        started, ended = after(calendar, outcome, took)
        assert calendar.next_at >= started + interval - 1e-6
        assert calendar.next_at >= ended


@given(interval=intervals, seed=st.integers(0, 99), outcomes=outcomes)
def test_without_a_lock_or_a_request_to_wait_nobody_waits_longer_than_a_minute(
    interval: float, seed: int, outcomes: list[tuple[Fault | None, float]]
) -> None:
    calendar = schedule(interval, seed=seed)
    for outcome, took in outcomes:
        if outcome is not None and (outcome.needs_person or outcome.retry_after):
            continue
        started, ended = after(calendar, outcome, took)
        assert calendar.next_at <= max(ended, started + max(LONGEST_BACKOFF_SECONDS, 2.5 * interval + 1))


@given(interval=intervals, seed=st.integers(0, 99), wait=st.floats(5, 600), outcomes=outcomes)
def test_what_the_vendor_asks_is_kept_whatever_a_person_presses(
    interval: float, seed: int, wait: float, outcomes: list[tuple[Fault | None, float]]
) -> None:
    calendar = schedule(interval, seed=seed)
    for outcome, took in outcomes:
        after(calendar, outcome, took)
    _, ended = after(calendar, Fault(FaultCode.RATE, retry_after=wait), 0.5)
    assert calendar.next_at >= ended + wait
    for pressed in (ended, ended + wait / 2, ended + wait):
        calendar.hasten(calendar.earliest(pressed))
        assert calendar.next_at >= ended + wait


@given(interval=intervals, pressed=st.floats(0, 60), outcomes=outcomes)
def test_refresh_keeps_the_vendors_least_interval(
    interval: float, pressed: float, outcomes: list[tuple[Fault | None, float]]
) -> None:
    calendar = schedule(interval, least=5.0)
    for outcome, took in outcomes:
        started, ended = after(calendar, outcome, took)
        assert calendar.earliest(ended + pressed) >= max(started + 5.0, ended + pressed)


@given(outcomes=outcomes)
def test_only_three_refusals_in_a_row_lock_and_one_answer_unlocks(
    outcomes: list[tuple[Fault | None, float]],
) -> None:
    calendar = schedule(5.0)
    in_a_row = 0
    for outcome, took in outcomes:
        in_a_row = in_a_row + 1 if outcome is not None and outcome.needs_person else 0
        started, _ = after(calendar, outcome, took)
        assert calendar.is_locked is (in_a_row >= 3)
        if calendar.is_locked:
            pause = 60.0 if outcome and outcome.code is FaultCode.ADDRESS else 300.0
            assert calendar.next_at == pytest.approx(started + pause)


@given(interval=intervals, slot=st.floats(0, 30), took=st.floats(0.001, 0.2))
def test_all_well_it_is_asked_on_time_for_ever(interval: float, slot: float, took: float) -> None:
    calendar = schedule(interval, min(5.0, interval), slot)
    moments = [after(calendar, ANSWER, took)[0] for _ in range(100)]
    mean = (moments[-1] - moments[2]) / 97
    assert interval - 1e-6 <= mean <= interval * 1.01 + 0.2


def test_back_off_grows_and_differs_between_feeds() -> None:
    def waits(seed: int) -> list[float]:
        calendar = schedule(5.0, seed=seed)
        started = [after(calendar, FAULTS[1], 0.1)[0] for _ in range(40)]
        return [later - earlier for earlier, later in pairwise(started)]

    assert waits(1)[0] == 5.0
    assert max(waits(1)) > 30.0
    assert waits(1) != waits(2)
