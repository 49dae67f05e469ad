"""Which theme a board begins with, and that the one chosen on it is remembered."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from wallboard.config.file import read_bytes, write_private
from wallboard.language.catalog import _
from wallboard.ui.theming import FALLBACK, NAME_PATTERN

if TYPE_CHECKING:
    from wallboard.config.model import Settings

WALL_THEME = "wall"


def first_theme(configured: str | None, wanted: str | None, remembered: Path, *, is_wall: bool) -> str:
    """What the command line wants, else what the configuration names, else what was chosen last, else the default.

    Nothing is chosen on a wall: it has a theme of its own in place of the last two.
    """
    return wanted or configured or (WALL_THEME if is_wall else _read(remembered) or FALLBACK)


def configured_theme(settings: "Settings") -> str | None:
    """The theme that the configuration names."""
    return settings.board.theme if "theme" in settings.board.model_fields_set else None


def keeper(configured: str | None, wanted: str | None, remembered: Path) -> Callable[[str], str]:
    """Remembers a chosen theme by its name in the file; returns what to tell of that."""

    def keep(name: str) -> str:
        if configured and not wanted:
            words = _("theme {name} until the board ends: the configuration names {configured}")
            return words.format(name=name, configured=configured)
        try:
            write_private(remembered, name + "\n")
        except OSError as error:
            words = _("theme {name} until the board ends: {path} cannot be written: {reason}")
            return words.format(name=name, path=remembered, reason=error.strerror)
        return _("theme {name}, remembered for a start that names none").format(name=name)

    return keep


def _read(path: Path) -> str | None:
    try:
        name = read_bytes(path)[0].decode("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return name if re.fullmatch(NAME_PATTERN, name) else None
