"""Whether later polls show that what was sent was also carried out."""

import logging

import anyio
from anyio.abc import TaskGroup

from wallboard.clock import Clock
from wallboard.domain.actions import Result, Settlement, Standing, Ticket
from wallboard.domain.snapshot import Snapshot
from wallboard.engine.audit.log import AuditError
from wallboard.engine.engine import Engine
from wallboard.engine.journal import Journal
from wallboard.engine.tickets import TicketBook

# A poll sooner than this after the outcome may still show the floor as it was.
LAG_SECONDS = 2.0
LAG_OF_UNKNOWN_SECONDS = 4.0  # a vendor that gave no answer may carry it out late
ASK_AGAIN_SECONDS = 2.1  # a little more, so that the poll which follows certainly tells
GIVE_UP_SECONDS = 600.0

_log = logging.getLogger(__name__)


def settlement_of(ticket: Ticket, snapshot: Snapshot) -> Settlement | None:
    """What the snapshot shows of a ticket that is being checked; None while it shows nothing.

    Only a poll that began after the outcome tells anything; one that still shows the target as it was has to have
    begun a little later still.
    """
    lag = _lag(ticket, snapshot)
    if lag <= 0:
        return None
    standing = ticket.command.standing(snapshot.floor)
    if standing in ticket.command.effects:
        return Settlement.VERIFIED
    is_late_enough = lag >= _needed_lag(ticket)
    return Settlement.CONTRADICTED if standing is Standing.AS_SHOWN and is_late_enough else None


def _needed_lag(ticket: Ticket) -> float:
    is_unknown = ticket.outcome is not None and ticket.outcome.result is Result.UNKNOWN
    return LAG_OF_UNKNOWN_SECONDS if is_unknown else LAG_SECONDS


def _lag(ticket: Ticket, snapshot: Snapshot) -> float:
    """How long after the outcome the last good poll began, in seconds; below 0: before it, or never."""
    status = snapshot.feeds.get(ticket.command.feed)
    if status is None or status.succeeded_at is None or ticket.ended_at is None:
        return -1.0
    return status.succeeded_at - (status.latency or 0.0) - ticket.ended_at


class Settler:
    """Looks at every snapshot for what the tickets under check are waiting for."""

    def __init__(self, clock: Clock, engine: Engine, journal: Journal, book: TicketBook) -> None:
        self._clock = clock
        self._engine = engine
        self._journal = journal
        self._book = book
        self._writing: set[str] = set()  # ids whose settlement is on its way to the disk
        self._tasks: TaskGroup | None = None

    async def run(self) -> None:
        """Settle until cancelled."""
        async with anyio.create_task_group() as tasks:
            self._tasks = tasks
            unsubscribe = self._engine.subscribe(self._look)
            try:
                await anyio.sleep_forever()
            finally:
                unsubscribe()
                self._tasks = None  # a command may still come to its end; nobody looks after it any more

    def ended(self, ticket: Ticket) -> None:
        """A command has come to its end: have its feed asked, and again where that was too soon to tell."""
        if ticket.outcome is not None and ticket.outcome.result is not Result.NOT_SENT:
            self._engine.refresh_feed(ticket.command.feed)
            if ticket.is_checking and self._tasks is not None:
                self._tasks.start_soon(self._ask_again, ticket.id)

    async def _ask_again(self, ticket_id: str) -> None:
        await self._clock.sleep(ASK_AGAIN_SECONDS)
        if self._book.is_checking(ticket_id):
            self._engine.refresh_feed(self._book[ticket_id].command.feed)

    def _look(self, snapshot: Snapshot) -> None:
        for ticket in self._book:
            if not ticket.is_checking or ticket.id in self._writing or self._tasks is None:
                continue
            if settlement := settlement_of(ticket, snapshot):
                self._writing.add(ticket.id)
                self._tasks.start_soon(self._settle, ticket, settlement)
            elif _lag(ticket, snapshot) > GIVE_UP_SECONDS:
                self._book.change(ticket.id, is_checking=False)

    async def _settle(self, ticket: Ticket, settlement: Settlement) -> None:
        is_recorded = True
        with anyio.CancelScope(shield=True):
            try:
                await self._journal.settle(ticket, settlement)
            except AuditError as error:
                is_recorded = False
                _log.error("a settlement could not be recorded (%s): %s", settlement, error)
        self._writing.discard(ticket.id)
        self._book.change(ticket.id, settlement=settlement, is_checking=False, is_recorded=is_recorded)
