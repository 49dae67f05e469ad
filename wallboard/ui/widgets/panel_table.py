"""The table of a panel: a mistake in drawing one of its rows is the panel's, not the screen's."""

from textwrap import wrap

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from wallboard.language.catalog import is_mirrored
from wallboard.ui.widgets.keyed_table import KeyedTable

INDENT = 2  # cells before what is said


class PanelTable(KeyedTable):
    """Draws nothing where it fails, and tells its panel; shows what its panel has to say in place of rows."""

    class Failed(Message):
        """It could not be drawn."""

        def __init__(self, error: Exception) -> None:
            super().__init__()
            self.error = error

    _mishap = ""

    def show_mishap(self, words: str) -> None:
        """Say this in place of everything; "": show the rows."""
        if words != self._mishap:
            self._mishap = words
            self.refresh()

    def draw_rows(self) -> None:
        """Draw every visible line of the rows, for the sake of what it raises."""
        super().render_lines(Region(0, 0, *self.size))

    def render_lines(self, crop: Region) -> list[Strip]:
        try:
            return self._mishap_lines(crop) if self._mishap else super().render_lines(crop)
        except Exception as error:  # noqa: BLE001 - the border of a view: a mistake of ours must not end the board
            self.post_message(self.Failed(error))
            return [Strip.blank(crop.width)] * crop.height

    def _mishap_lines(self, crop: Region) -> list[Strip]:
        width = self.size.width
        lines = ["", *wrap(self._mishap, max(1, width - 2 * INDENT))]
        strips = []
        for y in range(crop.y, crop.bottom):
            words = lines[y] if y < len(lines) else ""
            start = width - INDENT - cell_len(words) if is_mirrored() else INDENT
            text = set_cell_size(" " * max(0, start) + words, width)
            strip = Strip([Segment(text, self.rich_style)], width)
            for each in self.app.get_line_filters():
                strip = strip.apply_filter(each, self.background_colors[1])
            strips.append(strip.crop(crop.x, crop.right))
        return strips
