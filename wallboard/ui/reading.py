"""Puts what is drawn into the order in which it is read, last of all: Hebrew stands from right to left.

Every text of the program is in the order in which it is read. Widgets draw it so; only these filters turn it, and what
they turned must not pass them again.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from unicodedata import combining

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from wallboard.language.bidi import LRM, PDF, RLE, Direction, Shaped, base_direction, holds, is_turned, shape
from wallboard.ui.terminal.direction import TextMode

Styled = tuple[str, Style | None]  # a character

_WORD = re.compile(r"\S+")
# In a sentence these run from left to right as they are, whatever stands beside them: paths, numbers to be dialled.
_ATOM = re.compile(r"(?<![\w/+*.-])(?:/[A-Za-z0-9/._~-]+|\+\d[\d-]*|\d[\d-]{5,}\d|•+\d*)(?!\w)")
_IN_PLACE_OF_AN_ATOM = "\N{OBJECT REPLACEMENT CHARACTER}"
# What is no part of a line's text: blanks, frames, and one cell of a border that is drawn in halves of blocks.
_FRAME = re.compile("(?:[▀▄█▌▊▎▏▐▕](?![▀-▟]))?[ ─-╿]*")
_BETWEEN = re.compile(" {2,}| *[─-▟]+ *")  # columns


class CellOrder(LineFilter):
    """For lines of a table: each segment is a cell, and has nothing to do with its neighbours."""

    def __init__(self, mode: TextMode) -> None:
        super().__init__()
        self.mode = mode

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        if self.mode == "off" or not _are_turned(segments):
            return segments
        return [
            segment if segment.control else Segment(_cell(segment.text, self.mode), segment.style)
            for segment in segments
        ]


class LineOrder(LineFilter):
    """For all other lines: a text goes on over all segments of a line.

    What blanks or frames keep apart are texts by themselves. In a language that is read from the left they stay in
    their places; in one that is read from the right a line with such letters begins at the right with the first.
    """

    def __init__(self, mode: TextMode, *, is_from_right: bool) -> None:
        super().__init__()
        self.mode = mode
        self.is_from_right = is_from_right

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        if self.mode == "off" or not _are_turned(segments):
            return segments
        controls = [segment for segment in segments if segment.control]
        texts = [segment for segment in segments if not segment.control]
        return [*controls, *joined(self._ordered(styled(texts)))]

    def _ordered(self, characters: Sequence[Styled]) -> Iterator[Styled]:
        text = "".join(character for character, _ in characters)
        start, end = _core(text)
        is_whole_turned = self.is_from_right and holds(text, "rtl")
        pieces = [
            ordered(characters[first:last], self._base(text[first:last], is_whole_turned=is_whole_turned), self.mode)
            if is_text
            else characters[first:last][:: -1 if is_whole_turned else 1]
            for first, last, is_text in _pieces(text, start, end)
        ]
        yield from characters[:start]
        for piece in reversed(pieces) if is_whole_turned else pieces:
            yield from piece
        yield from characters[end:]

    def _base(self, text: str, *, is_whole_turned: bool) -> Direction:
        """The interface's own where any letter runs so; that of its line for words that belong to one."""
        if is_whole_turned:
            return "rtl" if holds(text, "rtl") or holds(text, "ltr") else "ltr"
        return "ltr" if holds(text, "ltr") else base_direction(text)


@lru_cache
def cell_order(mode: TextMode) -> CellOrder:
    """The one filter of its kind: lines remember by it what it made of them."""
    return CellOrder(mode)


@lru_cache
def line_order(mode: TextMode, *, is_from_right: bool) -> LineOrder:
    """As above."""
    return LineOrder(mode, is_from_right=is_from_right)


def by_cells(filters: Sequence[LineFilter]) -> list[LineFilter]:
    """The same for lines whose segments are cells."""
    return [cell_order(each.mode) if isinstance(each, LineOrder) else each for each in filters]


def without_order(filters: Sequence[LineFilter]) -> list[LineFilter]:
    """Those that turn nothing: for a screen that shows through itself the lines of the one below, which are turned."""
    return [each for each in filters if not isinstance(each, LineOrder)]


def ordered(characters: Sequence[Styled], base: Direction, mode: TextMode) -> Sequence[Styled]:
    """One text, each character with its style.

    Args:
        characters: as they are read.
        base: the text's own direction.
        mode: whatever but `off`.
    """
    text = "".join(character for character, _ in characters)
    if base == "ltr" and not is_turned(text):
        return characters
    if mode == "logical":
        before, after = _fence(base)
        return [(before, characters[0][1]), *characters, (after, characters[-1][1])]
    shown = sentence_turned(text, base, mode)
    return [(character, characters[place][1]) for character, place in zip(shown.text, shown.order, strict=True)]


@lru_cache(8192)
def turned(text: str, base: Direction, mode: TextMode) -> Shaped:
    """A text as it is written to a terminal that turns nothing (`visual`) or words alone (`words`)."""
    return _by_words(text, shape(text, base)) if mode == "words" else shape(text, base)


@lru_cache(8192)
def sentence_turned(text: str, base: Direction, mode: TextMode) -> Shaped:
    """As above, for a line of words: what is an atom in it stays as it is."""
    places: list[range] = []  # of the text, for each character of what is turned
    end = 0
    for atom in _ATOM.finditer(text):
        places += [range(place, place + 1) for place in range(end, atom.start())]
        places.append(range(*atom.span()))
        end = atom.end()
    if not end:
        return turned(text, base, mode)
    places += [range(place, place + 1) for place in range(end, len(text))]
    shown = turned("".join(text[each.start] if len(each) == 1 else _IN_PLACE_OF_AN_ATOM for each in places), base, mode)
    order = [place for each in shown.order for place in places[each]]
    pieces = [
        character if len(places[each]) == 1 else text[places[each].start : places[each].stop]
        for character, each in zip(shown.text, shown.order, strict=True)
    ]
    return Shaped("".join(pieces), tuple(order))


def _by_words(text: str, shaped: Shaped) -> Shaped:
    """Each word that begins with a right-to-left letter as it is read, for the terminal will turn it."""
    shown, order = list(shaped.text), list(shaped.order)
    for word in _WORD.finditer(shaped.text):
        if base_direction(word[0]) == "rtl":
            letters = _with_marks(word[0])[::-1]
            places = [shaped.order[word.start() + i] for letter in letters for i in letter]
            order[word.start() : word.end()] = places
            shown[word.start() : word.end()] = [text[place] for place in places]
    return Shaped("".join(shown), tuple(order))


def _with_marks(word: str) -> list[range]:
    """The places of each letter and the marks behind it."""
    starts = [place for place, character in enumerate(word) if not place or not combining(character)]
    return [range(start, end) for start, end in zip(starts, [*starts[1:], len(word)], strict=True)]


def styled(segments: Iterable[Segment]) -> list[Styled]:
    """Characters one by one."""
    return [(character, segment.style) for segment in segments for character in segment.text]


def joined(characters: Iterable[Styled]) -> list[Segment]:
    """As few segments as their styles allow."""
    return [
        Segment("".join(character for character, _ in group), style)
        for style, group in groupby(characters, key=lambda each: each[1])
    ]


@lru_cache(8192)
def _cell(text: str, mode: TextMode) -> str:
    start, end = _core(text)
    core = text[start:end]
    if not is_turned(core):
        return text
    base = base_direction(core)
    if mode == "logical":
        before, after = _fence(base)
        return f"{text[:start]}{before}{core}{after}{text[end:]}"
    return f"{text[:start]}{turned(core, base, mode).text}{text[end:]}"


def _fence(base: Direction) -> tuple[str, str]:
    """What keeps a text apart in a terminal that takes the whole line for one text from left to right."""
    return (LRM + RLE, PDF + LRM) if base == "rtl" else (LRM, LRM)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each text and of each gap between two; True: it is a text."""
    for gap in _BETWEEN.finditer(text, start, end):
        yield start, gap.start(), True
        yield gap.start(), gap.end(), False
        start = gap.end()
    yield start, end, True


def _core(text: str) -> tuple[int, int]:
    """Start and end of a line's text within its blanks and its frame."""
    start = match.end() if (match := _FRAME.match(text)) else 0
    behind = match.end() if (match := _FRAME.match(text[:start:-1])) else 0
    return start, len(text) - behind


def _are_turned(segments: Iterable[Segment]) -> bool:
    return any(is_turned(segment.text) for segment in segments if not segment.control)
