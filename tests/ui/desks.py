"""A campaign desk over an invented floor, headless; what its vendor answers is told by the test."""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import anyio

from tests.ui.behind import Burns, Clerk, Porter
from tests.ui.boards import AGENT, CAMPAIGNS, SMART, VOICENTER, Board, board, snapshot, usual_floor
from tests.ui.sinks import Sink
from wallboard.domain.actions import ActionKind
from wallboard.domain.campaigns import Campaign
from wallboard.domain.enquiries import MembersOf, PendingTargetsOf, Query
from wallboard.domain.snapshot import Snapshot
from wallboard.domain.targets import Member, PendingList, PendingTarget
from wallboard.ui.arming import DEAD_SECONDS
from wallboard.ui.desk.screen import CampaignDesk

CODE = "secret-code-1"
LEADS = Campaign(VOICENTER, "Hot leads", CAMPAIGNS, CODE, True, "", 23, None, 1, 52, AGENT)
RENEWALS = Campaign(VOICENTER, "Renewals", CAMPAIGNS, "secret-code-2", False, "", 1200, 1200, 1, 1, SMART)
MEMBERS = (Member("SIPSIP1", "דנה לוי"), Member("SIPSIP2", ""), Member("SIPSIP90", "Gone Gal"))
Told = TypeVar("Told")


def target(number: int, name: str = "", **changes: object) -> PendingTarget:
    made = PendingTarget(
        f"id{number}", f"97250{number:07}", name or f"Customer {number}", "972790000000", 1, "Pending", 1.7e9 + number
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def targets(count: int, start: int = 1) -> tuple[PendingTarget, ...]:
    return tuple(target(number) for number in range(start, start + count))


@dataclass
class PatientClerk(Clerk):
    """Answers when the test lets it."""

    gate: anyio.Event = field(default_factory=anyio.Event)

    async def ask(self, source: str, query: Query[Told]) -> Told:
        self.asked.append((source, query))
        await self.gate.wait()
        answer: Told | Exception = self.answers[type(query)]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def count(self, query: type[Query[Any]]) -> int:
        """How often it was asked that."""
        return sum(isinstance(asked, query) for _, asked in self.asked)


def clerk(
    pending: Sequence[PendingTarget] | Exception = (), members: Sequence[Member] | Exception = MEMBERS
) -> PatientClerk:
    """Answers at once; its gate can be closed again."""
    answers = {
        PendingTargetsOf: pending if isinstance(pending, Exception) else PendingList(tuple(pending)),
        MembersOf: members if isinstance(members, Exception) else tuple(members),
    }
    made = PatientClerk(answers)  # type: ignore[arg-type]
    made.gate.set()
    return made


class DialerSink(Sink):
    """At whose vendor all can be done to campaigns, but for what a test takes away."""

    missing: frozenset[ActionKind] = frozenset()

    def capabilities(self, source: str) -> frozenset[ActionKind]:
        return frozenset(ActionKind) - self.missing if source == VOICENTER else super().capabilities(source)


def picture(campaigns: Iterable[Campaign] = (LEADS, RENEWALS), ages: dict[object, float] | None = None) -> Snapshot:
    floor = replace(usual_floor(), campaigns=tuple(campaigns))
    return snapshot(floor, ages)  # type: ignore[arg-type]


@dataclass
class Desk:
    """What a test holds of it."""

    board: Board
    clerk: PatientClerk

    @property
    def screen(self) -> CampaignDesk:
        return next(screen for screen in self.board.app.screen_stack if isinstance(screen, CampaignDesk))

    @property
    def is_open(self) -> bool:
        return any(isinstance(screen, CampaignDesk) for screen in self.board.app.screen_stack)

    @property
    def toasts(self) -> str:
        return "\n".join(str(toast.message) for toast in self.board.app._notifications)

    @property
    def numbers(self) -> list[str]:
        """The numbers in the list, as they are shown, in their order."""
        return [row.cells[0].at(0).text for row in self.screen.lists.targets.table.rows]

    async def confirm(self, *keys: str) -> None:
        """These keys, once the dialog answers keys."""
        await anyio.sleep(DEAD_SECONDS + 0.15)
        for key in keys:
            await anyio.sleep(0.12)
            await self.board.press(key)


@asynccontextmanager
async def desk(
    answering: PatientClerk | None = None,
    campaign: str = "Hot leads",
    size: tuple[int, int] = (200, 50),
    first: Snapshot | None = None,
    *,
    sink: Sink | None = None,
    porter: Porter | None = None,
    burns: Burns | None = None,
    is_masking: bool = False,
) -> AsyncIterator[Desk]:
    """The desk of the campaign of this name, opened by its keys."""
    answering = answering or clerk(targets(3))
    async with board(
        first or picture(),
        size,
        sink=sink or DialerSink(),
        clerk=answering,
        porter=porter,
        burns=burns,
        is_masking=is_masking,
    ) as shown:
        await shown.press("4", "home")
        table = shown.screen.panel.table
        table.go_to(next(row.key for row in table.rows if campaign in row.words))
        await shown.press("enter")
        made = Desk(shown, answering)
        await shown.until(lambda: made.is_open)
        if answering.gate.is_set():
            await shown.until(lambda: bool(answering.asked) == bool(answering.answers))
            await shown.until(lambda: not made.screen.lists.is_asking)
            await shown.pilot.pause()
        yield made
