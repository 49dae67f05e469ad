"""Feeds: how old each source's data are, and what is wrong with it."""

from collections import defaultdict

from wallboard.domain.feeds import FeedStatus, Freshness, worst
from wallboard.language.catalog import N_, _
from wallboard.language.format import UNKNOWN, milliseconds_words
from wallboard.language.words import fault_words, freshness_words, note_words
from wallboard.ui.cells import Age, Cell, Countdown, Row, Text
from wallboard.ui.columns import Column
from wallboard.ui.panels.picture import Details, Picture, RowCache, worst_first
from wallboard.ui.roles import GLYPH_OF_FRESHNESS, ROLE_OF_FRESHNESS, Role

COLUMNS = (
    Column("source", N_("Source"), least=8, most=18),
    Column("method", N_("Feed"), least=12, most=24),
    Column("state", N_("State")),
    Column("age", N_("Age"), is_right=True),
    Column("latency", N_("Latency"), importance=4, is_right=True),
    Column("next", N_("Next"), importance=3, is_right=True),
    Column("words", N_("What is wrong"), importance=1, least=24, most=70),
)
_ORDER = list(Freshness)


def key_of(status: FeedStatus) -> str:
    return f"{status.key.source}/{status.key.method}"


def rows(picture: Picture, _: RowCache) -> list[Row]:
    """One row for a source and method, the worst first; many queues of an account are one row with a count."""
    groups: dict[str, list[FeedStatus]] = defaultdict(list)
    for status in picture.snapshot.feeds.values():
        groups[key_of(status)].append(status)
    return worst_first(_row(group, place, picture) for place, group in enumerate(groups.values()))


def _row(group: list[FeedStatus], place: int, picture: Picture) -> Row:
    states = [status.freshness(picture.now) for status in group]
    state = worst(states)
    leading = max(
        (status for status, each in zip(group, states, strict=True) if each is state),
        key=lambda status: status.age(picture.now) or 0.0,
    )
    words = picture.shown(words_of(leading) or next(filter(None, map(words_of, group)), ""))
    return Row(
        key=key_of(leading),
        cells=(
            Text(leading.key.source, Role.STRONG),
            Text(leading.key.method if len(group) == 1 else f"{leading.key.method} ×{len(group)}"),
            Text(_state_words(states), ROLE_OF_FRESHNESS[state]),
            Age(leading.succeeded_at),
            latency_of(leading),
            Countdown(min((s.next_at for s in group if s.next_at is not None), default=None), is_limit=False),
            Text(words, Role.TEXT if state is Freshness.LIVE else Role.WARN),
        ),
        words=f"{leading.key.source} {leading.key.method} {freshness_words(state)} {words}",
        rank=(-_ORDER.index(state), place),
    )


def _state_words(states: list[Freshness]) -> str:
    state = worst(states)
    affected = sum(1 for each in states if each is state)
    is_some = 0 < affected < len(states) and state is not Freshness.CONNECTING
    suffix = f" {affected}/{len(states)}" if is_some else ""
    return f"{GLYPH_OF_FRESHNESS[state]} {freshness_words(state)}{suffix}"


def latency_of(status: FeedStatus) -> Text:
    if status.latency is None:
        return Text(UNKNOWN, Role.MUTED)
    milliseconds = status.latency * 1000
    return Text(milliseconds_words(milliseconds), Role.MUTED, milliseconds)


def words_of(status: FeedStatus) -> str:
    """The last fault, else what was odd about the last answer."""
    where = f"{status.key.queue}: " if status.key.queue else ""
    if status.fault is not None:
        return where + fault_words(status.fault)
    return where + "; ".join(map(note_words, status.notes)) if status.notes else ""


def find(picture: Picture, key: str) -> Details | None:
    """All that is known of one row's feeds; None when there are none."""
    group = [status for status in picture.snapshot.feeds.values() if key_of(status) == key]
    lines = [line for status in group for line in _details(status, picture)]
    return Details(f"{group[0].key.source} {group[0].key.method}", tuple(lines)) if group else None


def _details(status: FeedStatus, picture: Picture) -> list[tuple[str, Cell]]:
    freshness = status.freshness(picture.now)
    return [
        (_("Source"), Text(status.key.source, Role.STRONG)),
        (_("Method"), Text(status.key.method)),
        (_("Queue"), Text(status.key.queue or UNKNOWN)),
        (
            _("State"),
            Text(f"{GLYPH_OF_FRESHNESS[freshness]} {freshness_words(freshness)}", ROLE_OF_FRESHNESS[freshness]),
        ),
        (_("Age of the data"), Age(status.succeeded_at)),
        (_("Failing for"), Age(status.failed_since)),
        (_("Last latency"), latency_of(status)),
        (_("Asked every"), Text(_("{seconds} s").format(seconds=f"{status.interval:g}"))),
        (_("Next attempt"), Countdown(status.next_at, is_limit=False)),
        (_("What is wrong"), Text(words_of(status) or _("nothing"))),
    ]
