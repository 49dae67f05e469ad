"""Voicenter's queues, directory and campaigns in the language of the floor."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vendors.accounts import fixture, notes, read, voicenter_account
from tests.vendors.voicenter.samples import (
    CALLER,
    CAMPAIGNS,
    DIALER,
    DIRECTORY,
    EMPTY_QUEUE,
    FEEDS,
    NOW,
    QUEUE,
    QUEUES,
    URL,
    WAITING,
    part_of,
    queues,
)
from tests.vendors.yemot.samples import JSON
from wallboard.clock import ManualClock
from wallboard.domain.campaigns import CampaignKind, DirectoryEntry
from wallboard.domain.faults import FaultCode, VendorFault
from wallboard.domain.feeds import FeedKey, NoteCode, Subject
from wallboard.domain.thresholds import Threshold


def test_the_sample_of_queues_is_understood() -> None:
    clock = ManualClock(now=1_602_599_586 - 10_800)
    table = [{"id": 87654321, "name": "גבייה", "hide": True, "thresholds": {"waiting": {"warn": 1, "breach": 2}}}]
    part = part_of(QUEUES, WAITING, clock, queues=table)
    support, empty = part.queues
    key = FeedKey("Head office", "GetQueuesCallers")
    assert (support.id, support.name, support.weight, support.waiting) == ("12345678", "תמיכה טכנית", 5, 2)
    assert (support.longest_joined_at, support.feed, support.is_hidden) == (clock.monotonic() - 21, key, False)
    assert (support.agents_total, support.completed, support.max) == (None, None, None)
    assert (empty.name, empty.waiting, empty.longest_joined_at, empty.is_hidden) == ("גבייה", 0, None, True)
    assert (empty.thresholds.waiting, support.thresholds.waiting) == (Threshold(1, 2), Threshold(3, 6))
    first, second = part.callers
    assert (first.id, first.queue, first.phone, first.position) == (
        "202010131430590714966",
        "12345678",
        "0790000001",
        None,
    )
    assert (first.joined_at, second.joined_at) == (clock.monotonic() - 21, clock.monotonic() - 3)
    assert not part.notes


def test_an_id_may_be_told_as_a_float() -> None:
    table = [{"id": 78, "name": "גבייה"}]
    part = part_of(queues({**QUEUE, "ID": 78.0, "Callers": [{**CALLER, "CallID": 5.0}]}), WAITING, queues=table)
    assert [(queue.id, queue.name) for queue in part.queues] == [("78", "גבייה")]
    assert [(caller.id, caller.queue) for caller in part.callers] == [("5", "78")]


@pytest.mark.parametrize("callers", [None, "abc", 7, {"a": 1}])
def test_callers_that_are_not_told_are_not_nobody(callers: object) -> None:
    (queue,) = part_of(queues({**QUEUE, "Callers": callers}), WAITING).queues
    assert (queue.waiting, queue.longest_joined_at) == (None, None)
    without = {key: value for key, value in QUEUE.items() if key != "Callers"}
    assert part_of(queues(without), WAITING).queues[0].waiting is None
    assert part_of(queues({**QUEUE, "Callers": {}}), WAITING).queues[0].waiting == 0


def test_callers_are_counted_though_not_readable_and_once_though_told_twice() -> None:
    part = part_of(queues({**QUEUE, "Callers": [CALLER, None, CALLER]}, {**EMPTY_QUEUE, "Callers": [CALLER]}), WAITING)
    assert [queue.waiting for queue in part.queues] == [1, 1]
    assert [(caller.id, caller.queue) for caller in part.callers] == [(CALLER["CallID"], "87654321")]
    assert (notes(part)[NoteCode.DUPLICATES].count, notes(part)[NoteCode.ROWS_DROPPED].count) == (2, 1)


def test_frozen_queues_are_remarked() -> None:
    clock = ManualClock(now=1_602_599_586 - 10_800)
    feed = voicenter_account(URL, clock).feeds[WAITING]
    remarks = []
    for _ in range(12):
        remarks.append(notes(read(feed, QUEUES, clock)).get(NoteCode.FROZEN))
        clock.jump(5)
    assert [remark is not None for remark in remarks] == [False] * 10 + [True] * 2
    assert remarks[-1] is not None
    assert remarks[-1].seconds == 55


def test_the_directory() -> None:
    part = part_of(fixture("voicenter/GetExtensions.answer"), DIRECTORY)
    assert part.directory == (
        DirectoryEntry("SIPSIP1", "שלוחה 11", "11", "שירות"),
        DirectoryEntry("SIPSIP2", "שלוחה 12", "12", "מכירות"),
    )
    assert part_of(fixture("voicenter/GetExtensions.unknown_code"), DIRECTORY).directory == ()


def test_the_campaigns() -> None:
    part = part_of(CAMPAIGNS, DIALER)
    smart, agent = part.campaigns
    assert (smart.name, smart.code, smart.is_running, smart.raw_status) == ("Campaign1", "invented-code-01", True, "")
    assert (smart.pending, smart.awaiting, smart.kind) == (23, 23, CampaignKind.SMART)
    assert (agent.awaiting, agent.kind, agent.min_priority, agent.max_priority) == (None, CampaignKind.AGENT, 1, 52)
    assert "invented-code" not in f"{part}"


@pytest.mark.parametrize(
    ("changes", "is_running", "raw_status", "kind"),
    [
        ({"StatusName": "Disabled"}, False, "", CampaignKind.SMART),
        ({"StatusName": "Paused"}, None, "Paused", CampaignKind.SMART),
        ({"StatusName": None}, None, "", CampaignKind.SMART),
        ({"TotalAwaitingCalls": 0}, True, "", CampaignKind.SMART),
        ({"TotalAwaitingCalls": "7"}, True, "", CampaignKind.SMART),
    ],
)
def test_campaigns_in_other_words(
    changes: dict[str, Any], is_running: bool | None, raw_status: str, kind: CampaignKind
) -> None:
    (campaign,) = part_of({"ErrorCode": "0", "Data": [{**CAMPAIGNS["Data"][0], **changes}]}, DIALER).campaigns
    assert (campaign.is_running, campaign.raw_status, campaign.kind) == (is_running, raw_status, kind)


def test_a_campaign_that_does_not_tell_what_awaits_is_of_no_known_kind() -> None:
    row = {key: value for key, value in CAMPAIGNS["Data"][0].items() if key != "TotalAwaitingCalls"}
    (campaign,) = part_of({"ErrorCode": 0, "Data": [row]}, DIALER).campaigns
    assert campaign.kind is None


def test_campaigns_that_share_a_masked_code_stay_apart() -> None:
    rows = [{**row, "Code": "XXXX"} for row in CAMPAIGNS["Data"]]
    assert len(part_of({"ErrorCode": 0, "Data": rows}, DIALER).campaigns) == 2


def test_a_vendor_writes_a_key_with_a_blank() -> None:
    assert part_of({" ErrorCode": 0, "Data ": []}, DIALER).campaigns == ()


def test_the_feeds() -> None:
    account = voicenter_account(URL, poll_seconds=2, campaign_poll_seconds=30)
    figures = [(feed.key.method, feed.interval, feed.least_interval, feed.deadline) for feed in account.feeds]
    assert figures == [
        ("GetExtensionsCalls", 2, 2, 3),
        ("GetQueuesCallers", 2, 2, 3),
        ("GetExtensions", 1200, 30, 8),
        ("GetCampaignList", 30, 5, 8),
    ]
    assert [set(feed.subjects) for feed in account.feeds] == [
        {Subject.AGENTS},
        {Subject.QUEUES},
        {Subject.DIRECTORY},
        {Subject.CAMPAIGNS},
    ]
    account = voicenter_account(URL, poll_seconds=20)
    assert [feed.least_interval for feed in account.feeds] == [5, 5, 30, 5]
    assert [feed.deadline for feed in account.feeds] == [8, 8, 8, 8]
    assert (account.kind, account.name, account.concurrency, account.requests_per_second) == (
        "voicenter",
        "Head office",
        4,
        10,
    )


@given(st.dictionaries(st.sampled_from(sorted(QUEUE)), JSON), st.dictionaries(st.sampled_from(sorted(CALLER)), JSON))
def test_nothing_unknown_becomes_zero(row: dict[str, Any], caller: dict[str, Any]) -> None:
    clock = ManualClock(now=NOW)
    for queue in (row, {**row, "Callers": [caller]}):
        part = read(FEEDS[WAITING], queues(queue), clock)
        for read_queue in part.queues:
            told = queue.get("Callers")
            assert (read_queue.waiting == 0) == (told in ([], {}))
        assert all(who.joined_at is None or who.joined_at <= clock.monotonic() for who in part.callers)


@pytest.mark.parametrize("feed", range(4))
@given(rows=JSON, status=JSON)
def test_no_document_does_harm(feed: int, rows: object, status: object) -> None:
    keys = ("EXTENSIONS", "QUEUES", "Data")
    for code in (0, status):
        try:
            read(FEEDS[feed], {"ERR": code, "ErrorCode": code, **dict.fromkeys(keys, rows)}, ManualClock(now=NOW))
        except VendorFault as raised:
            assert raised.fault.code in {FaultCode.BAD_SHAPE, FaultCode.VENDOR}  # noqa: PT017 - a part is well too
