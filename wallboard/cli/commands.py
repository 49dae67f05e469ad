"""The commands by name. Only the one that is wanted is loaded: Typer takes its time to make each."""

from collections.abc import Callable, Mapping
from enum import EnumType
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from wallboard.cli.common import with_common

_Made = Callable[[], typer.Typer]


class Commands(TyperGroup):
    """All of them, in the order in which `--help` tells of them."""

    def get_params(self, ctx: Any) -> list[Any]:
        return _swift(super().get_params(ctx))

    def list_commands(self, ctx: Any) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in _COMMANDS:
            self.commands = dict.fromkeys(_COMMANDS, self)  # the nearest of these names is told
            return None
        return typer.main.get_command(_COMMANDS[cmd_name]())


class _Command(TyperCommand):
    """One of them."""

    def get_params(self, ctx: Any) -> list[Any]:
        return _swift(super().get_params(ctx))


def _swift(parameters: list[Any]) -> list[Any]:
    """Values that need no checking are taken as they are: to check any, Typer loads Pydantic before the first frame."""
    for each in parameters:
        is_one = each.nargs == 1 and not getattr(each, "multiple", False)
        if is_one and not each.required and not isinstance(each.process_value, partial):
            each.process_value = partial(_processed, each, each.process_value)
    return parameters


def _processed(parameter: Any, process: Callable[[Any, Any], Any], ctx: Any, value: Any) -> Any:
    """The value of a parameter: a default, a text, a path or one of a few words is what it is."""
    kind = getattr(getattr(parameter, "type_descriptor", None), "annotation", None)
    if isinstance(value, str) and kind is Path:
        value = Path(value)
    elif isinstance(kind, EnumType) and value in list(kind):
        value = kind(value)
    elif not (isinstance(value, str) and kind is str) and not _is_default(ctx, parameter):
        return process(ctx, value)
    return parameter.callback(ctx, parameter, value) if parameter.callback else value


def _is_default(ctx: Any, parameter: Any) -> bool:
    source = ctx.get_parameter_source(parameter.name)
    return source is not None and source.name == "DEFAULT"


def _command(name: str, module: str, **more: Any) -> _Made:
    """The function of that name in `wallboard.cli.<module>`."""

    def made() -> typer.Typer:
        alone = _typer()
        alone.command(name, cls=_Command, **more)(with_common(getattr(import_module(f"wallboard.cli.{module}"), name)))
        return alone

    return made


def _themes() -> typer.Typer:
    from wallboard.cli import workshop

    themes = _typer(name="themes", help="The themes, shipped and yours.", no_args_is_help=True)
    themes.command("list")(with_common(workshop.list_themes))
    themes.command("check")(with_common(workshop.check_themes))
    themes.command("new")(with_common(workshop.new_theme))
    return themes


def _config() -> typer.Typer:
    from wallboard.cli import settings

    config = _typer(name="config", help="The configuration itself.", no_args_is_help=True)
    for command in (settings.path, settings.show, settings.schema, settings.keys, settings.pin):
        config.command(command.__name__)(with_common(command))
    return config


def _audit() -> typer.Typer:
    from wallboard.cli import audit

    audits = _typer(name="audit")
    audits.callback(invoke_without_command=True)(with_common(audit.audit))
    audits.command("verify")(with_common(audit.verify))
    return audits


def _typer(**more: Any) -> typer.Typer:
    return typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, **more)


_COMMANDS: Mapping[str, _Made] = {
    "run": _command("run", "boards"),
    "demo": _command("demo", "boards"),
    "init": _command("init", "settings"),
    "check": _command("check", "polls"),
    "once": _command("once", "polls"),
    "simulate": _command("simulate", "boards"),
    # Its own --help also tells of a method.
    "call": _command("call", "call", add_help_option=False),
    "terminal": _command("terminal", "terminal"),
    "screenshots": _command("screenshots", "workshop"),
    "themes": _themes,
    "config": _config,
    "audit": _audit,
}
