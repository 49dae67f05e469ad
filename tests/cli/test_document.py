"""What `once` prints: names and nulls that scripts rely on, no secret, no phone that must be hidden."""

import dataclasses
import json
import re

import pytest
from pydantic import TypeAdapter

from tests.cli.sample_floor import CAMPAIGN_CODE, FLOOR, NOW, REFUSED, TIMEOUT, snapshot
from wallboard.cli.document import document
from wallboard.cli.plain import plain_text, spoken
from wallboard.cli.records import Document
from wallboard.clock import ManualClock
from wallboard.domain.agents import Agent, AgentState
from wallboard.domain.snapshot import Floor, Snapshot

WALL = 1_750_000_000.0  # 2025-06-15 15:06:40 UTC


def clock(monotonic: float = NOW) -> ManualClock:
    clock = ManualClock(WALL - (monotonic - 1000))
    clock.jump(monotonic - 1000)
    return clock


def made(*, is_masking: bool = False) -> Document:
    return document(snapshot(REFUSED, TIMEOUT), clock(), is_masking=is_masking)


def said(*, is_masking: bool = False) -> str:
    return plain_text(made(is_masking=is_masking), FLOOR.agents)


def said_of(agent: Agent) -> str:
    return plain_text(document(Snapshot(NOW, {}, Floor(agents=(agent,))), clock()), [agent])


def test_the_names_are_the_promised_ones() -> None:
    fields = {
        "": "schema at summary feeds queues callers agents campaigns",
        "summary": "waiting longest_wait_seconds agents_available agents_on_call agents_paused agents_away live_calls "
        "abandoned completed",
        "feeds": "source method queue state age_seconds latency_ms fault",
        "queues": "id source name waiting longest_wait_seconds max strategy weight completed abandoned "
        "average_hold_seconds average_talk_seconds agents_ready agents_total",
        "callers": "id source queue phone position waiting_seconds ringing",
        "agents": "id source name number state state_seconds queues paused calls_taken last_call_at penalty calls",
        "campaigns": "source name running pending awaiting min_priority max_priority kind",
    }
    whole = json.loads(json.dumps(dataclasses.asdict(made())))
    assert list(whole) == fields.pop("").split()
    for key, names in fields.items():
        record = whole[key] if key == "summary" else whole[key][0]
        assert list(record) == names.split()
    call = "id phone name direction status started_at answered_at talk_seconds recording"
    assert list(whole["agents"][1]["calls"][0]) == call.split()
    assert whole["schema"] == 1


def test_ages_are_whole_seconds_and_moments_utc() -> None:
    record = made()
    assert record.at == "2025-06-15T15:06:40Z"
    assert record.queues[0].longest_wait_seconds == 192
    assert record.callers[0].waiting_seconds == 192
    assert record.agents[0].last_call_at == "2025-06-15T15:05:40Z"
    call = record.agents[1].calls[0]
    assert (call.started_at, call.answered_at) == ("2025-06-15T15:05:10Z", "2025-06-15T15:05:24Z")
    assert call.talk_seconds == record.agents[1].state_seconds == 75
    assert (record.feeds[0].age_seconds, record.feeds[0].latency_ms) == (1, 123)


def test_what_no_vendor_told_is_null_and_never_zero() -> None:
    record = made()
    assert record.queues[0].max == 0
    unknown = record.queues[2]
    assert [value for key, value in dataclasses.asdict(unknown).items() if key not in {"id", "source", "name"}] == (
        [None] * 11
    )
    assert record.queues[1].longest_wait_seconds == 0, "nobody waits there, and that is known"
    assert (record.callers[1].phone, record.callers[1].waiting_seconds) == (None, None)
    assert (record.agents[1].name, record.agents[1].paused, record.agents[0].state_seconds) == (None, None, None)
    assert record.campaigns[0].awaiting is None
    nothing = document(Snapshot(NOW, {}, Floor()), clock())
    assert set(dataclasses.asdict(nothing.summary).values()) == {None}


def test_a_feed_that_failed_says_so_in_words() -> None:
    feed = made().feeds[2]
    assert (feed.state, feed.age_seconds, feed.latency_ms) == ("DOWN", None, None)
    assert feed.fault == "monitor.example refused the secret"


def test_campaign_codes_appear_nowhere() -> None:
    record = made()
    assert CAMPAIGN_CODE not in json.dumps(dataclasses.asdict(record)) + said()


def test_phones_are_hidden_everywhere_when_the_settings_say_so() -> None:
    record = made(is_masking=True)
    text = json.dumps(dataclasses.asdict(record)) + said(is_masking=True)
    assert not re.search(r"0500000\d\d\d", text)
    assert record.callers[0].phone == "•••••••002"
    assert record.at == made().at


def test_the_document_fits_its_own_schema() -> None:
    adapter = TypeAdapter(Document)
    text = json.dumps(dataclasses.asdict(made()))
    assert adapter.validate_json(text) == made()
    assert set(adapter.json_schema()["required"]) == {field.name for field in dataclasses.fields(Document)}


def test_plain_text_is_one_fact_a_line_without_drawing() -> None:
    lines = said().splitlines()
    assert lines[:3] == ["Wallboard at 2025-06-15T15:06:40Z", "Waiting: 2", "Longest wait: 3 min 12 s"]
    assert "תמיכה (Main line): 2 waiting, longest 3 min 12 s, 41 completed" in lines
    assert "Sales (Main line): 0 waiting, 1 of 4 agents ready, 3 abandoned" in lines
    assert "Unknown (Main line): unknown waiting" in lines
    assert "0500000002 in תמיכה: waiting 3 min 12 s, ringing at an agent" in lines
    assert "withheld in תמיכה: waiting unknown" in lines
    assert "דנה לוי, 0500000101 (Main line): paused" in lines
    assert "600 (Head office): on call for 1 min 15 s, incoming talking with Gil" in lines
    assert "Renewals (Head office): running, 120 pending, unknown awaiting" in lines
    assert "Broken Method0: DOWN, monitor.example refused the secret" in lines
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f─-╿]", said())


def test_a_hostile_name_cannot_speak_to_the_terminal() -> None:
    agent = dataclasses.replace(FLOOR.agents[0], name="\x1b]52;c;eA==\x07\u202eDana\x9b2J")
    text = said_of(agent)
    assert not re.search("[\x1b\x07\x9b\u202e]", text)


@pytest.mark.parametrize(
    ("state", "paused_queues", "words"),
    [
        (AgentState.AVAILABLE, ("/1",), "paused 1 of 2"),
        (AgentState.ON_CALL, ("/1",), "on call, paused 1 of 2"),
        (AgentState.AVAILABLE, (), "available"),
        (AgentState.PAUSED, ("/1", "/2"), "paused"),
    ],
)
def test_a_pause_in_some_queues_is_said_as_the_board_does(
    state: AgentState, paused_queues: tuple[str, ...], words: str
) -> None:
    agent = dataclasses.replace(FLOOR.agents[0], state=state, paused_queues=paused_queues, state_since=NOW - 12)
    assert f"דנה לוי, 0500000101 (Main line): {words} for 12 s" in said_of(agent).splitlines()


def test_durations_are_said() -> None:
    assert [spoken(value) for value in (None, 0, 59.9, 60, 3600, 7500)] == [
        "unknown",
        "0 s",
        "59 s",
        "1 min 0 s",
        "1 h 0 min",
        "2 h 5 min",
    ]
