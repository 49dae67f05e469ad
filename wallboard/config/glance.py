"""What the first picture needs of the configuration, before that is loaded; what is wrong is told by the loading."""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wallboard.config.errors import ConfigError
from wallboard.config.file import read_tables
from wallboard.config.location import PREFIX, locate

_COMMAND = "_command"  # in the keys that name a program


@dataclass(frozen=True, slots=True)
class Glance:
    """Settings as they are written, and the programs they name.

    Args:
        board: `[board]`: only its texts.
        keys: `[keys]`.
        may_leave_wall: `allow_quit` of `[wall]`.
        has_programs: programs are to print secrets; they may ask somebody, which needs the terminal as it is.
    """

    board: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    may_leave_wall: bool = False
    has_programs: bool = False


NOTHING_SEEN = Glance()


def glance(path: Path | None, environ: Mapping[str, str] = os.environ) -> Glance:
    """Look into the file and the environment; what cannot be read is not there.

    Args:
        path: the file; None: where it is usually found.
        environ: the environment.
    """
    tables: dict[str, Any] = {}
    with suppress(ConfigError):
        tables = read_tables(locate(path, environ))[0]
    board = _texts(tables.get("board"))
    for name, value in environ.items():
        if name.startswith(f"{PREFIX}BOARD__"):
            board[name.removeprefix(f"{PREFIX}BOARD__").lower()] = value
    names = [key for source in _listed(tables.get("source")) if isinstance(source, dict) for key in source]
    names += [name.lower() for name in environ if name.startswith(f"{PREFIX}SOURCE__")]
    wall = tables.get("wall")
    return Glance(
        board=board,
        keys=_texts(tables.get("keys")),
        may_leave_wall=isinstance(wall, dict) and wall.get("allow_quit") is True,
        has_programs=any(_COMMAND in name for name in names),
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _texts(table: Any) -> dict[str, str]:
    return {key: value for key, value in table.items() if isinstance(value, str)} if isinstance(table, dict) else {}
