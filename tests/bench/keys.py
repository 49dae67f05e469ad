"""From a key press to the changed screen, while polls land; keys come when they come, not when the board is ready."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from tests.bench.board import SIZE, settled_board
from tests.bench.floor import Script
from tests.bench.screens import Page, Replay
from tests.programs import Chunk

KEYS_A_SECOND = 5.0
SLOW_LINE = 64_000  # bytes a second
_UP, _DOWN = "\x1b[A", "\x1b[B"
_SWEEP = range(2, 34)  # rows the cursor goes up and down within
_LAST_ANSWER_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Press:
    """A key, when it was sent, and on which row of the table the cursor must be then, from where it began."""

    moment: float
    row: int


@dataclass(frozen=True, slots=True)
class Answers:
    """Seconds from each key to the first screen that shows what it did; `lost` were never shown."""

    seconds: Sequence[float]
    lost: int

    def quantile(self, share: float) -> float:
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("inf")


def answers(script: Script, seconds: float, *, rate: float | None = None, seed: int = 1) -> Answers:
    """Press keys at random moments on the agents alone, at the size of the whole terminal.

    Args:
        script: the floor; nobody in it may change his place.
        seconds: of pressing.
        rate: bytes a second that the line takes; None: all.
        seed: of the moments.
    """
    random = Random(seed)
    with settled_board(script, "3", "z", rate=rate) as (program, _port):
        before = len(program.raw)
        program.send(_DOWN)
        time.sleep(1.2)
        presses: list[Press] = []
        row, step = 1, 1
        at = time.monotonic()
        end = at + seconds
        while (at := at + random.expovariate(KEYS_A_SECOND)) < end:
            time.sleep(max(0.0, at - time.monotonic()))
            step = -step if row + step not in _SWEEP and row in _SWEEP else step
            row += step
            presses.append(Press(program.send(_DOWN if step > 0 else _UP), row))
        time.sleep(_LAST_ANSWER_SECONDS)
        raw, chunks = bytes(program.raw), list(program.chunks)
    return answered(presses, _cursor_rows(raw, chunks, before))


def answered(presses: Sequence[Press], rows: Sequence[tuple[float, int]]) -> Answers:
    """What of the presses was seen when; `rows` are where the cursor was seen, and since when."""
    seconds: list[float] = []
    last = -1
    for moment, row in rows:
        found = next(
            (n for n in range(last + 1, len(presses)) if presses[n].moment <= moment and presses[n].row == row), None
        )
        if found is not None:
            seconds += [moment - press.moment for press in presses[last + 1 : found + 1]]
            last = found
    return Answers(seconds, len(presses) - 1 - last)


def _cursor_rows(raw: bytes, chunks: Sequence[Chunk], before: int) -> list[tuple[float, int]]:
    """When the cursor was on another row, and on which, from where it was `before` a first key went it down."""
    replay = Replay(SIZE)
    replay.feed(raw[:before])
    first = replay.page()
    rows: list[tuple[float, int]] = []
    cursor: tuple[int, int, str] | None = None
    at = before
    for chunk in chunks:
        if chunk.end <= before:
            continue
        replay.feed(raw[at : chunk.end])
        at = chunk.end
        page = replay.page()
        cursor = cursor or _cursor(first, page)
        if cursor is None:
            continue
        begin, column, ground = cursor
        where = [y for y, row in enumerate(page) if row[column].style.background == ground]
        if len(where) == 1 and (not rows or rows[-1][1] != where[0] - begin):
            rows.append((chunk.moment, where[0] - begin))
    return rows


def _cursor(first: Page, second: Page) -> tuple[int, int, str] | None:
    """Where the cursor was in the first of two screens between which it went a row down: its line, a column where
    its ground is a colour of its own, and the colour; None while it has not."""
    for y in range(len(first) - 1):
        for x, cell in enumerate(first[y]):
            ground = cell.style.background
            if second[y + 1][x].style.background == ground != second[y][x].style.background:
                others = [row[x].style.background for n, row in enumerate(second) if n != y + 1]
                if ground not in others:
                    return y, x, ground
    return None
