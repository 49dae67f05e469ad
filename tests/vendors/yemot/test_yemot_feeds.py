"""Yemot's feeds over time, at their pace, and with anything at all in an answer."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.vendors.accounts import GOOD, fixture, notes, read, yemot_account
from tests.vendors.yemot.samples import ENTRY, JSON, MEMBER, URL, document
from wallboard.clock import ManualClock
from wallboard.domain.agents import AgentState
from wallboard.domain.faults import FaultCode, VendorFault
from wallboard.domain.feeds import FeedKey, NoteCode, Subject
from wallboard.domain.thresholds import Threshold


def test_waits_go_on_steadily_although_told_in_whole_seconds() -> None:
    clock = ManualClock()
    feed = yemot_account(URL, clock).feeds[0]
    first = read(feed, document(entries=[{**ENTRY, "Wait": "100"}]), clock)
    clock.jump(5.4)
    second = read(feed, document(entries=[{**ENTRY, "Wait": "106"}]), clock)
    assert second.callers == first.callers
    clock.jump(5.0)
    third = read(feed, document(entries=[{**ENTRY, "Wait": "90"}]), clock)
    assert third.callers[0].joined_at == clock.monotonic() - 90


def test_a_frozen_vendor_is_remarked_once_ten_polls_told_the_same_wait() -> None:
    clock = ManualClock()
    feed = yemot_account(URL, clock).feeds[0]
    for number in range(15):
        part = read(feed, GOOD, clock)
        frozen = notes(part).get(NoteCode.FROZEN)
        assert (frozen is not None) == (number >= 10)
        if frozen:
            assert frozen.seconds == number * 5
        clock.jump(5)
    part = read(feed, document(entries=[{**ENTRY, "Wait": "444"}]), clock)
    assert NoteCode.FROZEN not in notes(part)


def test_a_quiet_hour_is_not_frozen() -> None:
    clock = ManualClock()
    feed = yemot_account(URL, clock).feeds[0]
    for _ in range(30):
        part = read(feed, document(entries=[]), clock)
        clock.jump(5)
    assert not part.notes


def test_last_calls_do_not_mind_our_clock_while_the_vendor_tells_its_own() -> None:
    clock = ManualClock(now=1_747_222_631 + 273)
    feed = yemot_account(URL, clock).feeds[0]
    before = read(feed, GOOD, clock, clock_offset=0.0)
    clock.jump(5)
    clock.set_back(3600)
    after = read(feed, GOOD, clock, clock_offset=3600.0)
    assert after.agents == before.agents
    assert notes(after)[NoteCode.SKEW].seconds == 3600
    assert not before.notes


@pytest.mark.parametrize("back", [3_600, -3_600])
def test_last_calls_do_not_mind_our_clock_where_no_date_is_told(back: float) -> None:
    clock = ManualClock(now=1_747_222_631 + 273)
    feed = yemot_account(URL, clock).feeds[0]
    before = read(feed, GOOD, clock)
    clock.jump(5)
    clock.set_back(back)
    after = read(feed, GOOD, clock)
    assert (after.agents, after.notes) == (before.agents, ())


def test_the_credit() -> None:
    feed = yemot_account(URL).feeds[-1]
    assert (feed.key, feed.interval, feed.subjects) == (
        FeedKey("Main line", "GetCustomerData"),
        600,
        frozenset({Subject.ACCOUNT}),
    )
    account = read(feed, fixture("yemot/GetCustomerData.answer"), ManualClock()).account
    assert account
    assert (account.name, account.units, account.units_expire_on) == ("מוקד לדוגמה", 1250.5, "2027-04-18")
    assert account.has_expired is False
    account = read(feed, fixture("yemot/GetCustomerData.answer_with_status"), ManualClock()).account
    assert account
    assert account.units == 10.0
    for refused in ({}, {"responseStatus": None, "units": "1"}, {"message": "no"}):
        with pytest.raises(VendorFault) as raised:
            read(feed, refused, ManualClock())
        assert raised.value.fault.code is FaultCode.BAD_SHAPE


def test_one_feed_for_each_queue_as_fast_as_the_account_allows() -> None:
    account = yemot_account(
        URL, queues=["/1", {"path": "/2", "thresholds": {"waiting": {"warn": 1, "breach": 2}}}], poll_seconds=0.5
    )
    assert [feed.key.queue for feed in account.feeds] == ["/1", "/2", None]
    assert [(feed.interval, feed.least_interval, feed.deadline) for feed in account.feeds] == [
        (0.5, 1.0, 3.0),
        (0.5, 1.0, 3.0),
        (600.0, 1.0, 8.0),
    ]
    assert read(account.feeds[1], GOOD, ManualClock()).queues[0].thresholds.waiting == Threshold(1, 2)
    assert read(account.feeds[0], GOOD, ManualClock()).queues[0].thresholds.waiting == Threshold(3, 6)
    assert account.concurrency == 4


def test_too_many_queues_are_asked_less_often_and_it_is_said() -> None:
    many = yemot_account(URL, queues=[f"/{number}" for number in range(1, 101)], max_requests_per_second=10)
    assert {feed.interval for feed in many.feeds[:-1]} == {10.0}
    assert notes(read(many.feeds[0], GOOD, ManualClock()))[NoteCode.RATE_STRETCHED].seconds == 10
    enough = yemot_account(URL, queues=[f"/{number}" for number in range(1, 51)], max_requests_per_second=10)
    assert {feed.interval for feed in enough.feeds[:-1]} == {5.0}
    assert not read(enough.feeds[0], GOOD, ManualClock()).notes


FEED = yemot_account(URL, ManualClock()).feeds[0]


@given(st.dictionaries(st.sampled_from(sorted(MEMBER)), JSON), st.dictionaries(st.sampled_from(sorted(ENTRY)), JSON))
@example({"Status": "1", "Paused": False}, {"Wait": True})
def test_nothing_unknown_becomes_free_or_zero(member: dict[str, Any], entry: dict[str, Any]) -> None:
    clock = ManualClock()
    part = read(FEED, document(queueData={}, members=[member], entries=[entry]), clock)
    free = [agent for agent in part.agents if agent.state is AgentState.AVAILABLE]
    if free:
        assert str(member["Status"]).strip().removesuffix(".0") == "1"
        assert str(member["Paused"]).strip().lower() in {"false", "0", "no", "0.0", "-0.0"}
    assert part.queues[0].waiting == 1
    for caller in part.callers:
        assert caller.joined_at is None or caller.joined_at <= clock.monotonic()
        if caller.joined_at == clock.monotonic():
            assert -5 <= float(entry["Wait"]) < 1
    for agent in part.agents:
        assert agent.calls_taken is None or float(member["CallsTaken"]) == agent.calls_taken
        assert agent.last_call_at is None or agent.last_call_at <= clock.monotonic()


@given(JSON, JSON, JSON)
def test_no_document_does_harm(data: object, members: object, entries: object) -> None:
    try:
        read(FEED, document(queueData=data, members=members, entries=entries), ManualClock())
    except VendorFault as raised:
        assert raised.fault.code is FaultCode.BAD_SHAPE  # noqa: PT017 - a good answer is well too
