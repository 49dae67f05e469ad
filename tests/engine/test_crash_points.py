"""Real processes that are killed, at every step and at any moment: nothing is sent twice, nothing is forgotten."""

import asyncio
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import anyio

from tests.engine.crash_child import POINTS, TORN
from tests.engine.desks import lines
from tests.vendors.accounts import GOOD
from tests.vendors.fault_server import Exchange, FaultServer, answer, fault_server
from wallboard.engine.audit.verdict import verify

ROOT = Path(__file__).parents[2]
AT_ONCE = 4  # processes
CHAINS, LIVES, CALLS_OF_A_LIFE = 5, 5, 12


@dataclass
class Line:
    """A Yemot system with one queue: what waits in it, and what it was told to take out."""

    waiting: list[str]
    requests: list[str] = field(default_factory=list)
    is_doing: bool = True
    before_answer: Callable[[], Awaitable[None]] | None = None

    async def serve(self, exchange: Exchange) -> None:
        if not exchange.target.endswith("QueueManagement"):
            entries = [{"CallId": call, "phone": "0500000001", "Wait": "5"} for call in self.waiting]
            await answer(GOOD | {"entries": entries})(exchange)
            return
        (call,) = json.loads(exchange.body)["callIds"]
        self.requests.append(call)
        said = "OK" if call in self.waiting else "Call not found"
        if self.is_doing and call in self.waiting:
            self.waiting.remove(call)
        if self.before_answer:
            await self.before_answer()
        await answer({"responseStatus": "OK", "status": {call: said}})(exchange)


@asynccontextmanager
async def serving(**systems: Line) -> AsyncIterator[FaultServer]:
    async with fault_server(**{name: line.serve for name, line in systems.items()}) as server:
        yield server


async def child(folder: Path, url: str, point: str, *calls: str) -> asyncio.subprocess.Process:
    command = [sys.executable, "-m", "tests.engine.crash_child", str(folder), url, point, *calls]
    environ = {**os.environ, "PYTHONWARNINGS": "error"}
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environ, stdout=pipe, stderr=pipe)


async def ended(process: asyncio.subprocess.Process) -> tuple[int | None, list[str]]:
    """How it ended, and what it said."""
    with anyio.fail_after(60):
        said, complaint = await process.communicate()
    assert not complaint, complaint.decode()
    return process.returncode, said.decode().split("\n")[:-1]


@dataclass(frozen=True)
class Story:
    """What is left of an action whose program died, and what the next program makes of it."""

    requests: int
    left: tuple[str, ...]  # lines of the audit when it was dead
    listed: tuple[str, ...]  # by the next one
    added: tuple[str, ...]  # by the next one, to the audit


UNKNOWN = "outcome unknown"
UNSENT = Story(0, ("intent",), ("call unknown contradicted",), (UNKNOWN, "settled contradicted"))
SENT = Story(1, ("intent",), ("call unknown verified",), (UNKNOWN, "settled verified"))
STORIES = {
    "before_intent": Story(0, (), (), ()),
    "torn_intent": Story(0, (), (), ()),
    "after_intent": UNSENT,
    "before_request": UNSENT,
    "server_has_it": SENT,
    "server_has_it_and_does_nothing": Story(
        1, ("intent",), ("call unknown contradicted",), (UNKNOWN, "settled contradicted")
    ),
    "after_answer": SENT,
    "before_outcome": SENT,
    "torn_outcome": Story(1, ("intent",), ("call unknown verified",), ("note", UNKNOWN, "settled verified")),
    "after_outcome": Story(1, ("intent", "outcome ok"), (), ()),
}


async def test_wherever_the_program_dies_the_next_sends_nothing_and_says_what_is_unknown(tmp_path: Path) -> None:
    assert STORIES.keys() >= POINTS.keys() | TORN.keys()
    systems = {point: Line(["call", "other"]) for point in STORIES}
    systems["server_has_it_and_does_nothing"].is_doing = False
    stories: dict[str, Story] = {}
    async with serving(**systems) as server:
        places = anyio.CapacityLimiter(AT_ONCE)

        async def tell(point: str) -> None:
            async with places:
                stories[point] = await _story(tmp_path / point, server.url(point), point, systems[point])

        async with anyio.create_task_group() as tasks:
            for point in STORIES:
                tasks.start_soon(tell, point)
    assert stories == STORIES


async def _story(folder: Path, url: str, point: str, line: Line) -> Story:
    process = await child(folder, url, point, "call")

    async def kill() -> None:
        process.send_signal(signal.SIGKILL)
        await process.wait()

    if point.startswith("server_has_it"):
        line.before_answer = kill
    assert (await ended(process))[0] == -signal.SIGKILL
    requests, left = list(line.requests), _told(folder)
    code, listed = await ended(await child(folder, url, "none"))
    assert code == 0
    assert line.requests == requests, "the next program sent something"
    audit = folder / "audit.jsonl"
    if point != "torn_intent" and audit.exists():  # nothing was written since that would have set it aside
        assert not verify(audit).fault
    return Story(len(requests), tuple(left), tuple(listed), tuple(_told(folder)[len(left) :]))


def _told(folder: Path) -> list[str]:
    return [f"{line['event']} {line['outcome'] or ''}".strip() for line in lines(folder / "audit.jsonl")]


async def test_killed_at_any_moment_nothing_is_ever_sent_twice(tmp_path: Path) -> None:
    systems = {f"chain{number}": Line(_calls(range(LIVES + 1))) for number in range(CHAINS)}
    kills: list[int | None] = []
    async with serving(**systems) as server:
        places = anyio.CapacityLimiter(AT_ONCE)

        async def go(name: str, random: Random) -> None:
            async with places:
                line, url = systems[name], server.url(name)
                kills.extend([await _killed_life(tmp_path / name, url, line, life, random) for life in range(LIVES)])
                assert (await ended(await child(tmp_path / name, url, "none")))[0] == 0

        async with anyio.create_task_group() as tasks:
            for number, name in enumerate(systems):
                tasks.start_soon(go, name, Random(number))
    assert kills == [-signal.SIGKILL] * (CHAINS * LIVES)
    requests = {name: Counter(line.requests) for name, line in systems.items()}
    assert all(count == 1 for counter in requests.values() for count in counter.values())
    assert sum(counter.total() for counter in requests.values()) > CHAINS * LIVES, "hardly anything was sent"
    for name, counter in requests.items():
        audit = tmp_path / name / "audit.jsonl"
        told = lines(audit)
        intended = Counter(line["target"]["key"] for line in told if line["event"] == "intent")
        concluded = {line["id"] for line in told if line["event"] == "outcome"}
        assert set(counter) <= set(intended)
        assert max(intended.values()) == 1
        assert {line["id"] for line in told if line["event"] == "intent"} <= concluded
        assert not verify(audit).fault


def _calls(lives: range) -> list[str]:
    return [f"life{life}call{number}" for life in lives for number in range(CALLS_OF_A_LIFE)]


async def _killed_life(folder: Path, url: str, line: Line, life: int, random: Random) -> int | None:
    """One that empties its part of the queue, and is killed while it does."""
    begun = asyncio.Event()

    async def dawdle() -> None:
        begun.set()
        await asyncio.sleep(random.uniform(0.0, 0.06))

    line.before_answer = dawdle
    process = await child(folder, url, "none", *_calls(range(life, life + 1)))
    with anyio.fail_after(60):
        await begun.wait()
    await asyncio.sleep(random.uniform(0.0, 0.25))
    process.send_signal(signal.SIGKILL)
    return (await ended(process))[0]
