"""Colours are told apart by measures that were measured elsewhere, too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color_triplet import ColorTriplet

from wallboard.ui.contrast import Depth, Vision, contrast, distance, is_grey, shown

BLACK, WHITE = ColorTriplet(0, 0, 0), ColorTriplet(255, 255, 255)
COLOURS = st.builds(ColorTriplet, st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(shown(one), shown(other)) == pytest.approx(ratio, abs=0.005)
    assert contrast(shown(other), shown(one)) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize(
    ("colour", "from_black"), [("#ffffff", 100.0), ("#ff0000", 67.8), ("#00ff00", 91.5), ("#0000ff", 54.9)]
)
def test_distance_is_that_of_oklab(colour: str, from_black: float) -> None:
    assert distance(shown(colour), BLACK) == pytest.approx(from_black, abs=0.1)


@given(COLOURS, COLOURS, st.sampled_from(Vision))
def test_distance_is_the_same_both_ways_and_none_to_itself(
    one: ColorTriplet, other: ColorTriplet, vision: Vision
) -> None:
    assert distance(one, other, vision) == distance(other, one, vision) >= 0
    assert distance(one, one, vision) == 0


@given(st.integers(0, 255), st.sampled_from(Vision))
def test_grey_is_seen_by_everybody(level: int, vision: Vision) -> None:
    grey = ColorTriplet(level, level, level)
    assert distance(grey, BLACK, vision) == pytest.approx(distance(grey, BLACK), abs=0.2)


@pytest.mark.parametrize(
    ("one", "other", "vision"),
    [
        ("#c05050", "#708020", Vision.DEUTERANOPIA),  # red and olive
        ("#a03030", "#505010", Vision.PROTANOPIA),
        ("#30a0a0", "#40a070", Vision.TRITANOPIA),  # blue green and green
    ],
)
def test_who_is_colour_blind_tells_less_apart(one: str, other: str, vision: Vision) -> None:
    assert distance(shown(one), shown(other), vision) < distance(shown(one), shown(other)) / 1.8


@pytest.mark.parametrize(("depth", "seen"), [(Depth.FULL, "#f2b84b"), (Depth.FEW, "#ffaf5f"), (Depth.LEAST, "#ffff55")])
def test_a_colour_is_reduced_as_for_a_terminal(depth: Depth, seen: str) -> None:
    assert shown("#f2b84b", depth).hex == seen


def test_grey_is_what_has_no_hue() -> None:
    assert is_grey("#808080")
    assert not is_grey("#808081")
