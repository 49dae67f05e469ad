"""What every panel is shown: the snapshot, the moment, and which feeds are too old to be believed."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter, is_
from typing import TypeVar

from wallboard.domain.feeds import FeedKey, FeedStatus, Freshness, Subject, worst_feed
from wallboard.domain.queues import Queue
from wallboard.domain.snapshot import Snapshot
from wallboard.domain.thresholds import Thresholds
from wallboard.language.catalog import spoken
from wallboard.language.format import masked
from wallboard.ui.cells import Cell, Row


@dataclass(frozen=True)
class Picture:
    """A snapshot at the monotonic moment `now`."""

    snapshot: Snapshot
    now: float
    thresholds: Thresholds
    is_masking: bool = False
    _worst: dict[Subject, tuple[FeedStatus, Freshness] | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @cached_property
    def held(self) -> Mapping[FeedKey, float]:
        """Feeds whose figures must look old, and the moment at which the ages of their rows stand still."""
        moments = {key: status.held_at(self.now) for key, status in self.snapshot.feeds.items()}
        return {key: moment for key, moment in moments.items() if moment is not None}

    @cached_property
    def queues(self) -> Mapping[tuple[str, str], Queue]:
        return {(queue.source, queue.id): queue for queue in self.snapshot.floor.queues}

    @cached_property
    def has_several_sources(self) -> bool:
        return len({key.source for key in self.snapshot.feeds}) > 1

    def as_of(self, feeds: Iterable[FeedKey]) -> float | None:
        """Where to hold the ages of what these feeds told; None while they are to be believed."""
        if not self.held:
            return None
        return min((self.held[feed] for feed in feeds if feed in self.held), default=None)

    def queue_name(self, source: str, queue_id: str) -> str:
        queue = self.queues.get((source, queue_id))
        return self.shown(queue.name) if queue else queue_id

    def shown(self, text: str) -> str:
        """The text, with phone numbers hidden where that is asked for."""
        return masked(text, is_masking=self.is_masking)

    def worst_feed(self, subject: Subject) -> tuple[FeedStatus, Freshness] | None:
        """The feed in the worst state of those that tell about a subject; the oldest of equals."""
        if subject not in self._worst:
            about = (status for status in self.snapshot.feeds.values() if subject in status.subjects)
            found = worst_feed(about, self.now)
            self._worst[subject] = None if found is None else (found, found.freshness(self.now))
        return self._worst[subject]


@dataclass(frozen=True, slots=True)
class Details:
    """All that is known of one row: a title and named cells. `queue` where callers and agents belong below."""

    title: str
    lines: tuple[tuple[str, Cell], ...]
    feeds: tuple[FeedKey, ...] = ()
    queue: Queue | None = None


Entity = TypeVar("Entity")


class RowCache:
    """Makes a row anew only when what it shows is another object; thousands of rows stay as they are between polls."""

    def __init__(self) -> None:
        self._made: dict[int, tuple[object, object, Row]] = {}
        self._context: object = None
        self._entities: object = None
        self._rows: list[Row] = []

    def rows(
        self,
        entities: Sequence[Entity],
        context: object,
        make: Callable[[Entity], Row],
        token: Callable[[Entity], object] | None = None,
    ) -> list[Row]:
        """A row for each entity, the worst first; the same object where all rows are the same.

        Args:
            entities: what is shown.
            context: all else that the rows depend on, the language apart; when it differs from the last, all are made
                anew.
            make: makes the row of one entity.
            token: what else one row alone depends on.
        """
        context = (spoken(), context)
        if token is None and entities is self._entities and context == self._context:
            return self._rows
        known = self._made if context == self._context else {}
        # The entry holds the entity, so that its id cannot become another's.
        if token is None:
            made = {id(entity): known.get(id(entity)) or (entity, None, make(entity)) for entity in entities}
        else:
            made = {
                id(entity): _same_or_made(known.get(id(entity)), entity, token(entity), make) for entity in entities
            }
        self._made, self._context, self._entities = made, context, entities
        rows = worst_first(row for _, _, row in made.values())
        if len(rows) != len(self._rows) or not all(map(is_, rows, self._rows)):
            self._rows = rows
        return self._rows


def _same_or_made(
    was: tuple[object, object, Row] | None, entity: Entity, token: object, make: Callable[[Entity], Row]
) -> tuple[object, object, Row]:
    return was if was is not None and was[1] == token else (entity, token, make(entity))


def or_never(moment: float | None) -> float:
    """For ordering: an unknown moment comes after all others."""
    return math.inf if moment is None else moment


def worst_first(rows: Iterable[Row]) -> list[Row]:
    """In the panel's own order."""
    return sorted(rows, key=attrgetter("rank"))
