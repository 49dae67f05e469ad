"""Draws one line of a table: blanks, words and colours of exactly the line's width."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
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


Finish = Callable[[list[Segment]], list[Segment]]


def finished(filters: Sequence[LineFilter], background: Color) -> Finish:
    """What line filters that take each cell by itself make of one, on this ground."""

    def finish(segments: list[Segment]) -> list[Segment]:
        for each in filters:
            segments = each.apply(segments, background)
        return segments

    return finish


class Words(NamedTuple):
    """What stands at one place of a line, finished."""

    segments: Sequence[Segment]
    x: int
    width: int


class Sign(NamedTuple):
    """What a row is drawn with beside its cells."""

    sign: str
    is_cursor: bool
    is_old: bool


@dataclass(frozen=True, slots=True)
class LinePainter:
    """Draws lines; its texts are logical, a filter turns each cell by itself.

    Args:
        look: the styles.
        slots: where the columns stand.
        room: cells from edge to edge of what is written.
        width: cells of the whole line, which goes on under the scrollbar.
        finish: what the line filters make of one cell.
    """

    look: Look
    slots: tuple[Slot, ...]
    room: int
    width: int
    finish: Finish
    _blanks: dict[tuple[int, Style], Sequence[Segment]] = field(default_factory=dict)

    def cells(self, painted: Iterable[Painted], sign: Sign) -> list[Words]:
        """A row's cells in their slots."""
        return [self.cell(slot, each, sign) for slot, each in zip(self.slots, painted, strict=True)]

    def cell(self, slot: Slot, painted: Painted, sign: Sign) -> Words:
        """One cell at the end of its slot that its words belong to: what reads from the right, at the right."""
        text, role = painted
        style = self._ground(sign) + (self.look.old if sign.is_old else self.look.roles[role])
        is_opposite = not is_mirrored() and base_direction(text) == "rtl"
        return self._placed(text, slot, style, is_at_end=slot.column.is_right or is_opposite)

    def row(self, cells: Sequence[Words], sign: Sign) -> Strip:
        """A row of these cells, behind its sign."""
        ground = self._ground(sign)
        return self._line(sign.sign, ground + self.look.mark, cells, ground)

    def header(self, sorted_by: tuple[str, bool] | None) -> Strip:
        """The headings; the one by which the rows are ordered carries an arrow."""
        style = self.look.base + self.look.header
        cells = []
        for slot in self.slots:
            heading = slot.column.shown_heading
            if sorted_by is not None and sorted_by[0] == slot.column.id:
                heading = SORTED[sorted_by[1]] + heading[: max(1, slot.width - 1)]
            cells.append(self._placed(heading, slot, style, is_at_end=slot.column.is_right))
        return self._line(" ", self.look.base, cells, self.look.base)

    def words(self, text: str) -> Strip:
        """A line that is no row: a remark a little way in, or nothing."""
        style = self.look.base + self.look.roles[Role.MUTED]
        if not text:
            return self._strip([], style)
        text = set_cell_size(safe(text), min(cell_len(text), max(0, self.room - INDENT)))
        length = cell_len(text)
        x = self.room - INDENT - length if is_mirrored() else INDENT
        return self._strip([self._words(text, style, max(0, x), length)], style)

    def _ground(self, sign: Sign) -> Style:
        return self.look.base + self.look.cursor if sign.is_cursor else self.look.base

    def _line(self, sign: str, sign_style: Style, cells: Sequence[Words], ground: Style) -> Strip:
        """Words in their places, behind a sign at the edge where reading begins."""
        if is_mirrored():
            return self._strip([*reversed(cells), self._words(sign, sign_style, self.room - GUTTER, GUTTER)], ground)
        return self._strip([self._words(sign, sign_style, 0, GUTTER), *cells], ground)

    def _strip(self, line: Iterable[Words], ground: Style) -> Strip:
        """All blanks between two words are one segment, for each costs time to write."""
        segments: list[Segment] = []
        x = 0
        for words in line:
            if words.x > x:
                segments += self._blank(words.x - x, ground)
            segments += words.segments
            x = words.x + words.width
        segments += self._blank(max(0, self.width - x), ground)
        return Strip(segments, max(x, self.width))

    def _blank(self, length: int, ground: Style) -> Sequence[Segment]:
        blank = self._blanks.get((length, ground))
        if blank is None:
            blank = self._blanks[length, ground] = self.finish([Segment(" " * length, ground)])
        return blank

    def _words(self, text: str, style: Style, x: int, width: int) -> Words:
        return Words(self.finish([Segment(text, style)]), x, width)

    def _placed(self, text: str, slot: Slot, style: Style, *, is_at_end: bool) -> Words:
        """The words cut to their slot, at the end where reading begins or at the other one."""
        whole = safe(text[: CHARACTERS_A_CELL * (slot.width + 1)])  # what cannot fit costs no time
        text, length = whole, cell_len(whole)
        if length > slot.width:
            text = set_cell_size(whole, max(0, slot.width - 1)) + "…" if slot.width else ""
            length = slot.width
            if base_direction(whole) != base_direction(text):  # it is read as if it were there whole
                text = RLM + text
        x = slot.x + slot.width - length if is_at_end is not is_mirrored() else slot.x
        return self._words(text, style, x, length)
