"""The tickets of this board: what is under way, and the last that ended."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from wallboard.domain.actions import Command, Result, Stage, Ticket
from wallboard.domain.ports import TicketListener, Unsubscribe

MOST_ENDED = 200
CLAIM_SECONDS = 10.0

_log = logging.getLogger(__name__)


class TicketBook:
    """Holds tickets by id and tells listeners of every step."""

    def __init__(self) -> None:
        self._tickets: dict[str, Ticket] = {}
        self._listeners: list[TicketListener] = []

    def __iter__(self) -> Iterator[Ticket]:
        return iter(tuple(self._tickets.values()))

    def __getitem__(self, ticket_id: str) -> Ticket:
        return self._tickets[ticket_id]

    def holds(self, ticket_id: str) -> bool:
        return ticket_id in self._tickets

    def is_checking(self, ticket_id: str) -> bool:
        return ticket_id in self._tickets and self._tickets[ticket_id].is_checking

    def is_waiting(self, ticket_id: str) -> bool:
        return ticket_id in self._tickets and self._tickets[ticket_id].stage is Stage.WAITING

    def put(self, ticket: Ticket) -> Ticket:
        """Keep a ticket, or a later one of its id."""
        self._tickets[ticket.id] = ticket
        self._forget()
        for listener in tuple(self._listeners):
            try:
                listener(ticket)
            except Exception:  # noqa: BLE001 - a listener's mistake must not keep a command from its end
                _log.exception("a listener failed")
        return ticket

    def change(self, ticket_id: str, **changes: Any) -> Ticket:
        return self.put(replace(self._tickets[ticket_id], **changes))

    def listen(self, listener: TicketListener) -> Unsubscribe:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def next_waiting(self, source: str) -> Ticket | None:
        """The one that is due first at an account; of equals the one confirmed first."""
        waiting = [t for t in self._tickets.values() if t.stage is Stage.WAITING and t.command.source == source]
        return min(waiting, key=lambda ticket: ticket.due_at, default=None)

    def waiting_in(self, batch: str, source: str | None = None) -> list[Ticket]:
        """What of a batch has not been sent, at all accounts or at one."""
        return [
            ticket
            for ticket in self._tickets.values()
            if ticket.batch == batch and ticket.stage is Stage.WAITING and source in {None, ticket.command.source}
        ]

    def claimed(self, command: Command, now: float) -> Ticket | None:
        """The ticket under which the same is being done already, or was a moment ago."""
        for ticket in self._tickets.values():
            other = ticket.command
            is_same = (other.kind, other.row_key, other.parameters) == (
                command.kind,
                command.row_key,
                command.parameters,
            )
            if is_same and _is_claim(ticket, now):
                return ticket
        return None

    def _forget(self) -> None:
        ended = [ticket.id for ticket in self._tickets.values() if not ticket.is_open]
        for ticket_id in ended[: max(0, len(ended) - MOST_ENDED)]:
            del self._tickets[ticket_id]


def _is_claim(ticket: Ticket, now: float) -> bool:
    """What was certainly not sent, or was settled, may be done again at once."""
    if ticket.outcome is None:
        return True
    if ticket.outcome.result in {Result.NOT_SENT, Result.REFUSED} or ticket.settlement is not None:
        return False
    return ticket.ended_at is not None and now - ticket.ended_at < CLAIM_SECONDS
