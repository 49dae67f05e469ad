"""The commands and how they are found."""

import contextlib
import logging
import os
import sys
from typing import Annotated

import typer

from wallboard import __version__
from wallboard.cli.commands import Commands
from wallboard.cli.common import CommonOptions, with_common

app = typer.Typer(
    name="wallboard",
    cls=Commands,
    help="A live call-center wallboard for the terminal: Yemot HaMashiach and Voicenter on one screen.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

WELCOME = """\
wallboard shows a call center live in the terminal: Yemot HaMashiach and
Voicenter on one screen.

There is no configuration yet. Two ways to begin:

  wallboard demo      the whole board on an invented call center; no account
  wallboard init      asks for your accounts, tries them, and writes
                      {path}

All commands: wallboard --help"""


def _version(is_wanted: bool) -> None:
    if is_wanted:
        typer.echo(f"wallboard {__version__}")
        raise typer.Exit


def _root(
    common: CommonOptions,
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    if context.invoked_subcommand is not None:
        return
    from wallboard.config.location import is_configured, locate

    if is_configured(common.config):
        from wallboard.cli.boards import run

        run(common)
    else:
        typer.echo(WELCOME.format(path=locate(None)))


app.callback(invoke_without_command=True)(with_common(_root))


def main() -> None:
    """Run the program on the command line's arguments."""
    _disregard_textual_variables()
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started us
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        # A terminal without UTF-8 shows \\u05d0 for what it cannot; the program does not die of it.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except KeyboardInterrupt:
        _leave("Interrupted.")
    except SystemExit as end:
        _leave(end.code)
    except Exception as error:  # noqa: BLE001 - the commands have their own border; this is for what lies before it
        _leave(f"wallboard: stopped by an unexpected {type(error).__name__}")


def _disregard_textual_variables() -> None:
    """Whoever sets them could log every key, the PIN's too, picture the board, or have a module of his own loaded.

    Textual reads them when it is imported, which comes later.
    """
    for name in [name for name in os.environ if name.startswith("TEXTUAL")]:
        del os.environ[name]
    os.environ["TEXTUAL_FPS"] = "240"  # a key is answered 10 ms sooner; frames are drawn only when something changes
    if not os.environ.get("NO_COLOR", "set"):  # empty, it asks for nothing; Textual takes it for a wish
        del os.environ["NO_COLOR"]


def _leave(code: str | int | None) -> None:
    """End now: Python itself would first wait for threads that hang in a name look-up."""
    if isinstance(code, str):
        typer.echo(code, err=True)
    logging.shutdown()
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))
