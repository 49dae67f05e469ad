"""An account's pace: requests apart, not too many at once, and what is urgent before what waits."""

from itertools import pairwise

import anyio
import pytest

from wallboard.clock import ManualClock
from wallboard.engine.pace import Pace


class Traffic:
    """Requests at one account."""

    def __init__(self, per_second: float = 2.0, concurrency: int = 4) -> None:
        self.clock = ManualClock()
        self.pace = Pace(self.clock, per_second, concurrency)
        self.started: list[tuple[str, float]] = []
        self.under_way = self.most_under_way = 0
        self.began = self.clock.monotonic()

    async def poll(self, name: str, seconds: float = 0.0) -> None:
        async with self.pace.turn():
            self._start(name)
            self.under_way += 1
            self.most_under_way = max(self.most_under_way, self.under_way)
            if seconds:
                await self.clock.sleep(seconds)
            self.under_way -= 1

    async def act(self, name: str) -> None:
        await self.pace.urgent_turn()
        self._start(name)

    def _start(self, name: str) -> None:
        self.started.append((name, self.clock.monotonic() - self.began))

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.started]


async def test_requests_of_both_kinds_start_apart() -> None:
    traffic = Traffic(per_second=2.0)
    async with anyio.create_task_group() as tasks:
        for number in range(4):
            tasks.start_soon(traffic.poll, f"poll {number}")
            tasks.start_soon(traffic.act, f"act {number}")
        await traffic.clock.advance(10)
    assert len(traffic.started) == 8
    gaps = [b - a for (_, a), (_, b) in pairwise(traffic.started)]
    assert min(gaps) == pytest.approx(0.5)
    assert max(gaps) == pytest.approx(0.5), "nor further apart than need be"


async def test_never_more_polls_at_once_than_there_are_places() -> None:
    traffic = Traffic(per_second=100.0, concurrency=3)
    async with anyio.create_task_group() as tasks:
        for number in range(9):
            tasks.start_soon(traffic.poll, f"poll {number}", 5.0)
        await traffic.clock.advance(20)
    assert (traffic.most_under_way, len(traffic.started)) == (3, 9)


async def test_an_action_goes_before_all_but_one_who_wait() -> None:
    traffic = Traffic(per_second=1.0, concurrency=2)
    async with anyio.create_task_group() as tasks:
        for number in range(6):
            tasks.start_soon(traffic.poll, f"poll {number}")
        await traffic.clock.advance(0.5)
        tasks.start_soon(traffic.act, "act")
        await traffic.clock.advance(10)
    assert traffic.names.index("act") == 2
    assert traffic.started[2][1] == pytest.approx(2.0)


async def test_polls_that_hang_keep_no_action_waiting() -> None:
    traffic = Traffic(per_second=10.0, concurrency=2)
    async with anyio.create_task_group() as tasks:
        for number in range(5):
            tasks.start_soon(traffic.poll, f"poll {number}", 60.0)
        await traffic.clock.advance(1)
        tasks.start_soon(traffic.act, "act")
        await traffic.clock.advance(0.2)
        assert "act" in traffic.names
        tasks.cancel_scope.cancel()


async def test_whoever_gives_up_waiting_leaves_the_way_free() -> None:
    traffic = Traffic(per_second=1.0, concurrency=1)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(traffic.poll, "first", 0.0)
        await traffic.clock.advance(0)
        async with anyio.create_task_group() as others:
            for number in range(3):
                others.start_soon(traffic.poll, f"gone {number}")
            await traffic.clock.advance(0)
            others.cancel_scope.cancel()
        tasks.start_soon(traffic.poll, "last")
        await traffic.clock.advance(3)
    assert traffic.names == ["first", "last"]


async def test_after_a_quiet_time_nothing_is_made_up_for() -> None:
    traffic = Traffic(per_second=1.0)
    await traffic.poll("first")
    await traffic.clock.advance(100)
    async with anyio.create_task_group() as tasks:
        for number in range(3):
            tasks.start_soon(traffic.poll, f"later {number}")
        await traffic.clock.advance(5)
    assert [round(at) for _, at in traffic.started] == [0, 100, 101, 102]
