"""Writes what differs between what the terminal shows and what it should show, in as few bytes as may be."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, compress, count, pairwise
from operator import is_not
from typing import NamedTuple

from textual.geometry import Size

from wallboard.language.bidi import is_turned
from wallboard.ui.terminal.cells import Cell, Line
from wallboard.ui.terminal.movement import Place, move
from wallboard.ui.terminal.rendition import Rendition, change
from wallboard.ui.terminal.shifting import Shift, find_shift
from wallboard.ui.terminal.wanted import Wanted

MOST_BRIDGED = 4  # bytes of unchanged cells that are rather written again than jumped over
FEW, MANY = 8, 400  # runs; between so many a second order is tried
GAP, ASIDE = 3, 4  # lines and cells; runs no farther apart are taken for one column
LINES, CELLS = 4, 10  # so many lines with so many changed cells may have moved; ages alone change fewer


class Run(NamedTuple):
    """Neighbouring cells that are written."""

    y: int
    x: int
    cells: Sequence[Cell]


class Pen(NamedTuple):
    """Where and how the terminal would write next; None: unknown."""

    place: Place | None = None
    look: Rendition | None = None


class Shown:
    """What the terminal shows, as far as it was written here.

    Args:
        size: of the screen in cells.
        is_reordering: the terminal turns lines itself: one with such letters that has changed is written whole.
    """

    def __init__(self, size: Size, *, is_reordering: bool) -> None:
        self.size = size
        self._is_reordering = is_reordering
        self.forget()

    def forget(self) -> None:
        """Others have written, or the terminal was cleared: nothing is known any more."""
        self._lines: list[Line] = [[None] * self.size.width for _ in range(self.size.height)]
        self._is_unknown = True
        self._pen = Pen()

    def difference(self, wanted: Wanted, cursor: Place | None = None) -> str:
        """What makes the terminal show what is wanted; from now on it counts as shown.

        Args:
            wanted: a picture of the same size.
            cursor: where the cursor is to stand in the end, for whoever composes letters there.
        """
        lines = range(self.size.height) if self._is_unknown else sorted(wanted.changed)
        changed = {y: self._changed(y, wanted) for y in lines}
        moved = ""
        if not self._is_unknown and sum(len(cells) >= CELLS for cells in changed.values()) >= LINES:
            shift = find_shift(self._lines, wanted.lines, lines)
            if shift is not None:
                moved = self._shift(shift)
                lines = sorted({*lines, *range(shift.top, shift.bottom + 1)})
                changed = {y: self._changed(y, wanted) for y in lines}
        wanted.changed.clear()
        self._is_unknown = False
        runs = [run for y, cells in changed.items() for run in _runs(y, cells, wanted.lines[y])]
        for y, x, cells in runs:
            self._lines[y][x : x + len(cells)] = cells
        text, self._pen = _written(runs, self._pen, self.size.width)
        if cursor is not None:
            text += move(self._pen.place, cursor)
            self._pen = Pen(cursor, self._pen.look)
        return moved + text

    def _changed(self, y: int, wanted: Wanted) -> Sequence[int]:
        old, new = self._lines[y], wanted.lines[y]
        changed = list(compress(count(), map(is_not, new, old)))
        if changed and self._is_reordering and (_has_turned(old) or _has_turned(new)):
            return range(len(new))
        return changed

    def _shift(self, shift: Shift) -> str:
        top, bottom, by = shift
        block = self._lines[top : bottom + 1]
        empty: list[Line] = [[None] * self.size.width for _ in range(abs(by))]
        self._lines[top : bottom + 1] = [*block[by:], *empty] if by > 0 else [*empty, *block[:by]]
        self._pen = Pen(None, self._pen.look)  # setting margins moves the cursor, not everywhere to the same place
        return f"\x1b[{top + 1};{bottom + 1}r\x1b[{top + 1}H\x1b[{abs(by)}{'M' if by > 0 else 'L'}\x1b[r"


def _has_turned(line: Line) -> bool:
    return is_turned("".join(cell.text for cell in line if cell is not None))


def _runs(y: int, changed: Iterable[int], line: Line) -> Iterator[Run]:
    """The changed cells; a short gap between two is written along where that takes no more than jumping over it."""
    start = end = -1
    for x in changed:
        if line[x] is None or x < end:
            continue
        if start >= 0 and (x == end or (x - end <= MOST_BRIDGED and _is_bridge(line[end - 1 : x + 1]))):
            end = x + 1
            continue
        if start >= 0:
            yield _run(y, start, end, line)
        start, end = x, x + 1
    if start >= 0:
        yield _run(y, start, end, line)


def _is_bridge(cells: Line) -> bool:
    """Whether the cells between the first and the last cost no more than a jump, also in changes of look."""
    known = [cell for cell in cells if cell is not None]
    between = known[1:-1]
    looks = [known[0].look, *(cell.look for cell in between), known[-1].look]
    changes = sum(one is not other for one, other in pairwise(looks))
    jump = 3 if len(between) == 1 else 4
    return (
        len(known) == len(cells)
        and sum(len(cell.text.encode()) for cell in between) <= jump
        and changes <= (looks[0] is not looks[-1])
    )


def _run(y: int, start: int, end: int, line: Line) -> Run:
    """With both halves of what is wide."""
    cells = [cell for cell in line[start:end] if cell is not None]
    if not cells[0].text and start and (first := line[start - 1]) is not None:
        start, cells = start - 1, [first, *cells]
    if end < len(line) and (last := line[end]) is not None and not last.text:
        cells.append(last)
    return Run(y, start, cells)


def _written(runs: Sequence[Run], pen: Pen, width: int) -> tuple[str, Pen]:
    """Line by line, or column by column: ages in a column are neighbours, and look alike."""
    by_lines = _in_order(runs, pen, width)
    if not FEW <= len(runs) <= MANY:
        return by_lines
    by_columns = _in_order(chain.from_iterable(_columns(runs)), pen, width)
    return min(by_lines, by_columns, key=lambda written: len(written[0]))


def _columns(runs: Iterable[Run]) -> list[list[Run]]:
    """Runs that stand below one another, or nearly so; from left to right."""
    columns: list[list[Run]] = []
    open_: list[list[Run]] = []  # those that may go on
    y = -1
    for run in runs:
        if run.y != y:
            y = run.y
            open_ = [column for column in open_ if column[-1].y >= y - GAP]
        for column in open_:
            last = column[-1]
            if last.y < y and -ASIDE <= run.x - last.x <= ASIDE:
                column.append(run)
                break
        else:
            columns.append([run])
            open_.append(columns[-1])
    columns.sort(key=lambda column: column[0].x)
    return columns


def _in_order(runs: Iterable[Run], pen: Pen, width: int) -> tuple[str, Pen]:
    written: list[str] = []
    place, look = pen
    for y, x, cells in runs:
        written.append(move(place, Place(y, x)))
        is_unsure = False
        for at, (text, its_look) in enumerate(cells, x):
            if is_unsure:
                written.append(f"\x1b[{at + 1}G")
            if its_look is not look:
                written.append(change(look, its_look))
                look = its_look
            written.append(text)
            is_unsure = not text  # what is wide here may be narrow there
        end = x + len(cells)
        place = None if is_unsure or end >= width else Place(y, end)
    return "".join(written), Pen(place, look)
