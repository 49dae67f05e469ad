"""The campaign desk: what it shows, how it asks, and what its keys send."""

from dataclasses import replace

import anyio
import pytest

from tests.ui.behind import Burns, Porter
from tests.ui.boards import CAMPAIGNS, VOICENTER, board
from tests.ui.desks import CODE, LEADS, RENEWALS, DialerSink, clerk, desk, picture, target, targets
from wallboard.domain.actions import ActionKind, Outcome, Result, Stage, StopCampaign
from wallboard.domain.campaign_actions import (
    AddMember,
    AddTarget,
    ChangeTarget,
    ClearTargets,
    RemoveMember,
    RemoveTarget,
    SetPace,
)
from wallboard.domain.campaigns import Burn
from wallboard.domain.enquiries import MembersOf, PendingTargetsOf
from wallboard.domain.faults import Fault, FaultCode, VendorFault
from wallboard.domain.targets import NewTarget, PendingList
from wallboard.ui.screens.activity import ActivityScreen
from wallboard.ui.screens.choose import ChooseScreen
from wallboard.ui.screens.choose_several import ChooseSeveralScreen
from wallboard.ui.screens.confirm import ConfirmScreen
from wallboard.ui.screens.form import FormScreen
from wallboard.ui.screens.help import HelpScreen
from wallboard.ui.screens.progress import ProgressScreen
from wallboard.ui.screens.unlock import UnlockScreen

BROKEN = VendorFault(Fault(FaultCode.TIMEOUT, "api.example.com"))


# What it shows


async def test_it_shows_the_campaign_its_targets_and_its_members() -> None:
    listed = [
        target(1, "דנה לוי", priority=5, custom=(("city", "חיפה"),), last_called="2026-11-20 14:30"),
        target(2, inserted_at=None, priority=None),
    ]
    async with desk(clerk(listed)) as opened:
        for words in ("Hot leads", "▶ running", "Head office ● LIVE 00:02 old", "Pending 23", "Priorities 1…52"):
            assert words in opened.board.text, words
        for words in ("agent: rings the agent first", "Members 3", "Targets  2  00:00 old", "Members  3  00:00 old"):
            assert words in opened.board.text, words
        line = opened.board.line_with("0500000001")
        for words in ("דנה לוי", "5", "Pending", "14.11.2023 22:13", "20.11.2026 14:30", "0790000000", "city=חיפה"):
            assert words in line, words
        assert opened.board.line_with("0500000002").count("–") >= 3
        assert "● available" in opened.board.line_with("SIPSIP1")
        assert "Yoav Mor" in opened.board.line_with("SIPSIP2")  # named by the floor alone
        assert "◆ on call" in opened.board.line_with("SIPSIP2")
        assert "not on the board" in opened.board.line_with("SIPSIP90")


async def test_higher_priorities_stand_first_then_who_has_waited_longest() -> None:
    listed = [target(1, priority=1), target(2, priority=9), target(3, priority=1, inserted_at=1.0), target(4)]
    async with desk(clerk([*listed, target(5, priority=None)])) as opened:
        assert [number[-1] for number in opened.numbers] == ["2", "3", "1", "4", "5"]


async def test_a_smart_dialer_says_that_it_has_no_members() -> None:
    async with desk(campaign="Renewals") as opened:
        assert "smart: calls the target first" in opened.board.text
        assert "Awaiting 1,200" in opened.board.text
        assert opened.clerk.count(MembersOf) == 0
        assert "members" not in opened.board.lines[-1]
        for key in ("tab", "plus", "minus"):
            await opened.board.press(key)
            assert "a smart dialer has no members" in opened.toasts
            opened.board.app.clear_notifications()


async def test_while_the_answer_is_awaited_it_says_so() -> None:
    waiting = clerk(targets(2))
    waiting.gate = anyio.Event()
    async with desk(waiting) as opened:
        assert "asking the vendor …" in opened.board.text
        assert "Members –" in opened.board.text
        waiting.gate.set()
        await opened.board.until(lambda: "0500000002" in opened.board.text)


async def test_rows_that_cannot_be_read_are_not_passed_over() -> None:
    reading = clerk(())
    reading.answers[PendingTargetsOf] = PendingList(targets(2), dropped=1_234)
    async with desk(reading) as opened:
        assert "▲ 1,234 of its rows could not be read" in opened.board.line_with("Targets")


async def test_an_empty_list_says_so() -> None:
    async with desk(clerk((), ())) as opened:
        assert "nothing is left to dial" in opened.board.text
        assert "it rings nobody: it has no members" in opened.board.text


async def test_what_the_vendor_cannot_tell_is_said() -> None:
    answering = clerk(targets(1))
    answering.answers.clear()
    async with desk(answering) as opened:
        assert "Head office has no method that tells this" in opened.board.text
        assert answering.asked == []


@pytest.mark.parametrize(
    ("burn", "campaign", "words"),
    [
        (None, LEADS, "Pace – (too little seen yet)"),
        (Burn(2.0, 600), LEADS, "Pace 2.0 a minute: empty in 11:30, at 15:18"),
        (Burn(0.0, 600), LEADS, "Pace 0 a minute: the list gets no shorter"),
        (Burn(120.0, 600), replace(LEADS, pending=None), "Pace 120 a minute\n"),
        (Burn(2.0, 600), replace(LEADS, is_running=False), "Pace – (stopped)"),
    ],
)
async def test_the_pace(burn: Burn | None, campaign: object, words: str) -> None:
    burns = Burns({} if burn is None else {(VOICENTER, LEADS.id): burn})
    async with desk(first=picture([campaign]), burns=burns) as opened:  # type: ignore[list-item]
        assert words in opened.board.text


@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
async def test_a_narrow_screen_has_one_list_at_a_time(size: tuple[int, int]) -> None:
    async with desk(size=size) as opened:
        assert "Targets  3" in opened.board.text
        assert "Members  3" not in opened.board.text
        assert "tab members" in opened.board.lines[-1]
        await opened.board.press("tab")
        assert "Targets  3" not in opened.board.text
        assert "Members  3" in opened.board.text
        assert "+ add members" in opened.board.lines[-1]
        assert "esc back" in opened.board.lines[-1]


async def test_the_row_under_the_cursor_is_read_whole() -> None:
    long = target(1, custom=(("note", "words " * 12 + "end of it"),))
    async with desk(clerk([long]), size=(80, 24)) as opened:
        assert "end of it" not in opened.board.text
        await opened.board.press("home")
        assert "end of it" in opened.board.text


async def test_phones_are_hidden_where_that_is_asked_for() -> None:
    async with desk(clerk([target(1, "Dana 050-0000077")]), is_masking=True) as opened:
        await opened.board.press("home")
        assert "0500000001" not in opened.board.text
        assert "0000077" not in opened.board.text
        assert "•••••••001" in opened.board.text
        await opened.board.press("d")
        assert "0500000001" not in opened.board.text
        await opened.confirm("y")
        [command] = opened.board.sink.commands
        assert isinstance(command, RemoveTarget)
        assert command.number == "972500000001"
        await opened.board.press("x")
        assert "0500000001" not in opened.board.text


# When it asks


async def test_it_asks_every_half_minute_and_keeps_its_rows() -> None:
    async with desk() as opened:
        await opened.board.press("home", "down")
        row = opened.screen.lists.targets.table.rows[1]
        opened.clerk.answers[PendingTargetsOf] = PendingList((*targets(3), target(4, priority=9)))
        await opened.board.tick(29)
        assert opened.clerk.count(PendingTargetsOf) == 1
        opened.board.clock.jump(2)
        opened.screen.lists._ask_what_is_due()
        await opened.board.until(lambda: len(opened.numbers) == 4)
        table = opened.screen.lists.targets.table
        assert table.cursor_key == row.key
        assert table.rows[2] is row  # not made anew


async def test_r_asks_again_but_never_faster_than_every_five_seconds() -> None:
    async with desk() as opened:
        await opened.board.press("r", "r")
        assert opened.clerk.count(PendingTargetsOf) == 1
        assert opened.board.stream.refreshes == 2
        opened.board.clock.jump(5)
        opened.screen.lists._ask_what_is_due()
        await opened.board.until(lambda: opened.clerk.count(PendingTargetsOf) == 2)
        await opened.board.press("r")
        assert opened.clerk.count(PendingTargetsOf) == 2


async def test_on_a_fault_the_old_list_stays_with_its_age() -> None:
    async with desk() as opened:
        opened.clerk.answers[PendingTargetsOf] = BROKEN
        for _ in range(7):
            opened.board.clock.jump(30)
            opened.screen.lists._ask_what_is_due()
            await opened.board.until(lambda: not opened.screen.lists.is_asking)
        await opened.board.tick(1)
        assert opened.numbers == ["0500000001", "0500000002", "0500000003"]
        assert "! STALE  03:31 old" in opened.board.line_with("Targets  3")
        assert "no whole answer from api.example.com in time" in opened.board.text
        assert "check this machine's connection" in opened.board.text
        assert opened.screen.lists.targets.has_class("-list-old")
        assert "LATE" not in opened.board.line_with("Hot leads")  # the campaign's figures have an age of their own
        opened.clerk.answers[PendingTargetsOf] = PendingList(targets(1))
        opened.board.clock.jump(30)
        opened.screen.lists._ask_what_is_due()
        await opened.board.until(lambda: opened.numbers == ["0500000001"])
        await opened.board.tick(1)
        assert not opened.screen.lists.targets.has_class("-list-old")


async def test_a_fault_at_the_first_question_is_told() -> None:
    async with desk(clerk(BROKEN)) as opened:
        assert "not known: no whole answer from api.example.com in time" in opened.board.text


# Moving about


async def test_filter_sort_and_reverse() -> None:
    listed = [target(1, "Zoe"), target(2, "אבי כץ"), target(3, "Adam", custom=(("city", "Haifa"),))]
    async with desk(clerk(listed)) as opened:
        await opened.board.press("slash", *"haif")
        await opened.board.until(lambda: opened.numbers == ["0500000003"])
        assert "1 of 3" in opened.board.text
        await opened.board.press("escape", "slash", *"050-000 0002", "enter")
        await opened.board.until(lambda: opened.numbers == ["0500000002"])
        await opened.board.press("escape")
        await opened.board.until(lambda: len(opened.numbers) == 3)
        await opened.board.press("o", "o")
        await opened.board.until(lambda: [number[-1] for number in opened.numbers] == ["3", "1", "2"])
        assert "by Name" in opened.board.text
        await opened.board.press("O")
        await opened.board.until(lambda: [number[-1] for number in opened.numbers] == ["2", "1", "3"])


async def test_escape_takes_back_one_thing_after_the_other_then_leaves() -> None:
    async with desk() as opened:
        await opened.board.press("home", "space", "slash", "0", "enter")
        for kept in (False, False, False):
            await opened.board.press("escape")
            assert opened.is_open is not kept
        assert opened.screen.lists.panel.table.cursor_key is None
        await opened.board.press("escape")
        assert not opened.is_open


async def test_enter_does_not_leave_and_q_leaves_without_quitting() -> None:
    async with desk() as opened:
        await opened.board.press("enter")
        assert opened.is_open
        await opened.board.press("q")
        assert not opened.is_open
        assert opened.board.app.return_code is None


async def test_help_and_activity_open_over_it() -> None:
    async with desk() as opened:
        await opened.board.press("question_mark")
        assert isinstance(opened.board.app.screen, HelpScreen)
        await opened.board.press("escape", "l")
        assert isinstance(opened.board.app.screen, ActivityScreen)
        await opened.board.press("escape")
        assert opened.board.app.screen_stack[-1] is opened.screen


async def test_the_board_lives_on_behind_it_and_the_desk_with_it() -> None:
    async with desk() as opened:
        await opened.board.send(picture([replace(LEADS, pending=7, is_running=False)]))
        await opened.board.tick(1)
        assert "Pending 7" in opened.board.text
        assert "■ stopped" in opened.board.text
        await opened.board.send(picture([RENEWALS]))
        await opened.board.tick(1)
        assert "gone: the vendor lists it no more" in opened.board.text


async def test_what_is_held_still_on_the_board_is_not_on_the_desk() -> None:
    async with board(picture(), clerk=clerk(), sink=DialerSink()) as shown:
        await shown.press("f", "4", "home", "enter")
        await shown.send(picture([replace(LEADS, pending=7), replace(RENEWALS, pending=8)]))
        await shown.tick(1)
        assert "Pending 7" in shown.text or "Pending 8" in shown.text


# What its keys send


async def test_a_target_is_added() -> None:
    async with desk() as opened:
        await opened.board.press("a")
        assert isinstance(opened.board.app.screen, FormScreen)
        await opened.board.press(*"0500000009", "enter", *"דנה", "enter", "7", "enter", "enter", *"city=חיפה", "ctrl+s")
        assert isinstance(opened.board.app.screen, ConfirmScreen)
        for words in ("Add 0500000009 to Hot leads?", "דנה", "city=חיפה", "the dialer calls it in its turn"):
            assert words in opened.board.text, words
        await opened.confirm("y")
        new = NewTarget(0, "972500000009", "דנה", priority=7, custom=(("city", "חיפה"),))
        assert opened.board.sink.commands == [
            AddTarget(source=VOICENTER, target=LEADS.id, words="Hot leads", feed=CAMPAIGNS, code=CODE, new=new)
        ]


async def test_a_wrong_number_is_refused_and_nothing_typed_is_lost() -> None:
    async with desk() as opened:
        await opened.board.press("a", *"05", "enter", *"Dana", "ctrl+s")
        assert "this is no telephone number that can be dialled" in opened.board.text
        assert "Dana" in opened.board.text
        await opened.board.press(*"00000009", "ctrl+s")
        assert isinstance(opened.board.app.screen, ConfirmScreen)


async def test_a_number_that_is_in_the_list_is_told() -> None:
    async with desk(clerk([target(1), target(2), replace(target(1), id="again", number="0500000001")])) as opened:
        await opened.board.press("a", *"050-0000001")
        assert "050-0000001 is already in the list 2 times" in opened.board.text
        await opened.board.press("ctrl+s")
        assert "already: it would be called once more" in opened.board.text


async def test_a_target_is_changed() -> None:
    listed = target(1, "Dana", priority=3, custom=(("city", "Haifa"),))
    async with desk(clerk([listed])) as opened:
        await opened.board.press("home", "e", "end", *" Levi", "enter", "backspace", "9", "ctrl+s")
        assert isinstance(opened.board.app.screen, ConfirmScreen)
        assert "Dana Levi   (was Dana)" in opened.board.text
        assert "9   (was 3)" in opened.board.text
        await opened.confirm("y")
        [command] = opened.board.sink.commands
        assert isinstance(command, ChangeTarget)
        assert command.new == NewTarget(0, "972500000001", "Dana Levi", "0790000000", 9, (("city", "Haifa"),))


async def test_nothing_different_is_not_sent() -> None:
    async with desk() as opened:
        await opened.board.press("home", "e", "ctrl+s")
        assert opened.board.app.screen is opened.screen
        assert "nothing is different" in opened.toasts


async def test_a_target_that_goes_meanwhile_disarms_the_change() -> None:
    async with desk() as opened:
        await opened.board.press("home", "e", "end", "x", "ctrl+s")
        opened.clerk.answers[PendingTargetsOf] = PendingList(targets(2, start=2))
        opened.board.clock.jump(6)
        opened.screen.lists.ask_again()
        await opened.board.until(lambda: not opened.screen.lists.is_asking)
        await opened.confirm("y", "y")
        assert "0500000001 is not in the list any more" in opened.board.text
        assert opened.board.sink.submissions == []


async def test_several_targets_get_another_priority_by_their_number() -> None:
    async with desk() as opened:
        await opened.board.press("home", "space", "space", "e", "8", "ctrl+s")
        assert "Change 2 numbers?" in opened.board.text
        assert "0500000002" in opened.board.text
        await opened.confirm("2", "enter")
        told = [(c.new.number, c.new.priority, c.new.name) for c in opened.board.sink.commands]  # type: ignore[attr-defined]
        assert told == [("972500000001", 8, "Customer 1"), ("972500000002", 8, "Customer 2")]
        assert isinstance(opened.board.app.screen, ProgressScreen)
        await opened.board.press("escape", "escape")
        assert not opened.screen.lists.targets.table.marks


async def test_a_number_is_removed_with_all_its_rows() -> None:
    twice = [target(1), replace(target(1), id="again", name="Twin"), target(2)]
    async with desk(clerk(twice)) as opened:
        await opened.board.press("home", "d")
        assert "2 times: all of them go" in opened.board.text
        await opened.confirm("y")
        [command] = opened.board.sink.commands
        assert isinstance(command, RemoveTarget)
        assert (command.number, command.code) == ("972500000001", CODE)


async def test_marked_numbers_are_removed_once_each_and_their_count_is_typed() -> None:
    twice = [target(1), replace(target(1), id="again"), target(2), target(3)]
    async with desk(clerk(twice)) as opened:
        await opened.board.press("home", "space", "space", "space", "d")
        assert "Remove 2 numbers from Hot leads?" in opened.board.text
        assert "They stand in 3 rows, which all go." in opened.board.text
        await opened.confirm("y", "enter", "2", "enter")
        numbers = [command.number for command in opened.board.sink.commands]  # type: ignore[attr-defined]
        assert numbers == ["972500000001", "972500000002"]


async def test_the_list_is_emptied_only_by_the_campaigns_name() -> None:
    async with desk() as opened:
        await opened.board.press("D")
        assert "Empty Hot leads?" in opened.board.text
        await opened.confirm("y", "1", "enter")
        assert opened.board.sink.submissions == []
        await opened.board.press(*"Hot leads")
        await opened.confirm("enter")
        [command] = opened.board.sink.commands
        assert isinstance(command, ClearTargets)
        assert (command.target, command.code) == (LEADS.id, CODE)


async def test_members_are_chosen_from_the_extensions_that_are_none_yet() -> None:
    async with desk() as opened:
        await opened.board.press("tab", "plus")
        assert isinstance(opened.board.app.screen, ChooseSeveralScreen)
        assert "דנה לוי" not in [option.words for option in opened.board.app.screen._options]
        await opened.confirm(*"tam", "space", *["backspace"] * 3, *"rut", "space", "enter")
        assert "Let Hot leads ring 2 members?" in opened.board.text
        await opened.confirm("2", "enter")
        commands = opened.board.sink.commands
        assert all(isinstance(command, AddMember) for command in commands)
        assert [command.item for command in commands] == ["SIPSIP4", "SIPSIP6"]


async def test_a_member_is_removed() -> None:
    async with desk() as opened:
        await opened.board.press("tab", "home", "minus")
        assert "Remove Gone Gal from Hot leads?" in opened.board.text
        await opened.confirm("y")
        [command] = opened.board.sink.commands
        assert isinstance(command, RemoveMember)
        assert command.member == "SIPSIP90"


async def test_the_pace_of_a_smart_dialer_is_set() -> None:
    async with desk(campaign="Renewals") as opened:
        assert "g pace" in opened.board.lines[-1]
        await opened.board.press("g")
        assert isinstance(opened.board.app.screen, ChooseScreen)
        await opened.confirm(*"sales", "enter")
        await opened.board.press("0", "enter", "1", "enter")
        assert "a whole number above 0" in opened.board.text
        assert "a whole number above 1" in opened.board.text
        await opened.board.press("backspace", "3", "enter", "backspace", "2", "enter")
        await opened.confirm("y")
        [command] = opened.board.sink.commands
        assert isinstance(command, SetPace)
        assert (command.queue, command.most_waiting, command.coefficient) == ("14520", 3, 2)


async def test_without_a_name_for_its_method_the_pace_says_how_to_configure_it() -> None:
    sink = DialerSink()
    sink.missing = frozenset({ActionKind.SET_PACE})
    async with desk(campaign="Renewals", sink=sink) as opened:
        await opened.board.press("g")
        assert "smart_dialer_method" in opened.toasts


async def test_the_campaign_is_stopped_as_on_the_board() -> None:
    async with desk() as opened:
        await opened.board.press("s")
        assert "Stop the campaign?" in opened.board.text
        await opened.confirm("y")
        [command] = opened.board.sink.commands
        assert isinstance(command, StopCampaign)


async def test_when_it_has_ended_the_lists_are_asked_again_and_the_outcome_is_told() -> None:
    async with desk() as opened:
        opened.board.clock.jump(6)
        await opened.board.press("home", "d")
        await opened.confirm("y")
        [ticket] = opened.board.sink.tickets()
        await opened.board.until(lambda: "» Remove 0500000001 from Hot leads" in opened.board.text)
        assert opened.board.line_with("Customer 1").startswith("»")
        opened.clerk.answers[PendingTargetsOf] = PendingList(targets(2, start=2))
        opened.board.sink.change(ticket.id, stage=Stage.ENDED, outcome=Outcome(Result.OK), ended_at=1.0)
        await opened.board.until(lambda: "0500000001" not in "".join(opened.numbers))
        assert "Remove 0500000001 from Hot leads: the vendor says it is done" in opened.toasts


# What stands against it


async def test_read_only_it_is_there_for_looking() -> None:
    async with desk(sink=DialerSink(is_read_only=True)) as opened:
        for key in ("a", "i", "e", "d", "D", "s", "plus", "minus", "g", "space"):
            await opened.board.press("home", key)
            assert opened.board.app.screen is opened.screen, key
        for words in ("add", "remove", "empty", "stop"):
            assert words not in opened.board.lines[-1]
        assert "READ-ONLY" in opened.board.text
        assert opened.board.sink.submissions == []


async def test_locked_it_asks_for_the_pin() -> None:
    async with desk(sink=DialerSink(is_locked=True)) as opened:
        await opened.board.press("a")
        assert isinstance(opened.board.app.screen, UnlockScreen)


@pytest.mark.parametrize("age", [400.0])
async def test_nothing_is_sent_while_the_campaigns_feed_is_down(age: float) -> None:
    async with desk(first=picture(ages={CAMPAIGNS: age})) as opened:
        await opened.board.press("home", "d")
        assert opened.board.app.screen is opened.screen
        assert "its feed is DOWN" in opened.toasts


async def test_on_stale_data_it_is_confirmed_twice() -> None:
    async with desk(first=picture(ages={CAMPAIGNS: 200.0})) as opened:
        await opened.board.press("home", "d")
        await opened.confirm("y")
        assert opened.board.sink.submissions == []
        await opened.confirm("y")
        [submission] = opened.board.sink.submissions
        assert submission.accepts_stale


async def test_a_row_that_went_under_the_cursor_is_not_acted_on() -> None:
    async with desk() as opened:
        await opened.board.press("home")
        opened.clerk.answers[PendingTargetsOf] = PendingList(targets(2, start=2))
        opened.board.clock.jump(6)
        opened.screen.lists.ask_again()
        await opened.board.until(lambda: len(opened.numbers) == 2)
        await opened.board.press("d")
        assert opened.board.app.screen is opened.screen
        assert "the row you were on has gone" in opened.toasts


async def test_without_a_row_it_says_what_to_do() -> None:
    async with desk() as opened:
        await opened.board.press("d")
        assert "choose a row first" in opened.toasts
        await opened.board.press("tab", "e")
        assert "choose a row of the targets first (tab goes there)" in opened.toasts


async def test_what_the_vendor_cannot_do_is_said() -> None:
    sink = DialerSink()
    sink.missing = frozenset(ActionKind)
    async with desk(sink=sink) as opened:
        await opened.board.press("home", "a")
        assert opened.board.app.screen is opened.screen
        assert opened.toasts


async def test_a_key_held_down_opens_one_form() -> None:
    async with desk(porter=Porter()) as opened:
        await opened.board.press("home", "d", "d", "d")
        assert sum(isinstance(screen, ConfirmScreen) for screen in opened.board.app.screen_stack) == 1
