"""What the engine remembers of the floor, and reads of the audit."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import anyio
import pytest

from tests.engine.feeds import CALLS, HANGING, ScriptedFeed, ScriptedSource, agent, good
from wallboard.clock import ManualClock
from wallboard.domain.actions import ActionRecord
from wallboard.domain.agents import Agent, AgentState
from wallboard.domain.feeds import FeedStatus, Subject
from wallboard.domain.happenings import AgentHappening, FeedHappening, HappeningKind
from wallboard.domain.ports import Part, Unsubscribe
from wallboard.domain.snapshot import Floor, Snapshot, SnapshotListener
from wallboard.engine.activity import MOST_HAPPENINGS, MOST_RECORDS, Activity
from wallboard.engine.audit.files import AuditError
from wallboard.engine.engine import Engine

Kind = HappeningKind


def no_records() -> Sequence[ActionRecord]:
    return ()


def record(number: int, outcome: str | None = "ok") -> ActionRecord:
    return ActionRecord(
        f"a{number}", 1_750_000_000.0 + number, "dana", "desk", "Main line", "kick_caller", f"call{number}",
        "050-0000001", outcome=outcome,
    )  # fmt: skip


@dataclass
class Stream:
    """Snapshots a test publishes itself, of one feed that answers each time."""

    clock: ManualClock
    agents: tuple[Agent, ...] = ()
    listeners: list[SnapshotListener] = field(default_factory=list)

    def snapshot(self) -> Snapshot:
        now = self.clock.monotonic()
        status = FeedStatus(CALLS, 5.0, frozenset({Subject.AGENTS}), succeeded_at=now)
        return Snapshot(now, {CALLS: status}, Floor(agents=self.agents))

    def subscribe(self, listener: SnapshotListener) -> Unsubscribe:
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def refresh(self) -> float:
        return 0.0

    def publish(self, *agents: Agent) -> None:
        self.clock.jump(5)
        self.agents = agents
        for listener in self.listeners:
            listener(self.snapshot())


def kinds(activity: Activity) -> list[HappeningKind]:
    return [happening.kind for happening in activity.happenings()]


async def test_it_watches_an_engine_through_an_outage() -> None:
    clock = ManualClock()
    went = Part(0.0, agents=(agent(0), agent(1, AgentState.LUNCH)))
    feed = ScriptedFeed(clock, [good(2), went, *[HANGING] * 9, good(1)])
    engine = Engine(clock, [ScriptedSource([feed])])
    activity = Activity(clock, engine, no_records)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(engine.run)
        tasks.start_soon(activity.run)
        await clock.advance(15)
        assert kinds(activity) == [Kind.AGENT_CHANGED]
        await clock.advance(35)
        assert kinds(activity) == [Kind.AGENT_CHANGED, Kind.FEED_LOST]
        await clock.advance(300)
        assert kinds(activity) == [Kind.AGENT_CHANGED, Kind.FEED_LOST, Kind.FEED_BACK, Kind.AGENT_LEFT]
        tasks.cancel_scope.cancel()
    lost, back = (each for each in activity.happenings() if isinstance(each, FeedHappening))
    assert lost.seconds is not None
    assert back.seconds is not None
    assert 30 < lost.seconds <= 32
    assert back.seconds > lost.seconds
    assert back.at - lost.at == pytest.approx(back.seconds - lost.seconds)


async def test_a_start_is_quiet() -> None:
    clock = ManualClock()
    engine = Engine(clock, [ScriptedSource([ScriptedFeed(clock, [good(300)])])])
    activity = Activity(clock, engine, no_records)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(engine.run)
        tasks.start_soon(activity.run)
        await clock.advance(20)
        tasks.cancel_scope.cancel()
    assert len(engine.snapshot().floor.agents) == 300
    assert activity.happenings() == ()


def test_a_flood_does_not_drown_what_is_rare() -> None:
    clock = ManualClock()
    stream = Stream(clock, (agent(0), agent(1)))
    activity = Activity(clock, stream, no_records)
    stream.publish(agent(0, AgentState.LUNCH), agent(1))
    states = (AgentState.ON_CALL, AgentState.AVAILABLE)
    for turn in range(3 * MOST_HAPPENINGS):
        stream.publish(agent(0, AgentState.LUNCH), agent(1, states[turn % 2]))
    seen = activity.happenings()
    assert len(seen) == MOST_HAPPENINGS
    assert seen[0].kind is Kind.AGENT_CHANGED
    assert [each.at for each in seen] == sorted(each.at for each in seen)
    assert seen[-1].at == clock.now()


def test_they_stay_in_the_order_of_their_coming_whatever_the_wall_clock_does() -> None:
    clock = ManualClock()
    stream = Stream(clock, (agent(0),))
    activity = Activity(clock, stream, no_records)
    stream.publish(agent(0, AgentState.LUNCH))
    clock.set_back(3_600)
    stream.publish(agent(0, AgentState.AVAILABLE))
    states = [each.agent.state for each in activity.happenings() if isinstance(each, AgentHappening)]
    assert states == [AgentState.LUNCH, AgentState.AVAILABLE]


def test_the_same_object_as_long_as_nothing_happens_and_nothing_after_the_end() -> None:
    clock = ManualClock()
    stream = Stream(clock, (agent(0),))
    activity = Activity(clock, stream, no_records)
    stream.publish(agent(0, AgentState.LUNCH))
    seen = activity.happenings()
    stream.publish(*stream.agents)
    assert activity.happenings() is seen
    activity.close()
    assert not stream.listeners


async def test_the_audits_newest_records_are_read_and_unchanged_ones_stay_the_same() -> None:
    clock = ManualClock()
    records = [record(number) for number in range(MOST_RECORDS + 5)]
    activity = Activity(clock, Stream(clock), lambda: [replace(each) for each in records])
    first = await activity.records()
    assert first.fault == ""
    assert [each.id for each in first.records] == [each.id for each in records[5:]]
    records[-1] = replace(records[-1], settlement="verified")
    again = await activity.records()
    assert all(was is now for was, now in zip(first.records[:-1], again.records[:-1], strict=True))
    assert again.records[-1].settlement == "verified"


async def test_an_audit_that_cannot_be_read_keeps_what_was_read_last_and_says_why() -> None:
    clock = ManualClock()
    answers: list[Sequence[ActionRecord] | Exception] = [
        [record(1)],
        AuditError(Path("/var/audit.jsonl"), "read", PermissionError(13, "Permission denied")),
        [record(2)],
    ]

    def read() -> Sequence[ActionRecord]:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    activity = Activity(clock, Stream(clock), read)
    assert [each.id for each in (await activity.records()).records] == ["a1"]
    kept = await activity.records()
    assert [each.id for each in kept.records] == ["a1"]
    assert "/var/audit.jsonl cannot be read" in kept.fault
    assert (await activity.records()).fault == ""


async def test_a_mistake_in_the_reading_does_not_end_the_board(caplog: pytest.LogCaptureFixture) -> None:
    def read() -> Sequence[ActionRecord]:
        raise ZeroDivisionError

    clock = ManualClock()
    kept = await Activity(clock, Stream(clock), read).records()
    assert kept.records == ()
    assert "see the log" in kept.fault
    assert "ZeroDivisionError" in caplog.text


async def test_reading_a_slow_audit_does_not_hold_up_the_board() -> None:
    clock = ManualClock()

    def read() -> Sequence[ActionRecord]:
        time.sleep(0.3)
        return [record(1)]

    activity = Activity(clock, Stream(clock), read)
    turns = 0
    async with anyio.create_task_group() as tasks:

        async def read_records() -> None:
            await activity.records()
            tasks.cancel_scope.cancel()

        tasks.start_soon(read_records)
        while True:
            await anyio.sleep(0.01)
            turns += 1
    assert turns > 5


def test_a_large_floor_costs_a_few_milliseconds() -> None:
    clock = ManualClock()
    agents = [agent(number) for number in range(5_000)]
    stream = Stream(clock, tuple(agents))
    activity = Activity(clock, stream, no_records)
    costs = []
    for turn in range(12):
        for number in range(turn, 5_000, 20):
            state = AgentState.ON_CALL if agents[number].state is AgentState.AVAILABLE else AgentState.AVAILABLE
            agents[number] = replace(agents[number], state=state)
        began = time.perf_counter()
        stream.publish(*agents)
        costs.append(time.perf_counter() - began)
    assert len(activity.happenings()) == MOST_HAPPENINGS
    assert min(costs) < 0.02, costs
