"""What a board is put up with. All screens are loaded with it, for the program may be upgraded while it runs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import wallboard.ui.commands
import wallboard.ui.messages
import wallboard.ui.screens.board
import wallboard.ui.screens.themes
import wallboard.ui.wall.screen  # noqa: F401
from wallboard.ui.style import BoardStyle
from wallboard.ui.switchboard import Switchboard
from wallboard.ui.theming import ThemeShelf


@dataclass(frozen=True, slots=True)
class Furniture:
    """Everything a board is given.

    Args:
        switchboard: where pictures come from and commands go.
        style: what holds for the whole life of the board.
        shelf: the themes.
        theme: which of them to begin with.
        remarks: what to tell once at the start.
        keep_theme: remembers the one that was chosen by its name; returns what to tell of that.
    """

    switchboard: Switchboard
    style: BoardStyle
    shelf: ThemeShelf
    theme: str
    remarks: Sequence[str] = ()
    keep_theme: Callable[[str], str] = str
