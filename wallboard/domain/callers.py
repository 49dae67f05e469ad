"""Callers who wait in a queue."""

from dataclasses import dataclass

from wallboard.domain.feeds import FeedKey


@dataclass(frozen=True, slots=True)
class Caller:
    """A person waiting. `joined_at` is a monotonic moment; `position` counts from 1 where the vendor tells it."""

    source: str
    id: str
    queue: str
    phone: str | None
    position: int | None
    joined_at: float | None
    feed: FeedKey
    is_ringing: bool = False  # his call rings at an agent right now; he still waits
