"""What really happened, for those who check what the board says."""

from dataclasses import dataclass

from wallboard.simulator.entities import Caller, Outcome, Queue
from wallboard.simulator.floor import Floor
from wallboard.simulator.scenario import Vendor


@dataclass(frozen=True, slots=True)
class CallerRecord:
    """One caller's stay in one queue. Moments are simulated wall time, seconds since the epoch, UTC."""

    id: str
    queue: str  # path or id
    vendor: Vendor
    phone: str
    joined_at: float
    outcome: Outcome
    ended_at: float | None
    wait_seconds: float
    agent: str | None
    sent_to: str | None

    @property
    def answered_at(self) -> float | None:
        return self.ended_at if self.outcome is Outcome.ANSWERED else None


@dataclass(frozen=True, slots=True)
class QueueCount:
    """Everybody who ever joined a queue, by what became of them."""

    joined: int
    answered: int
    abandoned: int
    kicked: int
    waiting: int


def records(floor: Floor) -> tuple[CallerRecord, ...]:
    """Those who wait now and the last who did, by the moment at which they joined."""
    callers = [*floor.finished, *(caller for queue in floor.queues for caller in queue.waiting.values())]
    return tuple(_record(floor, caller) for caller in sorted(callers, key=lambda caller: caller.joined_at))


def counts(queues: list[Queue]) -> dict[str, QueueCount]:
    """Per queue, by its path or id."""
    return {q.key: QueueCount(q.joined, q.answered, q.abandoned, q.kicked, len(q.waiting)) for q in queues}


def _record(floor: Floor, caller: Caller) -> CallerRecord:
    end = floor.now if caller.ended_at is None else caller.ended_at
    return CallerRecord(
        id=caller.id,
        queue=caller.queue.key,
        vendor=caller.queue.vendor,
        phone=caller.phone,
        joined_at=floor.wall(caller.joined_at),
        outcome=caller.outcome,
        ended_at=None if caller.ended_at is None else floor.wall(caller.ended_at),
        wait_seconds=end - caller.joined_at,
        agent=caller.agent.id if caller.agent else None,
        sent_to=caller.sent_to,
    )
