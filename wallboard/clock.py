"""Time: the only place of the program that asks the system for it."""

import time
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import anyio


class Clock(Protocol):
    """What everything that ages, waits or stamps is given."""

    def now(self) -> float:
        """Wall time: seconds since the epoch, UTC. It may jump; never measure ages with it."""
        ...

    def monotonic(self) -> float:
        """Seconds that only grow and that count the time the machine was suspended."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait; a suspended machine does not count the time, so look at `monotonic` afterwards."""
        ...


# time.monotonic() stands still while a laptop sleeps: data from before lunch would look fresh after it.
_AGEING_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)

_TURNS = 25  # of the event loop; enough for a sleeper, whom it wakes, and whom that one wakes


class SystemClock:
    """The machine's own time."""

    def now(self) -> float:
        return time.time()

    def monotonic(self) -> float:
        return time.clock_gettime(_AGEING_CLOCK)

    async def sleep(self, seconds: float) -> None:
        import anyio  # not before somebody sleeps: the first picture is drawn with a clock, too

        await anyio.sleep(max(0.0, seconds))


class ManualClock:
    """A clock that stands still until it is told to go on: for tests, pictures and seeded worlds."""

    def __init__(self, now: float = 1_750_000_000.0) -> None:
        self._now = now
        self._monotonic = 1_000.0
        self._awake = 0.0  # time that sleepers count: like the system's, it stands still during a `jump`
        self._sleepers: list[tuple[float, anyio.Event]] = []

    def now(self) -> float:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    async def sleep(self, seconds: float) -> None:
        import anyio

        sleeper = (self._awake + max(0.0, seconds), anyio.Event())
        self._sleepers.append(sleeper)
        try:
            await sleeper[1].wait()
        finally:
            self._sleepers.remove(sleeper)

    def jump(self, seconds: float) -> None:
        """Let time pass with nobody awake to see it, as a suspended machine does."""
        self._now += seconds
        self._monotonic += seconds

    def set_back(self, seconds: float) -> None:
        """Set the wall clock back; ages must not notice."""
        self._now -= seconds

    async def advance(self, seconds: float) -> None:
        """Let `seconds` pass, waking each sleeper at its own moment and letting it work."""
        end = self._awake + seconds
        await _let_others_work()
        while due := [sleeper for sleeper in self._sleepers if sleeper[0] <= end]:
            moment, event = min(due, key=lambda sleeper: sleeper[0])
            self._pass(max(0.0, moment - self._awake))
            event.set()
            await _let_others_work()
        self._pass(end - self._awake)

    def _pass(self, seconds: float) -> None:
        self._awake += seconds
        self.jump(seconds)


async def _let_others_work() -> None:
    """Give every task that can go on the turns it needs to come to its next wait."""
    from anyio.lowlevel import checkpoint

    for _ in range(_TURNS):
        await checkpoint()
