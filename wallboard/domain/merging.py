"""Merges the parts of all feeds into one floor on which every person stands once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import is_
from typing import NamedTuple, TypeVar

from wallboard.domain.agents import GROUP_OF_STATE, Agent, AgentState, CallStatus, StateGroup
from wallboard.domain.callers import Caller
from wallboard.domain.campaigns import DirectoryEntry
from wallboard.domain.feeds import FeedKey
from wallboard.domain.ports import Part
from wallboard.domain.queues import Queue
from wallboard.domain.snapshot import Floor

Entity = TypeVar("Entity")

JITTER_SECONDS = 1.0
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


class FloorMerger:
    """Keeps what the last floor was made of, so that what nobody changed stays the same object."""

    def __init__(self) -> None:
        self._sources: dict[str, _Source] = {}
        self._floor = Floor()

    def merge(self, parts: Mapping[FeedKey, Part]) -> Floor:
        """The floor of these parts; sources in the order of their first feed."""
        by_source: dict[str, list[Part]] = defaultdict(list)
        for key, part in parts.items():
            by_source[key.source].append(part)
        merged = [self._merged(source, tuple(answers)) for source, answers in by_source.items()]
        was = self._floor
        self._floor = Floor(
            queues=_kept(was.queues, [queue for source in merged for queue in source.queues]),
            callers=_kept(was.callers, [caller for source in merged for caller in source.callers]),
            agents=_kept(was.agents, [place.agent for source in merged for place in source.places.values()]),
            campaigns=_kept(was.campaigns, [campaign for part in parts.values() for campaign in part.campaigns]),
            accounts=_kept(was.accounts, [part.account for part in parts.values() if part.account]),
        )
        return self._floor

    def _merged(self, name: str, parts: tuple[Part, ...]) -> "_Source":
        before = self._sources.get(name)
        if before is not None and _are_same(before.parts, parts):
            return before
        places = _places(parts, before.places if before else {})
        calls = before.calls if before and before.places is places else _calls(places.values())
        waiting = _steady(_waiting(parts, calls), before.waiting if before else ())
        hidden = {queue.id for part in parts for queue in part.queues if queue.is_hidden}
        callers = [caller for caller in waiting if caller.queue not in hidden]
        queues = _steady_queues(_queues(parts, waiting, places.values()), before.queues if before else ())
        source = self._sources[name] = _Source(parts, places, calls, waiting, callers, queues)
        return source


@dataclass(frozen=True, slots=True)
class _Place:
    """An agent, and what he was made of."""

    views: tuple[Agent, ...]
    entry: DirectoryEntry | None
    agent: Agent


class _Calls(NamedTuple):
    """Ids of the calls at agents."""

    ringing: frozenset[str]
    answered: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Source:
    """What the parts of one source come to."""

    parts: tuple[Part, ...]
    places: Mapping[str, _Place]
    calls: "_Calls"
    waiting: list[Caller]  # those of hidden queues too
    callers: list[Caller]
    queues: list[Queue]


def _places(parts: tuple[Part, ...], before: Mapping[str, _Place]) -> Mapping[str, _Place]:
    """Agents by id, each once, however many queues see him; the same object where nobody changed."""
    directory = {entry.id: entry for part in parts for entry in part.directory}
    seen: dict[str, list[Agent]] = defaultdict(list)
    received: dict[str, float] = {}
    for part in parts:
        for agent in part.agents:
            seen[agent.id].append(agent)
            received[agent.id] = part.received_at
    places: dict[str, _Place] = {}
    for agent_id, views in seen.items():
        entry, was = directory.get(agent_id), before.get(agent_id)
        if was is None or was.entry is not entry or not _are_same(was.views, views):
            agent = _since(_named(_combined(views), entry), was.agent if was else None, received[agent_id])
            was = _Place(tuple(views), entry, agent)
        places[agent_id] = was
    return before if _are_same(tuple(before.values()), tuple(places.values())) else places


def _are_same(before: Sequence[object], after: Sequence[object]) -> bool:
    return len(before) == len(after) and all(map(is_, before, after))


def _combined(views: list[Agent]) -> Agent:
    """One agent of all the queues that see him."""
    if len(views) == 1:
        return views[0]
    paused_queues = tuple(queue for view in views for queue in view.paused_queues)
    is_paused_everywhere = len(paused_queues) == len(views)
    busy = [view for view in views if view.group is StateGroup.ON_CALL]
    awake = [view for view in views if not view.paused_queues]
    leading = min(busy or awake or views, key=lambda view: _PRECEDENCE.index(view.state))
    state = leading.state
    if state is AgentState.PAUSED_ON_CALL and not is_paused_everywhere:
        state = AgentState.ON_CALL
    return replace(
        leading,
        state=state,
        queues=tuple(queue for view in views for queue in view.queues),
        feeds=tuple(feed for view in views for feed in view.feeds),
        paused_queues=paused_queues,
        is_paused=is_paused_everywhere,
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


def _calls(places: Iterable[_Place]) -> _Calls:
    ringing: set[str] = set()
    answered: set[str] = set()
    for place in places:
        for call in place.agent.calls:
            if call.status is CallStatus.RINGING:
                ringing.add(call.id)
            elif call.status in _ANSWERED:
                answered.add(call.id)
    return _Calls(frozenset(ringing), frozenset(answered))


def _waiting(parts: tuple[Part, ...], calls: _Calls) -> list[Caller]:
    """Callers once each: one who rings at an agent still waits, one who talks does not any more."""
    ringing, answered = calls
    newest_last = sorted(parts, key=lambda part: part.received_at)  # of two queues that list him, the newer is right
    waiting = {caller.id: caller for part in newest_last for caller in part.callers if caller.id not in answered}
    return [replace(c, is_ringing=True) if c.id in ringing else c for c in waiting.values()]


def _steady(waiting: list[Caller], before: Sequence[Caller]) -> list[Caller]:
    """Callers of whom nothing is new stay the same objects: vendors tell waits in whole seconds, which jitter."""
    known = {caller.id: caller for caller in before}
    return [_same_or_new(caller, known.get(caller.id)) for caller in waiting]


def _same_or_new(caller: Caller, before: Caller | None) -> Caller:
    if caller is before or before is None or before.joined_at is None or caller.joined_at is None:
        return caller
    is_jitter = abs(caller.joined_at - before.joined_at) <= JITTER_SECONDS
    return before if is_jitter and _but_for_time(caller) == _but_for_time(before) else caller


def _but_for_time(caller: Caller) -> tuple[object, ...]:
    return (caller.source, caller.id, caller.queue, caller.phone, caller.position, caller.feed, caller.is_ringing)


def _steady_queues(queues: list[Queue], before: Sequence[Queue]) -> list[Queue]:
    """Queues of which nothing is new stay the same objects."""
    known = {queue.id: queue for queue in before}
    return [was if (was := known.get(queue.id)) == queue and was is not None else queue for queue in queues]


def _kept(before: tuple[Entity, ...], now: list[Entity]) -> tuple[Entity, ...]:
    """The same object as before where all in it are."""
    return before if _are_same(before, now) else tuple(now)


def _queues(parts: tuple[Part, ...], waiting: list[Caller], places: Iterable[_Place]) -> list[Queue]:
    """Queues whose figures agree with the people left after counting each once."""
    elsewhere = _busy_elsewhere(places)
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
            ready = queue.agents_ready
            if ready is not None:
                ready = max(0, ready - elsewhere[queue.id])
            longest = joined.get(queue.id)
            queues.append(replace(queue, waiting=waiting_now, longest_joined_at=longest, agents_ready=ready))
    return queues


def _busy_elsewhere(places: Iterable[_Place]) -> Counter[str]:
    """How many agents a queue believes free, for it cannot see the call that another queue sent them."""
    return Counter(
        view.queues[0]
        for place in places
        if len(place.views) > 1 and place.agent.group is StateGroup.ON_CALL
        for view in place.views
        if view.state is AgentState.AVAILABLE
    )


def _sum(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
