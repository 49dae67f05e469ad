"""The engine on a manual clock, over feeds in memory."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
from random import Random

import anyio
import pytest

from tests.engine.feeds import BLOCKED, BROKEN, HANGING, REFUSED, ScriptedFeed, ScriptedSource, good
from wallboard.clock import ManualClock
from wallboard.domain.faults import Fault, FaultCode
from wallboard.domain.feeds import FeedKey, Freshness, NoteCode
from wallboard.domain.snapshot import Snapshot
from wallboard.engine.engine import Engine


@asynccontextmanager
async def running(clock: ManualClock, *feeds: ScriptedFeed, rate: float = 10.0) -> AsyncIterator[Engine]:
    engine = Engine(clock, [ScriptedSource(feeds, requests_per_second=rate)], Random(7))
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(engine.run)
        await clock.advance(0.3)
        yield engine
        tasks.cancel_scope.cancel()


def state(engine: Engine, feed: ScriptedFeed, clock: ManualClock) -> Freshness:
    return engine.snapshot().feeds[feed.key].freshness(clock.monotonic())


async def test_a_feed_is_asked_each_interval_and_never_sooner() -> None:
    clock = ManualClock()
    feed = ScriptedFeed(clock, [good()])
    async with running(clock, feed) as engine:
        await clock.advance(60)
        assert state(engine, feed, clock) is Freshness.LIVE
    assert len(feed.asked_at) >= 11
    assert all(5.0 <= gap < 10.1 for gap in feed.gaps)
    assert all(gap < 5.2 for gap in feed.gaps[1:])


async def test_two_methods_of_a_source_stay_half_an_interval_apart() -> None:
    clock = ManualClock()
    calls = ScriptedFeed(clock, [good()])
    queues = ScriptedFeed(clock, [good()], key=FeedKey("Head office", "GetQueuesCallers"))
    async with running(clock, calls, queues):
        await clock.advance(600)
    for asked in queues.asked_at[2:-1]:
        before = max(moment for moment in calls.asked_at if moment <= asked)
        assert 2.0 < asked - before < 3.0


async def test_a_slow_answer_never_overlaps_the_next() -> None:
    clock = ManualClock()
    feed = ScriptedFeed(clock, [good()], takes_seconds=7.0, deadline=60.0)
    async with running(clock, feed):
        await clock.advance(100)
    assert feed.most_under_way == 1
    assert len(feed.asked_at) >= 12


async def test_a_fault_keeps_the_last_picture_and_lets_it_age() -> None:
    clock = ManualClock()
    feed = ScriptedFeed(clock, [good(3), HANGING])
    async with running(clock, feed) as engine:
        assert state(engine, feed, clock) is Freshness.LIVE
        seen: list[Freshness] = []
        for _ in range(400):
            await clock.advance(1)
            snapshot = engine.snapshot()
            assert len(snapshot.floor.agents) == 3
            now = state(engine, feed, clock)
            if not seen or seen[-1] is not now:
                seen.append(now)
        assert seen == [Freshness.LIVE, Freshness.LATE, Freshness.STALE, Freshness.DOWN]
        age = snapshot.feeds[feed.key].age(clock.monotonic())
        assert age is not None
        assert age > 399


async def test_the_first_retry_is_on_time_and_later_ones_back_off_to_a_minute() -> None:
    clock = ManualClock()
    feed = ScriptedFeed(clock, [good(), BROKEN])
    async with running(clock, feed):
        await clock.advance(900)
    failing = feed.gaps[1:]
    assert failing[0] == pytest.approx(5.0, abs=0.01)
    assert all(5.0 <= gap <= 60.01 for gap in failing)
    assert max(failing) > 20
    assert len(feed.asked_at) < 60


async def test_it_recovers_by_itself() -> None:
    clock = ManualClock()
    feed = ScriptedFeed(clock, [good(2), HANGING, HANGING, HANGING, good(5)])
    async with running(clock, feed) as engine:
        await clock.advance(120)
        assert len(engine.snapshot().floor.agents) == 5
        assert state(engine, feed, clock) is Freshness.LIVE
        assert engine.snapshot().feeds[feed.key].fault is None


@pytest.mark.parametrize(("fault", "pause"), [(REFUSED, 300.0), (BLOCKED, 60.0)])
async def test_three_refusals_lock_a_feed_and_it_asks_slowly(fault: Fault, pause: float) -> None:
    clock = ManualClock()
    feed = ScriptedFeed(clock, [good(), fault])
    async with running(clock, feed) as engine:
        await clock.advance(700)
        assert state(engine, feed, clock) is Freshness.AUTH
        assert len(engine.snapshot().floor.agents) == 1
        asked = len(feed.asked_at)
        engine.refresh()
        await clock.advance(0.2)
        assert len(feed.asked_at) == asked + 1
    refusals = feed.gaps[3:]
    assert refusals[0] == pytest.approx(pause, abs=0.1)


async def test_a_locked_feed_lives_again_when_the_secret_is_accepted() -> None:
    clock = ManualClock()
    feed = ScriptedFeed(clock, [REFUSED, REFUSED, REFUSED, good()])
    async with running(clock, feed) as engine:
        await clock.advance(60)
        assert state(engine, feed, clock) is Freshness.AUTH
        await clock.advance(300)
        assert state(engine, feed, clock) is Freshness.LIVE


async def test_retry_after_is_kept_even_when_somebody_presses_refresh() -> None:
    clock = ManualClock()
    feed = ScriptedFeed(clock, [good(), Fault(FaultCode.RATE, retry_after=40.0), good()])
    async with running(clock, feed) as engine:
        await clock.advance(11)
        asked = len(feed.asked_at)
        for _ in range(30):
            engine.refresh()
            await clock.advance(1)
        assert len(feed.asked_at) == asked
        await clock.advance(20)
        assert len(feed.asked_at) > asked


async def test_after_a_rate_fault_the_rate_is_halved_for_ten_polls() -> None:
    clock = ManualClock()
    feed = ScriptedFeed(clock, [good(), Fault(FaultCode.RATE), good()])
    async with running(clock, feed):
        await clock.advance(300)
    slow = [gap for gap in feed.gaps if 9.9 < gap < 12.7]
    assert 9 <= len(slow) <= 12
    assert feed.gaps[-1] < 5.2


async def test_refresh_respects_the_vendors_least_interval() -> None:
    clock = ManualClock()
    feed = ScriptedFeed(clock, [good()], interval=30.0)
    async with running(clock, feed) as engine:
        await clock.advance(2)
        for _ in range(40):
            engine.refresh()
            await clock.advance(0.5)
    assert min(feed.gaps) >= 5.0
    assert len(feed.asked_at) >= 4


async def test_two_hundred_queues_are_spread_and_bounded() -> None:
    clock = ManualClock()
    feeds = [
        ScriptedFeed(
            clock,
            [good()],
            key=FeedKey("Main line", "GetQueueRealTime", f"/{number}"),
            interval=20.0,
            least_interval=1.0,
            takes_seconds=0.1,
        )
        for number in range(200)
    ]
    async with running(clock, *feeds) as engine:
        await clock.advance(21)
        assert all(status.freshness(clock.monotonic()) is Freshness.LIVE for status in engine.snapshot().feeds.values())
        await clock.advance(100)
        assert all(status.freshness(clock.monotonic()) is Freshness.LIVE for status in engine.snapshot().feeds.values())
    moments = sorted(moment for feed in feeds for moment in feed.asked_at)
    assert min(b - a for a, b in pairwise(moments)) >= 0.0999
    assert all(gap >= 20 for feed in feeds for gap in feed.gaps)


async def test_waking_up_shows_everything_stale_first_and_asks_once() -> None:
    clock = ManualClock()
    feed = ScriptedFeed(clock, [good(2)])
    pictures: list[Snapshot] = []
    async with running(clock, feed) as engine:
        await clock.advance(20)
        engine.subscribe(pictures.append)
        asked = len(feed.asked_at)
        clock.jump(8 * 3600)
        woken = clock.monotonic()
        await clock.advance(0.15)
        assert state(engine, feed, clock) in {Freshness.STALE, Freshness.DOWN}
        await clock.advance(6)
        assert state(engine, feed, clock) is Freshness.LIVE
        assert len(feed.asked_at) <= asked + 3
    assert pictures[0].at >= woken


async def test_a_short_nap_is_stale_too() -> None:
    clock = ManualClock()
    feed = ScriptedFeed(clock, [good(2)])
    async with running(clock, feed) as engine:
        await clock.advance(12)
        feed.answers = [HANGING]
        clock.jump(14)
        await clock.advance(1.1)
        assert state(engine, feed, clock) is Freshness.STALE


async def test_setting_the_wall_clock_back_changes_no_age() -> None:
    clock = ManualClock()
    feed = ScriptedFeed(clock, [good(), HANGING])
    async with running(clock, feed) as engine:
        before = engine.snapshot().feeds[feed.key].age(clock.monotonic())
        clock.set_back(3600)
        await clock.advance(3)
        after = engine.snapshot().feeds[feed.key].age(clock.monotonic())
    assert before is not None
    assert after == pytest.approx(before + 3)


async def test_an_empty_answer_after_many_rows_is_remarked_upon() -> None:
    clock = ManualClock()
    feed = ScriptedFeed(clock, [good(21), good(0)])
    async with running(clock, feed) as engine:
        await clock.advance(16)
        snapshot = engine.snapshot()
        assert not snapshot.floor.agents
        assert [note.code for note in snapshot.feeds[feed.key].notes] == [NoteCode.SUSPICIOUS_EMPTY]


async def test_no_agent_since_the_start_is_remarked_upon() -> None:
    clock = ManualClock()
    feed = ScriptedFeed(clock, [good(0)])
    async with running(clock, feed) as engine:
        await clock.advance(30)
        assert [note.code for note in engine.snapshot().feeds[feed.key].notes] == [NoteCode.SUSPICIOUS_EMPTY]


async def test_an_unforeseen_error_is_a_fault_and_not_the_end(caplog: pytest.LogCaptureFixture) -> None:
    def explode() -> None:
        raise RuntimeError("token CANARY-1")

    clock = ManualClock()
    feed = ScriptedFeed(clock, [good(), explode, good()])  # type: ignore[list-item]
    async with running(clock, feed) as engine:
        await clock.advance(11)
        assert state(engine, feed, clock) is Freshness.LIVE
        await clock.advance(30)
        assert len(engine.snapshot().floor.agents) == 1
    assert "CANARY" not in caplog.text


async def test_an_outage_is_logged_once_down_and_once_up(caplog: pytest.LogCaptureFixture) -> None:
    clock = ManualClock()
    feed = ScriptedFeed(clock, [good(), *[BROKEN] * 12, good()])
    with caplog.at_level(logging.INFO):
        async with running(clock, feed):
            await clock.advance(900)
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]


async def test_a_listener_that_fails_does_not_starve_the_others() -> None:
    def fail(_: Snapshot) -> None:
        raise ValueError

    clock = ManualClock()
    feed = ScriptedFeed(clock, [good()])
    seen: list[Snapshot] = []
    async with running(clock, feed) as engine:
        engine.subscribe(fail)
        leave = engine.subscribe(seen.append)
        await clock.advance(11)
        count = len(seen)
        assert count >= 2
        leave()
        await clock.advance(11)
        assert len(seen) == count


async def test_before_the_first_answer_a_feed_is_connecting_until_its_deadline() -> None:
    clock = ManualClock()
    feed = ScriptedFeed(clock, [good()], takes_seconds=30, deadline=4.0)
    async with running(clock, feed) as engine:
        assert state(engine, feed, clock) is Freshness.CONNECTING
        await clock.advance(5)
        assert state(engine, feed, clock) is Freshness.DOWN


async def test_poll_once_asks_each_feed_once() -> None:
    clock = ManualClock()
    feed = ScriptedFeed(clock, [good(4)])
    snapshot = await Engine(clock, [ScriptedSource([feed])]).poll_once()
    assert len(snapshot.floor.agents) == 4
    assert len(feed.asked_at) == 1
