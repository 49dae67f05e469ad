"""How the dispatcher is left, and what it finds when it starts."""

import os
import subprocess
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path

import anyio
import pytest

from tests.engine.desks import (
    SECOND,
    SENT,
    Desk,
    Stall,
    kick,
    pause,
    running,
    told,
)
from wallboard.domain.actions import Command, Result, Settlement, Stage, Ticket
from wallboard.engine.audit.log import AuditLog
from wallboard.engine.journal import Journal

Opened = Callable[..., AbstractAsyncContextManager[Desk]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "audit.jsonl"


@pytest.fixture
def opened(path: Path, monkeypatch: pytest.MonkeyPatch) -> Opened:
    return lambda **how: running(Desk(path, **how), monkeypatch)


# Leaving


async def test_leaving_gives_what_is_being_sent_a_moment_and_records_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(path)
    monkeypatch.setattr("wallboard.engine.journal.to_thread", desk.disk)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(desk.engine.run)
        tasks.start_soon(desk.dispatcher.run)
        await desk.go(0.3)
        desk.line.is_hanging = True
        await desk.confirm(kick("a"), kick("b"))
        begun = time.monotonic()
        desk.dispatcher.leave()
        tasks.cancel_scope.cancel()
    assert 1.3 < time.monotonic() - begun < 2.0
    assert desk.trail() == ["intent", "outcome unknown interrupted", "outcome not_sent stopped"]
    assert desk.line.targets == ["a"]


async def test_leaving_ends_a_batch_after_the_one_that_is_under_way(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(path)
    monkeypatch.setattr("wallboard.engine.journal.to_thread", desk.disk)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(desk.engine.run)
        tasks.start_soon(desk.dispatcher.run)
        await desk.go(0.3)
        desk.line.takes_seconds = 0.5
        await desk.confirm(kick("a"), kick("b"), kick("c", SECOND))
        desk.dispatcher.leave()
        tasks.cancel_scope.cancel()
        with anyio.CancelScope(shield=True):
            desk.line.takes_seconds = 0.0
            await desk.go(1)
    assert (desk.line.targets, desk.trail()) == (["a"], ["intent", "outcome ok"])


@pytest.mark.parametrize("stall", [Stall.BEFORE, Stall.AFTER])
async def test_leaving_while_the_intent_is_written_sends_nothing_and_says_so(
    path: Path, monkeypatch: pytest.MonkeyPatch, stall: Stall
) -> None:
    desk = Desk(path)
    monkeypatch.setattr("wallboard.engine.journal.to_thread", desk.disk)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(desk.engine.run)
        tasks.start_soon(desk.dispatcher.run)
        await desk.go(0.3)
        desk.disk.stall = stall
        await desk.confirm(kick("a"))
        desk.dispatcher.leave()
        tasks.cancel_scope.cancel()
        desk.disk.go_on()
    assert (desk.line.targets, desk.trail()) == ([], ["intent", "outcome not_sent interrupted"])


async def test_what_waits_when_the_board_is_left_is_neither_sent_nor_recorded(opened: Opened, path: Path) -> None:
    async with opened() as desk:
        await desk.confirm(pause("SIP1"), undo_seconds=5.0)
    async with opened() as later:
        await later.go(30)
        assert (desk.line.targets, later.line.targets, later.dispatcher.tickets()) == ([], [], ())


# What an earlier run left


async def test_an_intent_without_an_outcome_is_listed_as_unknown_settled_and_never_sent(
    opened: Opened, path: Path
) -> None:
    await _die_sending(path, kick("a"))
    async with opened() as desk:
        (ticket,) = desk.dispatcher.tickets()
        assert (ticket.command, ticket.stage, ticket.is_checking) == (kick("a"), Stage.ENDED, True)
        assert desk.trail() == ["intent", "outcome unknown interrupted"]
        assert (await desk.one(kick("a"))).id == ticket.id, "somebody else is on it"
        await desk.go(10)
        assert desk.now(ticket).settlement is Settlement.CONTRADICTED
        assert desk.trail() == ["intent", "outcome unknown interrupted", "settled contradicted"]
        assert desk.line.targets == []
    async with opened() as later:
        assert later.dispatcher.tickets() == ()


async def test_what_was_on_its_way_when_a_board_was_left_is_settled_by_the_next(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wallboard.engine.dispatcher.LEAVING_SECONDS", 0.0)
    async with opened() as desk:
        desk.line.is_hanging = True
        await desk.one(kick("a"))
        desk.dispatcher.leave()
        await desk.go()
        assert desk.trail() == ["intent", "outcome unknown interrupted"]
    async with opened() as later:
        (ticket,) = later.dispatcher.tickets()
        assert (ticket.command, ticket.is_checking) == (kick("a"), True)
        await later.go(10)
        assert later.now(ticket).settlement is Settlement.CONTRADICTED
        assert later.line.targets == []


async def test_an_audit_that_cannot_be_written_at_the_start_still_lists_what_is_open(
    opened: Opened, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _die_sending(path, kick("a"))
    with monkeypatch.context() as patch:
        patch.setattr("wallboard.engine.audit.log.write_whole", lambda *_: os.write(-1, b""))
        async with opened() as desk:
            (ticket,) = desk.dispatcher.tickets()
            assert (told(ticket), ticket.is_recorded) == ((Result.UNKNOWN, None), False)
    assert desk.trail() == ["intent"]


async def test_an_intent_of_an_account_that_is_gone_is_closed_in_the_audit(opened: Opened, path: Path) -> None:
    await _die_sending(path, replace(kick("a"), source="Old line"))
    async with opened() as desk:
        assert desk.dispatcher.tickets() == ()
        assert desk.trail() == ["intent", "outcome unknown interrupted"]
        assert told(await desk.one(kick("a"))) == SENT


async def _die_sending(path: Path, command: Command) -> None:
    """Leave an intent as a program that was killed leaves it."""
    desk, gone = Desk(path), _pid_of_a_dead_process()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "getpid", lambda: gone)
        await Journal(desk.audit).intend(Ticket("dead", "dead", command, Stage.WAITING, 0.0), 1.0)


async def test_an_intent_that_may_still_be_under_way_is_looked_at_again_after_a_minute(
    opened: Opened, path: Path
) -> None:
    elsewhere = AuditLog(path, Desk(path).clock, "dana", "another-machine")
    await Journal(elsewhere).intend(Ticket("dead", "dead", kick("a"), Stage.WAITING, 0.0), 1.0)
    async with opened() as desk:
        await desk.go(50)
        assert desk.dispatcher.tickets() == ()
        await desk.go(30)
        assert [ticket.id for ticket in desk.dispatcher.tickets()] == ["dead"]
        assert desk.line.targets == []


def _pid_of_a_dead_process() -> int:
    with subprocess.Popen(["true"]) as process:
        process.wait()
    return process.pid
