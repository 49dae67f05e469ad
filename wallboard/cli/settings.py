"""The commands about the configuration itself: init, and config path, show, schema, pin."""

import sys
from getpass import getpass

import typer

from wallboard.cli.common import CommonOptions, ExitCode, fail


def path(common: CommonOptions) -> None:
    """Print where the configuration is looked for."""
    from wallboard.config.location import locate

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


def keys(common: CommonOptions) -> None:
    """Print the keys as they apply, as a table in Markdown."""
    from wallboard.cli.session import effective_keys, load
    from wallboard.config.location import is_configured
    from wallboard.ui.actions import key_table, keymap

    if is_configured(common.config):
        loaded = load(common)
        typer.echo(key_table(effective_keys(loaded)))
    else:
        typer.echo(key_table(keymap(is_read_only=common.read_only)))


def init(common: CommonOptions) -> None:
    """Ask for your accounts and configure them.

    Tries each before it is written, with every other setting as a comment.
    """
    from wallboard.cli.wizard import ask_and_write

    ask_and_write(common)


def pin(common: CommonOptions) -> None:
    """Print the line that lets a PIN unlock the board.

    Asks for the PIN twice without showing it; without a terminal, reads it as one line from stdin.
    """
    from wallboard.config.location import locate
    from wallboard.config.pin import PinError, hash_pin

    if sys.stdin.isatty():
        pin_hash = _hash_of_new_pin()
    else:
        try:
            pin_hash = hash_pin(sys.stdin.readline().rstrip("\r\n"))
        except UnicodeDecodeError:
            fail("What came from stdin is not text. Nothing was made.", ExitCode.USAGE)
        except PinError as error:
            fail(f"{error} It is read from stdin, one line. Nothing was made.", ExitCode.USAGE)
    typer.echo(f'pin_hash = "{pin_hash}"')
    typer.echo(
        f"Put this line under [actions] in {locate(common.config)}, and under [board] how long until it locks: "
        "lock_after_minutes = 10. The file must then be readable by you alone (chmod 600).",
        err=True,
    )


def _hash_of_new_pin() -> str:
    """Asked for until it can be one and was typed the same way twice."""
    from wallboard.config.pin import LONGEST_PIN, SHORTEST_PIN, PinError, hash_pin

    while True:
        try:
            chosen = getpass(f"PIN, {SHORTEST_PIN} to {LONGEST_PIN} characters, best digits (not shown): ")
            pin_hash = hash_pin(chosen)
            if getpass("The same again (not shown): ") == chosen:
                return pin_hash
        except EOFError:
            raise typer.Abort from None
        except PinError as error:
            typer.echo(f"{error} Once more, please.", err=True)
        else:
            typer.echo("The two are not the same. Once more, please.", err=True)
