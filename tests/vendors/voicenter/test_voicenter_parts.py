"""Voicenter's answers in the language of the floor."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.vendors.accounts import fixture, notes, read, voicenter_account
from tests.vendors.yemot.test_yemot_parts import JSON
from wallboard.clock import ManualClock
from wallboard.domain.agents import Agent, AgentState, CallStatus, Direction
from wallboard.domain.campaigns import CampaignKind, DirectoryEntry
from wallboard.domain.faults import FaultCode, VendorFault
from wallboard.domain.feeds import FeedKey, NoteCode, Subject
from wallboard.domain.ports import Part
from wallboard.domain.thresholds import Threshold
from wallboard.vendors.voicenter.mapping import _STATES_IN_CALL

URL = "http://vendor.example/comet/API/"
TWO_CALLS = fixture("voicenter/GetExtensionsCalls.two_calls")
EXTENSION = TWO_CALLS["EXTENSIONS"][0]
HELD, DIALED = EXTENSION["calls"]
QUEUES = fixture("voicenter/GetQueuesCallers.answer")
CAMPAIGNS = fixture("voicenter/GetCampaignList.answer")
QUEUE, EMPTY_QUEUE = QUEUES["QUEUES"]
CALLER, LATER_CALLER = QUEUE["Callers"]
LOCAL_IS_AHEAD = 7_200  # Israel, in winter
NOW = 1_703_760_926 - LOCAL_IS_AHEAD
AGENTS, WAITING, DIRECTORY, DIALER = range(4)


def extensions(*rows: Any) -> dict[str, Any]:
    return {"ERR": 0, "DESC": "OK", "EXTENSIONS": list(rows)}


def queues(*rows: Any) -> dict[str, Any]:
    return {"ERR": 0, "DESC": "OK", "QUEUES": list(rows)}


def part_of(document: dict[str, Any], feed: int = AGENTS, clock: ManualClock | None = None, **settings: Any) -> Part:
    clock = clock or ManualClock(now=NOW)
    return read(voicenter_account(URL, clock, **settings).feeds[feed], document, clock)


def agent_of(row: Any) -> Agent:
    (agent,) = part_of(extensions(row)).agents
    return agent


def test_the_sample_of_agents_is_understood() -> None:
    clock = ManualClock(now=1_602_465_879 - 10_800)  # summer
    part = part_of(fixture("voicenter/GetExtensionsCalls.answer"), clock=clock)
    gone, talking = part.agents
    assert (gone.id, gone.number, gone.name, gone.state) == ("SIPSIP1", "SIPSIP1", "דנה לוי", AgentState.LOGGED_OUT)
    assert (gone.calls, gone.state_since, gone.is_paused, gone.queues) == ((), None, None, ())
    assert (talking.name, talking.state, talking.raw_state) == ("יואב ברק", AgentState.ON_CALL, "")
    assert talking.state_since == clock.monotonic() - 60
    (call,) = talking.calls
    assert (call.id, call.phone, call.name) == ("2020101201cc7b38df", "0790000001", "מוקד")
    assert (call.direction, call.status, call.is_recording) == (Direction.OUTGOING, CallStatus.TALKING, True)
    assert (call.started_at, call.answered_at) == (clock.monotonic() - 61, clock.monotonic() - 60)
    assert not part.notes


def test_a_live_call_says_more_than_a_status() -> None:
    clock = ManualClock(now=NOW)
    (agent,) = part_of(TWO_CALLS, clock=clock).agents
    assert (agent.name, agent.state) == ("רות בר", AgentState.ON_HOLD)  # status 5, and dialing besides
    held, dialed = agent.calls
    assert agent.state_since == held.answered_at == clock.monotonic() - 588
    assert (dialed.status, dialed.answered_at, dialed.queue) == (CallStatus.DIALING, None, "10285")
    assert dialed.started_at == clock.monotonic() - 107
    assert (dialed.phone, held.queue) == ("Agent B", None)


@pytest.mark.parametrize(
    ("statuses", "state"),
    [
        (["Ringing"], AgentState.RINGING),
        (["Dialing"], AgentState.DIALING),
        (["Talking"], AgentState.ON_CALL),
        (["Hold"], AgentState.ON_HOLD),
        (["Ringing", "Hold", "Talking"], AgentState.ON_CALL),
        (["Ringing", "Dialing", "Hold"], AgentState.ON_HOLD),
        (["Ringing", "Dialing"], AgentState.DIALING),
        (["Parked", "Ringing"], AgentState.RINGING),
        (["Parked"], AgentState.UNKNOWN),
        ([""], AgentState.UNKNOWN),
        (["talking"], AgentState.ON_CALL),
        (["3"], AgentState.ON_CALL),
        ([3], AgentState.ON_CALL),
    ],
)
@pytest.mark.parametrize("status", [1, 2, 5, 7, 11, 12, 13, 99, None])
def test_the_states_of_calls(statuses: list[Any], state: AgentState, status: object) -> None:
    calls = [{**HELD, "ivrid": str(number), "callstatus": word} for number, word in enumerate(statuses)]
    agent = agent_of({**EXTENSION, "onlineUserStatus": status, "calls": calls})
    assert agent.state is state
    assert agent.raw_state == (statuses[0] if state is AgentState.UNKNOWN else "")


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (1, AgentState.AVAILABLE),
        ("1", AgentState.AVAILABLE),
        (2, AgentState.LOGGED_OUT),
        (3, AgentState.LUNCH),
        (5, AgentState.ADMIN),
        (7, AgentState.BREAK),
        (9, AgentState.OTHER),
        (11, AgentState.TRAINING),
        (12, AgentState.MEETING),
        (13, AgentState.BRIEFING),
        (4, AgentState.UNKNOWN),
        (99, AgentState.UNKNOWN),
        ("free", AgentState.UNKNOWN),
        (True, AgentState.UNKNOWN),
        (None, AgentState.UNKNOWN),
    ],
)
def test_the_states_of_agents(status: object, state: AgentState) -> None:
    agent = agent_of({**EXTENSION, "onlineUserStatus": status, "calls": []})
    assert agent.state is state
    assert agent.raw_state == (str(status) if status in {4, 99, "free"} else "")
    assert agent_of({**EXTENSION, "onlineUserStatus": status, "calls": {}}).state is state
    nobody = agent_of({**EXTENSION, "onlineUserStatus": status, "calls": [], "onlineUserID": 0})
    assert nobody.state is AgentState.LOGGED_OUT


@pytest.mark.parametrize("calls", [None, "abc", 0, {"a": 1}, [None], [{"callstatus": "Talking"}], [7]])
def test_nobody_is_free_whose_calls_are_not_known(calls: object) -> None:
    agent = agent_of({**EXTENSION, "onlineUserStatus": 1, "calls": calls})
    assert (agent.state, agent.raw_state) == (AgentState.UNKNOWN, "1")
    assert agent_of({**EXTENSION, "onlineUserStatus": 3, "calls": calls}).state is AgentState.LUNCH
    without = {key: value for key, value in EXTENSION.items() if key != "calls"}
    assert agent_of({**without, "onlineUserStatus": 1}).state is AgentState.UNKNOWN


@pytest.mark.parametrize("muted", [0, 1, "0", "1", None, "x", 7])
def test_recording(muted: object) -> None:
    agent = agent_of({**EXTENSION, "calls": [{**HELD, "recording": {"IsMuted": muted}}]})
    assert agent.calls[0].is_recording is {"0": True, "1": False}.get(str(muted))
    untold: tuple[object, ...] = ([], "", None, 7)
    for unknown in untold:
        assert agent_of({**EXTENSION, "calls": [{**HELD, "recording": unknown}]}).calls[0].is_recording is None


@pytest.mark.parametrize(
    ("representative", "name", "shown"),
    [("", "Desk", "Desk"), (None, "", None), (" ", " ", None), ("a\u202eb", "x", "ab"), ([], "Desk", "Desk")],
)
def test_names(representative: object, name: object, shown: str | None) -> None:
    assert agent_of({**EXTENSION, "username": "S", "representative": representative, "name": name}).name == shown


def test_the_same_call_may_be_at_two_agents_and_twice_at_one_counts_once() -> None:
    part = part_of(
        extensions(EXTENSION, {**EXTENSION, "username": "S2", "calls": [HELD, {**HELD, "callstatus": "Talking"}]})
    )
    first, second = part.agents
    assert first.calls[0].id == second.calls[0].id
    assert [call.status for call in second.calls] == [CallStatus.TALKING]
    assert notes(part)[NoteCode.DUPLICATES].count == 1


def test_bad_rows_are_counted_at_every_poll_and_of_duplicates_the_last_wins() -> None:
    clock = ManualClock(now=NOW)
    feed = voicenter_account(URL, clock).feeds[AGENTS]
    rows = extensions(
        None, {}, {"username": "a\u200b"}, {**EXTENSION, "onlineUserStatus": 99, "calls": [None]}, EXTENSION
    )
    for _ in range(2):
        part = read(feed, rows, clock)
        assert [agent.state for agent in part.agents] == [AgentState.ON_HOLD]
        remarks = notes(part)
        assert remarks[NoteCode.ROWS_DROPPED].count == 4
        assert remarks[NoteCode.DUPLICATES].count == 1
        assert (remarks[NoteCode.UNKNOWN_VALUES].count, remarks[NoteCode.UNKNOWN_VALUES].words) == (1, "99")


def test_an_unchanged_row_stays_the_same_object() -> None:
    clock = ManualClock(now=NOW)
    feed = voicenter_account(URL, clock).feeds[AGENTS]
    rows = extensions(*({**EXTENSION, "username": f"S{number}", "calls": [HELD] * (number % 2)} for number in range(9)))
    first = read(feed, rows, clock)
    clock.jump(5.8)
    second = read(feed, rows, clock)
    assert all(before is after for before, after in zip(first.agents, second.agents, strict=True))
    rows["EXTENSIONS"][3]["calls"] = [DIALED]
    third = read(feed, rows, clock)
    assert [before is after for before, after in zip(first.agents, third.agents, strict=True)] == [True] * 3 + [
        False
    ] + [True] * 5
    assert third.agents[3].state is AgentState.DIALING
    del rows["EXTENSIONS"][0]
    assert [agent.id for agent in read(feed, rows, clock).agents] == [f"S{number}" for number in range(1, 9)]


def test_more_rows_than_a_floor_has() -> None:
    part = part_of(extensions(*({"username": f"S{number}", "calls": []} for number in range(25_000))))
    assert len(part.agents) == 20_000
    assert notes(part)[NoteCode.ROWS_HIDDEN].count == 5_000


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


FEEDS = voicenter_account(URL, ManualClock(now=NOW)).feeds


@given(st.dictionaries(st.sampled_from(sorted(EXTENSION)), JSON), st.dictionaries(st.sampled_from(sorted(HELD)), JSON))
@example({"username": "S", "onlineUserStatus": 1}, {})
@example({"username": "S", "onlineUserStatus": 1, "calls": []}, {})
def test_nothing_unknown_becomes_free(row: dict[str, Any], leg: dict[str, Any]) -> None:
    clock = ManualClock(now=NOW)
    for extension in (row, {**row, "calls": [leg]}):
        for agent in read(FEEDS[AGENTS], extensions(extension), clock).agents:
            if agent.state is AgentState.AVAILABLE:
                assert str(extension["onlineUserStatus"]).strip() == "1"
                assert extension["calls"] in ([], {})
            moments = [agent.state_since, *(at for call in agent.calls for at in (call.started_at, call.answered_at))]
            assert all(moment is None or moment <= clock.monotonic() for moment in moments)


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


def test_every_call_status_has_a_state() -> None:
    assert set(_STATES_IN_CALL) == set(CallStatus)
