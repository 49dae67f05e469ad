"""The composition root: settings, clock, vendors, engine and board meet here and nowhere else."""

import asyncio
import gc
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio
import anyio.lowlevel

from wallboard.clock import Clock, ManualClock, SystemClock
from wallboard.config.model import Settings, YemotSource
from wallboard.config.paths import themes_dir
from wallboard.domain.faults import Fault
from wallboard.domain.feeds import FeedKey
from wallboard.domain.ports import Part, SnapshotStream, Source
from wallboard.domain.snapshot import Snapshot

if TYPE_CHECKING:
    from wallboard.ui.app import WallboardApp

PICTURED_AT = 1_750_060_800.0  # a Monday at eleven in Israel
PICTURED_SEED = 4
PICTURED_POLLS = 24
ENDING_SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


@dataclass(frozen=True, slots=True)
class BoardOptions:
    """What the command line says about the board."""

    theme: str | None = None
    language: str | None = None
    read_only: bool = False
    has_mouse: bool = True
    has_animation: bool = True


@dataclass(frozen=True, slots=True)
class Probe:
    """One feed, asked once: what came, or what went wrong."""

    key: FeedKey
    kind: str
    milliseconds: float | None
    part: Part | None
    fault: Fault | None


async def run_board(settings: Settings, options: BoardOptions, title: str = "wallboard") -> int:
    """Show the board on the configured sources until somebody leaves it; the exit code."""
    from wallboard.engine.engine import Engine

    clock = SystemClock()
    async with open_sources(settings, clock) as sources:
        engine = Engine(clock, sources)
        app = make_app(engine, settings, clock, options, title)
        _calm_the_collector()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(engine.run)
            with _ending_by_signal(app):
                await app.run_async(mouse=options.has_mouse)
            tasks.cancel_scope.cancel()
    return app.return_code or 0


async def run_demo(scenario: str, seed: int, speed: float, options: BoardOptions) -> int:
    """Show the board on a simulated call center, served over real HTTP on a free loopback port."""
    from wallboard.simulator.configuration import configuration
    from wallboard.simulator.scenario import load_scenario
    from wallboard.simulator.server import serve
    from wallboard.simulator.world import World

    world = World(load_scenario(scenario), seed, SystemClock(), speed)
    async with serve(world) as address:
        settings = Settings.model_validate(configuration(world, address))
        return await run_board(settings, options, f"wallboard demo · {scenario}")


async def serve_simulator(
    scenario: str, seed: int, speed: float, port: int, announce: Callable[[str, dict[str, Any]], None]
) -> int:
    """Serve a simulated call center alone until interrupted; `announce` is told its address and a configuration."""
    from wallboard.simulator.configuration import configuration
    from wallboard.simulator.scenario import load_scenario
    from wallboard.simulator.server import serve
    from wallboard.simulator.world import World

    world = World(load_scenario(scenario), seed, SystemClock(), speed)
    async with serve(world, port) as address:
        announce(address, configuration(world, address))
        with anyio.open_signal_receiver(*ENDING_SIGNALS) as signals:
            async for _ in signals:
                break
    return 0


async def poll_once(settings: Settings) -> Snapshot:
    """Ask every feed once."""
    from wallboard.engine.engine import Engine

    clock = SystemClock()
    async with open_sources(settings, clock) as sources:
        return await Engine(clock, sources).poll_once()


async def probe(settings: Settings) -> list[Probe]:
    """Ask every feed once, each with its own verdict, in the order of the configuration."""
    from wallboard.engine.pace import Pace
    from wallboard.engine.poller import fetch

    clock = SystemClock()
    found: dict[FeedKey, Probe] = {}
    async with open_sources(settings, clock) as sources:

        async def ask(source: Source, place: int, pace: Pace) -> None:
            feed = source.feeds[place]
            async with pace.turn():
                began = clock.monotonic()
                answer = await fetch(feed)
            milliseconds = (clock.monotonic() - began) * 1000
            part, fault = (answer, None) if isinstance(answer, Part) else (None, answer)
            found[feed.key] = Probe(feed.key, source.kind, milliseconds, part, fault)

        async with anyio.create_task_group() as tasks:
            for source in sources:
                pace = Pace(clock, source.requests_per_second, source.concurrency)
                for place in range(len(source.feeds)):
                    tasks.start_soon(ask, source, place, pace)
        return [found[feed.key] for source in sources for feed in source.feeds]


@asynccontextmanager
async def open_sources(settings: Settings, clock: Clock) -> AsyncIterator[list[Source]]:
    """The accounts of the settings, closed at the end."""
    from wallboard.vendors.voicenter.source import VoicenterAccount
    from wallboard.vendors.yemot.source import YemotAccount

    sources: list[Source] = [
        YemotAccount(source, settings, clock)
        if isinstance(source, YemotSource)
        else VoicenterAccount(source, settings, clock)
        for source in settings.source
    ]
    try:
        yield sources
    finally:
        with anyio.CancelScope(shield=True):
            for source in sources:
                await source.aclose()


def make_app(
    stream: SnapshotStream,
    settings: Settings,
    clock: Clock,
    options: BoardOptions,
    title: str,
    zone: tzinfo | None = None,
) -> "WallboardApp":
    """The board over a stream of snapshots."""
    from wallboard.ui.actions import keymap
    from wallboard.ui.app import WallboardApp
    from wallboard.ui.screens.board import BoardStyle
    from wallboard.ui.theming import load_themes

    style = BoardStyle(
        title=title,
        clock=clock,
        thresholds=settings.thresholds.thresholds(),
        keys=keymap(settings.keys),
        kinds={source.name: source.kind for source in settings.source},
        is_masking=settings.board.mask_phones,
        zone=zone,
    )
    app = WallboardApp(stream, style, load_themes(themes_dir()), options.theme or settings.board.theme)
    if not options.has_animation:
        app.animation_level = "none"
    return app


def _calm_the_collector() -> None:
    """What is loaded stays; and a large floor makes many objects that die young, so look for cycles less often."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@contextmanager
def _ending_by_signal(app: "WallboardApp") -> Iterator[None]:
    """Leave in good order on a signal, or the terminal stays in the alternate screen."""
    loop = asyncio.get_running_loop()
    for number in ENDING_SIGNALS:
        loop.add_signal_handler(number, app.exit)
    try:
        yield
    finally:
        for number in ENDING_SIGNALS:
            loop.remove_signal_handler(number)


async def take_screenshots(out: Path, check: bool) -> list[str]:
    """Draw every scene into `out`; with `check` write nothing, and name those that differ from what is there."""
    from zoneinfo import ZoneInfo

    from wallboard.ui.screenshots import SCENES, Scene, StillStream, draw

    clock = _StillClock(PICTURED_AT)
    settings, snapshot = await _pictured(clock)

    def app_of(scene: Scene) -> "WallboardApp":
        options = BoardOptions(theme=scene.theme, has_animation=False)
        zone = ZoneInfo("Asia/Jerusalem")
        return make_app(StillStream(snapshot), settings, clock, options, "wallboard demo", zone=zone)

    drawn = {f"{scene.name}.svg": await draw(app_of, scene) for scene in SCENES}
    different = [name for name, svg in drawn.items() if _text_of(out / name) != svg]
    if not check:
        out.mkdir(parents=True, exist_ok=True)
        for name in different:
            (out / name).write_text(drawn[name], "utf-8")
    return different


def _text_of(path: Path) -> str | None:
    return path.read_text("utf-8") if path.exists() else None


class _StillClock(ManualClock):
    """Waiting takes no time on it, so that what is asked one after the other is asked at one moment."""

    async def sleep(self, seconds: float) -> None:
        await anyio.lowlevel.checkpoint()


async def _pictured(clock: ManualClock) -> tuple[Settings, Snapshot]:
    """The simulated call center after some polls, so that the board has seen states begin."""
    from wallboard.engine.engine import Engine
    from wallboard.simulator.configuration import configuration
    from wallboard.simulator.scenario import load_scenario
    from wallboard.simulator.server import serve
    from wallboard.simulator.world import World

    world = World(load_scenario("busy"), PICTURED_SEED, clock)
    async with serve(world) as address:
        settings = Settings.model_validate(configuration(world, address))
        async with open_sources(settings, clock) as sources:
            engine = Engine(clock, sources)
            snapshot = await engine.poll_once()
            for _ in range(PICTURED_POLLS):
                clock.jump(5)
                snapshot = await engine.poll_once()
    return settings, snapshot
