"""An account's pace: how many requests a second, and how many at once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio

from wallboard.clock import Clock


class Pace:
    """Requests of one account start at least `1 / per_second` apart, never more than `concurrency` under way.

    The limit on concurrency also keeps anyone from waiting for a pooled connection: a request cancelled while it
    waits there would leak its place for ever.
    """

    def __init__(self, clock: Clock, per_second: float, concurrency: int) -> None:
        self._clock = clock
        self._gap = 1 / per_second
        self._limiter = anyio.CapacityLimiter(concurrency)
        self._head = anyio.Lock()  # whoever holds it starts next; all others behind it can be overtaken
        self._next_start = 0.0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a place and for the moment, then hold the place."""
        async with self._limiter:
            async with self._head:
                await self._moment()
            yield

    async def urgent_turn(self) -> None:
        """Wait for the moment alone, before all but one who wait: for what has a connection of its own."""
        await self._moment()

    async def _moment(self) -> None:
        now = self._clock.monotonic()
        start = max(now, self._next_start)
        self._next_start = start + self._gap
        if start > now:
            await self._clock.sleep(start - now)
