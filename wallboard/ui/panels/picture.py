"""What every panel is shown: the snapshot, the moment, and which feeds are too old to be believed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from wallboard.domain.feeds import (
    STALE_AFTER_INTERVALS,
    FeedKey,
    FeedStatus,
    Freshness,
    Subject,
    is_old,
)
from wallboard.domain.queues import Queue
from wallboard.domain.snapshot import Snapshot
from wallboard.domain.thresholds import Thresholds
from wallboard.language.format import masked
from wallboard.ui.cells import Cell, Row


@dataclass(frozen=True)
class Picture:
    """A snapshot at the monotonic moment `now`."""

    snapshot: Snapshot
    now: float
    thresholds: Thresholds
    is_masking: bool = False

    @cached_property
    def old(self) -> Mapping[FeedKey, float]:
        """Feeds whose figures must look old, with the moment at which they became so."""
        return {
            key: (status.succeeded_at or self.now) + STALE_AFTER_INTERVALS * status.interval
            for key, status in self.snapshot.feeds.items()
            if is_old(status.freshness(self.now))
        }

    @cached_property
    def queues(self) -> Mapping[tuple[str, str], Queue]:
        return {(queue.source, queue.id): queue for queue in self.snapshot.floor.queues}

    @cached_property
    def has_several_sources(self) -> bool:
        return len({key.source for key in self.snapshot.feeds}) > 1

    def as_of(self, feeds: Iterable[FeedKey]) -> float | None:
        """Where to hold the ages of what these feeds told; None while they are to be believed."""
        if not self.old:
            return None
        moments = [min(self.now, self.old[feed]) for feed in feeds if feed in self.old]
        return min(moments) if moments else None

    def queue_name(self, source: str, queue_id: str) -> str:
        queue = self.queues.get((source, queue_id))
        return self.shown(queue.name) if queue else queue_id

    def shown(self, text: str) -> str:
        """The text, with phone numbers hidden where that is asked for."""
        return masked(text, is_masking=self.is_masking)

    def worst_feed(self, subject: Subject) -> tuple[FeedStatus, Freshness] | None:
        """The feed in the worst state of those that tell about a subject; the oldest of equals."""
        about = [status for status in self.snapshot.feeds.values() if subject in status.subjects]
        order = list(Freshness)
        states = [(status, status.freshness(self.now)) for status in about]
        return max(states, key=lambda pair: (order.index(pair[1]), pair[0].age(self.now) or 0.0), default=None)


@dataclass(frozen=True, slots=True)
class Details:
    """All that is known of one row: a title and named cells. `queue` where callers and agents belong below."""

    title: str
    lines: tuple[tuple[str, Cell], ...]
    feeds: tuple[FeedKey, ...] = ()
    queue: Queue | None = None


class RowCache:
    """Makes a row anew only when what it shows is another object, or has become old."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[tuple[object, ...], Row]] = {}
        self._kept: dict[str, tuple[tuple[object, ...], Row]] = {}

    def begin(self) -> None:
        """A new picture: rows not asked for until the next `begin` are forgotten."""
        self._kept, self._made = self._made, {}

    def row(self, key: str, shows: tuple[object, ...], make: Callable[[], Row]) -> Row:
        """The row of `key`; `shows` are the objects and values it depends on."""
        before = self._kept.get(key)
        if before is not None and before[0] == shows:
            self._made[key] = before
            return before[1]
        row = make()
        self._made[key] = (shows, row)
        return row
