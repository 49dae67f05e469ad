"""All pollers of all sources, and the stream of snapshots they feed."""

import logging
from collections.abc import Sequence
from random import Random

import anyio

from wallboard.clock import Clock
from wallboard.domain.feeds import FeedKey, FeedStatus
from wallboard.domain.ports import Feed, Source, Unsubscribe
from wallboard.domain.snapshot import Snapshot, SnapshotListener
from wallboard.engine.pace import Pace
from wallboard.engine.poller import Poller
from wallboard.engine.schedule import Schedule
from wallboard.engine.store import Store
from wallboard.engine.unknown_values import UnknownValues

# Answers that come closer together reach the listeners as one snapshot; a large floor costs more to show.
PUBLISH_GAP_SECONDS = 0.2
PUBLISH_GAP_SECONDS_PER_AGENT = 0.0002
START_JITTER_SECONDS = 0.2
WATCH_SECONDS = 1.0
LEAST_NAP_SECONDS = 2.0  # a shorter gap between two looks is a busy machine, not a sleeping one

_log = logging.getLogger(__name__)


class Engine:
    """Owns the pollers. `run` until cancelled, or `poll_once`."""

    def __init__(self, clock: Clock, sources: Sequence[Source], random: Random | None = None) -> None:
        self._clock = clock
        self._random = random or Random()  # noqa: S311
        self._listeners: list[SnapshotListener] = [UnknownValues(clock).look]
        self._failing: set[SnapshotListener] = set()
        self._changed = anyio.Event()
        now = clock.monotonic()
        self._store = Store(
            FeedStatus(feed.key, feed.interval, feed.subjects) for source in sources for feed in source.feeds
        )
        self.paces = {
            source.name: Pace(clock, source.requests_per_second, source.concurrency) for source in sources
        }  # of the accounts, by name
        self._pollers = [poller for source in sources for poller in self._pollers_of(source, now)]

    async def run(self) -> None:
        """Poll everything, each on its own timer, until cancelled."""
        async with anyio.create_task_group() as tasks:
            for poller in self._pollers:
                tasks.start_soon(poller.run)
            tasks.start_soon(self._publish)
            tasks.start_soon(self._watch_for_sleep)

    async def poll_once(self) -> Snapshot:
        """Ask every feed once, within each account's pace."""
        async with anyio.create_task_group() as tasks:
            for poller in self._pollers:
                tasks.start_soon(poller.poll)
        return self.snapshot()

    def snapshot(self) -> Snapshot:
        return self._store.snapshot(self._clock.monotonic())

    def subscribe(self, listener: SnapshotListener) -> Unsubscribe:
        """Call `listener` with every new snapshot; the newest only, when they come too fast."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def refresh(self) -> float:
        """Ask every feed as soon as its vendor allows; returns seconds until the last of them goes out."""
        moments = [poller.refresh() for poller in self._pollers]
        self._changed.set()
        return max(moments, default=0.0) - self._clock.monotonic()

    def refresh_feed(self, key: FeedKey) -> None:
        """Ask one feed as soon as its vendor allows."""
        for poller in self._pollers:
            if poller.key == key:
                poller.refresh()
        self._changed.set()

    def held_until(self, key: FeedKey) -> float:
        """The moment before which a feed's host does not want to be asked, as it said to any feed of the account."""
        hosts = {poller.host for poller in self._pollers if poller.key == key}
        same = [p for p in self._pollers if p.key.source == key.source and p.host in hosts]
        return max((poller.not_before for poller in same), default=0.0)

    def _pollers_of(self, source: Source, now: float) -> list[Poller]:
        """Feeds of one interval are asked at once and without delay, then on slots spread over the interval."""
        start = now + self._random.uniform(0, START_JITTER_SECONDS)
        alike: dict[float, list[Feed]] = {}
        for feed in source.feeds:
            alike.setdefault(feed.interval, []).append(feed)
        return [
            Poller(
                feed,
                Schedule(
                    first_at=now,
                    slot_at=start + interval * place / len(feeds),
                    interval=interval,
                    least_interval=feed.least_interval,
                    random=self._random,
                ),
                self._store,
                self.paces[source.name],
                self._clock,
                self._mark_changed,
            )
            for interval, feeds in alike.items()
            for place, feed in enumerate(feeds)
        ]

    def _mark_changed(self) -> None:
        self._changed.set()

    async def _publish(self) -> None:
        while True:
            await self._changed.wait()
            self._changed = anyio.Event()
            snapshot = self.snapshot()
            for listener in tuple(self._listeners):
                try:
                    listener(snapshot)
                    self._failing.discard(listener)
                except Exception:  # noqa: BLE001 - one listener's mistake must not starve the others
                    if listener not in self._failing:
                        _log.exception("a listener failed; it is told of later snapshots all the same")
                    self._failing.add(listener)
            await self._clock.sleep(PUBLISH_GAP_SECONDS + len(snapshot.floor.agents) * PUBLISH_GAP_SECONDS_PER_AGENT)

    async def _watch_for_sleep(self) -> None:
        """Notice that the machine was suspended: show everything as stale first, then ask once, spread out."""
        while True:
            before = self._clock.monotonic()
            await self._clock.sleep(WATCH_SECONDS)
            nap = self._clock.monotonic() - before - WATCH_SECONDS
            if nap > LEAST_NAP_SECONDS:
                _log.info("resumed after %.0f s", nap)
                self._store.resume(self._clock.monotonic(), nap)
                for poller in self._pollers:
                    if nap > 2 * self._store.status(poller.key).interval:
                        poller.refresh(after=self._random.uniform(0.2, 2.0))
                self._changed.set()
