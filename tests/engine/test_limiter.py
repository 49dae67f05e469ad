"""How often one operator may confirm."""

from itertools import pairwise

from wallboard.engine.limiter import LEAST_GAP_SECONDS, MOST_CONFIRMATIONS, WITHIN_SECONDS, Limiter


def test_the_first_goes_at_once_and_the_next_after_the_gap() -> None:
    limiter = Limiter()
    assert limiter.earliest(100.0) == 100.0
    limiter.confirm(100.0)
    assert limiter.earliest(100.0) == 100.0 + LEAST_GAP_SECONDS
    assert limiter.earliest(100.0 + LEAST_GAP_SECONDS) == 100.0 + LEAST_GAP_SECONDS
    assert limiter.earliest(500.0) == 500.0


def test_asking_does_not_count() -> None:
    limiter = Limiter()
    limiter.confirm(100.0)
    assert [limiter.earliest(100.0) for _ in range(50)] == [102.0] * 50


def test_a_stuck_key_gets_no_more_than_so_many_in_so_long() -> None:
    limiter, moment, confirmed = Limiter(), 1_000.0, []
    while moment < 1_000.0 + 3 * WITHIN_SECONDS:
        if limiter.earliest(moment) <= moment:
            limiter.confirm(moment)
            confirmed.append(moment)
        moment += 0.25
    assert len(confirmed) == 3 * MOST_CONFIRMATIONS
    for first in confirmed:
        assert sum(first <= each < first + WITHIN_SECONDS for each in confirmed) <= MOST_CONFIRMATIONS
    assert min(b - a for a, b in pairwise(confirmed)) >= LEAST_GAP_SECONDS


def test_there_is_room_again_when_the_oldest_is_old_enough() -> None:
    limiter = Limiter()
    for number in range(MOST_CONFIRMATIONS):
        limiter.confirm(1_000.0 + 10 * number)
    assert limiter.earliest(1_200.0) == 1_000.0 + WITHIN_SECONDS
    limiter.confirm(1_600.0)
    assert limiter.earliest(1_602.0) == 1_010.0 + WITHIN_SECONDS
