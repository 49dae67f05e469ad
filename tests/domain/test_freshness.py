"""Freshness: by the age of the last good answer alone, and never better without one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.domain.faults import Fault, FaultCode
from wallboard.domain.feeds import WORST_LAST, FeedKey, FeedStatus, Freshness, Subject, is_old, worst

START = 5_000.0
LIVE, LATE, STALE, DOWN = Freshness.LIVE, Freshness.LATE, Freshness.STALE, Freshness.DOWN
intervals = st.floats(0.5, 1_200)


def status(interval: float = 5.0) -> FeedStatus:
    key = FeedKey("Head office", "GetExtensionsCalls")
    return FeedStatus(key, interval, frozenset({Subject.AGENTS}), first_due_at=START, succeeded_at=START)


@pytest.mark.parametrize(
    ("interval", "age", "state"),
    [
        (5.0, 0.0, LIVE),
        (5.0, 10.0, LIVE),
        (5.0, 10.001, LATE),
        (5.0, 30.0, LATE),
        (5.0, 30.001, STALE),
        (5.0, 300.0, STALE),
        (5.0, 300.001, DOWN),
        (30.0, 360.0, STALE),  # a slow feed: five minutes are not twelve intervals
        (30.0, 360.001, DOWN),
        (600.0, 1_200.0, LIVE),
        (600.0, 3_600.001, STALE),
        (600.0, 7_200.001, DOWN),
        (0.5, 1.001, LATE),
        (0.5, 3.001, STALE),
        (0.5, 299.0, STALE),
    ],
)
def test_the_boundaries(interval: float, age: float, state: Freshness) -> None:
    assert status(interval).freshness(START + age) is state


@given(intervals, st.lists(st.floats(0, 20_000), min_size=2))
def test_it_only_gets_worse_with_age(interval: float, ages: list[float]) -> None:
    states = [WORST_LAST.index(status(interval).freshness(START + age)) for age in sorted(ages)]
    assert states == sorted(states)


@given(intervals, st.floats(0, 20_000), st.sampled_from(FaultCode))
def test_a_fault_alone_changes_nothing_while_the_data_are_young(interval: float, age: float, code: FaultCode) -> None:
    failing = replace(status(interval), fault=Fault(code), failed_since=START)
    assert failing.freshness(START + age) is status(interval).freshness(START + age)


@given(intervals, st.floats(0, 20_000))
def test_a_lock_is_worse_than_any_age(interval: float, age: float) -> None:
    assert replace(status(interval), is_locked=True).freshness(START + age) is Freshness.AUTH


def test_never_answered_is_connecting_until_it_should_have() -> None:
    never = replace(status(), succeeded_at=None)
    assert replace(never, first_due_at=None).freshness(START) is Freshness.CONNECTING
    assert never.freshness(START - 0.001) is Freshness.CONNECTING
    assert never.freshness(START) is DOWN
    assert replace(never, fault=Fault(FaultCode.SERVER)).freshness(START - 4) is DOWN
    assert never.age(START) is None


def test_after_a_sleep_only_new_answers_are_believed() -> None:
    woken = replace(status(), resumed_at=START + 2)
    assert woken.freshness(START + 2) is STALE
    assert replace(woken, succeeded_at=START + 3).freshness(START + 4) is LIVE


def test_an_answer_from_the_future_has_no_negative_age() -> None:
    assert status().age(START - 100) == 0.0


@given(st.lists(st.sampled_from(Freshness)))
def test_the_worst_of_several(states: list[Freshness]) -> None:
    assert worst(states) in (states or [LIVE])
    assert all(WORST_LAST.index(state) <= WORST_LAST.index(worst(states)) for state in states)
    assert all(is_old(worst(states)) for state in states if is_old(state))
