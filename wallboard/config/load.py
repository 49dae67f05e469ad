"""Settings from all places: command line over environment over file over defaults."""

import os
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wallboard.config.advice import advice
from wallboard.config.environment import overlay
from wallboard.config.errors import ConfigError, MissingConfigError
from wallboard.config.file import Tables, exposure, read_tables
from wallboard.config.location import CONFIG_VARIABLE, PREFIX, expanded, has_sources, locate
from wallboard.config.model import Settings
from wallboard.config.paths import config_dir
from wallboard.config.secrets import literal_secrets, names_programs, resolve_secrets, source_tables
from wallboard.config.validation import Naming, validated


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """Settings, the file they came from (None: all from the environment), and what to tell the user about them."""

    settings: Settings
    path: Path | None
    warnings: tuple[str, ...] = ()


def load_settings(
    path: Path | None = None,
    overrides: Mapping[str, Any] | None = None,
    environ: Mapping[str, str] = os.environ,
) -> LoadedSettings:
    """Read, resolve and check the configuration.

    Args:
        path: The file; None: where it is usually found.
        overrides: What the command line says, as tables: `{"board": {"theme": "day"}}`.
        environ: The environment.

    Raises:
        ConfigError: one line for each thing that is wrong.
    """
    file = locate(path, environ)
    try:
        tables, status = read_tables(file)
    except MissingConfigError:
        if path is not None or environ.get(CONFIG_VARIABLE) or not has_sources(environ):
            raise
        return _loaded({}, None, overrides or {}, environ)
    is_secret = literal_secrets(tables)
    if (is_secret or names_programs(tables)) and (reason := exposure(file, status, is_secret=is_secret)):
        raise ConfigError(f"{file}: {reason}")
    return _loaded(tables, file, overrides or {}, environ)


def checked(tables: Mapping[str, Any]) -> Settings:
    """The settings of tables that are not in a file yet.

    Raises:
        ConfigError: one line for each thing that is wrong.
    """
    own = deepcopy(dict(tables))
    problems = resolve_secrets(own, config_dir(), {})
    return validated(own, Naming("configuration", own, {}), problems)


def _loaded(
    tables: Tables, file: Path | None, overrides: Mapping[str, Any], environ: Mapping[str, str]
) -> LoadedSettings:
    laid = overlay(tables, environ)
    _merge(tables, overrides)
    folder = file.absolute().parent if file else config_dir()
    for _, source in source_tables(tables):
        if isinstance(source.get("ca_file"), str):
            source["ca_file"] = str(folder / expanded(Path(source["ca_file"])))
    naming = Naming(str(file) if file else "environment", tables, laid.origins)
    problems = resolve_secrets(tables, folder, environ)
    try:
        settings = validated(tables, naming, problems)
    except ConfigError as error:
        raise ConfigError(*laid.problems, *error.problems) from None
    if laid.problems:
        raise ConfigError(*laid.problems)
    return LoadedSettings(settings, file, (*_unknown(laid.unknown), *advice(settings)))


def _merge(tables: Tables, overrides: Mapping[str, Any]) -> None:
    for key, value in overrides.items():
        if isinstance(value, Mapping) and isinstance(tables.setdefault(key, {}), dict):
            _merge(tables[key], value)
        else:
            tables[key] = value


def _unknown(variables: Iterable[str]) -> Iterable[str]:
    for variable in variables:
        yield f"environment variable {variable} is no setting and does nothing: one looks like {PREFIX}BOARD__THEME."
