"""From the command line's options to settings, with the log open and the warnings said."""

import logging
from typing import Any

import typer

from wallboard.cli.common import CommonOptions, ExitCode, LogLevel, fail
from wallboard.config.errors import ConfigError
from wallboard.config.load import LoadedSettings, load_settings, locate
from wallboard.config.logs import open_log
from wallboard.config.model import Settings
from wallboard.config.secrets import RedactingFilter, secret_values
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
    loaded = load(common)
    if not loaded.settings.source:
        fail(
            f"{locate(common.config)}: names no source to show. Add a [[source]], or run `wallboard init`.",
            ExitCode.USAGE,
        )
    effective_keys(loaded)
    begin_log(common, loaded.settings)
    for warning in loaded.warnings:
        typer.echo(f"Warning: {warning}", err=True)
        logging.getLogger("wallboard.config").warning("%s", warning)
    return loaded


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
