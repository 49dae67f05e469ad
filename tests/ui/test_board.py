"""The board by pilot: what it shows, and what keys do."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from textual import events

from tests.ui.boards import (
    CALLS,
    CAMPAIGNS,
    QUEUES,
    REAL_TIME,
    START,
    agent,
    board,
    caller,
    queue,
    snapshot,
    usual_floor,
)
from wallboard.domain.agents import AgentState
from wallboard.domain.faults import Fault, FaultCode
from wallboard.domain.feeds import FeedStatus, Note, NoteCode, Subject
from wallboard.domain.snapshot import Floor, Snapshot
from wallboard.ui.screens.detail import DetailScreen
from wallboard.ui.screens.help import HelpScreen
from wallboard.ui.widgets.panel import Panel

GOLDEN = Path(__file__).parent.parent / "golden"
HEBREW_OF = {"o": "ם", "z": "ז", "f": "כ", "r": "ר", "/": "."}


@pytest.mark.parametrize("size", [(80, 24), (120, 35), (200, 50)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_screen_is_as_it_was_looked_at(size: tuple[int, int]) -> None:
    """To accept a change: look at it, then run with WALLBOARD_GOLDEN=write."""
    path = GOLDEN / f"board-{size[0]}x{size[1]}.txt"
    async with board(size=size) as shown:
        text = shown.text + "\n"
    if os.environ.get("WALLBOARD_GOLDEN") == "write":
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")


@pytest.mark.parametrize("size", [(80, 24), (120, 35), (200, 50), (60, 16), (400, 100)])
async def test_no_figure_is_cut_and_nothing_scrolls_sideways(size: tuple[int, int]) -> None:
    async with board(size=size) as shown:
        for panel in shown.screen.query(Panel):
            assert not panel.table.show_horizontal_scrollbar
        assert "02:10" in shown.line_with("שירות לקוחות")
        assert max(map(len, shown.lines)) <= size[0]


async def test_below_the_least_size_it_says_so_and_recovers() -> None:
    async with board(size=(80, 24)) as shown:
        await shown.pilot.resize_terminal(20, 5)
        await shown.pilot.pause()
        assert "needs" in shown.text
        await shown.pilot.resize_terminal(120, 35)
        await shown.pilot.pause()
        assert "Queues" in shown.text


async def test_ages_tick_between_polls() -> None:
    async with board() as shown:
        assert "02:10" in shown.line_with("050-0000001")
        await shown.tick(7)
        assert "02:17" in shown.line_with("050-0000001")


async def test_ages_in_every_panel_tell_the_same_moment_after_a_poll() -> None:
    async with board() as shown:
        shown.clock.jump(3)
        await shown.send(snapshot())
        assert "02:13" in shown.line_with("שירות לקוחות")
        assert "02:13" in shown.line_with("050-0000001")


async def test_thresholds_carry_a_glyph_beside_their_colour() -> None:
    async with board() as shown:
        assert "!02:10" in shown.line_with("שירות לקוחות")
        assert "▲01:10" in shown.line_with("Sales")
        assert "+00:10" in shown.line_with("050-0000001")
        assert "!16:40" in shown.line_with("נועם פרי")


async def test_unknown_is_never_a_zero_and_never_free() -> None:
    async with board() as shown:
        sales = shown.line_with("Sales  ")
        assert "–" in sales
        assert "unknown (14)" in shown.line_with("Omer Tal")
        assert "withheld" in shown.text
    lost = Snapshot(START, {CALLS: FeedStatus(CALLS, 5.0, frozenset({Subject.AGENTS}))}, Floor())
    async with board(lost, size=(80, 24)) as shown:
        figures = shown.lines[2]
        assert "0" not in figures
        assert "–" in figures


async def test_a_stale_feeds_rows_look_stale_and_stand_still() -> None:
    late = snapshot(ages={QUEUES: 12.0})
    async with board(late) as shown:
        assert "LATE 00:12" in shown.line_with("2 Callers")
        assert "▲01:10" in shown.line_with("Sales  ")
        await shown.tick(31)
        assert "STALE 00:43" in shown.line_with("2 Callers")
        held = shown.line_with("050-0000004")
        await shown.tick(20)
        assert shown.line_with("050-0000004").split("  ")[0:4] == held.split("  ")[0:4]
        assert "01:28" in shown.line_with("050-0000004")  # as it was when it became stale: 18 s on
        table = shown.screen.query_one("#callers", Panel).table
        old = table.get_component_rich_style("look--old", partial=True)
        y = next(i for i, row in enumerate(table.rows) if row.key.endswith("call4")) + 1
        words = [segment for segment in table.render_line(y) if "01:28" in segment.text]
        assert words[0].style is not None
        assert words[0].style.color == old.color
        assert words[0].style.italic


async def test_a_total_over_a_stale_part_is_marked_partial() -> None:
    async with board(snapshot(ages={QUEUES: 100.0}), size=(80, 24)) as shown:
        assert "~4" in shown.lines[2]
        assert "~" not in shown.lines[2].split()[3]


async def test_a_locked_source_is_told_in_one_banner_without_its_secret() -> None:
    picture = snapshot()
    locked = {
        key: replace(status, is_locked=True, fault=Fault(FaultCode.CREDENTIALS, "example.test"))
        if key.source == "Head office"
        else status
        for key, status in picture.feeds.items()
    }
    async with board(replace(picture, feeds=locked)) as shown:
        banners = [line for line in shown.lines if line.strip().startswith("! Head office")]
        assert len(banners) == 1
        assert "AUTH" in shown.text
        assert "secret-code" not in shown.text


async def test_the_cursor_stays_with_its_row_however_rows_move() -> None:
    async with board() as shown:
        await shown.press("2", "down")
        table = shown.screen.panel.table
        held = table.cursor_key
        floor = usual_floor()
        await shown.send(snapshot(replace(floor, callers=(caller(9, 500), *floor.callers))))
        assert table.cursor_key == held
        without = tuple(c for c in floor.callers if not (held or "").endswith(c.id))
        await shown.send(snapshot(replace(floor, callers=without)))
        assert table.cursor_key is not None
        assert table.cursor_key != held


async def test_the_view_follows_a_cursor_far_down_and_stays_at_the_top_without_one() -> None:
    many = tuple(agent(number, AgentState.AVAILABLE, 10_000 - number) for number in range(500))
    async with board(snapshot(Floor(agents=many)), size=(120, 35)) as shown:
        await shown.press("3", "end")
        table = shown.screen.panel.table
        held = table.cursor_key
        line = (table._list.place or 0) - table.scroll_offset.y
        await shown.send(snapshot(Floor(agents=many[250:] + many[:250] + (agent(900, AgentState.ON_HOLD, 5),))))
        assert table.cursor_key == held
        assert (table._list.place or 0) - table.scroll_offset.y == line
        await shown.press("escape")
        assert table.cursor_key is None
        assert table.scroll_offset.y == 0


async def test_marks_survive_a_new_order_and_go_with_their_row() -> None:
    async with board() as shown:
        await shown.press("2", "space", "space")
        table = shown.screen.panel.table
        assert len(table.marks) == 2
        assert "2 marked" in shown.text
        floor = usual_floor()
        await shown.send(snapshot(replace(floor, callers=floor.callers[::-1])))
        assert len(table.marks) == 2
        await shown.press("/", "z", "z", "enter")
        assert len(table.marks) == 2  # a filter hides them, it does not take them away
        await shown.press("escape")
        await shown.send(snapshot(replace(floor, callers=floor.callers[1:])))
        assert len(table.marks) == 1
        await shown.press("escape")
        assert not table.marks


async def test_the_filter_narrows_as_one_types_and_clears() -> None:
    async with board() as shown:
        await shown.press("3", "slash", *"yoav")
        assert "1 of 6" in shown.text
        assert "Yoav Mor" in shown.text
        assert "Tamar Bar" not in shown.text
        await shown.press("enter")
        assert "Tamar Bar" not in shown.text
        await shown.press("escape")
        assert "Tamar Bar" in shown.text
        await shown.press("slash", *"xyzzy")
        assert "nothing here matches" in shown.text
        await shown.press("escape")
        assert "Tamar Bar" in shown.text


@pytest.mark.parametrize("typed", ["0000001", "050-0000001", "0500000001"])
async def test_a_phone_is_found_however_it_is_written(typed: str) -> None:
    async with board() as shown:
        await shown.press("2", "slash", *typed)
        assert "1 of 4" in shown.text


async def test_hebrew_is_found_without_niqqud_or_final_forms() -> None:
    floor = Floor(agents=(agent(1, AgentState.AVAILABLE, 1, "שָׁלוֹם כהן"), agent(2, AgentState.AVAILABLE, 1, "דוד")))
    async with board(snapshot(floor)) as shown:
        await shown.press("3", "slash", *"שלומ")
        assert "1 of 2" in shown.text


async def test_sorting_goes_through_the_columns_and_round_again() -> None:
    async with board() as shown:
        await shown.press("3", "o")
        panel = shown.screen.panel
        assert panel.view.sort == "name"
        assert "by Agent" in shown.text
        names = [row.key for row in panel.table.rows]
        await shown.press("O")
        assert [row.key for row in panel.table.rows] == names[::-1]
        for _ in range(len(panel.table.shown_columns)):
            await shown.press("o")
        assert panel.view.sort is None


async def test_unknown_figures_sort_last_either_way() -> None:
    floor = Floor(
        queues=(queue("A", "/1", 1, 5, abandoned=2), queue("B", "7", 1, 5), queue("C", "/3", 1, 5, abandoned=9))
    )
    async with board(snapshot(floor)) as shown:
        panel = shown.screen.panel
        panel.sort_by("abandoned", is_reversed=False)
        assert [row.key[-1] for row in panel.table.rows] == ["3", "1", "7"]
        panel.sort_by("abandoned", is_reversed=True)
        assert [row.key[-1] for row in panel.table.rows] == ["1", "3", "7"]


async def test_freeze_holds_the_picture_and_says_so_in_large() -> None:
    async with board() as shown:
        await shown.press("f")
        assert "F R O Z E N" in shown.text
        await shown.send(snapshot(Floor()))
        await shown.tick(60)
        assert "02:10" in shown.line_with("050-0000001")
        assert "01:00" in shown.line_with("F R O Z E N")
        await shown.press("f")
        assert "F R O Z E N" not in shown.text
        assert "050-0000001" not in shown.text


async def test_maximise_shows_one_panel_and_escape_all_again() -> None:
    async with board() as shown:
        await shown.press("3", "z")
        assert "Campaigns" not in shown.text
        assert "Yoav Mor" in shown.text
        await shown.press("4")
        assert "לידים חמים" in shown.text
        await shown.press("escape")
        assert "Queues" in shown.text


@pytest.mark.parametrize(
    ("panel", "words"),
    [
        ("1", "Average hold"),
        ("2", "Left to the limit"),
        ("3", "Calls taken"),
        ("5", "Asked every"),
    ],
)
async def test_every_panel_but_the_campaigns_has_a_detail_view(panel: str, words: str) -> None:
    async with board() as shown:
        await shown.press(panel, "enter")
        assert isinstance(shown.app.screen, DetailScreen)
        assert words in shown.text
        assert "secret-code" not in shown.text
        await shown.press("escape")
        assert not isinstance(shown.app.screen, DetailScreen)


async def test_a_detail_lives_and_says_when_its_row_is_gone() -> None:
    async with board() as shown:
        await shown.press("2", "enter")
        assert "02:10" in shown.line_with("Waiting for")
        await shown.tick(5)
        assert "02:15" in shown.line_with("Waiting for")
        await shown.send(snapshot(replace(usual_floor(), callers=())))
        await shown.tick(1)
        assert "gone" in shown.text
        assert "050-0000001" in shown.text


async def test_a_queues_detail_lists_its_people() -> None:
    floor = usual_floor()
    mine = replace(agent(7, AgentState.AVAILABLE, 5, "Gil Paz"), source="Main line", queues=("/1",), feeds=(REAL_TIME,))
    async with board(snapshot(replace(floor, agents=(*floor.agents, mine)))) as shown:
        await shown.press("1", "enter")
        detail = "\n".join(shown.lines)
        assert "050-0000002" in detail
        assert "Gil Paz" in detail


PLAIN_KEYS = {
    "slash": "/",
    "question_mark": "?",
    "plus": "+",
    "minus": "-",
    "escape": "esc",
    "pageup": "page up",
    "pagedown": "page down",
}


async def test_help_names_every_action_of_the_registry() -> None:
    from wallboard.ui.actions import ACTIONS, PANEL_ACTIONS, Group

    async with board(size=(120, 60)) as shown:
        await shown.press("question_mark")
        assert isinstance(shown.app.screen, HelpScreen)
        for action in ACTIONS:
            keys = [key for key in action.keys if PLAIN_KEYS.get(key, key) not in shown.text]
            assert not keys, action.id
            if action.group is not Group.MOVING and action.id not in PANEL_ACTIONS:  # those share a line
                assert action.help in shown.text


async def test_the_palette_goes_to_an_agent_by_name() -> None:
    async with board() as shown:
        await shown.press("ctrl+p", *"yoav mor")
        await shown.until(lambda: "agent of Head office" in shown.text)
        await shown.press("down", "enter")
        await shown.until(lambda: shown.screen.panel.kind.id == "agents")
        assert shown.screen.panel.table.cursor_key == "Head office/SIPSIP2"


async def test_the_palette_changes_the_theme() -> None:
    async with board() as shown:
        await shown.press("ctrl+p", *"theme day")
        await shown.until(lambda: "use this theme" in shown.text)
        await shown.press("down", "enter")
        await shown.until(lambda: shown.app.theme == "day")


async def test_refresh_asks_and_says_when() -> None:
    async with board() as shown:
        await shown.press("r")
        assert shown.stream.refreshes == 1
        assert "within 3 s" in shown.text


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_quit(key: str) -> None:
    async with board() as shown:
        await shown.press(key)
        assert shown.app._exit


async def test_letters_work_from_the_same_keys_under_a_hebrew_layout() -> None:
    async with board() as shown:
        await shown.press("2", HEBREW_OF["o"])
        assert shown.screen.panel.view.sort == "position"
        await shown.press(HEBREW_OF["f"])
        assert "F R O Z E N" in shown.text
        await shown.press(HEBREW_OF["f"], HEBREW_OF["z"])
        assert shown.screen.query_one("#floor").has_class("-maximized")
        await shown.press(HEBREW_OF["r"])
        assert shown.stream.refreshes == 1
        await shown.press("full_stop")
        assert shown.screen.panel.has_class("-filtering")


async def test_a_remapped_key_works_and_its_hebrew_twin_too() -> None:
    async with board(keys={"freeze": "h"}) as shown:
        await shown.press("f")
        assert "F R O Z E N" not in shown.text
        await shown.press("h")
        assert "F R O Z E N" in shown.text
        await shown.press("י")
        assert "F R O Z E N" not in shown.text


async def test_on_a_small_screen_every_panel_can_be_reached() -> None:
    async with board(size=(80, 24)) as shown:
        assert "Campaigns" not in shown.text
        await shown.press("4")
        assert "Renewals" in shown.text
        await shown.press("5", "z")
        assert "GetCampaignList" in shown.text
        assert "Renewals" not in shown.text
        await shown.press("z", "3")
        assert "Yoav Mor" in shown.text
        seen = set()
        for _ in range(5):
            await shown.press("tab")
            seen.add(shown.screen.panel.kind.id)
        assert len(seen) == 5


async def test_the_mouse_opens_sorts_and_moves() -> None:
    async with board() as shown:
        panel = shown.screen.query_one("#agents", Panel)
        await shown.pilot.click(panel.table, offset=(2, 0))
        assert panel.view.sort == "name"
        await shown.pilot.click(panel.table, offset=(2, 3))
        assert panel.table.cursor_key == panel.table.rows[2].key
        await shown.pilot.click(panel.table, offset=(2, 3), times=2)
        await shown.pilot.pause()
        assert isinstance(shown.app.screen, DetailScreen)


async def test_phones_are_masked_everywhere_names_included() -> None:
    floor = usual_floor()
    named = agent(8, AgentState.AVAILABLE, 3, "Noa - 0500000777")
    async with board(snapshot(replace(floor, agents=(*floor.agents, named))), is_masking=True) as shown:
        assert "0000001" not in shown.text
        assert "0500000777" not in shown.text
        assert "001" in shown.line_with("•")
        await shown.press("2", "enter")
        assert "050-0000" not in shown.text


async def test_empty_states_say_why() -> None:
    async with board(snapshot(Floor())) as shown:
        for words in ("nobody is waiting", "there are no queues", "no agents", "no campaigns"):
            assert words in shown.text
    waiting = {
        key: replace(status, succeeded_at=None, first_due_at=START + 5) for key, status in snapshot().feeds.items()
    }
    async with board(Snapshot(START, waiting, Floor())) as shown:
        assert "waiting for Head office" in shown.text
        await shown.tick(6)
        await shown.send(Snapshot(START, waiting, Floor()))
        assert "no answer from Head office yet" in shown.text


async def test_one_broken_campaign_feed_leaves_the_other_panels_live() -> None:
    async with board(snapshot(ages={CAMPAIGNS: 400.0}, fault=Fault(FaultCode.SERVER, "example.test", 500))) as shown:
        assert "DOWN" in shown.line_with("4 Campaigns")
        assert "DOWN" not in shown.line_with("2 Callers")
        assert "500" in shown.line_with("GetCampaignList")


async def test_a_small_screen_says_in_words_what_is_wrong() -> None:
    fault = Fault(FaultCode.SERVER, "example.test", 500)
    async with board(snapshot(ages={QUEUES: 43.0}, fault=fault), size=(80, 24)) as shown:
        line = shown.line_with("GetQueuesCallers")
        assert "STALE 00:43" in line
        assert "500" in line
        await shown.send(snapshot())
        assert "GetQueuesCallers" not in shown.text


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_the_highlighted_title_is_that_of_the_panel_the_keys_are_for(size: tuple[int, int]) -> None:
    async with board(size=size) as shown:
        for key in "3251425":
            await shown.press(key)
            bright = [panel.kind.number for panel in shown.screen.query(Panel) if panel.has_class("-current")]
            assert bright == [key]
            assert shown.screen.panel.kind.number == key
            assert shown.screen.panel.display


async def test_what_is_typed_in_one_burst_is_not_lost() -> None:
    async with board() as shown:
        for key in ["3", "slash", *"yoav"]:
            shown.app.post_message(events.Key(key, key if len(key) == 1 else "/"))
        await shown.until(lambda: "1 of 6" in shown.text)
        assert shown.screen.panel.view.filter == "yoav"


async def test_a_remark_about_an_accepted_answer_is_said_on_the_board() -> None:
    picture = snapshot()
    status = replace(picture.feeds[CALLS], notes=(Note(NoteCode.SUSPICIOUS_EMPTY),))
    for size in ((80, 24), (200, 50)):
        async with board(replace(picture, feeds={**picture.feeds, CALLS: status}), size=size) as shown:
            assert "wrong code" in shown.text


async def test_several_troubles_are_said_where_there_is_room() -> None:
    late = snapshot(ages={QUEUES: 50.0, CALLS: 60.0, CAMPAIGNS: 400.0}, fault=Fault(FaultCode.TIMEOUT, "example.test"))
    async with board(late) as shown:
        assert sum("example.test" in line and line.startswith(" !") for line in shown.lines) == 3
    async with board(late, size=(80, 24)) as shown:
        assert "+2 more" in shown.text
