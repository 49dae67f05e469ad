"""Lines that stand as they were drawn until something about the widget changes.

With each frame Textual asks every widget between the first and the last line that changed for all its lines.
"""

from collections.abc import Sequence
from typing import Self

from textual.filter import LineFilter
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static


class StandingLines(Widget):
    """Beside a widget, after it: hands out the very lines of the last frame where nothing was refreshed."""

    _standing: dict[int, Strip] | None = None
    _asked_for: tuple[Region, Sequence[LineFilter]] | None = None
    _answer: Sequence[Strip] = ()

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        self.forget_lines(*regions)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self.forget_lines()

    def forget_lines(self, *regions: Region) -> None:
        """Draw the lines of these regions anew; of none, all."""
        self._asked_for = None
        if not regions:
            self._standing = None
        elif self._standing:
            for y in (y for region in regions for y in region.line_range):
                self._standing.pop(y, None)

    def render_lines(self, crop: Region) -> list[Strip]:
        asked = (crop, self.get_line_filters())
        if asked != self._asked_for:
            self._answer, self._asked_for = self.lines(crop), asked
        return [*self._answer]

    def lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of the widget."""
        return super().render_lines(crop)

    def standing_line(self, y: int) -> Strip:
        """A line that is drawn for itself, all its width."""
        if self._standing is None:
            self._standing = {}
        strip = self._standing.get(y)
        if strip is None:
            strip = self._standing[y] = self.render_line(y)
        return strip


class StandingText(Static, StandingLines):
    """Words that stand."""
