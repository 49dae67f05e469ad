"""Two levels for everything a supervisor watches."""

from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    """How a figure stands; comparable, worst last."""

    OK = 0
    WARN = 1
    BREACH = 2


@dataclass(frozen=True, slots=True)
class Threshold:
    """Raised at the value, not only above it."""

    warn: float
    breach: float

    def level(self, value: float | None) -> Level:
        """The level of a value; unknown is not a breach."""
        if value is None or value < self.warn:
            return Level.OK
        return Level.BREACH if value >= self.breach else Level.WARN


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What holds for one queue; the defaults hold for the floor."""

    longest_wait_seconds: Threshold = Threshold(60, 120)
    waiting: Threshold = Threshold(3, 6)
    paused_seconds: Threshold = Threshold(600, 900)


DEFAULT_THRESHOLDS = Thresholds()
