"""Callers who wait: the longest first, with the time left to their queue's limit."""

from functools import partial

from wallboard.domain.callers import Caller
from wallboard.domain.thresholds import Thresholds
from wallboard.language.catalog import N_, _
from wallboard.language.format import UNKNOWN
from wallboard.ui.cells import NOTHING, Age, Cell, Countdown, Row, Text
from wallboard.ui.columns import Column
from wallboard.ui.panels.picture import Details, Picture, RowCache, or_never
from wallboard.ui.roles import Role

COLUMNS = (
    Column("position", "#", importance=3, is_right=True),
    Column("phone", N_("Phone"), least=10, most=20),
    Column("queue", N_("Queue"), importance=1, least=8, most=24),
    Column("waiting", N_("Waiting"), is_right=True),
    Column("limit", N_("Left"), importance=2, is_right=True),
    Column("ringing", N_("State"), importance=4),
)
WITHHELD = N_("withheld")


def key_of(caller: Caller) -> str:
    return f"{caller.source}/{caller.id}"


def limits_of(caller: Caller, picture: Picture) -> Thresholds:
    """The thresholds of the caller's queue."""
    queue = picture.queues.get((caller.source, caller.queue))
    return queue.thresholds if queue else picture.thresholds


def rows(picture: Picture, cache: RowCache) -> list[Row]:
    """One row a caller; whoever is nearest to, or furthest past, the limit first."""
    queues = {key: (queue.thresholds, queue.name) for key, queue in picture.queues.items()}
    return cache.rows(picture.snapshot.floor.callers, (queues, picture.held), partial(_row, picture))


def _row(picture: Picture, caller: Caller) -> Row:
    limits = limits_of(caller, picture)
    queue_name = picture.queue_name(caller.source, caller.queue)
    joined = or_never(caller.joined_at)
    phone = phone_of(caller, picture)
    return Row(
        key=key_of(caller),
        cells=(
            Text(str(caller.position or UNKNOWN), Role.MUTED, -(caller.position or 0) if caller.position else None),
            Text(phone, Role.STRONG if caller.phone else Role.MUTED),
            Text(queue_name),
            Age(caller.joined_at, limits.longest_wait_seconds),
            countdown(caller, limits),
            Text("◎ " + _("ringing"), Role.RINGING) if caller.is_ringing else NOTHING,
        ),
        feeds=(caller.feed,),
        as_of=picture.as_of((caller.feed,)),
        words=f"{phone} {queue_name} {caller.id}",
        rank=(joined + limits.longest_wait_seconds.breach, joined, caller.id),
    )


def phone_of(caller: Caller, picture: Picture) -> str:
    return picture.shown(caller.phone) if caller.phone else _(WITHHELD)


def recorded_name(caller: Caller, picture: Picture) -> str:
    """What a command calls the caller. The audit keeps it, so it is in English whatever is spoken."""
    return picture.shown(caller.phone) if caller.phone else WITHHELD


def countdown(caller: Caller, limits: Thresholds) -> Countdown:
    """Time left to the queue's own breach."""
    wait = limits.longest_wait_seconds
    until = None if caller.joined_at is None else caller.joined_at + wait.breach
    return Countdown(until, warn_seconds=wait.breach - wait.warn)


def find(picture: Picture, key: str) -> Details | None:
    """All that is known of one row; None when it is gone."""
    caller = next((each for each in picture.snapshot.floor.callers if key_of(each) == key), None)
    if caller is None:
        return None
    return Details(phone_of(caller, picture), tuple(_details(caller, picture)), (caller.feed,))


def _details(caller: Caller, picture: Picture) -> list[tuple[str, Cell]]:
    limits = limits_of(caller, picture)
    return [
        (_("Phone"), Text(phone_of(caller, picture))),
        (_("Queue"), Text(picture.queue_name(caller.source, caller.queue))),
        (_("Source"), Text(caller.source)),
        (_("Position"), Text(str(caller.position or UNKNOWN))),
        (_("Waiting for"), Age(caller.joined_at, limits.longest_wait_seconds)),
        (_("Left to the limit"), countdown(caller, limits)),
        (_("Now"), Text(_("rings at an agent"), Role.RINGING) if caller.is_ringing else Text(_("waits"))),
        (_("Call id"), Text(caller.id, Role.MUTED)),
    ]
