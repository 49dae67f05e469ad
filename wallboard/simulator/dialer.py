"""Campaigns: agent dialers ring the agent and then the target, smart ones put answered targets into a queue."""

from wallboard.simulator.entities import Agent, Campaign, Direction, Leg, LegStatus
from wallboard.simulator.floor import Floor
from wallboard.simulator.routing import Routing

_AGENT_ANSWERS_SECONDS = (2, 5)
_TARGET_RINGS_SECONDS = (6, 20)
_TARGET_ANSWERS_SHARE = 0.55
_CALLED_AGAIN_SHARE = 0.25  # of the targets that did not answer
_TALK_SECONDS = 140
_TARGET_PATIENCE_SECONDS = 70
_NEW_LIST_SECONDS = 600  # until an empty list is filled anew
_NO_AGENT_SECONDS = 3  # until a free agent is looked for again


class Dialer:
    """Burns the lists of the campaigns that run."""

    def __init__(self, floor: Floor, routing: Routing) -> None:
        self._floor = floor
        self._routing = routing

    def start(self, campaign: Campaign) -> None:
        """Run a campaign; one that runs already goes on."""
        campaign.is_running = True
        if campaign.next is None:
            self._plan_next(campaign, self._interval(campaign))

    def stop(self, campaign: Campaign) -> None:
        """Dial no more targets; calls that were dialled go on."""
        campaign.is_running = False
        if campaign.next is not None:
            campaign.next.cancel()
            campaign.next = None

    def _plan_next(self, campaign: Campaign, seconds: float) -> None:
        campaign.next = self._floor.timeline.after(seconds, lambda: self._dial(campaign))

    def _interval(self, campaign: Campaign) -> float:
        return self._floor.random.expovariate(campaign.plan.calls_per_minute / 60)

    def _dial(self, campaign: Campaign) -> None:
        if not campaign.pending:
            campaign.pending = campaign.plan.targets
        elif campaign.queue is not None:
            self._dial_target(campaign)
        elif agent := self._free_agent(campaign):
            self._dial_agent(campaign, agent)
        else:
            self._plan_next(campaign, _NO_AGENT_SECONDS)
            return
        self._plan_next(campaign, self._interval(campaign) if campaign.pending else _NEW_LIST_SECONDS)

    def _free_agent(self, campaign: Campaign) -> Agent | None:
        agents = campaign.team.agents if campaign.team else []
        return min((a for a in agents if a.is_free), key=lambda a: a.idle_since, default=None)

    def _dial_agent(self, campaign: Campaign, agent: Agent) -> None:
        floor, desk = self._floor, self._routing.desk
        campaign.pending -= 1
        leg = floor.leg(agent.vendor, floor.phone() or "0790000000", Direction.OUTGOING, LegStatus.RINGING)
        leg.name, leg.custom = campaign.name, {"CampaignName": campaign.name}
        desk.put(agent, leg)
        rings = floor.random.uniform(*_AGENT_ANSWERS_SECONDS)
        floor.timeline.after(rings, lambda: desk.turn(agent, leg, LegStatus.DIALING))
        floor.timeline.after(
            rings + floor.random.uniform(*_TARGET_RINGS_SECONDS), lambda: self._target_answers(campaign, agent, leg)
        )

    def _target_answers(self, campaign: Campaign, agent: Agent, leg: Leg) -> None:
        if self._floor.happens(_TARGET_ANSWERS_SHARE):
            self._routing.desk.talk(agent, leg, self._floor.about(_TALK_SECONDS))
        else:
            self._put_back(campaign)
            self._routing.desk.drop(agent, leg)

    def _dial_target(self, campaign: Campaign) -> None:
        campaign.pending -= 1
        seconds = self._floor.random.uniform(*_TARGET_RINGS_SECONDS)
        self._floor.timeline.after(seconds, lambda: self._target_reached(campaign))

    def _target_reached(self, campaign: Campaign) -> None:
        floor = self._floor
        if campaign.queue is not None and floor.happens(_TARGET_ANSWERS_SHARE):
            patience = floor.random.expovariate(1 / _TARGET_PATIENCE_SECONDS)
            self._routing.join(campaign.queue, floor.phone(), patience)
        else:
            self._put_back(campaign)

    def _put_back(self, campaign: Campaign) -> None:
        if self._floor.happens(_CALLED_AGAIN_SHARE):
            campaign.pending += 1
