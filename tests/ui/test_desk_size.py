"""Tens of thousands of targets: nothing that is done with them keeps keys waiting."""

import asyncio
import gc
from collections.abc import Callable, Iterator
from dataclasses import replace
from time import thread_time

import anyio
import pytest
from anyio.lowlevel import checkpoint

from tests.ui.desks import Desk, clerk, desk, target
from wallboard.domain.enquiries import PendingTargetsOf
from wallboard.domain.targets import PendingList

COUNT = 20_000
MOST_SECONDS = 1.0  # of work, from the answer to its rows on the screen
MOST_AT_ONCE = 0.12  # of work without a key being answered; twice what is wanted, for machines are slow
LONGEST = 20.0  # seconds to wait for any of it
MANY = tuple(
    target(i, f"לקוח {i}" if i % 2 else "", priority=i % 7, custom=(("city", "חיפה"), ("plan", f"gold {i}")))
    for i in range(COUNT)
)


class Watch:
    """Measures the work of this thread, and the longest piece of it without a turn for anybody else."""

    def __init__(self) -> None:
        self.longest = 0.0

    async def run(self) -> None:
        last = thread_time()
        while True:
            await checkpoint()
            now = thread_time()
            self.longest, last = max(self.longest, now - last), now

    async def until(self, condition: Callable[[], bool]) -> float:
        """Seconds of work until it holds."""
        began, self.longest = thread_time(), 0.0
        with anyio.fail_after(LONGEST):
            while not condition():
                await checkpoint()
        return thread_time() - began


async def shown(opened: Desk, watch: Watch, count: int) -> float:
    table = opened.screen.lists.targets.table
    return await watch.until(lambda: len(table.rows) == count and not opened.screen.lists.is_asking)


@pytest.fixture(autouse=True)
def _no_collector() -> Iterator[None]:
    """The board calms it (assembly.board); here it would look through all that pytest holds."""
    gc.disable()
    yield
    gc.enable()


async def test_many_targets_open_filter_and_sort_without_a_pause() -> None:
    waiting = clerk(MANY)
    waiting.gate = anyio.Event()
    async with desk(waiting) as opened:
        watch = Watch()
        watching = asyncio.create_task(watch.run())
        panel = opened.screen.lists.targets
        await checkpoint()
        waiting.gate.set()
        assert await shown(opened, watch, COUNT) < MOST_SECONDS
        assert watch.longest < MOST_AT_ONCE
        panel._narrow_to("050-000 1234")
        await shown(opened, watch, 1)
        assert watch.longest < MOST_AT_ONCE
        panel._narrow_to("")
        await shown(opened, watch, COUNT)
        assert watch.longest < MOST_AT_ONCE
        for column in panel.table.shown_columns:
            first = panel.table.rows
            panel.sort_by(column, is_reversed=True)
            await watch.until(lambda first=first: panel.table.rows is not first)  # type: ignore[misc]
            assert watch.longest < MOST_AT_ONCE, column
        waiting.answers[PendingTargetsOf] = PendingList(tuple(replace(each, priority=9) for each in MANY))
        await checkpoint()  # that was the test's own work
        opened.board.clock.jump(31)
        opened.screen.lists._ask_what_is_due()
        await shown(opened, watch, COUNT)
        assert watch.longest < MOST_AT_ONCE
        watching.cancel()
