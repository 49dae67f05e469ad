"""The shortest way for the cursor from one cell to another."""

from functools import lru_cache
from typing import NamedTuple


class Place(NamedTuple):
    """A cell of the screen, from 0."""

    y: int
    x: int


def move(start: Place | None, end: Place) -> str:
    """The shortest sequence that brings the cursor to `end`; None: it may be anywhere."""
    if start == end:
        return ""
    straight = _straight(end)
    if start is None:
        return straight
    steps = _vertical(start.y, end.y) + _horizontal(start.x, end.x, is_behind_another=start.y != end.y)
    return steps if len(steps) < len(straight) else straight


def _straight(end: Place) -> str:
    if end.x:
        return f"\x1b[{end.y + 1};{end.x + 1}H"
    return f"\x1b[{end.y + 1}H" if end.y else "\x1b[H"


@lru_cache(4096)
def _vertical(start: int, end: int) -> str:
    """A vertical tab is one line down everywhere; of a line feed the system would make a return, too."""
    if start == end:
        return ""
    count = abs(end - start)
    one_by_one = "\v" * count if end > start else "\x1bM" * count
    steps = f"\x1b[{count if count > 1 else ''}{'B' if end > start else 'A'}"
    return min(one_by_one, steps, f"\x1b[{end + 1}d", key=len)


@lru_cache(4096)
def _horizontal(start: int, end: int, *, is_behind_another: bool) -> str:
    """Backspaces only behind another command: so no vendor's could pass for one."""
    if start == end:
        return ""
    count = abs(end - start)
    steps = f"\x1b[{count if count > 1 else ''}{'C' if end > start else 'D'}"
    ways = [steps, f"\x1b[{end + 1}G"]
    if end < start and is_behind_another:
        ways.append("\b" * count)
    if end == 0:
        ways.append("\r")
    return min(ways, key=len)
