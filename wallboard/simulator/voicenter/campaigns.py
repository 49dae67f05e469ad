"""The dialer's campaigns, who works in them, and how fast they dial."""

from collections.abc import Callable, Mapping

from wallboard.simulator.entities import Agent, Campaign
from wallboard.simulator.scenario import Vendor
from wallboard.simulator.voicenter.dialer_call import OK, Answer, DialerCall, refused
from wallboard.simulator.voicenter.rows import campaign_row, extension_name
from wallboard.simulator.wire import same_secret
from wallboard.simulator.world import World

# No document tells its name: this one is the demo's own.
SMART_DIALER_METHOD = "UpdateIvrDialer"


def _campaign_list(world: World, call: DialerCall) -> Answer:
    if not same_secret(call.text("code"), world.access.dialer_code):
        return refused(1, "Invalid campaign code")
    return {"Data": [campaign_row(campaign) for campaign in world.floor.campaigns], **OK}


def _stop_campaign(world: World, call: DialerCall) -> Answer:
    return _set_running(world, call, is_running=False)


def _start_campaign(world: World, call: DialerCall) -> Answer:
    return _set_running(world, call, is_running=True)


def _set_running(world: World, call: DialerCall, *, is_running: bool) -> Answer:
    campaign = call.campaign(world)
    if campaign is None:
        return refused(1, call.campaign_refusal)
    world.set_running(campaign, is_running)
    return OK


def _details(world: World, call: DialerCall) -> Answer:
    campaign = call.campaign(world)
    return refused(1, call.campaign_refusal) if campaign is None else {"Data": campaign_row(campaign), **OK}


def _members_list(world: World, call: DialerCall) -> Answer:
    campaign = call.campaign(world)
    if campaign is None:
        return refused(1, call.campaign_refusal)
    members = [{"Member": agent.id, "DisplayName": extension_name(agent)} for agent in campaign.members]
    return {"Data": members, **OK}


def _add_member(world: World, call: DialerCall) -> Answer:
    campaign, agent = call.campaign(world), _agent(world, call)
    if campaign is None or not call.text("member"):
        return {"Data": {"TotalAdded": -1}, **_member_refusal(campaign, call)}
    # What cannot be added is told by the count alone.
    if agent is None or campaign.queue is not None or agent in campaign.members:
        return {"Data": {"TotalAdded": -1}, **OK}
    campaign.members.append(agent)
    return {"Data": {"TotalAdded": 1}, **OK}


def _remove_member(world: World, call: DialerCall) -> Answer:
    campaign, agent = call.campaign(world), _agent(world, call)
    if campaign is None or not call.text("member"):
        return {"Data": {"TotalRemoved": 0}, **_member_refusal(campaign, call)}
    if agent not in campaign.members:
        return {"Data": {"TotalRemoved": 0}, **OK}
    campaign.members.remove(agent)
    return {"Data": {"TotalRemoved": 1}, **OK}


def _agent(world: World, call: DialerCall) -> Agent | None:
    member = call.text("member")
    return next((agent for agent in world.floor.at(Vendor.VOICENTER) if agent.id == member), None)


def _member_refusal(campaign: Campaign | None, call: DialerCall) -> Answer:
    return refused(2, call.campaign_refusal if campaign is None else "Member missing")


def _set_smart_dialer(world: World, call: DialerCall) -> Answer:
    """The key of the code has a blank before it, as the document prints it."""
    campaign = call.campaign(world)
    if campaign is None:
        return {" ErrorCode": 1, "Description": call.campaign_refusal}
    queue = world.queue(Vendor.VOICENTER, call.text("setqueueformonitoring"))
    most, coefficient = call.number("setqueuemaximumcallers"), call.number("setcoefficient")
    if not call.is_json or campaign.queue is None or queue is None or (most or 0) < 1 or (coefficient or 0) < 2:
        return {" ErrorCode": 2, "Description": "Internal error occurred"}
    campaign.queue, campaign.most_waiting = queue, most
    campaign.calls_per_minute = campaign.plan.calls_per_minute * (coefficient or 1)
    return {" ErrorCode": 0, "Description": "OK"}


METHODS: Mapping[str, Callable[[World, DialerCall], Answer]] = {
    "GetCampaignList": _campaign_list,
    "StopCampaign": _stop_campaign,
    "StartCampaign": _start_campaign,
    "GetCampaignDetails": _details,
    "GetMembersList": _members_list,
    "AddMember": _add_member,
    "RemoveMember": _remove_member,
    SMART_DIALER_METHOD: _set_smart_dialer,
}
