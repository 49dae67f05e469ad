"""Builds the floor of a scenario: its queues, teams, agents and campaigns."""

import hashlib
import itertools
import math
from random import Random

from wallboard.simulator.entities import Agent, Campaign, Membership, Queue, Team
from wallboard.simulator.floor import Floor
from wallboard.simulator.people import agent_names, agent_phone
from wallboard.simulator.scenario import CampaignPlan, QueuePlan, TeamPlan, Vendor
from wallboard.simulator.targets import Targets

_EVERY_NTH_YEMOT_AGENT_HAS_NO_SIP = 3
_EVERY_NTH_AGENT_IS_CALLED_LAST = 5
_EVERY_NTH_USER_HAS_TWO_EXTENSIONS = 17
_FIRST_USER_ID = 610_000
_FIRST_ACCOUNT_ID = 48_100
_FIRST_CAMPAIGN_ID = 13_500


def staff(floor: Floor, key: str) -> None:
    """Fill an empty floor; the same `key` always gives the same people."""
    plans = floor.scenario
    queues = {plan.name: [_queue(floor, plan, number, key) for number in range(plan.copies)] for plan in plans.queue}
    names = agent_names(sum(plan.agents * plan.copies for plan in plans.team), floor.random)
    numbers = {vendor: itertools.count(1) for vendor in Vendor}
    teams = {plan.name: [_team(floor, plan, number) for number in range(plan.copies)] for plan in plans.team}
    for plan in plans.team:
        for number, team in enumerate(teams[plan.name]):
            served = [queues[name][number % len(queues[name])] for name in plan.queues]
            for _ in range(plan.agents):
                _hire(floor, next(numbers[plan.vendor]), names.pop(), plan.vendor, team, served)
    for campaign in plans.campaign:
        for number in range(campaign.copies):
            made = _campaign(floor, campaign, number, key)
            if campaign.team:
                made.members = list(teams[campaign.team][number % len(teams[campaign.team])].agents)
            if campaign.queue:
                made.queue = queues[campaign.queue][number % len(queues[campaign.queue])]


def _numbered(name: str, number: int, copies: int) -> str:
    return name if copies == 1 else f"{name} {number + 1}"


def _queue(floor: Floor, plan: QueuePlan, number: int, key: str) -> Queue:
    name = _numbered(plan.name, number, plan.copies)
    if plan.id is not None:
        place = str(plan.id + number)
    else:
        place = plan.path or "." if plan.copies == 1 else f"{plan.path}/{number + 1}"
    random = Random(f"{key}/{plan.vendor}/{place}")
    did = f"0790002{len(floor.queues) % 1000:03d}"
    # Each wave has a length of its own, and the world is first seen when most of them are high.
    period = floor.scenario.pace.wave_seconds * random.uniform(0.7, 1.4)
    queue = Queue(plan, name, place, did, random, wave_seconds=period, wave_phase=random.uniform(0.25, 1) * math.pi)
    floor.queues.append(queue)
    return queue


def _team(floor: Floor, plan: TeamPlan, number: int) -> Team:
    team = Team(_numbered(plan.name, number, plan.copies), _FIRST_ACCOUNT_ID + len(floor.teams))
    floor.teams.append(team)
    return team


def _hire(floor: Floor, number: int, name: str, vendor: Vendor, team: Team, queues: list[Queue]) -> None:
    has_sip = vendor is Vendor.VOICENTER or number % _EVERY_NTH_YEMOT_AGENT_HAS_NO_SIP != 0
    if vendor is Vendor.VOICENTER:
        agent_id = f"SIPdemo{number:04d}"
    else:
        agent_id = f"SIP-0790000100-{number}" if has_sip else agent_phone(number)
    has_two = number % _EVERY_NTH_USER_HAS_TWO_EXTENSIONS == 0
    agent = Agent(agent_id, name, vendor, team, number, _FIRST_USER_ID + number - has_two, has_sip)
    team.agents.append(agent)
    floor.agents.append(agent)
    penalty = int(len(team.agents) % _EVERY_NTH_AGENT_IS_CALLED_LAST == 0)
    for queue in queues:
        membership = Membership(agent, queue, penalty)
        agent.memberships.append(membership)
        queue.members.append(membership)


def _campaign(floor: Floor, plan: CampaignPlan, number: int, key: str) -> Campaign:
    name = _numbered(plan.name, number, plan.copies)
    code = "demo" + hashlib.sha256(f"{key}/{name}".encode()).hexdigest()[:28]
    # A running list is never as full as on the day it was loaded.
    pending = round(plan.targets * floor.random.uniform(0.5, 0.95)) if plan.is_running else plan.targets
    random = Random(f"{key}/targets/{name}")
    targets = Targets(plan.targets, pending, (plan.min_priority, plan.max_priority), random)
    campaign_id = _FIRST_CAMPAIGN_ID + len(floor.campaigns)
    campaign = Campaign(plan, campaign_id, name, code, targets, plan.is_running, plan.calls_per_minute)
    floor.campaigns.append(campaign)
    return campaign
