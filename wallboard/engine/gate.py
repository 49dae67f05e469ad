"""The gate before every action: read-only terminals, and the lock with its PIN."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import anyio
from anyio import to_thread

from wallboard.clock import Clock
from wallboard.config.mishap import place_of
from wallboard.domain.actions import Obstacle

FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 1.0, 300.0  # after a wrong PIN; doubles with each one in a row

_log = logging.getLogger(__name__)


class Gate:
    """Who may act at this terminal: nobody where it is read-only, nobody while it is locked."""

    def __init__(
        self,
        clock: Clock,
        *,
        is_read_only: bool = False,
        idle_seconds: float | None = None,
        is_pin: Callable[[str], bool] | None = None,
        record: Callable[[str], None] | None = None,
    ) -> None:
        """
        Args:
            clock: ages by it; its monotonic time counts a suspended machine's too.
            is_read_only: whether nobody ever acts here; then there is nothing to lock.
            idle_seconds: how long without a key until it locks; None: never.
            is_pin: tells the PIN, in a thread; None: nothing unlocks.
            record: is told `locked`, `wrong_pin` and `unlocked`, in a thread.
        """
        self.is_read_only = is_read_only
        self._clock = clock
        self._idle_seconds = None if is_read_only else idle_seconds
        self._is_pin = is_pin or (lambda _: False)
        self._record = record or (lambda _: None)
        self._touched_at = clock.monotonic()
        self._is_locked = False
        self._wait_seconds = FIRST_WAIT_SECONDS
        self._next_try_at = self._touched_at
        self._trying = anyio.Lock()
        # One thread, so that the records come in order.
        self._thread = ThreadPoolExecutor(1, "gate")

    @property
    def is_locked(self) -> bool:
        """Whether nobody may act until the PIN is given: it stays so, whatever else is pressed."""
        if not self._is_locked and self._idle_seconds is not None:
            self._is_locked = self._clock.monotonic() - self._touched_at >= self._idle_seconds
            if self._is_locked:
                self._thread.submit(self._note, "locked")
        return self._is_locked

    @property
    def unlock_wait(self) -> float:
        """Seconds until another try counts."""
        return max(0.0, self._next_try_at - self._clock.monotonic())

    def touch(self) -> None:
        """Somebody used the keyboard; never unlocks."""
        if not self.is_locked:
            self._touched_at = self._clock.monotonic()

    def obstacle(self) -> Obstacle | None:
        """Why nobody may act now; None when one may."""
        if self.is_read_only:
            return Obstacle.READ_ONLY
        return Obstacle.LOCKED if self.is_locked else None

    async def unlock(self, pin: str) -> float | None:
        """Try a PIN, one try at a time.

        Returns:
            None when it is open now; else seconds until the next try counts, also when this one came too early: then
            the PIN was not even looked at.
        """
        async with self._trying:
            if not self.is_locked:
                return None
            if wait := self.unlock_wait:
                return wait
            # Counted before it is checked, or leaving in the middle of a check would make tries free.
            self._next_try_at = self._clock.monotonic() + self._wait_seconds
            self._wait_seconds = min(2 * self._wait_seconds, LONGEST_WAIT_SECONDS)
            await to_thread.run_sync(self._thread.submit(self._try, pin).result)
            return self.unlock_wait if self._is_locked else None

    def _try(self, pin: str) -> None:
        """In the thread, to its end, whether or not anybody still waits: what is recorded is what holds."""
        if not self._is_pin(pin):
            self._note("wrong_pin")
            return
        self._touched_at = self._next_try_at = self._clock.monotonic()
        self._wait_seconds = FIRST_WAIT_SECONDS
        self._is_locked = False
        self._note("unlocked")

    def _note(self, event: str) -> None:
        try:
            self._record(event)
        except Exception as error:  # noqa: BLE001 - a full disk must not keep the operator out
            _log.warning("the record of %s failed: %s", event, type(error).__name__, extra=place_of(error))
