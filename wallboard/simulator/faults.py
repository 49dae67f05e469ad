"""Faults of the road and of the vendors' machines, by the scenario's schedule."""

from collections.abc import Callable
from random import Random

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from wallboard.simulator.request_log import ApiCall
from wallboard.simulator.scenario import FaultKind, FaultPlan
from wallboard.simulator.wire import Reply
from wallboard.simulator.world import World

_PAGE = (
    "<!DOCTYPE html><html dir='rtl'><head><title>הגישה נחסמה</title></head>"
    "<body><h1>הגישה לכתובת זו נחסמה</h1><p>Invalid WS request</p></body></html>"
)
_GARBAGE = b'\x1f\x00\xfe{"ERR":0,"DESC":\xff\xff NaN}}]'


def whole(reply: Reply) -> Response:
    """An answer as it should be."""
    return Response(reply.body, reply.status, media_type=reply.content_type)


class Faults:
    """Decides on each request whether something goes wrong with it; the same seed always decides the same."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._frozen: dict[tuple[str, ...], tuple[int, Reply]] = {}

    async def respond(self, call: ApiCall, answer: Callable[[ApiCall], Reply]) -> Response:
        """The answer to a request, or what became of it."""
        plan = self._strike(call)
        if plan is None:
            return whole(answer(call))
        self._world.requests.faults[plan.kind] += 1
        # What fails before the vendor is reached changes nothing there; the rest happens after it was done.
        return _intercept(plan) or await self._spoil(plan, call, answer(call))

    def _strike(self, call: ApiCall) -> FaultPlan | None:
        """The first fault of the scenario that this request meets."""
        world = self._world
        dice = Random(f"{world.scenario.name}/{world.seed}/{call.method}/{world.requests.counts[call.method]}")
        for plan in world.scenario.fault:
            draw = dice.random()
            if plan.method in {"*", call.method} and draw < plan.probability and plan.window(world.elapsed) is not None:
                return plan
        return None

    async def _spoil(self, plan: FaultPlan, call: ApiCall, reply: Reply) -> Response:
        match plan.kind:
            case FaultKind.HANG:
                return HangingResponse()
            case FaultKind.TRUNCATED:
                return TruncatedResponse(reply.body, media_type=reply.content_type)
            case FaultKind.EMPTY:
                return Response(b"", media_type=reply.content_type)
            case FaultKind.GARBAGE:
                return Response(_GARBAGE, media_type=reply.content_type)
            case FaultKind.FROZEN:
                return whole(self._frozen_reply(plan, call, reply))
            case FaultKind.SLOW:
                await self._world.clock.sleep(plan.seconds)
        return whole(reply)

    def _frozen_reply(self, plan: FaultPlan, call: ApiCall, reply: Reply) -> Reply:
        """The first answer of the window instead of the present one."""
        window = plan.window(self._world.elapsed) or 0
        asked = sorted(f"{name}={value}" for name, value in call.parameters.items())
        asked += map(str, call.rows)
        key = (call.method, call.authorization or "", *asked)
        frozen = self._frozen.get(key)
        if frozen is None or frozen[0] != window:
            frozen = self._frozen[key] = (window, reply)
        return frozen[1]


def _intercept(plan: FaultPlan) -> Response | None:
    """What answers in the vendor's place."""
    match plan.kind:
        case FaultKind.ERROR:
            return Response("Internal Server Error", 500, media_type="text/plain")
        case FaultKind.LIMITED:
            return Response(
                "Too Many Requests", 429, {"retry-after": str(round(plan.seconds))}, media_type="text/plain"
            )
        case FaultKind.PAGE:
            return Response(_PAGE, media_type="text/html")
    return None


class HangingResponse(Response):
    """Never comes; ends when the client gives up."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass


class TruncatedResponse(Response):
    """Announces its whole length, sends half of it and lets the server close the connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = bytes(self.body)
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
