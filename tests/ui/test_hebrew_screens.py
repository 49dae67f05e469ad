"""The screens over the board in Hebrew: what they say, that no English is left, and that keys stay what they are."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import anyio
import pytest
from textual.content import Content
from textual.widgets import Static

from tests.ui.behind import Porter
from tests.ui.boards import REAL_TIME, VOICENTER, YEMOT, Board, board, caller, queue, snapshot, usual_floor
from tests.ui.sinks import Sink
from tests.ui.test_importing import LEADS, desk, plan_of, progress_of
from wallboard.domain.actions import KickCaller, Outcome, Result, Stage, Ticket
from wallboard.domain.imports import ImportStage
from wallboard.domain.snapshot import Floor
from wallboard.language.catalog import _, use
from wallboard.ui.actions import ACTIONS, Group, key_table, keymap
from wallboard.ui.arming import DEAD_SECONDS
from wallboard.ui.commands import BoardCommands
from wallboard.ui.proposals import Proposal
from wallboard.ui.screens.activity import ActivityScreen
from wallboard.ui.screens.choose import ChooseScreen, Option
from wallboard.ui.screens.choose_several import ChooseSeveralScreen
from wallboard.ui.screens.confirm import ConfirmScreen
from wallboard.ui.screens.form import Field, FormScreen
from wallboard.ui.screens.help import HelpScreen
from wallboard.ui.screens.progress import summary
from wallboard.ui.screens.unlock import UnlockScreen
from wallboard.ui.text import filled

HEBREW = re.compile("[\u05d0-\u05ea]")
WORDS = re.compile("[A-Za-z]{3,}")
PATH = re.compile(r"\S+\.csv")
KEYS = {"enter", "escape", "esc", "space", "tab", "shift", "home", "end", "page", "down", "ctrl"}
NAMES = {"Main", "line", "Head", "office", "Support", "call", "CSV", "wallboard", "UTF"}
KICK = KickCaller(source=YEMOT, target="call1", words="050-0000001", feed=REAL_TIME, queue="/1")
FLOOR = Floor(
    queues=(queue("Support", "/1", 2, None),),
    callers=(caller(1, 130), caller(2, 45)),
    campaigns=usual_floor().campaigns,
)


@pytest.fixture
def hebrew() -> Iterator[None]:
    use("he")
    yield
    use("en")


def said(shown: Board) -> str:
    """What the screen's lines hold, in the order in which it is read."""
    return "\n".join(str(static.content) for static in shown.app.screen.query(Static))


def english(text: str) -> list[str]:
    """Words that are neither keys, names nor paths."""
    return [word for word in WORDS.findall(PATH.sub("", text)) if word not in KEYS | NAMES]


def toasts(shown: Board) -> str:
    return "\n".join(str(toast.message) for toast in shown.app._notifications)


async def armed() -> None:
    """Longer than keys are dead."""
    await anyio.sleep(DEAD_SECONDS + 0.15)


@pytest.mark.usefixtures("hebrew")
def test_every_action_and_group_has_hebrew_words() -> None:
    texts = [text for action in ACTIONS for text in (action.label, action.help)] + [group.value for group in Group]
    assert not [text for text in texts if not HEBREW.search(_(text))]


def test_the_table_of_keys_for_the_readme_stays_english() -> None:
    before = key_table(keymap())
    use("he")
    try:
        assert key_table(keymap()) == before
    finally:
        use("en")


@pytest.mark.usefixtures("hebrew")
async def test_help_is_hebrew_and_its_keys_latin() -> None:
    async with board(size=(120, 60)) as shown:
        await shown.press("question_mark")
        assert isinstance(shown.app.screen, HelpScreen)
        text = said(shown)
        assert not english(text)
        told = [action for action in ACTIONS if action.group is not Group.MOVING]  # those share a line
        assert not [action.id for action in told if _(action.label) not in text and _(action.help) not in text]
        assert "ctrl+p" in text


@pytest.mark.usefixtures("hebrew")
async def test_the_palette_finds_in_either_language_and_by_the_actions_id() -> None:
    async with board() as shown:
        commands = BoardCommands(shown.screen)
        for query in ("עזרה", "keys and what", "help", "what they do"):
            found = [str(hit.text) async for hit in commands.search(query)]
            assert "עזרה" in found, query
        names = [str(hit.text) async for hit in commands.search("agent of yoav")]
        assert names == ["Yoav Mor"]


@pytest.mark.usefixtures("hebrew")
async def test_the_question_is_hebrew_and_answered_by_the_same_keys() -> None:
    async with board(snapshot(FLOOR)) as shown:
        await shown.press("2", "home", "k")
        assert isinstance(shown.app.screen, ConfirmScreen)
        assert not english(said(shown))
        assert "ביטול" in said(shown)
        await armed()
        await shown.press("y")
        [submission] = shown.sink.submissions
        assert submission.commands[0].target == "call1"


@pytest.mark.usefixtures("hebrew")
async def test_several_want_their_number_typed_in_hebrew_too() -> None:
    async with board(snapshot(FLOOR)) as shown:
        await shown.press("2", "home", "space", "space", "k")
        assert "הקלדת 2: _ ואז enter: " in said(shown)
        assert not english(said(shown))
        await armed()
        await shown.press("2")
        await anyio.sleep(0.2)
        await shown.press("enter")
        assert len(shown.sink.submissions[0].commands) == 2


@pytest.mark.usefixtures("hebrew")
async def test_a_row_that_is_gone_is_told_in_hebrew() -> None:
    async with board(snapshot(FLOOR)) as shown:
        await shown.press("2", "home", "enter")
        title = shown.app.screen.query_one(".overlay--title", Static)
        assert str(title.content).startswith("ממתין: 050-0000001   ")
        await shown.send(snapshot(replace(FLOOR, callers=FLOOR.callers[1:])))
        await shown.tick(1)
        assert str(title.content).endswith("זה מה שהיה ידוע לאחרונה")


@pytest.mark.usefixtures("hebrew")
async def test_a_locked_board_asks_in_hebrew() -> None:
    async with board(snapshot(FLOOR), sink=Sink(is_locked=True)) as shown:
        await shown.press("2", "home", "k")
        assert isinstance(shown.app.screen, UnlockScreen)
        assert not english(said(shown))
        await shown.press("1", "enter")
        await shown.until(lambda: _("Wrong PIN. Try again.") in said(shown))
        shown.sink.unlock_wait = 4.0
        await shown.until(lambda: "קוד שגוי. הניסיון הבא בעוד 4 שניות." in said(shown))
        shown.sink.unlock_wait = 0.0
        await shown.press(*"2580", "enter")
        await shown.until(lambda: len(shown.app.screen_stack) == 1)
        assert "הנעילה נפתחה" in toasts(shown)


@pytest.mark.usefixtures("hebrew")
async def test_choices_and_forms_are_hebrew() -> None:
    options = [Option("אחת", "", 1), Option("שתיים", "", 2)]
    screens = (
        ChooseScreen("לאן?", options, hint="שם"),
        ChooseSeveralScreen("לאן?", options),
        FormScreen("טופס", [Field("name", "שם")], "שליחה"),
    )
    async with board() as shown:
        for screen in screens:
            await shown.app.push_screen(screen)
            await shown.pilot.pause()
            assert HEBREW.search(said(shown))
            assert not english(said(shown))
            await armed()
            await shown.press(*"qqq")
            assert not english(said(shown).replace("qqq", ""))
            await shown.press("escape")
            assert len(shown.app.screen_stack) == 1


async def test_an_open_screen_follows_a_change_of_language() -> None:
    async with board() as shown:
        await shown.press("l")
        assert isinstance(shown.app.screen, ActivityScreen)
        assert "What happened" in said(shown)
        use("he")
        try:
            await shown.tick(1)
            assert not english(said(shown))
            assert "מה קרה" in said(shown)
        finally:
            use("en")
        await shown.tick(1)
        assert "What happened" in said(shown)


async def test_the_least_size_is_told_in_the_language_spoken_then() -> None:
    async with board(size=(120, 35)) as shown:
        use("he")
        try:
            await shown.pilot.resize_terminal(50, 12)
            await shown.until(lambda: "דרושים 60 × 16 תווים" in said(shown))
        finally:
            use("en")


def test_a_batch_is_summed_up_in_either_language() -> None:
    outcomes = (Outcome(Result.OK), Outcome(Result.OK), Outcome(Result.GONE), None)
    tickets = [Ticket(f"{n}", "batch", KICK, Stage.ENDED, 0.0, outcome=each) for n, each in enumerate(outcomes)]
    assert summary(tickets) == "1 under way, 2 done, 1 gone"
    use("he")
    try:
        assert summary(tickets) == "בביצוע: 1, בוצעו: 2, כבר אינם: 1"
    finally:
        use("en")


def test_a_filled_sentence_keeps_the_styles_of_its_parts() -> None:
    told = filled("type {word}: {typed}", typed=Content.styled("3_", "bold"), word=Content.styled("[3]", "red"))
    assert told.plain == "type [3]: 3_"
    assert [(told.plain[span.start : span.end], span.style) for span in told.spans] == [("[3]", "red"), ("3_", "bold")]


@pytest.mark.usefixtures("hebrew")
async def test_a_campaigns_name_is_typed_as_it_is_called() -> None:
    proposal = Proposal("?", "הסרה", "", (KICK,), word="queues")  # which is a word of the catalog, too
    answers: list[object] = []
    async with board(snapshot(FLOOR)) as shown:
        screen = ConfirmScreen(proposal, None, (), lambda: shown.screen.live_picture)
        await shown.app.push_screen(screen, answers.append)
        await shown.pilot.pause()
        assert "הקלדת queues ואז enter: הסרה\n______" in said(shown)
        await armed()
        await shown.press(*"queues")
        await anyio.sleep(0.2)
        await shown.press("enter")
        assert len(answers) == 1
        assert answers[0] is not None


@pytest.mark.usefixtures("hebrew")
async def test_the_way_of_a_file_is_hebrew(tmp_path: Path) -> None:
    path = tmp_path / "0.csv"
    path.write_text("x")
    plan = replace(plan_of(path, 3), encoding="utf-8", fields=(("טלפון", "number"),))
    porter = Porter(plan)
    async with desk(tmp_path, porter) as shown:
        screen = shown.app.screen
        await shown.until(lambda: "0.csv" in shown.text)
        assert not english(said(shown))
        await shown.press(*"qqq")
        await shown.until(lambda: 'בשם "qqq…"' in said(shown))
        await shown.press(*["backspace"] * 3, "enter")
        await shown.until(lambda: shown.app.screen is not screen and "enter הוספת 3, לאחר אישור" in said(shown))
        assert "3: להוספה 3; אין פגומות" in said(shown)
        assert not english(said(shown))
        await shown.press("enter")
        await shown.until(lambda: isinstance(shown.app.screen, ConfirmScreen))
        assert "הקלדת 3: _ ואז enter: " in said(shown)
        assert not english(said(shown))
        await armed()
        await shown.press("3")
        await anyio.sleep(0.2)
        await shown.press("enter")
        assert len(porter.started) == 1
        for stage in ImportStage:
            porter.under_way[VOICENTER, LEADS.id] = progress_of(path, stage, refused=3, unsure=2, report=path)
            await shown.tick(1)
            await shown.until(lambda: "23% מתוך 19,200" in said(shown))
            assert "נוספו: 4,500   נדחו: 3   לא ודאי: 2   " in said(shown)
            assert not english(said(shown)), stage
