"""Answers that come when the board runs already: none of them may become a key."""

import pytest

from tests.ui.terminal import lines
from wallboard.ui.terminal.replies import LateReplies

LONG_FENCE = b"\x1b[?64;1;2;6;9;15;16;17;18;21;22;28c"


def chunked(text: str, size: int) -> list[str]:
    return [text[start : start + size] for start in range(0, len(text), size)]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 64])
def test_answers_vanish_however_they_are_cut(size: int) -> None:
    late = LateReplies(is_over=False)
    text = "3" + lines.said("kitty(0.26.5)", 1, "65;7006;1", LONG_FENCE).decode() + "z\x1b[A"
    typed = ""
    for chunk in chunked(text, size):
        typed += late.sift(chunk)
        if not chunk.endswith("\x1b"):
            typed += late.after_silence()
    assert typed == "3z\x1b[A"


def test_keys_between_the_answers_stay() -> None:
    late = LateReplies(is_over=False)
    pieces = [
        "q",
        "\x1bP>|XTerm(379)\x1b\\",
        "ש",
        "\x1b[8;0$y",
        "\x1b[B",
        "\x1b[>41;379;0c",
        "\x1bOP",
        "\x1b[?62c",
        "w",
    ]
    assert late.sift("".join(pieces)) == "qש\x1b[B\x1bOPw"


def test_an_escape_comes_after_a_moment() -> None:
    late = LateReplies(is_over=False)
    assert late.sift("\x1b") == ""
    assert late.is_holding
    assert late.after_silence() == "\x1b"
    assert not late.is_holding


@pytest.mark.parametrize("key", ["\x1b[", "\x1bP", "\x1b[8", "\x1b[8;"])
def test_what_an_answer_begins_with_waits_for_the_next_character(key: str) -> None:
    late = LateReplies(is_over=False)
    assert late.sift(key) + late.after_silence() == ""
    assert late.sift("~") == f"{key}~"


def test_a_slow_answer_is_kept_back_over_any_silence() -> None:
    late = LateReplies(is_over=False)
    assert late.sift("\x1bP>|kit") + late.after_silence() + late.sift("ty(0.26.5)\x1b\\x") == "x"


def test_other_answers_pass() -> None:
    late = LateReplies(is_over=False)
    assert late.sift("\x1b[?2026;2$y\x1b[?2048;0$y\x1b[3;5R") == "\x1b[?2026;2$y\x1b[?2048;0$y\x1b[3;5R"


def test_after_the_fence_nothing_is_awaited() -> None:
    late = LateReplies(is_over=False)
    assert late.sift("\x1b[?62c") == ""
    assert late.sift("\x1b") == "\x1b"
    assert LateReplies(is_over=True).sift("\x1b") == "\x1b"


def test_an_answer_without_an_end_is_given_up() -> None:
    late = LateReplies(is_over=False)
    assert late.sift("\x1bP>|" + "x" * 10_000) == ""
    assert not late.is_holding
    assert late.sift("\x1b[>1") == ""
    assert late.end() == ""
    assert late.sift("\x1b[>1;2c") == "\x1b[>1;2c"
