"""The dispatcher: one attempt for each command, nothing without its intent, and the reason where nothing is sent."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from itertools import pairwise
from pathlib import Path

import anyio
import pytest

from tests.engine.desks import (
    FIRST,
    GONE,
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
    running,
    stop,
    told,
    transfer,
)
from wallboard.domain.actions import Command, Obstacle, Outcome, Result, Stage
from wallboard.domain.faults import Fault, FaultCode
from wallboard.domain.ports import ActionSink
from wallboard.engine.dispatcher import MOST_WAIT_SECONDS
from wallboard.engine.tickets import MOST_ENDED

Opened = Callable[..., AbstractAsyncContextManager[Desk]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "audit.jsonl"


@pytest.fixture
def opened(path: Path, monkeypatch: pytest.MonkeyPatch) -> Opened:
    return lambda **how: running(Desk(path, **how), monkeypatch)


# In order


async def test_intent_is_on_disk_before_anything_is_sent_and_the_outcome_before_anybody_is_told(opened: Opened) -> None:
    async with opened() as desk:
        seen: list[tuple[str, list[str]]] = []
        desk.line.on_perform = lambda command: seen.append((command.target, desk.trail()))
        desk.dispatcher.listen(lambda ticket: seen.append((ticket.stage, desk.trail())))
        sink: ActionSink = desk.dispatcher
        ticket = await desk.one(kick("a"))
        assert seen == [
            (Stage.WAITING, []),
            (Stage.SENDING, ["intent"]),
            ("a", ["intent"]),
            (Stage.ENDED, ["intent", "outcome ok"]),
        ]
        assert (told(ticket), ticket.is_checking, ticket.is_recorded) == (SENT, True, True)
        assert sink.tickets() == (ticket,)
        line = lines(desk.path)[0]
        assert (line["id"], line["source"], line["action"]) == (ticket.id, LINE, "kick_caller")
        assert line["target"] == {"key": "a", "words": "caller a"}
        assert line["parameters"] == {"queue": FIRST}
        assert 0 <= line["data_age_seconds"] < 1


async def test_what_is_sent_is_the_very_command_that_was_confirmed(opened: Opened) -> None:
    commands = [transfer("a", "/9/1"), pause("SIP1", SECOND), stop("b")]
    async with opened() as desk:
        await desk.confirm(*commands)
        await desk.go(1)
        assert [command for _, command in desk.line.performed] == commands[:2]
        assert [command for _, command in desk.office.performed] == commands[2:]
        assert "CANARY" not in desk.path.read_text()


async def test_commands_of_a_batch_go_one_after_the_other_and_accounts_at_the_same_time(opened: Opened) -> None:
    async with opened() as desk:
        desk.line.takes_seconds = desk.office.takes_seconds = 3.0
        tickets = await desk.confirm(kick("a"), stop("a"), kick("b"), kick("c", SECOND), stop("b"))
        assert (desk.line.at_once, desk.office.at_once) == (1, 1)
        for _ in range(9):
            await desk.go(1)
        assert [told(desk.now(ticket)) for ticket in tickets] == [SENT] * 5
        assert (desk.line.targets, desk.line.most_at_once) == (["a", "b", "c"], 1)
        assert (len(desk.office.targets), desk.office.most_at_once) == (2, 1)
        assert len({ticket.batch for ticket in tickets}) == 1
        assert len({ticket.id for ticket in tickets}) == 5


async def test_two_confirmations_at_one_account_never_overlap_either(opened: Opened) -> None:
    async with opened() as desk:
        desk.line.takes_seconds = 5.0
        await desk.confirm(kick("a"))
        await desk.go(3)
        await desk.confirm(kick("b"))
        await desk.go(8)
        assert (desk.line.targets, desk.line.most_at_once) == (["a", "b"], 1)


async def test_actions_keep_to_the_accounts_rate_and_go_before_polls_that_wait(opened: Opened) -> None:
    async with opened(requests_per_second=0.5) as desk:
        await desk.go(20)
        polls = [desk.queues[0], desk.queues[1]]
        before = sum(len(feed.asked_at) for feed in polls)
        pressed_at = desk.clock.monotonic()
        desk.engine.refresh()
        await desk.confirm(kick("a"), kick("b"))
        await desk.go(6)
        acted = [at for at, _ in desk.line.performed]
        assert len(acted) == 2
        assert sum(at < acted[1] for feed in polls for at in feed.asked_at) - before <= 2
        requests = sorted([*acted, *(at for feed in polls for at in feed.asked_at)])
        assert min(b - a for a, b in pairwise(requests)) >= 2.0 - 1e-6
        assert acted[0] - pressed_at <= 4.0


# What the vendor says


@pytest.mark.parametrize("outcome", [GONE, SAID_NO, NO_ROAD, LOST, OK], ids=lambda outcome: outcome.result)
async def test_whatever_the_vendor_says_is_told_recorded_and_never_sent_again(opened: Opened, outcome: Outcome) -> None:
    async with opened() as desk:
        desk.line.outcomes = [outcome]
        desk.line.is_doing = False
        ticket = await desk.one(kick("a"))
        assert (ticket.stage, ticket.outcome) == (Stage.ENDED, outcome)
        assert ticket.is_checking is (outcome.result in {Result.OK, Result.UNKNOWN})
        line = lines(desk.path)[1]
        assert (line["event"], line["outcome"], line["vendor_code"], line["vendor_message"]) == (
            "outcome",
            outcome.result,
            outcome.vendor_code or None,
            outcome.words or None,
        )
        assert line["parameters"].get("reason") == (outcome.fault.code if outcome.fault else None)
        await desk.go(700)
        assert desk.line.targets == ["a"]


async def test_a_mistake_of_ours_while_sending_is_unknown_and_the_next_command_goes(opened: Opened) -> None:
    def mistaken(_: Command) -> None:
        raise RuntimeError("CANARY")

    async with opened() as desk:
        desk.line.on_perform = mistaken
        ticket = await desk.one(kick("a"))
        assert ticket.outcome == Outcome(Result.UNKNOWN, fault=Fault(FaultCode.INTERNAL, words="RuntimeError"))
        desk.line.on_perform = lambda _: None
        await desk.go(2.5)
        assert told(await desk.one(kick("b"))) == SENT
        assert "CANARY" not in desk.path.read_text()


async def test_a_vendor_that_never_comes_back_is_given_up_and_unknown(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wallboard.engine.dispatcher.SPARE_SECONDS", 0.1 - kick("a").seconds)
    async with opened() as desk:
        desk.line.is_hanging = True
        ticket = await desk.one(kick("a"))
        assert ticket.stage is Stage.SENDING
        await anyio.sleep(0.2)
        await desk.go()
        assert desk.now(ticket).outcome == Outcome(Result.UNKNOWN, fault=Fault(FaultCode.INTERRUPTED))
        assert desk.trail() == ["intent", "outcome unknown interrupted"]


# Batches


@pytest.mark.parametrize("outcome", [LOST, NO_ROAD, Outcome(Result.UNKNOWN)], ids=["lost", "no_road", "without_fault"])
async def test_a_trouble_of_the_road_stops_the_rest_of_its_account_and_no_others(
    opened: Opened, outcome: Outcome
) -> None:
    async with opened() as desk:
        desk.line.outcomes = [OK, outcome]
        tickets = await desk.confirm(kick("a"), kick("b"), stop("a"), kick("c", SECOND), pause("SIP1"), stop("b"))
        await desk.go(2)
        stopped = not_sent(Obstacle.STOPPED)
        results = [told(desk.now(ticket)) for ticket in tickets]
        assert results == [SENT, (outcome.result, None), SENT, stopped, stopped, SENT]
        assert [desk.trail(tickets[index]) for index in (3, 4)] == [["outcome not_sent stopped"]] * 2
        assert len(desk.line.performed) == 2


@pytest.mark.parametrize("outcome", [GONE, SAID_NO], ids=["gone", "refused"])
async def test_what_the_vendor_says_of_one_stops_no_other(opened: Opened, outcome: Outcome) -> None:
    async with opened() as desk:
        desk.line.outcomes = [outcome, OK]
        tickets = await desk.confirm(kick("a"), kick("b"))
        await desk.go(1)
        assert [told(desk.now(ticket)) for ticket in tickets] == [(outcome.result, None), SENT]


async def test_the_same_target_twice_in_one_batch_is_sent_once(opened: Opened) -> None:
    async with opened() as desk:
        first, second = await desk.confirm(kick("a"), kick("a"))
        await desk.go(1)
        assert first.id == second.id
        assert desk.line.targets == ["a"]


async def test_an_agent_of_two_queues_is_two_requests(opened: Opened) -> None:
    async with opened() as desk:
        tickets = await desk.confirm(pause("SIP1", FIRST), pause("SIP1", SECOND))
        await desk.go(1)
        assert [told(desk.now(ticket)) for ticket in tickets] == [SENT, SENT]
        assert desk.world.paused == {("SIP1", FIRST), ("SIP1", SECOND)}


async def test_what_is_left_of_a_batch_can_be_taken_back_while_it_goes(opened: Opened) -> None:
    async with opened() as desk:
        desk.line.takes_seconds = 3.0
        tickets = await desk.confirm(kick("a"), kick("b"), kick("c", SECOND))
        assert desk.dispatcher.take_back(tickets[0].batch) == 2
        await desk.go(30)
        back = not_sent(Obstacle.TAKEN_BACK)
        assert [told(desk.now(ticket)) for ticket in tickets] == [SENT, back, back]
        assert desk.line.targets == ["a"]
        assert [desk.trail(ticket) for ticket in tickets[1:]] == [[], []]


async def test_hundreds_taken_back_while_the_first_waits_for_its_turn(opened: Opened) -> None:
    """More than the book keeps of what has ended."""
    async with opened(requests_per_second=1.0) as desk:
        calls = [f"call{number}" for number in range(MOST_ENDED + 50)]
        desk.world.waiting.update(dict.fromkeys(calls, FIRST))
        await desk.go(10)
        desk.engine.refresh()
        await desk.go(0.5)
        (first, *_) = desk.dispatcher.submit([kick(call) for call in calls])
        await desk.go()
        assert desk.line.targets == []
        assert desk.dispatcher.take_back(first.batch) == len(calls)
        await desk.go(20)
        assert desk.line.targets == []
        await desk.confirm(kick("a"))
        await desk.go(3)
        assert desk.line.targets == ["a"], "and it still works"


async def test_taking_back_while_the_rest_is_being_stopped_ends_each_once(opened: Opened) -> None:
    async with opened() as desk:
        desk.line.outcomes = [LOST]
        desk.line.takes_seconds = 1.0
        tickets = await desk.confirm(kick("a"), kick("b"), kick("c", SECOND))
        desk.disk.stall = Stall.AFTER
        await desk.go(1)
        assert desk.dispatcher.take_back(tickets[0].batch) == 2
        desk.disk.go_on()
        await desk.go(1)
        ended = [step.id for step in desk.steps if step.stage is Stage.ENDED and not step.settlement]
        assert sorted(ended) == sorted(ticket.id for ticket in tickets)
        assert desk.trail(tickets[1]) == []


# The undo window


async def test_nothing_goes_within_the_undo_window_and_once_after_it(opened: Opened) -> None:
    async with opened() as desk:
        ticket = await desk.one(pause("SIP1"), undo_seconds=5.0)
        assert ticket.due_at == desk.clock.monotonic() + 5
        await desk.go(4.9)
        assert (desk.line.targets, desk.trail(), desk.now(ticket).stage) == ([], [], Stage.WAITING)
        await desk.go(0.2)
        assert (desk.line.targets, told(desk.now(ticket))) == (["SIP1"], SENT)
        await desk.go(60)
        assert desk.line.targets == ["SIP1"]


async def test_what_is_taken_back_leaves_no_trace(opened: Opened) -> None:
    async with opened() as desk:
        ticket = await desk.one(pause("SIP1"), undo_seconds=5.0)
        await desk.go(4.9)
        assert desk.dispatcher.take_back(ticket.batch) == 1
        assert told(desk.now(ticket)) == not_sent(Obstacle.TAKEN_BACK)
        await desk.go(60)
        assert (desk.line.targets, desk.trail()) == ([], [])
        assert desk.dispatcher.take_back(ticket.batch) == 0


@pytest.mark.parametrize("stall", [Stall.BEFORE, Stall.AFTER])
async def test_it_is_too_late_to_take_back_once_the_intent_is_being_written(opened: Opened, stall: Stall) -> None:
    async with opened() as desk:
        desk.disk.stall = stall
        ticket = await desk.one(kick("a"))
        assert (ticket.stage, desk.line.targets) == (Stage.WAITING, [])
        assert desk.dispatcher.take_back(ticket.batch) == 0
        desk.disk.go_on()
        await desk.go()
        assert (told(desk.now(ticket)), desk.line.targets) == (SENT, ["a"])


def leaves(desk: Desk) -> None:
    desk.world.waiting.pop("a")


def moves(desk: Desk) -> None:
    desk.world.waiting["a"] = SECOND


def is_replaced(desk: Desk) -> None:
    """Another call of the same phone, in the same place."""
    desk.world.waiting = {"z": FIRST, **{call: q for call, q in desk.world.waiting.items() if call != "a"}}


def pauses(desk: Desk) -> None:
    desk.world.paused.add(("SIP1", FIRST))


def logs_off(desk: Desk) -> None:
    desk.world.agents.remove("SIP1")


def is_stopped(desk: Desk) -> None:
    desk.world.running.clear()


@pytest.mark.parametrize(
    ("happens", "command", "obstacle"),
    [
        (leaves, kick("a"), Obstacle.TARGET_GONE),
        (moves, kick("a"), Obstacle.TARGET_MOVED),
        (is_replaced, transfer("a"), Obstacle.TARGET_GONE),
        (pauses, pause("SIP1"), Obstacle.TARGET_CHANGED),
        (logs_off, pause("SIP1"), Obstacle.TARGET_GONE),
        (is_stopped, stop("a"), Obstacle.TARGET_CHANGED),
    ],
)
async def test_a_target_that_is_no_longer_as_shown_is_left_alone(
    opened: Opened, happens: Callable[[Desk], None], command: Command, obstacle: Obstacle
) -> None:
    async with opened() as desk:
        desk.campaigns.interval = 5.0
        ticket = await desk.one(command, undo_seconds=12.0)
        happens(desk)
        await desk.go(13)
        assert told(desk.now(ticket)) == not_sent(obstacle)
        assert desk.trail() == [f"outcome not_sent {obstacle}"]
        assert desk.line.performed == desk.office.performed == []


async def test_a_target_that_leaves_while_the_disk_dawdles_over_the_intent_is_left_alone(opened: Opened) -> None:
    async with opened() as desk:
        desk.disk.stall = Stall.AFTER
        ticket = await desk.one(kick("a"))
        leaves(desk)
        await desk.go(7)
        desk.disk.go_on()
        await desk.go()
        assert told(desk.now(ticket)) == not_sent(Obstacle.TARGET_GONE)
        assert desk.trail() == ["intent", "outcome not_sent target_gone"]
        assert desk.line.targets == []


@pytest.mark.parametrize("seconds", [60.0, 8 * 3600.0])
async def test_after_a_suspended_machine_wakes_nothing_old_is_sent(opened: Opened, seconds: float) -> None:
    async with opened() as desk:
        tickets = await desk.confirm(pause("SIP1"), pause("SIP2"), undo_seconds=5.0)
        await desk.go(2)
        desk.clock.jump(seconds)
        await desk.go(30)
        assert [told(desk.now(ticket)) for ticket in tickets] == [not_sent(Obstacle.EXPIRED)] * 2
        assert desk.trail() == ["outcome not_sent expired"] * 2
        assert desk.line.targets == []


async def test_a_machine_suspended_while_the_intent_is_written_sends_nothing_old(opened: Opened) -> None:
    async with opened() as desk:
        desk.disk.stall = Stall.AFTER
        ticket = await desk.one(kick("a"), accepts_stale=True)
        desk.clock.jump(25)
        desk.disk.go_on()
        await desk.go()
        assert told(desk.now(ticket)) == not_sent(Obstacle.EXPIRED)
        assert desk.trail() == ["intent", "outcome not_sent expired"]
        assert desk.line.targets == []


async def test_a_bulk_goes_on_for_longer_than_one_command_may_wait(opened: Opened) -> None:
    async with opened() as desk:
        desk.line.takes_seconds = 7.0
        tickets = await desk.confirm(kick("a"), kick("b"), kick("c", SECOND), pause("SIP1"))
        await desk.go(4 * 7 + MOST_WAIT_SECONDS)
        assert [told(desk.now(ticket)) for ticket in tickets] == [SENT] * 4
