"""The order of a line on the screen: Unicode's own test, lines of a call center, and what holds for any text."""

import hashlib
import os
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.language.bidi_cases import CASES
from wallboard.language.bidi import Direction, base_direction, holds, is_turned, shape
from wallboard.language.bidi_levels import levels, reordered
from wallboard.language.bidi_pairs import CLOSING_OF, MIRROR_OF

VENDORED = Path(__file__).parents[1] / "fixtures" / "unicode" / "BidiCharacterTest.txt"
WHOLE = Path(os.environ.get("UNICODE_DATA", "/nowhere"))  # a directory with BidiCharacterTest.txt and its like, 15.0 on
LEFT_OUT = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
CONTROLS = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
JOINERS = "\u200d\ufe0e\ufe0f"  # they make one character of several; nothing of the kind reaches a line
LETTERS = "אבגךםשׁקA1b2٣ة (){}[]<>«».,:+-/%₪'\"־׳״–…\u05b7\u05c1\u0301你｢é" + "".join(sorted(CONTROLS))
LINES = st.text(
    st.one_of(st.sampled_from(LETTERS), st.characters(exclude_categories=["Cs"], exclude_characters=JOINERS)),
    max_size=40,
)
BASES: st.SearchStrategy[Direction | None] = st.sampled_from(["ltr", "rtl", None])


def failures(path: Path) -> tuple[int, list[str]]:
    """How many lines were tried, and those whose levels or order came out otherwise."""
    tried, failed = 0, []
    for line in path.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        points, direction, level, expected, order = line.split(";")
        text = "".join(chr(int(point, 16)) for point in points.split())
        if LEFT_OUT & set(map(unicodedata.bidirectional, text)):
            continue
        tried += 1
        base = int(direction) if direction in "01" else int(base_direction(text) == "rtl")
        found = levels(text, base)
        wanted = [None if each == "x" else int(each) for each in expected.split()]
        shown = [place for place in reordered(found) if wanted[place] is not None]
        is_right = all(want in {None, have} for want, have in zip(wanted, found, strict=True))
        if not is_right or base != int(level) or shown != [int(each) for each in order.split()]:
            failed.append(line)
    return tried, failed


def test_unicodes_own_lines_come_out_as_they_say() -> None:
    tried, failed = failures(VENDORED)
    assert (tried, failed) == (4789, [])


def test_all_of_unicodes_lines_come_out_as_they_say() -> None:
    if not (WHOLE / "BidiCharacterTest.txt").exists():
        pytest.skip("UNICODE_DATA names no directory with BidiCharacterTest.txt")
    tried, failed = failures(WHOLE / "BidiCharacterTest.txt")
    assert not failed
    assert tried > 90_000


def test_the_pairs_are_all_of_unicodes() -> None:
    if not (WHOLE / "BidiMirroring.txt").exists():
        pytest.skip("UNICODE_DATA names no directory with BidiMirroring.txt")

    def rows(name: str) -> list[list[str]]:
        lines = (line.partition("#")[0] for line in (WHOLE / name).read_text("utf-8").splitlines())
        return [[field.strip() for field in line.split(";")] for line in lines if line.strip()]

    assert {chr(int(a, 16)): chr(int(b, 16)) for a, b in rows("BidiMirroring.txt")} == MIRROR_OF
    brackets = {chr(int(a, 16)): chr(int(b, 16)) for a, b, kind in rows("BidiBrackets.txt") if kind == "o"}
    assert brackets == CLOSING_OF


def test_whatever_is_mirrored_is_a_sign_with_a_mirror() -> None:
    assert all(unicodedata.mirrored(each) and MIRROR_OF[MIRROR_OF[each]] == each for each in MIRROR_OF)


def test_the_lines_of_a_call_center_are_those_that_were_read_in_terminals() -> None:
    kept = "\n".join("\t".join(({"rtl": "R", "ltr": "L"}[base], text, shown)) for base, text, shown in CASES)
    known = "07d67502102401e90d1e8f0b0e6572d7411475cebb2a75871f7536429cdd4aa3"
    assert (len(CASES), hashlib.sha256(kept.encode()).hexdigest()) == (25, known)


@pytest.mark.parametrize(("base", "text", "shown"), CASES, ids=[ascii(text) for _, text, _ in CASES])
def test_a_line_of_a_call_center_stands_as_it_is_read(base: Direction, text: str, shown: str) -> None:
    assert base_direction(text) == base
    assert shape(text).text == shape(text, base).text == shown


def test_what_is_cut_ends_on_the_left() -> None:
    assert shape("שירות לקו…").text == "…וקל תוריש"


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("", "ltr"),
        ("050-1", "ltr"),
        ("(3) תור", "rtl"),
        ("5 Sales תור", "ltr"),
        ("\u200fSales", "rtl"),
        ("٣ ab", "ltr"),
    ],
)
def test_the_first_letter_gives_the_direction(text: str, base: Direction) -> None:
    assert base_direction(text) == base


def test_letters_of_a_direction_are_found_wherever_they_are() -> None:
    assert holds("12 תור A", "ltr")
    assert holds("A 12 ת", "rtl")
    assert not holds("12 (3)", "ltr")


def test_no_letter_from_the_right_is_overlooked() -> None:
    """The quick look is at blocks, the rules at each character."""
    every = (chr(point) for point in range(0x110000))
    assert not [
        ascii(each) for each in every if unicodedata.bidirectional(each) in {"R", "AL", "AN"} and not is_turned(each)
    ]


@pytest.mark.parametrize("text", ["Sales (3) 050-000", "", "é 你好 ½", "▁▂▃ ● –"])
def test_a_line_from_the_left_is_the_very_same(text: str) -> None:
    assert shape(text).text is text
    assert shape(text, "ltr").text is text
    assert list(shape(text).order) == list(range(len(text)))


def test_a_line_is_put_in_order_once() -> None:
    assert shape("תור (1)") is shape("תור" + " (1)")


@given(LINES, BASES)
def test_every_character_but_controls_stands_somewhere_once(text: str, base: Direction | None) -> None:
    shown, order = shape(text, base)
    assert sorted(order) == [place for place, each in enumerate(text) if each not in CONTROLS]
    assert len(shown) == len(order)
    assert all(each in {text[place], MIRROR_OF.get(text[place])} for each, place in zip(shown, order, strict=True))


@given(LINES, BASES)
def test_a_line_is_as_wide_as_it_was_and_its_marks_stay_on_their_letters(text: str, base: Direction | None) -> None:
    shown, order = shape(text, base)
    assert cell_len(shown) == cell_len("".join(each for each in text if each not in CONTROLS))
    for before, after in pairwise(order):
        if unicodedata.category(text[after]) == "Mn" and after and text[after - 1] not in CONTROLS:
            assert before == after - 1


@given(st.text(st.sampled_from("abc 12(-)[٣]"), max_size=20))
def test_numbers_keep_their_digits_in_order(text: str) -> None:
    line = f"א {text} ב"
    shown = shape(line, "rtl").text
    for number in filter(None, "".join(each if each.isdigit() else " " for each in text).split()):
        assert number in shown
