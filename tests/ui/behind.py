"""What stands behind a board besides pictures and actions: it answers as a test tells it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from wallboard.domain.campaigns import Burn, Campaign
from wallboard.domain.enquiries import Query
from wallboard.domain.imports import ImportPlan, ImportProgress
from wallboard.domain.ports import ImportTroubleError

Told = TypeVar("Told")


@dataclass
class Clerk:
    """Implements `Enquiries`: gives the answer to a question's type, or raises it; remembers what was asked."""

    answers: dict[type[Query[Any]], Any] = field(default_factory=dict)
    asked: list[tuple[str, Query[Any]]] = field(default_factory=list)

    def can_ask(self, source: str, query: type[Query[Any]]) -> bool:
        return query in self.answers

    async def ask(self, source: str, query: Query[Told]) -> Told:
        self.asked.append((source, query))
        answer: Told | Exception = self.answers[type(query)]
        if isinstance(answer, Exception):
            raise answer
        return answer


@dataclass
class Porter:
    """Implements `Imports`: plans as it is told, and remembers what was started and stopped."""

    planned: ImportPlan | Exception = field(default_factory=lambda: ImportTroubleError("no such file"))
    started: list[tuple[ImportPlan, Campaign, str, bool]] = field(default_factory=list)
    stopped: list[tuple[str, str]] = field(default_factory=list)
    under_way: dict[tuple[str, str], ImportProgress] = field(default_factory=dict)

    async def plan(self, path: Path, campaign: Campaign) -> ImportPlan:
        if isinstance(self.planned, Exception):
            raise self.planned
        return self.planned

    def start(self, plan: ImportPlan, campaign: Campaign, words: str, *, accepts_stale: bool = False) -> None:
        self.started.append((plan, campaign, words, accepts_stale))

    def stop(self, source: str, campaign: str) -> None:
        self.stopped.append((source, campaign))

    def progress(self, source: str, campaign: str) -> ImportProgress | None:
        return self.under_way.get((source, campaign))

    def all(self) -> tuple[ImportProgress, ...]:
        return tuple(self.under_way.values())


@dataclass
class Burns:
    """Implements `BurnRates`."""

    rates: dict[tuple[str, str], Burn] = field(default_factory=dict)

    def burn(self, source: str, campaign: str) -> Burn | None:
        return self.rates.get((source, campaign))
