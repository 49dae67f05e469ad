"""What the board writes and computes while it ages and polls, against the least possible and against its peers."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from tests.bench.board import SIZE, settled_board
from tests.bench.floor import Script
from tests.bench.least import Pen, least
from tests.bench.peers import Played, curses_plays, watch_plays
from tests.bench.screens import Frame, Page, frames, pages
from tests.bench.vendor import counts

SELDOM_SECONDS = 60.0  # between polls, where only ages tick


@dataclass(frozen=True, slots=True)
class Case:
    """What is run.

    Args:
        name: of the figures.
        script: the floor.
        keys: pressed before: which part of the board is seen.
        poll_seconds: of every feed.
    """

    name: str
    script: Script
    keys: tuple[str, ...] = ()
    poll_seconds: float = 1.0


@dataclass(frozen=True, slots=True)
class Measured:
    """A window of a run. `unneeded` bytes were written by frames that changed no cell; a second is one tick."""

    seconds: float
    polls: int
    frames: int
    cells: int
    bytes: int
    least: int
    unneeded: int
    cpu_ns: int

    @property
    def over_least(self) -> float:
        return self.bytes / self.least if self.least else 0.0


@dataclass(frozen=True, slots=True)
class Window:
    """A window with what was seen in it, for the peers."""

    measured: Measured
    pages: Sequence[Page]
    frames: Sequence[Frame]


def window(case: Case, seconds: float) -> Window:
    """Run the board and look at so many seconds of it."""
    with settled_board(case.script, *case.keys, poll_seconds=case.poll_seconds) as (program, port):
        asked = counts(port)
        program.until_quiet(0.05)
        before, start = program.figures(), program.chunks[-1].end
        time.sleep(seconds)
        program.until_quiet(0.05)
        after, end = program.figures(), program.chunks[-1].end
        polls = (counts(port) - asked)["GetExtensionsCalls"]
        raw, chunks = bytes(program.raw), list(program.chunks)
    shown = frames(chunks, start, end)
    seen = list(pages(raw, shown, SIZE))
    needed, pen = [], Pen()
    for old, new in pairwise(seen):
        step = least(old, new, pen)
        pen = step.pen
        needed.append(step)
    measured = Measured(
        seconds=after.moment - before.moment,
        polls=polls,
        frames=len(shown),
        cells=sum(step.cells for step in needed),
        bytes=end - start,
        least=sum(len(step.data) for step in needed),
        unneeded=sum(f.end - f.start for f, step in zip(shown, needed, strict=True) if not step.cells),
        cpu_ns=after.cpu_ns - before.cpu_ns,
    )
    return Window(measured, seen, shown)


@dataclass(frozen=True, slots=True)
class Compared:
    """The rounds of a case: the board's windows, and Python curses showing the same screens after each."""

    case: Case
    rounds: Sequence[Measured]
    curses: Sequence[Played]
    last: Window

    @property
    def over_least(self) -> float:
        """Bytes."""
        return median(measured.over_least for measured in self.rounds)

    @property
    def unneeded(self) -> int:
        """Bytes of frames that changed nothing, in all rounds."""
        return sum(measured.unneeded for measured in self.rounds)

    @property
    def over_curses(self) -> float:
        """Bytes."""
        return median(ours.bytes / theirs.bytes for ours, theirs in zip(self.rounds, self.curses, strict=True))

    @property
    def cpu_over_curses(self) -> float:
        return median(ours.cpu_ns / theirs.cpu_ns for ours, theirs in zip(self.rounds, self.curses, strict=True))

    @property
    def cpu_ms_a_second(self) -> float:
        return median(measured.cpu_ns / measured.seconds / 1e6 for measured in self.rounds)

    @property
    def bytes_a_second(self) -> float:
        return median(measured.bytes / measured.seconds for measured in self.rounds)


def compared(case: Case, seconds: float, rounds: int, *, with_curses: bool = True) -> Compared:
    """The board, then curses, and again."""
    ours, theirs = [], []
    for _ in range(rounds):
        seen = window(case, seconds)
        ours.append(seen.measured)
        if with_curses:
            theirs.append(curses_plays(seen.pages, seen.frames, SIZE))
    return Compared(case, ours, theirs, seen)


def watched(seen: Window) -> float:
    """Bytes a second of `watch` showing the text of the same screens, one a second."""
    every_second: list[Page] = []
    last = 0.0
    for page, frame in zip(seen.pages[1:], seen.frames, strict=True):
        if not every_second or frame.began - last >= 0.8:
            every_second.append(page)
            last = frame.began
    return watch_plays(every_second, SIZE).bytes / max(1, len(every_second) - 1)
