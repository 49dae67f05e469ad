"""Worlds to test, and ways to ask them without a socket."""

import json
from collections.abc import Callable
from typing import Any

import anyio
import httpx

from wallboard.clock import ManualClock
from wallboard.simulator.entities import Agent, LegStatus, Queue
from wallboard.simulator.scenario import Quirks, Scenario, load_scenario
from wallboard.simulator.server import application
from wallboard.simulator.world import World

YEMOT = "/ym/api/"
MONITOR = "/comet/API/"
DIRECTORY = "/Comet/api/"
DIALER = "/ForwardDialer/Dialer/"


def make_world(name: str = "busy", seed: int = 1, clock: ManualClock | None = None, **changes: Any) -> World:
    """A world on a manual clock; `changes` replace tables of the scenario."""
    scenario = load_scenario(name).model_copy(update=changes)
    return World(scenario, seed, clock or ManualClock())


def make_patient_world(name: str = "busy", seed: int = 1) -> World:
    """A world whose Voicenter may be asked as often as a test likes."""
    return make_world(name, seed, quirks=Quirks(throttle_seconds=0))


def clock_of(world: World) -> ManualClock:
    assert isinstance(world.clock, ManualClock)
    return world.clock


def quiet(**changes: Any) -> Scenario:
    """One queue, one agent at each vendor, and nobody who calls by himself."""
    tables: dict[str, Any] = {
        "name": "quiet",
        "title": "Nothing happens unless the test makes it happen",
        "warm_seconds": 60,
        "pace": {"outgoing_per_agent_hour": 0, "direct_per_agent_hour": 0, "wrap_up_seconds": 0, "answer_share": 1},
        "rota": {"away_share": 0, "logged_out_share": 0, "minutes_between_breaks": 1e9},
        "queue": [
            {"vendor": "yemot", "name": "ראשי", "path": "/1", "calls_per_hour": 0},
            {"vendor": "yemot", "name": "שני", "path": "/2", "calls_per_hour": 0},
            {"vendor": "voicenter", "name": "מרכז", "id": 700, "calls_per_hour": 0, "strategy": "ringall"},
        ],
        "team": [
            {"vendor": "yemot", "name": "צוות א", "agents": 3, "queues": ["ראשי"]},
            {"vendor": "voicenter", "name": "צוות ב", "agents": 3, "queues": ["מרכז"]},
        ],
    }
    return Scenario.model_validate({**tables, **changes})


class Desk:
    """Asks a world over the application, as a client would, but without a socket."""

    def __init__(self, world: World) -> None:
        self.world = world
        transport = httpx.ASGITransport(app=application(world))
        self.http = httpx.AsyncClient(transport=transport, base_url="http://simulator.invalid")

    async def yemot(self, command: str, **parameters: Any) -> dict[str, Any]:
        return await self.post(YEMOT + command, {"token": self.world.access.token, **parameters})

    async def queue(self, path: str) -> dict[str, Any]:
        return await self.yemot("GetQueueRealTime", queuePath=path)

    async def voicenter(self, method: str, **parameters: Any) -> dict[str, Any]:
        base = DIRECTORY if method == "GetExtensions" else MONITOR
        return await self.post(base + method, {"code": self.world.access.code, **parameters})

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        # Not by `json=`: half a surrogate pair must be able to travel as an escape.
        return read(await self.http.post(path, content=json.dumps(body), headers={"content-type": "application/json"}))


def read(response: httpx.Response) -> dict[str, Any]:
    assert response.status_code == 200, response.text
    value = json.loads(response.content)
    assert isinstance(value, dict)
    return value


def statuses(agent: Agent) -> list[LegStatus]:
    return [leg.status for leg in agent.legs]


def longest_queue(world: World, vendor: str) -> Queue:
    """The queue of a vendor in which most callers wait."""
    return max((q for q in world.floor.queues if q.vendor == vendor), key=lambda q: len(q.waiting))


async def until(happened: Callable[[], bool]) -> None:
    """Wait for something that another task or machine does."""
    with anyio.fail_after(5):
        while not happened():  # noqa: ASYNC110 - there is no event to wait for
            await anyio.sleep(0.01)
