"""Which columns fit, and how wide each is: the least important go first, figures are never cut."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

LEAST_WIDTH, LEAST_HEIGHT = 60, 16  # of a screen on which anything can be read
GUTTER = 1  # the mark, left of the first column
WIDEST_GAP = 3


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Args:
        id: stable name, used for sorting.
        heading: what stands above it.
        importance: 0 stays whatever happens; the highest goes first.
        least: cells below which an elastic column makes no sense.
        most: cells an elastic column never passes; 0: it is exact, as wide as its widest cell.
        is_right: figures stand at the right.
    """

    id: str
    heading: str
    importance: int = 0
    least: int = 0
    most: int = 0
    is_right: bool = False


class Slot(NamedTuple):
    """Where a column stands: its place among the row's cells, its left edge and its width in cells."""

    place: int
    column: Column
    x: int
    width: int


def arrange(columns: Sequence[Column], widths: Sequence[int], available: int) -> tuple[Slot, ...]:
    """Place as many columns as fit.

    Args:
        columns: all columns, in their order.
        widths: the widest content seen in each.
        available: cells of the line.
    """
    wanted = [max(width, len(column.heading)) for column, width in zip(columns, widths, strict=True)]
    least = [
        min(max(column.least, len(column.heading)), want) if column.most else want
        for column, want in zip(columns, wanted, strict=True)
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
    return tuple(slots)


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
