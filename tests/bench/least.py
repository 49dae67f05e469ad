"""The least bytes that turn one screen into another: as clever as any program could be, and knowing both screens.

It has all movements of the cursor (absolute, relative, by column and by row, back, return, line feed, tabulator,
automatic wrap, or writing what stands between once more), changes of look that name only what differs or reset and
name all, 256-colour numbers where they are the very colour, erasing to the end of a line and of some cells, and
repetition. The colour of blanks' letters is nobody's concern. The runs of changed cells are taken line by line, column
by column, and each time the cheapest one next; the shortest of these counts.

Not considered: every possible order of the runs, moving lines or letters (scroll, insert, delete), tabulator stops
and margins of one's own. A program that scrolls may need less.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from pyte.graphics import FG_BG_256

from tests.bench.screens import Cell, Page, Row, Style

_NAMES = ("black", "red", "green", "brown", "blue", "magenta", "cyan", "white")
_NUMBER_OF = {colour: number for number, colour in reversed(list(enumerate(FG_BG_256))) if number >= 16}
_SWITCHES = {
    "bold": ("1", "22"),
    "italic": ("3", "23"),
    "underline": ("4", "24"),
    "strike": ("9", "29"),
    "reverse": ("7", "27"),
    "blink": ("5", "25"),
}
_TAB = 8
_REWRITTEN = 12  # cells between two runs that may be written once more
_BUCKETS = (1, 4, 6, 10)  # widths of what is taken for one column
_MOST_RUNS_SOUGHT = 200  # among more, the cheapest next run is not sought

Place = tuple[int, int]  # line and column from 0; the column after the last: it will wrap


class Pen(NamedTuple):
    """Where and how the terminal would write next; None: unknown."""

    place: Place | None = None
    style: Style | None = None


_ANYWHERE = Pen()


class Least(NamedTuple):
    """How a screen is reached: what is written, the pen afterwards, how many cells had changed."""

    data: bytes
    pen: Pen
    cells: int


class _Run(NamedTuple):
    y: int
    x: int
    end: int


def least(old: Page, new: Page, pen: Pen = _ANYWHERE) -> Least:
    """The shortest way from one screen to the next that is found here."""
    runs = [run for y, (before, after) in enumerate(zip(old, new, strict=True)) for run in _runs(y, before, after)]
    if not runs:
        return Least(b"", pen, 0)
    cells = sum(run.end - run.x for run in runs)
    orders: list[Sequence[_Run]] = [runs]
    for merged in (runs, _merged(runs)):
        orders += [sorted(merged, key=lambda run, width=width: (run.x // width, run.y)) for width in _BUCKETS]  # type: ignore[misc]
    tries = [_written(order, new, pen) for order in orders]
    if len(runs) <= _MOST_RUNS_SOUGHT:
        tries.append(_cheapest_next(runs, new, pen))
    text, after = min(tries, key=lambda written: len(written[0].encode()))
    return Least(text.encode(), after, cells)


def _runs(y: int, before: Row, after: Row) -> Iterator[_Run]:
    """The changed cells of a line, both halves of what is wide together."""
    if before is after:
        return
    start = end = -1
    for x, (old, new) in enumerate(zip(before, after, strict=True)):
        if old == new:
            continue
        first = x - 1 if not new.text else x
        last = x + 2 if x + 1 < len(after) and not after[x + 1].text else x + 1
        if start >= 0 and first <= end:
            end = max(end, last)
            continue
        if start >= 0:
            yield _Run(y, start, end)
        start, end = first, last
    if start >= 0:
        yield _Run(y, start, end)


def _merged(runs: Iterable[_Run]) -> list[_Run]:
    """The same, a few cells between two written along."""
    merged: list[_Run] = []
    for run in runs:
        if merged and merged[-1].y == run.y and run.x - merged[-1].end <= 3:
            merged[-1] = merged[-1]._replace(end=run.end)
        else:
            merged.append(run)
    return merged


def _written(runs: Iterable[_Run], page: Page, pen: Pen) -> tuple[str, Pen]:
    written: list[str] = []
    for run in runs:
        text, pen = _reached(run, page, pen)
        written.append(text)
        text, pen = _run(run, page[run.y], pen)
        written.append(text)
    return "".join(written), pen


def _cheapest_next(runs: Sequence[_Run], page: Page, pen: Pen) -> tuple[str, Pen]:
    written: list[str] = []
    left = list(runs)
    while left:
        costs = [
            len(move(pen.place, (run.y, run.x), len(page[0]))) + len(look(pen.style, page[run.y][run.x])[0])
            for run in left
        ]
        text, pen = _written([left.pop(costs.index(min(costs)))], page, pen)
        written.append(text)
    return "".join(written), pen


def _reached(run: _Run, page: Page, pen: Pen) -> tuple[str, Pen]:
    """Go to where a run begins."""
    row = page[run.y]
    way = move(pen.place, (run.y, run.x), len(row))
    there = Pen((run.y, run.x), pen.style)
    if pen.place is not None and pen.place[0] == run.y and 0 < run.x - pen.place[1] <= _REWRITTEN:
        begin = pen.place[1]
        if row[begin].text and row[run.x].text:
            between, after = _run(_Run(run.y, begin, run.x), row, pen)
            direct = len(way) + len(look(pen.style, row[run.x])[0])
            if len(between.encode()) + len(look(after.style, row[run.x])[0]) < direct and after.place == there.place:
                return between, after
    return way, there


def _run(run: _Run, row: Row, pen: Pen) -> tuple[str, Pen]:
    """Write a run from where the pen stands."""
    written: list[str] = []
    style, x, width = pen.style, run.x, len(row)
    while x < run.end:
        cell = row[x]
        change, style = look(style, cell)
        written.append(change)
        count = next((n for n in range(1, run.end - x) if row[x + n] != cell), run.end - x)
        plain = cell.text * count
        if cell.text == " " and all(other == cell for other in row[x:]) and width - x >= 3:
            written.append("\x1b[K")
            return "".join(written), Pen((run.y, x), style)
        if cell.text == " " and x + count == run.end and len(erasing := f"\x1b[{count}X") < count:
            written.append(erasing)
            return "".join(written), Pen((run.y, x), style)
        repeated = f"{cell.text}\x1b[{count - 1}b"
        written.append(repeated if count > 1 and len(repeated.encode()) < len(plain.encode()) else plain)
        x += count
    return "".join(written), Pen((run.y, x), style)


# The cursor


@lru_cache(1 << 16)
def move(start: Place | None, end: Place, width: int) -> str:
    """The shortest sequence from one cell to another; None: it may be anywhere."""
    ways = [_absolute(end)]
    if start is not None:
        (y, x), (to_y, to_x) = start, end
        if x >= width:
            if (to_y, to_x) == (y + 1, 0):
                return ""  # what is written next goes there by itself
            sideways = ["\r"] if to_x == 0 else [f"\x1b[{to_x + 1}G"]
        else:
            sideways = _sideways(x, to_x)
        ways += [up_or_down + along for up_or_down in _up_or_down(y, to_y) for along in sideways]
        if to_x == 0 and to_y != y:
            ways.append(f"\x1b[{_count(abs(to_y - y))}{'E' if to_y > y else 'F'}")
    return min(ways, key=len)


def _absolute(end: Place) -> str:
    y, x = end
    return f"\x1b[{y + 1 if y else ''}{f';{x + 1}' if x else ''}H"


def _up_or_down(y: int, to: int) -> list[str]:
    if y == to:
        return [""]
    count = abs(to - y)
    one = "\n" if to > y else "\x1bM"
    return [f"\x1b[{_count(count)}{'B' if to > y else 'A'}", f"\x1b[{to + 1}d", one * count]


def _sideways(x: int, to: int) -> list[str]:
    if x == to:
        return [""]
    if to < x:
        ways = [f"\x1b[{_count(x - to)}D", f"\x1b[{to + 1}G", "\b" * (x - to)]
        return [*ways, "\r" if to == 0 else f"\r\x1b[{_count(to)}C"]
    ways = [f"\x1b[{_count(to - x)}C", f"\x1b[{to + 1}G"]
    tabs = "\t" * (to // _TAB - x // _TAB)
    if tabs:
        rest = to % _TAB
        ways.append(tabs + (f"\x1b[{_count(rest)}C" if rest else ""))
    return ways


def _count(count: int) -> str:
    return "" if count == 1 else str(count)


# The look


@lru_cache(1 << 16)
def look(style: Style | None, cell: Cell) -> tuple[str, Style]:
    """What changes the look to a cell's, and the look that is then in force."""
    wanted = cell.style
    if style == wanted:
        return "", wanted
    anew = _sgr(["", *_all_of(wanted)])
    if style is None:
        return anew, wanted
    if cell.text == " " and not (wanted.underline or wanted.strike or wanted.reverse):
        # Of a blank only the ground is seen.
        seen = wanted._replace(foreground=style.foreground, bold=style.bold, italic=style.italic, blink=style.blink)
        part = _sgr(_differences(style, seen))
        return (part, seen) if len(part) <= len(anew) else (anew, wanted)
    return min(_sgr(_differences(style, wanted)), anew, key=len), wanted


def _sgr(codes: Sequence[str]) -> str:
    return f"\x1b[{';'.join(codes)}m" if codes else ""


def _all_of(style: Style) -> list[str]:
    return _differences(Style(), style)


def _differences(before: Style, after: Style) -> list[str]:
    codes = [
        on if getattr(after, name) else off
        for name, (on, off) in _SWITCHES.items()
        if getattr(before, name) != getattr(after, name)
    ]
    if before.foreground != after.foreground:
        codes.append(_colour(after.foreground, 30))
    if before.background != after.background:
        codes.append(_colour(after.background, 40))
    return codes


def _colour(colour: str, base: int) -> str:
    if colour == "default":
        return str(base + 9)
    if colour in _NAMES:
        return str(base + _NAMES.index(colour))
    if colour.startswith(("bright", "bfight")):  # pyte misspells one
        return str(base + 60 + _NAMES.index(colour[6:]))
    if (number := _NUMBER_OF.get(colour)) is not None:
        return f"{base + 8};5;{number}"
    red, green, blue = bytes.fromhex(colour)
    return f"{base + 8};2;{red};{green};{blue}"
