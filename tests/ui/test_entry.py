"""Entries whose text runs from right to left: drawn as it stands, edited as it is read."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from textual.app import App, ComposeResult
from textual.filter import LineFilter
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets import Input, TextArea

from tests.ui.boards import board
from wallboard.ui.reading import line_order
from wallboard.ui.terminal.direction import TextMode
from wallboard.ui.widgets.entry import BidiInput, BidiTextArea
from wallboard.ui.widgets.panel import FilterLine

Entry = Input | TextArea
WIDTH = 20
SHALOM = "םולש"  # as it stands
CURSOR, SELECTED = "#ff0000", "#00ff00"


class Entries(App[None]):
    CSS = f"""
    Input, TextArea {{ width: {WIDTH + 2}; height: 1; border: none; padding: 0 1; }}
    Input:focus, TextArea:focus {{ border: none; }}
    TextArea {{ height: 4; scrollbar-size-vertical: 0; }}
    .input--cursor, .text-area--cursor {{ background: {CURSOR}; text-style: none; }}
    .input--selection, .text-area--selection {{ background: {SELECTED}; }}
    """

    def __init__(self, make: Callable[[], Entry], mode: TextMode) -> None:
        super().__init__()
        self.make = make
        self.mode = mode

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), line_order(self.mode, is_from_right=False)]

    def compose(self) -> ComposeResult:
        entry = self.make()  # a value is taken by an entry of a running app only
        entry.cursor_blink = False
        yield entry


@dataclass
class Editing:
    app: Entries
    pilot: Pilot[None]

    @property
    def entry(self) -> Entry:
        return self.app.query_one("Input, TextArea")  # type: ignore[return-value]

    @property
    def strips(self) -> list[Strip]:
        """What is on the screen, without the entry's padding."""
        drawn = self.app.screen._compositor.render_strips()
        return [strip.crop(1, WIDTH + 1) for strip in drawn[: self.entry.size.height]]

    @property
    def text(self) -> str:
        return self.strips[0].text

    @property
    def row(self) -> str:
        """The whole first row of the screen; what is cut out of it may lose marks on its last letter."""
        return self.app.screen._compositor.render_strips()[0].text

    @property
    def value(self) -> str:
        return self.entry.value if isinstance(self.entry, Input) else self.entry.text

    @property
    def place(self) -> int | tuple[int, int]:
        return self.entry.cursor_position if isinstance(self.entry, Input) else self.entry.cursor_location

    def cells_of(self, colour: str, y: int = 0) -> list[int]:
        """Cells of the line with this background."""
        found: list[int] = []
        x = 0
        for segment in self.strips[y]:
            name = segment.style.bgcolor.name if segment.style and segment.style.bgcolor else ""
            found += range(x, x + segment.cell_length) if name == colour else ()
            x += segment.cell_length
        return found

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()


@asynccontextmanager
async def editing(make: Callable[[], Entry], mode: TextMode = "visual") -> AsyncIterator[Editing]:
    app = Entries(make, mode)
    async with app.run_test(size=(WIDTH + 2, 6)) as pilot:
        made = Editing(app, pilot)
        made.entry.focus()
        await pilot.pause()
        yield made


def one_line(value: str = "", placeholder: str = "") -> Callable[[], BidiInput]:
    return lambda: BidiInput(value, placeholder, select_on_focus=False)


def lines(text: str) -> Callable[[], BidiTextArea]:
    return lambda: BidiTextArea(text, show_line_numbers=False)


async def test_a_line_from_the_right_begins_at_the_right_edge_with_the_cursor_on_its_cell() -> None:
    async with editing(one_line("שלום 12")) as entry:
        assert entry.text == f"12 {SHALOM}".rjust(WIDTH)
        assert entry.cells_of(CURSOR) == [WIDTH - 8]  # behind the last character that is read: on the left
        await entry.press("home")
        assert entry.cells_of(CURSOR) == [WIDTH - 1]
        await entry.press(*["right"] * 3, *["left"] * 5)
        assert entry.place == 5
        assert entry.cells_of(CURSOR) == [WIDTH - 7]  # on the 1
        assert entry.text == f"12 {SHALOM}".rjust(WIDTH)


async def test_a_line_from_the_left_stays_there_with_its_hebrew_turned() -> None:
    async with editing(one_line("ab שלום")) as entry:
        assert entry.text == f"ab {SHALOM}".ljust(WIDTH)
        assert entry.cells_of(CURSOR) == [7]
        await entry.press("left")
        assert entry.cells_of(CURSOR) == [3]  # the last letter of the word stands first


async def test_what_is_typed_is_kept_as_it_is_read() -> None:
    async with editing(one_line()) as entry:
        await entry.press(*"שלום")
        assert entry.text == SHALOM.rjust(WIDTH)
        await entry.press("home", "delete", *"ה", "end", "backspace", *"ן!")
        assert entry.value == "הלון!"
        assert entry.text == "!ןולה".rjust(WIDTH)


async def test_the_selection_is_shown_where_it_stands() -> None:
    async with editing(one_line("שלום 123 abc")) as entry:
        await entry.press("home", *["shift+left"] * 6)
        assert entry.entry.selected_text == "שלום 1"
        assert entry.text == f"123 abc {SHALOM}".rjust(WIDTH) or entry.text == f"abc 123 {SHALOM}".rjust(WIDTH)
        selected = entry.cells_of(SELECTED) + entry.cells_of(CURSOR)
        assert {WIDTH - 1, WIDTH - 2, WIDTH - 3, WIDTH - 4, WIDTH - 5} <= set(selected)
        assert entry.text[entry.cells_of(CURSOR)[0]] == "2"


async def test_a_long_line_is_scrolled_to_the_cursor() -> None:
    value = " ".join(["אבגדה"] * 8)
    async with editing(one_line(value)) as entry:
        await entry.press(*"ז")
        assert entry.cells_of(CURSOR) == [0]
        assert entry.text[1] == "ז"
        await entry.press("home")
        assert entry.cells_of(CURSOR) == [WIDTH - 1]
        assert entry.text.endswith("הדגבא")
        await entry.press(*["left"] * (WIDTH + 4))
        cursor = entry.cells_of(CURSOR)
        assert len(cursor) == 1
        assert entry.text[cursor[0]] == value[WIDTH + 4]
        entry.app.screen.set_focus(None)
        await entry.pilot.pause()
        assert entry.text.endswith("הדגבא")


async def test_a_click_goes_to_the_letter_under_it() -> None:
    async with editing(one_line("שלום 12")) as entry:
        for cell, place in [(WIDTH - 1, 0), (WIDTH - 4, 3), (WIDTH - 7, 5), (WIDTH - 6, 6), (WIDTH - 9, 7), (0, 7)]:
            await entry.pilot.click(BidiInput, offset=(cell + 1, 0))
            assert entry.place == place, cell


async def test_the_terminals_own_cursor_is_where_the_drawn_one_is() -> None:
    async with editing(one_line("שלום ab")) as entry:
        for _ in range(7):
            await entry.press("right")
            assert entry.app.cursor_position.x - 1 == entry.cells_of(CURSOR)[0]


async def test_the_cursor_goes_with_a_path_or_a_number_that_keeps_its_order() -> None:
    async with editing(one_line("אב /2 +44")) as entry:
        assert entry.text.strip() == "+44 /2 בא"
        await entry.press("home")
        for character in "אב /2 +44":
            assert entry.text[entry.cells_of(CURSOR)[0]] == character
            assert entry.app.cursor_position.x - 1 == entry.cells_of(CURSOR)[0]
            await entry.press("left")


async def test_marks_and_wide_letters_keep_the_cursor_on_the_right_cell() -> None:
    async with editing(one_line("שָׁם 你ב")) as entry:
        await entry.press("home")
        assert entry.row.endswith("ב你 םשָׁ ")
        assert entry.cells_of(CURSOR) == [WIDTH - 1]
        await entry.press(*["left"] * 5)
        assert entry.cells_of(CURSOR) == [WIDTH - 5, WIDTH - 4]


async def test_a_hint_from_the_right_stands_there() -> None:
    async with editing(one_line(placeholder="סינון (שם)")) as entry:
        assert entry.text == "(םש) ןוניס".rjust(WIDTH)
        assert entry.cells_of(CURSOR) == [WIDTH - 1]


@pytest.mark.parametrize("mode", ["logical", "off"])
async def test_nothing_is_turned_where_the_terminal_does_it(mode: TextMode) -> None:
    async with editing(one_line("שלום"), mode) as entry:
        assert entry.text.strip(" \u200e\u202b\u202c") == "שלום"


async def test_words_keep_their_letters_for_a_terminal_that_turns_them() -> None:
    async with editing(one_line("שלום עולם"), "words") as entry:
        assert entry.text == "עולם שלום".rjust(WIDTH)


async def test_a_plain_entry_is_drawn_as_textual_draws_it() -> None:
    async with editing(one_line("Sales")) as entry, editing(lambda: Input("Sales", select_on_focus=False)) as usual:
        assert entry.strips == usual.strips


async def test_each_of_several_lines_has_its_own_direction() -> None:
    async with editing(lines("שלום 12\nab שלום\n\nplain")) as entry:
        assert [strip.text for strip in entry.strips] == [
            f"12 {SHALOM}".rjust(WIDTH),
            f"ab {SHALOM}".ljust(WIDTH),
            " " * WIDTH,
            "plain".ljust(WIDTH),
        ]
        assert entry.cells_of(CURSOR) == [WIDTH - 1]
        await entry.press("left", "left")
        assert entry.cells_of(CURSOR) == [WIDTH - 3]
        assert entry.app.cursor_position.x - 1 == WIDTH - 3
        await entry.press("end")
        assert entry.cells_of(CURSOR) == [WIDTH - 8]
        await entry.press(*"!")
        assert entry.value.startswith("שלום 12!\n")
        await entry.pilot.click(BidiTextArea, offset=(4, 1))
        assert entry.place == (1, 6)


async def test_a_wrapped_line_has_one_direction() -> None:
    async with editing(lines("שלום one two three four five")) as entry:
        assert entry.strips[0].text.endswith(SHALOM)
        assert entry.strips[1].text.strip()
        assert not entry.strips[0].text.startswith(SHALOM)


async def test_the_filter_line_of_the_board_is_such_an_entry_and_finds_the_row() -> None:
    async with board(size=(160, 45), text_mode="visual") as shown:
        await shown.press("1", "/", *"שרות", *["backspace"] * 3, *"ירות")
        line = shown.screen.panel.query_one(FilterLine)
        assert line.value == "שירות"
        assert "תוריש" in shown.lines[line.region.y]
        assert [row.key for row in shown.screen.panel.table.rows] == [shown.screen.panel.table.rows[0].key]
        assert "תוחוקל תוריש" in shown.text
