"""The numbers that a campaign has to dial."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from wallboard.simulator.floor import ZONE, Floor
from wallboard.simulator.phones import international
from wallboard.simulator.voicenter.dialer_call import OK, Answer, DialerCall, refused
from wallboard.simulator.voicenter.rows import pending_calls, pending_campaign
from wallboard.simulator.world import World

MOST_ROWS = 100_000
MOST_ROWS_TOLD = 3_000  # of more there is no result for each

_INTERNAL_ERROR = "Internal error occurred"


def _add_call(world: World, call: DialerCall) -> Answer:
    campaign, phone = call.campaign(world), international(call.text("target"))
    if campaign is None or phone is None:
        return _refusal(world, call)
    world.dialer.add(campaign, phone, **_details(world.floor, call))
    return OK


def _update_call(world: World, call: DialerCall) -> Answer:
    campaign, phone = call.campaign(world), international(call.text("target"))
    if campaign is None or phone is None:
        return _refusal(world, call)
    world.dialer.update(campaign, phone, **_details(world.floor, call))
    return OK


def _add_calls_bulk(world: World, call: DialerCall) -> Answer:
    """A target that cannot be added is told in its own result alone; the whole is OK."""
    if not call.rows:
        return refused(2, "Target missing")
    if len(call.rows) > MOST_ROWS:
        return refused(2, f"More than {MOST_ROWS} targets")
    results = []
    for raw in call.rows:
        row = DialerCall.of_row(raw)
        target = row.values.get("target", "")
        results.append({"Target": target, **_add_call(world, row), "CustomData": row.custom or {}})
    return {"AddResult": results, **OK} if len(results) <= MOST_ROWS_TOLD else OK


def _remove_call(world: World, call: DialerCall) -> Answer:
    """Also OK where the number is not in the campaign, or is none."""
    campaign, target = call.campaign(world), call.text("target")
    if campaign is None or not target:
        return _refusal(world, call)
    if phone := international(target):
        campaign.targets.remove(phone)
    return OK


def _clear(world: World, call: DialerCall) -> Answer:
    campaign = call.campaign(world)
    if campaign is None:
        return refused(4, _INTERNAL_ERROR)
    campaign.targets.clear()
    return OK


def _pending_calls(world: World, call: DialerCall) -> Answer:
    campaign = call.campaign(world) if call.is_json else None
    if campaign is None:
        return refused(2, _INTERNAL_ERROR)
    return {**OK, "Data": {"Campaign": pending_campaign(campaign), "Calls": pending_calls(world.floor, campaign)}}


def _refusal(world: World, call: DialerCall) -> Answer:
    """Of a target: whatever is wrong first."""
    if call.campaign(world) is None:
        return refused(1, call.campaign_refusal)
    return refused(-2, "Number is invalid") if call.text("target") else refused(2, "Target missing")


def _details(floor: Floor, call: DialerCall) -> dict[str, Any]:
    """What was said of the target; the rest stays as it is, or as it is usual."""
    details: dict[str, Any] = {}
    for name, key in (("customername", "customer_name"), ("callerid", "caller_id")):
        if name in call.values:
            details[key] = call.text(name)
    if (priority := call.number("priority")) is not None:
        details["priority"] = priority
    if call.custom is not None:
        details["custom"] = call.custom
    if (epoch := call.number("originatetime")) is not None:
        is_local = call.flag("isdatelocal")
        details["told_time"] = (epoch, is_local)
        details["due_at"] = _moment(floor, epoch, is_local=is_local)
    return details


def _moment(floor: Floor, epoch: int, *, is_local: bool) -> float:
    """A time of dialling; a local one is the wall clock in Israel, written as if it were UTC."""
    try:
        told = datetime.fromtimestamp(epoch, UTC)
    except (OverflowError, ValueError, OSError):
        return floor.now
    return (told.replace(tzinfo=ZONE) if is_local else told).timestamp() - floor.started_at


METHODS: Mapping[str, Callable[[World, DialerCall], Answer]] = {
    "AddCall": _add_call,
    "AddCallsBulk": _add_calls_bulk,
    "UpdateCall": _update_call,
    "RemoveCall": _remove_call,
    "ClearCampaignCalls": _clear,
    "GetCampaignPendingCalls": _pending_calls,
}
