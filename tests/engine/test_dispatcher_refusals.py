"""What the dispatcher does not send: who may not act, old data, a mute audit, too much, a vendor who asks to wait."""

import errno
import os
import threading
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path

import anyio
import pytest

from tests.engine.desks import (
    FIRST,
    LINE,
    LOST,
    NO_ROAD,
    OK,
    SAID_NO,
    SECOND,
    SENT,
    Desk,
    Stall,
    kick,
    lines,
    not_sent,
    pause,
    resume,
    running,
    stop,
    told,
)
from tests.engine.feeds import BLOCKED, BROKEN, REFUSED
from wallboard.domain.actions import ActionKind, Obstacle, Outcome, Result, Settlement, Stage, Ticket
from wallboard.domain.faults import Fault, FaultCode

Opened = Callable[..., AbstractAsyncContextManager[Desk]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "audit.jsonl"


@pytest.fixture
def opened(path: Path, monkeypatch: pytest.MonkeyPatch) -> Opened:
    return lambda **how: running(Desk(path, **how), monkeypatch)


# Who may act


async def test_a_read_only_board_refuses_without_a_line(opened: Opened) -> None:
    async with opened(is_read_only=True) as desk:
        assert desk.dispatcher.is_read_only
        ticket = await desk.one(pause("SIP1"), undo_seconds=5.0)
        assert told(ticket) == not_sent(Obstacle.READ_ONLY), "at once, not when the undo window ends"
        await desk.go(30)
        assert (desk.line.targets, desk.trail()) == ([], [])


async def test_a_locked_board_refuses_without_a_line(opened: Opened) -> None:
    async with opened(idle_seconds=60.0) as desk:
        await desk.go(61)
        ticket = await desk.one(pause("SIP1"), undo_seconds=5.0)
        assert told(ticket) == not_sent(Obstacle.LOCKED), "at once, not when the undo window ends"
        await desk.go(30)
        assert (desk.line.targets, desk.trail()) == ([], [])


async def test_a_lock_that_engages_after_the_confirmation_refuses(opened: Opened) -> None:
    async with opened(idle_seconds=60.0) as desk:
        await desk.go(57)
        ticket = await desk.one(pause("SIP1"), undo_seconds=5.0)
        await desk.go(10)
        assert told(desk.now(ticket)) == not_sent(Obstacle.LOCKED)
        assert (desk.line.targets, desk.trail()) == ([], [])


async def test_a_lock_that_engages_while_the_intent_is_written_refuses_and_says_so_in_the_audit(opened: Opened) -> None:
    async with opened(idle_seconds=60.0) as desk:
        await desk.go(57)
        desk.disk.stall = Stall.BEFORE
        ticket = await desk.one(kick("a"))
        await desk.go(5)
        desk.disk.go_on()
        await desk.go()
        assert told(desk.now(ticket)) == not_sent(Obstacle.LOCKED)
        assert desk.trail() == ["intent", "outcome not_sent locked"]
        assert desk.line.targets == []


async def test_an_unknown_account_can_nothing(opened: Opened) -> None:
    async with opened() as desk:
        ticket = await desk.one(replace(kick("a"), source="Nobody"))
        assert told(ticket) == not_sent(Obstacle.NOT_CAPABLE)
        assert desk.dispatcher.capabilities("Nobody") == frozenset()
        assert desk.dispatcher.capabilities(LINE) == frozenset(ActionKind)
        assert told(await desk.one(kick("a"))) == SENT


async def test_what_a_vendor_cannot_do_is_not_asked_of_him(opened: Opened) -> None:
    async with opened() as desk:
        desk.line.capabilities = frozenset({ActionKind.KICK_CALLER})
        ticket = await desk.one(pause("SIP1"))
        assert told(ticket) == not_sent(Obstacle.NOT_CAPABLE)
        assert (desk.line.targets, desk.trail()) == ([], ["outcome not_sent not_capable"])


# How old the data are


async def test_stale_data_are_refused_with_their_age_unless_the_person_has_seen_it(opened: Opened) -> None:
    async with opened() as desk:
        desk.queue.answers = [BROKEN]
        await desk.go(40)
        refused = await desk.one(kick("a"))
        assert told(refused) == not_sent(Obstacle.FEED_STALE)
        assert refused.outcome
        assert refused.outcome.seconds is not None
        assert 39 < refused.outcome.seconds < 41
        await desk.go(3)
        assert told(await desk.one(kick("a"), accepts_stale=True)) == SENT
        assert desk.trail()[0] == "outcome not_sent feed_stale"
        assert lines(desk.path)[1]["data_age_seconds"] > 40


async def test_late_data_are_good_enough(opened: Opened) -> None:
    async with opened() as desk:
        desk.queue.answers = [BROKEN]
        await desk.go(15)
        assert told(await desk.one(kick("a"))) == SENT


@pytest.mark.parametrize("fault", [BROKEN, REFUSED, BLOCKED], ids=["down", "auth", "address"])
async def test_a_feed_that_is_down_or_shut_out_refuses_whatever_is_accepted(opened: Opened, fault: Fault) -> None:
    async with opened() as desk:
        desk.queue.answers = [fault]
        await desk.go(400)
        assert told(await desk.one(kick("a"), accepts_stale=True)) == not_sent(Obstacle.FEED_DOWN)
        assert desk.line.targets == []


async def test_a_feed_that_has_never_answered_refuses(opened: Opened) -> None:
    async with opened() as desk:
        nowhere = replace(kick("a"), feed=desk.queue.key._replace(queue="/7"))
        assert told(await desk.one(nowhere, accepts_stale=True)) == not_sent(Obstacle.FEED_DOWN)


# The audit


def block(path: Path) -> None:
    """Put a folder where the audit should be."""
    path.mkdir(parents=True)


def unblock(path: Path) -> None:
    path.rmdir()


async def test_what_cannot_be_recorded_is_not_done_and_works_again_when_it_can(
    opened: Opened, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    block(path)
    async with opened() as desk:
        ticket = await desk.one(kick("a"))
        assert told(ticket) == not_sent(Obstacle.NO_AUDIT)
        assert ticket.outcome
        assert str(path) in ticket.outcome.words
        assert desk.line.targets == []
        unblock(path)
        await desk.go(3)
        assert told(await desk.one(kick("a"))) == SENT
        assert desk.trail() == ["intent", "outcome ok"]


async def test_a_full_disk_refuses_and_the_board_lives(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    async with opened() as desk:
        with monkeypatch.context() as patch:
            patch.setattr("wallboard.engine.audit.log.write_whole", full)
            ticket = await desk.one(kick("a"))
        assert told(ticket) == not_sent(Obstacle.NO_AUDIT)
        polls = len(desk.queue.asked_at)
        await desk.go(11)
        assert len(desk.queue.asked_at) >= polls + 2
        assert desk.line.targets == []


async def test_an_outcome_that_cannot_be_recorded_says_so_and_is_listed_at_the_next_start(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened() as desk:
        desk.line.outcomes = [SAID_NO]
        desk.line.takes_seconds = 1.0
        ticket = await desk.one(kick("a"))
        with monkeypatch.context() as patch:
            patch.setattr("wallboard.engine.audit.log.write_whole", lambda *_: os.write(-1, b""))
            await desk.go(2)
            ended = desk.now(ticket)
        assert (ended.outcome, ended.is_recorded) == (SAID_NO, False)
        assert desk.trail() == ["intent"]
    async with opened() as later:
        (listed,) = later.dispatcher.tickets()
        assert (listed.id, listed.outcome) == (
            ticket.id,
            Outcome(Result.UNKNOWN, fault=Fault(FaultCode.INTERRUPTED)),
        )
        await later.go(60)
        assert later.line.targets == []


async def test_without_another_thread_the_audit_is_written_all_the_same(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_thread(_: object) -> None:
        raise RuntimeError("can't start new thread")

    async with opened() as desk:
        monkeypatch.setattr("wallboard.engine.journal.to_thread", anyio.to_thread)
        monkeypatch.setattr(threading.Thread, "start", no_thread)
        ticket = await desk.one(kick("a"))
        assert (told(ticket), ticket.is_recorded) == (SENT, True)
        assert desk.trail() == ["intent", "outcome ok"]


async def test_a_listener_that_fails_keeps_no_command_from_its_end(opened: Opened) -> None:
    def fail(ticket: Ticket) -> None:
        raise ValueError(ticket.id)

    async with opened() as desk:
        unsubscribe = desk.dispatcher.listen(fail)
        ticket = await desk.one(kick("a"))
        assert (told(ticket), desk.trail()) == (SENT, ["intent", "outcome ok"])
        unsubscribe()


# How often


async def test_a_second_confirmation_waits_two_seconds_and_can_be_dropped(opened: Opened) -> None:
    async with opened() as desk:
        await desk.confirm(kick("a"))
        await desk.go(0.5)
        second = await desk.one(kick("b"))
        assert second.stage is Stage.WAITING
        assert second.due_at - desk.clock.monotonic() == pytest.approx(1.5)
        await desk.go(1.6)
        assert told(desk.now(second)) == SENT
        third = await desk.one(kick("c", SECOND))
        assert desk.dispatcher.take_back(third.batch) == 1
        await desk.go(10)
        assert desk.line.targets == ["a", "b"]


async def test_an_undo_window_holds_up_no_other_confirmation(opened: Opened) -> None:
    async with opened() as desk:
        await desk.confirm(pause("SIP1"), undo_seconds=5.0)
        await desk.go(2)
        assert told(await desk.one(kick("a"))) == SENT
        await desk.go(5)
        assert desk.line.targets == ["a", "SIP1"]


async def test_twenty_confirmations_in_ten_minutes_are_enough_however_many_targets_each_has(opened: Opened) -> None:
    async with opened() as desk:
        desk.world.waiting.update({f"call{number}": FIRST for number in range(100)})
        await desk.go(6)
        for number in range(20):
            commands = [kick(f"call{4 * number + offset}") for offset in range(4)]
            await desk.confirm(*commands)
            await desk.go(10)
        assert len(desk.line.targets) == 80
        refused = await desk.one(kick("call99"))
        assert told(refused) == not_sent(Obstacle.TOO_MANY)
        assert refused.outcome
        assert refused.outcome.seconds == pytest.approx(400, abs=1)
        await desk.go(392)
        waiting = await desk.one(kick("call99"))
        assert waiting.stage is Stage.WAITING
        await desk.go(10)
        assert told(desk.now(waiting)) == SENT


async def test_the_same_again_gets_the_first_ones_ticket(opened: Opened) -> None:
    async with opened() as desk:
        desk.line.takes_seconds = 3.0
        first = await desk.one(kick("a"))
        second = await desk.one(kick("a"))
        assert (second.id, second.stage) == (first.id, Stage.SENDING)
        await desk.go(4)
        assert (await desk.one(kick("a"))).id == first.id
        assert told(await desk.one(kick("b"))) == (None, None), "and what was not sent is not counted"
        await desk.go(60)
        assert desk.line.targets == ["a", "b"]


async def test_the_same_in_the_undo_window_is_one(opened: Opened) -> None:
    async with opened() as desk:
        first = await desk.one(pause("SIP1"), undo_seconds=5.0)
        await desk.go(3)
        assert (await desk.one(pause("SIP1"), undo_seconds=5.0)).id == first.id
        await desk.go(30)
        assert desk.line.targets == ["SIP1"]


@pytest.mark.parametrize("outcome", [NO_ROAD, SAID_NO], ids=["not_sent", "refused"])
async def test_what_was_certainly_not_done_may_be_tried_again_at_once(opened: Opened, outcome: Outcome) -> None:
    async with opened() as desk:
        desk.line.outcomes = [outcome, OK]
        first = await desk.one(kick("a"))
        await desk.go(2.5)
        second = await desk.one(kick("a"))
        assert second.id != first.id
        assert (told(second), desk.line.targets) == (SENT, ["a", "a"])


async def test_what_is_unknown_may_be_tried_again_by_a_person_after_ten_seconds(opened: Opened) -> None:
    async with opened() as desk:
        desk.line.outcomes, desk.line.is_doing = [LOST, OK], False
        desk.queue.answers = [BROKEN]
        first = await desk.one(kick("a"))
        await desk.go(9)
        assert (await desk.one(kick("a"))).id == first.id
        await desk.go(2)
        second = await desk.one(kick("a"))
        assert (second.id != first.id, told(second)) == (True, SENT)


async def test_what_was_settled_may_be_done_again_at_once(opened: Opened) -> None:
    async with opened() as desk:
        first = await desk.one(pause("SIP1"))
        await desk.go(3)
        assert desk.now(first).settlement is Settlement.VERIFIED
        await desk.confirm(resume("SIP1"))
        await desk.go(3)
        again = await desk.one(pause("SIP1"))
        assert (again.id != first.id, told(again)) == (True, SENT)


# When the vendor asks to wait


async def test_a_short_wish_to_wait_is_waited_out(opened: Opened) -> None:
    async with opened() as desk:
        desk.line.outcomes = [replace(SAID_NO, fault=Fault(FaultCode.RATE, retry_after=8.0)), OK]
        await desk.confirm(kick("a"))
        await desk.go(3)
        ticket = await desk.one(kick("b"))
        assert ticket.stage is Stage.WAITING
        assert ticket.due_at - desk.clock.monotonic() == pytest.approx(5.0)
        await desk.go(4.9)
        assert desk.line.targets == ["a"]
        await desk.go(0.2)
        assert (desk.line.targets, told(desk.now(ticket))) == (["a", "b"], SENT)


async def test_while_it_waits_for_the_vendor_it_can_be_dropped(opened: Opened) -> None:
    async with opened() as desk:
        desk.queue.answers = [Fault(FaultCode.RATE, retry_after=9.0)]
        await desk.go(5)
        ticket = await desk.one(kick("a"))
        assert ticket.stage is Stage.WAITING
        assert desk.dispatcher.take_back(ticket.batch) == 1
        await desk.go(30)
        assert (desk.line.targets, desk.trail()) == ([], [])


async def test_a_long_wish_to_wait_refuses_with_the_seconds(opened: Opened) -> None:
    async with opened() as desk:
        desk.queue.answers = [Fault(FaultCode.RATE, retry_after=60.0)]
        await desk.go(6)
        ticket = await desk.one(kick("a"))
        assert told(ticket) == not_sent(Obstacle.VENDOR_BUSY)
        assert ticket.outcome
        assert ticket.outcome.seconds is not None
        assert 50 < ticket.outcome.seconds < 60
        assert (desk.line.targets, desk.trail()) == ([], ["outcome not_sent vendor_busy"])
        assert told((await desk.confirm(stop("a")))[0]) == (None, None)
        await desk.go(2)
        assert len(desk.office.performed) == 1


async def test_an_unknown_that_asks_to_wait_is_obeyed_too(opened: Opened) -> None:
    async with opened() as desk:
        busy = Outcome(Result.UNKNOWN, fault=Fault(FaultCode.RATE, status=503, retry_after=30.0))
        desk.line.outcomes = [busy, OK]
        await desk.confirm(kick("a"))
        await desk.go(3)
        assert told(await desk.one(kick("b"))) == not_sent(Obstacle.VENDOR_BUSY)
        await desk.go(30)
        assert told(await desk.one(kick("b"))) == SENT
