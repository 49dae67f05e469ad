"""The layout from right to left: which end things stand at, that figures keep their columns, and that it can change."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.widget import Widget

from tests.language.bidi_cases import CASES
from tests.ui.boards import Board, agent, board, queue, snapshot, usual_floor
from wallboard.domain.agents import AgentState
from wallboard.domain.feeds import FeedKey
from wallboard.domain.snapshot import Floor
from wallboard.language.bidi import Direction, shape
from wallboard.language.catalog import Language, _, use
from wallboard.ui.actions import ACTIONS
from wallboard.ui.columns import Column, arrange, slot_at
from wallboard.ui.mirroring import named, two_sided
from wallboard.ui.panels.queues import COLUMNS
from wallboard.ui.reading import line_order
from wallboard.ui.widgets.keyed_table import HEADER_HEIGHT, KeyedTable
from wallboard.ui.widgets.progress_bar import progress_bar
from wallboard.ui.widgets.summary import TileView

BLACK = Color(0, 0, 0)
SALES = "\u05de\u05db\u05d9\u05e8\u05d5\u05ea"  # a team
LONG = "\u05e9\u05d9\u05e8\u05d5\u05ea \u05dc\u05e7\u05d5\u05d7\u05d5\u05ea \u05d0\u05e8\u05e6\u05d9 " * 3
READINGS: list[tuple[Language, str]] = [("en", "ltr"), ("en", "rtl"), ("he", "ltr"), ("he", "rtl")]
# LRM never comes from a vendor's words: they are cleaned.
NAMES = [case for case in CASES if "\u200e" not in case[1]]


@pytest.fixture
def hebrew() -> None:
    use("he")


def turned(text: str, *, is_from_right: bool) -> str:
    """As the filter of lines leaves it."""
    segments = line_order("visual", is_from_right=is_from_right).apply([Segment(text)], BLACK)
    return "".join(segment.text for segment in segments)


def line_of(shown: Board, y: int, x: int, width: int) -> str:
    """What stands in these cells of the screen."""
    return shown.app.screen._compositor.render_strips()[y].crop(x, x + width).text


def cell(shown: Board, table: KeyedTable, place: int, column: str) -> str:
    """What stands in a slot: of the row at a place, or at -1 of the heading."""
    slot = next(slot for slot in table._slots if slot.column.id == column)
    return line_of(shown, table.region.y + HEADER_HEIGHT + place, table.region.x + slot.x, slot.width)


def queues(shown: Board) -> KeyedTable:
    return shown.screen.floor.panel.table


# Tables


@pytest.mark.parametrize("room", [200, 120, 90, 60, 30, 12])
def test_mirrored_columns_are_those_of_the_other_layout_seen_in_a_mirror(room: int) -> None:
    widths = [18, 9, 3, 6, 3, 2, 2, 5, 5, 8, 9]
    plain = arrange(COLUMNS, widths, room)
    use("en", "rtl")
    mirrored = arrange(COLUMNS, widths, room)
    assert [slot.column.id for slot in mirrored] == [slot.column.id for slot in plain]
    assert [(slot.x, slot.width) for slot in mirrored] == [(room - each.x - each.width, each.width) for each in plain]
    assert all(slot_at(mirrored, slot.x + slot.width - 1) == slot for slot in mirrored if slot.width)
    assert slot_at(mirrored, room - 1) is None  # there stands the mark


def test_a_column_is_as_wide_as_its_heading_in_the_language_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wallboard.ui.columns._", lambda text: LONG if text else "")
    assert arrange((Column("name", "Queue"),), (0,), 80)[0].width == cell_len(LONG)


async def test_columns_run_from_right_to_left_and_each_figure_stands_under_its_own_heading(hebrew: None) -> None:
    async with board(size=(200, 50), text_mode="visual") as shown:
        table = queues(shown)
        edges = [slot.x for slot in table._slots]
        assert edges == sorted(edges, reverse=True)
        assert len(edges) == len(COLUMNS)
        busiest = {
            "completed": "41",
            "abandoned": "3",
            "ready": "1/2",
            "average_hold": "00:52",
            "average_talk": "03:07",
        }
        for column, figure in busiest.items():
            assert cell(shown, table, 0, column).rstrip() == figure  # at the column's end, which is its left edge
            heading = cell(shown, table, -1, column)
            assert heading == shape(_heading(column)).text.ljust(len(heading))
        name = cell(shown, table, 0, "name")
        assert name == shape(table.rows[0].cells[0].at(0).text).text.rjust(len(name))
        assert cell(shown, table, 1, "name").endswith(" Sales")  # a Latin name, at the right as well


def _heading(column_id: str) -> str:
    return next(column.shown_heading for column in COLUMNS if column.id == column_id)


async def test_the_mark_stands_at_the_right_edge(hebrew: None) -> None:
    async with board(size=(200, 50), text_mode="visual") as shown:
        await shown.press("down", "space")
        table = queues(shown)
        row = line_of(shown, table.region.y + HEADER_HEIGHT, table.region.x, table.line_width)
        assert row.endswith("▐")
        assert row.count("▐") == 1


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
async def test_a_click_on_a_heading_orders_by_its_own_column(direction: str) -> None:
    use("he", "rtl" if direction == "rtl" else "ltr")
    async with board(size=(200, 50)) as shown:
        table = queues(shown)
        for slot in table._slots:
            await shown.pilot.click(table, offset=(slot.x + slot.width // 2, 0))
            assert shown.screen.panel.view.sort == slot.column.id


async def test_rows_are_gone_through_by_the_keys_that_point_there(hebrew: None) -> None:
    async with board() as shown:
        await shown.press("down", "down")
        table = queues(shown)
        assert table.cursor_key == table.rows[1].key
        assert not {"left", "right"} & {key for action in ACTIONS for key in action.keys}


async def test_a_remark_in_place_of_rows_stands_where_reading_begins(hebrew: None) -> None:
    async with board(snapshot(Floor()), size=(200, 50), text_mode="visual") as shown:
        table = queues(shown)
        line = line_of(shown, table.region.y + 2, table.region.x, table.line_width)
        assert line.endswith(shape(table._empty_text, "rtl").text + "  ")
        assert line.startswith(" " * 20)


# Names that read from the right, in either interface


@pytest.mark.parametrize(("language", "direction"), READINGS)
async def test_names_read_right_in_their_own_columns(language: Language, direction: str) -> None:
    use(language, "rtl" if direction == "rtl" else "ltr")
    made = tuple(queue(name, f"/{place + 1}", place, None, completed=place) for place, (_, name, _) in enumerate(NAMES))
    async with board(snapshot(Floor(queues=made)), size=(200, 50), text_mode="visual") as shown:
        await shown.press("z")
        table = queues(shown)
        await shown.until(lambda: table.page > len(NAMES))
        places = {row.key.rpartition("/")[2]: place for place, row in enumerate(table.rows)}
        for number, (base, _, visual) in enumerate(NAMES):
            place = places[str(number + 1)]
            told = cell(shown, table, place, "name")
            assert told.strip() == visual
            assert told.endswith(visual) if base == "rtl" or direction == "rtl" else told.startswith(visual)
            assert cell(shown, table, place, "completed").strip() == str(number)


@pytest.mark.parametrize("language", ["en", "he"])
async def test_what_is_cut_off_a_hebrew_name_is_told_of_at_its_left(language: Language) -> None:
    use(language)
    floor = replace(usual_floor(), agents=(agent(1, AgentState.AVAILABLE, 12, LONG.strip()),))
    async with board(snapshot(floor), size=(200, 50), text_mode="visual") as shown:
        await shown.press("3")
        told = cell(shown, shown.screen.panel.table, 0, "name")
        assert told[0] == "…"
        assert told[::-1].startswith(LONG[:10])


async def test_phones_and_times_are_as_they_are_everywhere(hebrew: None) -> None:
    async with board(size=(200, 50), text_mode="visual") as shown:
        await shown.press("2")
        table = shown.screen.panel.table
        assert cell(shown, table, 0, "phone").strip() == "050-0000001"
        assert cell(shown, table, 0, "waiting").startswith("!02:10")


# The rest of the board


async def test_panels_and_figures_run_from_right_to_left(hebrew: None) -> None:
    async with board(size=(200, 50), text_mode="visual") as shown:
        right = {panel.kind.id: panel.region.right for panel in shown.screen.floor}
        assert right["queues"] == right["agents"] == 200
        assert right["callers"] == right["campaigns"] == right["feeds"] < 150
        assert min(panel.region.x for panel in shown.screen.floor) == 0
        tiles = [tile.region.x for tile in shown.screen.query(TileView)]
        assert tiles == sorted(tiles, reverse=True)
        assert shown.lines[0].startswith(" 15:06:40")
        assert shown.lines[0].endswith("wallboard")
        assert shown.lines[-1].endswith(turned(f"1-5 {_('panel')}", is_from_right=True))


async def test_a_panels_title_stands_at_its_right_and_its_state_at_its_left(hebrew: None) -> None:
    async with board(size=(200, 50), text_mode="visual") as shown:
        await shown.press("down", "space", "o")
        title = shown.screen.panel.query_one(".panel--title")
        line = line_of(shown, title.region.y, title.region.x, title.region.width)
        by = shape(_("by {column}").format(column=_heading("name")), "rtl").text
        assert line.startswith(f" {by}  ")
        assert line.endswith(f"  {turned(shown.screen.panel._heading, is_from_right=True)} ")


async def test_a_dialogs_cancel_stands_where_reading_begins(hebrew: None) -> None:
    async with board(size=(120, 35), text_mode="visual") as shown:
        await shown.press("2", "k")
        await shown.until(lambda: shown.app.screen is not shown.screen)
        cancel = shown.app.screen.query_one(".question--cancel", Widget)
        confirm = shown.app.screen.query_one(".question--confirm", Widget)
        assert confirm.region.right <= cancel.region.x
        assert cancel.region.right == shown.app.screen.query_one(".question--answers", Widget).region.right


async def test_the_board_under_a_dialog_is_turned_but_once(hebrew: None) -> None:
    async with board(size=(120, 35), text_mode="visual") as shown:
        before = shown.lines
        await shown.press("2", "down", "enter")
        await shown.until(lambda: shown.app.screen is not shown.screen)
        assert shown.lines[:2] == before[:2]
        await shown.press("escape", "ctrl+p")
        await shown.until(lambda: shown.app.screen is not shown.screen)
        assert shown.lines[:2] == before[:2]


async def test_language_and_direction_change_while_it_runs() -> None:
    async with board(size=(160, 45), text_mode="visual") as shown:
        english = shown.text
        shown.app.action_speak("he")
        await shown.until(lambda: shown.lines[0].endswith("wallboard"))
        shown.app.clear_notifications()
        await shown.until(lambda: "English" not in shown.text and "תירבע" not in shown.text)
        changed = shown.text
        shown.app.action_speak("en")
        shown.app.clear_notifications()
        await shown.until(lambda: shown.text == english)
    use("he")
    async with board(size=(160, 45), text_mode="visual") as shown:
        assert shown.text == changed


async def test_a_line_that_did_not_change_is_not_turned_again(hebrew: None) -> None:
    async with board(text_mode="visual") as shown:
        table = queues(shown)
        rows = table.size.region
        first, again = table.render_lines(rows)[1], table.render_lines(rows)[1]
        assert first is again
        assert table.rows[0].cells[0].at(0).text not in first.text


# Lines of several pieces


@pytest.mark.parametrize(("language", "direction"), READINGS)
@pytest.mark.parametrize(("first", "last"), [("Sales", "12:00"), (SALES, "12:00"), (f"1 {SALES}", f"2 {SALES}")])
def test_a_two_sided_line_has_its_first_piece_where_reading_begins(
    language: Language, direction: str, first: str, last: str
) -> None:
    use(language, "rtl" if direction == "rtl" else "ltr")
    line = turned(two_sided((first, "7"), (last,), 40), is_from_right=language == "he")
    base: Direction = "rtl" if language == "he" or SALES[0] in first else "ltr"
    near = [shape(first, base).text, "7"]
    far = shape(last).text if language == "en" else shape(last, "rtl" if SALES[0] in last else "ltr").text
    if direction == "ltr":
        assert line == "  ".join(near) + far.rjust(40 - len("  ".join(near)))
    else:
        assert line == far + "  ".join(near[::-1]).rjust(40 - len(far))


@pytest.mark.parametrize(("language", "direction"), READINGS)
def test_a_value_stands_beside_its_name(language: Language, direction: str) -> None:
    use(language, "rtl" if direction == "rtl" else "ltr")
    name = SALES if language == "he" else "Team"
    line = turned(named(name, Content("12:00"), 10).plain, is_from_right=language == "he")
    shaped = shape(name).text
    assert line == (shaped.ljust(10) + "12:00" if direction == "ltr" else "12:00" + shaped.rjust(10))


@pytest.mark.parametrize(
    ("mirror", "words", "wanted"),
    [
        (lambda: use("en"), "", "██▌  "),
        (lambda: use("en", "rtl"), "", "  ▌██"),
        (lambda: use("he"), "", "  ▌██"),
        (lambda: use("he"), SALES, "  ▌██"),
        (lambda: use("he", "ltr"), SALES, "██▌  "),
    ],
)
def test_a_bar_fills_from_where_reading_begins(mirror: Callable[[], None], words: str, wanted: str) -> None:
    mirror()
    line = turned(f"{progress_bar(0.5, 5, words=words).plain}{words}", is_from_right=bool(words))
    assert wanted in line.replace("\N{NO-BREAK SPACE}", " ")


async def test_a_source_named_in_hebrew_does_not_swallow_what_stands_beside_it() -> None:
    usual = snapshot()
    accounts = tuple(replace(account, source="קו ראשי") for account in usual.floor.accounts)
    feeds = {key: replace(status, key=key) for each, status in usual.feeds.items() for key in [renamed(each)]}
    floor = replace(usual, feeds=feeds, floor=Floor(accounts=accounts))
    async with board(floor, text_mode="visual") as shown:
        name = "קו ראשי"[::-1]
        assert f" {name} 1,234 units " in shown.lines[0]


def renamed(key: FeedKey) -> FeedKey:
    return key._replace(source="קו ראשי")
