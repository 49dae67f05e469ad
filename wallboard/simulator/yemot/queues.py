"""Queues: who waits, who answers, and what a supervisor does about it."""

from collections.abc import Mapping

from wallboard.simulator.entities import LegStatus, Membership, Presence, Queue
from wallboard.simulator.floor import Floor
from wallboard.simulator.scenario import Vendor
from wallboard.simulator.world import World
from wallboard.simulator.yemot.command import Answer, Command, Parameters, error, ok


def _queue(world: World, parameters: Parameters) -> Queue | None:
    return world.queue(Vendor.YEMOT, _path(parameters.get("queuePath")))


def _path(given: object) -> str:
    """`/1/2`, whether or not it was written with the slashes around it; the root extension is a dot."""
    inner = str(given or "").strip().strip("/")
    return "." if inner in {"", "."} else f"/{inner}"


def _no_queue(parameters: Parameters) -> Answer:
    return error(f"השלוחה {parameters.get('queuePath', '')} אינה שלוחת תור")


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
    return ok(queueData=data, members=members or empty, entries=entries or empty)


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


def _queue_management(world: World, parameters: Parameters) -> Answer:
    queue, action = _queue(world, parameters), parameters.get("action")
    if queue is None:
        return _no_queue(parameters)
    if action == "kick":
        return _kick(world, queue, parameters)
    if action not in {"pause", "unpause"}:
        return error(f"action must be kick, pause or unpause, not {action!r}")
    membership = next((m for m in queue.members if m.agent.id == parameters.get("agent")), None)
    if membership is None:
        return error("הנציג לא נמצא בתור")
    world.set_paused(membership, action == "pause")
    return ok()


def _kick(world: World, queue: Queue, parameters: Parameters) -> Answer:
    call_ids, more = parameters.get("callIds"), str(parameters.get("moreData") or "")
    if not isinstance(call_ids, list) or not call_ids:
        return error("callIds must be an array of call ids")
    if more and not more.startswith("GOTO:/"):
        return error("moreData must be GOTO:/ and an extension")
    sent_to = _path(more.removeprefix("GOTO:")) if more else None
    wanted = dict.fromkeys(str(call_id) for call_id in call_ids)
    status = {call_id: "OK" if world.kick(queue, call_id, sent_to) else "Call not found" for call_id in wanted}
    return ok(status=status)


COMMANDS: Mapping[str, Command] = {
    "GetQueueRealTime": Command(_queue_real_time),
    "QueueManagement": Command(_queue_management, is_json_only=True),
}
