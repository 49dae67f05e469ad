"""Everything behind the board, and what the board is given of it."""

import asyncio
import gc
from dataclasses import replace
from datetime import tzinfo
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import anyio

from wallboard.assembly.board import BoardOptions, fit, speak
from wallboard.assembly.desk import open_audit, open_desk
from wallboard.assembly.sources import open_sources
from wallboard.assembly.themes import configured_theme, first_theme, keeper
from wallboard.clock import Clock, SystemClock
from wallboard.config import logs
from wallboard.config.load import LoadedSettings
from wallboard.config.model import Settings, YemotSource
from wallboard.config.paths import imports_dir, theme_file, themes_dir
from wallboard.config.upgrade import Upgrade
from wallboard.domain.destinations import Destination, extension_path
from wallboard.engine.activity import MOST_RECORDS, Activity
from wallboard.engine.burning import Burning
from wallboard.engine.engine import Engine
from wallboard.engine.enquiries import EnquiryDesk
from wallboard.engine.imports.importer import Importer
from wallboard.ui.actions import keymap
from wallboard.ui.app import WallboardApp
from wallboard.ui.style import BoardStyle, WallStyle
from wallboard.ui.switchboard import Switchboard
from wallboard.ui.terminal.detection import hint
from wallboard.ui.theming import load_themes

if TYPE_CHECKING:
    from wallboard.ui.furniture import Furniture


THRESHOLDS = 10_000, 10, 10  # of the collector, while the board runs


async def keep_furnished(
    app: WallboardApp, loaded: LoadedSettings, options: BoardOptions, audit: Path, title: str
) -> None:
    """Poll from now on, show the board as soon as its screens are loaded, and go on until cancelled."""
    clock, settings = SystemClock(), loaded.settings
    async with open_sources(settings, clock) as sources, anyio.create_task_group() as tasks:
        engine = Engine(clock, sources)
        tasks.start_soon(engine.run)
        log = open_audit(audit, settings, clock)
        sink = open_desk(settings, clock, engine, sources, log, is_read_only=_is_read_only(settings, options))
        activity = Activity(clock, engine, partial(log.records, limit=MOST_RECORDS))
        enquiries = EnquiryDesk(engine, sources)
        imports = Importer(clock, engine, sink, enquiries, imports_dir(audit))
        switchboard = Switchboard(engine, sink, activity, enquiries, imports, Burning(clock, engine, sink))
        upgrade = Upgrade(clock)
        for run in (sink.run, activity.run, imports.run, upgrade.run):
            tasks.start_soon(run)
        # The first answers come meanwhile.
        furniture = await asyncio.to_thread(furniture_of, switchboard, loaded, clock, options, title)
        style = replace(furniture.style, newer_version=lambda: upgrade.installed, log_trouble=logs.trouble)
        app.furnish(replace(furniture, style=style))
        gc.freeze()  # what is loaded by now stays; what comes and goes, screens above all, does in cycles
        gc.set_threshold(*THRESHOLDS)
        try:
            await anyio.sleep_forever()
        finally:
            sink.leave()


def furniture_of(
    switchboard: Switchboard,
    loaded: LoadedSettings,
    clock: Clock,
    options: BoardOptions,
    title: str,
    zone: tzinfo | None = None,
) -> "Furniture":
    """What the board is given, in the language asked for; with it, the screens are loaded."""
    from wallboard.ui.furniture import Furniture

    settings = loaded.settings
    speak(options.language or settings.board.language, settings.board.ui_direction)
    configured = configured_theme(settings)
    return Furniture(
        switchboard=switchboard,
        style=_style(settings, clock, options, title, zone),
        shelf=load_themes(themes_dir()),
        theme=first_theme(configured, options.theme, theme_file(), is_wall=options.is_wall),
        remarks=[*loaded.warnings, *([hint(options.reading)] if options.reading.is_hint_due else [])],
        keep_theme=keeper(configured, options.theme, theme_file()),
    )


def _style(settings: Settings, clock: Clock, options: BoardOptions, title: str, zone: tzinfo | None) -> BoardStyle:
    return BoardStyle(
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


def make_app(
    switchboard: Switchboard,
    settings: Settings,
    clock: Clock,
    options: BoardOptions,
    title: str,
    zone: tzinfo | None = None,
) -> WallboardApp:
    """The board at once, without an opening: for pictures."""
    app = WallboardApp(furniture_of(switchboard, LoadedSettings(settings, None), clock, options, title, zone))
    fit(app, options)
    return app


def _is_read_only(settings: Settings, options: BoardOptions) -> bool:
    return settings.board.read_only or options.read_only or options.is_wall
