"""Choosing a theme: worn while one looks at it, taken off again, kept."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
import pytest
from textual.command import CommandList

from tests.ui.boards import Board, board
from wallboard.ui.arming import ALONE_SECONDS, DEAD_SECONDS
from wallboard.ui.screens.themes import SHIPPED, ThemesScreen
from wallboard.ui.theming import load_themes


@asynccontextmanager
async def keeping() -> AsyncIterator[tuple[Board, list[str]]]:
    """A board in night; the names that it was told to keep come into the list."""
    kept: list[str] = []

    def keep(name: str) -> str:
        kept.append(name)
        return f"kept {name}"

    async with board(theme="night") as shown:
        shown.app._keep_theme = keep
        yield shown, kept


@asynccontextmanager
async def choosing() -> AsyncIterator[tuple[Board, list[str]]]:
    """As above, with the choice of themes open, reached by the palette."""
    async with keeping() as (shown, kept):
        await shown.press("ctrl+p", *"choose a theme")
        await shown.until(lambda: shown.app.screen.query_one(CommandList).option_count == 1)
        await shown.press("down", "enter")
        await shown.until(lambda: isinstance(shown.app.screen, ThemesScreen))
        await anyio.sleep(DEAD_SECONDS + 0.15)  # keys are judged by their own clock
        yield shown, kept


async def test_each_is_worn_while_one_looks_at_it_and_taken_off_again() -> None:
    async with choosing() as (shown, kept):
        assert shown.app.theme == "night"
        names = list(load_themes(None).themes)
        after = names[names.index("night") + 1]
        await shown.press("down")
        assert shown.app.theme == after
        await shown.press("up", "up")
        assert shown.app.theme == names[names.index("night") - 1]
        await shown.press(*"day")
        assert shown.app.theme == "day"
        await shown.press("escape")
        await shown.until(lambda: shown.app.theme == "night")
        assert kept == []


async def test_the_one_that_is_chosen_stays_and_is_kept() -> None:
    async with choosing() as (shown, kept):
        await shown.press(*"blind")
        assert shown.app.theme == "colour-blind"
        await anyio.sleep(ALONE_SECONDS + 0.1)
        await shown.press("enter")
        await shown.until(lambda: kept == ["colour-blind"])
        assert shown.app.theme == "colour-blind"
        assert any(note.message == "kept colour-blind" for note in shown.app._notifications)


async def test_what_fits_no_theme_changes_nothing() -> None:
    async with choosing() as (shown, kept):
        await shown.press(*"zzz")
        assert "nothing fits" in shown.text
        assert shown.app.theme == "night"
        await shown.press("escape")
        await shown.until(lambda: not isinstance(shown.app.screen, ThemesScreen))
        assert (shown.app.theme, kept) == ("night", [])


@pytest.mark.parametrize("name", ["day", "colour-blind"])
async def test_one_named_in_the_palette_is_used_and_kept(name: str) -> None:
    async with keeping() as (shown, kept):
        await shown.press("ctrl+p", *f"theme {name}")
        await shown.until(lambda: shown.app.screen.query_one(CommandList).option_count == 1)
        await shown.press("down", "enter")
        await shown.until(lambda: kept == [name])
        assert shown.app.theme == name


def test_what_the_shipped_ones_say_of_themselves_can_be_translated() -> None:
    assert {theme.description for theme in load_themes(None).themes.values()} == set(SHIPPED)
