"""Vendors' epochs on our monotonic clock."""

from collections.abc import Mapping

from wallboard.domain.feeds import Note, NoteCode
from wallboard.vendors.http import Answer

TOLERATED_SKEW_SECONDS = 5.0  # beyond it a person is told; ages are put right long before
_JITTER_SECONDS = 1.0  # vendors tell whole seconds
_DATE_STEP_SECONDS = 1.0  # `Date` leaves the fraction out
_DATE_JITTER_SECONDS = 0.6
_GREATEST_ERROR_SECONDS = 86_400.0  # more than any zone's
FROZEN_AFTER_POLLS = 10


class ServerClock:
    """A vendor's wall clock, by the `Date` of its answers; without one by ours as it stood at the first answer.

    Ours is carried on by monotonic time, so that setting it changes no age. A difference is kept while the answers can
    be explained by it: ages would flicker otherwise.
    """

    def __init__(self) -> None:
        self.skew_seconds = 0.0  # how far the vendor is ahead of our wall clock, as of the last `Date`
        self._ours: float | None = None  # our wall clock at monotonic 0, had nobody set it since the first answer
        self._ahead = 0.0  # seconds the vendor is ahead of that

    def utc(self, answer: Answer) -> float:
        """The vendor's UTC when the answer arrived."""
        if self._ours is None:
            self._ours = answer.received_on - answer.received_at
        ours = answer.received_at + self._ours
        if answer.clock_offset is not None:
            set_since = answer.received_on - ours
            told = answer.clock_offset + set_since
            # A date lies in the past by its missing fraction and by its way here.
            earliest = -_DATE_STEP_SECONDS - answer.latency - _DATE_JITTER_SECONDS
            if not earliest <= told - self._ahead <= _DATE_JITTER_SECONDS:
                self._ahead = told + _DATE_STEP_SECONDS / 2
            self.skew_seconds = self._ahead - set_since
        return ours + self._ahead


def skew_note(seconds: float) -> tuple[Note, ...]:
    """A remark where a vendor's clock is off by more than is tolerated."""
    return (Note(NoteCode.SKEW, seconds=seconds),) if abs(seconds) > TOLERATED_SKEW_SECONDS else ()


def past(moment: float, received_at: float) -> float | None:
    """A moment that has been, never after the answer that told it; None where no clock's error can explain it."""
    return min(moment, received_at) if moment <= received_at + _GREATEST_ERROR_SECONDS else None


class Anchor:
    """The monotonic moment of a vendor's epoch 0; it stands still while measurements agree within a second."""

    def __init__(self) -> None:
        self._at: float | None = None

    def settle(self, received_at: float, vendor_utc: float) -> float:
        """The anchor, given what time it was at the vendor at one of our monotonic moments."""
        measured = received_at - vendor_utc
        if self._at is None or abs(measured - self._at) > _JITTER_SECONDS:
            self._at = measured
        return self._at


class WaitingTimes:
    """What successive answers say of the same waiting callers: when each joined, and whether time moves at all."""

    def __init__(self) -> None:
        self._waits: dict[str, int] = {}
        self._joined: dict[str, float] = {}
        self._unmoved_polls = 0
        self._unmoved_since = 0.0

    def joined(self, waits: Mapping[str, int], received_at: float) -> dict[str, float]:
        """The monotonic moment each caller (by id, with its wait in seconds) joined; steady within a second."""
        known = waits.keys() & self._waits.keys()
        if known and all(waits[id_] == self._waits[id_] for id_ in known):
            self._unmoved_polls += 1
        else:
            self._unmoved_polls, self._unmoved_since = 0, received_at
        self._waits = dict(waits)
        self._joined = {id_: self._steady(id_, received_at - wait) for id_, wait in waits.items()}
        return self._joined

    def frozen_note(self, received_at: float) -> tuple[Note, ...]:
        """A remark once nobody's wait moved for ten polls. With nobody waiting it is a quiet hour."""
        if self._unmoved_polls < FROZEN_AFTER_POLLS:
            return ()
        return (Note(NoteCode.FROZEN, seconds=received_at - self._unmoved_since),)

    def _steady(self, id_: str, measured: float) -> float:
        before = self._joined.get(id_, measured)
        return before if abs(before - measured) <= _JITTER_SECONDS else measured
