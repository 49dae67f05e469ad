"""The board over the engine, from the first frame to the last signal."""

import asyncio
import gc
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import tzinfo
from functools import partial
from pathlib import Path

import anyio

from wallboard.assembly.desk import open_audit, open_desk
from wallboard.assembly.sources import open_sources
from wallboard.assembly.themes import first_theme, keeper
from wallboard.clock import Clock, SystemClock
from wallboard.config.model import Settings, YemotSource
from wallboard.config.paths import imports_dir, theme_file, themes_dir
from wallboard.domain.destinations import Destination, extension_path
from wallboard.engine.activity import MOST_RECORDS, Activity
from wallboard.engine.burning import Burning
from wallboard.engine.engine import Engine
from wallboard.engine.enquiries import EnquiryDesk
from wallboard.engine.imports.importer import Importer
from wallboard.language.catalog import language_of, use
from wallboard.ui.actions import keymap
from wallboard.ui.app import WallboardApp
from wallboard.ui.style import BoardStyle, WallStyle
from wallboard.ui.switchboard import Switchboard
from wallboard.ui.terminal.detection import NOT_ASKED, TextReading, hint
from wallboard.ui.terminal.driver import driver_for
from wallboard.ui.theming import load_themes

ENDING_SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
LONGEST_GOODBYE_SECONDS = 3.0  # a terminal that is gone never takes the last frame


@dataclass(frozen=True, slots=True)
class BoardOptions:
    """What the command line says about the board."""

    theme: str | None = None
    language: str | None = None
    read_only: bool = False
    has_mouse: bool = True
    has_animation: bool = True
    warnings: tuple[str, ...] = ()  # of the configuration, shown once at the start
    reading: TextReading = NOT_ASKED  # how the terminal is given Hebrew
    is_wall: bool = False  # TV mode alone: nothing can be done here


async def run_board(settings: Settings, options: BoardOptions, audit: Path, title: str = "wallboard") -> int:
    """Show the board on the configured sources until somebody leaves it; the exit code. `audit` is the audit's file."""
    clock = SystemClock()
    async with open_sources(settings, clock) as sources:
        engine = Engine(clock, sources)
        log = open_audit(audit, settings, clock)
        sink = open_desk(settings, clock, engine, sources, log, is_read_only=_is_read_only(settings, options))
        activity = Activity(clock, engine, partial(log.records, limit=MOST_RECORDS))
        enquiries = EnquiryDesk(engine, sources)
        imports = Importer(clock, engine, sink, enquiries, imports_dir(audit))
        switchboard = Switchboard(engine, sink, activity, enquiries, imports, Burning(clock, engine, sink))
        app = make_app(switchboard, settings, clock, options, title)
        _calm_the_collector()
        async with anyio.create_task_group() as tasks:
            for run in (engine.run, sink.run, activity.run, imports.run):
                tasks.start_soon(run)
            with _ending_by_signal(app):
                await app.run_async(mouse=options.has_mouse and not options.is_wall)
            sink.leave()
            tasks.cancel_scope.cancel()
    return app.return_code or 0


def make_app(
    switchboard: Switchboard,
    settings: Settings,
    clock: Clock,
    options: BoardOptions,
    title: str,
    zone: tzinfo | None = None,
) -> WallboardApp:
    """The board over what the switchboard connects it with, in the language asked for."""
    chosen = options.language or settings.board.language
    use("he" if chosen == "he" else "en" if chosen == "en" else language_of(), settings.board.ui_direction)
    style = BoardStyle(
        title=title,
        clock=clock,
        thresholds=settings.thresholds.thresholds(),
        keys=keymap(settings.keys, is_read_only=_is_read_only(settings, options)),
        kinds={source.name: source.kind for source in settings.source},
        is_masking=settings.board.mask_phones,
        is_fast=settings.actions.confirm == "dangerous",
        destinations={
            source.name: [
                Destination(extension_path(place.path) or place.path, place.name) for place in source.transfer_to
            ]
            for source in settings.source
            if isinstance(source, YemotSource)
        },
        zone=zone,
        wall=WallStyle(
            page_seconds=settings.wall.page_seconds,
            message=settings.wall.message,
            is_kiosk=options.is_wall,
            may_leave=settings.wall.allow_quit or not options.is_wall,
        ),
    )
    remarks = [*options.warnings, *([hint(options.reading)] if options.reading.is_hint_due else [])]
    theme = first_theme(settings, options.theme, theme_file(), is_wall=options.is_wall)
    keep = keeper(settings, options.theme, theme_file())
    app = WallboardApp(switchboard, style, load_themes(themes_dir()), theme, remarks, keep)
    if not options.has_animation:
        app.animation_level = "none"
    _fit(app, options.reading)
    return app


def _fit(app: WallboardApp, reading: TextReading) -> None:
    """To the terminal, as it was found."""
    app.text_reading = reading
    app.driver_class = driver_for(reading)


def _is_read_only(settings: Settings, options: BoardOptions) -> bool:
    return settings.board.read_only or options.read_only or options.is_wall


def _calm_the_collector() -> None:
    """What is loaded stays; and a large floor makes many objects that die young, so look for cycles less often."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@contextmanager
def _ending_by_signal(app: WallboardApp) -> Iterator[None]:
    """Leave in good order on a signal, or the terminal stays in the alternate screen; and leave in any case."""

    def end() -> None:
        last_resort = threading.Timer(LONGEST_GOODBYE_SECONDS, os._exit, (0,))
        last_resort.daemon = True
        last_resort.start()
        app.leave()

    loop = asyncio.get_running_loop()
    for number in ENDING_SIGNALS:
        loop.add_signal_handler(number, end)
    try:
        yield
    finally:
        for number in ENDING_SIGNALS:
            loop.remove_signal_handler(number)
