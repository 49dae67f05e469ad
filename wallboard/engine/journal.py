"""The audit as the dispatcher writes it: a line for each step of a ticket, on disk when the call returns."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from anyio import to_thread

from wallboard.domain.actions import ActionRecord, Outcome, Result, Settlement, Ticket
from wallboard.domain.faults import FaultCode
from wallboard.engine.audit.log import AuditLine, AuditLog, Event

MOST_LOOKED_AT = 200  # of the last actions, for one that was left on its way
T = TypeVar("T")


class Journal:
    """Writes in a thread, for a disk may be slow. Every method raises `AuditError` when the line is not on disk."""

    def __init__(self, audit: AuditLog) -> None:
        self._audit = audit

    async def intend(self, ticket: Ticket, data_age_seconds: float | None) -> None:
        """Before anything is sent."""
        await self._append(_line(Event.INTENT, ticket, data_age_seconds=data_age_seconds))

    async def conclude(self, ticket: Ticket, outcome: Outcome) -> None:
        """What came of it; `reason` among the parameters says why it was not sent or is not known."""
        reason = outcome.obstacle or (outcome.fault.code if outcome.fault else None)
        await self._append(
            _line(
                Event.OUTCOME,
                ticket,
                parameters=ticket.command.parameters | ({"reason": str(reason)} if reason else {}),
                outcome=outcome.result,
                vendor_code=outcome.vendor_code or None,
                vendor_message=outcome.words or None,
                milliseconds=outcome.milliseconds,
            )
        )

    async def settle(self, ticket: Ticket, settlement: Settlement) -> None:
        """What a later poll showed."""
        await self._append(_line(Event.SETTLED, ticket, outcome=settlement))

    async def unfinished(self) -> list[ActionRecord]:
        """Intents of earlier runs of which no outcome is recorded."""
        return await _in_thread(self._audit.unfinished)

    async def left_open(self) -> list[ActionRecord]:
        """Actions that were on their way when a board was left in good order, and that no poll has settled."""
        records = await _in_thread(partial(self._audit.records, limit=MOST_LOOKED_AT))
        return [
            record
            for record in records
            if record.outcome == Result.UNKNOWN
            and record.settlement is None
            and dict(record.parameters).get("reason") == FaultCode.INTERRUPTED
        ]

    async def give_up(self, record: ActionRecord) -> None:
        """Nobody will ever tell what came of it."""
        await self._append(
            AuditLine(
                event=Event.OUTCOME,
                id=record.id,
                action=record.action,
                source=record.source,
                target=record.target,
                words=record.words,
                parameters=dict(record.parameters) | {"reason": FaultCode.INTERRUPTED.value},
                outcome=Result.UNKNOWN,
            )
        )

    async def _append(self, line: AuditLine) -> None:
        await _in_thread(self._audit.append, line)


async def _in_thread(function: Callable[..., T], *arguments: Any) -> T:
    try:
        return await to_thread.run_sync(function, *arguments)
    except RuntimeError:  # no more threads can be had: better that the board stands still for a moment
        return function(*arguments)


def _line(event: Event, ticket: Ticket, **told: object) -> AuditLine:
    command = ticket.command
    common: dict[str, object] = {
        "event": event,
        "id": ticket.id,
        "action": command.kind,
        "source": command.source,
        "target": command.target,
        "words": command.words,
        "parameters": command.parameters,
    }
    return AuditLine(**{**common, **told})  # type: ignore[arg-type]
