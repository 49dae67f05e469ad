"""A picture in words and patches, composed from left to right and turned round whole where the layout is mirrored."""

import re
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from wallboard.ui.text import safe
from wallboard.ui.wall.glyphs import WHOLE, big, width_of

_INK = re.compile(f"{WHOLE}+|[^{WHOLE} ]+")


class Tone(StrEnum):
    """What a piece means; names of the component classes `tone--…`."""

    PLAIN = "plain"
    STRONG = "strong"
    LABEL = "label"
    MUTED = "muted"
    HEAD = "head"
    OK = "ok"
    WARN = "warn"
    WARN_BAND = "warn-band"
    BREACH = "breach"
    UNKNOWN = "unknown"
    OLD = "old"


class Piece(NamedTuple):
    """Some cells of one line in one tone. `is_solid`: whole blocks, whose ground has their colour, too.

    Else many fonts would leave stripes between the rows of a big figure.
    """

    text: str
    tone: Tone
    is_solid: bool = False


Line = tuple[Piece, ...]


class _Word(NamedTuple):
    x: int
    piece: Piece
    width: int


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells."""

    x: int
    y: int
    width: int
    height: int

    def holds(self, x: int, y: int) -> bool:
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


class Canvas:
    """So many columns and rows. Words must not overlap; patches lie below them, the later above the earlier."""

    def __init__(self, width: int, height: int, *, is_mirrored: bool = False) -> None:
        self.width = width
        self.height = height
        self._is_mirrored = is_mirrored
        self._words: dict[int, list[_Word]] = defaultdict(list)
        self._patches: list[tuple[Area, Tone]] = []

    def fill(self, area: Area, tone: Tone) -> None:
        """Lay a ground."""
        self._patches.append((Area(self._x(area.x, area.width), area.y, area.width, area.height), tone))

    def write(self, x: int, y: int, text: str, tone: Tone, room: int | None = None) -> int:
        """Words from `x` on, cut with an ellipsis to `room` columns; the columns they take."""
        room = self.width - x if room is None else min(room, self.width - x)
        text = fitted(safe(text), room)
        width = cell_len(text)
        if text and 0 <= y < self.height:
            self._words[y].append(_Word(self._x(x, width), Piece(text, tone), width))
        return width

    def write_big(self, x: int, y: int, text: str, scale: int, tone: Tone) -> int:
        """Big characters; the columns they take. They keep their order, also in a mirrored layout."""
        width = width_of(text, scale)
        left = self._x(x, width)
        for row, blocks in enumerate(big(text, scale)):
            for run in _INK.finditer(blocks):
                piece = Piece(run[0], tone, run[0][0] == WHOLE)
                self._words[y + row].append(_Word(left + run.start(), piece, len(run[0])))
        return width

    def lines(self) -> list[Line]:
        """Every row, each exactly as wide as the canvas."""
        return [self._line(y) for y in range(self.height)]

    def _x(self, x: int, width: int) -> int:
        return self.width - x - width if self._is_mirrored else x

    def _line(self, y: int) -> Line:
        pieces: list[Piece] = []
        x = 0
        for word in sorted(self._words[y]):
            pieces += self._ground(x, word.x, y)
            pieces.append(word.piece)
            x = word.x + word.width
        return tuple(pieces + self._ground(x, self.width, y))

    def _ground(self, start: int, end: int, y: int) -> list[Piece]:
        """Blanks between two columns, in the tones of the patches below."""
        edges = {edge for area, _ in self._patches for edge in (area.x, area.x + area.width) if start < edge < end}
        stops = sorted({start, *edges, end}) if start < end else []
        return [Piece(" " * (right - left), self._tone(left, y)) for left, right in pairwise(stops)]

    def _tone(self, x: int, y: int) -> Tone:
        return next((tone for area, tone in reversed(self._patches) if area.holds(x, y)), Tone.PLAIN)


def fitted(text: str, room: int) -> str:
    """The text, cut with an ellipsis to so many columns."""
    if cell_len(text) <= room:
        return text
    return set_cell_size(text, room - 1).rstrip() + "…" if room > 0 else ""


def wrapped(text: str, width: int, most: int) -> list[str]:
    """The text in lines of so many columns, broken between words; no more than `most`, the last with an ellipsis."""
    lines: list[str] = []
    for word in safe(text).split():
        if lines and cell_len(lines[-1]) + 1 + cell_len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    kept = [fitted(line, width) for line in lines[:most]]
    if len(lines) > most:
        kept[-1] = fitted(f"{kept[-1]} …", width)
    return kept
