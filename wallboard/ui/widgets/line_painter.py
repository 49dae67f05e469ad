"""Draws one line of a table: blanks, words and colours of exactly the line's width."""

from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from wallboard.ui.cells import Painted
from wallboard.ui.columns import GUTTER, Slot
from wallboard.ui.roles import Role
from wallboard.ui.text import safe
from wallboard.ui.widgets.look import Look

MARK, PENDING = "▐", "»"
CHARACTERS_A_CELL = 4  # a letter and its marks
SORTED = {False: "▼", True: "▲"}


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """What stands on the screen for one row, and why."""

    token: object
    strip: Strip
    painted: tuple[Painted, ...]


@dataclass(frozen=True, slots=True)
class LinePainter:
    """Knows the look, the places of the columns and the line's width in cells."""

    look: Look
    slots: tuple[Slot, ...]
    width: int

    def row(self, painted: tuple[Painted, ...], *, is_cursor: bool, sign: str, is_old: bool) -> Strip:
        """A row's cells in their slots, behind its sign."""
        ground = self.look.base + self.look.cursor if is_cursor else self.look.base
        cells = [
            _cell(text, slot, ground + (self.look.old if is_old else self.look.roles[role]))
            for slot, (text, role) in zip(self.slots, painted, strict=True)
        ]
        return self._line(Segment(sign, ground + self.look.mark), cells, ground)

    def header(self, sorted_by: tuple[str, bool] | None) -> Strip:
        """The headings; the one by which the rows are ordered carries an arrow."""
        style = self.look.base + self.look.header
        cells = []
        for slot in self.slots:
            heading = slot.column.heading
            if sorted_by is not None and sorted_by[0] == slot.column.id:
                heading = SORTED[sorted_by[1]] + heading[: max(1, slot.width - 1)]
            cells.append(_cell(heading, slot, style))
        return self._line(Segment(" ", self.look.base), cells, self.look.base)

    def words(self, text: str) -> Strip:
        """A line that is no row: a remark, or nothing."""
        return Strip(
            [Segment(set_cell_size(safe(text), self.width), self.look.base + self.look.roles[Role.MUTED])], self.width
        )

    def _line(self, gutter: Segment, cells: list["_Words"], ground: Style) -> Strip:
        """Words in their places; all blanks between two words are one segment, for each costs time to write."""
        segments, x = [gutter], GUTTER
        for words in cells:
            if words.x > x:
                segments.append(Segment(" " * (words.x - x), ground))
            segments.append(Segment(words.text, words.style))
            x = words.x + words.width
        segments.append(Segment(" " * max(0, self.width - x), ground))
        return Strip(segments, max(x, self.width))


class _Words(NamedTuple):
    text: str
    style: Style
    x: int
    width: int


def _cell(text: str, slot: Slot, style: Style) -> _Words:
    """The words of one cell, cut to its slot, at the end of it that they belong to."""
    # Nothing else cleans them: a table's lines do not pass the line filters. What cannot fit costs no time.
    text = safe(text[: CHARACTERS_A_CELL * (slot.width + 1)])
    length = cell_len(text)
    if length > slot.width:
        text = set_cell_size(text, max(0, slot.width - 1)) + "…" if slot.width else ""
        length = slot.width
    x = slot.x + slot.width - length if slot.column.is_right else slot.x
    return _Words(text, style, x, length)
