"""Draws one line of a table: blanks, words and colours of exactly the line's width."""

from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from wallboard.language.bidi import RLM, base_direction
from wallboard.language.catalog import is_mirrored
from wallboard.ui.cells import Painted
from wallboard.ui.columns import GUTTER, Slot
from wallboard.ui.roles import Role
from wallboard.ui.text import safe
from wallboard.ui.widgets.look import Look

MARK, PENDING = "▐", "»"
INDENT = 2  # cells before a remark
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
    """Draws lines; its texts are logical, a filter turns each cell by itself.

    Args:
        look: the styles.
        slots: where the columns stand.
        room: cells from edge to edge of what is written.
        width: cells of the whole line, which goes on under the scrollbar.
    """

    look: Look
    slots: tuple[Slot, ...]
    room: int
    width: int

    def row(self, painted: tuple[Painted, ...], *, is_cursor: bool, sign: str, is_old: bool) -> Strip:
        """A row's cells in their slots, behind its sign."""
        ground = self.look.base + self.look.cursor if is_cursor else self.look.base
        cells = [
            _cell(text, slot, ground + (self.look.old if is_old else self.look.roles[role]))
            for slot, (text, role) in zip(self.slots, painted, strict=True)
        ]
        return self._line(sign, ground + self.look.mark, cells, ground)

    def header(self, sorted_by: tuple[str, bool] | None) -> Strip:
        """The headings; the one by which the rows are ordered carries an arrow."""
        style = self.look.base + self.look.header
        cells = []
        for slot in self.slots:
            heading = slot.column.shown_heading
            if sorted_by is not None and sorted_by[0] == slot.column.id:
                heading = SORTED[sorted_by[1]] + heading[: max(1, slot.width - 1)]
            cells.append(_placed(heading, slot, style, is_at_end=slot.column.is_right))
        return self._line(" ", self.look.base, cells, self.look.base)

    def words(self, text: str) -> Strip:
        """A line that is no row: a remark a little way in, or nothing."""
        style = self.look.base + self.look.roles[Role.MUTED]
        if not text:
            return self._strip([], style)
        text = set_cell_size(safe(text), min(cell_len(text), max(0, self.room - INDENT)))
        length = cell_len(text)
        x = self.room - INDENT - length if is_mirrored() else INDENT
        return self._strip([_Words(text, style, max(0, x), length)], style)

    def _line(self, sign: str, sign_style: Style, cells: list["_Words"], ground: Style) -> Strip:
        """Words in their places, behind a sign at the edge where reading begins."""
        if is_mirrored():
            return self._strip([*reversed(cells), _Words(sign, sign_style, self.room - GUTTER, GUTTER)], ground)
        return self._strip([_Words(sign, sign_style, 0, GUTTER), *cells], ground)

    def _strip(self, line: list["_Words"], ground: Style) -> Strip:
        """All blanks between two words are one segment, for each costs time to write."""
        segments, x = [], 0
        for words in line:
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
    """The words of one cell at the end of its slot that they belong to: what reads from the right, at the right."""
    is_opposite = not is_mirrored() and base_direction(text) == "rtl"
    return _placed(text, slot, style, is_at_end=slot.column.is_right or is_opposite)


def _placed(text: str, slot: Slot, style: Style, *, is_at_end: bool) -> _Words:
    """The words cut to their slot, at the end where reading begins or at the other one."""
    # Nothing else cleans them: a table's lines do not pass the line filters. What cannot fit costs no time.
    whole = safe(text[: CHARACTERS_A_CELL * (slot.width + 1)])
    text, length = whole, cell_len(whole)
    if length > slot.width:
        text = set_cell_size(whole, max(0, slot.width - 1)) + "…" if slot.width else ""
        length = slot.width
        if base_direction(whole) != base_direction(text):  # it is read as if it were there whole
            text = RLM + text
    x = slot.x + slot.width - length if is_at_end is not is_mirrored() else slot.x
    return _Words(text, style, x, length)
