"""Queues and the vendor's own counters of them."""

from dataclasses import dataclass

from wallboard.domain.feeds import FeedKey
from wallboard.domain.thresholds import DEFAULT_THRESHOLDS, Thresholds


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue. What the vendor does not tell is None.

    `completed`, `abandoned` and the averages are the vendor's counters since its last reset; the averages are
    Asterisk's moving averages in seconds, so they are never summed over queues. `max` 0 means unlimited.
    """

    source: str
    id: str
    name: str
    feed: FeedKey
    waiting: int | None = None
    longest_joined_at: float | None = None  # monotonic moment at which the longest waiting caller joined
    max: int | None = None
    strategy: str | None = None
    weight: int | None = None
    completed: int | None = None
    abandoned: int | None = None
    average_hold_seconds: int | None = None
    average_talk_seconds: int | None = None
    agents_ready: int | None = None
    agents_total: int | None = None
    thresholds: Thresholds = DEFAULT_THRESHOLDS
    is_hidden: bool = False
