"""The levels of a line's characters by the Unicode Bidirectional Algorithm (UAX #9): one function for each rule.

Even levels run from left to right, odd ones from right to left. There are no embeddings, overrides or isolates here:
their controls count as nothing. So a whole line is what the standard calls one isolating run sequence, and its
classes are changed in place by one rule after the other.
"""

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from typing import TypeVar

from wallboard.language.bidi_pairs import CLOSING_OF, SAME_BRACKET

_OPENING_OF = {closing: opening for opening, closing in CLOSING_OF.items()}
_CONTROLS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
_NUMBERS = frozenset({"EN", "AN"})
_STRONG = frozenset({"L", "R", "AL"})
_SEPARATORS = frozenset({"ES", "ET", "CS"})
_NEUTRAL = frozenset({"ON", "WS", "S", "B"})
_ENDS = frozenset({"S", "B"})
_BLANKS = frozenset({"WS", "BN"})
_DIRECTION_OF = {"L": "L", "R": "R", "EN": "R", "AN": "R"}  # for brackets and neutrals a number is like a letter of R
_MOST_OPEN_BRACKETS = 63  # the standard's own bound

T = TypeVar("T")


def class_of(character: str) -> str:
    """The character's class; what no rule is for counts as `BN`, which is passed over."""
    name = unicodedata.bidirectional(character) or "L"
    return "BN" if name in _CONTROLS else name


def levels(text: str, base: int) -> list[int]:
    """The level of each character of a line.

    Args:
        text: the line.
        base: its own level: 0 from left to right, 1 from right to left.
    """
    before = [class_of(character) for character in text]
    places = [place for place, name in enumerate(before) if name != "BN"]  # X9
    outside = "R" if base else "L"
    originals = [before[place] for place in places]
    classes = originals.copy()
    _w1_marks_are_as_what_they_stand_on(classes, outside)
    _w2_numbers_after_arabic(classes)
    _w3_arabic_letters_run_from_right(classes)
    _w4_one_separator_within_a_number(classes)
    _w5_signs_beside_a_number(classes)
    _w6_other_separators_are_neutral(classes)
    _w7_numbers_after_latin(classes, outside)
    _n0_brackets(classes, [text[place] for place in places], originals, outside)
    _n1_n2_neutrals(classes, outside)
    found = dict(zip(places, (_level(name, base) for name in classes), strict=True))  # I1, I2
    resolved: list[int] = []
    for place in range(len(text)):
        resolved.append(found.get(place, resolved[-1] if resolved else base))
    _l1_blanks_at_ends(resolved, before, base)
    return resolved


def reordered(resolved: Sequence[int]) -> list[int]:
    """L2: places of the characters as they stand from left to right."""
    order = list(range(len(resolved)))
    lowest_odd = min((level for level in resolved if level % 2), default=None)
    if lowest_odd is None:
        return order
    for least in range(max(resolved), lowest_odd - 1, -1):
        is_deep = [resolved[place] >= least for place in order]
        for start, end in _runs(is_deep, (True,)):
            order[start:end] = order[start:end][::-1]
    return order


def _w1_marks_are_as_what_they_stand_on(classes: list[str], outside: str) -> None:
    before = outside
    for place, name in enumerate(classes):
        if name == "NSM":
            classes[place] = before
        before = classes[place]


def _w2_numbers_after_arabic(classes: list[str]) -> None:
    strong = ""
    for place, name in enumerate(classes):
        if name in _STRONG:
            strong = name
        elif name == "EN" and strong == "AL":
            classes[place] = "AN"


def _w3_arabic_letters_run_from_right(classes: list[str]) -> None:
    classes[:] = ["R" if name == "AL" else name for name in classes]


def _w4_one_separator_within_a_number(classes: list[str]) -> None:
    for place in range(1, len(classes) - 1):
        before, name, after = classes[place - 1 : place + 2]
        if before == after and ((name == "CS" and before in _NUMBERS) or (name == "ES" and before == "EN")):
            classes[place] = before


def _w5_signs_beside_a_number(classes: list[str]) -> None:
    for start, end in _runs(classes, ("ET",)):
        if "EN" in (*classes[max(0, start - 1) : start], *classes[end : end + 1]):
            classes[start:end] = ["EN"] * (end - start)


def _w6_other_separators_are_neutral(classes: list[str]) -> None:
    classes[:] = ["ON" if name in _SEPARATORS else name for name in classes]


def _w7_numbers_after_latin(classes: list[str], outside: str) -> None:
    strong = outside
    for place, name in enumerate(classes):
        if name in _STRONG:
            strong = name
        elif name == "EN" and strong == "L":
            classes[place] = "L"


def _n0_brackets(classes: list[str], characters: Sequence[str], originals: Sequence[str], outside: str) -> None:
    """Both brackets of a pair run as what is in them, and the marks on them as well."""
    for opening, closing in _bracket_pairs(classes, characters):
        direction = _direction_of_pair(classes, opening, closing, outside)
        if direction is None:
            continue
        for bracket in (opening, closing):
            classes[bracket] = direction
            for mark in range(bracket + 1, len(classes)):
                if originals[mark] != "NSM":
                    break
                classes[mark] = direction


def _bracket_pairs(classes: Sequence[str], characters: Sequence[str]) -> list[tuple[int, int]]:
    """Places of opening and closing brackets that belong together, in the order of the opening ones (BD16)."""
    is_open: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for place, character in enumerate(characters):
        if classes[place] != "ON":
            continue
        bracket = SAME_BRACKET.get(character, character)
        if bracket in CLOSING_OF:
            if len(is_open) == _MOST_OPEN_BRACKETS:
                break
            is_open.append((CLOSING_OF[bracket], place))
        elif bracket in _OPENING_OF:
            matching = next((i for i in reversed(range(len(is_open))) if is_open[i][0] == bracket), None)
            if matching is not None:
                pairs.append((is_open[matching][1], place))
                del is_open[matching:]
    return sorted(pairs)


def _direction_of_pair(classes: Sequence[str], opening: int, closing: int, outside: str) -> str | None:
    """None where nothing in the brackets has a direction."""
    inside = {_DIRECTION_OF[name] for name in classes[opening + 1 : closing] if name in _DIRECTION_OF}
    if not inside or outside in inside:
        return outside if inside else None
    # All of it runs the other way. The brackets do so too if what stands before them does.
    return next((_DIRECTION_OF[name] for name in reversed(classes[:opening]) if name in _DIRECTION_OF), outside)


def _n1_n2_neutrals(classes: list[str], outside: str) -> None:
    """Neutrals between two of one direction take it, others that of the line."""
    for start, end in _runs(classes, _NEUTRAL):
        before = _DIRECTION_OF[classes[start - 1]] if start else outside
        after = _DIRECTION_OF[classes[end]] if end < len(classes) else outside
        classes[start:end] = [before if before == after else outside] * (end - start)


def _level(name: str, base: int) -> int:
    """I1, I2."""
    if base:
        return 1 if name == "R" else 2
    return {"L": 0, "R": 1}.get(name, 2)


def _l1_blanks_at_ends(resolved: list[int], before: Sequence[str], base: int) -> None:
    """Separators, and blanks before them or at the end, have the line's own level."""
    is_at_end = True
    for place in reversed(range(len(resolved))):
        is_at_end = before[place] in _ENDS or (is_at_end and before[place] in _BLANKS)
        if is_at_end:
            resolved[place] = base


def _runs(items: Sequence[T], members: Collection[T]) -> Iterator[tuple[int, int]]:
    """Start and end of each unbroken run of members; what is changed in a run that was given makes no other."""
    start = None
    for place, item in enumerate(items):
        if item in members:
            start = place if start is None else start
        elif start is not None:
            yield start, place
            start = None
    if start is not None:
        yield start, len(items)
