"""Asks one feed again and again, never twice at once."""

import logging
from collections.abc import Callable
from typing import Any

import anyio

from wallboard.clock import Clock
from wallboard.config.mishap import place_of
from wallboard.domain.faults import Fault, FaultCode, VendorFault, exhaustion
from wallboard.domain.feeds import FeedKey
from wallboard.domain.ports import Feed, Part
from wallboard.engine.pace import Pace
from wallboard.engine.schedule import Schedule
from wallboard.engine.store import Store

_log = logging.getLogger(__name__)


class Poller:
    """One per feed. `on_change` is called after every answer, good or bad."""

    def __init__(
        self, feed: Feed, schedule: Schedule, store: Store, pace: Pace, clock: Clock, on_change: Callable[[], None]
    ) -> None:
        self._feed = feed
        self._schedule = schedule
        self._store = store
        self._pace = pace
        self._clock = clock
        self._on_change = on_change
        self._nap: anyio.CancelScope | None = None
        self._is_fetching = False
        self._is_out = False  # which is more than one answer missed, and is in the log

    @property
    def key(self) -> FeedKey:
        return self._feed.key

    @property
    def host(self) -> str:
        return self._feed.host

    @property
    def not_before(self) -> float:
        """The moment until which the vendor asked to be left alone; long past where it never did."""
        return self._schedule.not_before

    async def run(self) -> None:
        """Poll until cancelled."""
        while True:
            while (left := self._schedule.next_at - self._clock.monotonic()) > 0:
                with anyio.CancelScope() as self._nap:
                    await self._clock.sleep(left)
            await self.poll()

    async def poll(self) -> None:
        """Ask once and record what came."""
        async with self._pace.turn():
            started = self._clock.monotonic()
            self._schedule.started(started)
            self._store.ask(self.key, started + self._feed.deadline)
            self._is_fetching = True
            try:
                answer = await fetch(self._feed, is_failing=self._store.status(self.key).failed_since is not None)
            finally:
                self._is_fetching = False
        now = self._clock.monotonic()
        if isinstance(answer, Part):
            self._succeeded(answer, now)
        else:
            self._failed(answer, now)
        self._store.plan(self.key, self._schedule.next_at, is_locked=self._schedule.is_locked)
        self._on_change()

    def refresh(self, *, after: float = 0.0) -> float:
        """Ask as soon as the vendor's limits allow, not before `after` seconds; returns the moment."""
        now = self._clock.monotonic()
        if self._is_fetching:
            return now
        self._schedule.hasten(max(now + after, self._schedule.earliest(now)))
        if self._nap is not None:
            self._nap.cancel()
        self._store.plan(self.key, self._schedule.next_at, is_locked=self._schedule.is_locked)
        return self._schedule.next_at

    def _succeeded(self, part: Part, now: float) -> None:
        status = self._store.status(self.key)
        if self._is_out and status.failed_since is not None:
            seconds = now - status.failed_since
            _log.info("%s answers again after %.0f s", _name(self.key), seconds, extra=_particulars(self.key))
        self._is_out = False
        self._store.record(self.key, part)
        self._schedule.succeeded(now)

    def _failed(self, fault: Fault, now: float) -> None:
        status = self._store.status(self.key)
        is_one_miss = status.succeeded_at is not None and status.failed_since is None
        if not self._is_out and not is_one_miss:
            self._is_out = True
            particulars = _particulars(self.key) | {"fault": fault.code.value}
            _log.warning("%s does not answer: %s %s", _name(self.key), fault.code, fault.words, extra=particulars)
        self._store.fail(self.key, fault, now)
        self._schedule.failed(now, fault)


async def fetch(feed: Feed, *, is_failing: bool = False) -> Part | Fault:
    """Ask a feed once, within its deadline; whatever goes wrong becomes a fault. `is_failing`: that is known."""
    try:
        with anyio.fail_after(feed.deadline):
            return await feed.fetch()
    except VendorFault as error:
        return error.fault
    except TimeoutError:
        return Fault(FaultCode.TIMEOUT, feed.host)
    except Exception as error:  # noqa: BLE001 - one of three guarded borders: a mistake of ours must not end the poll
        if words := exhaustion(error):
            return Fault(FaultCode.MACHINE, feed.host, words=words)
        if not is_failing:
            # Without its words: those of an unforeseen error may hold anything.
            particulars = _particulars(feed.key) | place_of(error)
            _log.error("%s: unexpected %s", _name(feed.key), type(error).__name__, extra=particulars)
        return Fault(FaultCode.INTERNAL, words=type(error).__name__)


def _name(key: FeedKey) -> str:
    return " ".join(filter(None, key))


def _particulars(key: FeedKey) -> dict[str, Any]:
    return {"source": key.source, "feed": " ".join(filter(None, key[1:]))}
