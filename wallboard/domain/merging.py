"""Merges the parts of all feeds into one floor on which every person stands once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from wallboard.domain.agents import GROUP_OF_STATE, Agent, AgentState, CallStatus, StateGroup
from wallboard.domain.callers import Caller
from wallboard.domain.campaigns import DirectoryEntry
from wallboard.domain.feeds import FeedKey
from wallboard.domain.ports import Part
from wallboard.domain.queues import Queue
from wallboard.domain.snapshot import Floor

_ANSWERED = frozenset({CallStatus.TALKING, CallStatus.HOLD})
# Of an agent of several queues: a live call seen by one queue outranks what the others think of his phone.
_PRECEDENCE = (
    AgentState.ON_CALL,
    AgentState.PAUSED_ON_CALL,
    AgentState.ON_HOLD,
    AgentState.DIALING,
    AgentState.RINGING,
    *(state for state in AgentState if GROUP_OF_STATE[state] is not StateGroup.ON_CALL),
)

Place = tuple[tuple[Agent, ...], DirectoryEntry | None]


class FloorMerger:
    """Keeps what the last floor was made of, so that an agent nobody changed stays the same object."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], tuple[Place, Agent]] = {}

    def merge(self, parts: Mapping[FeedKey, Part]) -> Floor:
        """The floor of these parts; sources in the order of their first feed."""
        by_source: dict[str, list[Part]] = defaultdict(list)
        for key, part in parts.items():
            by_source[key.source].append(part)
        queues: list[Queue] = []
        callers: list[Caller] = []
        agents: list[Agent] = []
        made: dict[tuple[str, str], tuple[Place, Agent]] = {}
        for source, answers in by_source.items():
            present = self._agents(source, answers, made)
            waiting = _waiting(answers, present)
            agents += present
            hidden = {queue.id for part in answers for queue in part.queues if queue.is_hidden}
            callers += [caller for caller in waiting if caller.queue not in hidden]
            queues += _queues(answers, waiting)
        self._made = made
        return Floor(
            queues=tuple(queues),
            callers=tuple(callers),
            agents=tuple(agents),
            campaigns=tuple(campaign for part in parts.values() for campaign in part.campaigns),
            accounts=tuple(part.account for part in parts.values() if part.account),
        )

    def _agents(self, source: str, parts: list[Part], made: dict[tuple[str, str], tuple[Place, Agent]]) -> list[Agent]:
        directory = {entry.id: entry for part in parts for entry in part.directory}
        seen: dict[str, list[Agent]] = defaultdict(list)
        received: dict[str, float] = {}
        for part in parts:
            for agent in part.agents:
                seen[agent.id].append(agent)
                received[agent.id] = part.received_at
        agents = []
        for agent_id, views in seen.items():
            place: Place = (tuple(views), directory.get(agent_id))
            before = self._made.get((source, agent_id))
            if before is not None and _is_same(before[0], place):
                agent = before[1]
            else:
                agent = _since(_named(_combined(views), place[1]), before and before[1], received[agent_id])
            made[source, agent_id] = (place, agent)
            agents.append(agent)
        return agents


def _is_same(before: Place, after: Place) -> bool:
    return (
        before[1] is after[1]
        and len(before[0]) == len(after[0])
        and all(a is b for a, b in zip(before[0], after[0], strict=True))
    )


def _combined(views: list[Agent]) -> Agent:
    """One agent of all the queues that see him; `paused_in` counts those in which he is paused."""
    if len(views) == 1:
        return views[0]
    paused_in = sum(view.paused_in for view in views)
    busy = [view for view in views if view.group is StateGroup.ON_CALL]
    awake = [view for view in views if not view.paused_in]
    leading = min(busy or awake or views, key=lambda view: _PRECEDENCE.index(view.state))
    state = leading.state
    if state is AgentState.PAUSED_ON_CALL and paused_in < len(views):
        state = AgentState.ON_CALL
    return replace(
        leading,
        state=state,
        queues=tuple(queue for view in views for queue in view.queues),
        feeds=tuple(feed for view in views for feed in view.feeds),
        paused_in=paused_in,
        is_paused=paused_in == len(views),
        calls_taken=_sum(view.calls_taken for view in views),
        last_call_at=max((view.last_call_at for view in views if view.last_call_at is not None), default=None),
        penalty=min((view.penalty for view in views if view.penalty is not None), default=None),
    )


def _named(agent: Agent, entry: DirectoryEntry | None) -> Agent:
    if entry is None:
        return agent
    return replace(agent, name=agent.name or entry.name, number=entry.number or agent.number, team=entry.team)


def _since(agent: Agent, before: Agent | None, received_at: float) -> Agent:
    """Add how long the state has lasted: told by the vendor, or watched by us since it began."""
    if agent.state_since is not None:
        return replace(agent, seen_since=agent.state_since)
    if before is None:
        return replace(agent, seen_since=received_at)
    if before.state is agent.state and before.raw_state == agent.raw_state:
        return replace(agent, state_since=before.state_since, seen_since=before.seen_since)
    return replace(agent, state_since=received_at, seen_since=received_at)


def _waiting(parts: list[Part], agents: list[Agent]) -> list[Caller]:
    """Callers once each: one who rings at an agent still waits, one who talks does not any more."""
    ringing: set[str] = set()
    answered: set[str] = set()
    for agent in agents:
        for call in agent.calls:
            if call.status is CallStatus.RINGING:
                ringing.add(call.id)
            elif call.status in _ANSWERED:
                answered.add(call.id)
    waiting = {caller.id: caller for part in parts for caller in part.callers if caller.id not in answered}
    return [replace(c, is_ringing=True) if c.id in ringing else c for c in waiting.values()]


def _queues(parts: list[Part], waiting: list[Caller]) -> list[Queue]:
    """Queues whose figures agree with the callers left after counting people once."""
    kept = {(caller.queue, caller.id) for caller in waiting}
    joined: dict[str, float] = {}
    for caller in waiting:
        if caller.joined_at is not None:
            joined[caller.queue] = min(caller.joined_at, joined.get(caller.queue, caller.joined_at))
    queues = []
    for part in parts:
        gone: dict[str, int] = defaultdict(int)
        for caller in part.callers:
            gone[caller.queue] += (caller.queue, caller.id) not in kept
        for queue in part.queues:
            if queue.is_hidden:
                continue
            waiting_now = None if queue.waiting is None else max(0, queue.waiting - gone[queue.id])
            queues.append(replace(queue, waiting=waiting_now, longest_joined_at=joined.get(queue.id)))
    return queues


def _sum(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
