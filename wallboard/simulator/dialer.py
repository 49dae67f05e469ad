"""Campaigns: agent dialers ring the agent and then the target, smart ones put answered targets into a queue."""

from typing import Any

from wallboard.simulator.entities import Agent, Campaign, Direction, Leg, LegStatus
from wallboard.simulator.floor import Floor
from wallboard.simulator.phones import international, national
from wallboard.simulator.routing import Routing
from wallboard.simulator.targets import Target

CALLED_AGAIN_AFTER_SECONDS = 300
NEW_LIST_SECONDS = 600  # until a list that was burnt is filled anew

_AGENT_ANSWERS_SECONDS = (2, 5)
_TARGET_RINGS_SECONDS = (6, 20)
_TARGET_ANSWERS_SHARE = 0.55
_CALLED_AGAIN_SHARE = 0.25  # of the targets that did not answer
_TALK_SECONDS = 140
_TARGET_PATIENCE_SECONDS = 70
_NO_ROOM_SECONDS = 3  # until a free agent, or room in the queue, is looked for again


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

    def add(self, campaign: Campaign, phone: str, **details: Any) -> None:
        """Add a target, of international digits and the details of a `Target`."""
        was_idle = self._is_idle(campaign)
        campaign.targets.add(phone, self._floor.now, **details)
        self._wake(campaign, was_idle)

    def update(self, campaign: Campaign, phone: str, **details: Any) -> None:
        """Change a target, or add it."""
        was_idle = self._is_idle(campaign)
        campaign.targets.update(phone, self._floor.now, **details)
        self._wake(campaign, was_idle)

    def _is_idle(self, campaign: Campaign) -> bool:
        """Whether nobody is there to dial now."""
        return campaign.targets.due_at(self._floor.now) != self._floor.now

    def _wake(self, campaign: Campaign, was_idle: bool) -> None:
        """Let a campaign that had nobody to dial look at its list again."""
        if not was_idle or not campaign.is_running:
            return
        if campaign.next is not None:
            campaign.next.cancel()
        self._plan_next(campaign, self._interval(campaign))

    def _plan_next(self, campaign: Campaign, seconds: float) -> None:
        campaign.next = self._floor.timeline.after(seconds, lambda: self._dial(campaign))

    def _interval(self, campaign: Campaign) -> float:
        return self._floor.random.expovariate(campaign.calls_per_minute / 60)

    def _dial(self, campaign: Campaign) -> None:
        campaign.next = None
        targets, now = campaign.targets, self._floor.now
        due_at = targets.due_at(now)
        if due_at is None:
            if not targets.is_renewed:
                return
            targets.renew(now)
        elif due_at > now:
            self._plan_next(campaign, due_at - now)
            return
        elif not self._dial_one(campaign):
            self._plan_next(campaign, _NO_ROOM_SECONDS)
            return
        self._plan_next(campaign, self._interval(campaign) if targets else NEW_LIST_SECONDS)

    def _dial_one(self, campaign: Campaign) -> bool:
        """Dial the next target; False where nobody could take the call."""
        if campaign.queue is None:
            agent = min((a for a in campaign.members if a.is_free), key=lambda a: a.idle_since, default=None)
            if agent is not None:
                self._dial_agent(campaign, agent)
            return agent is not None
        if campaign.most_waiting is not None and len(campaign.queue.waiting) >= campaign.most_waiting:
            return False
        self._dial_target(campaign)
        return True

    def _dial_agent(self, campaign: Campaign, agent: Agent) -> None:
        floor, desk = self._floor, self._routing.desk
        target = campaign.targets.take(floor.now)
        phone = self._phone_of(target) or "0790000000"
        leg = floor.leg(agent.vendor, phone, Direction.OUTGOING, LegStatus.RINGING)
        leg.name, leg.custom = campaign.name, {"CampaignName": campaign.name}
        desk.put(agent, leg)
        rings = floor.random.uniform(*_AGENT_ANSWERS_SECONDS)
        floor.timeline.after(rings, lambda: desk.turn(agent, leg, LegStatus.DIALING))
        floor.timeline.after(
            rings + floor.random.uniform(*_TARGET_RINGS_SECONDS),
            lambda: self._target_answers(campaign, target, agent, leg),
        )

    def _phone_of(self, target: Target) -> str:
        """A target's number as it is dialled, "" of one that withholds it; who has none yet is given one."""
        # Drawn whether or not it is needed: whoever looks at a list must not change the day.
        drawn = self._floor.phone()
        if not target.phone:
            target.phone = international(drawn) or ""
            return drawn
        return national(target.phone)

    def _target_answers(self, campaign: Campaign, target: Target, agent: Agent, leg: Leg) -> None:
        if self._floor.happens(_TARGET_ANSWERS_SHARE):
            campaign.targets.drop(target)
            self._routing.desk.talk(agent, leg, self._floor.about(_TALK_SECONDS))
        else:
            self._give_up(campaign, target)
            self._routing.desk.drop(agent, leg)

    def _dial_target(self, campaign: Campaign) -> None:
        target = campaign.targets.take(self._floor.now)
        seconds = self._floor.random.uniform(*_TARGET_RINGS_SECONDS)
        self._floor.timeline.after(seconds, lambda: self._target_reached(campaign, target))

    def _target_reached(self, campaign: Campaign, target: Target) -> None:
        floor = self._floor
        if campaign.queue is not None and floor.happens(_TARGET_ANSWERS_SHARE):
            campaign.targets.drop(target)
            patience = floor.random.expovariate(1 / _TARGET_PATIENCE_SECONDS)
            self._routing.join(campaign.queue, self._phone_of(target), patience)
        else:
            self._give_up(campaign, target)

    def _give_up(self, campaign: Campaign, target: Target) -> None:
        """He did not answer: call him again later, or not."""
        if self._floor.happens(_CALLED_AGAIN_SHARE):
            campaign.targets.put_back(target, self._floor.now, CALLED_AGAIN_AFTER_SECONDS)
            if campaign.is_running and campaign.next is None:
                self._plan_next(campaign, CALLED_AGAIN_AFTER_SECONDS)
        else:
            campaign.targets.drop(target)
