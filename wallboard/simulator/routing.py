"""Queues at work: callers join, wait, give up, are offered to agents and answered."""

from wallboard.simulator.desk import Desk
from wallboard.simulator.floor import (
    Agent,
    Caller,
    Direction,
    Floor,
    Leg,
    LegStatus,
    Membership,
    Outcome,
    Queue,
    Ringing,
)

_RING_SECONDS = 18.0
_RINGALL_COUNT = 3
_LEAST_PATIENCE_SECONDS = 8


class Routing:
    """Moves callers from queues to desks."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self.desk = Desk(floor, self._serve)

    def join(self, queue: Queue, phone: str, patience_seconds: float | None = None) -> Caller:
        """Let a caller wait in a queue; without a patience of his own he has the queue's."""
        floor = self._floor
        if patience_seconds is None:
            patience_seconds = _LEAST_PATIENCE_SECONDS + queue.random.expovariate(1 / queue.plan.patience_seconds)
        caller = Caller(floor.new_call_id(queue.vendor), phone, queue, floor.now)
        if queue.random.random() < 0.2:
            caller.custom = {"CustomerNumber": str(queue.random.randrange(10_000, 99_999)), "IsDoNotCallMe": "0"}
        caller.patience = floor.timeline.after(patience_seconds, lambda: self._leave(caller, Outcome.ABANDONED))
        queue.joined += 1
        queue.waiting[caller.id] = caller
        self.offer(queue)
        return caller

    def kick(self, caller: Caller, sent_to: str | None, queue: Queue | None) -> None:
        """Take a waiting caller out; `sent_to` is where he was sent, `queue` the queue that is there, if one is."""
        caller.sent_to = sent_to
        self._leave(caller, Outcome.KICKED)
        if queue is not None:
            self.join(queue, caller.phone)

    def offer(self, queue: Queue) -> None:
        """Ring agents for those who wait in a queue, first come first served, as long as there are agents."""
        for caller in list(queue.waiting.values()):
            if caller.ringing is None and caller.outcome is Outcome.WAITING and not self._ring(caller):
                return

    def _serve(self, agent: Agent) -> None:
        """Give an agent who became free to the queue whose next caller waits longest."""
        offers = [
            (caller.joined_at, number, caller)
            for number, membership in enumerate(agent.memberships)
            if membership.is_ready and (caller := _next(membership.queue)) is not None
        ]
        if offers:
            self._ring(min(offers)[2])

    def _ring(self, caller: Caller) -> bool:
        """Ring one agent, or several where the queue rings all; False if nobody is ready."""
        queue, floor = caller.queue, self._floor
        chosen = _chosen(queue)
        if not chosen:
            return False
        legs, answers = [], []
        for membership in chosen:
            leg = floor.leg(queue.vendor, caller.phone, Direction.INCOMING, LegStatus.RINGING)
            leg.call_id, leg.name, leg.queue, leg.did, leg.custom = (
                caller.id,
                queue.name,
                queue,
                queue.did,
                caller.custom,
            )
            self.desk.put(membership.agent, leg)
            legs.append((membership, leg))
            answers.append(
                floor.random.uniform(2, 11) if floor.happens(floor.scenario.pace.answer_share) else _RING_SECONDS
            )
        first = min(range(len(answers)), key=answers.__getitem__)
        if answers[first] < _RING_SECONDS:
            end = floor.timeline.after(answers[first], lambda: self._answer(caller, first))
        else:
            end = floor.timeline.after(_RING_SECONDS, lambda: self._miss(caller))
        caller.ringing = Ringing(legs, end)
        return True

    def _answer(self, caller: Caller, number: int) -> None:
        ringing, queue, floor = caller.ringing, caller.queue, self._floor
        assert ringing is not None  # noqa: S101 - the appointment lives only while it rings
        membership, leg = ringing.legs.pop(number)
        self._take_out(caller, Outcome.ANSWERED)
        caller.agent = membership.agent
        queue.answered += 1
        queue.hold_seconds = _average(queue.hold_seconds, floor.now - caller.joined_at, queue.answered)
        self.desk.talk(
            membership.agent, leg, floor.about(queue.plan.talk_seconds), lambda: self._complete(membership, leg)
        )
        for other, unanswered in ringing.legs:
            self.desk.drop(other.agent, unanswered)

    def _complete(self, membership: Membership, leg: Leg) -> None:
        queue, now = membership.queue, self._floor.now
        queue.completed += 1
        queue.talk_seconds = _average(queue.talk_seconds, now - (leg.answered_at or now), queue.completed)
        membership.calls_taken += 1
        membership.last_call_at = now

    def _miss(self, caller: Caller) -> None:
        ringing = caller.ringing
        assert ringing is not None  # noqa: S101 - the appointment lives only while it rings
        caller.ringing = None
        for membership, leg in ringing.legs:
            self.desk.miss(membership.agent, leg)
        self.offer(caller.queue)

    def _leave(self, caller: Caller, outcome: Outcome) -> None:
        """A caller goes without having been answered."""
        ringing = caller.ringing
        self._take_out(caller, outcome)
        if outcome is Outcome.KICKED:
            caller.queue.kicked += 1
        else:
            caller.queue.abandoned += 1
        if ringing is not None:
            ringing.end.cancel()
            for membership, leg in ringing.legs:
                self.desk.drop(membership.agent, leg)

    def _take_out(self, caller: Caller, outcome: Outcome) -> None:
        if caller.patience is not None:
            caller.patience.cancel()
        caller.outcome, caller.ended_at, caller.ringing = outcome, self._floor.now, None
        del caller.queue.waiting[caller.id]
        self._floor.finished.append(caller)


def _next(queue: Queue) -> Caller | None:
    return next((caller for caller in queue.waiting.values() if caller.ringing is None), None)


def _chosen(queue: Queue) -> list[Membership]:
    """The agents to ring next: lowest penalty first, then the longest idle."""
    ready = [membership for membership in queue.members if membership.is_ready]
    ready.sort(key=lambda membership: (membership.penalty, membership.agent.idle_since))
    return ready[: _RINGALL_COUNT if queue.plan.strategy == "ringall" else 1]


def _average(old: int, sample: float, count: int) -> int:
    """Asterisk's moving average: the first sample as it is, then three parts old and one part new."""
    return int(sample) if count == 1 else (3 * old + int(sample)) >> 2
