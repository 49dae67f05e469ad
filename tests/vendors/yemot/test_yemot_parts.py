"""Yemot's answers in the language of the floor."""

import pytest

from tests.vendors.accounts import GOOD, fixture, notes, read, yemot_account
from tests.vendors.yemot.samples import ENTRY, KEY, MEMBER, URL, document, part_of
from wallboard.clock import ManualClock
from wallboard.domain.agents import AgentState
from wallboard.domain.feeds import NoteCode


def test_the_sample_is_understood() -> None:
    clock = ManualClock(now=1_747_222_631 + 273)
    part = part_of(GOOD, clock, queues=[{"path": "/1", "name": "תמיכה"}])
    now = clock.monotonic()
    assert (part.received_at, part.latency, part.notes) == (now, 0.1, ())
    (queue,) = part.queues
    assert (queue.id, queue.name, queue.feed, queue.waiting, queue.max) == ("/1", "תמיכה", KEY, 1, 0)
    assert (queue.completed, queue.abandoned, queue.average_hold_seconds, queue.average_talk_seconds) == (
        41,
        3,
        52,
        187,
    )
    assert (queue.strategy, queue.agents_ready, queue.agents_total, queue.weight) == ("rrmemory", 0, 2, None)
    assert queue.longest_joined_at == now - 443
    (caller,) = part.callers
    assert (caller.id, caller.queue, caller.phone) == ("f6657b78a2f35d6d04dd203400828362", "/1", "0500000002")
    assert (caller.position, caller.joined_at, caller.feed) == (1, now - 443, KEY)
    busy, gone = part.agents
    assert (busy.id, busy.number, busy.name, busy.state) == ("0500000001", "0500000001", "דנה לוי", AgentState.ON_CALL)
    assert (busy.queues, busy.is_paused, busy.paused_queues, busy.calls_taken, busy.penalty) == (
        ("/1",),
        False,
        (),
        12,
        0,
    )
    assert busy.last_call_at == now - 273
    assert (gone.id, gone.name, gone.state, gone.last_call_at) == ("SIP-0770000000-3", None, AgentState.PAUSED, None)
    assert (gone.is_paused, gone.paused_queues, gone.penalty) == (True, ("/1",), 1)


def test_an_empty_array_may_be_an_empty_object() -> None:
    part = part_of(fixture("yemot/GetQueueRealTime.empty"))
    assert (part.agents, part.callers, part.queues[0].waiting, part.notes) == ((), (), 0, ())
    assert part.queues[0].longest_joined_at is None


@pytest.mark.parametrize("is_paused", [False, True])
@pytest.mark.parametrize(
    ("status", "state", "when_paused"),
    [
        ("1", AgentState.AVAILABLE, AgentState.PAUSED),
        (1, AgentState.AVAILABLE, AgentState.PAUSED),
        ("2", AgentState.ON_CALL, AgentState.PAUSED_ON_CALL),
        ("3", AgentState.ON_CALL, AgentState.PAUSED_ON_CALL),
        ("4", AgentState.UNAVAILABLE, AgentState.PAUSED),
        ("5", AgentState.UNAVAILABLE, AgentState.PAUSED),
        ("6", AgentState.RINGING, AgentState.RINGING),
        ("7", AgentState.ON_CALL, AgentState.PAUSED_ON_CALL),
        ("8", AgentState.ON_HOLD, AgentState.PAUSED_ON_CALL),
        ("10", AgentState.ON_CALL, AgentState.PAUSED_ON_CALL),
        ("0", AgentState.UNKNOWN, AgentState.PAUSED),
        ("9", AgentState.UNKNOWN, AgentState.PAUSED),
        ("free", AgentState.UNKNOWN, AgentState.PAUSED),
        ("", AgentState.UNKNOWN, AgentState.PAUSED),
        (None, AgentState.UNKNOWN, AgentState.PAUSED),
        (1.0, AgentState.AVAILABLE, AgentState.PAUSED),
        (2.0, AgentState.ON_CALL, AgentState.PAUSED_ON_CALL),
    ],
)
def test_states(status: object, state: AgentState, when_paused: AgentState, is_paused: bool) -> None:
    (agent,) = part_of(document(members=[{**MEMBER, "Status": status, "Paused": is_paused}])).agents
    assert agent.state is (when_paused if is_paused else state)
    assert agent.raw_state == (str(status or "") if agent.state is AgentState.UNKNOWN else "")


def test_an_unknown_status_is_remarked_with_its_word() -> None:
    part = part_of(document(members=[{**MEMBER, "Status": "fr\u202ee"}]))
    assert part.agents[0].raw_state == "fre"
    assert notes(part)[NoteCode.UNKNOWN_VALUES].words == "fre"
    assert not part_of(document(members=[{**MEMBER, "Status": "0"}])).notes


@pytest.mark.parametrize(("paused", "state"), [(0.0, AgentState.AVAILABLE), (1.0, AgentState.PAUSED)])
def test_a_pause_may_be_told_as_a_float(paused: float, state: AgentState) -> None:
    assert part_of(document(members=[{**MEMBER, "Status": "1", "Paused": paused}])).agents[0].state is state


@pytest.mark.parametrize("status", [2.5, -0.5, 1e300, float("inf"), float("nan")])
def test_a_float_that_is_no_whole_number_is_no_status(status: float) -> None:
    part = part_of(document(members=[{**MEMBER, "Status": status, "Paused": False}]))
    assert (part.agents[0].state, part.agents[0].raw_state) == (AgentState.UNKNOWN, "")
    assert notes(part)[NoteCode.VALUES_DROPPED].count == 1


@pytest.mark.parametrize("paused", [None, "maybe", [], 7])
def test_nobody_is_free_whose_pause_is_not_known(paused: object) -> None:
    (agent,) = part_of(document(members=[{**MEMBER, "Status": "1", "Paused": paused}])).agents
    assert (agent.state, agent.raw_state, agent.is_paused) == (AgentState.UNKNOWN, "1", None)


@pytest.mark.parametrize(
    ("sent", "read_as", "dropped"),
    [
        (7, 7, 0),
        ("12", 12, 0),
        ("12.0", 12, 0),
        (12.0, 12, 0),
        (" 12 ", 12, 0),
        (-1, None, 1),
        ("-1", None, 1),
        (True, None, 1),
        (float("nan"), None, 1),
        (float("inf"), None, 1),
        (1e30, None, 1),
        (10**30, None, 1),
        ("1" * 5_000, None, 1),
        (2.5, None, 1),
        ("abc", None, 1),
        ("١٢", None, 1),
        ("1_000", None, 1),
        ([], None, 1),
        ({}, None, 1),
        ("", None, 0),
        (None, None, 0),
    ],
)
def test_figures(sent: object, read_as: int | None, dropped: int) -> None:
    part = part_of(document(queueData={**GOOD["queueData"], "Completed": sent}))
    assert part.queues[0].completed == read_as
    assert notes(part).get(NoteCode.VALUES_DROPPED) == ((part.notes[0]) if dropped else None)


def test_json_beyond_json_is_read() -> None:
    text = b'{"responseStatus":"OK","queueData":{"Calls":NaN,"Completed":1e999,"Max":-Infinity,"Max":5,"Abandoned":1},'
    part = read(yemot_account(URL).feeds[0], text + b'"members":[],"entries":[]}', ManualClock())
    queue = part.queues[0]
    assert (queue.waiting, queue.completed, queue.max, queue.abandoned) == (0, None, 5, 1)
    assert notes(part)[NoteCode.DUPLICATES].count == 1
    assert notes(part)[NoteCode.VALUES_DROPPED].count == 2


def test_a_count_that_makes_no_sense_is_taken_from_the_entries() -> None:
    part = part_of(document(queueData={"Calls": -1}))
    assert part.queues[0].waiting == 1
    assert part_of(document(queueData={"Calls": 5})).queues[0].waiting == 5


def test_rows_that_cannot_be_read_are_counted_and_the_rest_lives() -> None:
    part = part_of(
        document(members=[None, 7, {}, {"agent": ""}, {"agent": "a\x00b"}, {"agent": []}, {"agent": 7.5}, MEMBER])
    )
    assert [agent.id for agent in part.agents] == ["0500000001"]
    assert notes(part)[NoteCode.ROWS_DROPPED].count == 7
    part = part_of(document(queueData={}, entries=[None, ENTRY]))
    assert (len(part.callers), part.queues[0].waiting) == (1, 2), "whoever cannot be read waits all the same"


def test_two_ids_that_only_cleaning_makes_alike_never_become_one() -> None:
    part = part_of(
        document(entries=[{**ENTRY, "CallId": "a\u200bb"}, {**ENTRY, "CallId": "ab", "phone": "0500000005"}])
    )
    assert [(caller.id, caller.phone) for caller in part.callers] == [("ab", "0500000005")]
    assert notes(part)[NoteCode.ROWS_DROPPED].count == 1


def test_of_duplicates_the_last_wins() -> None:
    part = part_of(document(queueData={}, entries=[ENTRY, {**ENTRY, "phone": "0500000007"}]))
    assert [caller.phone for caller in part.callers] == ["0500000007"]
    assert (notes(part)[NoteCode.DUPLICATES].count, part.queues[0].waiting) == (1, 1)


def test_rows_past_the_cap_are_hidden_and_counted() -> None:
    part = part_of(document(members=[{"agent": str(number)} for number in range(25_000)]))
    assert len(part.agents) == 20_000
    assert notes(part)[NoteCode.ROWS_HIDDEN].count == 5_000


def test_a_lone_surrogate_spoils_one_number_only() -> None:
    entries = b'[{"CallId":"1","phone":"\\ud800x"},{"CallId":"2"}]'
    body = b'{"responseStatus":"OK","queueData":{},"members":[],"entries":' + entries + b"}"
    part = read(yemot_account(URL).feeds[0], body, ManualClock())
    assert [caller.phone for caller in part.callers] == ["\ufffdx", None]


@pytest.mark.parametrize("wait", ["-3", -2, "0"])
def test_a_wait_is_never_negative(wait: object) -> None:
    clock = ManualClock()
    part = part_of(document(entries=[{**ENTRY, "Wait": wait}]), clock)
    assert part.callers[0].joined_at == clock.monotonic()


@pytest.mark.parametrize("wait", ["-443", "7:23", 1e9, None, "", False])
def test_a_wait_that_makes_no_sense_is_not_known(wait: object) -> None:
    part = part_of(document(entries=[{**ENTRY, "Wait": wait}]))
    assert (part.callers[0].joined_at, part.queues[0].longest_joined_at) == (None, None)


def test_who_withholds_his_number_has_none() -> None:
    entries = [{**ENTRY, "CallId": str(number), "phone": phone} for number, phone in enumerate(["unknown", "", None])]
    assert [caller.phone for caller in part_of(document(entries=entries)).callers] == [None, None, None]


@pytest.mark.parametrize("epoch", ["0", 0, None, "", "1747222631000", -5, "soon", 4_000_000_000])
def test_no_last_call_is_none(epoch: object) -> None:
    assert part_of(document(members=[{**MEMBER, "LastCallUnitTime": epoch}])).agents[0].last_call_at is None
