"""What an earlier run left open: intents without an outcome, listed as unknown and never sent again."""

import logging
from collections.abc import Iterable
from dataclasses import fields

from wallboard.clock import Clock
from wallboard.domain.actions import COMMANDS, ActionKind, ActionRecord, Command, Outcome, Result, Stage, Ticket
from wallboard.domain.faults import Fault, FaultCode
from wallboard.domain.feeds import FeedStatus, Subject
from wallboard.engine.audit.log import AuditError
from wallboard.engine.audit.records import LONGEST_ACTION_SECONDS
from wallboard.engine.engine import Engine
from wallboard.engine.journal import Journal
from wallboard.engine.settling import GIVE_UP_SECONDS
from wallboard.engine.tickets import TicketBook

# By then the intents of a program that still seemed to be at it, on this machine or another, are surely abandoned.
LOOK_AGAIN_SECONDS = LONGEST_ACTION_SECONDS + 5

_log = logging.getLogger(__name__)


async def recover_again(clock: Clock, engine: Engine, journal: Journal, book: TicketBook) -> None:
    """Look once more, for what was too young at the start."""
    await clock.sleep(LOOK_AGAIN_SECONDS)
    await recover(clock, engine, journal, book)


async def recover(clock: Clock, engine: Engine, journal: Journal, book: TicketBook) -> None:
    """Put into the book what earlier runs left open; where no outcome tells so, the audit gets one."""
    feeds = tuple(engine.snapshot().feeds.values())
    try:
        for record in await journal.left_open():
            is_young = clock.now() - record.at < GIVE_UP_SECONDS  # later the floor tells nothing of it any more
            if is_young and (ticket := _ticket(record, feeds, clock.monotonic())) and not book.holds(record.id):
                book.put(ticket)
        unfinished = await journal.unfinished()
    except AuditError as error:
        _log.error("what an earlier run left open cannot be told: %s", error)
        return
    for record in unfinished:
        is_recorded = True
        try:
            await journal.give_up(record)
        except AuditError as error:
            is_recorded = False
            _log.error("an outcome could not be recorded (%s): %s", Result.UNKNOWN, error)
        if ticket := _ticket(record, feeds, clock.monotonic(), is_recorded=is_recorded):
            book.put(ticket)


def _ticket(
    record: ActionRecord, feeds: Iterable[FeedStatus], now: float, *, is_recorded: bool = True
) -> Ticket | None:
    """A ticket that waits for a poll to settle the record; None where nothing here tells of its target."""
    command = _command(record, feeds)
    if command is None:
        return None
    return Ticket(
        id=record.id,
        batch=record.id,
        command=command,
        stage=Stage.ENDED,
        due_at=now,
        outcome=Outcome(Result.UNKNOWN, fault=Fault(FaultCode.INTERRUPTED)),
        ended_at=now,
        is_checking=True,
        is_recorded=is_recorded,
    )


def _command(record: ActionRecord, feeds: Iterable[FeedStatus]) -> Command | None:
    """The command as it was, but for secrets: its target is looked for on the floor and nothing else."""
    queue = dict(record.parameters).get("queue", "")
    feed = next((f.key for f in feeds if f.key.source == record.source and _tells(f, queue)), None)
    if feed is None or record.action not in COMMANDS:
        return None
    kind = COMMANDS[ActionKind(record.action)]
    told = {**dict.fromkeys(("queue", "destination", "code"), ""), **dict(record.parameters)}
    told |= {"source": record.source, "target": record.target, "words": record.words}
    return kind(feed=feed, **{each.name: told[each.name] for each in fields(kind) if each.name != "feed"})


def _tells(status: FeedStatus, queue: str) -> bool:
    return status.key.queue == queue if queue else Subject.CAMPAIGNS in status.subjects
