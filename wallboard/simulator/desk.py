"""What happens at an agent's telephone once a call is there: talk, hold, questions to a colleague, the wrap-up."""

from collections.abc import Callable
from dataclasses import replace

from wallboard.simulator.entities import Agent, Direction, Leg, LegStatus, Presence
from wallboard.simulator.floor import Floor
from wallboard.simulator.scenario import Vendor

_HOLD_SHARE = 0.35
_CONSULT_SHARE = 0.6  # of the holds
_MISSED_CALL_REST_SECONDS = 6
_ADMIN_WRAP_UP_SHARE = 0.3


class Desk:
    """The only writer of agents' legs. `freed` is told of every agent who can take a call again."""

    def __init__(self, floor: Floor, freed: Callable[[Agent], None]) -> None:
        self._floor = floor
        self._freed = freed

    def put(self, agent: Agent, leg: Leg) -> None:
        agent.legs.append(leg)
        agent.revision += 1

    def turn(self, agent: Agent, leg: Leg, status: LegStatus) -> None:
        """Give a call another status; the first `Talking` is its answer."""
        leg.status = status
        if status is LegStatus.TALKING and leg.answered_at is None:
            leg.answered_at = self._floor.now
        agent.revision += 1

    def set_presence(self, agent: Agent, presence: Presence) -> None:
        agent.presence = presence
        agent.revision += 1
        self.look_free(agent)

    def look_free(self, agent: Agent) -> None:
        """Offer the agent to the queues if nothing keeps him."""
        if agent.is_free:
            agent.idle_since = self._floor.now
            self._freed(agent)

    def drop(self, agent: Agent, leg: Leg) -> None:
        """End a call that needs no afterwork."""
        self._remove(agent, leg)
        self.look_free(agent)

    def miss(self, agent: Agent, leg: Leg) -> None:
        """End a call that rang in vain; the next one rings elsewhere first."""
        self._remove(agent, leg)
        self._wrap_up(agent, _MISSED_CALL_REST_SECONDS)

    def talk(self, agent: Agent, leg: Leg, seconds: float, ended: Callable[[], None] | None = None) -> None:
        """Answer a call and talk for `seconds`, a hold now and then included; then tell `ended` and wrap up."""
        floor = self._floor
        self.turn(agent, leg, LegStatus.TALKING)
        if seconds > 30 and floor.happens(_HOLD_SHARE):
            begin = seconds * floor.random.uniform(0.15, 0.6)
            length = min(floor.random.uniform(12, 90), seconds - begin - 2)
            floor.timeline.after(begin, lambda: self._hold(agent, leg, length))
        floor.timeline.after(seconds, lambda: self._end(agent, leg, ended))

    def _end(self, agent: Agent, leg: Leg, ended: Callable[[], None] | None) -> None:
        self._remove(agent, leg)
        if ended is not None:
            ended()
        mean = self._floor.scenario.pace.wrap_up_seconds
        if not mean or agent.legs or agent.presence is not Presence.LOGGED_IN:
            self.look_free(agent)
            return
        if agent.vendor is Vendor.VOICENTER and self._floor.happens(_ADMIN_WRAP_UP_SHARE):
            agent.presence = Presence.ADMIN
        self._wrap_up(agent, self._floor.about(mean))

    def _wrap_up(self, agent: Agent, seconds: float) -> None:
        agent.is_wrapping_up = True
        agent.revision += 1
        self._floor.timeline.after(seconds, lambda: self._wrapped_up(agent))

    def _wrapped_up(self, agent: Agent) -> None:
        agent.is_wrapping_up = False
        if agent.presence is Presence.ADMIN and not agent.is_on_break:
            agent.presence = Presence.LOGGED_IN
        agent.revision += 1
        self.look_free(agent)

    def _hold(self, agent: Agent, leg: Leg, seconds: float) -> None:
        self.turn(agent, leg, LegStatus.HOLD)
        self._floor.timeline.after(seconds, lambda: self.turn(agent, leg, LegStatus.TALKING))
        if agent.vendor is Vendor.VOICENTER and seconds > 10 and self._floor.happens(_CONSULT_SHARE):
            self._consult(agent, leg, seconds - 1)

    def _consult(self, agent: Agent, original: Leg, seconds: float) -> None:
        """Ask a free colleague while the customer is on hold: one call id on two extensions."""
        colleague = next((other for other in agent.team.agents if other.is_free), None)
        if colleague is None:
            return
        custom = {"OriginalIvrUniqueID": original.call_id}
        out = self._floor.leg(agent.vendor, colleague.name, Direction.OUTGOING, LegStatus.DIALING)
        out.dialed, out.custom = 100 + colleague.number, custom
        into = replace(
            out, phone=agent.name, name=agent.name, direction=Direction.INCOMING, status=LegStatus.RINGING, dialed=None
        )
        self.put(agent, out)
        self.put(colleague, into)
        after = self._floor.timeline.after
        answer = self._floor.random.uniform(2, min(7, seconds / 2))
        after(answer, lambda: self.turn(agent, out, LegStatus.TALKING))
        after(answer, lambda: self.turn(colleague, into, LegStatus.TALKING))
        after(seconds, lambda: self._remove(agent, out))
        after(seconds, lambda: self.drop(colleague, into))

    @staticmethod
    def _remove(agent: Agent, leg: Leg) -> None:
        agent.legs.remove(leg)
        agent.revision += 1
