"""Which pages there are, in which order, and which of them is shown when. Moments are monotonic seconds."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from wallboard.domain.queues import Queue
from wallboard.language.catalog import _
from wallboard.ui.panels.picture import Picture
from wallboard.ui.panels.queues import key_of
from wallboard.ui.wall.figures import Content, group_page, is_breached, overview, queue_page, state_of

MOST_SINGLE = 12  # queues with a page each; of more, several share one
GROUP_SIZE = 6
MOST_ALARM_PAGES = 6
HELD_POLLS = 2  # that a breach is held after its end, against flicker
OVERVIEW = "overview"


class Page(NamedTuple):
    """A page and what it is of: the whole floor, one queue, or several."""

    key: str
    queues: tuple[Queue, ...] = ()
    is_breaches: bool = False

    def content(self, picture: Picture) -> Content:
        """What it says."""
        if not self.queues:
            return overview(picture)
        if len(self.queues) == 1:
            return queue_page(self.queues[0], picture)
        return group_page(_("In breach") if self.is_breaches else self.queues[0].source, self.queues, picture)


def regular_pages(picture: Picture) -> list[Page]:
    """The floor, then its queues: those in trouble first; many of them by source, some on each page."""
    queues = sorted(picture.snapshot.floor.queues, key=lambda queue: _rank(queue, picture))
    if len(queues) <= MOST_SINGLE:
        return [Page(OVERVIEW), *map(_single, queues)]
    sources = dict.fromkeys(queue.source for queue in queues)
    groups = (([queue for queue in queues if queue.source == source], source) for source in sources)
    return [Page(OVERVIEW), *(page for group, source in groups for page in _shared(f"group/{source}", group))]


def _rank(queue: Queue, picture: Picture) -> tuple[int, str, str, str]:
    return (-state_of(queue, picture), queue.source, queue.name, queue.id)


def _single(queue: Queue) -> Page:
    return Page(f"queue/{key_of(queue)}", (queue,))


def _shared(key: str, queues: Sequence[Queue], *, is_breaches: bool = False) -> list[Page]:
    starts = range(0, len(queues), GROUP_SIZE)
    return [Page(f"{key}/{at}", tuple(queues[at : at + GROUP_SIZE]), is_breaches) for at in starts]


@dataclass(slots=True)
class _Alarm:
    began: int  # the how manieth it was
    until: float


class Alarms:
    """The queues whose breach is held on the wall."""

    def __init__(self) -> None:
        self._held: dict[str, _Alarm] = {}
        self._count = 0

    def pages(self, picture: Picture) -> tuple[list[Page], bool]:
        """A page for each, or shared ones for many, the newest first; and whether one has just begun."""
        queues = {key_of(queue): queue for queue in picture.snapshot.floor.queues}
        is_new = self._note(queues, picture)
        kept = sorted(self._held, key=lambda key: -self._held[key].began)
        if len(kept) > MOST_ALARM_PAGES:
            return _shared("breaches", [queues[key] for key in kept], is_breaches=True), is_new
        return [_single(queues[key]) for key in kept], is_new

    def _note(self, queues: Mapping[str, Queue], picture: Picture) -> bool:
        breached = [key for key, queue in queues.items() if is_breached(queue, picture)]
        new = [key for key in breached if key not in self._held]
        # Of several that begin at once the one where somebody waits longest counts as the newest.
        for key in sorted(new, key=lambda key: -(queues[key].longest_joined_at or math.inf)):
            self._count += 1
            self._held[key] = _Alarm(self._count, 0.0)
        for key in breached:
            status = picture.snapshot.feeds[queues[key].feed]
            self._held[key].until = picture.now + HELD_POLLS * status.interval
        self._held = {k: alarm for k, alarm in self._held.items() if k in queues and alarm.until > picture.now}
        return bool(new)


class Turn(NamedTuple):
    """What is shown now: the page's key, the how manieth of how many, and how much of its time is left (1 to 0)."""

    key: str
    place: int
    total: int
    left: float
    is_held: bool


class Rotation:
    """Shows each page for a while; while there are alarms, only theirs, a new one at once.

    A round goes by what has not been shown yet, so that pages may come, go and change places at any time.
    """

    def __init__(self, page_seconds: float) -> None:
        self._seconds = page_seconds
        self._key = ""
        self._since = 0.0
        self._round: set[str] = set()

    def turn(self, now: float, regular: Sequence[str], alarms: Sequence[str] = (), *, is_new: bool = False) -> Turn:
        """What to show.

        Args:
            now: the moment.
            regular: keys of the pages of a round, in their order.
            alarms: of the pages that interrupt it, the newest first.
            is_new: whether the first of them has just begun.
        """
        pool = alarms or regular
        self._round &= {*pool}
        if is_new:
            self._round.discard(pool[0])
        if is_new or self._key not in pool or now - self._since >= self._seconds:
            self._show(self._next(pool), now)
        left = 1 - (now - self._since) / self._seconds
        return Turn(self._key, self._place(pool), len(pool), max(0.0, min(1.0, left)), bool(alarms))

    def _next(self, pool: Sequence[str]) -> str:
        fresh = next((key for key in pool if key not in self._round), None)
        if fresh is None:
            self._round.clear()
            fresh = next((key for key in pool if key != self._key), pool[0])
        return fresh

    def _show(self, key: str, now: float) -> None:
        self._key, self._since = key, now
        self._round.add(key)

    def _place(self, pool: Sequence[str]) -> int:
        return len(self._round & {*pool})
