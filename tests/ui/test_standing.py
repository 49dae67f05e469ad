"""What did not change is not drawn again, and what did always is."""

from dataclasses import replace
from typing import Any

import pytest
from textual.strip import Strip

from tests.ui.boards import Board, agent, board, snapshot, usual_floor
from wallboard.domain.agents import AgentState
from wallboard.domain.snapshot import Floor
from wallboard.ui.widgets.bars import Footer
from wallboard.ui.widgets.keyed_table import KeyedTable
from wallboard.ui.widgets.panel import Panel


def table_of(shown: Board, panel: str) -> KeyedTable:
    return next(each for each in shown.screen.query(Panel) if each.id == panel).table


def lines_of(table: KeyedTable) -> list[Strip]:
    return table.render_lines(table.size.region)


def is_same(before: list[Strip], after: list[Strip]) -> list[bool]:
    return [one is other for one, other in zip(before, after, strict=True)]


async def test_a_second_later_only_lines_with_ages_are_others() -> None:
    async with board(size=(200, 50)) as shown:
        agents, campaigns = lines_of(table_of(shown, "agents")), lines_of(table_of(shown, "campaigns"))
        ageing = [row.cells[4].is_ageing for row in table_of(shown, "agents").rows]
        await shown.tick(1)
        assert all(is_same(campaigns, lines_of(table_of(shown, "campaigns"))))
        same = is_same(agents, lines_of(table_of(shown, "agents")))
        assert same[0]  # the headings
        assert [not each for each in same[1 : len(ageing) + 1]] == ageing
        assert all(same[len(ageing) + 1 :])


async def test_a_changed_cell_leaves_the_others_as_they_were_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    async with board(size=(200, 50)) as shown:
        table = table_of(shown, "agents")
        lines_of(table)
        drawn: list[str] = []
        painter = type(table.drawn.painter)
        cell = painter.cell

        def noted(self: Any, slot: Any, painted: Any, sign: Any) -> Any:
            drawn.append(slot.column.id)
            return cell(self, slot, painted, sign)

        monkeypatch.setattr(painter, "cell", noted)
        await shown.tick(1)
        assert drawn
        assert set(drawn) <= {"since", "talk", "last_call", "waiting", "limit", "longest", "age", "next"}


async def test_lines_follow_cursor_marks_theme_and_width() -> None:
    async with board(size=(200, 50)) as shown:
        table = table_of(shown, "queues")
        for key in ("down", "space", "home", "o"):
            before = lines_of(table)
            await shown.press(key)
            assert not all(is_same(before, lines_of(table))), key
        before = lines_of(table)
        shown.app.theme = next(name for name in shown.app.available_themes if name != shown.app.theme)
        await shown.press("x")
        assert [line.text for line in before] == [line.text for line in lines_of(table)]
        assert before != lines_of(table)


async def test_the_footer_stands_until_other_keys_are_offered() -> None:
    async with board(size=(200, 50)) as shown:
        footer = shown.screen.query_one(Footer)
        before = footer.render_lines(footer.size.region)
        await shown.tick(1)
        assert is_same(before, footer.render_lines(footer.size.region)) == [True]
        await shown.press("2")
        assert is_same(before, footer.render_lines(footer.size.region)) == [False]


async def test_rows_that_come_and_go_do_not_lay_the_screen_out_anew_and_can_be_scrolled_to() -> None:
    async with board(size=(200, 50)) as shown:
        layouts: list[object] = []

        def floor(agents: int) -> Floor:
            names = [agent(number, AgentState.ON_CALL, 10.0 + number) for number in range(agents)]
            return replace(usual_floor(), agents=tuple(names))

        async def show(agents: int) -> None:
            await shown.send(snapshot(floor(agents)))
            await shown.tick(0)

        table = table_of(shown, "agents")
        await show(100)
        shown.screen.screen_layout_refresh_signal.subscribe(shown.app, layouts.append)
        assert table.max_scroll_y == 101 - table.size.height
        await show(130)
        assert table.max_scroll_y == 131 - table.size.height
        assert not layouts
        await shown.press("3", "end")
        assert table.scroll_offset.y == table.max_scroll_y
        await show(110)
        assert table.scroll_offset.y == table.max_scroll_y == 111 - table.size.height
        layouts.clear()
        await show(2)  # the scrollbar goes
        assert table.scroll_offset.y == 0
        assert layouts
