"""Draws the wall: each second, only the lines that have changed."""

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.filter import LineFilter
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from wallboard.ui.reading import by_cells
from wallboard.ui.wall.canvas import Line, Piece, Tone


class WallView(Widget):
    """A picture of lines, composed elsewhere."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"tone--{tone}" for tone in Tone}

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line] = []

    def draw(self, lines: list[Line]) -> None:
        """Show these lines in place of those that were there."""
        before, self._lines = self._lines, lines
        if len(before) != len(lines):
            self.refresh()
            return
        changed = [y for y, (old, new) in enumerate(zip(before, lines, strict=True)) if old != new]
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The pieces of a line have their places already, and are turned each by itself."""
        return by_cells(super().get_line_filters())

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        pieces = self._lines[y]
        return Strip([Segment(piece.text, self._style(piece)) for piece in pieces]).adjust_cell_length(
            width, self.rich_style
        )

    def _style(self, piece: Piece) -> Style:
        style = self.rich_style + self.get_component_rich_style(f"tone--{piece.tone}", partial=True)
        return style + Style(bgcolor=style.color) if piece.is_solid else style
