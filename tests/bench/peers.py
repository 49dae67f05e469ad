"""The peers: other programs made to show what the board showed."""

import pickle
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.bench.screens import Cell, Frame, Page, Replay, Row, Style, text_of
from tests.e2e.terminal import environment
from tests.programs import Program

LEAD_SECONDS = 2.0  # between the first screen and the moments' beginning
_TAIL_SECONDS = 0.5

Part = tuple[int, str, Style]
Reel = Sequence[tuple[float, Sequence[Sequence[Part]]]]  # when, in seconds; the lines' parts of one look


class Played(NamedTuple):
    """What showing the screens after the first cost a peer; `wrong` cells were not as asked at the end."""

    bytes: int
    cpu_ns: int
    wrong: int


def curses_plays(pages: Sequence[Page], shown: Sequence[Frame], size: tuple[int, int]) -> Played:
    """Python curses; `pages` begins with the screen before the first frame."""
    began = shown[0].began
    moments = [0.0, *(frame.began - began + 0.01 for frame in shown)]
    reel: Reel = [(moment, [_parts(row) for row in page]) for moment, page in zip(moments, pages, strict=True)]
    with tempfile.TemporaryDirectory(prefix="bench-") as home:
        path = Path(home) / "reel.pickle"
        path.write_bytes(pickle.dumps(reel))
        environ = environment(Path(home), {"TERM": "xterm-direct", "LC_ALL": "C.UTF-8", "PYTHONWARNINGS": "ignore"})
        with Program([sys.executable, "-m", "tests.bench.curses_peer", str(path)], environ, size=size) as program:
            program.until(lambda: program.chunks or program.process.poll() is not None, "curses began", 30)
            program.until_quiet(0.5)
            assert program.process.poll() is None, bytes(program.raw).decode()
            before, start = program.figures(), len(program.raw)
            time.sleep(LEAD_SECONDS + moments[-1] + _TAIL_SECONDS)
            after, written = program.figures(), bytes(program.raw)
    replay = Replay(size)
    replay.feed(written)
    return Played(len(written) - start, after.cpu_ns - before.cpu_ns, _wrong(replay.page(), pages[-1]))


def _parts(row: Row) -> list[Part]:
    """Blanks are given the look of what stands before them where that is the same to see, as programs do."""
    parts: list[Part] = []
    for x, cell in enumerate(row):
        if parts and (parts[-1][2] == cell.style or _looks_like(cell, parts[-1][2])):
            parts[-1] = (parts[-1][0], parts[-1][1] + cell.text, parts[-1][2])
        else:
            parts.append((x, cell.text, cell.style))
    return parts


def _looks_like(cell: Cell, style: Style) -> bool:
    """Whether a blank would be seen as it is with this style."""
    has_marks = style.underline or style.strike or style.reverse
    return cell == Cell(" ", Style(background=style.background)) and not has_marks


def _wrong(shown: Page, asked: Page) -> int:
    """Cells that are not as asked; that direct colours have no black but the palette's is let pass."""
    return sum(
        old.text != new.text or _without_black(old.style) != _without_black(new.style)
        for before, after in zip(shown, asked, strict=True)
        for old, new in zip(before, after, strict=True)
    )


def _without_black(style: Style) -> Style:
    plain = {"000000": "black"}
    return style._replace(
        foreground=plain.get(style.foreground, style.foreground),
        background=plain.get(style.background, style.background),
    )


def watch_plays(pages: Iterable[Page], size: tuple[int, int]) -> Played:
    """`watch -n1 -t cat FILE`, the file being the next screen's text each second; without colours."""
    with tempfile.TemporaryDirectory(prefix="bench-") as home:
        path = Path(home) / "page.txt"
        texts = ["\n".join(text_of(page)) + "\n" for page in pages]
        path.write_text(texts[0], "utf-8")
        environ = environment(Path(home), {"LC_ALL": "C.UTF-8"})
        with Program(["watch", "-n1", "-t", "cat", str(path)], environ, size=size) as program:
            program.until(lambda: len(program.raw) > len(texts[0]) / 2, "watch began")
            program.until_quiet(0.2)
            before, start = program.figures(), len(program.raw)
            for text in texts[1:]:
                next_page = path.with_suffix(".new")
                next_page.write_text(text, "utf-8")
                next_page.replace(path)
                time.sleep(1)
            time.sleep(_TAIL_SECONDS)
            after, end = program.figures(), len(program.raw)
    return Played(end - start, after.cpu_ns - before.cpu_ns, 0)
