"""Queues at work: callers join, wait, give up, are offered to agents and answered."""

from wallboard.simulator.desk import Desk
from wallboard.simulator.entities import Agent, Caller, Direction, Leg, LegStatus, Membership, Outcome, Queue, Ringing
from wallboard.simulator.floor import Floor

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
            if caller.ringing is None and not self._ring(caller):
                return

    def _serve(self, agent: Agent) -> None:
        """Give an agent who became free to his weightiest queue where somebody waits, the longest waiting first."""
        offers = [
            (-membership.queue.plan.weight, caller.joined_at, number, caller)
            for number, membership in enumerate(agent.memberships)
            if membership.is_ready and (caller := _next(membership.queue)) is not None
        ]
        if offers:
            self._ring(min(offers)[3])

    def _ring(self, caller: Caller) -> bool:
        """Ring one agent, or several where the queue rings all; False if nobody is ready."""
        after = self._floor.timeline.after
        ringing = Ringing(caller, [(membership, self._leg(caller)) for membership in _chosen(caller.queue)])
        if not ringing.legs:
            return False
        answers = []
        for membership, leg in ringing.legs:
            self.desk.put(membership.agent, leg)
            answers.append(self._answer_seconds())
        soonest = min(answers)
        if soonest < _RING_SECONDS:
            ringing.end = after(soonest, lambda: self._answer(ringing, answers.index(soonest)))
        else:
            ringing.end = after(_RING_SECONDS, lambda: self._miss(ringing))
        caller.ringing = ringing
        return True

    def _leg(self, caller: Caller) -> Leg:
        queue = caller.queue
        leg = self._floor.leg(queue.vendor, caller.phone, Direction.INCOMING, LegStatus.RINGING)
        leg.call_id, leg.custom = caller.id, caller.custom
        leg.queue, leg.name, leg.did = queue, queue.name, queue.did
        return leg

    def _answer_seconds(self) -> float:
        floor = self._floor
        return floor.random.uniform(2, 11) if floor.happens(floor.scenario.pace.answer_share) else _RING_SECONDS

    def _answer(self, ringing: Ringing, number: int) -> None:
        caller, floor = ringing.caller, self._floor
        queue = caller.queue
        membership, leg = ringing.legs.pop(number)
        self._take_out(caller, Outcome.ANSWERED)
        caller.agent = membership.agent
        queue.answered += 1
        queue.hold_seconds = _average(queue.hold_seconds, floor.now - caller.joined_at, queue.answered)
        seconds = floor.about(queue.plan.talk_seconds)
        self.desk.talk(membership.agent, leg, seconds, lambda: self._complete(membership, leg))
        for other, unanswered in ringing.legs:
            self.desk.drop(other.agent, unanswered)

    def _complete(self, membership: Membership, leg: Leg) -> None:
        queue, now = membership.queue, self._floor.now
        queue.completed += 1
        queue.talk_seconds = _average(queue.talk_seconds, now - (leg.answered_at or now), queue.completed)
        membership.calls_taken += 1
        membership.last_call_at = now

    def _miss(self, ringing: Ringing) -> None:
        ringing.caller.ringing = None
        for membership, leg in ringing.legs:
            self.desk.miss(membership.agent, leg)
        self.offer(ringing.caller.queue)

    def _leave(self, caller: Caller, outcome: Outcome) -> None:
        """A caller goes without having been answered."""
        ringing = caller.ringing
        self._take_out(caller, outcome)
        if outcome is Outcome.KICKED:
            caller.queue.kicked += 1
        else:
            caller.queue.abandoned += 1
        if ringing is not None:
            for membership, leg in ringing.legs:
                self.desk.drop(membership.agent, leg)

    def _take_out(self, caller: Caller, outcome: Outcome) -> None:
        for appointment in (caller.patience, caller.ringing.end if caller.ringing else None):
            if appointment is not None:
                appointment.cancel()
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
