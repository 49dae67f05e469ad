"""Text from outside: no control survives, what people write does."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wallboard.language.clean import clean

HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cc", "Cf", "Mn", "Me", "Cs"]),
        st.sampled_from("אבגשָׁ\u202e\u200b\u0301\u0344\u1100\u1161\u11a8\U0001f468\u200d\U000e0041\t\n"),
    )
)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("דוד כהן", "דוד כהן"),
        ("שָׁלוֹם", "שָׁלוֹם"),
        ("Agent [paused] [@click=app.quit]x[/]", "Agent [paused] [@click=app.quit]x[/]"),
        ("\x1b]52;c;QQ\x07x", "�]52;c;QQ�x"),
        ("\x9b2J\x00\x7f", "�2J��"),
        ("a\tb\nc\r\nd", "a b c  d"),
        ("a\u2028b\x85c", "a b c"),
        ("\u202edcba\u202c\u2066x\u2069\u200f\u200e\u061c", "dcbax"),
        ("a\u200bb\u200d\u2060\ufeffc\u00ad", "abc"),
        ("ok\ufe0f\U000e0041\u3164", "ok"),
        ("a" + "\u0301" * 50, "á\u0301\u0301"),
        ("\ud800z", "�z"),
        ("e\u200b\u0301", "é"),
        ("", ""),
    ],
)
def test_cleans(raw: str, expected: str) -> None:
    assert clean(raw) == expected


def test_long_text_is_cut_and_says_so() -> None:
    assert clean("x" * 100_000) == "x" * 79 + "…"
    assert clean("x" * 80) == "x" * 80
    assert clean("abcdef", limit=4) == "abc…"


@given(HOSTILE, st.integers(1, 90))
@example("\u1100\u200b\u1161", 80)
@example("0\u0300\u0300\u0300\u1161", 80)
def test_nothing_dangerous_is_left_and_twice_is_once(raw: str, limit: int) -> None:
    cleaned = clean(raw, limit)
    assert len(cleaned) <= limit
    assert not [c for c in cleaned if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
    assert clean(cleaned, limit) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    marks = "".join("m" if unicodedata.category(c) in {"Mn", "Me"} else " " for c in cleaned)
    assert "mmm" not in marks


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=80))
def test_plain_text_is_left_alone(raw: str) -> None:
    assert clean(raw) == raw


def test_signs_that_make_another_of_the_one_before_go() -> None:
    assert clean("1\ufe0f\u20e3 key \U0001f44d\U0001f3fd") == "1 key \U0001f44d"
