"""Where things of one user lie."""

from collections.abc import Callable
from pathlib import Path

import platformdirs

APP = "wallboard"
CONFIG_NAME = "wallboard.toml"
AUDIT_NAME = "audit.jsonl"


def config_dir() -> Path:
    """The folder of `wallboard.toml`."""
    return _of_user(platformdirs.user_config_path)


def themes_dir() -> Path:
    """The folder of the user's own themes."""
    return config_dir() / "themes"


def state_dir() -> Path:
    """The folder of what must outlive the program."""
    return _of_user(platformdirs.user_state_path)


def theme_file() -> Path:
    """The name of the theme that was chosen on the board last."""
    return state_dir() / "theme"


def audit_file() -> Path:
    """What was done, by whom, with which outcome."""
    return state_dir() / AUDIT_NAME


def demo_audit_file() -> Path:
    """What was done in play: it must not stand among what was done in earnest."""
    return state_dir() / "demo" / AUDIT_NAME


def imports_dir(audit: Path) -> Path:
    """How far files of targets have come into campaigns: beside the audit, so that what is played has its own."""
    return audit.parent / "imports"


def terminals_file() -> Path:
    """What is remembered of terminals."""
    return state_dir() / "terminals.json"


def log_dir() -> Path:
    """The folder of the log."""
    return _of_user(platformdirs.user_log_path)


def _of_user(place: Callable[[str], Path]) -> Path:
    """A user's folder; the system's where a user has no home, as a container's bare uid has none.

    The working directory would do too, but anybody may put a configuration there, and one may name programs to run.
    """
    try:
        path = place(APP)
    except RuntimeError:
        path = Path()
    return path if path.is_absolute() else platformdirs.site_config_path(APP)
