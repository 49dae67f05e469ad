"""The board from the first frame to the last signal: opened at once, furnished when everything is loaded."""

import asyncio
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wallboard.assembly.themes import first_theme
from wallboard.config.glance import NOTHING_SEEN, Glance
from wallboard.config.paths import theme_file, themes_dir
from wallboard.language.catalog import LANGUAGES, Direction, Language, language_of, use
from wallboard.ui.actions import KeyClashError, actions_by_key, keymap
from wallboard.ui.app import WallboardApp
from wallboard.ui.ascii import drawing_filter
from wallboard.ui.opening import Opening
from wallboard.ui.terminal.detection import NOT_ASKED, TextReading
from wallboard.ui.terminal.driver import driver_for
from wallboard.ui.terminal.signals import ending_by_signal
from wallboard.ui.theming import first_theme_file

if TYPE_CHECKING:
    from wallboard.config.load import LoadedSettings

# Called in a thread while the opening is shown: loads the settings, which hold while it is entered.
Load = Callable[[], AbstractAsyncContextManager["LoadedSettings"]]
_LANGUAGES: Mapping[str, Language] = {language: language for language in LANGUAGES}
_DIRECTIONS: Mapping[str, Direction] = {"rtl": "rtl", "ltr": "ltr"}


@dataclass(frozen=True, slots=True)
class BoardOptions:
    """What the command line says about the board, and what is known before the settings are loaded."""

    theme: str | None = None
    language: str | None = None
    read_only: bool = False
    has_mouse: bool = True
    has_animation: bool = True
    reading: TextReading = NOT_ASKED  # how the terminal is given Hebrew
    is_wall: bool = False  # TV mode alone: nothing can be done here
    glance: Glance = NOTHING_SEEN


async def run_board(load: Load, options: BoardOptions, audit: Path, title: str = "wallboard") -> int:
    """Show the board until somebody leaves it; the exit code.

    The first frame is an opening: what takes its time to be imported, loaded or connected comes after it.

    Args:
        load: the settings. What it raises ends the board and is raised here.
        options: what is known before.
        audit: the audit's file.
        title: of the board.
    """
    is_open = asyncio.Event()
    app = WallboardApp(_opening(options, title), is_open.set)
    fit(app, options)
    furnishing = asyncio.create_task(_furnish(app, is_open, load, options, audit, title))
    furnishing.add_done_callback(lambda task: None if task.cancelled() else app.leave())
    with ending_by_signal(app):
        await app.run_async(mouse=options.has_mouse and not options.is_wall)
    furnishing.cancel()
    with suppress(asyncio.CancelledError):
        await furnishing
    return app.return_code or 0


def fit(app: WallboardApp, options: BoardOptions) -> None:
    """To the terminal, as it was found."""
    if not options.has_animation:
        app.animation_level = "none"
    app.text_reading = options.reading
    app.drawing = drawing_filter(os.environ, sys.__stderr__.encoding if sys.__stderr__ else None)
    if os.environ.get("TERM") == "dumb":
        app.no_color = True
    app.driver_class = driver_for(options.reading)


def speak(language: str, direction: str) -> None:
    """The language and the direction asked for; those of the locale and of the language where nobody asked."""
    use(_LANGUAGES.get(language) or language_of(), _DIRECTIONS.get(direction, "auto"))


def _opening(options: BoardOptions, title: str) -> Opening:
    board, is_wall = options.glance.board, options.is_wall
    speak(options.language or board.get("language", ""), board.get("ui_direction", ""))
    name = first_theme(board.get("theme"), options.theme, theme_file(), is_wall=is_wall)
    leaving_keys = _leaving_keys(options.glance) if options.glance.may_leave_wall or not is_wall else frozenset()
    return Opening(title, first_theme_file(name, themes_dir()), leaving_keys, is_wall)


def _leaving_keys(glance: Glance) -> frozenset[str]:
    try:
        keys = keymap(glance.keys)
    except KeyClashError:
        keys = keymap()
    return frozenset(key for key, action in actions_by_key(keys).items() if action == "quit")


async def _furnish(
    app: WallboardApp, is_open: asyncio.Event, load: Load, options: BoardOptions, audit: Path, title: str
) -> None:
    """Once the opening is seen: everything else, until cancelled."""

    def prepare() -> AbstractAsyncContextManager["LoadedSettings"]:
        import wallboard.assembly.furnishing  # noqa: F401 - it takes its time, and none of the event loop's here

        return load()

    await is_open.wait()
    async with await asyncio.to_thread(prepare) as loaded:
        from wallboard.assembly.furnishing import keep_furnished

        await keep_furnished(app, loaded, options, audit, title)
