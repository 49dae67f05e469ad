"""The strip of figures over the whole floor."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from wallboard.domain.agents import GROUP_OF_STATE, Agent, AgentState, StateGroup
from wallboard.domain.feeds import FeedKey, FeedStatus, Subject, is_old
from wallboard.domain.snapshot import Floor

_TALKING = frozenset({AgentState.ON_CALL, AgentState.ON_HOLD, AgentState.PAUSED_ON_CALL})


@dataclass(frozen=True, slots=True)
class Summary:
    """None: no vendor has told. `partial` names the subjects of which an old or silent feed is part."""

    waiting: int | None
    longest_wait_seconds: float | None
    agents_available: int | None
    agents_on_call: int | None
    agents_paused: int | None
    agents_away: int | None
    live_calls: int | None
    abandoned: int | None
    completed: int | None
    partial: frozenset[Subject] = frozenset()


def summarise(floor: Floor, feeds: Mapping[FeedKey, FeedStatus], now: float) -> Summary:
    """Count the floor. `now` is a monotonic moment."""
    known = {subject for feed in feeds.values() if feed.succeeded_at is not None for subject in feed.subjects}
    partial = {subject for feed in feeds.values() if is_old(feed.freshness(now)) for subject in feed.subjects}
    groups, live = _people(floor)
    has_queues, has_agents = Subject.QUEUES in known, Subject.AGENTS in known

    def agents(group: StateGroup) -> int | None:
        return groups[group] if has_agents else None

    return Summary(
        waiting=_waiting(floor) if has_queues else None,
        longest_wait_seconds=_longest(floor, feeds, now) if has_queues else None,
        agents_available=agents(StateGroup.AVAILABLE),
        agents_on_call=agents(StateGroup.ON_CALL),
        agents_paused=agents(StateGroup.PAUSED),
        agents_away=agents(StateGroup.AWAY),
        live_calls=live if has_agents else None,
        abandoned=_sum(queue.abandoned for queue in floor.queues),
        completed=_sum(queue.completed for queue in floor.queues),
        partial=frozenset(partial),
    )


@lru_cache(maxsize=2)
def _people(floor: Floor) -> tuple[Counter[StateGroup], int]:
    """Agents by group, and live calls; asked each second of a floor that changes every few."""
    return Counter(map(GROUP_OF_STATE.__getitem__, map(attrgetter("state"), floor.agents))), live_calls(floor)


def live_calls(floor: Floor) -> int:
    """Calls at agents, each once, without those still counted as waiting.

    One call may be at several agents (ringing, internal). An agent on a call of which the vendor tells nothing
    (Yemot) counts as one.
    """
    waiting = {(caller.source, caller.id) for caller in floor.callers}
    told = {(agent.source, call.id) for agent in floor.agents for call in agent.calls}
    return len(told - waiting) + sum(1 for agent in floor.agents if _is_on_untold_call(agent))


def _is_on_untold_call(agent: Agent) -> bool:
    return not agent.calls and agent.state in _TALKING


def _waiting(floor: Floor) -> int | None:
    return _sum(queue.waiting for queue in floor.queues) if floor.queues else 0


def _longest(floor: Floor, feeds: Mapping[FeedKey, FeedStatus], now: float) -> float | None:
    """0 when nobody waits; None when somebody does and nobody tells since when. Old waits stand still."""
    held = {key: feed.held_at(now) for key, feed in feeds.items()}
    waits = [
        (now if (moment := held.get(caller.feed)) is None else moment) - caller.joined_at
        for caller in floor.callers
        if caller.joined_at is not None
    ]
    if waits:
        return max(0.0, *waits)
    return None if any(queue.waiting or queue.waiting is None for queue in floor.queues) else 0.0


def _sum(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
