"""What a terminal shows after any bytes: a log of a run is replayed into screens."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

import pyte
from pyte.screens import Char, Margins
from wcwidth import wcwidth

from tests.programs import Chunk

FRAME_GAP_SECONDS = 0.02  # what is written closer together is one frame

# What pyte would print as text or misread: keyboard protocols and questions with a `>`, `<`, `=` or `$` in them.
_PRIVATE = re.compile(rb"\x1b\[[<>=?][0-9;]*\$?[a-zA-Z]")
_PRIVATE_MODE = re.compile(rb"\x1b\[\?[0-9;]+[hl]")
_MODE_QUESTION = re.compile(rb"\x1b\[[0-9;]*\$p")
_STRING = re.compile(rb"\x1b[P_X^][^\x1b\x07]*(?:\x1b\\|\x07)")
_COLONS = re.compile(rb"([34]8):2:\d*:(\d+):(\d+):(\d+)")
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-9;:<>=?$]*|[P_X^][^\x1b\x07]*\x1b?)?\Z")


class Style(NamedTuple):
    """How a cell looks; colours as pyte names them: `default`, `red`, `ff8000`."""

    foreground: str = "default"
    background: str = "default"
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    reverse: bool = False
    blink: bool = False


PLAIN = Style()


class Cell(NamedTuple):
    """What stands in a cell; the second half of a wide letter is empty."""

    text: str
    style: Style


Row = tuple[Cell, ...]
Page = tuple[Row, ...]


class _Screen(pyte.Screen):
    """pyte's, with what it does not know: scrolling of a region and repeating a letter."""

    _last = " "

    def draw(self, data: str) -> None:
        super().draw(data)
        if data and wcwidth(data[-1]) > 0:
            self._last = data[-1]

    def repeat(self, count: int | None = None) -> None:
        super().draw(self._last * (count or 1))

    def scroll_up(self, count: int | None = None) -> None:
        self._scroll(count or 1)

    def scroll_down(self, count: int | None = None) -> None:
        self._scroll(-(count or 1))

    def _scroll(self, by: int) -> None:
        top, bottom = self.margins or Margins(0, self.lines - 1)
        where = (self.cursor.x, self.cursor.y)
        self.cursor.y = top
        if by > 0:
            self.delete_lines(by)
        else:
            self.insert_lines(-by)
        self.cursor.x, self.cursor.y = where
        self.dirty.update(range(top, bottom + 1))


class _Stream(pyte.ByteStream):
    csi = {  # noqa: RUF012 - as pyte declares it
        **pyte.ByteStream.csi,
        "S": "scroll_up",
        "T": "scroll_down",
        "b": "repeat",
    }
    events = frozenset(chain(pyte.ByteStream.events, csi.values()))


class Replay:
    """A terminal of this size that is fed what a program wrote."""

    def __init__(self, size: tuple[int, int]) -> None:
        self._screen = _Screen(*size)
        self._stream = _Stream(self._screen)
        self._unfinished = b""
        self._rows: list[Row] = []
        self._screen.dirty.update(range(self._screen.lines))

    def feed(self, data: bytes) -> None:
        data = self._unfinished + data
        unfinished = _UNFINISHED.search(data)
        end = unfinished.start() if unfinished else len(data)
        self._unfinished = data[end:]
        known = _MODE_QUESTION.sub(b"", _STRING.sub(b"", data[:end]))
        known = _PRIVATE.sub(lambda found: found[0] if _PRIVATE_MODE.fullmatch(found[0]) else b"", known)
        self._stream.feed(_COLONS.sub(rb"\1;2;\2;\3;\4", known))

    def resize(self, columns: int, lines: int) -> None:
        self._screen.resize(lines, columns)
        self._rows = []
        self._screen.dirty.update(range(lines))

    def page(self) -> Page:
        """What is shown now; rows that did not change are the same objects."""
        screen = self._screen
        if not self._rows:
            self._rows = [()] * screen.lines
        for y in screen.dirty:
            if y < screen.lines:
                row = _row(screen.buffer[y], screen.columns)
                if row != self._rows[y]:
                    self._rows[y] = row
        screen.dirty.clear()
        return tuple(self._rows)


def _row(line: Any, columns: int) -> Row:
    cells: list[Cell] = []
    chars: list[Char] = [line[x] for x in range(columns)]
    for x, char in enumerate(chars):
        text = char.data
        if not text and not (x and _is_wide(chars[x - 1].data)):
            text = " "  # the other half is written over
        elif _is_wide(text) and (x + 1 == columns or chars[x + 1].data):
            text = " "
        cells.append(_cell(text, char))
    return tuple(cells)


def _is_wide(text: str) -> bool:
    return bool(text) and wcwidth(text[0]) == 2


def _cell(text: str, char: Char) -> Cell:
    if text == " " and not (char.underscore or char.strikethrough or char.reverse):
        return Cell(text, Style(background=char.bg))  # in which colour nothing is written nobody sees
    return Cell(
        text,
        Style(
            char.fg,
            char.bg,
            char.bold,
            char.italics,
            char.underscore,
            char.strikethrough,
            char.reverse,
            char.blink,
        ),
    )


def text_of(page: Page) -> list[str]:
    """The letters alone, a line each."""
    return ["".join(cell.text for cell in row).rstrip() for row in page]


class Frame(NamedTuple):
    """What was written at once. `start` and `end` are offsets into the log."""

    began: float
    ended: float
    start: int
    end: int


def frames(chunks: Sequence[Chunk], start: int = 0, end: int | None = None) -> list[Frame]:
    """The chunks of a log between two offsets, gathered into frames."""
    gathered: list[Frame] = []
    at = 0
    for chunk in chunks:
        begin, at = at, chunk.end
        if begin < start or (end is not None and chunk.end > end):
            continue
        last = gathered[-1] if gathered else None
        if last is not None and chunk.moment - last.ended <= FRAME_GAP_SECONDS:
            gathered[-1] = last._replace(ended=chunk.moment, end=chunk.end)
        else:
            gathered.append(Frame(chunk.moment, chunk.moment, begin, chunk.end))
    return gathered


def pages(
    raw: bytes, shown: Sequence[Frame], size: tuple[int, int], seen: Callable[[], None] = lambda: None
) -> Iterator[Page]:
    """The screen before the first of these frames, and after each."""
    replay = Replay(size)
    replay.feed(raw[: shown[0].start] if shown else raw)
    yield replay.page()
    for frame in shown:
        replay.feed(raw[frame.start : frame.end])
        seen()
        yield replay.page()
