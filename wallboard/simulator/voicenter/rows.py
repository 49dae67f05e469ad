"""Voicenter's rows: an agent with his calls, a queue with its callers, a campaign with its targets, an extension."""

from datetime import UTC, datetime
from typing import Any

from wallboard.simulator.entities import Agent, Campaign, Leg, Presence, Queue
from wallboard.simulator.floor import Floor
from wallboard.simulator.targets import Target

_NAME_WITH_NUMBER_EVERY = 9

Row = dict[str, Any]


def local_epoch(floor: Floor, moment: float) -> int:
    """Voicenter's epochs: the wall clock in Israel, written as if it were UTC."""
    return int(floor.local(moment).replace(tzinfo=UTC).timestamp())


def agent_row(floor: Floor, agent: Agent) -> Row:
    """One extension of GetExtensionsCalls."""
    is_out = agent.presence is Presence.LOGGED_OUT
    return {
        "name": extension_name(agent),
        "representative": agent.name,
        "username": agent.id,
        "extensionID": 875_000_000 + agent.number,
        "userID": agent.user_id,
        "onlineUserID": 0 if is_out else agent.user_id,
        "onlineUserStatus": int(agent.presence),
        "calls": [_call(floor, agent, leg) for leg in agent.legs],
        "accountID": agent.team.account_id,
        "topAccountID": 48_000,
        "peerStatus": None,
    }


def extension_name(agent: Agent) -> str:
    """People write numbers into the names of extensions."""
    return agent.name if agent.number % _NAME_WITH_NUMBER_EVERY else f"{agent.name} - 0570000{agent.number % 1000:03d}"


def _call(floor: Floor, agent: Agent, leg: Leg) -> Row:
    started = local_epoch(floor, leg.started_at)
    row: Row = {
        "callStarted": started,
        "callAnswered": 0 if leg.answered_at is None else local_epoch(floor, leg.answered_at),
        "answered": int(leg.answered_at is not None),
        "callername": leg.name,
        "callerphone": leg.phone,
        "callstatus": leg.status,
        "customdata": leg.custom,
        "direction": leg.direction,
        "ivrid": leg.call_id,
        "recording": {
            "Filename": f"{leg.call_id}-aws-{agent.id}-{leg.phone}.mp3",
            "IsMuted": int(leg.is_muted),
            "Options": "",
            "ApproximateURL": "",
        },
        "did": leg.did,
        "isInternal": False,
        "calldurationinterval": started,
    }
    if leg.queue is not None:
        row["queueID"] = int(leg.queue.key)
    if leg.dialed is not None:
        row["actualDialedNumber"] = leg.dialed
    return row


def queue_row(floor: Floor, queue: Queue) -> Row:
    """One queue of GetQueuesCallers. JoinTime and Duration of all callers give the same present."""
    now = int(floor.wall(floor.now))
    callers = [
        {
            "Phone": caller.phone,
            "CallID": caller.id,
            "JoinTime": local_epoch(floor, caller.joined_at),
            "Duration": now - int(floor.wall(caller.joined_at)),
            "CallerName": queue.name,
            "isDistributedQueue": False,
        }
        for caller in queue.waiting.values()
    ]
    return {"Name": queue.name, "ID": int(queue.key), "Weight": queue.plan.weight, "Callers": callers}


def directory_row(agent: Agent) -> Row:
    """One extension of GetExtensions."""
    return {
        "SIP": agent.id,
        "Name": extension_name(agent),
        "SpeedDial": str(100 + agent.number),
        "AccountID": agent.team.account_id,
        "AccountName": agent.team.name,
        "UserName": agent.name,
        "UserEmail": f"agent{agent.number}@example.invalid",
    }


def campaign_row(campaign: Campaign) -> Row:
    """One campaign of GetCampaignList; only a smart dialer has awaiting calls."""
    lowest, highest = campaign.targets.priorities
    return {
        "Name": campaign.name,
        "StatusName": "Enabled" if campaign.is_running else "Disabled",
        "TotalPendingCalls": campaign.pending,
        "MaxPriority": highest,
        "MinPriority": lowest,
        "TotalAwaitingCalls": campaign.pending if campaign.queue is not None else None,
        "Code": campaign.code,
    }


def pending_campaign(campaign: Campaign) -> Row:
    """The campaign as GetCampaignPendingCalls tells it."""
    lowest, highest = campaign.targets.priorities
    return {
        "ID": campaign.id,
        "Name": campaign.name,
        "Status": 1 if campaign.is_running else 2,
        "Code": campaign.code,
        "StatusName": "Enabled" if campaign.is_running else "Disabled",
        "TotalPendingCalls": campaign.pending,
        "MaxPriority": highest,
        "MinPriority": lowest,
        "IsDynamic": int(campaign.queue is None),
    }


def pending_calls(floor: Floor, campaign: Campaign) -> list[Row]:
    """Its targets, the newest first. `Priorety` is the vendor's spelling."""
    newest_first = campaign.targets.newest_first()
    following = campaign.targets.first(floor.now) if campaign.is_running else None
    return [_pending_call(floor, campaign, target, following) for target in newest_first]


def _pending_call(floor: Floor, campaign: Campaign, target: Target, following: Target | None) -> Row:
    row = {
        "CampaignID": campaign.id,
        "CallID": str(target.number),
        "Phone": target.phone,
        "CallStatus": {"Status": 1, "Description": _state(floor, target, following)},
        "CallInserted": f"{_utc(floor, target.inserted_at)}Z",
        "CallerID": target.caller_id,
        "CallerName": "",
        "CustomerName": target.customer_name,
        "Priorety": target.priority,
        "LastCallDate": _local_time(floor, target.last_called_at),
        "CustomData": target.custom,
    }
    if target.told_time is not None:
        row["OriginateTime"], row["IsDateLocal"] = target.told_time
    return row


def _state(floor: Floor, target: Target, following: Target | None) -> str:
    if target is following:
        return "Call is in Queue on service"
    return "Pending" if target.due_at > floor.now else "Tosend"


def _utc(floor: Floor, moment: float) -> str:
    return datetime.fromtimestamp(floor.wall(moment), UTC).replace(tzinfo=None).isoformat(timespec="milliseconds")


def _local_time(floor: Floor, moment: float | None) -> str | None:
    if moment is None:
        return None
    return floor.local(moment).replace(tzinfo=None).isoformat(" ", timespec="milliseconds")
