"""Merging parts into a floor: people once each, nobody lost, figures that agree."""

from collections import Counter
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from wallboard.domain.agents import Agent, AgentCall, AgentState, CallStatus, Direction, StateGroup
from wallboard.domain.callers import Caller
from wallboard.domain.feeds import FeedKey
from wallboard.domain.merging import FloorMerger
from wallboard.domain.ports import Part
from wallboard.domain.queues import Queue
from wallboard.domain.snapshot import Floor

YEMOT, VOICENTER = "Main line", "Head office"
# Yemot tells each queue for itself and no calls; Voicenter all at once.
KEYS = [*(FeedKey(YEMOT, "GetQueueRealTime", queue) for queue in ("/1", "/2", "/3")), FeedKey(VOICENTER, "All", "7")]
ANSWERED = {CallStatus.TALKING, CallStatus.HOLD}
Parts = dict[FeedKey, Part]

few = st.lists(st.integers(0, 5), max_size=5, unique=True)
calls = st.dictionaries(st.integers(0, 5), st.sampled_from(CallStatus), max_size=2)


@st.composite
def parts_of_queue(draw: st.DrawFn, key: FeedKey) -> Part:
    """One queue as a vendor tells it: its agents, and callers of whom some are at an agent already."""
    source, queue = key.source, key.queue or ""
    agents = tuple(
        Agent(
            source,
            f"a{number}",
            None,
            f"{number}",
            draw(st.sampled_from(AgentState)),
            (key,),
            queues=(queue,),
            paused_queues=draw(st.sampled_from([(), (queue,)])),
            calls=tuple(_call(call, status) for call, status in draw(calls).items()) if source == VOICENTER else (),
            calls_taken=draw(st.none() | st.integers(0, 9)),
        )
        for number in draw(few)
    )
    callers = tuple(Caller(source, f"c{queue}{number}", queue, None, None, number, key) for number in draw(few))
    callers += tuple(Caller(source, f"{number}", queue, None, None, None, key) for number in draw(few))
    told = draw(st.sampled_from([None, len(callers)]))
    return Part(
        1.0, queues=(Queue(source, queue, f"Queue {queue}", key, waiting=told),), callers=callers, agents=agents
    )


def _call(number: int, status: CallStatus) -> AgentCall:
    return AgentCall(f"{number}", None, None, Direction.INCOMING, status, None, None)


@st.composite
def floors(draw: st.DrawFn) -> Parts:
    return {key: draw(parts_of_queue(key)) for key in draw(st.permutations(KEYS))[: draw(st.integers(1, len(KEYS)))]}


def people(floor: Floor) -> Counter[tuple[str, str]]:
    return Counter((agent.source, agent.id) for agent in floor.agents)


def waiting(floor: Floor) -> Counter[tuple[str, str]]:
    return Counter((caller.source, caller.id) for caller in floor.callers)


@given(floors())
def test_every_agent_stands_once_and_nobody_is_lost(parts: Parts) -> None:
    floor = FloorMerger().merge(parts)
    told = {(agent.source, agent.id) for part in parts.values() for agent in part.agents}
    assert people(floor) == Counter(told)


@given(floors())
def test_an_agent_is_merged_of_all_the_queues_that_see_him(parts: Parts) -> None:
    for agent in FloorMerger().merge(parts).agents:
        views = [
            view
            for part in parts.values()
            for view in part.agents
            if (view.source, view.id) == (agent.source, agent.id)
        ]
        assert Counter(agent.queues) == Counter(queue for view in views for queue in view.queues)
        assert Counter(agent.feeds) == Counter(feed for view in views for feed in view.feeds)
        assert Counter(agent.paused_queues) == Counter(queue for view in views for queue in view.paused_queues)
        assert agent.is_partly_paused == (0 < len(agent.paused_queues) < len(views))
        taken = [view.calls_taken for view in views if view.calls_taken is not None]
        assert agent.calls_taken == (sum(taken) if taken else None)
        if any(view.group is StateGroup.ON_CALL for view in views):
            assert agent.group is StateGroup.ON_CALL


@given(floors())
def test_whoever_was_answered_waits_no_more_and_whoever_rings_still_does(parts: Parts) -> None:
    floor = FloorMerger().merge(parts)
    legs = {(agent.source, leg.id, leg.status) for agent in floor.agents for leg in agent.calls}
    told = {(caller.source, caller.id) for part in parts.values() for caller in part.callers}
    answered = {(source, call) for source, call, status in legs if status in ANSWERED}
    assert waiting(floor) == Counter(told - answered)
    ringing = {(source, call) for source, call, status in legs if status is CallStatus.RINGING}
    for caller in floor.callers:
        assert caller.is_ringing is ((caller.source, caller.id) in ringing)


@given(floors())
def test_a_queues_figures_agree_with_the_callers_shown(parts: Parts) -> None:
    floor = FloorMerger().merge(parts)
    for queue in floor.queues:
        mine = [caller for caller in floor.callers if (caller.source, caller.queue) == (queue.source, queue.id)]
        told = parts[queue.feed].queues[0].waiting
        assert queue.waiting == (None if told is None else len(mine))
        moments = [caller.joined_at for caller in mine if caller.joined_at is not None]
        assert queue.longest_joined_at == min(moments, default=None)


@given(floors())
def test_nothing_new_is_the_same_objects(parts: Parts) -> None:
    merger = FloorMerger()
    first, second = merger.merge(parts), merger.merge(dict(parts))
    for kind in ("queues", "callers", "agents", "campaigns"):
        assert all(a is b for a, b in zip(getattr(first, kind), getattr(second, kind), strict=True))


@given(floors(), st.integers(0, 999))
def test_the_order_of_the_answers_changes_nobody(parts: Parts, seed: int) -> None:
    keys = list(parts)
    Random(seed).shuffle(keys)
    one, other = FloorMerger().merge(parts), FloorMerger().merge({key: parts[key] for key in keys})
    assert people(one) == people(other)
    assert waiting(one) == waiting(other)
    states = [
        {(agent.source, agent.id): (agent.state, frozenset(agent.paused_queues)) for agent in f.agents}
        for f in (one, other)
    ]
    assert states[0] == states[1]


def test_the_time_in_a_state_begins_where_it_was_seen_to_change() -> None:
    key = FeedKey("Main line", "GetQueueRealTime", "/1")
    merger = FloorMerger()

    def at(moment: float, state: AgentState) -> Agent:
        agent = Agent("Main line", "a1", None, "1", state, (key,))
        return merger.merge({key: Part(moment, agents=(agent,))}).agents[0]

    first = at(10, AgentState.AVAILABLE)
    assert (first.state_since, first.seen_since) == (None, 10)
    assert (at(15, AgentState.AVAILABLE).state_since, at(20, AgentState.AVAILABLE).seen_since) == (None, 10)
    changed = at(25, AgentState.ON_CALL)
    assert (changed.state_since, changed.seen_since) == (25, 25)
    assert at(30, AgentState.ON_CALL).state_since == 25
