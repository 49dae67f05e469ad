"""What has changed, told in pieces, makes the same picture as Textual's whole update."""

from collections.abc import Iterator

import pytest
from rich.color import ColorSystem
from textual import _compositor as compositor
from textual.geometry import Region, Size
from textual.screen import Screen

from tests.ui.boards import Board, board
from wallboard.ui.terminal.cells import Cell, Line
from wallboard.ui.terminal.pieces import LEANT_ON, PieceCompositor, Pieces, draw_in_pieces
from wallboard.ui.terminal.wanted import Wanted

SIZES = [(80, 24), (200, 50)]


def wanted(size: tuple[int, int]) -> Wanted:
    return Wanted(Size(*size), ColorSystem.TRUECOLOR)


def seen(lines: list[Line]) -> list[list[object]]:
    return [[None if cell is None else _seen(cell) for cell in line] for line in lines]


def _seen(cell: Cell) -> object:
    """All of a cell that anybody sees: of a blank, the ground."""
    return (cell.text, cell.look.background) if cell.text == " " and not cell.look.attributes else cell


def regions(size: tuple[int, int]) -> Iterator[set[Region]]:
    """Parts that may have changed: a line, a column, a corner, lines over half the width, all but an edge."""
    width, height = size
    yield {Region(0, 9, width, 1)}
    yield {Region(7, 0, 3, height)}
    yield {Region(width - 9, height - 4, 20, 9)}
    yield {Region(0, y, width // 2, 1) for y in range(5, height, 3)} | {Region(width // 2, 6, 8, 9)}
    yield {Region(0, 1, width, height - 1)}


def assert_same(shown: Board, size: tuple[int, int]) -> None:
    known = shown.app.screen._compositor
    whole = wanted(size)
    whole.take_whole(known.render_full_update())
    expected = seen(whole.lines)
    for changed in regions(size):
        known._dirty_regions = set(changed)
        update = known.render_partial_update()
        assert isinstance(update, Pieces)
        assert not known._dirty_regions
        parts = wanted(size)
        parts.take_pieces(update.pieces)
        for y, line in enumerate(seen(parts.lines)):
            for x, cell in enumerate(line):
                must = any(region.contains(x, y) for region in changed)
                assert cell == expected[y][x] or (cell is None and not must), (x, y)


@pytest.mark.parametrize("size", SIZES)
async def test_parts_of_the_board_are_as_in_the_whole(size: tuple[int, int]) -> None:
    async with board(size=size) as shown:
        assert isinstance(shown.app.screen._compositor, PieceCompositor)
        assert_same(shown, size)


async def test_what_lies_over_others_hides_them() -> None:
    size = (120, 35)
    async with board(size=size) as shown:
        shown.app.notify("over the figures, in a corner", timeout=60)
        await shown.pilot.pause()
        await shown.pilot.press("slash", "a")
        await shown.pilot.pause()
        assert_same(shown, size)


async def test_a_maximised_panel_is_as_in_the_whole() -> None:
    size = (100, 30)
    async with board(size=size) as shown:
        await shown.pilot.press("3", "z")
        await shown.pilot.pause()
        assert_same(shown, size)


async def test_without_a_change_there_is_nothing_to_tell() -> None:
    async with board(size=(80, 24)) as shown:
        known = shown.app.screen._compositor
        known._dirty_regions = set()
        assert known.render_partial_update() is None


async def test_where_textual_has_moved_its_own_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = Screen[None]()
    assert all(hasattr(fresh._compositor, name) for name in LEANT_ON)
    monkeypatch.delattr(compositor.Compositor, "visible_widgets")
    draw_in_pieces(fresh)
    assert type(fresh._compositor) is compositor.Compositor
