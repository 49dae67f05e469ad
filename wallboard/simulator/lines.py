"""Calls beside the queues: agents who call out, and callers who dial an agent's own number."""

from collections.abc import Callable

from wallboard.simulator.desk import Desk
from wallboard.simulator.entities import Agent, Direction, LegStatus, Presence
from wallboard.simulator.floor import Floor
from wallboard.simulator.scenario import Vendor

_TALK_SECONDS = 110
_REACHED_SHARE = 0.7
_CLICK_TO_CALL_SHARE = 0.12
_CALLS_ON_BREAK_SHARE = 0.3
_MOST_CALLS = 3
_SECOND_CALL_RINGS_SECONDS = 12


class Lines:
    """Starts outgoing and direct calls now and then, at agents whose devices a switch can see."""

    def __init__(self, floor: Floor, desk: Desk) -> None:
        self._floor = floor
        self._desk = desk
        self._agents = [agent for agent in floor.agents if agent.has_sip]

    def open(self) -> None:
        """Start the two endless rows of calls."""
        pace = self._floor.scenario.pace
        self._repeat(pace.outgoing_per_agent_hour, self._call_out)
        self._repeat(pace.direct_per_agent_hour, self._call_in)

    def _repeat(self, per_agent_hour: float, start: Callable[[Agent], None]) -> None:
        per_second = per_agent_hour * len(self._agents) / 3600
        if not per_second:
            return

        def happen() -> None:
            start(self._floor.random.choice(self._agents))
            self._repeat(per_agent_hour, start)

        self._floor.timeline.after(self._floor.random.expovariate(per_second), happen)

    def _call_out(self, agent: Agent) -> None:
        floor = self._floor
        at_break = agent.presence not in {Presence.LOGGED_IN, Presence.LOGGED_OUT} and floor.happens(
            _CALLS_ON_BREAK_SHARE
        )
        if not (agent.is_free or (at_break and not agent.legs and not agent.is_wrapping_up)):
            return
        direction = Direction.CLICK2CALL if floor.happens(_CLICK_TO_CALL_SHARE) else Direction.OUTGOING
        leg = floor.leg(agent.vendor, floor.phone() or "0790000000", direction, LegStatus.DIALING)
        self._desk.put(agent, leg)
        if floor.happens(_REACHED_SHARE):
            seconds = floor.about(_TALK_SECONDS)
            floor.timeline.after(floor.random.uniform(5, 22), lambda: self._desk.talk(agent, leg, seconds))
        else:
            floor.timeline.after(floor.random.uniform(10, 35), lambda: self._desk.drop(agent, leg))

    def _call_in(self, agent: Agent) -> None:
        floor = self._floor
        if agent.vendor is Vendor.YEMOT or agent.presence is Presence.LOGGED_OUT or len(agent.legs) >= _MOST_CALLS:
            return
        leg = floor.leg(agent.vendor, floor.phone(), Direction.INCOMING, LegStatus.RINGING)
        leg.did, leg.dialed = f"0790001{agent.number % 1000:03d}", None
        can_answer = agent.is_free
        self._desk.put(agent, leg)
        if can_answer and floor.happens(_REACHED_SHARE):
            seconds = floor.about(_TALK_SECONDS)
            floor.timeline.after(floor.random.uniform(3, 12), lambda: self._desk.talk(agent, leg, seconds))
        else:
            floor.timeline.after(_SECOND_CALL_RINGS_SECONDS, lambda: self._desk.drop(agent, leg))
