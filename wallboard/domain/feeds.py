"""A feed: one method of one source, polled for itself, with an age of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from wallboard.domain.faults import Fault

LATE_AFTER_INTERVALS = 2.0
STALE_AFTER_INTERVALS = 6.0
DOWN_AFTER_INTERVALS = 12.0
DOWN_AFTER_SECONDS = 300.0


class FeedKey(NamedTuple):
    """Which feed: the source's name, the vendor's method, and the queue where the method has one."""

    source: str
    method: str
    queue: str | None = None


class Freshness(StrEnum):
    """How far a feed's figures can be trusted; best first."""

    LIVE = "LIVE"
    CONNECTING = "connecting"
    LATE = "LATE"
    STALE = "STALE"
    DOWN = "DOWN"
    AUTH = "AUTH"


WORST_LAST = tuple(Freshness)


class Subject(StrEnum):
    """What a feed's answers are about: which figures turn unknown or partial without it."""

    QUEUES = "queues"
    AGENTS = "agents"
    CAMPAIGNS = "campaigns"
    DIRECTORY = "directory"
    ACCOUNT = "account"


class NoteCode(StrEnum):
    """Something odd about an answer that was accepted."""

    ROWS_DROPPED = "rows_dropped"  # rows that could not be read; `count`
    VALUES_DROPPED = "values_dropped"  # single figures that made no sense and are shown as unknown; `count`
    DUPLICATES = "duplicates"  # rows with an id seen before in the same answer, or repeated JSON keys; `count`
    ROWS_HIDDEN = "rows_hidden"  # rows past the cap; `count`
    UNKNOWN_VALUES = "unknown_values"  # states this program does not know; `words` holds one of them
    SUSPICIOUS_EMPTY = "suspicious_empty"  # the vendor says 0; a wrong code looks the same
    FROZEN = "frozen"  # the vendor's waiting times do not move; `seconds` since when
    SKEW = "skew"  # the vendor's clock is off by `seconds`
    CHARSET = "charset"  # the body was in cp1255 without saying so
    RATE_STRETCHED = "rate_stretched"  # more queues than the rate allows: polled every `seconds`


@dataclass(frozen=True, slots=True)
class Note:
    """One remark; which of its particulars are set depends on the code."""

    code: NoteCode
    count: int = 0
    seconds: float = 0.0
    words: str = ""


@dataclass(frozen=True, slots=True)
class FeedStatus:
    """What is known of a feed's health. Moments are on the monotonic clock, in seconds."""

    key: FeedKey
    interval: float
    subjects: frozenset[Subject]
    first_due_at: float | None = None  # by when the first request must have been answered; None: not yet asked
    succeeded_at: float | None = None
    latency: float | None = None
    fault: Fault | None = None  # the last fault, until the next success
    failed_since: float | None = None
    next_at: float | None = None
    is_locked: bool = False  # a person is needed: AUTH
    resumed_at: float | None = None  # the machine woke up; older answers are stale whatever their age
    notes: tuple[Note, ...] = ()

    def age(self, now: float) -> float | None:
        """Seconds since the last good answer; None before the first."""
        return None if self.succeeded_at is None else max(0.0, now - self.succeeded_at)

    def freshness(self, now: float) -> Freshness:
        """By the age of the last success, never by a success flag: a fetch that hangs raises nothing."""
        if self.is_locked:
            return Freshness.AUTH
        if self.succeeded_at is None:
            is_overdue = self.first_due_at is not None and now >= self.first_due_at
            return Freshness.DOWN if is_overdue or self.fault is not None else Freshness.CONNECTING
        age = now - self.succeeded_at
        is_before_nap = self.resumed_at is not None and self.succeeded_at < self.resumed_at
        if age <= LATE_AFTER_INTERVALS * self.interval and not is_before_nap:
            return Freshness.LIVE
        if age > DOWN_AFTER_SECONDS and age > DOWN_AFTER_INTERVALS * self.interval:
            return Freshness.DOWN
        return Freshness.STALE if is_before_nap or age > STALE_AFTER_INTERVALS * self.interval else Freshness.LATE

    def held_at(self, now: float) -> float | None:
        """Where the ages of its rows stand still; None while they are to be believed."""
        if self.succeeded_at is None or not is_old(self.freshness(now)):
            return None
        return min(now, self.succeeded_at + STALE_AFTER_INTERVALS * self.interval)


def worst(states: Iterable[Freshness]) -> Freshness:
    """The worst of several; LIVE of none."""
    return max(states, key=WORST_LAST.index, default=Freshness.LIVE)


def worst_feed(feeds: Iterable[FeedStatus], now: float) -> FeedStatus | None:
    """The feed in the worst state, the oldest of equals; None of none."""
    return max(feeds, key=lambda feed: (WORST_LAST.index(feed.freshness(now)), feed.age(now) or 0.0), default=None)


def is_old(freshness: Freshness) -> bool:
    """Whether figures of such a feed must look old wherever they stand."""
    return freshness in {Freshness.STALE, Freshness.DOWN, Freshness.AUTH}
