"""The README's pictures: the real board on a seeded call center, on a clock that stands still."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import anyio.lowlevel

from wallboard.assembly.board import BoardOptions
from wallboard.assembly.desk import open_audit, open_desk
from wallboard.assembly.furnishing import make_app
from wallboard.assembly.sources import open_sources
from wallboard.clock import ManualClock
from wallboard.config.model import Settings
from wallboard.config.paths import imports_dir
from wallboard.engine.activity import Activity
from wallboard.engine.burning import Burning
from wallboard.engine.engine import Engine
from wallboard.engine.enquiries import EnquiryDesk
from wallboard.engine.imports.importer import Importer
from wallboard.simulator.configuration import configuration
from wallboard.simulator.scenario import load_scenario
from wallboard.simulator.server import serve
from wallboard.simulator.world import World
from wallboard.ui.app import WallboardApp
from wallboard.ui.screenshots import SCENES, Scene, StillStream, draw
from wallboard.ui.switchboard import Switchboard

PICTURED_AT = 1_750_060_800.0  # a Monday at eleven in Israel
PICTURED_SEED = 4
PICTURED_POLLS = 24


async def take_screenshots(out: Path, check: bool) -> list[str]:
    """Draw every scene into `out`; with `check` write nothing, and name those that differ from what is there."""
    clock = _StillClock(PICTURED_AT)
    async with _pictured(clock) as (settings, switchboard):

        def app_of(scene: Scene) -> WallboardApp:
            options = BoardOptions(theme=scene.theme, language=scene.language, has_animation=False)
            zone = ZoneInfo("Asia/Jerusalem")
            return make_app(switchboard, settings, clock, options, "wallboard demo", zone=zone)

        drawn = {f"{scene.name}.svg": await draw(app_of, scene) for scene in SCENES}
    different = {name: svg for name, svg in drawn.items() if _text_of(out / name) != svg}
    if not check:
        _write(out, different)
    return list(different)


def _text_of(path: Path) -> str | None:
    return path.read_text("utf-8") if path.exists() else None


def _write(out: Path, pictures: dict[str, str]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for name, svg in pictures.items():
        (out / name).write_text(svg, "utf-8")


class _StillClock(ManualClock):
    """Waiting takes no time on it, so that what is asked one after the other is asked at one moment."""

    async def sleep(self, seconds: float) -> None:
        await anyio.lowlevel.checkpoint()


@asynccontextmanager
async def _pictured(clock: ManualClock) -> AsyncIterator[tuple[Settings, Switchboard]]:
    """The simulated call center after some polls, so that the board has seen states begin; it answers questions."""
    world = World(load_scenario("busy"), PICTURED_SEED, clock)
    async with serve(world) as address:
        settings = Settings.model_validate(configuration(world, address))
        async with open_sources(settings, clock) as sources:
            engine = Engine(clock, sources, Random(PICTURED_SEED))  # noqa: S311
            activity = Activity(clock, engine, tuple)
            # Nobody runs what acts, so nothing is ever sent or written.
            audit = Path("audit.jsonl")
            log = open_audit(audit, settings, clock)
            sink = open_desk(settings, clock, engine, sources, log, is_read_only=False)
            burning = Burning(clock, engine, sink)
            snapshot = await engine.poll_once()
            for _ in range(PICTURED_POLLS):
                clock.jump(5)
                snapshot = await engine.poll_once()
                burning.look(snapshot)
            enquiries = EnquiryDesk(engine, sources)
            imports = Importer(clock, engine, sink, enquiries, imports_dir(audit))
            yield settings, Switchboard(StillStream(snapshot), sink, activity, enquiries, imports, burning)
