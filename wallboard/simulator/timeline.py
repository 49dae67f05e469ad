"""Simulated time: what will happen, in the order in which it will."""

import heapq
import itertools
from collections.abc import Callable

Action = Callable[[], None]


class Appointment:
    """Something that will be done unless it is cancelled."""

    __slots__ = ("action",)

    def __init__(self, action: Action) -> None:
        self.action: Action | None = action

    def cancel(self) -> None:
        self.action = None


class Timeline:
    """A heap of appointments. `now` is in simulated seconds; 0 is the moment at which the world is first shown."""

    def __init__(self, now: float) -> None:
        self.now = now
        self._heap: list[tuple[float, int, Appointment]] = []
        self._numbers = itertools.count()

    def after(self, seconds: float, action: Action) -> Appointment:
        """Do `action` when `seconds` of simulated time have passed."""
        appointment = Appointment(action)
        # The number keeps the order of two appointments at one moment, so that a seed always tells the same story.
        heapq.heappush(self._heap, (self.now + seconds, next(self._numbers), appointment))
        return appointment

    def run_until(self, moment: float) -> None:
        """Let everything happen that is due by `moment`."""
        heap = self._heap
        while heap and heap[0][0] <= moment:
            due, _, appointment = heapq.heappop(heap)
            self.now = due
            if appointment.action is not None:
                appointment.action()
        self.now = max(self.now, moment)
