"""A dispatcher over an engine in memory, on a manual clock, with a real audit, and vendors whose floors are real."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import anyio
import pytest

from tests.engine.feeds import ScriptedFeed, ScriptedSource
from wallboard.clock import ManualClock
from wallboard.domain.actions import (
    ActionKind,
    Command,
    KickCaller,
    Obstacle,
    Outcome,
    PauseAgent,
    Result,
    ResumeAgent,
    StartCampaign,
    StopCampaign,
    Ticket,
    TransferCaller,
)
from wallboard.domain.agents import Agent, AgentState
from wallboard.domain.callers import Caller
from wallboard.domain.campaign_actions import AddTargets, ClearTargets
from wallboard.domain.campaigns import Campaign
from wallboard.domain.faults import Fault, FaultCode
from wallboard.domain.feeds import FeedKey, Subject
from wallboard.domain.ports import Part
from wallboard.domain.queues import Queue
from wallboard.domain.targets import NewTarget
from wallboard.engine import dispatcher, journal
from wallboard.engine.audit.log import AuditLog
from wallboard.engine.audit.verdict import verify
from wallboard.engine.dispatcher import Dispatcher
from wallboard.engine.engine import Engine
from wallboard.engine.gate import Gate

LINE, OFFICE = "Main line", "Head office"
FIRST, SECOND = "/1", "/2"
CODES = {"a": "CANARY-campaign-a", "b": "CANARY-campaign-b"}
T = TypeVar("T")

OK = Outcome(Result.OK)
GONE = Outcome(Result.GONE, words="Call not found")
SAID_NO = Outcome(Result.REFUSED, vendor_code="7", words="not now", fault=Fault(FaultCode.VENDOR, words="not now"))
LOST = Outcome(Result.UNKNOWN, fault=Fault(FaultCode.TIMEOUT))
NO_ROAD = Outcome(Result.NOT_SENT, fault=Fault(FaultCode.UNREACHABLE))
SENT = (Result.OK, None)


def told(ticket: Ticket) -> tuple[Result | None, Obstacle | None]:
    """What a ticket says came of it; nothing while it is on its way."""
    return (ticket.outcome.result, ticket.outcome.obstacle) if ticket.outcome else (None, None)


def not_sent(obstacle: Obstacle) -> tuple[Result, Obstacle]:
    return Result.NOT_SENT, obstacle


def feed_of(queue: str) -> FeedKey:
    return FeedKey(LINE, "GetQueueRealTime", queue)


CAMPAIGNS = FeedKey(OFFICE, "GetCampaignList")


def kick(call: str, queue: str = FIRST) -> KickCaller:
    return KickCaller(source=LINE, target=call, words=f"caller {call}", feed=feed_of(queue), queue=queue)


def transfer(call: str, destination: str = "/9", queue: str = FIRST) -> TransferCaller:
    words = f"caller {call}"
    return TransferCaller(
        source=LINE, target=call, words=words, feed=feed_of(queue), queue=queue, destination=destination
    )


def pause(agent: str, queue: str = FIRST) -> PauseAgent:
    return PauseAgent(source=LINE, target=agent, words=agent, feed=feed_of(queue), queue=queue)


def resume(agent: str, queue: str = FIRST) -> ResumeAgent:
    return ResumeAgent(source=LINE, target=agent, words=agent, feed=feed_of(queue), queue=queue)


def stop(campaign: str = "a") -> StopCampaign:
    code = CODES[campaign]
    target = Campaign(OFFICE, campaign, CAMPAIGNS, code).id
    return StopCampaign(source=OFFICE, target=target, words=campaign, feed=CAMPAIGNS, code=code)


def clear(campaign: str = "a") -> ClearTargets:
    same = stop(campaign)
    return ClearTargets(source=OFFICE, target=same.target, words=campaign, feed=CAMPAIGNS, code=same.code)


def add(first_line: int, count: int = 2, campaign: str = "a") -> AddTargets:
    same = stop(campaign)
    new = tuple(NewTarget(line, f"9725000000{line:02}") for line in range(first_line, first_line + count))
    return AddTargets(
        source=OFFICE, target=same.target, words=campaign, feed=CAMPAIGNS, code=same.code, new=new, file="d1" * 32
    )


@dataclass
class World:
    """What is so at the vendors, whoever looks."""

    waiting: dict[str, str] = field(default_factory=lambda: {"a": FIRST, "b": FIRST, "c": SECOND})  # calls, queues
    paused: set[tuple[str, str]] = field(default_factory=set)  # agents and queues
    agents: list[str] = field(default_factory=lambda: ["SIP1", "SIP2"])
    running: set[str] = field(default_factory=lambda: set(CODES.values()))
    pending: dict[str, int] = field(default_factory=lambda: dict.fromkeys(CODES.values(), 7))  # targets, by code

    def do(self, command: Command) -> None:
        """Carry a command out."""
        match command:
            case TransferCaller() | KickCaller():
                self.waiting.pop(command.target, None)
            case ResumeAgent():
                self.paused.discard((command.target, command.queue))
            case PauseAgent():
                self.paused.add((command.target, command.queue))
            case StartCampaign():
                self.running.add(command.code)
            case StopCampaign():
                self.running.discard(command.code)
            case ClearTargets():
                self.pending[command.code] = 0

    def queue_part(self, queue: str, now: float, latency: float) -> Part:
        feed = feed_of(queue)
        return Part(
            received_at=now,
            latency=latency,
            queues=(Queue(LINE, queue, queue, feed),),
            callers=tuple(
                Caller(LINE, call, queue, "050-0000001", None, None, feed)
                for call, place in self.waiting.items()
                if place == queue
            ),
            agents=tuple(self._agent(name, queue) for name in self.agents),
        )

    def campaigns_part(self, now: float, latency: float) -> Part:
        campaigns = tuple(
            Campaign(OFFICE, name, CAMPAIGNS, code, is_running=code in self.running, pending=self.pending[code])
            for name, code in CODES.items()
        )
        return Part(received_at=now, latency=latency, campaigns=campaigns)

    def _agent(self, name: str, queue: str) -> Agent:
        is_paused = (name, queue) in self.paused
        state = AgentState.PAUSED if is_paused else AgentState.AVAILABLE
        paused_queues = (queue,) if is_paused else ()
        return Agent(LINE, name, name, "1", state, (feed_of(queue),), queues=(queue,), paused_queues=paused_queues)


@dataclass
class Account(ScriptedSource):
    """Gives its outcomes in turn; what it says is done, or leaves unsaid, is done in the world unless told not to."""

    world: World = field(default_factory=World)
    is_doing: bool = True
    at_once: int = 0
    most_at_once: int = 0
    on_perform: Callable[[Command], None] = lambda _: None

    async def perform(self, command: Command) -> Outcome:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.on_perform(command)
        try:
            outcome = await super().perform(command)
        finally:
            self.at_once -= 1
        if self.is_doing and outcome.result in {Result.OK, Result.UNKNOWN}:
            self.world.do(command)
        return outcome

    @property
    def targets(self) -> list[str]:
        """Whom it was told to do something to, in turn."""
        return [command.target for _, command in self.performed]


class Stall(StrEnum):
    """Where a write hangs."""

    NOWHERE = "nowhere"
    BEFORE = "before"
    AFTER = "after"  # it is on the disk, and nobody has been told


@dataclass
class Disk:
    """In place of the threads that write the audit: at once, or when the test lets it."""

    stall: Stall = Stall.NOWHERE
    is_dead: bool = False  # its program was killed: nothing is written any more
    is_asked: bool = False
    _going_on: asyncio.Event = field(default_factory=asyncio.Event)

    async def run_sync(self, function: Callable[..., T], *arguments: Any) -> T:
        await asyncio.sleep(0)
        self.is_asked = True
        if self.stall is Stall.BEFORE:
            await self._going_on.wait()
        if self.is_dead:
            raise asyncio.CancelledError
        done = function(*arguments)
        if self.stall is Stall.AFTER:
            await self._going_on.wait()
        return done

    def go_on(self) -> None:
        self.stall = Stall.NOWHERE
        self._going_on.set()
        self._going_on = asyncio.Event()


def feeds_of_line(clock: ManualClock, world: World) -> list[ScriptedFeed]:
    return [
        scripted(clock, feed_of(queue), Subject.QUEUES, partial(world.queue_part, queue)) for queue in (FIRST, SECOND)
    ]


def scripted(clock: ManualClock, key: FeedKey, subject: Subject, part: Callable[[float, float], Part]) -> ScriptedFeed:
    feed = ScriptedFeed(clock, key=key, subjects=frozenset({subject}), least_interval=1.0)
    feed.answers = [lambda: part(clock.monotonic(), feed.takes_seconds)]
    return feed


@dataclass
class Desk:
    """Everything behind one board, and the vendors before it."""

    path: Path
    clock: ManualClock = field(default_factory=ManualClock)
    world: World = field(default_factory=World)
    requests_per_second: float = 10.0
    idle_seconds: float | None = None
    is_read_only: bool = False

    def __post_init__(self) -> None:
        self.disk = Disk()
        self.queues = feeds_of_line(self.clock, self.world)
        self.campaigns = scripted(self.clock, CAMPAIGNS, Subject.CAMPAIGNS, self.world.campaigns_part)
        self.line = self._account(LINE, self.queues)
        self.office = self._account(OFFICE, [self.campaigns])
        self.sources = [self.line, self.office]
        self.engine = Engine(self.clock, self.sources, Random(7))
        self.gate = Gate(self.clock, is_read_only=self.is_read_only, idle_seconds=self.idle_seconds)
        self.audit = AuditLog(self.path, self.clock, "dana", "board-1")
        self.dispatcher = Dispatcher(self.clock, self.engine, self.sources, self.audit, self.gate)
        self.steps: list[Ticket] = []
        self.dispatcher.listen(self.steps.append)

    @property
    def queue(self) -> ScriptedFeed:
        """The feed of the first queue."""
        return self.queues[0]

    async def confirm(self, *commands: Command, **how: Any) -> tuple[Ticket, ...]:
        """Confirm, and let everybody work for a moment."""
        tickets = self.dispatcher.submit(commands, **how)
        await self.go()
        return tuple(self.now(ticket) for ticket in tickets)

    async def one(self, command: Command, **how: Any) -> Ticket:
        return (await self.confirm(command, **how))[0]

    async def go(self, seconds: float = 0.0) -> None:
        """Let time pass."""
        for _ in range(3):
            await self.clock.advance(0)
        await self.clock.advance(seconds)

    def now(self, ticket: Ticket) -> Ticket:
        """The ticket as it is by now."""
        return next(each for each in self.dispatcher.tickets() if each.id == ticket.id)

    def trail(self, ticket: Ticket | None = None) -> list[str]:
        """The audit's lines, of one ticket or of all: their events, outcomes and reasons."""
        return [
            " ".join(filter(None, (line["event"], line["outcome"], line["parameters"].get("reason"))))
            for line in lines(self.path)
            if ticket is None or line["id"] == ticket.id
        ]

    def _account(self, name: str, feeds: Sequence[ScriptedFeed]) -> Account:
        return Account(
            feeds,
            name,
            requests_per_second=self.requests_per_second,
            capabilities=frozenset(ActionKind),
            clock=self.clock,
            world=self.world,
        )


def lines(path: Path) -> list[dict[str, Any]]:
    """The audit's whole lines."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]]


@asynccontextmanager
async def running(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    """A desk whose feeds have answered once; when it is left, its audit must be whole."""
    with monkeypatch.context() as patch:
        patch.setattr(journal, "to_thread", desk.disk)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(desk.engine.run)
            tasks.start_soon(desk.dispatcher.run)
            await desk.go(0.3)
            yield desk
            desk.disk.go_on()
            patch.setattr(dispatcher, "LEAVING_SECONDS", 0.0)
            desk.dispatcher.leave()
            tasks.cancel_scope.cancel()
    if desk.path.exists():
        assert not verify(desk.path).fault
