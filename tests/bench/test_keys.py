"""A key counts as answered when the cursor is seen where the key brings it, or a later one."""

import pytest

from tests.bench.keys import Answers, Press, answered


def test_each_key_is_answered_by_the_screen_that_shows_it() -> None:
    presses = [Press(1.0, 2), Press(2.0, 3)]
    assert answered(presses, [(1.25, 2), (2.5, 3)]) == Answers([0.25, 0.5], 0)


def test_a_screen_that_skips_a_row_answers_both_keys() -> None:
    presses = [Press(1.0, 2), Press(1.125, 3)]
    assert answered(presses, [(1.25, 3)]) == Answers([0.25, 0.125], 0)


def test_a_key_is_not_answered_before_it_is_pressed() -> None:
    presses = [Press(1.0, 2), Press(2.0, 1), Press(3.0, 2)]
    assert answered(presses, [(1.5, 2), (2.5, 1), (3.5, 2)]) == Answers([0.5, 0.5, 0.5], 0)


def test_what_was_never_shown_is_lost() -> None:
    presses = [Press(1.0, 2), Press(2.0, 3)]
    assert answered(presses, [(1.5, 2)]) == Answers([0.5], 1)


@pytest.mark.parametrize(("share", "seconds"), [(0.5, 6.0), (0.95, 10.0)])
def test_quantiles(share: float, seconds: float) -> None:
    assert Answers([float(n) for n in range(1, 11)], 0).quantile(share) == seconds
