"""How often one operator may confirm: a guard against a stuck key and a keyboard left alone."""

from collections import deque

LEAST_GAP_SECONDS = 2.0
MOST_CONFIRMATIONS, WITHIN_SECONDS = 20, 600.0


class Limiter:
    """Counts confirmations, not targets: a queue can be emptied in one. Moments are monotonic seconds."""

    def __init__(self) -> None:
        self._moments: deque[float] = deque(maxlen=MOST_CONFIRMATIONS)

    def earliest(self, moment: float) -> float:
        """When something that is wanted at `moment` may be sent."""
        if not self._moments:
            return moment
        earliest = max(moment, self._moments[-1] + LEAST_GAP_SECONDS)
        if len(self._moments) == MOST_CONFIRMATIONS:
            earliest = max(earliest, self._moments[0] + WITHIN_SECONDS)
        return earliest

    def confirm(self, moment: float) -> None:
        """Something will be sent at `moment`."""
        self._moments.append(moment)
