"""The shortest way from one look to another leads there."""

import itertools
from typing import Any

import pyte
import pytest
from rich.color import ColorSystem
from rich.style import Style

from wallboard.ui.terminal.rendition import PLAIN, Rendition, change, rendition_of

STYLES: list[dict[str, Any]] = [
    {},
    {"bold": True},
    {"bold": True, "dim": True, "color": "#102030"},
    {"dim": True, "bgcolor": "#102030"},
    {"italic": True, "underline": True, "color": "color(9)", "bgcolor": "bright_white"},
    {"reverse": True, "strike": True, "color": "red", "bgcolor": "color(200)"},
    {"underline2": True, "overline": True, "blink": True, "color": "default", "bgcolor": "default"},
]
LOOKS = [rendition_of(Style(**style), ColorSystem.TRUECOLOR) for style in STYLES]


def attributes(sequences: str) -> pyte.screens.Char:
    screen = pyte.Screen(4, 1)
    pyte.Stream(screen).feed(sequences + "x")
    return screen.buffer[0][0]


@pytest.mark.parametrize(("before", "after"), list(itertools.product(LOOKS, LOOKS)))
def test_each_change_ends_as_if_begun_anew(before: Rendition, after: Rendition) -> None:
    way = change(None, before) + change(before, after)
    assert attributes(way) == attributes(change(None, after))
    assert len(change(before, after)) <= len(change(None, after))


def test_what_stays_is_not_said_again() -> None:
    one, other = (
        rendition_of(Style(bold=True, color=f"#1020{n}0", bgcolor="#000000"), ColorSystem.TRUECOLOR) for n in "34"
    )
    assert change(one, other) == "\x1b[38;2;16;32;64m"
    assert change(one, one) == ""


@pytest.mark.parametrize("colours", [ColorSystem.STANDARD, ColorSystem.EIGHT_BIT, ColorSystem.TRUECOLOR])
def test_a_look_is_what_textual_would_write(colours: ColorSystem) -> None:
    for style in STYLES[1:]:  # made anew each time: a style remembers the colours it was written in first
        said = Style(**style).render("x", color_system=colours).partition("x")[0]
        assert attributes(change(None, rendition_of(Style(**style), colours))) == attributes(said)


def test_no_style_is_the_terminal_s_own_look() -> None:
    assert rendition_of(None, ColorSystem.TRUECOLOR) is PLAIN
    assert rendition_of(Style(), ColorSystem.TRUECOLOR) == PLAIN
