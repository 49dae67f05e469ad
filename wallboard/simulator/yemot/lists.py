"""One-ring lists. `getlistEnteres` and `enteres` are the vendor's spelling."""

from collections.abc import Mapping

from wallboard.simulator.floor import Floor
from wallboard.simulator.system.lists import ListEvent, RingList
from wallboard.simulator.system.numbers import MAIN_NUMBER
from wallboard.simulator.world import World
from wallboard.simulator.yemot.command import Answer, Command, Parameters, error, ok


def _manage(world: World, parameters: Parameters) -> Answer:
    lists, action = world.system.lists, parameters.required("action")
    if action == "getlists":
        return ok(lists=[_row(ring) for ring in lists.ring.values()])
    if action not in {"getlistEnteres", "getLogList", "resetList"}:
        return error(f"action must be getlists, getlistEnteres, getLogList or resetList, not {action}")
    ring = lists.ring_list(parameters.required("TzintukimList"))
    if action == "resetList":
        return ok(list=lists.reset(ring.name).name)
    if action == "getLogList":
        return ok(events=[_event(world.floor, ring, event) for event in reversed(ring.events)])
    enteres = [{"phone": phone, "name": name} for phone, name in ring.subscribers.items()]
    return ok(listName=ring.name, countSubscribers=len(enteres), enteres=enteres)


def _row(ring: RingList) -> Answer:
    return {"listName": ring.name, "subscribers": len(ring.subscribers)}


def _event(floor: Floor, ring: RingList, event: ListEvent) -> Answer:
    local = floor.local(event.moment)
    return {
        "Folder": ring.folder,
        "CustomerDID": MAIN_NUMBER,
        "Phone": event.by,
        "Date": f"{local:%d/%m/%Y}",
        "Time": f"{local:%H:%M:%S}",
        "TypeOperation": event.operation,
        "PhoneAction": event.on,
    }


COMMANDS: Mapping[str, Command] = {"TzintukimListManagement": Command(_manage)}
