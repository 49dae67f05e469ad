"""Puts a line of text into the order in which it stands on the screen: Hebrew from right to left.

Text is in the order in which it is read everywhere in the program; this is for the very last moment before it is
drawn, after it has been cut to its room. What was put in order once must not be put in order again.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from wallboard.language.bidi_levels import class_of, levels, reordered
from wallboard.language.bidi_pairs import MIRROR_OF

Direction = Literal["ltr", "rtl"]

LRM, RLM, RLE, PDF = "\u200e", "\u200f", "\u202b", "\u202c"
_MARKS_AND_CONTROLS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_FROM_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff"
_CONTROL = re.compile(f"[{_MARKS_AND_CONTROLS}]")
_TO_TURN = re.compile(f"[{_FROM_RIGHT}{_MARKS_AND_CONTROLS}]")
_LEVEL_OF: dict[Direction, int] = {"ltr": 0, "rtl": 1}
_STRONG: dict[str, Direction] = {"L": "ltr", "R": "rtl", "AL": "rtl"}
_WITHOUT_WIDTH = frozenset({"NSM", "BN"})


class Shaped(NamedTuple):
    """A line as it stands from left to right.

    Args:
        text: the characters; brackets that run from right to left are mirrored, direction marks are gone.
        order: for each of them its place in the text as it is read.
    """

    text: str
    order: Sequence[int]


def is_turned(text: str) -> bool:
    """Whether anything in the text runs from right to left, or says how text runs; costs next to nothing."""
    return _TO_TURN.search(text) is not None


def base_direction(text: str) -> Direction:
    """The direction of the first letter that has one (P2, P3); digits and signs have none, and `ltr` is for them."""
    if not is_turned(text):
        return "ltr"
    return next((_STRONG[name] for name in map(class_of, text) if name in _STRONG), "ltr")


@lru_cache(4096)
def holds(text: str, direction: Direction) -> bool:
    """Whether the text has a letter of this direction."""
    return any(_STRONG.get(class_of(character)) == direction for character in text)


def shape(text: str, base: Direction | None = None) -> Shaped:
    """The line as it stands from left to right; the very same text where nothing in it is turned.

    Args:
        text: one line, as it is read. Its direction marks (LRM, RLM, ALM) count and go; other controls just go.
        base: the line's own direction; None: that of its first letter.
    """
    if base != "rtl" and not is_turned(text):
        return Shaped(text, range(len(text)))
    return _shaped(text, base or base_direction(text))


@lru_cache(8192)
def _shaped(text: str, base: Direction) -> Shaped:
    resolved = levels(text, _LEVEL_OF[base])
    order = [place for place in _with_marks_behind(text, reordered(resolved)) if not _CONTROL.match(text[place])]
    shown = (MIRROR_OF.get(text[place], text[place]) if resolved[place] % 2 else text[place] for place in order)  # L4
    return Shaped("".join(shown), tuple(order))


def _with_marks_behind(text: str, order: Sequence[int]) -> list[int]:
    """L3: what has no width stands right behind its letter, as terminals want it."""
    is_mark = [class_of(character) in _WITHOUT_WIDTH or bool(_CONTROL.match(character)) for character in text]
    is_mark[:1] = [False]  # behind no letter
    if not any(is_mark):
        return list(order)
    placed: list[int] = []
    for place in order:
        if is_mark[place]:
            continue
        placed.append(place)
        mark = place + 1
        while mark < len(text) and is_mark[mark]:
            placed.append(mark)
            mark += 1
    return placed
