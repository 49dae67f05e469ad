"""The commands for those who work on the looks: themes, screenshots."""

import re
from pathlib import Path
from typing import Annotated

import typer

from wallboard.cli.common import CommonOptions, ExitCode, fail


def list_themes(common: CommonOptions) -> None:
    """List the themes, shipped and yours."""
    from wallboard.config.paths import themes_dir
    from wallboard.ui.theming import load_themes

    shelf = load_themes(themes_dir())
    width = max(map(len, shelf.themes), default=0)
    for name, theme in shelf.themes.items():
        whose = "yours" if name in shelf.user_themes else "shipped"
        typer.echo(f"{name:{width}}  {theme.kind:5}  {whose:7}  {theme.description}".rstrip())
    for fault in shelf.faults:
        typer.echo(f"Warning: {fault}", err=True)


def check_themes(
    common: CommonOptions,
    files: Annotated[list[Path] | None, typer.Argument(metavar="[FILE]...", help="In place of all of yours.")] = None,
) -> None:
    """Say what is wrong with theme files, yours or these.

    A warning is about what somebody could not read or tell apart; only what makes a theme unusable is an error.
    """
    from wallboard.config.paths import themes_dir
    from wallboard.ui.theme_checks import check_names, check_theme
    from wallboard.ui.theming import theme_files

    paths = theme_files(themes_dir()) if files is None else files
    findings = [(path, finding) for path in paths for finding in check_theme(path)] + check_names(paths)
    for path, finding in findings:
        typer.echo(f"{path}: {'' if finding.is_error else 'warning: '}{finding.words}")
    broken = {path for path, finding in findings if finding.is_error}
    typer.echo(f"{len(paths) - len(broken)} usable, {len(broken)} not", err=True)
    raise typer.Exit(ExitCode.FAULT if broken else ExitCode.FINE)


def new_theme(
    common: CommonOptions,
    name: Annotated[str, typer.Argument(help="Small letters, digits and hyphens; a letter first.")],
    base: Annotated[str, typer.Option("--from", metavar="THEME", help="Whose colours to begin with.")] = "night",
) -> None:
    """Write a theme of your own, to be changed: every colour with what it is for."""
    from wallboard.config.file import write_private
    from wallboard.config.paths import themes_dir
    from wallboard.ui.theme_template import template
    from wallboard.ui.theming import NAME_PATTERN, load_themes

    shelf = load_themes(themes_dir())
    path = themes_dir() / f"{name}.toml"
    if not re.fullmatch(NAME_PATTERN, name):
        fail(f'"{name}" cannot name a theme: use small letters, digits and hyphens, a letter first.', ExitCode.USAGE)
    if base not in shelf.themes:
        fail(f'There is no theme "{base}" to begin with: {", ".join(shelf.themes)}.', ExitCode.USAGE)
    if path.exists() or path.is_symlink():
        fail(f"{path}: is there already. Choose another name, or change that file.", ExitCode.FAULT)
    try:
        write_private(path, template(name, shelf.themes[base]))
    except OSError as error:
        fail(f"{path}: cannot be written: {error.strerror}.", ExitCode.FAULT)
    typer.echo(path)


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
