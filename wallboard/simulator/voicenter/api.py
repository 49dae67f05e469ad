"""The three services: who is on the phone, who is who, and the dialer."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from wallboard.simulator.entities import Agent
from wallboard.simulator.request_log import ApiCall
from wallboard.simulator.scenario import Vendor
from wallboard.simulator.voicenter import campaigns, targets
from wallboard.simulator.voicenter.dialer_call import Answer, DialerCall
from wallboard.simulator.voicenter.rows import agent_row, directory_row, queue_row
from wallboard.simulator.wire import JSON, Reply, encode, same_secret
from wallboard.simulator.world import World

_WELL_FORMED_CODE = re.compile(r"[A-Za-z0-9-]{12,64}")
# A client that asks every 5 s is heard a little early or late; its network's jitter is not held against it.
_THROTTLE_GRACE_SECONDS = 0.5

Parameters = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Listing:
    """A method of the monitoring services. `rows` gives written rows, or None for a parameter that makes no sense."""

    key: str
    rows: Callable[["VoicenterApi", Parameters], Iterable[bytes] | None]
    refusal: str = "Authorization failed"
    is_throttled: bool = True


class VoicenterApi:
    """Answers for one world; holds what was served last, and rows that did not change."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._agents = {agent.id: agent for agent in world.floor.agents if agent.vendor is Vendor.VOICENTER}
        self._agent_rows: dict[str, tuple[int, bytes]] = {}
        self._served: dict[tuple[str, ...], tuple[float, Reply]] = {}

    def monitor(self, call: ApiCall) -> Reply:
        """`/comet/API/`: active calls."""
        return self._answer(call, ACTIVE_CALLS)

    def directory(self, call: ApiCall) -> Reply:
        """`/Comet/api/`: the list of extensions."""
        return self._answer(call, DIRECTORY)

    def _answer(self, call: ApiCall, listings: Mapping[str, Listing]) -> Reply:
        listing, parameters = listings.get(call.method), _parameters(call)
        if listing is None:
            return _not_simulated(call, listings)
        code = str(parameters.get("code", ""))
        if not _WELL_FORMED_CODE.fullmatch(code):
            return Reply(encode({"ERR": 1, "DESC": listing.refusal, listing.key: []}))
        if not same_secret(code, self.world.access.code):
            return Reply(_listed(listing.key, ()))
        if not listing.is_throttled:
            return self._list(listing, parameters)
        return self._throttled(call.method, listing, parameters)

    def _throttled(self, method: str, listing: Listing, parameters: Parameters) -> Reply:
        """Serve the previous answer to a client that asks more often than it may."""
        key = (method, *(f"{name}={parameters[name]}" for name in sorted(parameters)))
        now, least = self.world.elapsed, self.world.scenario.quirks.throttle_seconds - _THROTTLE_GRACE_SECONDS
        served = self._served.get(key)
        if served is not None and now - served[0] < least:
            self.world.requests.too_fast[method] += 1
            return served[1]
        reply = self._list(listing, parameters)
        self._served[key] = (now, reply)
        return reply

    def _list(self, listing: Listing, parameters: Parameters) -> Reply:
        rows = listing.rows(self, parameters)
        if rows is None:
            return Reply(encode({"ERR": 2, "DESC": "Internal error", listing.key: []}))
        return Reply(_listed(listing.key, rows))

    def extensions_calls(self, parameters: Parameters) -> Iterable[bytes] | None:
        self.world.advance()
        extension = parameters.get("extension")
        if not extension:
            return [self._agent_row(agent) for agent in self._agents.values()]
        agent = self._agents.get(str(extension))
        return [self._agent_row(agent)] if agent else None

    def _agent_row(self, agent: Agent) -> bytes:
        written = self._agent_rows.get(agent.id)
        if written is None or written[0] != agent.revision:
            written = (agent.revision, encode(agent_row(self.world.floor, agent)))
            self._agent_rows[agent.id] = written
        return written[1]

    def queues_callers(self, parameters: Parameters) -> Iterable[bytes] | None:
        floor = self.world.advance()
        queues = [queue for queue in floor.queues if queue.vendor is Vendor.VOICENTER]
        if wanted := parameters.get("queue"):
            queues = [queue for queue in queues if queue.key == str(wanted)]
            if not queues:
                return None
        return [encode(queue_row(floor, queue)) for queue in queues]

    def extensions(self, _parameters: Parameters) -> Iterable[bytes]:
        return [encode(directory_row(agent)) for agent in self._agents.values()]

    def dial(self, call: ApiCall) -> Reply:
        """`/ForwardDialer/Dialer/`: ErrorCode and Description; names of parameters in any case."""
        respond = DIALER.get(call.method)
        if respond is None:
            return _not_simulated(call, DIALER)
        self.world.advance()
        return Reply(encode(respond(self.world, DialerCall.of(call))))


def _parameters(call: ApiCall) -> Parameters:
    """Of a POST only a JSON body counts."""
    if call.verb == "GET":
        return call.query
    return call.body if call.content_type == JSON else {}


def _listed(key: str, rows: Iterable[bytes]) -> bytes:
    return b'{"ERR":0,"DESC":"OK","%s":[%s]}' % (key.encode(), b",".join(rows))


def _not_simulated(call: ApiCall, methods: Mapping[str, object]) -> Reply:
    text = f"{call.method} is not simulated under this address; there are {', '.join(methods)}"
    return Reply(text.encode(), status=404, content_type="text/plain; charset=utf-8")


ACTIVE_CALLS: dict[str, Listing] = {
    "GetExtensionsCalls": Listing("EXTENSIONS", VoicenterApi.extensions_calls),
    "GetQueuesCallers": Listing("QUEUES", VoicenterApi.queues_callers),
}
DIRECTORY: dict[str, Listing] = {
    "GetExtensions": Listing("EXTENSIONS", VoicenterApi.extensions, refusal="Unauthorized", is_throttled=False),
}
DIALER: Mapping[str, Callable[[World, DialerCall], Answer]] = {**campaigns.METHODS, **targets.METHODS}
