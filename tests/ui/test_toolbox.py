"""Messages, call-backs and new targets from a row of the board."""

from dataclasses import replace

import pytest
from textual.widgets import Input, TextArea

from tests.ui.boards import CUSTOMER, REAL_TIME, YEMOT, Board, agent, board, call, caller, snapshot, usual_floor
from tests.ui.sinks import Sink
from tests.ui.toolboxes import AbleSink, armed, clerk, confirm, done, toasts
from wallboard.domain.account_actions import CallBack, SendSms
from wallboard.domain.agents import Agent, AgentState
from wallboard.domain.campaign_actions import AddTarget
from wallboard.domain.campaigns import Account
from wallboard.domain.faults import Fault, FaultCode, VendorFault
from wallboard.domain.feeds import FeedKey, FeedStatus, Subject
from wallboard.domain.snapshot import Snapshot
from wallboard.ui.screens.choose import ChooseScreen
from wallboard.ui.screens.confirm import ConfirmScreen
from wallboard.ui.screens.form import FormScreen
from wallboard.ui.screens.unlock import UnlockScreen

HEBREW = "שלום \"דנה\",\n'מחר' \u200fב-9\u200e ⟨OK⟩ [b]לא[/b]"


def on(shown: Board, kind: type) -> bool:
    return isinstance(shown.app.screen, kind)


async def fill(shown: Board, name: str, text: str) -> None:
    """Put a text into a field, as a paste would."""
    entry = shown.app.screen.query_one(f"#field-{name}")
    if isinstance(entry, TextArea):
        entry.clear()
        entry.insert(text)
    elif isinstance(entry, Input):
        entry.value = text
    await shown.pilot.pause()


async def submit(shown: Board) -> None:
    await shown.press("ctrl+s")


def with_second_system(picture: Snapshot) -> Snapshot:
    key = FeedKey("Branch", "GetCustomerData")
    status = FeedStatus(key, 600.0, frozenset({Subject.ACCOUNT}), succeeded_at=picture.at - 2)
    floor = replace(picture.floor, accounts=(*picture.floor.accounts, Account("Branch", key, units=18.2)))
    return Snapshot(picture.at, {**picture.feeds, key: status}, floor)


async def test_a_message_goes_to_the_caller_unharmed_and_tells_its_cost() -> None:
    async with board(sink=AbleSink()) as shown:
        await shown.press("2", "home", "m")
        assert on(shown, FormScreen)
        assert "0500000001" in shown.text
        await fill(shown, "message", "א" * 92)
        assert "92 characters: 0.2 units; 1,234 left" in shown.text
        await fill(shown, "message", HEBREW)
        await submit(shown)
        assert on(shown, ConfirmScreen)
        for words in ("Send this text message?", "0500000001", "0.1 unit", "Main line’s main number"):
            assert words in shown.text, words
        await confirm(shown, "y")
        assert shown.sink.commands == [
            SendSms(source=YEMOT, target="0500000001", words="0500000001", feed=CUSTOMER, message=HEBREW)
        ]
        await done(shown)
        assert "Text message to 0500000001: the vendor says it is done" in toasts(shown)


async def test_what_was_typed_is_there_again_when_the_question_is_left() -> None:
    async with board(sink=AbleSink()) as shown:
        await shown.press("2", "home", "m")
        await fill(shown, "message", HEBREW)
        await fill(shown, "number", "0520000009")
        await submit(shown)
        await confirm(shown, "n")
        assert on(shown, FormScreen)
        assert shown.sink.submissions == []
        await submit(shown)
        await confirm(shown, "y")
        [command] = shown.sink.commands
        assert isinstance(command, SendSms)
        assert (command.target, command.message) == ("0520000009", HEBREW)


async def test_an_empty_message_and_a_wrong_number_are_refused_in_the_form() -> None:
    async with board(sink=AbleSink()) as shown:
        await shown.press("2", "home", "m")
        await fill(shown, "number", "911")
        await submit(shown)
        assert on(shown, FormScreen)
        assert "no telephone number that can be dialled" in shown.text
        assert "there is nothing to be sent yet" in shown.text
        await shown.press("escape")
        assert shown.sink.submissions == []


async def test_more_than_is_left_is_said() -> None:
    floor = replace(usual_floor(), accounts=(Account(YEMOT, CUSTOMER, units=0.1),))
    async with board(snapshot(floor), sink=AbleSink()) as shown:
        await shown.press("2", "home", "m")
        await fill(shown, "message", "א" * 92)
        assert "0.2 units; 0.1 left: NOT ENOUGH" in shown.text


async def test_a_withheld_number_is_said_and_can_be_typed() -> None:
    floor = replace(usual_floor(), callers=(caller(3, 5, phone=None),))
    async with board(snapshot(floor), sink=AbleSink()) as shown:
        await shown.press("2", "home", "m")
        assert "the number is withheld" in shown.text
        await fill(shown, "number", "+44 20 7946 0958")
        await fill(shown, "message", "hello")
        await submit(shown)
        await confirm(shown, "y")
        assert [command.target for command in shown.sink.commands] == ["442079460958"]


async def test_one_message_goes_to_all_marked_rows_each_by_itself() -> None:
    floor = replace(usual_floor(), callers=(caller(1, 130), caller(2, 45), caller(3, 5, phone=None)))
    async with board(snapshot(floor), sink=AbleSink()) as shown:
        await shown.press("2", "home", "space", "space", "space", "m")
        await fill(shown, "message", "hello")
        assert "5 characters to 2 numbers: 0.2 units" in shown.text
        await submit(shown)
        assert "to 2 numbers?" in shown.text
        assert "the number is withheld" in shown.text
        await confirm(shown, "y", "enter")
        assert shown.sink.submissions == []
        await confirm(shown, "2", "enter")
        assert [command.target for command in shown.sink.commands] == ["0500000001", "0500000002"]


async def test_of_several_systems_it_is_asked_which_sends() -> None:
    class Both(AbleSink):
        def capabilities(self, source: str) -> frozenset:  # type: ignore[type-arg]
            return super().capabilities(YEMOT) if source == "Branch" else super().capabilities(source)

    async with board(with_second_system(snapshot()), sink=Both()) as shown:
        await shown.press("2", "home", "down", "m")  # of the other vendor's queue
        assert on(shown, ChooseScreen)
        assert "by which system?" in shown.text
        await confirm(shown, "down", "enter")
        await fill(shown, "message", "hello")
        await submit(shown)
        await confirm(shown, "y")
        assert [command.source for command in shown.sink.commands] == ["Branch"]


async def test_of_an_agent_with_two_calls_it_is_asked_which() -> None:
    busy = agent(2, AgentState.ON_CALL, 75, "Yoav Mor", calls=(call(1, 75), call(2, 30)))
    async with board(snapshot(replace(usual_floor(), agents=(busy,))), sink=AbleSink()) as shown:
        await shown.press("3", "home", "m")
        assert "Yoav Mor: which call?" in shown.text
        await confirm(shown, "down", "enter")
        assert on(shown, FormScreen)
        assert "0520000002" in shown.text


async def test_an_agent_without_a_call_is_no_one_to_write_to() -> None:
    idle = agent(1, AgentState.AVAILABLE, 12, "Dana Levi")
    async with board(snapshot(replace(usual_floor(), agents=(idle,))), sink=AbleSink()) as shown:
        await shown.press("3", "home", "m")
        assert "Dana Levi: has no call of which the vendor tells" in toasts(shown)


@pytest.mark.parametrize("key", ["m", "b", "c"])
async def test_a_board_that_must_not_act_does_not(key: str) -> None:
    async with board(sink=AbleSink(is_locked=True)) as shown:
        await shown.press("2", "home", key)
        assert on(shown, UnlockScreen)
    async with board(sink=AbleSink(is_read_only=True), size=(200, 50)) as shown:
        await shown.press("2", "home", key)
        assert len(shown.app.screen_stack) == 1
        assert "text message" not in shown.lines[-1]
    async with board(sink=Sink()) as shown:  # a board none of whose sources can
        await shown.press("2", "home", key)
        assert len(shown.app.screen_stack) == 1
        assert toasts(shown)


async def test_nothing_is_sent_where_the_account_does_not_answer() -> None:
    async with board(snapshot(ages={CUSTOMER: 9_000.0}), sink=AbleSink()) as shown:
        await shown.press("2", "home", "m")
        await fill(shown, "message", "hello")
        await submit(shown)
        assert not on(shown, ConfirmScreen)
        assert "DOWN" in toasts(shown)


async def test_numbers_are_hidden_where_that_is_asked_for() -> None:
    async with board(sink=AbleSink(), is_masking=True) as shown:
        await shown.press("2", "home", "m")
        await fill(shown, "message", "hello")
        assert "0000001" not in shown.text
        await submit(shown)
        assert "0000001" not in shown.text
        await confirm(shown, "y")
        [command] = shown.sink.commands
        assert command.target == "0500000001"
        assert "0000001" not in command.words


def yemot_agent() -> Agent:
    return Agent(YEMOT, "0500000101", "Gil Paz", "0500000101", AgentState.AVAILABLE, (REAL_TIME,), queues=("/1",))


async def test_a_call_back_rings_an_agent_first() -> None:
    floor = replace(usual_floor(), agents=(*usual_floor().agents, yemot_agent()))
    async with board(snapshot(floor), sink=AbleSink(), clerk=clerk()) as shown:
        await shown.press("2", "home", "b")
        assert "Call 0500000001 back: who is rung first?" in shown.text
        assert "Gil Paz" in shown.text
        assert "Dana" not in shown.text.split("who is rung first?")[1].split("move")[0]  # an extension is no telephone
        await shown.until(lambda: "SIP account 1" in shown.text)
        await armed()
        await shown.press("enter")
        for words in ("Call back?", "Gil Paz (0500000101)", "0.1 unit, and both calls by the minute"):
            assert words in shown.text, words
        await confirm(shown, "y")
        assert shown.sink.commands == [
            CallBack(source=YEMOT, target="0500000001", words="0500000001", feed=CUSTOMER, agent_number="0500000101")
        ]


async def test_a_call_back_rings_a_sip_account_or_a_typed_number() -> None:
    async with board(sink=AbleSink(), clerk=clerk()) as shown:
        await shown.press("2", "home", "b")
        await shown.until(lambda: "SIP account 2" in shown.text)
        await confirm(shown, "down", "enter", "y")
        await shown.press("b")
        await armed()
        await shown.press(*"0500000077")
        await confirm(shown, "enter", "y")
        first, second = shown.sink.commands
        assert isinstance(first, CallBack)
        assert isinstance(second, CallBack)
        assert (first.sip_account, first.agent_number) == (2, "")
        assert (second.sip_account, second.agent_number) == (None, "0500000077")


async def test_a_server_without_sip_says_so_in_its_own_words() -> None:
    words = "שרת זה אינו תומך במערכת SIP"
    trouble = VendorFault(Fault(FaultCode.VENDOR, "example.test", words=words))
    async with board(sink=AbleSink(), clerk=clerk(SipAccounts=trouble)) as shown:
        await shown.press("2", "home", "b")
        await shown.until(lambda: words in shown.text)


async def test_a_number_goes_into_a_campaign_with_name_and_priority() -> None:
    async with board(sink=AbleSink(), clerk=clerk()) as shown:
        await shown.press("2", "home", "down", "down", "c")  # 050-0000002
        assert "Add the number to …" in shown.text
        assert "running, 23 pending" in shown.text
        await armed()
        await shown.press("enter")
        await shown.until(lambda: "In the list: not yet" in shown.text)
        await fill(shown, "name", "נועה כהן")
        await fill(shown, "priority", "first")
        await submit(shown)
        assert "a priority is a whole number" in shown.text
        await fill(shown, "priority", "5")
        await submit(shown)
        for told in ("נועה כהן", "לידים חמים, running, 23 pending"):
            assert told in shown.text
        await confirm(shown, "y")
        [command] = shown.sink.commands
        assert isinstance(command, AddTarget)
        assert (command.code, command.words) == ("secret-code-1", "לידים חמים")
        assert (command.new.number, command.new.name, command.new.priority) == ("972500000002", "נועה כהן", 5)


async def test_a_number_that_is_in_the_list_already_is_said() -> None:
    async with board(sink=AbleSink(), clerk=clerk()) as shown:
        await shown.press("2", "home", "c")  # 050-0000001
        await armed()
        await shown.press("enter")
        await shown.until(lambda: "it is in the list already" in shown.text)
        await submit(shown)
        assert "it is in the list already" in shown.text
        assert on(shown, ConfirmScreen)


async def test_marked_numbers_go_into_a_campaign_but_for_those_that_are_there() -> None:
    floor = replace(usual_floor(), callers=(caller(1, 130), caller(2, 45), caller(4, 40)))
    async with board(snapshot(floor), sink=AbleSink(), clerk=clerk()) as shown:
        await shown.press("2", "home", "space", "space", "space", "c")
        await armed()
        await shown.press("enter")
        await shown.until(lambda: len(shown.app.workers) == 0 or all(w.is_finished for w in shown.app.workers))
        await submit(shown)
        assert "Add 2 numbers to לידים חמים?" in shown.text
        assert "it is in the list already" in shown.text
        await confirm(shown, "2", "enter")
        assert [command.item for command in shown.sink.commands] == ["972500000002", "972500000004"]


async def test_the_summary_tells_the_units_and_warns_in_words() -> None:
    async with board(size=(80, 24)) as shown:
        assert shown.lines[1].split()[-1] == "units"
        assert shown.lines[2].split()[-1] == "1,234"
    few = replace(usual_floor(), accounts=(Account(YEMOT, CUSTOMER, units=12.3),))
    for size in ((80, 24), (120, 35), (200, 50)):
        async with board(snapshot(few), size=size) as shown:
            assert "▲ Main line: 12.3 units left" in shown.text
            if size[0] < 150:
                assert shown.lines[2].rstrip().endswith("▲12.3")
            else:
                assert "units ▲" in shown.lines[1]


async def test_units_that_are_not_known_are_a_dash_and_without_yemot_there_is_no_tile() -> None:
    async with board(snapshot(replace(usual_floor(), accounts=())), size=(80, 24)) as shown:
        assert shown.lines[2].split()[-1] == "–"
    picture = snapshot(replace(usual_floor(), accounts=()))
    rest = {key: status for key, status in picture.feeds.items() if key != CUSTOMER}
    async with board(Snapshot(picture.at, rest, picture.floor), size=(80, 24)) as shown:
        assert "units" not in shown.lines[1]


async def test_of_several_systems_the_fewest_units_are_told_with_their_name() -> None:
    async with board(with_second_system(snapshot()), size=(120, 35)) as shown:
        assert "units Branch" in shown.lines[1]
        assert "▲18.2" in shown.lines[2]


async def test_units_of_an_old_feed_look_old() -> None:
    async with board(snapshot(ages={CUSTOMER: 5_000.0}), size=(80, 24)) as shown:
        assert shown.lines[2].split()[-1] == "~1,234"


@pytest.mark.parametrize("units", [0.04, 999.94, 12_345.6, 123_456.0])
@pytest.mark.parametrize("width", [80, 110, 150, 200])
async def test_the_figure_of_units_is_never_cut(units: float, width: int) -> None:
    from wallboard.language.units import figure_of

    floor = replace(usual_floor(), accounts=(Account(YEMOT, CUSTOMER, units=units, has_expired=True),))
    async with board(snapshot(floor), size=(width, 30)) as shown:
        assert "!" + figure_of(units) in shown.lines[2]
