"""Carries out commands: one attempt each, serial for each account, intent and outcome on disk."""

import logging
from collections.abc import Sequence
from uuid import uuid4

import anyio
from anyio.lowlevel import checkpoint

from wallboard.clock import Clock
from wallboard.config.mishap import place_of
from wallboard.domain.actions import ActionKind, Command, Obstacle, Outcome, Result, Stage, Standing, Ticket
from wallboard.domain.faults import Fault, FaultCode
from wallboard.domain.feeds import Freshness
from wallboard.domain.ports import Source, TicketListener, Unsubscribe
from wallboard.engine.audit.log import AuditError, AuditLog
from wallboard.engine.engine import Engine
from wallboard.engine.gate import Gate
from wallboard.engine.journal import Journal
from wallboard.engine.limiter import Limiter
from wallboard.engine.recovery import recover, recover_again
from wallboard.engine.settling import Settler
from wallboard.engine.tickets import TicketBook

MOST_WAIT_SECONDS = 10.0  # for the operator's limit, the vendor's wish to wait, or its turn; then it is too old
SPARE_SECONDS = 2.0  # beyond the command's own deadline, which the vendors keep: for what was not foreseen
LEAVING_SECONDS = 1.5
_UNUSABLE = frozenset({Freshness.DOWN, Freshness.AUTH, Freshness.CONNECTING})
_OBSTACLE_OF_STANDING = {
    Standing.GONE: Obstacle.TARGET_GONE,
    Standing.MOVED: Obstacle.TARGET_MOVED,
    Standing.CHANGED: Obstacle.TARGET_CHANGED,
}
# Nobody confirmed anything, or nothing can be written.
_UNRECORDED = frozenset({Obstacle.READ_ONLY, Obstacle.LOCKED, Obstacle.TAKEN_BACK, Obstacle.NO_AUDIT})

_log = logging.getLogger(__name__)


class Dispatcher:
    """Implements `domain.ports.ActionSink`: `run` it, `leave` it, and cancel it."""

    def __init__(self, clock: Clock, engine: Engine, sources: Sequence[Source], audit: AuditLog, gate: Gate) -> None:
        self._clock = clock
        self._engine = engine
        self._sources = {source.name: source for source in sources}
        self._journal = Journal(audit)
        self._gate = gate
        self._limiter = Limiter()
        self._book = TicketBook()
        self._worked_at: dict[str, float] = {}  # accounts, and when the last command of each came to its end
        self._under_way: set[str] = set()  # ids that cannot be taken back any more
        self._is_leaving = False
        self._held: dict[str, float] = {}  # accounts that asked to wait, until when
        self._naps: dict[str, anyio.CancelScope] = {}
        self._sending: set[anyio.CancelScope] = set()
        self._settler = Settler(clock, engine, self._journal, self._book)

    # What the ui asks

    @property
    def is_read_only(self) -> bool:
        return self._gate.is_read_only

    @property
    def is_locked(self) -> bool:
        return self._gate.is_locked

    @property
    def unlock_wait(self) -> float:
        return self._gate.unlock_wait

    def touch(self) -> None:
        self._gate.touch()

    async def unlock(self, pin: str) -> float | None:
        return await self._gate.unlock(pin)

    def capabilities(self, source: str) -> frozenset[ActionKind]:
        return self._sources[source].capabilities if source in self._sources else frozenset()

    def claim(self, command: Command) -> Ticket | None:
        return self._book.claimed(command, self._clock.monotonic())

    def tickets(self) -> tuple[Ticket, ...]:
        return tuple(self._book)

    def listen(self, listener: TicketListener) -> Unsubscribe:
        return self._book.listen(listener)

    def submit(
        self,
        commands: Sequence[Command],
        *,
        undo_seconds: float = 0.0,
        accepts_stale: bool = False,
        continues: str = "",
    ) -> tuple[Ticket, ...]:
        """Have commands carried out one after the other; what is being done already keeps its ticket."""
        now = self._clock.monotonic()
        is_counted = any(ticket.batch == continues for ticket in self._book)
        batch = continues if is_counted else uuid4().hex
        counts_at = now if is_counted else self._limiter.earliest(now)
        due_at = counts_at + undo_seconds
        refusal = self._refusal(commands, counts_at - now)
        # One after the other: the same may be in it twice.
        tickets = [
            self._book.claimed(command, now)
            or self._opened(command, batch, due_at, refusal, accepts_stale=accepts_stale)
            for command in commands
        ]
        if refusal is None and not is_counted and any(ticket.batch == batch for ticket in tickets):
            self._limiter.confirm(counts_at)
        self._wake(*(command.source for command in commands))
        return tuple(tickets)

    def take_back(self, batch: str) -> int:
        """Take back what of a batch has not been sent; how many that were."""
        waiting = [ticket for ticket in self._book.waiting_in(batch) if ticket.id not in self._under_way]
        for ticket in waiting:
            self._close(ticket, Outcome(Result.NOT_SENT, obstacle=Obstacle.TAKEN_BACK))
        self._wake(*(ticket.command.source for ticket in waiting))
        return len(waiting)

    # How it lives

    async def run(self) -> None:
        """Carry out what is submitted, until cancelled."""
        await recover(self._clock, self._engine, self._journal, self._book)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self._settler.run)
            tasks.start_soon(recover_again, self._clock, self._engine, self._journal, self._book)
            for source in self._sources.values():
                tasks.start_soon(self._work, source)

    def leave(self) -> None:
        """The program ends: what is on its way gets a moment more, and is unknown after that."""
        self._is_leaving = True
        for scope in self._sending:
            scope.deadline = min(scope.deadline, anyio.current_time() + LEAVING_SECONDS)

    async def _work(self, source: Source) -> None:
        """One command of an account after the other."""
        while True:
            ticket = self._book.next_waiting(source.name)
            now = self._clock.monotonic()
            if ticket is not None and ticket.due_at <= now:
                await self._carry_out(source, ticket, now)
                continue
            with anyio.CancelScope() as self._naps[source.name]:
                await (anyio.sleep_forever() if ticket is None else self._clock.sleep(ticket.due_at - now))

    def _wake(self, *sources: str) -> None:
        for source in set(sources) & self._naps.keys():
            self._naps[source].cancel()

    async def _carry_out(self, source: Source, ticket: Ticket, now: float) -> None:
        expires_at = self._expires_at(ticket)
        held_until = max(self._held.get(source.name, 0.0), self._engine.held_until(ticket.command.feed))
        if now <= expires_at < held_until:
            busy = Outcome(Result.NOT_SENT, obstacle=Obstacle.VENDOR_BUSY, seconds=held_until - now)
            await self._end(ticket, busy)
        elif now < held_until <= expires_at:
            self._book.change(ticket.id, due_at=held_until)
        else:
            await self._engine.paces[source.name].urgent_turn()
            await checkpoint()  # when the program ends, the rest of a batch must not go
            if self._book.is_waiting(ticket.id):  # not taken back meanwhile
                with anyio.CancelScope(shield=True):
                    await self._attempt(source, ticket)

    def _expires_at(self, ticket: Ticket) -> float:
        """As long as its account works it may wait for its turn."""
        return max(ticket.expires_at, self._worked_at.get(ticket.command.source, 0.0) + MOST_WAIT_SECONDS)

    async def _attempt(self, source: Source, ticket: Ticket) -> None:
        """Intent, one sending, outcome; nothing in between can be taken back or cut short."""
        self._under_way.add(ticket.id)
        outcome = self._unsent(source, ticket) or await self._intend(ticket)
        is_intended = outcome is None
        # Looked at again: the disk may have been slow.
        outcome = outcome or self._unsent(source, ticket) or await self._send(source, ticket)
        if outcome.obstacle is not Obstacle.EXPIRED:  # or all that waits behind it would be young again
            self._worked_at[source.name] = self._clock.monotonic()
        await self._end(ticket, outcome, is_intended=is_intended)

    def _unsent(self, source: Source, ticket: Ticket) -> Outcome | None:
        """Why it must not be sent now, whatever was so when it was confirmed."""
        if self._is_leaving:
            return Outcome(Result.NOT_SENT, fault=Fault(FaultCode.INTERRUPTED))
        command, snapshot, now = ticket.command, self._engine.snapshot(), self._clock.monotonic()
        status = snapshot.feeds.get(command.feed)
        freshness = status.freshness(now) if status else Freshness.DOWN
        seconds = None
        if now > self._expires_at(ticket):
            obstacle: Obstacle | None = Obstacle.EXPIRED
        elif closed := self._gate.obstacle():
            obstacle = closed
        elif command.kind not in source.capabilities:
            obstacle = Obstacle.NOT_CAPABLE
        elif freshness in _UNUSABLE:
            obstacle = Obstacle.FEED_DOWN
        elif freshness is Freshness.STALE and not ticket.accepts_stale:
            obstacle, seconds = Obstacle.FEED_STALE, status.age(now) if status else None
        else:
            obstacle = _OBSTACLE_OF_STANDING.get(command.standing(snapshot.floor))
        return Outcome(Result.NOT_SENT, obstacle=obstacle, seconds=seconds) if obstacle else None

    async def _intend(self, ticket: Ticket) -> Outcome | None:
        """Put the intent on disk; what cannot be recorded is not done."""
        status = self._engine.snapshot().feeds.get(ticket.command.feed)
        try:
            await self._journal.intend(ticket, status.age(self._clock.monotonic()) if status else None)
        except AuditError as error:
            return Outcome(Result.NOT_SENT, words=error.words, obstacle=Obstacle.NO_AUDIT)
        return None

    async def _send(self, source: Source, ticket: Ticket) -> Outcome:
        self._book.change(ticket.id, stage=Stage.SENDING)
        with anyio.move_on_after(ticket.command.seconds + SPARE_SECONDS) as scope:
            self._sending.add(scope)
            try:
                return await source.perform(ticket.command)
            except Exception as error:  # noqa: BLE001 - one of three guarded borders: nothing may leave a ticket open
                _log.error("%s: unexpected %s", ticket.command.kind, type(error).__name__, extra=place_of(error))
                return Outcome(Result.UNKNOWN, fault=Fault(FaultCode.INTERNAL, words=type(error).__name__))
            finally:
                self._sending.discard(scope)
        return Outcome(Result.UNKNOWN, fault=Fault(FaultCode.INTERRUPTED))

    # How it ends

    async def _end(self, ticket: Ticket, outcome: Outcome, *, is_intended: bool = False) -> None:
        """The outcome on disk, then on the screen; a trouble of the road keeps the rest of the batch from going."""
        source = ticket.command.source
        self._settler.ended(await self._conclude(ticket, outcome, is_intended=is_intended))
        if outcome.fault is not None and outcome.fault.retry_after is not None:
            self._held[source] = self._clock.monotonic() + outcome.fault.retry_after
        is_road = outcome.result is Result.NOT_SENT and outcome.fault is not None
        is_shut = outcome.fault is not None and outcome.fault.needs_person
        if is_road or is_shut or outcome.result is Result.UNKNOWN:
            while rest := self._book.waiting_in(ticket.batch, source):
                await self._conclude(rest[0], Outcome(Result.NOT_SENT, obstacle=Obstacle.STOPPED))

    async def _conclude(self, ticket: Ticket, outcome: Outcome, *, is_intended: bool = False) -> Ticket:
        self._under_way.add(ticket.id)
        is_recorded = True
        if is_intended or outcome.obstacle not in _UNRECORDED:
            try:
                await self._journal.conclude(ticket, outcome)
            except AuditError as error:
                is_recorded = False
                _log.error("an outcome could not be recorded (%s): %s", outcome.result, error)
        return self._close(ticket, outcome, is_recorded=is_recorded)

    def _close(self, ticket: Ticket, outcome: Outcome, *, is_recorded: bool = True) -> Ticket:
        self._under_way.discard(ticket.id)
        return self._book.change(
            ticket.id,
            stage=Stage.ENDED,
            outcome=outcome,
            ended_at=self._clock.monotonic(),
            is_checking=ticket.command.is_seen and outcome.result in {Result.OK, Result.UNKNOWN},
            is_recorded=is_recorded,
        )

    def _refusal(self, commands: Sequence[Command], hold_seconds: float) -> Outcome | None:
        """Why a confirmation is not even taken."""
        obstacle = self._gate.obstacle()
        if obstacle is None and not self._sources.keys() >= {command.source for command in commands}:
            obstacle = Obstacle.NOT_CAPABLE
        if obstacle is not None:
            return Outcome(Result.NOT_SENT, obstacle=obstacle)
        if hold_seconds > MOST_WAIT_SECONDS:
            return Outcome(Result.NOT_SENT, obstacle=Obstacle.TOO_MANY, seconds=hold_seconds)
        return None

    def _opened(
        self, command: Command, batch: str, due_at: float, refusal: Outcome | None, *, accepts_stale: bool
    ) -> Ticket:
        ticket = self._book.put(
            Ticket(
                id=uuid4().hex[:12],
                batch=batch,
                command=command,
                stage=Stage.WAITING,
                due_at=due_at,
                expires_at=due_at + MOST_WAIT_SECONDS,
                accepts_stale=accepts_stale,
            )
        )
        return self._close(ticket, refusal) if refusal else ticket
