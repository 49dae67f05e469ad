"""Forms: how fields are filled, checked and given back."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from textual import events

from tests.ui.boards import Board, board
from wallboard.ui.screens.form import Field, FormScreen, LineEntry


@dataclass
class Filling:
    shown: Board
    answers: list[dict[str, str] | None] = field(default_factory=list)

    @property
    def screen(self) -> FormScreen:
        screen = self.shown.app.screen
        assert isinstance(screen, FormScreen)
        return screen


def whole(text: str) -> str:
    return "" if text.isdigit() else "this is no whole number"


def counted(values: Mapping[str, str]) -> str:
    return f"{len(values['message'])} characters"


FIELDS = (
    Field("number", "Number", hint="050…", check=whole),
    Field("name", "Name", "[bold]Dana"),
    Field("message", "Message", is_long=True),
    Field("priority", "Priority", "5", check=whole),
)


@asynccontextmanager
async def filling(size: tuple[int, int] = (80, 24)) -> AsyncIterator[Filling]:
    async with board(size=size) as shown:
        made = Filling(shown)
        await shown.app.push_screen(FormScreen("Add to [Renewals]", FIELDS, "add", counted), made.answers.append)
        await shown.pilot.pause()
        yield made


async def test_every_field_is_filled_and_given_back() -> None:
    async with filling() as form:
        await form.shown.press(*"050", "enter", *" Levi ", "tab", *"שלום", "enter", "x", "tab", "enter")
        assert form.answers == [{"number": "050", "name": "[bold]Dana Levi", "message": "שלום\nx", "priority": "5"}]


async def test_what_is_wrong_is_said_where_it_is_and_nothing_typed_is_lost() -> None:
    async with filling() as form:
        await form.shown.press("x", "tab", "!", "down", "down", "backspace", "ctrl+s")
        assert form.answers == []
        assert form.screen.focused is form.screen.query_one("#field-number", LineEntry)
        assert form.shown.text.count("this is no whole number") == 2
        await form.shown.press("backspace", "7")
        assert form.shown.text.count("this is no whole number") == 1
        assert form.screen.values["name"] == "[bold]Dana!"
        await form.shown.press("up", "up", "8", "ctrl+s")
        assert form.answers == [{"number": "7", "name": "[bold]Dana!", "message": "", "priority": "8"}]


async def test_escape_leaves_and_gives_nothing() -> None:
    async with filling() as form:
        await form.shown.press("1", "escape")
        assert form.answers == [None]


async def test_the_remark_is_said_of_what_stands_there_now() -> None:
    async with filling() as form:
        assert "0 characters" in form.shown.text
        await form.shown.press("tab", "tab", *"abc")
        assert "3 characters" in form.shown.text


async def test_arrows_stay_in_a_long_text_and_leave_it_at_its_ends() -> None:
    async with filling() as form:
        await form.shown.press("tab", "tab", "a", "enter", "b", "up")
        assert form.screen.focused is not None
        assert form.screen.focused.id == "field-message"
        await form.shown.press("up")
        assert form.screen.focused.id == "field-name"


async def test_pasted_text_goes_into_the_field() -> None:
    async with filling() as form:
        form.screen.post_message(events.Paste("0501"))
        await form.shown.pilot.pause()
        assert form.screen.values["number"] == "0501"


async def test_it_is_whole_on_a_small_screen() -> None:
    async with filling((60, 16)) as form:
        await form.shown.press("ctrl+s")
        for words in ("Add to [Renewals]", "Number", "[bold]Dana", "ctrl+s add", "escape leaves"):
            assert words in form.shown.text, words
