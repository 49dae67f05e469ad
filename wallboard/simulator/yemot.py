"""Yemot's classic interface: `/ym/api/<Command>`, as reality has it and not only the document."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from wallboard.simulator.entities import LegStatus, Membership, Presence, Queue
from wallboard.simulator.floor import Floor
from wallboard.simulator.request_log import ApiCall
from wallboard.simulator.scenario import Vendor
from wallboard.simulator.wire import JSON, Reply, encode, same_secret
from wallboard.simulator.world import World

_QUEUE_ENGINE = {"yAfastVersion": "6.7.30"}
_CLASSIC_ENGINE = {"yemotAPIVersion": 6}

Answer = dict[str, Any]
Parameters = Mapping[str, Any]


class Command(NamedTuple):
    """One command. `is_json_only`: it takes nothing but POST with a JSON body."""

    respond: Callable[[World, Parameters], Answer]
    is_json_only: bool = False


def answer(world: World, call: ApiCall) -> Reply:
    """Answer a request; HTTP 200 whatever happens, as the vendor does."""
    return Reply(encode(_answer(world, call)))


def _answer(world: World, call: ApiCall) -> Answer:
    command = COMMANDS.get(call.method)
    if command is None:
        return _error(f"{call.method} is not simulated; there are {', '.join(COMMANDS)}")
    if command.is_json_only and (call.verb != "POST" or call.content_type != JSON):
        return _error(f"{call.method} takes only POST with a JSON body")
    return _refusal(world, call) or command.respond(world, call.parameters)


def _refusal(world: World, call: ApiCall) -> Answer | None:
    token = call.authorization if call.authorization is not None else call.parameters.get("token", "")
    if not same_secret(token, world.access.token):
        return {"responseStatus": "FORBIDDEN", "message": "user name or password do not match", **_CLASSIC_ENGINE}
    if world.access.is_session_expired:
        message = "IllegalStateException(session token is invalid)"
        return {**_CLASSIC_ENGINE, "responseStatus": "EXCEPTION", "message": message}
    return None


def _error(message: str) -> Answer:
    return {"responseStatus": "ERROR", "message": message, **_QUEUE_ENGINE}


def _ok(**values: object) -> Answer:
    return {"responseStatus": "OK", **_QUEUE_ENGINE, **values}


def _queue(world: World, parameters: Parameters) -> Queue | None:
    return world.queue(Vendor.YEMOT, _path(parameters.get("queuePath")))


def _path(given: object) -> str:
    """`/1/2`, whether or not it was written with the slashes around it; the root extension is a dot."""
    inner = str(given or "").strip().strip("/")
    return "." if inner in {"", "."} else f"/{inner}"


def _no_queue(parameters: Parameters) -> Answer:
    return _error(f"השלוחה {parameters.get('queuePath', '')} אינה שלוחת תור")


def _queue_real_time(world: World, parameters: Parameters) -> Answer:
    floor, queue = world.advance(), _queue(world, parameters)
    if queue is None:
        return _no_queue(parameters)
    members = [_member(floor, membership) for membership in queue.members]
    entries = _entries(floor, queue)
    empty: object = {} if world.scenario.quirks.empty_as_object else []
    data = {
        "Abandoned": queue.abandoned,
        "Calls": len(entries),
        "Completed": queue.completed,
        "TalkTime": queue.talk_seconds,
        "Holdtime": queue.hold_seconds,
        "Max": queue.plan.max,
        "Strategy": queue.plan.strategy,
    }
    return _ok(queueData=data, members=members or empty, entries=entries or empty)


def _entries(floor: Floor, queue: Queue) -> list[Answer]:
    now = int(floor.wall(floor.now))
    entries = []
    for position, caller in enumerate(queue.waiting.values(), 1):
        wait = now - int(floor.wall(caller.joined_at))
        entries.append(
            {
                "phone": caller.phone,
                "Wait": str(wait),
                "WaitAgo": hebrew_duration(wait),
                "Position": str(position),
                "CallId": caller.id,
            }
        )
    return entries


def _member(floor: Floor, membership: Membership) -> Answer:
    ended = membership.last_call_at
    last_call, last_call_ago, unix = None, None, 0
    if ended is not None:
        unix = int(floor.wall(ended))
        local = floor.local(ended)
        last_call = f"{local.month}/{local.day}/{local.year}, {local.hour % 12 or 12}:{local:%M:%S %p}"
        last_call_ago = hebrew_duration(int(floor.wall(floor.now)) - unix)
    return {
        "agent": membership.agent.id,
        "Status": _device_state(membership),
        "CallsTaken": membership.calls_taken,
        "LastCallUnitTime": str(unix),
        "LastCall": last_call,
        "LastCallAgo": last_call_ago,
        "Paused": membership.is_paused,
        "Penalty": str(membership.penalty),
    }


def _device_state(membership: Membership) -> str:
    """Asterisk's state of the agent's device, as this queue can know it."""
    agent = membership.agent
    if agent.presence is Presence.LOGGED_OUT:
        return "5"
    # Of an outside telephone a queue sees only the calls it sent there itself.
    statuses = {leg.status for leg in agent.legs if agent.has_sip or leg.queue is membership.queue}
    if not statuses:
        return "1"
    if statuses == {LegStatus.RINGING}:
        return "6"
    return "8" if agent.has_sip and LegStatus.HOLD in statuses else "2"


def hebrew_duration(seconds: int) -> str:
    """Yemot's own words for a duration."""
    minutes, rest = divmod(max(0, seconds), 60)
    hours, minutes = divmod(minutes, 60)
    words = ((hours, "שעה", "שעות"), (minutes, "דקה", "דקות"), (rest, "שנייה", "שניות"))
    parts = [one if count == 1 else f"{count} {many}" for count, one, many in words if count]
    return ", ".join(parts) or "0 שניות"


def _customer_data(world: World, _parameters: Parameters) -> Answer:
    floor, account = world.advance(), world.scenario.account
    units = max(0.0, account.units - account.units_per_hour * floor.now / 3600)
    expires = floor.local(0) + timedelta(days=account.expires_in_days)
    return {
        "responseStatus": "OK",
        **_CLASSIC_ENGINE,
        "mainDid": "0790000000",
        "secondary_dids": [{"id": 100, "did": "0790000001", "usage": "goto:/1"}],
        "callerIds": [{"callerId": "0790000000", "expiryDate": f"{expires:%Y-%m-%d} 01:39:27"}],
        "name": account.name,
        "expiredUnits": units <= 0,
        "unitsExpireDate": f"{expires:%Y-%m-%d}",
        "email": "office@example.invalid",
        "organization": account.name,
        "contactName": "שקד אלמוג",
        "phones": "0790000000",
        "invoiceName": account.name,
        "invoiceAddress": "",
        "fax": "",
        "accessPassword": "demo-access-password",
        "units": f"{units:.2f}",
        "recordPassword": "demo-record-password",
        "resellerCreditFile": "",
        "systemSite": "ymta",
        "pirsumPhoneStatus": False,
        "ivrType": "IVR2",
    }


def _queue_management(world: World, parameters: Parameters) -> Answer:
    queue, action = _queue(world, parameters), parameters.get("action")
    if queue is None:
        return _no_queue(parameters)
    if action == "kick":
        return _kick(world, queue, parameters)
    if action not in {"pause", "unpause"}:
        return _error(f"action must be kick, pause or unpause, not {action!r}")
    membership = next((m for m in queue.members if m.agent.id == parameters.get("agent")), None)
    if membership is None:
        return _error("הנציג לא נמצא בתור")
    world.set_paused(membership, action == "pause")
    return _ok()


def _kick(world: World, queue: Queue, parameters: Parameters) -> Answer:
    call_ids, more = parameters.get("callIds"), str(parameters.get("moreData") or "")
    if not isinstance(call_ids, list) or not call_ids:
        return _error("callIds must be an array of call ids")
    if more and not more.startswith("GOTO:/"):
        return _error("moreData must be GOTO:/ and an extension")
    sent_to = _path(more.removeprefix("GOTO:")) if more else None
    wanted = dict.fromkeys(str(call_id) for call_id in call_ids)
    status = {call_id: "OK" if world.kick(queue, call_id, sent_to) else "Call not found" for call_id in wanted}
    return _ok(status=status)


# A further command is a function like those above and a line here.
COMMANDS: dict[str, Command] = {
    "GetQueueRealTime": Command(_queue_real_time),
    "GetCustomerData": Command(_customer_data),
    "QueueManagement": Command(_queue_management, is_json_only=True),
}
