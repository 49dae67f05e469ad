import json
import time
from typing import Any

import anyio
import httpx
import pytest

from wallboard.clock import ManualClock, SystemClock
from wallboard.simulator.scenario import FaultKind, FaultPlan, load_scenario
from wallboard.simulator.server import serve
from wallboard.simulator.world import World

from .worlds import YEMOT, Desk, clock_of, make_world, quiet, read, until


def faulty(kind: FaultKind, **changes: Any) -> World:
    """A quiet world with one fault, on the machine's time."""
    return World(quiet(fault=[FaultPlan(kind=kind, **changes)]), 1, SystemClock())


async def ask(http: httpx.AsyncClient, world: World, address: str) -> httpx.Response:
    header = {"authorization": world.access.token}
    return await http.post(f"{address}{YEMOT}GetQueueRealTime", json={"queuePath": "/1"}, headers=header)


@pytest.mark.parametrize(
    ("kind", "status", "content_type"),
    [
        (FaultKind.ERROR, 500, "text/plain"),
        (FaultKind.LIMITED, 429, "text/plain"),
        (FaultKind.PAGE, 200, "text/html"),
        (FaultKind.EMPTY, 200, "application/json"),
        (FaultKind.GARBAGE, 200, "application/json"),
    ],
)
async def test_wrong_answers(kind: FaultKind, status: int, content_type: str) -> None:
    world = faulty(kind, seconds=17)
    async with serve(world) as address, httpx.AsyncClient() as http:
        answer = await ask(http, world, address)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith(content_type)
    assert answer.headers.get("retry-after") == ("17" if kind is FaultKind.LIMITED else None)
    assert (answer.content == b"") is (kind is FaultKind.EMPTY)
    with pytest.raises(ValueError):  # noqa: PT011 - whatever is wrong with it, it is not JSON
        json.loads(answer.content)
    assert world.requests.faults == {kind: 1}


async def test_a_body_is_really_cut() -> None:
    world = faulty(FaultKind.TRUNCATED)
    async with serve(world) as address, httpx.AsyncClient() as http:
        with pytest.raises(httpx.RemoteProtocolError, match="without sending complete message body"):
            await ask(http, world, address)


async def test_a_hanging_answer_never_comes_and_does_not_hold_the_server() -> None:
    world = faulty(FaultKind.HANG, method="GetQueueRealTime")
    async with serve(world) as address, httpx.AsyncClient() as http:
        with pytest.raises(httpx.ReadTimeout):
            await http.post(f"{address}{YEMOT}GetQueueRealTime", json={}, timeout=0.3)
        assert (await http.post(f"{address}{YEMOT}GetCustomerData", json={})).status_code == 200
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(_hang, http, address)
            await until(lambda: world.requests.counts["GetQueueRealTime"] == 2)
            began = time.monotonic()
            tasks.cancel_scope.cancel()
    assert time.monotonic() - began < 1.5


async def _hang(http: httpx.AsyncClient, address: str) -> None:
    await http.post(f"{address}{YEMOT}GetQueueRealTime", json={}, timeout=60)


async def test_the_server_leaves_although_a_client_waits() -> None:
    world = faulty(FaultKind.HANG)
    async with anyio.create_task_group() as tasks, httpx.AsyncClient() as http:
        async with serve(world) as address:
            tasks.start_soon(_hang_until_the_end, http, address)
            await until(lambda: bool(world.requests.records))
            began = time.monotonic()
        assert time.monotonic() - began < 1.5


async def _hang_until_the_end(http: httpx.AsyncClient, address: str) -> None:
    try:
        answer = await http.get(f"{address}{YEMOT}GetQueueRealTime", timeout=60)
    except httpx.HTTPError:
        return
    assert answer.status_code == 500


async def test_a_slow_answer_is_late_and_whole() -> None:
    world = faulty(FaultKind.SLOW, seconds=0.4)
    async with serve(world) as address, httpx.AsyncClient() as http:
        began = time.monotonic()
        answer = await ask(http, world, address)
    assert time.monotonic() - began >= 0.4
    assert read(answer)["responseStatus"] == "OK"


async def test_a_frozen_answer_repeats_until_its_window_closes() -> None:
    plan = FaultPlan(
        kind=FaultKind.FROZEN, method="GetQueueRealTime", every_seconds=100, for_seconds=50, from_seconds=10
    )
    world = make_world("storm", fault=(plan,))
    desk, clock = Desk(world), clock_of(world)

    async def waits(path: str) -> list[str]:
        return [entry["Wait"] for entry in (await desk.queue(path))["entries"]]

    clock.jump(10)
    one, two = await waits("/1"), await waits("/2")
    assert one != two  # each queue froze with its own callers
    clock.jump(45)
    assert (await waits("/1"), await waits("/2")) == (one, two)
    clock.jump(20)
    assert await waits("/1") != one
    clock.jump(40)  # the next window freezes another moment
    again = await waits("/1")
    assert again != one
    clock.jump(30)
    assert await waits("/1") == again


async def test_what_fails_on_the_way_is_not_done_and_what_hangs_is() -> None:
    for kind, is_done in ((FaultKind.ERROR, False), (FaultKind.LIMITED, False), (FaultKind.GARBAGE, True)):
        world = World(quiet(fault=[FaultPlan(kind=kind)]), 1, ManualClock())
        member = world.floor.queues[0].members[0]
        body = {"token": world.access.token, "queuePath": "/1", "action": "pause", "agent": member.agent.id}
        await Desk(world).http.post(f"{YEMOT}QueueManagement", json=body)
        assert member.is_paused is is_done


async def test_faults_come_as_often_as_planned_and_the_same_for_a_seed() -> None:
    plans = (
        FaultPlan(kind=FaultKind.ERROR, method="GetCustomerData", probability=0.3),
        FaultPlan(kind=FaultKind.EMPTY, method="GetQueueRealTime", probability=0.5),
    )
    stories = []
    for seed in (1, 1, 2):
        world = World(quiet(fault=plans), seed, ManualClock())
        desk = Desk(world)
        stories.append([(await desk.http.get(f"{YEMOT}GetCustomerData")).status_code for _ in range(200)])
        assert world.requests.faults[FaultKind.ERROR] == stories[-1].count(500)
        assert world.requests.faults[FaultKind.EMPTY] == 0
    assert stories[0] == stories[1] != stories[2]
    assert 35 <= stories[0].count(500) <= 85


def test_the_faulty_day_has_every_fault_and_leaves_time_to_recover() -> None:
    plans = load_scenario("faulty").fault
    assert {plan.kind for plan in plans} == set(FaultKind)
    for plan in plans:
        assert plan.probability < 0.5 or (plan.every_seconds or 0) > 2 * plan.for_seconds
