"""The commands that show or serve a live call center: run, demo, simulate."""

import sys
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from wallboard.cli.common import CommonOptions, ExitCode, fail
from wallboard.cli.text_direction import setting_of_environment, text_direction

if TYPE_CHECKING:
    from wallboard.assembly.board import Load
    from wallboard.config.glance import Glance
    from wallboard.config.load import LoadedSettings

Scenario = Annotated[str, typer.Option(metavar="NAME", help="calm, busy, storm, huge, faulty or night.")]
Seed = Annotated[int, typer.Option(metavar="N", help="The same number gives the same call center.")]
Speed = Annotated[float, typer.Option(metavar="X", min=0.1, max=1000, help="How much faster than life it goes.")]
Wall = Annotated[bool, typer.Option("--wall", help="TV mode alone: big figures, page after page, nothing to act with.")]


def run(common: CommonOptions, wall: Wall = False) -> None:
    """Show the board on the configured sources."""
    _require_terminal("run")
    from wallboard.config.glance import glance
    from wallboard.config.paths import audit_file

    seen = glance(common.config)
    # Programs that print secrets may ask somebody: not under a picture.
    loaded = _loaded(common) if seen.has_programs else None
    warnings: list[str] = []

    def load() -> AbstractAsyncContextManager["LoadedSettings"]:
        from wallboard.cli.session import claimed

        settings = claimed(loaded or _loaded(common))
        warnings.extend(settings.warnings)
        return nullcontext(settings)

    try:
        _show(common, load, seen, audit_file(), is_wall=wall)
    finally:
        for warning in warnings:  # they were on the board; here they stay
            typer.echo(f"Warning: {warning}", err=True)


def demo(
    common: CommonOptions, scenario: Scenario = "busy", seed: Seed = 1, speed: Speed = 1.0, wall: Wall = False
) -> None:
    """Show the board on an invented call center.

    It is built in, and seen through both vendors' interfaces: no account, no configuration, no network.
    """
    _require_terminal("demo")
    from wallboard.config.glance import Glance
    from wallboard.config.paths import demo_audit_file

    scenario = _known(scenario)

    def load() -> AbstractAsyncContextManager["LoadedSettings"]:
        from wallboard.assembly.simulation import simulated
        from wallboard.cli.session import begin_log

        begin_log(common)
        return simulated(scenario, seed, speed)

    seen = Glance({"text_direction": setting_of_environment() or "auto"})
    _show(common, load, seen, demo_audit_file(), f"wallboard demo · {scenario}", is_wall=wall)


def simulate(
    common: CommonOptions,
    scenario: Scenario = "busy",
    seed: Seed = 1,
    speed: Speed = 1.0,
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="0: any free one.")] = 0,
) -> None:
    """Serve the invented call center alone.

    Both vendors' interfaces, on this machine; a configuration for them goes to stdout.
    """
    from wallboard.assembly.loop import run_to_end
    from wallboard.assembly.simulation import serve_simulator
    from wallboard.cli.session import begin_log
    from wallboard.simulator.server import PortError

    begin_log(common)
    try:
        raise typer.Exit(run_to_end(serve_simulator, _known(scenario), seed, speed, port, _announce))
    except PortError as error:
        fail(str(error), ExitCode.FAULT)


def _announce(address: str, configuration: dict[str, Any]) -> None:
    """The configuration on stdout, so that it can go into a file; the rest on stderr."""
    from wallboard.config.toml import toml_text

    typer.echo(toml_text(configuration))
    sys.stdout.flush()
    typer.echo(
        f"Both vendors are served at {address} until ctrl+c. On stdout is a wallboard.toml for them; in a file, "
        "it wants chmod 600 as one with real secrets does.",
        err=True,
    )


def _known(scenario: str) -> str:
    from wallboard.simulator.names import SCENARIO_NAMES

    if scenario not in SCENARIO_NAMES:
        raise typer.BadParameter(f"there is no scenario {scenario!r}: {', '.join(SCENARIO_NAMES)}")
    return scenario


def _loaded(common: CommonOptions) -> "LoadedSettings":
    from wallboard.cli.session import begin_quietly

    return begin_quietly(common)


def _show(
    common: CommonOptions, load: "Load", seen: "Glance", audit: Path, title: str = "wallboard", *, is_wall: bool
) -> NoReturn:
    """Ask the terminal what it is, and show the board."""
    from wallboard.config.paths import terminals_file
    from wallboard.ui.terminal.asking import asking
    from wallboard.ui.terminal.remembered import Remembered

    with asking(text_direction(seen), terminals_file()) as decided:
        # Textual takes its time to load: the answers come meanwhile.
        from wallboard.assembly.board import BoardOptions, run_board
        from wallboard.assembly.loop import run_to_end

        reading, _ = decided()
    if reading.is_hint_due:
        with suppress(OSError):  # then it is told once more
            Remembered(terminals_file()).tell(reading.terminal.identity)
    options = BoardOptions(
        theme=common.theme,
        language=common.language,
        read_only=common.read_only,
        has_mouse=not common.no_mouse,
        has_animation=not common.no_animation,
        is_wall=is_wall,
        reading=reading,
        glance=seen,
    )
    raise typer.Exit(run_to_end(run_board, load, options, audit, title))


def _require_terminal(command: str) -> None:
    """Drawn into a file, the board would be noise; without keys to read, it could not be left."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        return
    fail(
        f"`wallboard {command}` needs a terminal for its picture and its keys. "
        "For a script or a file there is `wallboard once --json`, or --plain.",
        ExitCode.USAGE,
    )
