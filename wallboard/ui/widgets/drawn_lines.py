"""What stands on the screen for each row of a table, and why: what has not changed is not drawn again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.strip import Strip

from wallboard.ui.cells import Line, Painted
from wallboard.ui.widgets.line_painter import LinePainter, Sign, Words


@dataclass(frozen=True, slots=True)
class _Drawn:
    """One row as it was drawn. `ageing`: which of the cells that are shown change by themselves."""

    row: Line
    sign: Sign
    painted: Sequence[Painted]
    ageing: Sequence[int]
    words: Sequence[Words]
    strip: Strip


class DrawnLines:
    """Lines by the keys of their rows; all by one painter."""

    def __init__(self, painter: LinePainter) -> None:
        self.painter = painter
        self._drawn: dict[str, _Drawn] = {}
        self._looked_at: dict[str, tuple[Line, float, Sequence[Painted]]] = {}  # rows that are going to be drawn

    def strip(self, row: Line, now: float, sign: Sign) -> Strip:
        """The row's line at this moment; the same object where it looks the same."""
        was = self._drawn.get(row.key)
        its_row, moment, painted = self._looked_at.pop(row.key, (None, now, ()))
        if its_row is not row or moment != now:
            painted = self._painted(row, now, was)
        if was is None or was.sign != sign:
            words = self.painter.cells(painted, sign)
        elif painted == was.painted:
            if was.row is not row:
                self._keep(row, sign, painted, was.words, was.strip)
            return was.strip
        else:
            words = [
                known if new == old else self.painter.cell(slot, new, sign)
                for slot, new, old, known in zip(self.painter.slots, painted, was.painted, was.words, strict=True)
            ]
        strip = self.painter.row(words, sign)
        self._keep(row, sign, painted, words, strip)
        return strip

    def has_aged(self, row: Line, now: float) -> bool:
        """Whether the row looks different from how it was drawn."""
        was = self._drawn.get(row.key)
        if was is None:
            return False
        painted = self._painted(row, now, was)
        if painted is was.painted:
            return False
        self._looked_at[row.key] = row, now, painted
        return True

    def forget_all_but(self, is_there: Callable[[str], object]) -> None:
        """Forget the lines of rows that are no more."""
        self._drawn = {key: drawn for key, drawn in self._drawn.items() if is_there(key)}
        self._looked_at.clear()

    def _keep(self, row: Line, sign: Sign, painted: Sequence[Painted], words: Sequence[Words], strip: Strip) -> None:
        ageing = tuple(i for i, slot in enumerate(self.painter.slots) if row.cells[slot.place].is_ageing)
        self._drawn[row.key] = _Drawn(row, sign, painted, ageing, words, strip)

    def _painted(self, row: Line, now: float, was: _Drawn | None) -> Sequence[Painted]:
        """The row's cells at this moment; the same object where all are as they were."""
        slots, moment = self.painter.slots, row.moment(now)
        if was is None or was.row is not row:
            painted = [row.cells[slot.place].at(moment) for slot in slots]
            return was.painted if was is not None and painted == was.painted else painted
        changed = {}
        for i in was.ageing:
            new = row.cells[slots[i].place].at(moment)
            if new != was.painted[i]:
                changed[i] = new
        return [changed.get(i, old) for i, old in enumerate(was.painted)] if changed else was.painted
