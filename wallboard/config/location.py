"""Where the configuration is looked for; nothing of it is read, nor anything loaded that reads it."""

import os
from collections.abc import Mapping
from pathlib import Path

from wallboard.config.paths import CONFIG_NAME, config_dir

PREFIX = "WALLBOARD_"  # of the environment's settings
CONFIG_VARIABLE = "WALLBOARD_CONFIG"


def locate(path: Path | None, environ: Mapping[str, str] = os.environ) -> Path:
    """Where the configuration is looked for: the path given, else $WALLBOARD_CONFIG, else the user's own."""
    if path is None and environ.get(CONFIG_VARIABLE):
        path = Path(environ[CONFIG_VARIABLE])
    return expanded(path) if path else config_dir() / CONFIG_NAME


def is_configured(path: Path | None, environ: Mapping[str, str] = os.environ) -> bool:
    """Whether somebody has configured anything, or has at least said where it should be."""
    is_named = path is not None or bool(environ.get(CONFIG_VARIABLE))
    return is_named or has_sources(environ) or locate(path, environ).exists()


def has_sources(environ: Mapping[str, str]) -> bool:
    """Whether the environment alone names accounts."""
    return any(name.startswith(f"{PREFIX}SOURCE__") for name in environ)


def expanded(path: Path) -> Path:
    """With the user's home in place of a `~`."""
    try:
        return path.expanduser()
    except RuntimeError:  # "~" of a user without a home
        return path
