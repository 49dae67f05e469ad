"""What every command shares: its options, before and after its name, and that no traceback reaches a user."""

import errno
import inspect
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from wallboard.config.errors import ConfigError


class ExitCode(IntEnum):
    """What the program's end tells a script."""

    FINE = 0
    FAULT = 1
    USAGE = 2
    REFUSED = 3  # a vendor refused a secret


class Language(StrEnum):
    """What the board can speak."""

    EN = "en"
    HE = "he"


class LogLevel(StrEnum):
    """How much goes into the log."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class CommonOptions:
    """The options every command takes; the field's names are the parameters'."""

    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The configuration to use in place of the usual one.")
    ] = None
    theme: Annotated[str | None, typer.Option(metavar="NAME", help="A shipped theme or one of yours.")] = None
    language: Annotated[Language | None, typer.Option(help="The board's language.")] = None
    read_only: Annotated[bool, typer.Option("--read-only", help="Without any action keys.")] = False
    no_mouse: Annotated[bool, typer.Option("--no-mouse", help="Leave the mouse to the terminal.")] = False
    no_animation: Annotated[bool, typer.Option("--no-animation", help="Nothing on the board moves.")] = False
    log_level: Annotated[LogLevel | None, typer.Option(help="How much goes into the log.")] = None

    def over(self, before: "CommonOptions") -> "CommonOptions":
        """These where given, else those given before the command's name."""
        return CommonOptions(**{f.name: getattr(self, f.name) or getattr(before, f.name) for f in fields(self)})


_GIVEN_BEFORE = "wallboard.common"


def with_common(function: Callable[..., None]) -> Callable[..., None]:
    """A command whose first parameter is a `CommonOptions`; Typer sees the options themselves in its place.

    A parameter named `context` is given Typer's.
    """
    _, *own = inspect.signature(function, eval_str=True).parameters.values()
    shared = inspect.signature(CommonOptions, eval_str=True).parameters.values()

    def command(context: typer.Context, **given: Any) -> None:
        options = CommonOptions(**{parameter.name: given.pop(parameter.name) for parameter in shared})
        common = options.over(context.meta.get(_GIVEN_BEFORE, CommonOptions()))
        context.meta[_GIVEN_BEFORE] = common
        if takes_context:
            given["context"] = context
        with guarded():
            function(common, **given)

    takes_context = any(parameter.name == "context" for parameter in own)
    parameters = [
        inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context),
        *(p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in [*own, *shared] if p.name != "context"),
    ]
    command.__name__, command.__doc__ = function.__name__, function.__doc__
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return command


@contextmanager
def guarded() -> Iterator[None]:
    """Whatever goes wrong inside becomes one message and an exit code."""
    try:
        yield
        sys.stdout.flush()
    except ConfigError as error:
        fail(str(error), ExitCode.USAGE)
    except KeyboardInterrupt:
        fail("Interrupted.", ExitCode.FAULT)
    except (typer.Exit, typer.Abort, typer.BadParameter):
        raise
    except Exception as error:  # noqa: BLE001 - the outermost border
        if isinstance(error, OSError) and error.errno in {errno.EPIPE, errno.ENOSPC}:
            _give_up_output(error)
        _fail_unexpectedly(error)


def fail(message: str, code: ExitCode) -> NoReturn:
    """Say what is wrong on stderr and end."""
    typer.echo(message, err=True)
    raise typer.Exit(code) from None


def _give_up_output(error: OSError) -> NoReturn:
    """End here: stdout's reader has left, or its disk is full. What is still buffered must not fail once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        raise typer.Exit(ExitCode.FAULT) from None
    fail(f"The output cannot be written: {error.strerror}", ExitCode.FAULT)


def _fail_unexpectedly(error: Exception) -> NoReturn:
    from wallboard.config.logs import log_file, open_log
    from wallboard.config.mishap import told
    from wallboard.config.redaction import RedactingFilter

    log = logging.getLogger("wallboard")
    if logging.getLogger().handlers:
        log.error("unexpected", exc_info=error)
    else:
        open_log("error", RedactingFilter())  # which knows no secret yet: the error's text stays out
        log.error("unexpected", extra={"error": told(error, is_wordless=True)})
    path = log_file()
    # Only the error's kind: its text might hold what must not be shown.
    cause = _first_cause(error)
    where = f"details are in {path}" if path else "no log could be written"
    fail(f"wallboard: stopped by an unexpected {type(cause).__name__}; {where}", ExitCode.FAULT)


def _first_cause(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
