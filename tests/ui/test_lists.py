"""A Yemot system's lists over the board: how they are shown, and what can be done in them."""

from dataclasses import replace
from typing import Any

import pytest

from tests.ui.boards import CUSTOMER, YEMOT, Board, board
from tests.ui.test_toolbox import fill, on, submit
from tests.ui.toolboxes import SCHEDULE, TASK, AbleSink, SourcedClerk, armed, clerk, confirm, done, open_list, toasts
from wallboard.domain.account_actions import (
    CreateTask,
    DeleteTask,
    EmptyRingList,
    Schedule,
    SetNumberUsage,
    SetSipExtension,
    SetSipTransport,
    SwitchTask,
    TaskType,
    Transport,
)
from wallboard.domain.enquiries import RingListEventsOf, Tasks
from wallboard.domain.faults import Fault, FaultCode, VendorFault
from wallboard.domain.feeds import FeedKey, FeedStatus, Subject
from wallboard.ui.commands import BoardCommands
from wallboard.ui.screens.confirm import ConfirmScreen
from wallboard.ui.screens.form import FormScreen
from wallboard.ui.screens.unlock import UnlockScreen
from wallboard.ui.toolbox.list_screen import ListScreen
from wallboard.ui.widgets.keyed_table import KeyedTable

NO_SIP = "שרת זה אינו תומך במערכת SIP"


def listing(shown: Board) -> ListScreen:
    assert isinstance(shown.app.screen, ListScreen), shown.text
    return shown.app.screen


def asked(shown: SourcedClerk, query: type[Any]) -> int:
    return sum(1 for _, each in shown.asked if isinstance(each, query))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("units", ["Units   Main line   2", "-0.2", "+100", "284.3", "רכישה"]),
        ("scheduled tasks", ["Main line   2   1 of 10 on", "Morning greeting", "● on", "○ off", "moves files"]),
        ("SIP accounts", ["SIP accounts   Main line   2   6 at most", "200", "UDP", "0790000000=2"]),
        ("numbers", ["Numbers   Main line   4", "0790000001", "goto:/1", "approved to call from", "2027-04-18"]),
        ("one-ring lists", ["One-ring lists   Main line   2", "בית ספר, כיתה ג", "Subscribers"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_every_list_is_shown_with_its_source_count_and_age(
    name: str, told: list[str], size: tuple[int, int]
) -> None:
    async with board(sink=AbleSink(), clerk=clerk(), size=size) as shown:
        await open_list(shown, name)
        for words in (*told, "00:00 old", "/ filter", "r again", "esc back"):
            assert words in shown.text, words
        await shown.tick(12)
        assert "00:12 old" in shown.text
        await shown.press("escape")
        assert len(shown.app.screen_stack) == 1


async def test_the_palette_finds_lists_by_name_with_help() -> None:
    async with board(sink=AbleSink(), clerk=clerk()) as shown:
        provider = BoardCommands(shown.screen)
        hits = [hit async for hit in provider.search("tzintuk")]
        assert [str(hit.text) for hit in hits] == ["one-ring lists"]
        hits = [hit async for hit in provider.search("scheduled")]
        assert [str(hit.text) for hit in hits] == ["scheduled tasks"]
    async with board(sink=AbleSink()) as shown:  # nobody answers such questions
        assert [hit async for hit in BoardCommands(shown.screen).search("tzintuk")] == []


async def test_of_several_systems_it_is_asked_whose_list() -> None:
    class Open(SourcedClerk):
        def can_ask(self, source: str, query: type[Any]) -> bool:
            return source in {YEMOT, "Branch"}

    from tests.ui.boards import snapshot

    picture = snapshot()
    key = FeedKey("Branch", "GetCustomerData")
    feeds = {**picture.feeds, key: FeedStatus(key, 600.0, frozenset({Subject.ACCOUNT}), succeeded_at=picture.at)}
    told = Open(clerk().answers)
    async with board(replace(picture, feeds=feeds), sink=AbleSink(), clerk=told) as shown:
        lists = shown.screen.acting.lists
        lists.open(next(iter(lists.offered())))
        await shown.pilot.pause()
        assert "Units: of which system?" in shown.text
        await confirm(shown, "down", "enter")
        await shown.until(lambda: "Units   Branch   2" in shown.text)
        assert told.asked[-1][0] == "Branch"


async def test_an_empty_list_says_so_and_a_refusal_is_told_in_the_vendors_words() -> None:
    async with board(clerk=clerk(Tasks=())) as shown:
        await open_list(shown, "scheduled tasks")
        assert "no tasks are scheduled" in shown.text
    trouble = VendorFault(Fault(FaultCode.VENDOR, "example.test", words=NO_SIP))
    async with board(clerk=clerk(SipAccounts=trouble)) as shown:
        await open_list(shown, "SIP accounts")
        assert NO_SIP in shown.text
        assert "queue extension" not in shown.text


async def test_what_was_known_stays_and_looks_old_when_the_vendor_is_silent() -> None:
    told = clerk()
    async with board(clerk=told) as shown:
        await open_list(shown, "scheduled tasks")
        told.answers[Tasks] = VendorFault(Fault(FaultCode.TIMEOUT, "example.test"))
        await shown.tick(6)
        await shown.press("r")
        await shown.until(lambda: "no whole answer from example.test in time" in shown.text)
        assert "Morning greeting" in shown.text
        assert "00:06 old" in shown.text
        assert all(row.is_old for row in shown.app.screen.query_one(KeyedTable).rows)


async def test_a_list_is_narrowed_as_one_types_and_escape_gives_all_back() -> None:
    async with board(clerk=clerk()) as shown:
        await open_list(shown, "scheduled tasks")
        await shown.press("slash", *"night")
        assert "1 of 2  /night" in shown.text
        assert "Morning greeting" not in shown.text
        await shown.press("enter", "escape")
        assert "Morning greeting" in shown.text
        await shown.press("slash", *"nothing")
        assert "nothing here matches “nothing”" in shown.text
        await shown.press("escape", "escape")
        assert len(shown.app.screen_stack) == 1


async def test_enter_shows_a_row_whole_and_a_task_with_its_times() -> None:
    async with board(clerk=clerk()) as shown:
        await open_list(shown, "units")
        await shown.press("home", "enter")
        for words in ("Movement of units", "+100", "office"):
            assert words in shown.text
        await shown.press("escape", "escape", "escape")
        await open_list(shown, "scheduled tasks")
        await shown.press("home", "enter")
        await shown.until(lambda: "Task: Morning greeting" in shown.text)
        for words in ("Sun, Tue at 08:00", "2026-11-20 08:00:00", "when it fails", "בוקר טוב"):
            assert words in shown.text, words


async def test_logs_and_subscribers_are_lists_of_their_own() -> None:
    told = clerk()
    async with board(clerk=told) as shown:
        await open_list(shown, "one-ring lists")
        await shown.press("home", "enter")
        await shown.until(lambda: "Subscribers of 120   Main line   1" in shown.text)
        assert "נועה" in shown.text
        await shown.press("escape", "l")
        await shown.until(lambda: "Log of 120   Main line   1" in shown.text)
        assert "added" in shown.text
        assert told.asked[-1] == (YEMOT, RingListEventsOf("120"))
        await shown.press("escape", "escape", "escape")
        await open_list(shown, "scheduled tasks")
        await shown.press("home", "ך")  # under the Hebrew layout
        await shown.until(lambda: "Runs of Morning greeting" in shown.text)
        assert "Campaign Id does Not found" in shown.text


async def test_where_nothing_may_be_changed_no_such_key_is_offered() -> None:
    async with board(sink=AbleSink(is_read_only=True), clerk=clerk()) as shown:
        await open_list(shown, "scheduled tasks")
        hint = shown.line_with("esc back")
        assert "l log" in hint
        assert "n new" not in hint
        await shown.press("home", "x", "n", "s")
        assert isinstance(shown.app.screen, ListScreen)
    async with board(sink=AbleSink(is_locked=True), clerk=clerk()) as shown:
        await open_list(shown, "scheduled tasks")
        await shown.press("home", "x")
        assert on(shown, UnlockScreen)


async def test_a_task_is_switched_with_all_that_the_vendor_would_forget() -> None:
    told = clerk()
    async with board(sink=AbleSink(), clerk=told) as shown:
        await open_list(shown, "scheduled tasks")
        await shown.press("home", "s")
        await shown.until(lambda: on(shown, ConfirmScreen))
        for words in ("Switch the task off?", "Sun, Tue at 08:00", "y switch off"):
            assert words in shown.text
        await confirm(shown, "y")
        assert shown.sink.commands == [
            SwitchTask(
                source=YEMOT,
                target="7",
                words="Morning greeting",
                feed=CUSTOMER,
                is_active=False,
                description="Morning greeting",
                schedule=SCHEDULE,
                mails_end=False,
                mails_error=True,
            )
        ]
        times = asked(told, Tasks)
        await done(shown)
        await shown.tick(6)
        await shown.until(lambda: asked(told, Tasks) == times + 1)


async def test_a_task_is_deleted() -> None:
    async with board(sink=AbleSink(), clerk=clerk()) as shown:
        await open_list(shown, "scheduled tasks")
        await shown.press("x")
        assert "choose a row first" in toasts(shown)
        await shown.press("home", "x")
        assert "Delete the task?" in shown.text
        await confirm(shown, "y")
        assert shown.sink.commands == [DeleteTask(source=YEMOT, target="7", words="Morning greeting", feed=CUSTOMER)]


async def test_a_task_is_created_by_a_form_that_checks_its_times() -> None:
    async with board(sink=AbleSink(), clerk=clerk()) as shown:
        await open_list(shown, "scheduled tasks")
        await shown.press("n")
        await confirm(shown, "enter")
        assert on(shown, FormScreen)
        await submit(shown)
        for words in ("a description is needed", "a message is needed", "a time of the day as 14:30"):
            assert words in shown.text
        await fill(shown, "description", "Greeting")
        await fill(shown, "smsMessage", "חג שמח\n\u200f!")
        await fill(shown, "smsList", "12")
        await fill(shown, "time", "25:00")
        await fill(shown, "days", "sun-thu")
        await submit(shown)
        assert on(shown, FormScreen)
        await fill(shown, "time", "8:05")
        assert "Sun–Thu at 08:05" in shown.text
        assert "0.1 unit for each number" in " ".join(shown.text.replace("│", " ").split())
        await submit(shown)
        assert "it does not run" in shown.line_with("Sabbath and holidays")
        await confirm(shown, "y")
        assert shown.sink.commands == [
            CreateTask(
                source=YEMOT,
                target="Greeting",
                words="Greeting",
                feed=CUSTOMER,
                type=TaskType.SMS,
                schedule=Schedule(hour=8, minute=5, days=frozenset(range(5))),
                settings=(("smsMessage", "חג שמח\n\u200f!"), ("smsList", "12")),
            )
        ]


async def test_the_vendors_ten_active_tasks_are_said() -> None:
    tasks = tuple(replace(TASK, id=str(number)) for number in range(10))
    async with board(sink=AbleSink(), clerk=clerk(Tasks=tasks)) as shown:
        await open_list(shown, "scheduled tasks")
        await shown.press("n")
        assert "10 tasks are on already" in toasts(shown)
        assert isinstance(shown.app.screen, ListScreen)


async def test_a_sip_account_gets_an_extension_number_and_another_transport() -> None:
    async with board(sink=AbleSink(), clerk=clerk()) as shown:
        await open_list(shown, "SIP accounts")
        await shown.press("home", "down", "e")
        await fill(shown, "extension", "199")
        await submit(shown)
        assert "from 200 to 10,000" in shown.text
        await fill(shown, "extension", "200")
        await submit(shown)
        assert "another account’s extension" in shown.text
        await fill(shown, "extension", "300")
        await submit(shown)
        await confirm(shown, "y")
        await shown.press("home", "t")
        assert "change to WSS" in shown.text
        await confirm(shown, "y")
        assert shown.sink.commands == [
            SetSipExtension(source=YEMOT, target="2", words="SIP account 2", feed=CUSTOMER, extension=300),
            SetSipTransport(source=YEMOT, target="1", words="SIP account 1", feed=CUSTOMER, transport=Transport.WSS),
        ]


async def test_an_extension_number_can_be_taken_away() -> None:
    async with board(sink=AbleSink(), clerk=clerk()) as shown:
        await open_list(shown, "SIP accounts")
        await shown.press("home", "e")
        await fill(shown, "extension", "")
        await submit(shown)
        await confirm(shown, "y")
        [command] = shown.sink.commands
        assert isinstance(command, SetSipExtension)
        assert command.extension is None


async def test_a_secondary_numbers_calls_go_elsewhere() -> None:
    async with board(sink=AbleSink(), clerk=clerk()) as shown:
        await open_list(shown, "numbers")
        await shown.press("home", "e")
        assert "only secondary numbers" in toasts(shown)
        await shown.press("down", "down", "e")
        assert "its use is “fax”" in toasts(shown)
        await shown.press("up", "e")
        await fill(shown, "usage", "/1/2")
        await submit(shown)
        assert "write goto:/1/2" in shown.text
        await fill(shown, "usage", "goto:/1/מכירות")
        await submit(shown)
        await confirm(shown, "y")
        assert shown.sink.commands == [
            SetNumberUsage(source=YEMOT, target="100", words="0790000001", feed=CUSTOMER, usage="goto:/1/מכירות")
        ]


async def test_a_ring_list_is_emptied_only_by_typing_its_name() -> None:
    async with board(sink=AbleSink(), clerk=clerk()) as shown:
        await open_list(shown, "one-ring lists")
        await shown.press("home", "x")
        assert "Empty the list 120?" in shown.text
        await confirm(shown, "y", "enter")
        assert shown.sink.submissions == []
        await shown.press("escape", "home", "x")
        await armed()
        await shown.press("1", "2", "0")
        await confirm(shown, "enter")
        assert shown.sink.commands == [EmptyRingList(source=YEMOT, target="120", words="120", feed=CUSTOMER)]


async def test_numbers_are_hidden_where_that_is_asked_for() -> None:
    async with board(sink=AbleSink(), clerk=clerk(), is_masking=True) as shown:
        for name in ("numbers", "SIP accounts"):
            await open_list(shown, name)
            assert "0790000" not in shown.text
            await shown.press("home", "enter")
            assert "0790000" not in shown.text
            await shown.press("escape", "escape", "escape")


async def test_twins_in_an_answer_are_both_shown() -> None:
    twin = clerk().answers[Tasks][0]
    async with board(clerk=clerk(Tasks=(twin, twin))) as shown:
        await open_list(shown, "scheduled tasks")
        assert "Main line   2" in shown.text
        assert len(shown.app.screen.query_one(KeyedTable).rows) == 2
