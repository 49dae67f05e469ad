"""Themes on the screen: everything that is written can be read, whichever screen and whichever theme."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from rich.color import Color, ColorType
from textual.command import CommandList

from tests.ui.boards import CALLS, CUSTOMER, QUEUES, Board, board, snapshot
from tests.ui.drawn import is_text, pieces
from wallboard.domain.agents import AgentState
from wallboard.domain.faults import Fault, FaultCode
from wallboard.domain.feeds import Freshness
from wallboard.domain.snapshot import Snapshot
from wallboard.domain.thresholds import Level
from wallboard.language.words import FRESHNESS_WORDS, LEVEL_WORDS, STATE_WORDS
from wallboard.resources import themes_dir
from wallboard.ui.app import SIXTEEN_CLASS
from wallboard.ui.contrast import contrast
from wallboard.ui.desk.foot import DeskFooter
from wallboard.ui.roles import GLYPH_OF_FRESHNESS, GLYPH_OF_LEVEL, GLYPH_OF_STATE, ROLE_OF_STATE, Role
from wallboard.ui.theme_checks import LEAST_CONTRAST
from wallboard.ui.theming import load_themes
from wallboard.ui.widgets.bars import Footer
from wallboard.ui.widgets.panel import Panel

SHIPPED = sorted(path.stem for path in themes_dir().glob("*.toml"))
COLOURED = [name for name in SHIPPED if name != "ansi"]
FOOTERS = (Footer, DeskFooter)
# Which keys lead to a screen.
SCREENS: dict[str, tuple[str, ...]] = {
    "board": (),
    "trouble": (),
    "cursor": ("2", "down"),
    "marks": ("2", "home", "space"),
    "filter": ("2", "slash", "x"),
    "frozen": ("f",),
    "detail": ("3", "home", "enter"),
    "question": ("2", "home", "k"),
    "form": ("2", "home", "m"),
    "help": ("question_mark",),
    "activity": ("l",),
    "desk": ("4", "home", "enter"),
    "palette": ("ctrl+p",),
    "themes": (),
}
WITHOUT_CURSOR = {"board", "trouble", "frozen"}  # elsewhere the footer says more faintly which keys have no effect


@asynccontextmanager
async def shown_on(screen: str, theme: str = "night") -> AsyncIterator[Board]:
    """A board on that screen."""
    async with board(troubled() if screen == "trouble" else None, theme=theme) as shown:
        await shown.press(*SCREENS[screen])
        if screen == "themes":
            shown.app.action_themes()
        await shown.pilot.pause()
        if screen == "palette":
            await shown.until(lambda: shown.app.screen.query_one(CommandList).option_count > 3)
        yield shown


def troubled() -> Snapshot:
    """Some feeds are late, some are old, and one needs a person."""
    late = snapshot(ages={QUEUES: 50.0, CALLS: 60.0}, fault=Fault(FaultCode.TIMEOUT, "example.test"))
    fault = Fault(FaultCode.CREDENTIALS, "example.test")
    return replace(late, feeds={**late.feeds, CUSTOMER: replace(late.feeds[CUSTOMER], is_locked=True, fault=fault)})


def written(shown: Board, screen: str) -> Iterator[tuple[str, Color, Color]]:
    """Each text of the uppermost screen, its colour and that of its ground."""
    for widget, segment in pieces(shown.app):
        style = segment.style
        if style is None or not is_text(segment) or (isinstance(widget, FOOTERS) and screen not in WITHOUT_CURSOR):
            continue
        assert style.color is not None, segment
        assert style.bgcolor is not None, segment
        yield segment.text, *((style.bgcolor, style.color) if style.reverse else (style.color, style.bgcolor))


@pytest.mark.parametrize("screen", SCREENS)
async def test_whatever_is_written_can_be_read_in_every_theme(screen: str) -> None:
    async with shown_on(screen) as shown:
        for theme in COLOURED:
            await wear(shown, theme)
            seen = list(written(shown, screen))
            faint = [
                (text.strip(), round(ratio, 2))
                for text, colour, ground in seen
                if (ratio := contrast(colour.get_truecolor(), ground.get_truecolor())) < LEAST_CONTRAST
            ]
            assert len(seen) > 3
            assert not faint, f"{theme}: {faint}"


@pytest.mark.parametrize("screen", SCREENS)
async def test_the_terminals_own_colours_are_all_that_ansi_writes(screen: str) -> None:
    async with shown_on(screen, "ansi") as shown:
        drawn = [segment for _, segment in pieces(shown.app)]
        seen = {colour for segment in drawn if (s := segment.style) for colour in (s.color, s.bgcolor) if colour}
        assert {colour.type for colour in seen} <= {ColorType.STANDARD, ColorType.DEFAULT}
        assert Color.default() in seen
        same = [text for text, colour, ground in written(shown, screen) if colour == ground != Color.default()]
        assert not same


async def test_without_colours_bold_and_reverse_tell_what_is_wrong_and_where_one_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    for theme in ("night", "ansi"):
        async with shown_on("cursor", theme) as shown:
            drawn = list(pieces(shown.app))
            seen = {colour for _, segment in drawn if (s := segment.style) for colour in (s.color, s.bgcolor)}
            assert seen == {Color.default()}
            callers = shown.screen.query_one("#callers", Panel)
            told = {segment.text: segment.style for widget, segment in drawn if widget is callers.table}
            title = next(
                segment.style for widget, segment in drawn if widget.parent is callers and "2 Callers" in segment.text
            )
            assert title is not None
            assert title.reverse
            cursor = told["050-0000004"]
            assert cursor is not None
            assert cursor.reverse
            breach = told["!02:10"]
            assert breach is not None
            assert (breach.bold, breach.reverse) == (True, True)
            other = told["050-0000002"]
            assert other is not None
            assert not other.reverse


async def test_with_sixteen_colours_the_cursor_is_seen_on_any_ground() -> None:
    async with shown_on("cursor", "day") as shown:
        table = shown.screen.query_one("#callers", Panel).table
        assert not table.get_component_rich_style("look--cursor", partial=True).reverse
        shown.app.add_class(SIXTEEN_CLASS)
        await shown.pilot.pause()
        assert table.get_component_rich_style("look--cursor", partial=True).reverse


async def wear(shown: Board, theme: str) -> None:
    shown.app.theme = theme
    await shown.pilot.pause()
    await shown.pilot.pause()


@pytest.mark.parametrize("theme", COLOURED)
async def test_the_board_is_drawn_in_every_theme(theme: str) -> None:
    async with board(theme=theme) as shown:
        table = shown.screen.query_one("#queues", Panel).table
        expected = load_themes(None).themes[theme].table
        for role, name in ((Role.WARN, "sla-warn"), (Role.AVAILABLE, "state-available"), (Role.MUTED, "muted")):
            colour = table.get_component_rich_style(f"role--{role}", partial=True).color
            assert colour is not None
            assert colour.get_truecolor().hex == expected[name]
        assert "02:10" in shown.text


async def test_a_panel_that_is_old_and_current_has_the_title_of_the_current() -> None:
    """A warning's colour is not one to write with on that ground."""
    async with shown_on("trouble") as shown:
        panel = shown.screen.query_one("#callers", Panel)
        await shown.press("2")
        assert panel.has_class("-old")
        assert panel.has_class("-current")
        title = panel.query_one(".panel--title")
        assert title.styles.color.hex6.lower() == load_themes(None).themes["night"].variables["title-focused-text"]


def test_every_state_has_a_sign_and_a_word_beside_its_colour() -> None:
    signs = {role: {GLYPH_OF_STATE[state] for state in AgentState if ROLE_OF_STATE[state] is role} for role in Role}
    told = [sign for sign in signs.values() if sign]
    assert all(len(sign) == 1 for sign in told)
    assert len(set.union(*told)) == len(told)
    assert all(STATE_WORDS[state].strip() for state in AgentState)
    assert len({GLYPH_OF_LEVEL[level] for level in Level}) == len(Level)
    assert all(LEVEL_WORDS[level].strip() for level in Level)
    assert all(GLYPH_OF_FRESHNESS[freshness].strip() for freshness in Freshness)
    assert len({FRESHNESS_WORDS[freshness] for freshness in Freshness}) == len(Freshness)
