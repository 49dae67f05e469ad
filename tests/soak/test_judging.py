"""What is flat is called so, and each kind of leak is found, in series as they were sampled."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from tests.soak.judging import (
    Limits,
    Sample,
    judge_lag,
    judge_log,
    judge_polls,
    judge_samples,
    memory_slope,
    second_half,
    slope,
)

TICKS = 1200
PHASES = ("rest", "rest", "dialogs", "sizes")


def series(change: Callable[[Sample, int], Sample] = lambda sample, _: sample, ticks: int = TICKS) -> list[Sample]:
    """A healthy board: its caches fill in the first third; dialogs and large screens come and go.

    `change` makes of a sample and its tick what it is to be.
    """
    dice = Random(5)
    samples = []
    for tick in range(ticks):
        phase = PHASES[tick // 4 % len(PHASES)]
        filling = min(tick, ticks // 3) * 60_000
        large = 9_000_000 if phase == "sizes" else 0
        sample = Sample(
            moment=tick * 1.05,
            phase=phase,
            resident=90_000_000 + filling + large + dice.randint(-60_000, 60_000),
            descriptors=18 + dice.randint(-3, 6),
            threads=5 + (dice.random() < 0.1),
            tasks=120 + (14 if phase == "dialogs" else 0) + dice.randint(0, 3),
            blocks=700_000 + dice.randint(-40_000, 40_000),
            lag=dice.random() / 10,
            polls=tick * 25,
        )
        samples.append(change(sample, tick))
    return samples


def failed(samples: list[Sample], limits: Limits | None = None) -> list[str]:
    return [verdict.name for verdict in judge_samples(samples, limits or Limits()) if not verdict.is_kept]


def test_a_healthy_board_is_flat() -> None:
    assert failed(series()) == []
    assert abs(memory_slope(second_half(series())).middle) < 0.5


@pytest.mark.parametrize("kilobytes_a_tick", [2, 20, 200])
def test_memory_that_is_never_given_back_is_found(kilobytes_a_tick: int) -> None:
    leaking = series(lambda s, tick: replace(s, resident=s.resident + tick * kilobytes_a_tick * 1024))
    assert failed(leaking) == ["memory"]
    assert memory_slope(second_half(leaking)).middle == pytest.approx(kilobytes_a_tick, abs=0.5)


def test_memory_that_grows_in_leaps_is_found() -> None:
    assert failed(series(lambda s, tick: replace(s, resident=s.resident + tick // 50 * 300_000))) == ["memory"]


def test_one_leap_is_no_growth() -> None:
    assert failed(series(lambda s, tick: replace(s, resident=s.resident + (tick > 900) * 400_000))) == []


@pytest.mark.parametrize("name", ["descriptors", "threads", "tasks"])
def test_what_is_never_closed_is_found(name: str) -> None:
    every = 60  # ticks: once a round of disturbances
    leaking = series(lambda s, tick: replace(s, **{name: getattr(s, name) + tick // every}))
    assert failed(leaking) == [name]


@pytest.mark.parametrize("name", ["descriptors", "threads", "tasks"])
def test_what_leaks_each_second_is_found_in_a_short_soak(name: str) -> None:
    leaking = series(lambda s, tick: replace(s, **{name: getattr(s, name) + tick}), ticks=44)
    assert name in failed(leaking, Limits(kilobytes=1000))


def test_what_has_been_there_from_the_warm_up_on_is_no_leak() -> None:
    assert failed(series(lambda s, tick: replace(s, tasks=s.tasks + min(tick, 500)))) == []


def test_too_few_samples_are_no_proof() -> None:
    assert failed(series(ticks=20)) == ["samples"]
    assert failed([]) == ["samples"]


def test_the_slope_is_not_moved_by_peaks() -> None:
    values = [float(value) for value in range(40)]
    values[7], values[31] = 9_000.0, -9_000.0
    assert slope(values).middle == pytest.approx(1.0)
    assert slope(values).low <= slope(values).middle <= slope(values).high


def test_a_loop_that_stood_still_is_found_unless_the_program_was_suspended() -> None:
    def stuck(phase: str) -> list[Sample]:
        return series(lambda s, tick: replace(s, phase=phase, lag=13.9) if tick == 700 else s)

    assert not judge_lag(stuck("unread"), 3.0, but="suspended").is_kept
    assert judge_lag(stuck("suspended"), 3.0, but="suspended").is_kept
    assert not judge_lag([], 3.0, but="suspended").is_kept


def test_too_few_polls_or_too_few_that_failed_prove_nothing() -> None:
    assert [verdict.is_kept for verdict in judge_polls(1000, 60, 0.05, 900)] == [True, True]
    assert [verdict.is_kept for verdict in judge_polls(800, 10, 0.05, 900)] == [False, False]
    assert [verdict.is_kept for verdict in judge_polls(0, 0, 0.05, 1)] == [False, False]


def test_a_log_of_mistakes_or_without_bounds_is_found() -> None:
    fine = "warning: GetQueuesCallers does not answer\n" * 100
    assert [verdict.is_kept for verdict in judge_log(fine, 60, 10_000)] == [True, True]
    assert [verdict.is_kept for verdict in judge_log(fine, 10, 10_000)] == [True, False]
    assert [verdict.is_kept for verdict in judge_log(fine, 60, 1_000)] == [True, False]
    assert [verdict.is_kept for verdict in judge_log(fine + "Traceback (most recent", 60, 10_000)] == [False, True]
