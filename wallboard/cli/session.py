"""From the command line's options to settings, with the log open and the warnings said."""

import logging
from dataclasses import replace
from typing import Any

import typer

from wallboard.cli.common import CommonOptions, LogLevel
from wallboard.clock import SystemClock
from wallboard.config.errors import ConfigError
from wallboard.config.instance import Instance, running_twice
from wallboard.config.load import LoadedSettings, load_settings
from wallboard.config.location import locate
from wallboard.config.logs import open_log
from wallboard.config.model import Settings
from wallboard.config.paths import state_dir
from wallboard.config.redaction import RedactingFilter
from wallboard.config.secrets import secret_values
from wallboard.ui.actions import KeyClashError, keymap


def load(common: CommonOptions) -> LoadedSettings:
    """The effective settings.

    Raises:
        ConfigError: they cannot be used.
    """
    board: dict[str, Any] = {"theme": common.theme, "language": common.language, "read_only": common.read_only}
    return load_settings(common.config, {"board": {key: value for key, value in board.items() if value}})


def begin(common: CommonOptions) -> LoadedSettings:
    """Settings with at least one source, ready to be polled; their warnings are said.

    Raises:
        ConfigError: they cannot be used.
    """
    loaded = begin_quietly(common)
    for warning in loaded.warnings:
        typer.echo(f"Warning: {warning}", err=True)
    return loaded


def begin_quietly(common: CommonOptions) -> LoadedSettings:
    """The same, with the warnings in the log alone: for whoever says them in another way.

    Raises:
        ConfigError: they cannot be used.
    """
    loaded = load(common)
    if not loaded.settings.source:
        raise ConfigError(
            f"{locate(common.config)}: names no source to show. Add a [[source]], or run `wallboard init`."
        )
    effective_keys(loaded)
    begin_log(common, loaded.settings)
    for warning in loaded.warnings:
        logging.getLogger("wallboard.config").warning("%s", warning)
    return loaded


def claimed(loaded: LoadedSettings) -> LoadedSettings:
    """The same, with a warning where other boards of this machine show it already; held until the program ends."""
    sources = " ".join(f"{source.kind} {source.name}" for source in loaded.settings.source)
    configuration = str(loaded.path.resolve()) if loaded.path else f"environment: {sources}"
    others = Instance(state_dir(), configuration, SystemClock().now()).others
    words = running_twice(str(loaded.path or "environment"), others)
    for warning in words:
        logging.getLogger("wallboard.config").warning("%s", warning)
    return replace(loaded, warnings=(*loaded.warnings, *words))


def effective_keys(loaded: LoadedSettings) -> dict[str, tuple[str, ...]]:
    """The keys of each action.

    Raises:
        ConfigError: they cannot all be had.
    """
    try:
        return keymap(loaded.settings.keys, is_read_only=loaded.settings.board.read_only)
    except KeyClashError as error:
        raise ConfigError(f"{loaded.path or 'environment'}: {error}") from None


def begin_log(common: CommonOptions, settings: Settings | None = None) -> None:
    """Open the log, blind to the settings' secrets."""
    open_log(common.log_level or LogLevel.INFO, RedactingFilter(secret_values(settings) if settings else ()))
