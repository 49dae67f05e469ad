"""Which columns fit, and how wide each is: the least important go first, figures are never cut."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len

from wallboard.language.catalog import _, is_mirrored

LEAST_WIDTH, LEAST_HEIGHT = 60, 16  # of a screen on which anything can be read
GUTTER = 1  # the mark, before the first column
WIDEST_GAP = 3


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Args:
        id: stable name, used for sorting.
        heading: what stands above it, in English; looked up where it is shown.
        importance: 0 stays whatever happens; the highest goes first.
        least: cells below which an elastic column makes no sense.
        most: cells an elastic column never passes; 0: it is exact, as wide as its widest cell.
        is_right: figures stand at the column's end: at the right, mirrored at the left.
    """

    id: str
    heading: str
    importance: int = 0
    least: int = 0
    most: int = 0
    is_right: bool = False

    @property
    def shown_heading(self) -> str:
        """In the language in use."""
        return _(self.heading)


class Slot(NamedTuple):
    """Where a column stands: its place among the row's cells, its left edge and its width in cells."""

    place: int
    column: Column
    x: int
    width: int


def arrange(columns: Sequence[Column], widths: Sequence[int], available: int) -> tuple[Slot, ...]:
    """Place as many columns as fit, from the left; mirrored, from the right.

    Args:
        columns: all columns, in their order.
        widths: the widest content seen in each.
        available: cells of the line.
    """
    headings = [cell_len(column.shown_heading) for column in columns]
    wanted = [max(width, heading) for width, heading in zip(widths, headings, strict=True)]
    least = [
        min(max(column.least, heading), want) if column.most else want
        for column, heading, want in zip(columns, headings, wanted, strict=True)
    ]
    shown = list(range(len(columns)))
    while len(shown) > 1 and _total(least, shown, 1) > available:
        shown.remove(max(shown, key=lambda i: (columns[i].importance, i)))
    actual = dict(zip(shown, _stretched(columns, wanted, least, shown, available), strict=True))
    spare = available - GUTTER - sum(actual.values())
    gap = max(1, min(WIDEST_GAP, spare // max(1, len(shown) - 1)))
    slots, x = [], GUTTER
    for i in shown:
        slots.append(Slot(i, columns[i], x, min(actual[i], max(0, available - x))))
        x += actual[i] + gap
    if is_mirrored():
        slots = [slot._replace(x=available - slot.x - slot.width) for slot in slots]
    return tuple(slots)


def slot_at(slots: Sequence[Slot], x: int) -> Slot | None:
    """The slot that holds the cell at `x` of the line."""
    return next((slot for slot in slots if slot.x <= x < slot.x + slot.width), None)


def _total(widths: Sequence[int], shown: Sequence[int], gap: int) -> int:
    return GUTTER + sum(widths[i] for i in shown) + gap * (len(shown) - 1)


def _stretched(
    columns: Sequence[Column], wanted: Sequence[int], least: Sequence[int], shown: Sequence[int], available: int
) -> list[int]:
    """Share what is left among the elastic columns, the narrowest first, up to what each wants."""
    widths = {i: least[i] for i in shown}
    spare = available - _total(least, shown, 1)
    while spare > 0:
        hungry = [i for i in shown if columns[i].most and widths[i] < min(wanted[i], columns[i].most)]
        if not hungry:
            break
        widths[min(hungry, key=lambda i: widths[i])] += 1
        spare -= 1
    return [widths[i] for i in shown]
