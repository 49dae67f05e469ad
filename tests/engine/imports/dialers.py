"""A dialer in memory, and everything behind a board that adds files to it, on a manual clock."""

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, cast

import anyio

from tests.engine.desks import lines
from tests.engine.feeds import ScriptedFeed
from wallboard.clock import ManualClock
from wallboard.domain.actions import ActionKind, Command, ItemOutcome, Outcome, Result, StopCampaign
from wallboard.domain.campaign_actions import AddTargets
from wallboard.domain.campaigns import Campaign
from wallboard.domain.enquiries import PendingTargetsOf, Query
from wallboard.domain.faults import Fault, FaultCode, VendorFault
from wallboard.domain.feeds import FeedKey, Subject
from wallboard.domain.imports import ImportPlan, ImportProgress
from wallboard.domain.ports import Feed, Part, Told
from wallboard.domain.targets import NewTarget, PendingList, PendingTarget
from wallboard.engine.audit.log import AuditLog
from wallboard.engine.dispatcher import Dispatcher
from wallboard.engine.engine import Engine
from wallboard.engine.enquiries import EnquiryDesk
from wallboard.engine.gate import Gate
from wallboard.engine.imports.importer import Importer

OFFICE, CODE = "Head office", "CANARY-campaign-code"
LIST = FeedKey(OFFICE, "GetCampaignList")
OK, UNKNOWN = ItemOutcome(Result.OK, "0"), ItemOutcome(Result.UNKNOWN)
LOST = Outcome(Result.UNKNOWN, fault=Fault(FaultCode.TIMEOUT))
NO_ROAD = Outcome(Result.NOT_SENT, fault=Fault(FaultCode.UNREACHABLE))
WRONG_CODE = Outcome(Result.REFUSED, "1", "Invalid campaign code", Fault(FaultCode.VENDOR, words="Invalid campaign"))
DEADLINE_SECONDS = 20.0

# What a dialer does with a batch: it may add of it, and says what became of it.
Behaviour = Callable[["Dialer", Sequence[NewTarget]], Outcome]


def number(line: int) -> str:
    """The canonical digits of a line's number."""
    return f"97250{line:07}"


def add_all(dialer: "Dialer", new: Sequence[NewTarget]) -> Outcome:
    dialer.pending += [target.number for target in new]
    return Outcome(Result.OK, items=(OK,) * len(new))


def add_and_lose(dialer: "Dialer", new: Sequence[NewTarget]) -> Outcome:
    add_all(dialer, new)
    return LOST


def add_half_and_lose(dialer: "Dialer", new: Sequence[NewTarget]) -> Outcome:
    add_all(dialer, new[: len(new) // 2])
    return LOST


def say(outcome: Outcome) -> Behaviour:
    """Adds nothing, and says so much."""
    return lambda dialer, new: outcome


@dataclass
class Dialer:
    """Implements `Source`. `behaviours`: of the batches to come, in turn; when there are no more, it adds all."""

    clock: ManualClock
    pending: list[str] = field(default_factory=list)
    is_running: bool | None = False
    behaviours: list[Behaviour] = field(default_factory=list)
    reading_faults: list[Fault] = field(default_factory=list)
    on_ask: Callable[[], None] = lambda: None
    takes_seconds: float = 0.0
    is_there: bool = True
    batches: list[tuple[float, tuple[int, ...]]] = field(default_factory=list)  # when, and the lines
    performed: list[Command] = field(default_factory=list)
    asked_at: list[float] = field(default_factory=list)

    name = OFFICE
    kind = "voicenter"
    requests_per_second = 100.0
    concurrency = 4
    capabilities = frozenset(ActionKind)
    answers: frozenset[type[Query[Any]]] = frozenset({PendingTargetsOf})

    def __post_init__(self) -> None:
        self.feed = ScriptedFeed(
            self.clock, key=LIST, subjects=frozenset({Subject.CAMPAIGNS}), least_interval=1.0, answers=[self._part]
        )
        self.feeds: Sequence[Feed] = [self.feed]

    @property
    def campaign(self) -> Campaign:
        return Campaign(OFFICE, "Warm leads", LIST, CODE, is_running=self.is_running, pending=len(self.pending))

    async def perform(self, command: Command) -> Outcome:
        self.performed.append(command)
        if isinstance(command, AddTargets):
            assert command.code == CODE
            self.batches.append((self.clock.monotonic(), tuple(target.line for target in command.new)))
        if self.takes_seconds:
            await self.clock.sleep(self.takes_seconds)
        if not isinstance(command, AddTargets):
            return Outcome(Result.OK)
        return (self.behaviours.pop(0) if self.behaviours else add_all)(self, command.new)

    async def ask(self, query: Query[Told]) -> Told:
        assert isinstance(query, PendingTargetsOf)
        self.asked_at.append(self.clock.monotonic())
        self.on_ask()
        if self.reading_faults:
            raise VendorFault(self.reading_faults.pop(0))
        targets = tuple(PendingTarget(str(place), digits) for place, digits in enumerate(self.pending))
        return cast("Told", PendingList(targets, self.is_running, total=len(targets)))

    async def aclose(self) -> None:
        """Nothing is open."""

    def _part(self) -> Part:
        return Part(self.clock.monotonic(), campaigns=(self.campaign,) if self.is_there else ())


@dataclass
class Board:
    """Everything behind one board; two may share a folder and a dialer."""

    folder: Path
    dialer: Dialer
    is_read_only: bool = False

    def __post_init__(self) -> None:
        self.clock = self.dialer.clock
        self.engine = Engine(self.clock, [self.dialer], Random(7))
        gate = Gate(self.clock, is_read_only=self.is_read_only)
        audit = AuditLog(self.folder / "audit.jsonl", self.clock, "dana", "board-1")
        self.dispatcher = Dispatcher(self.clock, self.engine, [self.dialer], audit, gate)
        desk = EnquiryDesk(self.engine, [self.dialer])
        self.importer = Importer(self.clock, self.engine, self.dispatcher, desk, self.folder / "imports")

    async def add(self, path: Path, **how: Any) -> ImportPlan:
        """Plan a file, and start."""
        plan = await self.importer.plan(path, self.dialer.campaign)
        self.importer.start(plan, self.dialer.campaign, "Warm leads", **how)
        return plan

    async def added(self, path: Path, **how: Any) -> ImportProgress:
        """Plan a file, start, and wait for the end."""
        await self.add(path, **how)
        return await self.over()

    @property
    def progress(self) -> ImportProgress:
        progress = self.importer.progress(OFFICE, self.dialer.campaign.id)
        assert progress is not None
        return progress

    async def over(self) -> ImportProgress:
        await self.until(lambda: not self.progress.is_under_way)
        return self.progress

    async def until(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + DEADLINE_SECONDS
        while not condition():
            assert time.monotonic() < deadline, f"it did not come about: {self.importer.all()}"
            await anyio.sleep(0.001)

    def stop_command(self) -> StopCampaign:
        campaign = self.dialer.campaign
        return StopCampaign(source=OFFICE, target=campaign.id, words="Warm leads", feed=LIST, code=CODE)

    @property
    def intents(self) -> list[str]:
        """The actions that the audit knows of, in turn."""
        return [line["action"] for line in lines(self.folder / "audit.jsonl") if line["event"] == "intent"]


@asynccontextmanager
async def running(board: Board, *, is_first: bool = True) -> AsyncIterator[Board]:
    """A board whose feed has answered once. Time passes as long as the first one runs, a hundred times too fast."""

    async def let_time_pass() -> None:
        while True:
            await anyio.sleep(0.001)
            await board.clock.advance(0.1)

    async with anyio.create_task_group() as tasks:
        for run in (board.engine.run, board.dispatcher.run, board.importer.run):
            tasks.start_soon(run)
        if is_first:
            tasks.start_soon(let_time_pass)
        await board.until(lambda: board.engine.snapshot().feeds[LIST].succeeded_at is not None)
        yield board
        board.dispatcher.leave()
        tasks.cancel_scope.cancel()


def file_of(folder: Path, count: int, *, first: int = 2, name: str = "targets.csv") -> Path:
    """A file with so many good rows, below a heading."""
    path = folder / name
    rows = (f"0{number(line).removeprefix('972')},Customer {line}" for line in range(first, first + count))
    path.write_text("\n".join(("phone,name", *rows)) + "\n")
    return path
