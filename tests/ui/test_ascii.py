"""A terminal that cannot draw everything: frames, blocks and signs become ASCII, each as wide as it was."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color

from tests.ui.boards import board
from wallboard.ui.ascii import drawing_filter, in_terms
from wallboard.ui.roles import _GLYPH_OF_ROLE, GLYPH_OF_FRESHNESS, GLYPH_OF_LEVEL

BLACK = Color(0, 0, 0)


def written(text: str, encoding: str = "ascii") -> str:
    return "".join(segment.text for segment in in_terms(encoding).apply([Segment(text)], BLACK))


@pytest.mark.parametrize(
    ("environ", "encoding", "expected"),
    [
        ({"LANG": "he_IL.UTF-8"}, "utf-8", None),
        ({"LC_ALL": "C.utf8"}, "utf-8", None),
        ({}, "utf-8", None),  # nobody said anything: a terminal of today
        ({"LANG": ""}, None, None),
        ({"LANG": "he"}, "utf-8", None),
        ({"LC_ALL": "C"}, "utf-8", "ascii"),
        ({"LANG": "POSIX"}, "utf-8", "ascii"),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "C"}, "utf-8", None),
        ({"LC_CTYPE": "C", "LANG": "en_US.UTF-8"}, "utf-8", "ascii"),
        ({"LANG": "en_US.ISO-8859-1"}, "utf-8", "ascii"),  # which is not installed
        ({"LANG": "de_DE@euro"}, "utf-8", None),
        ({"LANG": "he_IL.ISO-8859-8"}, "iso8859-8", "iso8859-8"),
        ({"LANG": "en_US.UTF-8"}, "ISO8859-1", "iso8859-1"),
        ({"LANG": "en_US.UTF-8"}, "UTF8", None),
    ],
)
def test_what_can_be_drawn_is_what_the_locale_says(
    environ: Mapping[str, str], encoding: str | None, expected: str | None
) -> None:
    found = drawing_filter(environ, encoding)
    assert (found and found.encoding) == expected


def test_frames_blocks_and_signs_have_twins() -> None:
    assert written("╭──╮│╰═╯┼") == "+--+|+-++"
    assert written("█▓▒░▀▄▌▐▔▁▊") == '##:."_||"_|'
    assert written("▲▼●○…–—·×→←↑↓“x”’") == '^v*o.--.x><^v"x"\''


def test_letters_stay_where_the_encoding_is_not_known() -> None:
    assert written("שלום é ● ב֑") == "שלום é * ב֑"
    assert written("שלום é ●", "iso8859-8") == "שלום ? *"
    assert written("שלום é · ●", "iso8859-1") == "???? é · *"


@given(st.text(), st.sampled_from(["ascii", "iso8859-1", "iso8859-8", "cp1255"]))
def test_nothing_gets_wider_or_narrower(text: str, encoding: str) -> None:
    shown = written(text, encoding)
    assert cell_len(shown) == cell_len(text)
    if encoding != "ascii":
        shown.encode(encoding)


def test_signs_that_stand_in_one_column_can_still_be_told_apart() -> None:
    for glyphs in (_GLYPH_OF_ROLE, GLYPH_OF_FRESHNESS, GLYPH_OF_LEVEL):
        different = set(glyphs.values())
        assert len({written(glyph) for glyph in different}) == len(different)


async def test_a_whole_board_is_ascii_but_for_letters() -> None:
    async with board() as shown:
        plain = shown.text
        shown.app.drawing = in_terms("ascii")
        shown.screen.refresh(layout=True)
        await shown.press("question_mark")
        await shown.press("escape")
        await shown.press("2", "down", "k")
        await shown.until(lambda: "y" in shown.text)
        for text in (shown.text, plain):
            strange = {each for each in text if not each.isascii() and not "\u0590" <= each <= "\u05ff"}
            assert bool(strange) is (text is plain)
