"""What the dispatcher does with what no poll shows afterwards, and with many requests that were confirmed as one."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests.engine.desks import LOST, OFFICE, SENT, Desk, add, clear, lines, not_sent, running, stop, told
from wallboard.domain.actions import Obstacle, Outcome, Result, Settlement
from wallboard.domain.campaign_actions import AddTargets
from wallboard.engine.dispatcher import SPARE_SECONDS

Opened = Callable[..., AbstractAsyncContextManager[Desk]]


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Opened:
    return lambda **how: running(Desk(tmp_path / "audit.jsonl", **how), monkeypatch)


async def test_what_no_poll_shows_is_not_looked_for(opened: Opened) -> None:
    async with opened() as desk:
        ticket = await desk.one(add(1))
        assert (told(ticket), ticket.is_checking, ticket.is_open) == (SENT, False, False)
        await desk.go(60)
        assert desk.now(ticket).settlement is None, "the campaign stands there as before, which contradicts nothing"
        assert desk.trail(ticket) == ["intent", "outcome ok"]


async def test_an_unknown_outcome_of_it_stays_unknown(opened: Opened) -> None:
    async with opened() as desk:
        desk.office.outcomes = [LOST]
        ticket = await desk.one(add(1))
        await desk.go(60)
        assert (told(desk.now(ticket))[0], desk.now(ticket).settlement) == (Result.UNKNOWN, None)


async def test_an_emptied_list_is_seen_in_a_later_poll(opened: Opened) -> None:
    async with opened() as desk:
        ticket = await desk.one(clear())
        await desk.go(30)
        assert desk.now(ticket).settlement is Settlement.VERIFIED


async def test_a_list_that_stays_full_contradicts(opened: Opened) -> None:
    async with opened() as desk:
        desk.office.is_doing = False
        ticket = await desk.one(clear())
        await desk.go(30)
        assert desk.now(ticket).settlement is Settlement.CONTRADICTED


async def test_an_empty_list_is_not_emptied(opened: Opened) -> None:
    async with opened() as desk:
        desk.world.pending = dict.fromkeys(desk.world.pending, 0)
        await desk.go(10)
        ticket = await desk.one(clear())
        assert told(ticket) == not_sent(Obstacle.TARGET_CHANGED)
        assert desk.office.performed == []


async def test_a_campaign_that_has_gone_is_given_nothing(opened: Opened) -> None:
    async with opened() as desk:
        gone = AddTargets(
            source=OFFICE, target="0" * 12, words="x", feed=stop().feed, code="CANARY", new=add(1).new, file="d1" * 32
        )
        assert told(await desk.one(gone)) == not_sent(Obstacle.TARGET_GONE)


async def test_what_continues_a_confirmation_is_not_counted(opened: Opened) -> None:
    async with opened() as desk:
        first = await desk.one(add(1))
        for place in range(2, 40):
            ticket = await desk.one(add(10 * place), continues=first.batch)
            await desk.go(0.5)  # the account's pace
            assert (told(desk.now(ticket)), ticket.batch) == (SENT, first.batch)
        assert len(desk.office.performed) == 39
        await desk.go(2)
        assert told(await desk.one(stop())) == SENT, "the limit of twenty has only seen one"


async def test_what_continues_nothing_is_counted(opened: Opened) -> None:
    async with opened() as desk:
        tickets = [await desk.one(add(10 * place), continues="never heard of") for place in range(1, 30)]
        assert Obstacle.TOO_MANY in {told(ticket)[1] for ticket in tickets}


async def test_another_command_gets_its_turn_between_two_batches(opened: Opened) -> None:
    async with opened() as desk:
        desk.office.takes_seconds = 3.0
        first = await desk.one(add(1))
        other = await desk.one(stop("b"))
        await desk.go(3)
        second = await desk.one(add(10), continues=first.batch)
        await desk.go(10)
        assert told(desk.now(second)) == SENT
        assert [type(command).__name__ for _, command in desk.office.performed] == [
            "AddTargets",
            "StopCampaign",
            "AddTargets",
        ]
        assert told(desk.now(other)) == SENT


async def test_a_large_request_has_more_time(opened: Opened) -> None:
    async with opened() as desk:
        desk.office.takes_seconds = AddTargets.seconds + SPARE_SECONDS - 0.5
        ticket = await desk.one(add(1))
        await desk.go(desk.office.takes_seconds + 1)
        assert told(desk.now(ticket)) == SENT


async def test_the_audit_has_lines_and_counts_and_no_numbers(opened: Opened) -> None:
    async with opened() as desk:
        desk.office.outcomes = [Outcome(Result.OK)]
        await desk.one(add(3, 4))
        intent = lines(desk.path)[0]
        assert intent["parameters"] == {"file": "d1" * 6, "lines": "3–6", "count": "4"}
        assert "97250" not in desk.path.read_text()
        assert "CANARY" not in desk.path.read_text()
