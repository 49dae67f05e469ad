"""The commands for those who work on the looks: themes, screenshots."""

from pathlib import Path
from typing import Annotated

import typer

from wallboard.cli.common import CommonOptions, ExitCode


def list_themes(common: CommonOptions) -> None:
    """List the themes, shipped and yours."""
    from wallboard.config.paths import themes_dir
    from wallboard.ui.theming import load_themes

    shelf = load_themes(themes_dir())
    width = max(map(len, shelf.themes), default=0)
    for name, theme in shelf.themes.items():
        yours = " (yours)" if name in shelf.user_themes else ""
        typer.echo(f"{name:{width}}  {theme.kind:5}  {theme.description}{yours}".rstrip())
    for fault in shelf.faults:
        typer.echo(f"Warning: {fault}", err=True)


def check_themes(common: CommonOptions) -> None:
    """Say what is wrong with theme files."""
    from wallboard.config.paths import themes_dir
    from wallboard.ui.theming import load_themes

    shelf = load_themes(themes_dir())
    for fault in shelf.faults:
        typer.echo(fault)
    typer.echo(f"{len(shelf.themes)} usable, {len(shelf.faults)} not", err=True)
    raise typer.Exit(ExitCode.FAULT if shelf.faults else ExitCode.FINE)


def screenshots(
    common: CommonOptions,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the pictures are, or go.")] = Path("screenshots"),
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail when a picture would differ.")] = False,
) -> None:
    """Draw the pictures of the README.

    With the real board, on an invented call center that stands still.
    """
    from wallboard.assembly.loop import run_to_end
    from wallboard.assembly.pictures import take_screenshots

    differing = run_to_end(take_screenshots, out, check)
    for name in differing:
        typer.echo(name)
    if check and differing:
        typer.echo("These pictures differ from what the board draws: run `wallboard screenshots`.", err=True)
        raise typer.Exit(ExitCode.FAULT)
