"""What the screen should show: Textual's updates, kept as lines of cells."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from rich.cells import cell_len
from rich.color import ColorSystem
from textual.geometry import Region, Size
from textual.strip import Strip

from wallboard.ui.terminal.cells import CellTable, Line


class Piece(NamedTuple):
    """A part of a line: where it begins, and up to which column it is seen."""

    y: int
    x: int
    end: int
    strip: Strip


class WholeUpdate(Protocol):
    """Textual's private `LayoutUpdate`: every line of a region as strips that follow one another."""

    strips: list[Iterable[Strip]]
    region: Region


class PartialUpdate(Protocol):
    """Textual's private `ChopsUpdate`: of some lines, from one column to another, the strips by where they begin."""

    chops: Sequence[Mapping[int, Strip | None]]
    spans: list[tuple[int, int, int]]
    chop_ends: list[list[int]]


class Wanted:
    """The newest picture, whole, however many updates it came in.

    Args:
        size: of the screen in cells.
        colours: what the terminal can show.
    """

    def __init__(self, size: Size, colours: ColorSystem) -> None:
        self.size = size
        self.lines: list[Line] = [[None] * size.width for _ in range(size.height)]
        self.changed: set[int] = set()  # lines that may differ from what was sent
        self._pieces: list[dict[int, Piece]] = [{} for _ in range(size.height)]  # by where they begin; none overlap
        self._table = CellTable(colours)

    def take_whole(self, update: WholeUpdate) -> None:
        """Make the picture what the update says."""
        for y, strips in enumerate(update.strips, update.region.y):
            x = update.region.x
            for strip in strips:
                end = x + strip.cell_length
                self._put(Piece(y, x, min(end, self.size.width), strip))
                x = end

    def take_part(self, update: PartialUpdate) -> None:
        """As above, for the lines it tells of."""
        for y, first, last in update.spans:
            for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
                if strip is not None and x <= last and end > first:
                    self._put(Piece(y, x, min(end, x + strip.cell_length, self.size.width), strip))

    def take_pieces(self, pieces: Iterable[Piece]) -> None:
        """As above, for some pieces of lines."""
        for piece in pieces:
            self._put(piece)

    def _put(self, piece: Piece) -> None:
        """A strip that is the very object that stands there has not changed."""
        y, x, end, strip = piece
        if not (0 <= y < self.size.height and 0 <= x < end <= self.size.width):
            return
        pieces, line = self._pieces[y], self.lines[y]
        before = pieces.get(x)
        if before is not None and before.end == end:
            if before.strip is strip:
                return
            if self._has_put_what_differs(line, x, before.strip, strip):
                pieces[x] = piece
                self.changed.add(y)
                return
        for other in [start for start, known in pieces.items() if start < end and known.end > x]:
            del pieces[other]
        pieces[x] = piece
        cells = self._table.cells(strip)[: end - x]
        line[x : x + len(cells)] = cells
        self.changed.add(y)

    def _has_put_what_differs(self, line: Line, x: int, before: Strip, after: Strip) -> bool:
        """Whether no more differed than plain words of the same look and length, as where only ages grow."""
        if len(before) != len(after):
            return False
        was, segments = list(before), list(after)
        pairs = enumerate(zip(was, segments, strict=True))
        differing = [i for i, (old, new) in pairs if old is not new and old != new]
        changes = []
        measured = 0
        for i in differing:
            (known, its_style, _), (text, style, _) = was[i], segments[i]
            if its_style != style or len(known) != len(text) or not (text.isascii() and known.isascii()):
                return False
            if text.isspace() or known.isspace():
                return False
            x += sum(cell_len(each.text) for each in segments[measured:i])
            measured = i
            changes.append((x, text, style))
        for start, text, style in changes:
            line[start : start + len(text)] = self._table.plain(text, style)
        return True
