"""Whatever happens in whatever order: nothing is sent twice, unseen, unrecorded, or to anybody else."""

import asyncio
import errno
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import anyio
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule

from tests.engine.desks import (
    CODES,
    FIRST,
    LOST,
    NO_ROAD,
    OK,
    SAID_NO,
    SECOND,
    Account,
    Desk,
    Disk,
    Stall,
    kick,
    lines,
)
from tests.engine.feeds import BROKEN, ScriptedFeed
from wallboard.clock import ManualClock
from wallboard.domain.actions import (
    Command,
    KickCaller,
    Obstacle,
    Outcome,
    PauseAgent,
    Result,
    ResumeAgent,
    Stage,
    Standing,
    StartCampaign,
    StopCampaign,
    Ticket,
    TransferCaller,
)
from wallboard.domain.snapshot import Floor
from wallboard.engine import journal
from wallboard.engine.audit.log import AuditError
from wallboard.engine.audit.verdict import verify

UNRECORDED = {Obstacle.READ_ONLY, Obstacle.LOCKED, Obstacle.TAKEN_BACK, Obstacle.NO_AUDIT, Obstacle.TOO_MANY}
VENDOR_SECONDS = 8.0
PICKS = st.lists(st.integers(0, 50), min_size=1, max_size=3)
UNDO = st.sampled_from([0.0, 0.0, 5.0])
T = TypeVar("T")


class Manner(StrEnum):
    """How the vendors answer."""

    AT_ONCE = "at_once"
    SLOWLY_BEFORE = "slowly_before"  # it is done when they answer
    SLOWLY_AFTER = "slowly_after"  # it is done long before
    LOSE_BEFORE = "lose_before"  # never done
    LOSE_AFTER = "lose_after"  # done, and nobody is told
    REFUSE = "refuse"
    NO_ROAD = "no_road"
    MISTAKE = "mistake"  # of ours


@dataclass
class Vendor(Account):
    """Does what it is told, in the manner of the moment."""

    manner: Manner = Manner.AT_ONCE

    async def perform(self, command: Command) -> Outcome:
        self.on_perform(command)
        assert self.clock
        match self.manner:
            case Manner.REFUSE:
                return SAID_NO
            case Manner.NO_ROAD:
                return NO_ROAD
            case Manner.MISTAKE:
                raise RuntimeError
            case Manner.LOSE_BEFORE:
                await self.clock.sleep(VENDOR_SECONDS)
                return LOST
            case Manner.SLOWLY_BEFORE:
                await self.clock.sleep(3)
        self.world.do(command)
        if self.manner in {Manner.SLOWLY_AFTER, Manner.LOSE_AFTER}:
            await self.clock.sleep(3 if self.manner is Manner.SLOWLY_AFTER else VENDOR_SECONDS)
        return LOST if self.manner is Manner.LOSE_AFTER else OK


@dataclass
class MovableDisk(Disk):
    """May be full, too."""

    path: Path = Path()
    is_full: bool = False

    async def run_sync(self, function: Any, *arguments: Any) -> Any:
        if self.is_full:
            raise AuditError(self.path, "written", OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
        return await super().run_sync(function, *arguments)


@dataclass
class Life:
    """One run of the program, from its start to its death."""

    desk: Desk
    disk: MovableDisk
    task: asyncio.Task[None]
    vendors: list[Vendor]
    good: dict[int, list[Any]] = field(default_factory=dict)


def proposals(floor: Floor) -> list[Command]:
    """What a dialog can be opened for on this picture."""
    found: list[Command] = []
    for caller in floor.callers:
        target = {"source": caller.source, "target": caller.id, "words": caller.id, "feed": caller.feed}
        found.append(KickCaller(**target, queue=caller.queue))  # type: ignore[arg-type]
        found.append(TransferCaller(**target, queue=caller.queue, destination="/9"))  # type: ignore[arg-type]
    for agent in floor.agents:
        for queue, feed in zip(agent.queues, agent.feeds, strict=True):
            kind = ResumeAgent if queue in agent.paused_queues else PauseAgent
            found.append(kind(source=agent.source, target=agent.id, words=agent.id, feed=feed, queue=queue))
    for each in floor.campaigns:
        switch = StopCampaign if each.is_running else StartCampaign
        found.append(switch(source=each.source, target=each.id, words=each.name, feed=each.feed, code=each.code))
    return found


class ActionMachine(RuleBasedStateMachine):
    """The board, its person, its vendors, its disk, and its time."""

    dialogs: Bundle[tuple[Command, ...]] = Bundle("dialogs")

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.patch = pytest.MonkeyPatch()
        self.folder = tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None)
        self.path = Path(self.folder.name) / "audit.jsonl"
        self.world, self.clock = Desk(self.path).world, ManualClock()
        self.shown: dict[str, Command] = {}  # ids, and what the person saw when he confirmed
        self.batches: dict[tuple[int, str], set[str]] = {}
        self.confirmations = 0
        self.sent: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.calls = 0

    # Lives

    @initialize()
    def start(self) -> None:
        self.life = self._begin(is_read_only=False)

    def _begin(self, *, is_read_only: bool) -> Life:
        desk = Desk(self.path, self.clock, self.world, is_read_only=is_read_only, idle_seconds=1e9)
        disk = MovableDisk(path=self.path)
        self.patch.setattr(journal, "to_thread", disk)
        vendors = [Vendor(**vars(account)) for account in desk.sources]
        for account, vendor in zip(desk.sources, vendors, strict=True):
            vendor.on_perform = self._watch_sending
            desk.dispatcher._sources[account.name] = vendor
        task = self.loop.create_task(_run(desk))
        life = Life(desk, disk, task, vendors)
        self.life = life
        self._go(0.5)
        return life

    @rule(is_torn=st.booleans(), is_read_only=st.sampled_from([False] * 7 + [True]))
    def kill(self, is_torn: bool, is_read_only: bool) -> None:
        """As kill -9 does: from this moment on nothing of it reaches disk or vendor."""
        self._die()
        if is_torn and self.life.disk.stall is Stall.BEFORE and self.life.disk.is_asked:
            with self.path.open("ab") as file:
                file.write(b'{"seq": 7, "at": "2026-')
        unfinished = self._unfinished()
        self.life = self._begin(is_read_only=is_read_only)
        listed = {ticket.id: ticket for ticket in self._tickets()}
        for each in unfinished:
            assert listed[each].outcome is not None
            assert listed[each].outcome.result is Result.UNKNOWN  # type: ignore[union-attr]
        # And what an earlier life had to leave open, as long as no poll had told of it.
        assert unfinished <= set(listed) <= unfinished | self._interrupted()
        assert not self._unfinished()

    def _die(self) -> None:
        self.life.disk.is_dead = True
        self._run(_kill_all(self.life.task))

    def _interrupted(self) -> set[str]:
        """A poll may have told of it by now."""
        return {line["id"] for line in lines(self.path) if line["parameters"].get("reason") == "interrupted"}

    def _unfinished(self) -> set[str]:
        told = [(line["id"], line["event"]) for line in lines(self.path)]
        return {each for each, event in told if event == "intent"} - {each for each, event in told if event != "intent"}

    # The person

    @rule(target=dialogs, picks=PICKS)
    def press(self, picks: list[int]) -> Any:
        return self._offered(picks) or multiple()

    def _offered(self, picks: list[int]) -> tuple[Command, ...]:
        offered = proposals(self.life.desk.engine.snapshot().floor)
        return tuple(offered[pick % len(offered)] for pick in picks) if offered else ()

    @rule(dialog=dialogs, undo_seconds=UNDO, accepts_stale=st.booleans())
    def confirm(self, dialog: tuple[Command, ...], undo_seconds: float, accepts_stale: bool) -> None:
        """Perhaps for the second time: a bouncing key."""
        known = set(self.shown)
        tickets = self._submit(*dialog, undo_seconds=undo_seconds, accepts_stale=accepts_stale)
        self.confirmations += 1
        for command, ticket in zip(dialog, tickets, strict=True):
            assert ticket.command.kind is command.kind
            assert (ticket.command.row_key, ticket.command.parameters) == (command.row_key, command.parameters)
            self.shown.setdefault(ticket.id, command)
            if ticket.id not in known and not ticket.outcome:
                place = self.confirmations, f"{command.kind} {command.row_key} {command.parameters}"
                self.batches.setdefault(place, set()).add(ticket.id)
        self._go()

    @rule(dialog=consumes(dialogs))
    def cancel(self, dialog: tuple[Command, ...]) -> None:
        """The dialog goes away, and nothing comes of it."""

    @rule(pick=st.integers(0, 5))
    def take_back(self, pick: int) -> None:
        waiting = [ticket for ticket in self._tickets() if ticket.stage is Stage.WAITING]
        if waiting:
            self._run(_within(self.life.desk.dispatcher.take_back, waiting[pick % len(waiting)].batch))
            self._go()

    @rule(picks=PICKS, undo_seconds=UNDO)
    def press_and_confirm(self, picks: list[int], undo_seconds: float) -> None:
        if commands := self._offered(picks):
            self.confirm(commands, undo_seconds, accepts_stale=True)

    @rule(
        picks=PICKS,
        manner=st.sampled_from(Manner),
        stall=st.sampled_from([Stall.NOWHERE, *Stall]),
        seconds=st.sampled_from([0.0, 0.2, 1.0, 4.0, 8.5]),
        is_torn=st.booleans(),
    )
    def die_amid_it(self, picks: list[int], manner: Manner, stall: Stall, seconds: float, is_torn: bool) -> None:
        self.vendors_answer(manner)
        self.disk(stall, is_full=False)
        self.press_and_confirm(picks, 0.0)
        self._go(seconds)
        self.kill(is_torn, is_read_only=False)

    @rule(is_locked=st.sampled_from([False, False, True]))
    def lock(self, is_locked: bool) -> None:
        if is_locked:
            self.life.desk.gate._touched_at = -1e12
        else:
            self._unlock()

    def _unlock(self) -> None:
        self.life.desk.gate._is_locked = False
        self.life.desk.gate._touched_at = self.clock.monotonic()

    # The floor

    @rule(pick=st.integers(0, 5), where=st.sampled_from([FIRST, SECOND]))
    def caller_arrives(self, pick: int, where: str) -> None:
        self.calls += 1
        self.world.waiting[f"call{self.calls}"] = where

    @rule(pick=st.integers(0, 5))
    def caller_leaves_and_another_call_of_his_comes(self, pick: int) -> None:
        self._lose_caller(pick)
        self.caller_arrives(pick, FIRST)

    @rule(pick=st.integers(0, 5))
    def caller_moves(self, pick: int) -> None:
        if call := self._lose_caller(pick):
            self.world.waiting[call[0]] = SECOND if call[1] == FIRST else FIRST

    @rule(pick=st.integers(0, 5))
    def somebody_else_acts(self, pick: int) -> None:
        membership = self.world.agents[pick % 2], (FIRST, SECOND)[pick % 3 % 2]
        self.world.paused ^= {membership}
        self.world.running ^= {list(CODES.values())[pick % 2]}

    def _lose_caller(self, pick: int) -> tuple[str, str] | None:
        waiting = sorted(self.world.waiting.items())
        if not waiting:
            return None
        call = waiting[pick % len(waiting)]
        del self.world.waiting[call[0]]
        return call

    # The road

    @rule(manner=st.sampled_from(Manner))
    def vendors_answer(self, manner: Manner) -> None:
        for vendor in self.life.vendors:
            vendor.manner = manner

    @rule(is_good=st.sampled_from([True, True, False]), pick=st.integers(0, 2))
    def polls(self, is_good: bool, pick: int) -> None:
        feed = self._feeds()[pick]
        self._heal(feed)
        if not is_good:
            self.life.good[pick] = feed.answers
            feed.answers = [BROKEN]

    @rule(stall=st.sampled_from([Stall.NOWHERE] * 3 + [*Stall]), is_full=st.sampled_from([False] * 5 + [True]))
    def disk(self, stall: Stall, is_full: bool) -> None:
        self.life.disk.is_asked = False
        self.life.disk.go_on()
        self.life.disk.stall, self.life.disk.is_full = stall, is_full
        self._go()

    @rule(seconds=st.sampled_from([0.1, 1.0, 2.5, 5.0, 8.5, 12.0, 40.0]))
    def time_passes(self, seconds: float) -> None:
        self._go(seconds)

    @rule(seconds=st.sampled_from([4.0, 20.0, 400.0, 30_000.0]))
    def machine_sleeps(self, seconds: float) -> None:
        self.clock.jump(seconds)
        self._go(0.1)

    # What must be so

    def _watch_sending(self, command: Command) -> None:
        desk = self.life.desk
        sending = [t for t in self._tickets() if t.stage is Stage.SENDING and t.command.source == command.source]
        if len(sending) != 1 or sending[0].command is not command:
            self.wrong.append(f"{command} was sent beside its ticket")
            return
        ticket = sending[0]
        self.sent[ticket.id] += 1
        mine = [line for line in lines(self.path) if line["id"] == ticket.id]
        told = [(line["event"], line["source"], line["target"]["key"], line["parameters"]) for line in mine]
        if told != [("intent", command.source, command.target, command.parameters)]:
            self.wrong.append(f"{command} was sent while the audit held {told}")
        if self.shown[ticket.id] != command:
            self.wrong.append(f"{command} was sent where {self.shown[ticket.id]} was shown")
        if desk.gate.obstacle() is not None:
            self.wrong.append(f"{command} was sent at a board that is shut")
        if command.standing(desk.engine.snapshot().floor) is not Standing.AS_SHOWN:
            self.wrong.append(f"{command} was sent to a target that had changed on the board")
        if self.life.disk.is_dead:
            self.wrong.append(f"{command} was sent by the dead")

    @invariant()
    def nothing_is_sent_twice(self) -> None:
        assert not self.wrong
        assert not [each for each, count in self.sent.items() if count > 1]
        assert not [place for place, ids in self.batches.items() if len(ids) > 1]

    @invariant()
    def what_is_shown_is_on_the_disk(self) -> None:
        outcomes: dict[str, str] = {}
        settled: dict[str, str] = {}
        for line in lines(self.path):
            (settled if line["event"] == "settled" else outcomes)[line["id"]] = line["outcome"]
        for ticket in self._tickets():
            if ticket.outcome and ticket.is_recorded and ticket.id in self.sent | outcomes.keys():
                assert outcomes[ticket.id] == ticket.outcome.result
            if ticket.outcome and ticket.is_recorded and ticket.outcome.obstacle not in UNRECORDED:
                assert ticket.id in outcomes
            if ticket.settlement and ticket.is_recorded:
                assert settled[ticket.id] == ticket.settlement

    @invariant()
    def the_audit_is_whole(self) -> None:
        if self.path.exists():
            content = self.path.read_bytes()
            assert b"CANARY" not in content
            if content.endswith(b"\n"):
                assert not verify(self.path).fault

    def teardown(self) -> None:
        """Whatever happened, once all is well again the board does what it is told."""
        if hasattr(self, "life"):
            self._recovers()
            self._die()
        self.patch.undo()
        self.loop.close()
        self.folder.cleanup()

    def _recovers(self) -> None:
        for feed in self._feeds():
            self._heal(feed)
        self.vendors_answer(Manner.AT_ONCE)
        self.disk(Stall.NOWHERE, is_full=False)
        self._unlock()
        self.world.waiting["last"] = FIRST
        self.clock.jump(1_000)
        self._go(15)
        self._unlock()
        (ticket,) = self._submit(kick("last"))
        self.shown[ticket.id] = kick("last")
        self._go(10)
        assert not [each for each in self._tickets() if each.stage is not Stage.ENDED]
        if not self.life.desk.is_read_only:
            assert self.sent[ticket.id] == 1
        self.nothing_is_sent_twice()
        self.what_is_shown_is_on_the_disk()
        self.the_audit_is_whole()

    # Its machinery

    def _tickets(self) -> tuple[Ticket, ...]:
        return self.life.desk.dispatcher.tickets()

    def _feeds(self) -> list[ScriptedFeed]:
        return [*self.life.desk.queues, self.life.desk.campaigns]

    def _heal(self, feed: ScriptedFeed) -> None:
        pick = self._feeds().index(feed)
        feed.answers = self.life.good.pop(pick, feed.answers)

    def _go(self, seconds: float = 0.0) -> None:
        self._run(self.life.desk.go(seconds))
        assert not self.life.task.done(), "the program fell over"

    def _submit(self, *commands: Command, **how: Any) -> tuple[Ticket, ...]:
        return self._run(_within(self.life.desk.dispatcher.submit, commands, **how))

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)


async def _kill_all(last: "asyncio.Task[None]") -> None:
    """Cut off every task where it stands, also one that is shielded."""
    for _ in range(1_000):
        if last.done():
            break
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0)
    assert last.done()
    await asyncio.gather(last, return_exceptions=True)


async def _within(function: Callable[..., T], *arguments: Any, **named: Any) -> T:
    """Call something that wants to be within the loop."""
    return function(*arguments, **named)


async def _run(desk: Desk) -> None:
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(desk.engine.run)
        tasks.start_soon(desk.dispatcher.run)


ActionMachine.TestCase.settings = settings(
    max_examples=200,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestActionMachine = ActionMachine.TestCase
