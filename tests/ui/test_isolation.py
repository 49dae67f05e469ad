"""A mistake in one view: that view says so, all others go on, and it is well again as soon as it can be."""

import logging
from dataclasses import replace
from typing import Any

import pytest

from tests.ui.boards import Board, board, snapshot, usual_floor
from wallboard.ui.style import WallStyle
from wallboard.ui.wall.screen import WallScreen
from wallboard.ui.widgets.bars import Header
from wallboard.ui.widgets.keyed_table import KeyedTable
from wallboard.ui.widgets.panel import Panel

SECRET = "CANARY-of-a-row"  # an error's text may hold anything


def explode(*_: object, **__: object) -> Any:
    raise KeyError(SECRET)


def panel_of(shown: Board, name: str) -> Panel:
    return shown.screen.query_one(f"#{name}", Panel)


async def answered(shown: Board, agents: int) -> None:
    """Another answer, with so many agents."""
    floor = usual_floor()
    await shown.send(snapshot(replace(floor, agents=floor.agents[:agents])))


async def test_a_panel_that_fails_says_so_and_the_others_go_on(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    async with board() as shown:
        agents = panel_of(shown, "agents")
        well = agents.kind
        agents.kind = replace(well, rows=explode)
        await answered(shown, 5)
        assert "cannot be shown: KeyError, 1 time" in shown.text
        assert "r asks for it" in shown.text
        assert "Yoav Mor" not in shown.text  # old rows would pass for new ones
        assert "Sales" in shown.text
        await shown.tick(2)
        await answered(shown, 4)
        assert "cannot be shown: KeyError, 2 times" in shown.text
        assert shown.text.count("cannot be shown") == 1
        agents.kind = well
        await answered(shown, 3)
        assert "cannot be shown" not in shown.text
        assert "3 Agents  3" in shown.text
        assert "Yoav Mor" in shown.text
    told = [record.getMessage() for record in caplog.records if "Agents" in record.getMessage()]
    assert told == ["the panel Agents cannot be drawn: KeyError", "the panel Agents is drawn again after 2 failures"]
    assert SECRET not in caplog.text


async def test_nothing_is_done_to_rows_that_nobody_sees() -> None:
    async with board() as shown:
        await shown.press("2", "down")
        callers = panel_of(shown, "callers")
        assert callers.acted_on
        callers.kind = replace(callers.kind, rows=explode)
        await answered(shown, 5)
        assert callers.acted_on == ()
        await shown.press("k")
        assert not shown.sink.submissions
        assert "cannot be shown" in shown.text


async def test_a_row_that_cannot_be_drawn_is_its_panels_mishap(monkeypatch: pytest.MonkeyPatch) -> None:
    async with board() as shown:
        before = KeyedTable.render_line

        def fail_for_agents(self: KeyedTable, y: int) -> Any:
            return explode() if self is panel_of(shown, "agents").table else before(self, y)

        monkeypatch.setattr(KeyedTable, "render_line", fail_for_agents)
        panel_of(shown, "agents").table.refresh()
        await shown.until(lambda: "cannot be shown: KeyError" in shown.text)
        assert "Sales" in shown.text
        await answered(shown, 5)
        assert "cannot be shown: KeyError, 2 times" in shown.text
        monkeypatch.setattr(KeyedTable, "render_line", before)
        await answered(shown, 4)
        await shown.until(lambda: "Yoav Mor" in shown.text)
        assert "cannot be shown" not in shown.text


async def test_an_edge_that_fails_is_not_seen_and_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    async with board() as shown:
        before = Header.show
        monkeypatch.setattr(Header, "show", explode)
        await shown.tick(1)
        await shown.until(lambda: "Header cannot be shown: KeyError, 1 time" in shown.text)
        assert "● Main line" not in shown.lines[0]  # a clock that stands still would pass for a frozen board
        assert "Yoav Mor" in shown.text
        monkeypatch.setattr(Header, "show", before)
        await shown.tick(1)
        await shown.until(lambda: "cannot be shown" not in shown.text and "● Main line" in shown.lines[0])


async def test_a_wall_that_fails_says_so_in_place_of_old_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    async with board(wall=WallStyle(is_kiosk=True)) as shown:
        await shown.until(lambda: isinstance(shown.app.screen, WallScreen))
        before = WallScreen._frame
        monkeypatch.setattr(WallScreen, "_frame", explode)
        wall = shown.app.screen
        assert isinstance(wall, WallScreen)
        wall.show()
        await shown.pilot.pause()
        words = [line.strip() for line in shown.lines if line.strip()]
        assert len(words) == 1
        assert words[0].startswith("! cannot be shown: KeyError, ")
        monkeypatch.setattr(WallScreen, "_frame", before)
        wall.show()
        await shown.pilot.pause()
        assert "cannot be shown" not in shown.text


async def test_another_version_on_the_disk_is_told_until_the_end() -> None:
    async with board() as shown:
        assert "restart to update" not in shown.text
        shown.screen._style = replace(shown.screen._style, newer_version=lambda: "9.9.9")
        shown.screen._edges._style = shown.screen._style
        await shown.tick(1)
        await shown.until(lambda: "▲ version 9.9.9 is installed: restart to update" in shown.text)
