"""Queues: how many wait, for how long, and who is there to answer."""

from functools import partial

from wallboard.domain.feeds import Freshness
from wallboard.domain.queues import Queue
from wallboard.domain.thresholds import Level
from wallboard.language.catalog import N_, _
from wallboard.language.format import UNKNOWN, duration
from wallboard.language.words import LEVEL_WORDS, freshness_words
from wallboard.ui.cells import Age, Cell, Row, Text, figure, levelled
from wallboard.ui.columns import Column
from wallboard.ui.panels.picture import Details, Picture, RowCache, or_never
from wallboard.ui.roles import GLYPH_OF_FRESHNESS, GLYPH_OF_LEVEL, ROLE_OF_FRESHNESS, Role

COLUMNS = (
    Column("name", N_("Queue"), least=14, most=32),
    Column("source", N_("Source"), importance=8, least=6, most=18),
    Column("waiting", N_("Waiting"), is_right=True),
    Column("longest", N_("Longest"), is_right=True),
    Column("ready", N_("Ready"), importance=1, is_right=True),
    Column("abandoned", N_("Abandoned"), importance=3, is_right=True),
    Column("completed", N_("Completed"), importance=4, is_right=True),
    Column("average_hold", N_("Avg hold"), importance=5, is_right=True),
    Column("average_talk", N_("Avg talk"), importance=6, is_right=True),
    Column("strategy", N_("Strategy"), importance=9, least=8, most=12),
    Column("health", N_("Health"), importance=2, least=9, most=12),
)
_ROLE_OF_HEALTH = {Level.OK: Role.OK, Level.WARN: Role.WARN, Level.BREACH: Role.BREACH}


def key_of(queue: Queue) -> str:
    return f"{queue.source}/{queue.id}"


def levels_of(queue: Queue, now: float) -> tuple[Level, Level]:
    """How it stands by the number who wait, and by the longest wait."""
    waited = None if queue.longest_joined_at is None else now - queue.longest_joined_at
    return queue.thresholds.waiting.level(queue.waiting), queue.thresholds.longest_wait_seconds.level(waited)


def level_of(queue: Queue, now: float) -> Level:
    """The worst of its thresholds; somebody waiting with nobody ready is a warning at least."""
    nobody_ready = queue.agents_ready == 0 and bool(queue.waiting)
    return max(*levels_of(queue, now), Level.WARN if nobody_ready else Level.OK)


def rows(picture: Picture, cache: RowCache) -> list[Row]:
    """One row a queue, the worst first, then those where somebody waits longest."""
    return cache.rows(
        picture.snapshot.floor.queues, picture.is_masking, partial(_row, picture), partial(_standing, picture)
    )


def _standing(picture: Picture, queue: Queue) -> tuple[float | None, Level, Freshness]:
    """What changes of a queue's row without its vendor telling anything new."""
    as_of = picture.as_of((queue.feed,))
    level = level_of(queue, picture.now if as_of is None else as_of)
    return as_of, level, picture.snapshot.feeds[queue.feed].freshness(picture.now)


def _row(picture: Picture, queue: Queue) -> Row:
    as_of, level, freshness = _standing(picture, queue)
    name = picture.shown(queue.name)
    limits = queue.thresholds
    longest: Cell = Age(queue.longest_joined_at, limits.longest_wait_seconds)
    if queue.longest_joined_at is None and queue.waiting == 0:
        longest = Text(duration(0), Role.MUTED, 0)
    return Row(
        key=key_of(queue),
        cells=(
            Text(name, Role.STRONG),
            Text(queue.source, Role.MUTED),
            levelled(queue.waiting, limits.waiting),
            longest,
            _ready(queue),
            figure(queue.abandoned),
            figure(queue.completed),
            _average(queue.average_hold_seconds),
            _average(queue.average_talk_seconds),
            Text(queue.strategy or UNKNOWN, Role.MUTED),
            _health(level, freshness),
        ),
        feeds=(queue.feed,),
        as_of=as_of,
        words=f"{name} {queue.id} {queue.source}",
        rank=(-level, or_never(queue.longest_joined_at), -(queue.waiting or 0), queue.name, queue.id),
    )


def _ready(queue: Queue) -> Text:
    if queue.agents_total is None or queue.agents_ready is None:
        return Text(UNKNOWN, Role.MUTED)
    role = Role.WARN if queue.agents_ready == 0 and queue.waiting else Role.TEXT
    return Text(f"{queue.agents_ready}/{queue.agents_total}", role, queue.agents_ready)


def _average(seconds: int | None) -> Text:
    return Text(duration(seconds), Role.MUTED if seconds is None else Role.TEXT, seconds)


def _health(level: Level, freshness: Freshness) -> Text:
    if freshness is not Freshness.LIVE:
        return Text(f"{GLYPH_OF_FRESHNESS[freshness]} {freshness_words(freshness)}", ROLE_OF_FRESHNESS[freshness])
    glyph = GLYPH_OF_LEVEL[level] if level else "●"
    return Text(f"{glyph} {_(LEVEL_WORDS[level])}", _ROLE_OF_HEALTH[level], float(level))


def find(picture: Picture, key: str) -> Details | None:
    """All that is known of one row; None when it is gone."""
    queue = next((each for each in picture.snapshot.floor.queues if key_of(each) == key), None)
    if queue is None:
        return None
    return Details(picture.shown(queue.name), tuple(_details(queue, picture)), (queue.feed,), queue)


def _details(queue: Queue, picture: Picture) -> list[tuple[str, Cell]]:
    longest = Age(queue.longest_joined_at, queue.thresholds.longest_wait_seconds)
    return [
        (_("Source"), Text(queue.source)),
        (_("Queue id"), Text(queue.id)),
        (_("Waiting"), levelled(queue.waiting, queue.thresholds.waiting)),
        (_("Longest wait"), longest if queue.waiting else Text(duration(0) if queue.waiting == 0 else UNKNOWN)),
        (_("Agents ready of all"), _ready(queue)),
        (_("Completed"), figure(queue.completed)),
        (_("Abandoned"), figure(queue.abandoned)),
        (_("Average hold (moving)"), _average(queue.average_hold_seconds)),
        (_("Average talk (moving)"), _average(queue.average_talk_seconds)),
        (_("Room for"), Text(_("unlimited")) if queue.max == 0 else figure(queue.max)),
        (_("Strategy"), Text(queue.strategy or UNKNOWN)),
        (_("Weight"), figure(queue.weight)),
    ]
