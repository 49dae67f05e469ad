"""What a page says: a name, how the service stands, and at most six figures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from wallboard.domain.feeds import FeedStatus, Freshness, Subject, is_old, worst_feed
from wallboard.domain.queues import Queue
from wallboard.domain.summary import Summary, summarise
from wallboard.domain.thresholds import Level
from wallboard.language.catalog import N_, _, pgettext
from wallboard.language.format import UNKNOWN, count, duration
from wallboard.ui.panels.picture import Picture
from wallboard.ui.panels.queues import level_of, levels_of

COUNT_ROOM, AGE_ROOM = "00", "00:00"  # the least that a figure is given room for, so that pages do not jump


class State(IntEnum):
    """How the service stands; the worst last."""

    OK = 0
    UNKNOWN = 1
    WARNING = 2
    BREACH = 3


_STATE_OF_LEVEL = {Level.OK: State.OK, Level.WARN: State.WARNING, Level.BREACH: State.BREACH}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure and its name. `room` is the least text it has room for; an old figure has no level."""

    label: str
    text: str
    level: Level = Level.OK
    room: str = COUNT_ROOM
    is_old: bool = False
    is_name: bool = False  # the label is a queue's name


@dataclass(frozen=True, slots=True)
class Content:
    """One page. `main` stands out of the figures; without one all are alike.

    `freshness` is that of the worst feed behind the page; `age` of its data in seconds, None before the first answer.
    """

    title: str
    source: str
    state: State
    main: Figure | None
    figures: tuple[Figure, ...]
    freshness: Freshness
    age: float | None = None
    status: FeedStatus | None = None

    @property
    def is_old(self) -> bool:
        return is_old(self.freshness)


def state_of(queue: Queue, picture: Picture) -> State:
    """By its thresholds; unknown while its data are old, or before the first."""
    if is_in_doubt(queue, picture):
        return State.UNKNOWN
    return _STATE_OF_LEVEL[level_of(queue, picture.now)]


def is_breached(queue: Queue, picture: Picture) -> bool:
    """Whether one of its thresholds is passed for certain."""
    return state_of(queue, picture) is State.BREACH


def is_in_doubt(queue: Queue, picture: Picture) -> bool:
    status = picture.snapshot.feeds.get(queue.feed)
    return (
        status is None
        or status.succeeded_at is None
        or is_old(status.freshness(picture.now))
        or (queue.waiting is None and queue.longest_joined_at is None)
    )


def overview(picture: Picture) -> Content:
    """The whole floor."""
    snapshot = picture.snapshot
    summary = summarise(snapshot.floor, snapshot.feeds, picture.now)
    main, *others = _floor_figures(summary, picture)
    levels = [figure.level for figure in (main, *others)]
    return _page(
        _("All queues"),
        "",
        max((_floor_state(picture), *(_STATE_OF_LEVEL[level] for level in levels))),
        main,
        others,
        feeds_of_floor(picture),
        picture.now,
    )


def feeds_of_floor(picture: Picture) -> list[FeedStatus]:
    """Those behind the figures of the wall: it shows no campaigns and no accounts."""
    feeds = picture.snapshot.feeds.values()
    return [status for status in feeds if status.subjects & {Subject.QUEUES, Subject.AGENTS}]


def _floor_state(picture: Picture) -> State:
    """The worst of all queues; unknown where nothing has been told."""
    return max((state_of(queue, picture) for queue in picture.snapshot.floor.queues), default=State.UNKNOWN)


def _floor_figures(summary: Summary, picture: Picture) -> list[Figure]:
    sure = [queue for queue in picture.snapshot.floor.queues if not is_in_doubt(queue, picture)]
    levels = [levels_of(queue, picture.now) for queue in sure]
    nobody_free = summary.agents_available == 0 and bool(summary.waiting)
    queues_old, agents_old = Subject.QUEUES in summary.partial, Subject.AGENTS in summary.partial
    return [
        Figure(
            pgettext("summary", "waiting"),
            count(summary.waiting),
            max((pair[0] for pair in levels), default=Level.OK),
            is_old=queues_old,
        ),
        Figure(
            pgettext("summary", "longest wait"),
            duration(summary.longest_wait_seconds),
            max((pair[1] for pair in levels), default=Level.OK),
            AGE_ROOM,
            queues_old,
        ),
        Figure(
            pgettext("summary", "available"),
            count(summary.agents_available),
            Level.BREACH if nobody_free and not (agents_old or queues_old) else Level.OK,
            is_old=agents_old,
        ),
        Figure(pgettext("summary", "on call"), count(summary.agents_on_call), is_old=agents_old),
        Figure(pgettext("summary", "paused"), count(summary.agents_paused), is_old=agents_old),
    ]


def queue_page(queue: Queue, picture: Picture) -> Content:
    """One queue: who waits, how long, who is there, and what was lost."""
    doubt = picture.as_of((queue.feed,)) is not None
    by_count, by_wait = (Level.OK, Level.OK) if doubt else levels_of(queue, picture.now)
    nobody_ready = queue.agents_ready == 0 and bool(queue.waiting) and not doubt
    main = Figure(pgettext("summary", "waiting"), count(queue.waiting), by_count, is_old=doubt)
    ready = UNKNOWN if queue.agents_ready is None else count(queue.agents_ready)
    figures = [
        Figure(pgettext("summary", "longest wait"), duration(_longest(queue, picture)), by_wait, AGE_ROOM, doubt),
        Figure(pgettext("wall", "agents ready"), ready, Level.WARN if nobody_ready else Level.OK, is_old=doubt),
    ]
    if queue.abandoned is not None:
        figures.append(Figure(pgettext("summary", "abandoned"), count(queue.abandoned), is_old=doubt))
    if queue.completed is not None:
        figures.append(Figure(pgettext("summary", "completed"), count(queue.completed), is_old=doubt))
    return _page(
        picture.shown(queue.name),
        queue.source if picture.has_several_sources else "",
        state_of(queue, picture),
        main,
        figures,
        _feeds_of([queue], picture),
        picture.now,
    )


def _longest(queue: Queue, picture: Picture) -> float | None:
    if queue.longest_joined_at is None:
        return 0.0 if queue.waiting == 0 else None
    held = picture.as_of((queue.feed,))
    return (picture.now if held is None else min(held, picture.now)) - queue.longest_joined_at


def group_page(title: str, queues: Sequence[Queue], picture: Picture) -> Content:
    """Several queues: how many wait in each. `title` names them all."""
    sources = {queue.source for queue in queues}
    return _page(
        title,
        next(iter(sources)) if len(sources) == 1 and picture.has_several_sources else "",
        max((state_of(queue, picture) for queue in queues), default=State.UNKNOWN),
        None,
        [_in_group(queue, picture) for queue in queues],
        _feeds_of(queues, picture),
        picture.now,
    )


def _in_group(queue: Queue, picture: Picture) -> Figure:
    doubt = picture.as_of((queue.feed,)) is not None
    level = Level.OK if doubt else level_of(queue, picture.now)
    return Figure(picture.shown(queue.name), count(queue.waiting), level, is_old=doubt, is_name=True)


def _feeds_of(queues: Iterable[Queue], picture: Picture) -> list[FeedStatus]:
    feeds = picture.snapshot.feeds
    return [feeds[feed] for feed in {queue.feed: None for queue in queues} if feed in feeds]


def _page(
    title: str,
    source: str,
    state: State,
    main: Figure | None,
    figures: Iterable[Figure],
    feeds: Sequence[FeedStatus],
    now: float,
) -> Content:
    status = worst_feed(feeds, now)
    freshness = Freshness.CONNECTING if status is None else status.freshness(now)
    return Content(
        title, source, state, main, tuple(figures), freshness, None if status is None else status.age(now), status
    )


STATE_WORDS = {
    State.OK: N_("OK"),
    State.UNKNOWN: N_("UNKNOWN"),
    State.WARNING: N_("WARNING"),
    State.BREACH: N_("BREACH"),
}
STATE_SIGNS = {State.OK: "✓", State.UNKNOWN: "?", State.WARNING: "▲", State.BREACH: "!"}
