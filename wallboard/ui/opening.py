"""The first picture: the board's frame, while all that fills it is still being loaded.

What is imported here is loaded before anything is seen: Textual's core and little else. For the same reason the screen
draws itself, without widgets and style sheets; a test holds its places against the board's.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.color import Color
from textual.filter import LineFilter
from textual.screen import Screen
from textual.strip import Strip

from wallboard.language.catalog import N_, _, is_mirrored
from wallboard.ui.reading import by_cells
from wallboard.ui.sizes import is_big, is_small
from wallboard.ui.text import safe
from wallboard.ui.theming import ThemeFile

MOST_HELD = 64  # keys
# The board's panels, by their ids; the first is the one that the keys are for at the start.
TITLES: Mapping[str, str] = {
    "queues": N_("Queues"),
    "callers": N_("Callers"),
    "agents": N_("Agents"),
    "campaigns": N_("Campaigns"),
    "feeds": N_("Feeds"),
}
_ROWS = 12  # of the grid in board.tcss; by panels the row where each begins, and in which columns it stands
_PLACES: Mapping[str, tuple[int, frozenset[int]]] = {
    "queues": (0, frozenset({0})),
    "callers": (0, frozenset({1})),
    "agents": (4, frozenset({0})),
    "campaigns": (5, frozenset({1})),
    "feeds": (8, frozenset({1})),
}
_SMALL_PLACES: Mapping[str, tuple[int, frozenset[int]]] = {
    "queues": (0, frozenset({0, 1})),
    "callers": (5, frozenset({0})),
    "agents": (5, frozenset({1})),
}
_SHARES, _SMALL_SHARES = (13, 9), (4, 5)  # of the columns
_FIGURES_HEIGHT, _SMALL_FIGURES_HEIGHT = 4, 2


@dataclass(frozen=True, slots=True)
class Opening:
    """What the first picture needs.

    Args:
        title: of the board.
        theme: in which it is drawn.
        leaving_keys: in Textual's names; they end the program at once.
        is_wall: TV mode follows, which has no panels.
    """

    title: str
    theme: ThemeFile
    leaving_keys: frozenset[str] = frozenset()
    is_wall: bool = False


class Piece(NamedTuple):
    """Words on a ground of their own, so many cells wide; `look` names text and ground in the theme."""

    x: int
    width: int
    words: str
    look: tuple[str, str]
    is_bold: bool = False


class OpeningScreen(Screen[None], inherit_bindings=False):
    """Shows where everything will be. Keys that do not leave are held for the board."""

    AUTO_FOCUS: ClassVar[str] = ""

    def __init__(self, opening: Opening) -> None:
        super().__init__()
        self._opening = opening
        self.held: list[events.Key] = []

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The pieces of a line have their places already, and are turned each by itself."""
        return by_cells(super().get_line_filters())

    def render_line(self, y: int) -> Strip:
        width, height = self.size
        empty, line, end = self._style(("foreground", "background")), [], 0
        for piece in sorted(_pieces(self._opening, width, height).get(y, [])):
            line += [Segment(" " * (piece.x - end), empty), *self._drawn(piece)]
            end = piece.x + piece.width
        line.append(Segment(" " * (width - end), empty))
        return Strip(line[::-1] if is_mirrored() else line, width)

    def _drawn(self, piece: Piece) -> list[Segment]:
        style, room = self._style(piece.look, is_bold=piece.is_bold), max(0, piece.width - 2)
        words = set_cell_size(piece.words, min(room, cell_len(piece.words)))
        return [Segment(" ", style), Segment(words, style), Segment(" " * (room - cell_len(words) + 1), style)]

    def _style(self, look: tuple[str, str], *, is_bold: bool = False) -> Style:
        text, ground = (Color.parse(self._opening.theme.table[name]).rich_color for name in look)
        return Style(color=text, bgcolor=ground, bold=is_bold)

    async def on_key(self, event: events.Key) -> None:
        event.stop()
        if event.key in self._opening.leaving_keys:
            await self.run_action("app.quit")
        elif len(self.held) < MOST_HELD:
            self.held.append(event)


def _pieces(opening: Opening, width: int, height: int) -> dict[int, list[Piece]]:
    """What stands on a screen of that size, by lines, as if it ran from left to right."""
    lines = {0: [Piece(0, width, safe(opening.title), ("foreground", "panel"), is_bold=True)]}
    if opening.is_wall:
        lines[height // 2] = [Piece(0, width, _("connecting…"), ("muted", "background"))]
        return lines
    for y, piece in _frames(width, height):
        lines.setdefault(y, []).append(piece)
    lines[height - 1] = [Piece(0, width, "", ("muted", "panel"))]
    return lines


def _frames(width: int, height: int) -> Iterator[tuple[int, Piece]]:
    is_little = is_small(width, height)
    first, second = _SMALL_SHARES if is_little else _SHARES
    half = (width - 1) * first // (first + second)
    top = 1 + (_FIGURES_HEIGHT if is_big(width, height) else _SMALL_FIGURES_HEIGHT)
    room = max(0, height - top - 1)
    for panel_id, (row, columns) in (_SMALL_PLACES if is_little else _PLACES).items():
        number = list(TITLES).index(panel_id) + 1
        x = 0 if 0 in columns else half + 1
        cells = (width if 1 in columns else half) - x
        y = top + room * row // _ROWS
        is_current = number == 1
        look = ("title-focused-text", "title-focused") if is_current else ("title-text", "title")
        yield y, Piece(x, cells, f"{number} {_(TITLES[panel_id])}", look, is_current)
        yield y + 1, Piece(x, cells, _("connecting…"), ("muted", "background"))
