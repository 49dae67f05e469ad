"""Voicenter's time: epochs that are local wall-clock time written as if it were UTC."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from statistics import median_low
from zoneinfo import ZoneInfo

from wallboard.vendors.http import Answer
from wallboard.vendors.timekeeping import TOLERATED_SKEW_SECONDS, Anchor, ServerClock, past

_QUARTER = 900  # seconds; time zones differ by multiples of it
_NEAR_A_QUARTER_SECONDS = 60.0
_CLOCK_ERROR_SECONDS = 3_600.0  # a larger difference is a zone's, or nonsense
_FARTHEST_ZONES_SECONDS = 15 * 3_600.0
_AGREEMENT_SECONDS = 3.0
_YEAR_1970 = datetime(1970, 1, 1)  # noqa: DTZ001 - a wall clock has no zone


@lru_cache(maxsize=1024)
def _offsets(zone: ZoneInfo, quarter: int) -> tuple[float, float]:
    """What the zone's wall clock may be ahead of UTC in this quarter of an hour; two where it is set back."""
    wall = _YEAR_1970 + timedelta(seconds=quarter * _QUARTER)
    offsets = (wall.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    first, second = (offset.total_seconds() if offset else 0.0 for offset in offsets)
    return first, second


def candidates(zone: ZoneInfo, epoch: float) -> tuple[float, float]:
    """The two moments, mostly one, of true UTC that a wall-clock epoch can mean."""
    first, second = _offsets(zone, int(epoch // _QUARTER))
    return epoch - first, epoch - second


def latest_past(zone: ZoneInfo, epoch: float, now: float) -> float:
    """The true UTC of a wall-clock epoch: of two possible moments the later that has been."""
    earlier, later = sorted(candidates(zone, epoch))
    return later if later <= now + TOLERATED_SKEW_SECONDS else earlier


class VendorTime:
    """What time it is at Voicenter, in true UTC, and where its epochs lie on our monotonic clock.

    A waiting caller's `JoinTime + Duration` is the vendor's own "now". How far that lies from what the zone and the
    answer's `Date` (else our clock) say is remembered, so that calls are aged right when nobody waits. It is believed
    at first sight, and afterwards when two answers in succession agree: a frozen or a mistaken answer does not.
    """

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._server_clock = ServerClock()
        self._anchor = Anchor()
        self._residual = 0.0
        self._observed: tuple[float, float] | None = None  # residual and when it was seen

    def learn(self, waits: Iterable[tuple[int, int]], answer: Answer) -> None:
        """Take `JoinTime` and `Duration` of waiting callers in."""
        zone_now = self._server_clock.utc(answer)
        expected = zone_now + self._residual
        moments = [
            min((joined + duration for joined in candidates(self._zone, epoch)), key=lambda at: abs(at - expected))
            for epoch, duration in waits
        ]
        if not moments:
            return
        residual = median_low(moments) - zone_now
        before, self._observed = self._observed, (residual, answer.received_at)
        if _is_plausible(residual) and (before is None or self._agree(before, residual, answer.received_at)):
            self._residual = residual

    def anchor(self, answer: Answer) -> float:
        """The monotonic moment of UTC's epoch 0 by the vendor's clock; steady within a second."""
        return self._anchor.settle(answer.received_at, self._server_clock.utc(answer) + self._residual)

    def moment(self, epoch: int, anchor: float, received_at: float) -> float | None:
        """The monotonic moment of a wall-clock epoch, never after the answer that told it; None if it cannot be."""
        return past(anchor + latest_past(self._zone, epoch, received_at - anchor), received_at)

    @property
    def skew_seconds(self) -> float:
        """How far the vendor's clock is ahead of ours, a zone's difference apart."""
        zones = round(self._residual / _QUARTER) * _QUARTER
        if abs(self._residual - zones) > _NEAR_A_QUARTER_SECONDS:
            zones = 0
        return self._server_clock.skew_seconds + self._residual - zones

    @staticmethod
    def _agree(before: tuple[float, float], residual: float, received_at: float) -> bool:
        """Whether the vendor's time went on as ours did; half the time between is what a frozen one would miss."""
        seen, seen_at = before
        return abs(residual - seen) <= min(_AGREEMENT_SECONDS, (received_at - seen_at) / 2)


def _is_plausible(residual: float) -> bool:
    """A clock that is wrong, or a zone other than ours; hours that are no zone's difference are neither."""
    if abs(residual) <= _CLOCK_ERROR_SECONDS:
        return True
    zones = round(residual / _QUARTER) * _QUARTER
    return abs(residual - zones) <= _NEAR_A_QUARTER_SECONDS and abs(residual) <= _FARTHEST_ZONES_SECONDS
