"""Feeds and sources in memory, which answer as a test tells them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

import anyio

from wallboard.clock import ManualClock
from wallboard.domain.actions import ActionKind, Command, Outcome, Result
from wallboard.domain.agents import Agent, AgentState
from wallboard.domain.enquiries import Query
from wallboard.domain.faults import Fault, FaultCode, VendorFault
from wallboard.domain.feeds import FeedKey, Subject
from wallboard.domain.ports import Feed, Part

CALLS = FeedKey("Head office", "GetExtensionsCalls")
Told = TypeVar("Told")
Answer = Part | Fault | Callable[[], Part]


@dataclass
class ScriptedFeed:
    """Gives its answers in turn, the last one again and again; remembers when it was asked."""

    clock: ManualClock
    answers: list[Answer] = field(default_factory=list)
    key: FeedKey = CALLS
    subjects: frozenset[Subject] = frozenset({Subject.AGENTS})
    host: str = "vendor.test"
    interval: float = 5.0
    least_interval: float = 5.0
    deadline: float = 5.0
    takes_seconds: float = 0.0
    asked_at: list[float] = field(default_factory=list)
    under_way: int = 0
    most_under_way: int = 0

    async def fetch(self) -> Part:
        self.asked_at.append(self.clock.monotonic())
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            if self.takes_seconds:
                await self.clock.sleep(self.takes_seconds)
        finally:
            self.under_way -= 1
        answer = self.answers[0] if len(self.answers) == 1 else self.answers.pop(0)
        if isinstance(answer, Fault):
            raise VendorFault(answer)
        if callable(answer):
            return answer()
        return Part(received_at=self.clock.monotonic(), agents=answer.agents, notes=answer.notes)

    @property
    def gaps(self) -> list[float]:
        return [round(b - a, 3) for a, b in zip(self.asked_at, self.asked_at[1:], strict=False)]


@dataclass
class ScriptedSource:
    """Gives its outcomes in turn, the last one again and again; remembers what it was to do, and when."""

    feeds: Sequence[Feed]
    name: str = "Head office"
    kind: str = "voicenter"
    requests_per_second: float = 10.0
    concurrency: int = 4
    capabilities: frozenset[ActionKind] = frozenset(ActionKind)
    clock: ManualClock | None = None  # needed by what takes time
    outcomes: list[Outcome] = field(default_factory=lambda: [Outcome(Result.OK)])
    takes_seconds: float = 0.0
    is_hanging: bool = False  # until it is cancelled
    performed: list[tuple[float, Command]] = field(default_factory=list)
    told: dict[type[Query[Any]], Any] = field(
        default_factory=dict
    )  # what it answers to which question; a Fault is raised
    asked: list[Query[Any]] = field(default_factory=list)

    @property
    def answers(self) -> frozenset[type[Query[Any]]]:
        return frozenset(self.told)

    async def ask(self, query: Query[Told]) -> Told:
        self.asked.append(query)
        if self.takes_seconds:
            assert self.clock, "a source that takes time needs a clock"
            await self.clock.sleep(self.takes_seconds)
        answer = self.told[type(query)]
        if isinstance(answer, Fault):
            raise VendorFault(answer)
        return cast("Told", answer)

    async def perform(self, command: Command) -> Outcome:
        self.performed.append((self.clock.monotonic() if self.clock else 0.0, command))
        if self.is_hanging:
            await anyio.sleep_forever()
        if self.takes_seconds:
            assert self.clock, "a source that takes time needs a clock"
            await self.clock.sleep(self.takes_seconds)
        return self.outcomes[0] if len(self.outcomes) == 1 else self.outcomes.pop(0)

    async def aclose(self) -> None:
        """Nothing is open."""


def agent(number: int = 1, state: AgentState = AgentState.AVAILABLE) -> Agent:
    return Agent("Head office", f"SIP{number}", f"Agent {number}", f"{number}", state, feeds=(CALLS,))


def good(count: int = 1) -> Part:
    return Part(received_at=0.0, agents=tuple(agent(number) for number in range(count)))


HANGING = Fault(FaultCode.TIMEOUT)
REFUSED = Fault(FaultCode.CREDENTIALS)
BLOCKED = Fault(FaultCode.ADDRESS)
BROKEN = Fault(FaultCode.SERVER, status=500)
