"""When a feed is asked next: on its own slots while all is well, further apart while it is not."""

from random import Random

from wallboard.domain.faults import Fault, FaultCode

LONGEST_BACKOFF_SECONDS = 60.0
LEAST_BACKOFF_SECONDS = 30.0  # of feeds slower than this
LOCKED_AFTER_REFUSALS = 3
LOCKED_SECONDS = 300.0
LOCKED_ADDRESS_SECONDS = 60.0
GOOD_POLLS_TO_FORGET_FAILURES = 3
GOOD_POLLS_TO_FORGET_RATE = 10
SLOT_STRETCH = 1.01
# The first request of a connection arrives later than the next one by the time it took to connect.
_LARGEST_ARRIVAL_GUARD = 0.25


class Schedule:
    """One feed's calendar. Moments are monotonic seconds; the caller tells what happened, this says when next."""

    def __init__(self, first_at: float, slot_at: float, interval: float, least_interval: float, random: Random) -> None:
        """
        Args:
            first_at: when to ask first.
            slot_at: any moment of the feed's own slots, which keep feeds of one source apart.
            interval: seconds between slots.
            least_interval: seconds between requests whatever happens.
            random: for the jitter of the back-off.
        """
        self.next_at = first_at
        self.failures = 0
        self.is_locked = False
        self._slot_at = slot_at
        self._interval = interval
        self._least_interval = least_interval
        self._random = random
        self._started_at: float | None = None
        self._arrived_at: float | None = None  # the last request at the vendor, at the latest
        self.not_before = 0.0
        self._refusals = 0
        self._good_polls = 0
        self._is_slowed = False
        self._is_fresh_connection = True

    def started(self, at: float) -> None:
        """A request goes out."""
        self._started_at = at

    def succeeded(self, at: float) -> None:
        """A good answer came; back to the slots."""
        self._arrived_at = self._latest_arrival(at)
        self._refusals = 0
        self.is_locked = False
        self._good_polls += 1
        if self._good_polls >= GOOD_POLLS_TO_FORGET_FAILURES:
            self.failures = 0
        if self._good_polls >= GOOD_POLLS_TO_FORGET_RATE:
            self._is_slowed = False
        self.next_at = max(at, self._next_slot(at))
        self._is_fresh_connection = False

    def failed(self, at: float, fault: Fault) -> None:
        """A fault: the same moment as always after the first, then further and further apart."""
        self._arrived_at = self._latest_arrival(at)
        self.failures += 1
        self._good_polls = 0
        self._is_fresh_connection = True
        self._refusals = self._refusals + 1 if fault.needs_person else 0
        self.is_locked = self._refusals >= LOCKED_AFTER_REFUSALS
        started = at if self._started_at is None else self._started_at
        if fault.code is FaultCode.RATE:
            self._is_slowed = True
        if fault.retry_after is not None:
            self.not_before = at + fault.retry_after
        if self.is_locked:
            wait = LOCKED_ADDRESS_SECONDS if fault.code is FaultCode.ADDRESS else LOCKED_SECONDS
        else:
            wait = self._backoff()
        self.next_at = max(at, started + wait, self.not_before)

    def earliest(self, now: float) -> float:
        """The soonest moment at which a person may have it asked again."""
        since_last = now if self._arrived_at is None else self._arrived_at + self._least_interval
        return max(now, since_last, self.not_before)

    def hasten(self, moment: float) -> None:
        """Ask at `moment` if that is sooner than planned."""
        self.next_at = min(self.next_at, moment)

    @property
    def interval(self) -> float:
        """Seconds between requests at present: twice the usual after the vendor asked to slow down."""
        return self._interval * (2 if self._is_slowed else 1)

    def _latest_arrival(self, answered_at: float) -> float:
        """When the vendor had the request at the latest: by the answer, and soon after it went out."""
        started = answered_at if self._started_at is None else self._started_at
        return min(answered_at, started + _LARGEST_ARRIVAL_GUARD)

    def _backoff(self) -> float:
        floor = self.interval if self.interval <= LONGEST_BACKOFF_SECONDS else LEAST_BACKOFF_SECONDS
        ceiling = min(LONGEST_BACKOFF_SECONDS, self.interval * 2 ** min(self.failures - 1, 10))
        return max(floor, self._random.uniform(0, ceiling))

    def _next_slot(self, at: float) -> float:
        """The next slot that is an interval away from the last request.

        A slot is a little longer than the interval, so that a request that goes out late neither pushes all later
        ones nor comes too soon before the next.
        """
        started = at if self._started_at is None else self._started_at
        guard = min(_LARGEST_ARRIVAL_GUARD, at - started) if self._is_fresh_connection else 0.0
        earliest = started + self.interval + guard
        period = self._interval * SLOT_STRETCH
        slots = -(-(earliest - self._interval / 2 - self._slot_at) // period)
        return max(earliest, self._slot_at + slots * period)
