"""The vendors' accounts over real sockets and through the engine: the floor is what really happens."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import anyio
import pytest

from tests.simulator.worlds import make_world
from wallboard.assembly.sources import open_sources
from wallboard.clock import ManualClock
from wallboard.config.model import Settings
from wallboard.domain.agents import CallStatus
from wallboard.domain.faults import FaultCode
from wallboard.domain.feeds import Freshness
from wallboard.domain.snapshot import Snapshot
from wallboard.domain.summary import summarise
from wallboard.engine.engine import Engine
from wallboard.simulator.configuration import VOICENTER_SOURCE, YEMOT_SOURCE, configuration
from wallboard.simulator.entities import LegStatus
from wallboard.simulator.names import SCENARIO_NAMES
from wallboard.simulator.scenario import Quirks, Vendor
from wallboard.simulator.server import serve
from wallboard.simulator.world import World

SOURCE_OF = {Vendor.YEMOT: YEMOT_SOURCE, Vendor.VOICENTER: VOICENTER_SOURCE}
ANSWERED = {LegStatus.TALKING, LegStatus.HOLD}
WINTER = datetime(2026, 1, 12, 9, 30, tzinfo=UTC).timestamp()
SUMMER = datetime(2026, 7, 13, 9, 30, tzinfo=UTC).timestamp()
SWITCH = datetime(2026, 3, 27, 0, 0, 20, tzinfo=UTC).timestamp()  # 20 s after Israel put its clocks forward


class PatientClock(ManualClock):
    """Waiting for one's turn takes no time on it; time passes only by `jump`."""

    async def sleep(self, seconds: float) -> None:
        await anyio.lowlevel.checkpoint()


@dataclass
class House:
    """A world, and an engine that looks at it over HTTP."""

    world: World
    clock: ManualClock
    engine: Engine

    async def poll(self, after: float = 0.0) -> Snapshot:
        self.clock.jump(after)
        return await self.engine.poll_once()


@asynccontextmanager
async def house(scenario: str, now: float = SUMMER, seed: int = 5, *, is_patient: bool = True) -> AsyncIterator[House]:
    clock = PatientClock(now)
    changes = {"quirks": Quirks(throttle_seconds=0)} if is_patient else {}
    world = make_world(scenario, seed, clock, **changes)
    async with serve(world) as address:
        settings = Settings.model_validate(configuration(world, address))
        async with open_sources(settings, clock) as sources:
            yield House(world, clock, Engine(clock, sources))


def assert_true(snapshot: Snapshot, world: World) -> None:
    """Every figure that the board shows against what really is."""
    floor, counts, truth = snapshot.floor, world.counts(), world.floor
    keys = {(SOURCE_OF[queue.vendor], queue.key): queue for queue in truth.queues}
    assert {(queue.source, queue.id) for queue in floor.queues} == set(keys)
    for queue in floor.queues:
        assert queue.waiting == counts[queue.id].waiting, queue.name
        assert queue.name == keys[queue.source, queue.id].name
        if queue.source == YEMOT_SOURCE:
            assert queue.abandoned == counts[queue.id].abandoned
            assert queue.completed == keys[queue.source, queue.id].completed
        else:
            assert (queue.abandoned, queue.completed) == (None, None)
    waiting = {record.id: record for record in world.callers() if record.ended_at is None}
    assert {caller.id for caller in floor.callers} == set(waiting)
    for caller in floor.callers:
        assert caller.queue == waiting[caller.id].queue
        assert caller.joined_at is not None
        waited = snapshot.at - caller.joined_at
        assert waited == pytest.approx(waiting[caller.id].wait_seconds, abs=2.0)
    assert {(agent.source, agent.id) for agent in floor.agents} == {
        (SOURCE_OF[agent.vendor], agent.id) for agent in truth.agents
    }
    talking = {leg.call_id for agent in truth.at(Vendor.VOICENTER) for leg in agent.legs if leg.status in ANSWERED}
    told = {
        call.id
        for agent in floor.agents
        if agent.source == VOICENTER_SOURCE
        for call in agent.calls
        if call.status in {CallStatus.TALKING, CallStatus.HOLD}
    }
    assert told == talking


@pytest.mark.parametrize("scenario", [name for name in SCENARIO_NAMES if name not in {"faulty", "huge"}])
@pytest.mark.parametrize("now", [WINTER, SUMMER], ids=["winter", "summer"])
async def test_the_floor_is_the_truth(scenario: str, now: float) -> None:
    async with house(scenario, now) as here:
        for _ in range(6):
            snapshot = await here.poll(after=17.0)
            assert_true(snapshot, here.world)
            assert not [status.fault for status in snapshot.feeds.values() if status.fault]
        summary = summarise(snapshot.floor, snapshot.feeds, snapshot.at)
        assert summary.waiting == sum(count.waiting for count in here.world.counts().values())
        assert not summary.partial


async def test_the_floor_is_the_truth_while_the_clocks_go_forward() -> None:
    async with house("busy", SWITCH - 60) as here:
        for _ in range(12):
            assert_true(await here.poll(after=10.0), here.world)


async def test_a_huge_floor_is_polled_whole() -> None:
    async with house("huge") as here:
        snapshot = await here.poll()
        assert_true(snapshot, here.world)
        assert len(snapshot.floor.agents) > 1_000


async def test_the_same_moment_is_told_the_same_way_twice() -> None:
    async with house("busy") as here:
        first, second = await here.poll(), await here.poll()
        assert first.floor.queues == second.floor.queues
        assert first.floor.agents == second.floor.agents
        assert first.floor.campaigns == second.floor.campaigns


async def test_a_bad_line_costs_age_and_never_the_picture() -> None:
    """Twelve simulated minutes of every fault; hanging ones are cut by real deadlines, so their windows are few."""
    async with house("faulty", is_patient=False) as here:
        here.world.scenario = here.world.scenario.model_copy(
            update={"fault": tuple(fault for fault in here.world.scenario.fault if fault.kind != "hang")}
        )
        seen: set[FaultCode] = set()
        first = await here.poll()
        agents = {(agent.source, agent.id) for agent in first.floor.agents}
        for _ in range(144):
            snapshot = await here.poll(after=5.0)
            agents |= {(agent.source, agent.id) for agent in snapshot.floor.agents}
            assert {(agent.source, agent.id) for agent in snapshot.floor.agents} == agents
            seen |= {status.fault.code for status in snapshot.feeds.values() if status.fault}
        assert FaultCode.INTERNAL not in seen
        assert {FaultCode.NOT_VENDOR, FaultCode.RATE, FaultCode.SERVER, FaultCode.TRUNCATED} <= seen
        here.world.scenario = here.world.scenario.model_copy(update={"fault": ()})
        healed = await here.poll(after=30.0)
        assert not [status.fault for status in healed.feeds.values() if status.fault]
        assert {status.freshness(healed.at) for status in healed.feeds.values()} == {Freshness.LIVE}
