"""The toolbox in another language: every text is looked up, and when it is shown."""

import pytest

from tests.ui.boards import Board, board
from tests.ui.pseudo import latin_words, pseudo_language
from tests.ui.test_toolbox import submit
from tests.ui.toolboxes import AbleSink, armed, clerk, open_list, toasts
from wallboard.ui.commands import BoardCommands
from wallboard.ui.toolbox.list_screen import ListScreen
from wallboard.ui.widgets.keyed_table import KeyedTable

VENDORS = (
    "Main line", "Head office", "Morning greeting", "Nightly move", "SendSMS", "MoveOnFile", "waiting", "done", "SMS",
    "api", "office", "goto", "fax", "UDP", "WSS", "Campaign Id does Not found in customer", "smsMessage", "wallboard",
    "AddToListTzintuk", "Hot leads", "Renewals",
)  # fmt: skip
KEYS = ("esc", "tab", "enter", "ctrl")
KNOWN = (*VENDORS, *KEYS, "tzl", "maxFile")
DEEDS = [
    ("scheduled tasks", "s"), ("scheduled tasks", "x"), ("scheduled tasks", "l"), ("scheduled tasks", "n"),
    ("scheduled tasks", "enter"), ("SIP accounts", "e"), ("SIP accounts", "t"), ("SIP accounts", "enter"),
    ("numbers", "enter"), ("one-ring lists", "x"), ("one-ring lists", "l"), ("one-ring lists", "enter"),
    ("units", "enter"),
]  # fmt: skip


async def open_full(shown: Board, name: str) -> None:
    """With its rows."""
    await open_list(shown, name)
    await shown.until(lambda: bool(shown.app.screen.query_one(KeyedTable).rows))


def inside(shown: Board) -> str:
    """What stands in the list or the dialog, without the board around it."""
    place = shown.app.screen.query(".overlay, .question").first().region
    return "\n".join(line[place.x : place.right] for line in shown.lines[place.y : place.bottom])


@pytest.mark.parametrize("name", ["units", "scheduled tasks", "SIP accounts", "numbers", "one-ring lists"])
async def test_no_list_is_told_in_english(name: str) -> None:
    with pseudo_language():
        async with board(sink=AbleSink(), clerk=clerk()) as shown:
            await open_full(shown, name)
            assert latin_words(inside(shown), *KNOWN) == []


@pytest.mark.parametrize(("name", "key"), DEEDS)
async def test_what_is_done_in_a_list_is_not_asked_in_english(name: str, key: str) -> None:
    with pseudo_language():
        async with board(sink=AbleSink(), clerk=clerk()) as shown:
            await open_full(shown, name)
            opened = shown.app.screen
            await shown.press("home", key)
            await shown.until(lambda: shown.app.screen is not opened)
            assert latin_words(inside(shown), *KNOWN) == []


async def test_a_new_task_is_not_asked_for_in_english() -> None:
    for place in range(3):
        with pseudo_language():
            async with board(sink=AbleSink(), clerk=clerk()) as shown:
                await open_full(shown, "scheduled tasks")
                await shown.press("n")
                await armed()
                await shown.press(*["down"] * place, "enter")
                await submit(shown)  # nothing is filled in: every field tells what it lacks
                assert latin_words(inside(shown), *KNOWN, "minFile", "tpl", "sun-thu") == []


@pytest.mark.parametrize("key", ["m", "b", "c"])
async def test_nobody_is_reached_in_english(key: str) -> None:
    with pseudo_language():
        async with board(sink=AbleSink(), clerk=clerk()) as shown:
            await shown.press("2", "home", key)
            assert latin_words(inside(shown), *KNOWN) == []
            await armed()
            if key == "m":
                await shown.press("x", "ctrl+s")
            else:
                await shown.press("enter")
            assert latin_words(inside(shown), *KNOWN) == []


async def test_refusals_are_not_told_in_english() -> None:
    with pseudo_language():
        async with board(sink=AbleSink(), clerk=clerk()) as shown:
            for name, keys in (
                ("numbers", ["e"]),
                ("numbers", ["home", "e"]),
                ("one-ring lists", ["home", "down", "x"]),
            ):
                await open_full(shown, name)
                await shown.press(*keys)
                assert "ששש" in toasts(shown), name
                assert latin_words(toasts(shown), *KNOWN) == []
                shown.app.clear_notifications()
                while len(shown.app.screen_stack) > 1:
                    await shown.press("escape")


async def test_an_open_list_follows_when_another_language_is_spoken() -> None:
    async with board(sink=AbleSink(), clerk=clerk()) as shown:
        await open_full(shown, "scheduled tasks")
        assert "● on" in shown.text
        screen = shown.app.screen
        assert isinstance(screen, ListScreen)
        with pseudo_language():
            screen.draw(shown.screen.live_picture)
            await shown.pilot.pause()
            assert latin_words("\n".join(row.words for row in screen.table.rows), *KNOWN) == []
            assert latin_words(str(screen.query_one(".overlay--title").render()), *KNOWN) == []
        screen.draw(shown.screen.live_picture)
        await shown.pilot.pause()
        assert "● on" in shown.text


async def test_a_list_is_found_by_its_english_name_in_any_language() -> None:
    with pseudo_language():
        async with board(sink=AbleSink(), clerk=clerk()) as shown:
            hits = [hit async for hit in BoardCommands(shown.screen).search("scheduled cron")]
            assert [str(hit.text) for hit in hits] == ["ששששששששש ששששש"]
