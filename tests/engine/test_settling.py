"""Whether polls showed what came of a command: only those that began after it, and no word more than they show."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests.engine.desks import (
    FIRST,
    GONE,
    LOST,
    NO_ROAD,
    OK,
    SAID_NO,
    SECOND,
    Desk,
    Stall,
    kick,
    pause,
    resume,
    running,
    stop,
    transfer,
)
from tests.engine.feeds import BROKEN
from wallboard.domain.actions import Command, Outcome, Settlement, Stage, Ticket
from wallboard.domain.feeds import FeedStatus
from wallboard.domain.snapshot import Floor, Snapshot
from wallboard.engine.settling import GIVE_UP_SECONDS, LAG_SECONDS, settlement_of

Opened = Callable[..., AbstractAsyncContextManager[Desk]]
VERIFIED, CONTRADICTED = Settlement.VERIFIED, Settlement.CONTRADICTED


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Opened:
    return lambda **how: running(Desk(tmp_path / "audit.jsonl", **how), monkeypatch)


@pytest.mark.parametrize("outcome", [OK, LOST], ids=["ok", "unknown"])
@pytest.mark.parametrize(
    "command", [kick("a"), transfer("a"), pause("SIP1"), stop("a")], ids=lambda command: command.kind
)
@pytest.mark.parametrize("is_done", [True, False], ids=["done", "not_done"])
async def test_a_poll_tells_whether_it_was_done(
    opened: Opened, outcome: Outcome, command: Command, is_done: bool
) -> None:
    async with opened() as desk:
        for account in (desk.line, desk.office):
            account.outcomes, account.is_doing = [outcome], is_done
        ticket = await desk.one(command)
        assert (ticket.stage, ticket.settlement, ticket.is_checking, ticket.is_open) == (Stage.ENDED, None, True, True)
        await desk.go(10)
        settled = desk.now(ticket)
        expected = VERIFIED if is_done else CONTRADICTED
        assert (settled.settlement, settled.outcome, settled.is_checking) == (expected, ticket.outcome, False)
        assert desk.trail()[2:] == [f"settled {expected}"]
        await desk.go(60)
        assert len(desk.line.performed) + len(desk.office.performed) == 1
        assert len(desk.trail()) == 3, "it is settled once"


async def test_a_caller_who_turns_up_in_another_queue_was_taken_out_of_this_one(opened: Opened) -> None:
    async with opened() as desk:
        desk.line.is_doing = False
        ticket = await desk.one(transfer("a"))
        desk.world.waiting["a"] = SECOND
        await desk.go(10)
        assert desk.now(ticket).settlement is VERIFIED


async def test_resuming_is_settled_too(opened: Opened) -> None:
    async with opened() as desk:
        desk.world.paused.add(("SIP1", FIRST))
        await desk.go(6)
        ticket = await desk.one(resume("SIP1"))
        await desk.go(3)
        assert desk.now(ticket).settlement is VERIFIED


@pytest.mark.parametrize("outcome", [GONE, SAID_NO, NO_ROAD], ids=lambda outcome: outcome.result)
async def test_what_is_certain_needs_no_poll(opened: Opened, outcome: Outcome) -> None:
    async with opened() as desk:
        desk.line.outcomes = [outcome]
        ticket = await desk.one(kick("a"))
        await desk.go(20)
        assert (desk.now(ticket).settlement, desk.now(ticket).is_open) == (None, False)
        assert len(desk.trail()) == 2


async def test_a_poll_that_began_before_the_end_tells_nothing(opened: Opened) -> None:
    async with opened() as desk:
        desk.queue.takes_seconds = 4.0
        while not desk.queue.under_way:
            await desk.go(0.1)
        ticket = await desk.one(kick("a"))
        asked = len(desk.queue.asked_at)
        await desk.go(0.2)
        assert desk.now(ticket).stage is Stage.ENDED
        await desk.go(3.8)
        assert (desk.queue.under_way, len(desk.queue.asked_at)) == (0, asked)
        assert desk.now(ticket).settlement is None
        desk.queue.takes_seconds = 0.0
        await desk.go(6)
        assert desk.now(ticket).settlement is VERIFIED


async def test_the_feed_is_asked_at_once_and_again_where_that_was_too_soon(opened: Opened) -> None:
    async with opened() as desk:
        await desk.go(9.8)
        desk.line.is_doing = False
        asked = len(desk.queue.asked_at)
        while len(desk.queue.asked_at) == asked:
            await desk.go(0.1)
        await desk.go(1.2)  # the vendor's least interval, and long before the next of its own
        asked += 1
        others = len(desk.queues[1].asked_at)
        ticket = await desk.one(kick("a"))
        assert ticket.ended_at is not None
        await desk.go(3)
        soon = [at - ticket.ended_at for at in desk.queue.asked_at[asked:]]
        assert soon[0] < 0.3
        assert LAG_SECONDS <= soon[-1] < LAG_SECONDS + 0.5
        assert desk.now(ticket).settlement is CONTRADICTED
        assert len(desk.queues[1].asked_at) - others <= 1, "nobody else is asked"


async def test_after_a_command_that_was_not_sent_nobody_is_asked(opened: Opened) -> None:
    async with opened() as desk:
        desk.line.outcomes = [NO_ROAD]
        await desk.go(1.5)
        asked = len(desk.queue.asked_at)
        await desk.confirm(kick("a"))
        await desk.go(2)
        assert len(desk.queue.asked_at) == asked


async def test_while_the_feed_is_down_nothing_is_settled_and_later_all_is(opened: Opened) -> None:
    async with opened() as desk:
        good, desk.queue.answers = desk.queue.answers, [BROKEN]
        ticket = await desk.one(kick("a"))
        await desk.go(120)
        assert desk.now(ticket).is_checking
        desk.queue.answers = good
        await desk.go(120)
        assert desk.now(ticket).settlement is VERIFIED


async def test_what_no_poll_ever_shows_is_given_up(opened: Opened) -> None:
    async with opened() as desk:
        ticket = await desk.one(pause("SIP1"))
        desk.world.agents.remove("SIP1")
        await desk.go(GIVE_UP_SECONDS - 10)
        assert desk.now(ticket).is_checking
        await desk.go(20)
        given_up = desk.now(ticket)
        assert (given_up.is_checking, given_up.is_open, given_up.settlement) == (False, False, None)
        assert desk.trail() == ["intent", "outcome ok"]


async def test_a_settlement_is_on_disk_before_it_is_shown(opened: Opened) -> None:
    async with opened() as desk:
        shown: list[tuple[Settlement | None, list[str]]] = []
        ticket = await desk.one(kick("a"))
        desk.dispatcher.listen(lambda ticket: shown.append((ticket.settlement, desk.trail()[2:])))
        desk.disk.stall = Stall.BEFORE
        await desk.go(20)
        assert shown == []
        desk.disk.go_on()
        await desk.go()
        assert shown == [(VERIFIED, ["settled verified"])]
        assert desk.now(ticket).is_recorded


async def test_a_settlement_that_cannot_be_recorded_says_so(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    async with opened() as desk:
        ticket = await desk.one(kick("a"))
        with monkeypatch.context() as patch:
            patch.setattr("wallboard.engine.audit.log.write_whole", full)
            await desk.go(3)
        settled = desk.now(ticket)
        assert (settled.settlement, settled.is_recorded, settled.is_open) == (VERIFIED, False, False)


@pytest.mark.parametrize(
    ("began", "is_there", "settlement"),
    [
        (-0.1, False, None),
        (0.0, False, None),
        (0.1, False, VERIFIED),
        (0.1, True, None),
        (LAG_SECONDS - 0.1, True, None),
        (LAG_SECONDS, True, CONTRADICTED),
    ],
)
@pytest.mark.parametrize("latency", [None, 0.0, 3.0])
def test_when_a_poll_must_have_begun(
    began: float, is_there: bool, settlement: Settlement | None, latency: float | None
) -> None:
    desk = Desk(Path("nowhere"))
    part = desk.world.queue_part(FIRST, 0.0, 0.0)
    floor = Floor(callers=part.callers if is_there else ())
    succeeded_at = 100.0 + began + (latency or 0.0)
    command = kick("a")
    status = FeedStatus(command.feed, 5.0, frozenset(), succeeded_at=succeeded_at, latency=latency)
    ticket = Ticket("t", "t", command, Stage.ENDED, 0.0, outcome=OK, ended_at=100.0, is_checking=True)
    assert settlement_of(ticket, Snapshot(succeeded_at, {command.feed: status}, floor)) is settlement
    assert settlement_of(ticket, Snapshot(succeeded_at, {}, floor)) is None
