"""The commands about the configuration itself: config path, show, schema."""

import typer

from wallboard.cli.common import CommonOptions


def path(common: CommonOptions) -> None:
    """Print where the configuration is looked for."""
    from wallboard.config.load import locate

    place = locate(common.config)
    typer.echo(place)
    if not place.exists():
        typer.echo("There is no such file yet: `wallboard init` makes it.", err=True)


def show(common: CommonOptions) -> None:
    """Print the settings as they apply, from all places together; secrets are masked."""
    from wallboard.cli.session import load
    from wallboard.config.secrets import masked_tables
    from wallboard.config.toml import toml_text

    loaded = load(common)
    typer.echo(f"# {loaded.path or 'no file: all from the environment'}, environment and defaults")
    typer.echo(toml_text(masked_tables(loaded.settings)), nl=False)
    for warning in loaded.warnings:
        typer.echo(f"Warning: {warning}", err=True)


def schema(common: CommonOptions) -> None:
    """Print the JSON schema of the configuration, for editors."""
    import json

    from wallboard.config.model import Settings

    typer.echo(json.dumps(Settings.model_json_schema(), indent=2))


def init(common: CommonOptions) -> None:
    """Ask for your accounts and configure them.

    Tries each before it is written, with every other setting as a comment.
    """
    from wallboard.cli.wizard import ask_and_write

    ask_and_write(common)
