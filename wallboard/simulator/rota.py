"""The rota: agents go to lunch, to training, home, and come back."""

from wallboard.simulator.desk import Desk
from wallboard.simulator.entities import Agent, Presence
from wallboard.simulator.floor import Floor
from wallboard.simulator.scenario import Vendor

# What, how often in comparison, and how many minutes on average.
_BREAKS: tuple[tuple[Presence, float, float], ...] = (
    (Presence.BREAK, 5, 7),
    (Presence.LUNCH, 3, 22),
    (Presence.ADMIN, 3, 6),
    (Presence.TRAINING, 1.2, 30),
    (Presence.MEETING, 1, 20),
    (Presence.BRIEFING, 1, 9),
    (Presence.OTHER, 1, 5),
)
_LOG_OUT_SHARE = 0.06
_ONE_QUEUE_ONLY_SHARE = 0.25
_POSTPONED_SECONDS = 20


class Rota:
    """Decides on every agent's breaks, from the first to the last moment."""

    def __init__(self, floor: Floor, desk: Desk) -> None:
        self._floor = floor
        self._desk = desk

    def begin(self, agent: Agent) -> None:
        """Place an agent as he is found at the start: at work, on a break or at home."""
        rota, draw = self._floor.scenario.rota, self._floor.random.random()
        if draw < rota.logged_out_share:
            self._log_out(agent)
        elif draw < rota.logged_out_share + rota.away_share:
            self._take_break(agent)
        else:
            self._work(agent)

    def _work(self, agent: Agent) -> None:
        minutes = self._floor.random.expovariate(1 / self._floor.scenario.rota.minutes_between_breaks)
        self._floor.timeline.after(minutes * 60, lambda: self._leave(agent))

    def _leave(self, agent: Agent) -> None:
        if agent.is_wrapping_up:
            self._floor.timeline.after(_POSTPONED_SECONDS, lambda: self._leave(agent))
        elif self._floor.happens(_LOG_OUT_SHARE):
            self._log_out(agent)
        else:
            self._take_break(agent)

    def _log_out(self, agent: Agent) -> None:
        minutes = self._floor.scenario.rota.logged_out_minutes
        if agent.vendor is Vendor.YEMOT and not agent.has_sip:
            self._pause(agent, minutes)  # an outside telephone cannot log out
        else:
            self._away(agent, Presence.LOGGED_OUT, minutes)

    def _take_break(self, agent: Agent) -> None:
        presence, _, minutes = self._floor.random.choices(_BREAKS, [weight for _, weight, _ in _BREAKS])[0]
        if agent.vendor is Vendor.YEMOT:
            self._pause(agent, minutes)
        else:
            self._away(agent, presence, minutes)

    def _away(self, agent: Agent, presence: Presence, minutes: float) -> None:
        """Change the status at once, also in the middle of a call: the call goes on."""
        agent.is_on_break = True
        self._desk.set_presence(agent, presence)
        self._floor.timeline.after(self._floor.about(minutes * 60), lambda: self._return(agent))

    def _return(self, agent: Agent) -> None:
        agent.is_on_break = False
        self._desk.set_presence(agent, Presence.LOGGED_IN)
        self._work(agent)

    def _pause(self, agent: Agent, minutes: float) -> None:
        """Yemot knows no statuses, only a pause in each queue, and sometimes not in all of them."""
        paused = [membership for membership in agent.memberships if not membership.is_paused]
        if len(paused) > 1 and self._floor.happens(_ONE_QUEUE_ONLY_SHARE):
            paused = paused[:1]
        for membership in paused:
            membership.is_paused, membership.is_paused_by_rota = True, True
        self._floor.timeline.after(self._floor.about(minutes * 60), lambda: self._resume(agent))

    def _resume(self, agent: Agent) -> None:
        for membership in agent.memberships:
            if membership.is_paused_by_rota:
                membership.is_paused, membership.is_paused_by_rota = False, False
        self._desk.look_free(agent)
        self._work(agent)
