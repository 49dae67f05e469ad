"""Whatever a vendor says, the board shows it as text: injected behind the vendors' own cleaning, into every place."""

import time
from dataclasses import replace

import pytest

from tests.ui.boards import Board, board, snapshot
from tests.ui.hostile import LARGE, MARKUP, SEQUENCES, assert_harmless, segments_on, snapshot_of, unsafe_in
from wallboard.domain.snapshot import Snapshot
from wallboard.ui.desk.screen import CampaignDesk
from wallboard.ui.screens.detail import DetailScreen
from wallboard.ui.widgets.panel import Panel

EVERYTHING = MARKUP | SEQUENCES | LARGE
ON_ONE_LINE = MARKUP | {"all sequences": " ".join(SEQUENCES.values())} | LARGE
NUMBERS = ("1", "2", "3", "4", "5")
LONGEST_PAINT_SECONDS = 0.5  # of CPU; 50 ms is meant, the rest is for busy machines


def test_the_check_itself_sees_what_it_must() -> None:
    for text in SEQUENCES.values():
        assert unsafe_in(text), ascii(text)
    assert not unsafe_in("".join(MARKUP.values()) + "דָּנָה לוי – ✓ ñ é 你好")


async def alone(shown: Board, number: str) -> Panel:
    """One panel on the whole screen."""
    await shown.press(number)
    await shown.press("z")
    return shown.screen.panel


@pytest.mark.parametrize("number", NUMBERS)
async def test_no_panel_obeys_a_vendors_words(number: str) -> None:
    async with board(snapshot_of(*EVERYTHING.values()), size=(240, 50)) as shown:
        assert_harmless(shown)
        await alone(shown, number)
        assert_harmless(shown)
        for text in MARKUP.values():
            assert text in shown.text, text


@pytest.mark.parametrize("number", NUMBERS)
async def test_no_detail_obeys_a_vendors_words(number: str) -> None:
    async with board(snapshot_of(*ON_ONE_LINE.values()), size=(120, 40)) as shown:
        panel = await alone(shown, number)
        seen = ""
        for row in range(len(ON_ONE_LINE)):
            if row:
                await shown.press("down")
            await shown.press("enter")
            assert isinstance(shown.app.screen, DetailScreen | CampaignDesk)
            assert_harmless(shown)
            seen += shown.text
            await shown.press("escape")
        assert len(panel.table.rows) == len(ON_ONE_LINE)
        for text in MARKUP.values():
            assert text in seen, text


async def test_no_edge_obeys_a_sources_words() -> None:
    """Header, panel titles and banner: a source's name, and a refusal in its vendor's words."""
    async with board(size=(160, 45)) as shown:
        for text in ON_ONE_LINE.values():
            late = snapshot_of("Main line", text)
            locked = {key: replace(feed, is_locked=True) for key, feed in late.feeds.items()}
            await shown.send(late)
            assert_harmless(shown)
            assert "LATE" in shown.line_with("3 Agents")
            await shown.send(Snapshot(late.at, locked, late.floor))
            assert_harmless(shown)
            assert "AUTH" in shown.text
            if text in MARKUP.values():
                assert text in shown.lines[0]
                assert any(line.startswith(f" ! {text}") for line in shown.lines), text


@pytest.mark.parametrize(
    "texts", [MARKUP, SEQUENCES, *({name: text} for name, text in LARGE.items())], ids=["markup", "sequences", *LARGE]
)
async def test_no_toast_obeys_the_words_of_a_configuration(texts: dict[str, str]) -> None:
    async with board(remarks=texts.values(), size=(160, 45)) as shown:
        await shown.until(lambda: any(shown.app.screen.query("Toast")))
        assert_harmless(shown)
        for text in MARKUP.values() if texts is MARKUP else ():
            assert text in shown.text, text


async def test_no_filter_obeys_what_is_typed() -> None:
    async with board(snapshot_of(*MARKUP.values()), size=(160, 45)) as shown:
        await shown.press("3")
        for text in ("[/x]", "[@click=app.quit]press[/]", "[$nope]x[/]"):
            await shown.press("slash", *text)
            assert_harmless(shown)
            assert shown.screen.panel.view.filter == text
            assert f"/{text}" in shown.line_with("3 Agents")
            await shown.press("enter")
            assert shown.screen.panel.table.rows
            assert_harmless(shown)
            await shown.press("escape")


@pytest.mark.parametrize("text", ["[/x]", "[@click=app.quit]press[/]", "[$nope]x[/]", "Agent [paused] Dan", "x"])
async def test_no_palette_entry_obeys_a_vendors_words(text: str) -> None:
    async with board(snapshot_of(*ON_ONE_LINE.values()), size=(120, 40)) as shown:
        await shown.press("ctrl+p", *text)
        await shown.until(lambda: "queue of" in shown.text)
        assert_harmless(shown)
        if text in MARKUP.values():
            assert shown.text.count(text) >= 2  # typed, and found
        await shown.press("down", "enter")
        assert_harmless(shown)


async def test_clicks_on_a_vendors_words_do_nothing_but_move_the_cursor() -> None:
    async with board(snapshot_of(*MARKUP.values()), size=(240, 50)) as shown:
        for y, line in enumerate(shown.lines):
            for text in ("[@click=app.quit]press[/]", "[link=http"):
                if text in line:
                    await shown.pilot.click(offset=(line.index(text) + 3, y))
                    await shown.pilot.click(offset=(line.index(text) + len(text) - 2, y))
        await shown.pilot.pause()
        assert not shown.app._exit
        assert shown.app.is_running
        assert_harmless(shown)


@pytest.mark.parametrize("text", LARGE.values(), ids=LARGE)
async def test_a_large_text_takes_one_line_and_little_time(text: str) -> None:
    async with board(snapshot()) as shown:
        spent = []
        for _ in range(3):
            began = time.process_time()
            await shown.send(snapshot_of(*[text] * 20))
            list(segments_on(shown))
            spent.append(time.process_time() - began)
            assert_harmless(shown)
        assert min(spent) < LONGEST_PAINT_SECONDS, f"{min(spent):.3f} s of CPU for one frame"
