"""Voicenter's agents in the language of the floor."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.vendors.accounts import fixture, notes, read, voicenter_account
from tests.vendors.voicenter.samples import (
    AGENTS,
    DIALED,
    EXTENSION,
    FEEDS,
    HELD,
    NOW,
    TWO_CALLS,
    URL,
    extensions,
    part_of,
)
from tests.vendors.yemot.samples import JSON
from wallboard.clock import ManualClock
from wallboard.domain.agents import Agent, AgentState, CallStatus, Direction
from wallboard.domain.feeds import NoteCode
from wallboard.vendors.voicenter.mapping import _STATES_IN_CALL


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


@pytest.mark.parametrize(("status", "since"), [("Talking", "callAnswered"), ("Ringing", "callStarted")])
def test_of_calls_in_one_status_the_oldest_leads(status: str, since: str) -> None:
    """By its answer where it was answered: a leg that began earlier may have been answered later."""
    other = {"callAnswered": "callStarted", "callStarted": "callAnswered"}[since]
    started = HELD["callStarted"]
    calls = [
        {**HELD, "ivrid": name, "callstatus": status, since: started + ago, other: started - ago}
        for name, ago in (("young", 90), ("old", 30), ("middle", 60))
    ]
    calls.append({**HELD, "ivrid": "untold", "callstatus": status, since: None})
    agent = agent_of({**EXTENSION, "calls": calls})
    began = {call.id: call.answered_at if status == "Talking" else call.started_at for call in agent.calls}
    assert agent.state_since == began["old"]


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (1, AgentState.AVAILABLE),
        (1.0, AgentState.AVAILABLE),
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
    for user in (0, "0", 0.0):
        nobody = agent_of({**EXTENSION, "onlineUserStatus": status, "calls": [], "onlineUserID": user})
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


@given(st.dictionaries(st.sampled_from(sorted(EXTENSION)), JSON), st.dictionaries(st.sampled_from(sorted(HELD)), JSON))
@example({"username": "S", "onlineUserStatus": 1}, {})
@example({"username": "S", "onlineUserStatus": 1, "calls": []}, {})
def test_nothing_unknown_becomes_free(row: dict[str, Any], leg: dict[str, Any]) -> None:
    clock = ManualClock(now=NOW)
    for extension in (row, {**row, "calls": [leg]}):
        for agent in read(FEEDS[AGENTS], extensions(extension), clock).agents:
            if agent.state is AgentState.AVAILABLE:
                assert str(extension["onlineUserStatus"]).strip() in {"1", "1.0"}
                assert extension["calls"] in ([], {})
            moments = [agent.state_since, *(at for call in agent.calls for at in (call.started_at, call.answered_at))]
            assert all(moment is None or moment <= clock.monotonic() for moment in moments)


def test_every_call_status_has_a_state() -> None:
    assert set(_STATES_IN_CALL) == set(CallStatus)
