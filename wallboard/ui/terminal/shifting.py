"""Finds lines that have only moved: a terminal moves them itself, for a few bytes."""

from collections import Counter
from collections.abc import Sequence
from operator import is_
from typing import NamedTuple

from wallboard.ui.terminal.cells import Line

PIECE = 16  # cells that are recognised together; other columns of the line may have changed
FEWEST_PIECES = 4  # that have moved alike
LEAST_GAIN = 40  # cells; less is not worth the sequences


class Shift(NamedTuple):
    """Whole lines that move.

    Args:
        top: the first line of the block in which they move.
        bottom: its last line.
        by: lines upwards; negative: downwards. As many lines of the block are empty afterwards.
    """

    top: int
    bottom: int
    by: int


def find_shift(old: Sequence[Line], new: Sequence[Line], changed: Sequence[int]) -> Shift | None:
    """The one move of lines that saves most; None when none does."""
    votes = _votes(old, new, changed)
    best, most = None, LEAST_GAIN
    for by, pieces in votes.most_common(2):
        if pieces >= FEWEST_PIECES:
            shift, gain = _best_block(old, new, by)
            if gain > most:
                best, most = shift, gain
    return best


def _votes(old: Sequence[Line], new: Sequence[Line], changed: Sequence[int]) -> Counter[int]:
    """How many pieces have moved by how many lines; a piece that stands in several lines tells nothing."""
    known: dict[tuple[int, ...], int | None] = {}
    for y, line in enumerate(old):
        for piece in _pieces(line):
            known[piece] = None if piece in known else y
    votes: Counter[int] = Counter()
    for y in changed:
        for piece in _pieces(new[y]):
            before = known.get(piece)
            if before is not None and before != y:
                votes[before - y] += 1
    return votes


def _pieces(line: Line) -> list[tuple[int, ...]]:
    """Cells are one object each for a letter in a look, so their identities do for comparing."""
    identities = tuple(map(id, line))
    return [(x, *identities[x : x + PIECE]) for x in range(0, len(line), PIECE)]


def _best_block(old: Sequence[Line], new: Sequence[Line], by: int) -> tuple[Shift | None, int]:
    """The block of lines for which moving saves most, and how many cells."""
    still = [_alike(before, after) for before, after in zip(old, new, strict=True)]
    best, most = None, 0
    start = gain = 0
    for y in range(max(0, -by), min(len(new), len(new) - by)):
        if gain <= 0:
            start, gain = y, 0
        gain += _alike(old[y + by], new[y]) - still[y]
        empty = range(y + 1, y + 1 + by) if by > 0 else range(start + by, start)
        if gain - sum(still[line] for line in empty) > most:
            most = gain - sum(still[line] for line in empty)
            best = Shift(min(start, start + by), max(y, y + by), by)
    return best, most


def _alike(before: Line, after: Line) -> int:
    return sum(map(is_, before, after))
