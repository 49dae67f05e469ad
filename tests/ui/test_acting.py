"""What supervisors do by key, and how hard it is to do it by accident."""

import anyio
import pytest
from textual import events

from tests.ui.boards import CALLS, REAL_TIME, START, YEMOT, Board, board, caller, queue, snapshot, usual_floor
from tests.ui.sinks import Sink
from wallboard.domain.actions import (
    ActionKind,
    KickCaller,
    Obstacle,
    Outcome,
    PauseAgent,
    Result,
    Settlement,
    Stage,
    TransferCaller,
)
from wallboard.domain.agents import Agent, AgentState
from wallboard.domain.callers import Caller
from wallboard.domain.faults import Fault, FaultCode
from wallboard.domain.feeds import FeedKey, FeedStatus, Subject
from wallboard.domain.snapshot import Floor, Snapshot
from wallboard.ui.arming import DEAD_SECONDS, REPEAT_SECONDS
from wallboard.ui.screens.choose import ChooseScreen
from wallboard.ui.screens.confirm import ConfirmScreen
from wallboard.ui.screens.progress import ProgressScreen
from wallboard.ui.screens.unlock import UnlockScreen

SECOND_QUEUE = FeedKey(YEMOT, "GetQueueRealTime", "/2")


def floor_of(*callers: Caller, agents: tuple[Agent, ...] = ()) -> Floor:
    return Floor(
        queues=(queue("Support", "/1", len(callers), None), queue("Sales", "/2", 0, None)),
        callers=callers,
        agents=agents,
        campaigns=usual_floor().campaigns,
    )


def yemot_agent(number: int, *queues: str, paused: tuple[str, ...] = ()) -> Agent:
    return Agent(
        YEMOT,
        f"050000010{number}",
        f"Dana {number}",
        f"050000010{number}",
        AgentState.PAUSED if paused and len(paused) == len(queues) else AgentState.AVAILABLE,
        feeds=tuple(FeedKey(YEMOT, "GetQueueRealTime", each) for each in queues),
        queues=queues,
        paused_queues=paused,
        seen_since=START - 10,
    )


def told(floor: Floor, ages: dict[FeedKey, float] | None = None) -> Snapshot:
    """A snapshot that has a feed for both queues."""
    made = snapshot(floor, ages)
    age = (ages or {}).get(SECOND_QUEUE, 2.0)
    status = FeedStatus(SECOND_QUEUE, 5.0, frozenset({Subject.QUEUES, Subject.AGENTS}), START, START - age, 0.01)
    return Snapshot(made.at, {**made.feeds, SECOND_QUEUE: status}, floor)


WAITING = (caller(1, 130), caller(2, 45), caller(3, 5))


async def armed() -> None:
    """Longer than keys are dead."""
    await anyio.sleep(DEAD_SECONDS + 0.15)


async def on_caller(shown: Board, *keys: str) -> None:
    """The longest waiting caller under the cursor, then these keys."""
    await shown.press("2", "home", *keys)


def is_asking(shown: Board) -> bool:
    return isinstance(shown.app.screen, ConfirmScreen)


def toasts(shown: Board) -> str:
    return "\n".join(str(toast.message) for toast in shown.app._notifications)


@pytest.mark.parametrize("leaving", ["enter", "escape", "n", "מ"])
async def test_a_kick_that_is_not_confirmed_is_not_sent(leaving: str) -> None:
    async with board(told(floor_of(*WAITING))) as shown:
        await on_caller(shown, "k")
        assert is_asking(shown)
        for words in ("050-0000001", "Support", "!02:10", "00:02 old", "Cancel", "y take out", "cannot be put back"):
            assert words in shown.text, words
        await armed()
        await shown.press(leaving)
        assert not is_asking(shown)
        await shown.press("y")
        assert shown.sink.submissions == []


@pytest.mark.parametrize(("key", "confirm"), [("k", "y"), ("ל", "ט"), ("k", "Y")])
async def test_a_kick_is_confirmed_by_another_key_of_either_layout(key: str, confirm: str) -> None:
    async with board(told(floor_of(*WAITING))) as shown:
        await on_caller(shown, key)
        await armed()
        await shown.press(confirm)
        assert not is_asking(shown)
        [submission] = shown.sink.submissions
        assert submission.undo_seconds == 0
        assert submission.commands == (
            KickCaller(source=YEMOT, target="call1", words="050-0000001 (Support)", feed=REAL_TIME, queue="/1"),
        )


async def test_keys_are_dead_until_the_dialog_has_been_seen() -> None:
    async with board(told(floor_of(*WAITING))) as shown:
        early = [events.Key(key, None) for key in ("y", "enter", "n", "escape")]  # struck before it came up
        await on_caller(shown, "k")
        for event in early:
            shown.app.screen.post_message(event)
        await shown.pilot.pause()
        assert is_asking(shown)
        assert shown.sink.submissions == []
        await armed()
        await shown.press("y")
        assert len(shown.sink.commands) == 1


async def test_a_key_held_down_never_confirms_and_opens_one_dialog() -> None:
    async with board(told(floor_of(*WAITING))) as shown:
        await on_caller(shown)
        for _ in range(30):
            shown.app.screen.post_message(events.Key("k", "k"))
        await shown.press("k")
        assert len(shown.app.screen_stack) == 2
        arming = shown.app.screen._arming  # type: ignore[attr-defined]
        began = arming._armed_at - 0.1
        for number in range(150):  # five seconds of it
            struck = events.Key("y", "y")
            struck.time = began + number / 30
            shown.app.screen.post_message(struck)
        await shown.pilot.pause()
        assert is_asking(shown)
        assert shown.sink.submissions == []


async def test_a_paste_never_confirms() -> None:
    async with board(told(floor_of(*WAITING))) as shown:
        await on_caller(shown, "k")
        await armed()
        shown.app.screen.post_message(events.Paste("y"))
        for character in "talk ok y":
            shown.app.screen.post_message(events.Key("space" if character == " " else character, character))
        await shown.pilot.pause()
        assert shown.sink.submissions == []


async def test_the_caller_who_was_named_is_meant_wherever_his_row_goes() -> None:
    async with board(told(floor_of(*WAITING))) as shown:
        await on_caller(shown, "k")
        await shown.send(told(floor_of(caller(9, 500), caller(8, 400), *WAITING)))
        await armed()
        await shown.press("y")
        assert [command.target for command in shown.sink.commands] == ["call1"]


@pytest.mark.parametrize(
    ("after", "words"),
    [
        ((caller(2, 45), caller(3, 5)), "has left"),
        ((caller(1, 1, "/2", feed=SECOND_QUEUE), caller(2, 45)), "waits in another queue now"),
        ((caller(7, 130, phone="050-0000001"),), "has left"),  # another call of the same person
    ],
)
async def test_a_target_that_leaves_or_moves_disarms_the_dialog_at_once(after: tuple[Caller, ...], words: str) -> None:
    async with board(told(floor_of(*WAITING))) as shown:
        await on_caller(shown, "k")
        await shown.send(told(floor_of(*after)))
        await shown.until(lambda: words in shown.text)
        assert "y take out" not in shown.text
        await armed()
        await shown.send(told(floor_of(*WAITING)))  # even if he comes back
        await shown.press("y")
        assert is_asking(shown)
        await shown.press("escape")
        assert shown.sink.submissions == []


async def test_a_caller_who_rings_at_an_agent_still_waits() -> None:
    async with board(told(floor_of(*WAITING))) as shown:
        await on_caller(shown, "k")
        await shown.send(told(floor_of(caller(1, 130, is_ringing=True))))
        await armed()
        assert "rings at an agent" in shown.text
        await shown.press("y")
        assert len(shown.sink.commands) == 1


async def test_without_a_row_or_on_another_panel_the_key_says_what_it_wants() -> None:
    async with board(told(floor_of(*WAITING))) as shown:
        await shown.press("k")
        assert "choose a row of callers first (2 goes there)" in toasts(shown)
        await shown.press("2", "escape", "k")
        assert "choose a row first" in toasts(shown)
        assert len(shown.app.screen_stack) == 1


async def test_what_a_vendor_cannot_do_is_dim_and_said() -> None:
    async with board(snapshot()) as shown:
        await shown.press("2", "home", "down")
        assert shown.screen.panel.table.cursor_key == "Head office/call4"
        await shown.press("k")
        assert "Voicenter has no method that takes a waiting caller out" in toasts(shown)
        await shown.press("3", "home", "p")
        assert "Voicenter has no method that pauses or resumes an agent" in toasts(shown)
        assert shown.sink.submissions == []


async def test_several_want_their_number_typed() -> None:
    async with board(told(floor_of(*WAITING))) as shown:
        await on_caller(shown, "space", "space", "space", "k")
        for words in ("Take 3 callers out", "050-0000001 (Support)", "050-0000003 (Support)", "type 3"):
            assert words in shown.text, words
        await armed()
        await shown.press("y", "enter")
        await anyio.sleep(0.15)
        await shown.press("2")
        await anyio.sleep(0.15)
        await shown.press("enter")
        assert is_asking(shown)
        await shown.press("backspace")
        for key, character in (("3", "3"), ("enter", "\r")):  # as fast as a paste
            shown.app.screen.post_message(events.Key(key, character))
        await shown.pilot.pause()
        assert is_asking(shown)
        await anyio.sleep(0.15)
        await shown.press("enter")
        assert [command.target for command in shown.sink.commands] == ["call1", "call2", "call3"]
        assert isinstance(shown.app.screen, ProgressScreen)
        assert shown.screen.panel.table.marks == frozenset()


async def test_several_are_told_line_by_line_and_escape_stops_the_rest() -> None:
    async with board(told(floor_of(*WAITING))) as shown:
        await on_caller(shown, "space", "space", "space", "k")
        await armed()
        await shown.press("3")
        await anyio.sleep(0.15)
        await shown.press("enter")
        first, second, _ = shown.sink.tickets()
        ended = {"stage": Stage.ENDED, "ended_at": START}
        shown.sink.change(first.id, outcome=Outcome(Result.OK), settlement=Settlement.VERIFIED, **ended)
        shown.sink.change(second.id, outcome=Outcome(Result.UNKNOWN, fault=Fault(FaultCode.TIMEOUT)), **ended)
        await shown.until(lambda: "1 done, 1 unknown" in shown.text)
        assert "1 under way, 1 done, 1 unknown" in shown.text
        await shown.press("escape")
        await shown.until(lambda: "1 done, 1 not sent, 1 unknown" in shown.text)
        assert "taken back" in shown.text
        await shown.press("escape")
        assert len(shown.app.screen_stack) == 1


async def test_stale_data_want_a_second_confirmation_that_names_their_age() -> None:
    async with board(told(floor_of(*WAITING), {REAL_TIME: 43.0})) as shown:
        await on_caller(shown, "k")
        assert "00:43 old, STALE" in shown.text
        await armed()
        await shown.press("y")
        assert "These data are 00:43 old" in shown.text
        assert shown.sink.submissions == []
        await shown.press("y")  # too soon: it is a new question
        assert shown.sink.submissions == []
        await armed()
        await shown.press("y")
        [submission] = shown.sink.submissions
        assert submission.accepts_stale


@pytest.mark.parametrize("key", ["k", "t", "p"])
async def test_data_that_nobody_can_vouch_for_are_not_acted_on(key: str) -> None:
    floor = floor_of(*WAITING, agents=(yemot_agent(1, "/1"),))
    async with board(told(floor, {REAL_TIME: 400.0})) as shown:
        await shown.press("3" if key == "p" else "2", "home", key)
        assert "its feed is DOWN, so nobody knows" in toasts(shown)
        assert shown.sink.submissions == []
        assert len(shown.app.screen_stack) == 1


async def test_a_feed_that_goes_down_disarms_the_dialog() -> None:
    async with board(told(floor_of(*WAITING))) as shown:
        await on_caller(shown, "k")
        await shown.tick(400)
        assert "its feed is DOWN" in shown.text
        await armed()
        await shown.press("y")
        assert shown.sink.submissions == []


# Transfer


async def test_a_transfer_offers_the_destinations_and_the_other_queues() -> None:
    async with board(told(floor_of(*WAITING))) as shown:
        await on_caller(shown, "t")
        for words in ("Mailbox", "/9", "/3/2", "Sales", "/2, a queue"):
            assert words in shown.text, words
        assert "/1, a queue" not in shown.text
        await armed()
        await shown.press("enter")
        assert "Send the caller to Mailbox (/9)?" in shown.text
        await armed()
        await shown.press("y")
        [command] = shown.sink.commands
        assert isinstance(command, TransferCaller)
        assert (command.target, command.queue, command.destination) == ("call1", "/1", "/9")


@pytest.mark.parametrize(
    ("typed", "destination"), [("/4/2", "/4/2"), ("42", "/42"), ("mail", "/9"), ("/", "/"), ("sa", "/2")]
)
async def test_a_destination_may_be_typed(typed: str, destination: str) -> None:
    async with board(told(floor_of(*WAITING))) as shown:
        await on_caller(shown, "t")
        await armed()
        await shown.press(*("slash" if character == "/" else character for character in typed))
        await anyio.sleep(0.15)
        await shown.press("enter")
        await armed()
        await shown.press("y")
        assert [command.parameters["destination"] for command in shown.sink.commands] == [destination]


async def test_what_is_no_extension_is_not_taken() -> None:
    async with board(told(floor_of(*WAITING))) as shown:
        await on_caller(shown, "t")
        await armed()
        await shown.press("x", "9")
        assert "nothing fits" in shown.text
        await anyio.sleep(0.15)
        await shown.press("enter")
        assert isinstance(shown.app.screen, ChooseScreen)
        await shown.press("escape")
        assert shown.sink.submissions == []


# Pause


async def test_a_pause_waits_five_seconds_in_which_it_can_be_taken_back() -> None:
    async with board(told(floor_of(agents=(yemot_agent(1, "/1"),)))) as shown:
        await shown.press("3", "home", "p")
        [submission] = shown.sink.submissions
        assert submission.undo_seconds == 5
        [command] = submission.commands
        assert isinstance(command, PauseAgent)
        assert (command.kind, command.target, command.queue) == (ActionKind.PAUSE_AGENT, "0500000101", "/1")
        assert "» Pause Dana 1 (Support): is sent in 5 s   escape takes it back" in shown.text
        assert shown.line_with("Dana 1  ").lstrip().startswith("»")
        await shown.tick(2)
        assert "is sent in 3 s" in shown.text
        await anyio.sleep(REPEAT_SECONDS)
        await shown.press("p")
        [ticket] = shown.sink.tickets()
        assert ticket.outcome is not None
        assert ticket.outcome.obstacle is Obstacle.TAKEN_BACK
        assert "is sent in" not in shown.text


async def test_escape_takes_back_before_anything_else() -> None:
    async with board(told(floor_of(*WAITING, agents=(yemot_agent(1, "/1"),)))) as shown:
        await shown.press("3", "home", "space", "home", "escape", "home", "p", "2", "slash", "0", "escape")
        assert shown.sink.tickets()[-1].stage is Stage.ENDED
        assert shown.screen.panel.view.filter == "0"
        await shown.press("escape")
        assert shown.screen.panel.view.filter == ""


async def test_a_paused_agent_is_resumed() -> None:
    async with board(told(floor_of(agents=(yemot_agent(1, "/1", paused=("/1",)),)))) as shown:
        await shown.press("3", "home", "פ")
        assert [command.kind for command in shown.sink.commands] == [ActionKind.RESUME_AGENT]


@pytest.mark.parametrize(
    ("downs", "kind", "queues"),
    [
        (0, ActionKind.RESUME_AGENT, ["/2"]),
        (1, ActionKind.PAUSE_AGENT, ["/1"]),
        (2, ActionKind.PAUSE_AGENT, ["/1"]),
        (3, ActionKind.RESUME_AGENT, ["/2"]),
    ],
)
async def test_an_agent_of_several_queues_is_asked_about(downs: int, kind: ActionKind, queues: list[str]) -> None:
    async with board(told(floor_of(agents=(yemot_agent(1, "/1", "/2", paused=("/2",)),)))) as shown:
        await shown.press("3", "home", "p")
        for words in ("Dana 1: in which queue?", "resume in all", "pause in all", "works: pause", "paused: resume"):
            assert words in shown.text, words
        await armed()
        await shown.press(*["down"] * downs)
        await anyio.sleep(0.15)
        await shown.press("enter")
        [submission] = shown.sink.submissions
        assert submission.undo_seconds == 5
        assert [(command.kind, command.parameters["queue"]) for command in submission.commands] == [
            (kind, each) for each in queues
        ]


async def test_marked_agents_are_paused_in_all_their_queues_and_the_others_left() -> None:
    agents = (yemot_agent(1, "/1", "/2"), yemot_agent(2, "/1", paused=("/1",)), yemot_agent(3, "/2"))
    async with board(told(floor_of(agents=agents))) as shown:
        await shown.press("3", "home", "space", "space", "space", "p")
        assert "Pause 2 agents?" in shown.text
        assert "not: Dana 2 – paused already" in shown.text
        await armed()
        await shown.press("2")
        await anyio.sleep(0.15)
        await shown.press("enter")
        acted = {(command.target, command.parameters["queue"]) for command in shown.sink.commands}
        assert acted == {("0500000101", "/1"), ("0500000101", "/2"), ("0500000103", "/2")}
        assert {command.kind for command in shown.sink.commands} == {ActionKind.PAUSE_AGENT}


async def test_a_pause_on_stale_data_is_asked() -> None:
    floor = floor_of(agents=(yemot_agent(1, "/1"),))
    async with board(told(floor, {REAL_TIME: 43.0, CALLS: 1.0})) as shown:
        await shown.press("3", "home", "p")
        assert is_asking(shown)
        assert shown.sink.submissions == []


# Campaigns


@pytest.mark.parametrize(
    ("downs", "question", "kind"),
    [(0, "Stop the campaign?", ActionKind.STOP_CAMPAIGN), (1, "Start the campaign?", ActionKind.START_CAMPAIGN)],
)
async def test_a_campaign_is_stopped_or_started_by_the_state_shown(downs: int, question: str, kind: ActionKind) -> None:
    async with board(told(floor_of())) as shown:
        await shown.press("4", "home", *["down"] * downs, "s")
        assert question in shown.text
        assert "secret-code" not in shown.text
        await armed()
        await shown.press("y")
        assert [command.kind for command in shown.sink.commands] == [kind]
        assert "secret-code" not in repr(shown.sink.commands)


# For fast users, other keys, other roles


async def test_fast_users_have_an_undo_window_in_place_of_the_dialog() -> None:
    async with board(told(floor_of(*WAITING)), is_fast=True) as shown:
        await on_caller(shown, "k")
        [submission] = shown.sink.submissions
        assert submission.undo_seconds == 5
        assert "Take out 050-0000001 (Support): is sent in 5 s" in shown.text
        await shown.press("escape")
        assert all(ticket.stage is Stage.ENDED for ticket in shown.sink.tickets())
        await anyio.sleep(REPEAT_SECONDS)
        await on_caller(shown, "space", "space", "k")
        assert is_asking(shown)


async def test_a_key_held_down_begins_one_thing_even_where_no_dialog_stands_in_between() -> None:
    async with board(told(floor_of(*WAITING)), is_fast=True) as shown:
        await on_caller(shown)
        for number in range(3):
            for _ in range(5):
                await shown.pilot.press("k")
                await anyio.sleep(0.03)
            await shown.send(told(floor_of(*WAITING[number + 1 :])))  # the row leaves, the cursor slides on
        assert [command.target for command in shown.sink.commands] == ["call1"]


async def test_a_neighbour_under_whom_the_cursor_came_is_not_meant() -> None:
    async with board(told(floor_of(*WAITING))) as shown:
        await on_caller(shown)
        await shown.send(told(floor_of(*WAITING[1:])))
        await shown.press("k")
        assert not is_asking(shown)
        assert "the row you were on has gone" in toasts(shown)
        await anyio.sleep(REPEAT_SECONDS)
        await shown.press("k")
        assert "050-0000002" in shown.text
        assert is_asking(shown)


async def test_what_is_under_way_is_not_asked_again() -> None:
    async with board(told(floor_of(*WAITING))) as shown:
        await on_caller(shown, "k")
        await armed()
        await shown.press("y")
        await anyio.sleep(REPEAT_SECONDS)
        await shown.press("k")
        assert not is_asking(shown)
        assert "050-0000001 (Support): already under way: waits for its turn" in toasts(shown)


async def test_marked_rows_that_cannot_be_acted_on_are_named_and_the_number_is_typed_all_the_same() -> None:
    theirs = caller(4, 70, "14520", position=None)
    async with board(told(floor_of(*WAITING, theirs))) as shown:
        await on_caller(shown, "space")
        shown.screen.panel.table.go_to("Head office/call4")
        await shown.press("space", "k")
        assert "not: 050-0000004" in shown.text
        assert "Voicenter has no method" in shown.text
        await armed()
        await shown.press("y")
        assert is_asking(shown)
        assert shown.sink.submissions == []


async def test_one_of_several_who_leaves_is_struck_out_and_the_number_is_another() -> None:
    async with board(told(floor_of(*WAITING))) as shown:
        await on_caller(shown, "space", "space", "space", "k")
        await armed()
        await shown.press("3")
        await shown.send(told(floor_of(*WAITING[1:])))
        await shown.until(lambda: "Take 2 callers out" in shown.text)
        assert "not: 050-0000001 (Support) – 050-0000001 (Support) has left" in shown.text
        await anyio.sleep(0.15)
        await shown.press("enter")
        assert is_asking(shown)
        await shown.press("2")
        await anyio.sleep(0.15)
        await shown.press("enter")
        assert [command.target for command in shown.sink.commands] == ["call2", "call3"]


async def test_the_smallest_board_shows_what_is_confirmed_and_a_smaller_one_confirms_nothing() -> None:
    async with board(told(floor_of(*WAITING), {REAL_TIME: 43.0}), size=(60, 16)) as shown:
        await on_caller(shown, "k")
        for words in ("050-0000001", "Support", "The call leaves", "Cancel", "y take out", "00:43 old"):
            assert words in shown.text, words
        await armed()
        await shown.press("y")
        for words in ("These data are 00:43 old", "Cancel", "y take out"):
            assert words in shown.text, words
        await shown.pilot.resize_terminal(50, 12)
        await armed()
        await shown.press("y")
        assert shown.sink.submissions == []
        await shown.press("escape", "k")
        await shown.pilot.resize_terminal(100, 30)
        assert not is_asking(shown)


async def test_the_row_whose_detail_is_open_can_be_acted_on() -> None:
    async with board(told(floor_of(*WAITING))) as shown:
        await on_caller(shown, "down", "enter", "k")
        assert is_asking(shown)
        assert "050-0000002" in shown.text


async def test_leaving_says_what_will_not_be_sent_and_what_is_on_its_way() -> None:
    agents = (yemot_agent(1, "/1"), yemot_agent(2, "/1"))
    async with board(told(floor_of(agents=agents))) as shown:
        await shown.press("3", "home", "p", "down")
        await anyio.sleep(REPEAT_SECONDS)
        await shown.press("p")
        first, _ = shown.sink.tickets()
        shown.sink.change(first.id, stage=Stage.SENDING)
        await shown.pilot.pause()
        assert shown.screen.acting.farewell == [
            "on its way when the board was left; the next start looks what came of it: Pause Dana 1 (Support)",
            "not sent, for the board was left: Pause Dana 2 (Support)",
        ]


async def test_the_confirming_key_is_never_the_one_that_opened() -> None:
    async with board(told(floor_of(*WAITING)), keys={"kick_caller": "y"}) as shown:
        await on_caller(shown, "y")
        assert "c take out" in shown.text
        await armed()
        await shown.press("y")
        assert shown.sink.submissions == []
        await shown.press("ט")
        assert shown.sink.submissions == []
        await anyio.sleep(0.15)
        await shown.press("c")
        assert len(shown.sink.commands) == 1


async def test_a_read_only_board_names_no_action_anywhere_and_does_none() -> None:
    async with board(told(floor_of(*WAITING)), sink=Sink(is_read_only=True)) as shown:
        assert "READ-ONLY" in shown.lines[0]
        await on_caller(shown, *"ktpsלאפד")
        assert len(shown.app.screen_stack) == 1
        assert shown.sink.submissions == []
        words = ("take out", "send to", "pause / resume", "stop / start")
        assert not [word for word in words if word in shown.text]
        await shown.press("question_mark")
        assert not [word for word in (*words, "Take the caller", "Acting") if word in shown.text]
        await shown.press("escape", "ctrl+p")
        await shown.pilot.pause(0.3)
        assert not [word for word in (*words, "Take the caller") if word in shown.text]


async def test_a_locked_board_asks_for_the_pin() -> None:
    async with board(told(floor_of(*WAITING)), sink=Sink(is_locked=True)) as shown:
        await shown.tick(1)
        assert "LOCKED" in shown.lines[0]
        await on_caller(shown, "k")
        assert isinstance(shown.app.screen, UnlockScreen)
        await shown.press(*"2580", "enter")
        await shown.until(lambda: len(shown.app.screen_stack) == 1)
        await shown.press("k")
        assert is_asking(shown)


async def test_every_key_and_click_tells_the_lock_that_somebody_is_there() -> None:
    async with board(told(floor_of(*WAITING))) as shown:
        before = shown.sink.touches
        await shown.press("2", "question_mark", "x", "escape")
        await shown.pilot.click("#queues")
        assert shown.sink.touches >= before + 5


async def test_acting_on_a_picture_held_still_goes_by_how_things_stand() -> None:
    async with board(told(floor_of(*WAITING))) as shown:
        await on_caller(shown, "f")
        await shown.send(told(floor_of(caller(2, 45))))
        await shown.press("k")
        assert "the row has gone" in toasts(shown)
        await anyio.sleep(REPEAT_SECONDS)
        await shown.press("down", "k")
        assert "050-0000002" in shown.text
        assert is_asking(shown)


async def test_outcomes_are_said_as_the_vendor_showed_them() -> None:
    async with board(told(floor_of(*WAITING))) as shown:
        await on_caller(shown, "k")
        await armed()
        await shown.press("y")
        [ticket] = shown.sink.tickets()
        unknown = Outcome(Result.UNKNOWN, fault=Fault(FaultCode.TIMEOUT, "vendor.example"))
        shown.sink.change(ticket.id, stage=Stage.ENDED, outcome=unknown, ended_at=START, is_checking=True)
        await shown.until(lambda: "? Take out 050-0000001 (Support): outcome unknown" in shown.text)
        assert "outcome unknown: no whole answer from vendor.example in time; checking …" in toasts(shown)
        assert "050-0000001" in shown.line_with("»")  # still there: nothing is painted before it is seen
        shown.sink.change(ticket.id, settlement=Settlement.CONTRADICTED, is_checking=False)
        await shown.until(lambda: "not done: a later poll shows all as it was" in toasts(shown))
        assert "? Take out" not in shown.text


async def test_a_hostile_name_is_shown_as_it_is() -> None:
    hostile = caller(1, 130, phone="[@click=app.quit]x[/] [/y]")
    async with board(told(floor_of(hostile))) as shown:
        await on_caller(shown, "k")
        assert "[@click=app.quit]x[/] [/y]" in shown.text
        await armed()
        await shown.press("y")
        [ticket] = shown.sink.tickets()
        refused = Outcome(Result.REFUSED, words="[/no] \x1b]52;c;x\x07")
        shown.sink.change(ticket.id, stage=Stage.ENDED, outcome=refused, ended_at=START)
        await shown.until(lambda: "[/no]" in shown.text)
        assert "\x1b" not in shown.text
