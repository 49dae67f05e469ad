"""A sink that keeps what is submitted and lets a test say what becomes of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from wallboard.domain.actions import ActionKind, Command, Obstacle, Outcome, Result, Stage, Ticket
from wallboard.domain.happenings import Happening, ReadRecords
from wallboard.domain.ports import TicketListener, Unsubscribe

YEMOT_CAN = frozenset(
    {ActionKind.KICK_CALLER, ActionKind.TRANSFER_CALLER, ActionKind.PAUSE_AGENT, ActionKind.RESUME_AGENT}
)
VOICENTER_CAN = frozenset({ActionKind.START_CAMPAIGN, ActionKind.STOP_CAMPAIGN})


@dataclass
class Submission:
    commands: tuple[Command, ...]
    undo_seconds: float
    accepts_stale: bool


@dataclass
class Sink:
    """Implements `ActionSink` in memory."""

    is_read_only: bool = False
    is_locked: bool = False
    unlock_wait: float = 0.0
    pin: str = "2580"
    touches: int = 0
    now: float = 1_000.0
    submissions: list[Submission] = field(default_factory=list)
    book: dict[str, Ticket] = field(default_factory=dict)
    listeners: list[TicketListener] = field(default_factory=list)

    def touch(self) -> None:
        self.touches += 1

    async def unlock(self, pin: str) -> float | None:
        self.is_locked = pin != self.pin
        return 1.0 if self.is_locked else None

    def capabilities(self, source: str) -> frozenset[ActionKind]:
        return YEMOT_CAN if source == "Main line" else VOICENTER_CAN

    def submit(
        self,
        commands: Sequence[Command],
        *,
        undo_seconds: float = 0.0,
        accepts_stale: bool = False,
        continues: str = "",
    ) -> tuple[Ticket, ...]:
        self.submissions.append(Submission(tuple(commands), undo_seconds, accepts_stale))
        batch = f"batch{len(self.submissions)}"
        return tuple(
            self.put(Ticket(f"{batch}-{place}", batch, command, Stage.WAITING, self.now + undo_seconds))
            for place, command in enumerate(commands)
        )

    def claim(self, command: Command) -> Ticket | None:
        same = [t for t in self.book.values() if t.command == command and t.is_open]
        return same[0] if same else None

    def take_back(self, batch: str) -> int:
        waiting = [t for t in self.book.values() if t.batch == batch and t.stage is Stage.WAITING]
        for ticket in waiting:
            self.change(
                ticket.id,
                stage=Stage.ENDED,
                outcome=Outcome(Result.NOT_SENT, obstacle=Obstacle.TAKEN_BACK),
                ended_at=self.now,
            )
        return len(waiting)

    def tickets(self) -> tuple[Ticket, ...]:
        return tuple(self.book.values())

    def listen(self, listener: TicketListener) -> Unsubscribe:
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    # What a test does

    def put(self, ticket: Ticket) -> Ticket:
        self.book[ticket.id] = ticket
        for listener in self.listeners:
            listener(ticket)
        return ticket

    def change(self, ticket_id: str, **changes: Any) -> Ticket:
        return self.put(replace(self.book[ticket_id], **changes))

    @property
    def commands(self) -> list[Command]:
        """All that was ever submitted."""
        return [command for submission in self.submissions for command in submission.commands]


class NoActivity:
    """Nothing was done and nothing happened."""

    def happenings(self) -> tuple[Happening, ...]:
        return ()

    async def records(self) -> ReadRecords:
        return ReadRecords(())
