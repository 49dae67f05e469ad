"""A whole soak: disturb and sample until enough has passed, then judge."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.soak.disturbances import disturb, disturbances_of
from tests.soak.ending import judge_end, judge_traces
from tests.soak.judging import (
    Limits,
    Sample,
    Verdict,
    judge_lag,
    judge_polls,
    judge_samples,
    memory_slope,
    second_half,
    slope,
    windows,
)
from tests.soak.stage import Plan, SoakError, Stage

LONGEST_LAG_SECONDS = 3.0
_LEAST_FAILED_OF_SHARE = 0.8  # chance may let fewer fail
_PROGRESS_SECONDS = 30.0
_MOST_GROWN = 25


@dataclass(frozen=True, slots=True)
class Length:
    """How long: until so many polls came to the vendors or so many seconds passed, and each disturbance was met.

    Args:
        polls: requests; None: as many as come.
        seconds: None: as many as it takes.
        rest: between two disturbances, seconds at the least and at the most.
    """

    polls: int | None = None
    seconds: float | None = None
    rest: tuple[float, float] = (1.5, 3.0)

    def done(self, stage: Stage) -> float:
        """How much of it has passed: 1 is all."""
        return max(stage.polls / self.polls if self.polls else 0, stage.elapsed / self.seconds if self.seconds else 0)


@dataclass(slots=True)
class Report:
    """What was found."""

    verdicts: list[Verdict] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    growth: list[str] = field(default_factory=list)  # of memory by place, of tasks by name, of objects by type
    asked: dict[str, int] = field(default_factory=dict)
    faults: dict[str, int] = field(default_factory=dict)

    @property
    def faulty(self) -> list[Verdict]:
        return [verdict for verdict in self.verdicts if not verdict.is_kept]


def soak(plan: Plan, length: Length, limits: Limits, home: Path, say: Callable[[str], None] = print) -> Report:
    """Soak a board; `say` is told how it goes."""
    report = Report()
    with Stage(plan, home) as stage:
        try:
            _live(stage, length, report, say)
        except SoakError as error:
            report.verdicts.append(Verdict("to the end", str(error), "the board lives", is_kept=False))
        report.samples = report.samples or stage.samples
        report.asked, report.faults = dict(stage.asked), dict(stage.faults)
        report.verdicts += [
            *judge_samples(report.samples, limits),
            judge_lag(report.samples, LONGEST_LAG_SECONDS, but="suspended"),
            *judge_polls(stage.polls, stage.failed, plan.share * _LEAST_FAILED_OF_SHARE, length.polls or 1),
            *judge_traces(stage),
        ]
    return report


def _live(stage: Stage, length: Length, report: Report, say: Callable[[str], None]) -> None:
    dice = Random(stage.plan.seed)
    stage.until(lambda: stage.samples and stage.polls > 10, "the board began", 30)
    stage.wait(2)
    rounds, told_at = 0, time.monotonic()
    known = disturbances_of(stage.plan)
    while not rounds or length.done(stage) < 1:
        for disturbance in dice.sample(known, len(known)):
            if rounds and length.done(stage) >= 1:
                break
            disturb(stage, disturbance, dice, dice.uniform(*length.rest))
            if stage.plan.has_snapshots and not stage.snapshots and length.done(stage) >= 0.5:
                stage.snapshot()
            if time.monotonic() > told_at + _PROGRESS_SECONDS:
                told_at = time.monotonic()
                say(_progress(stage, rounds))
        rounds += 1
        stage.forget()
    say(_progress(stage, rounds))
    report.samples = list(stage.samples)
    if stage.plan.has_snapshots:
        report.growth = _grown(stage)
    report.verdicts += judge_end(stage)


def _grown(stage: Stage) -> list[str]:
    """What there is now and was not at the half."""
    now = stage.snapshot()
    more = now.counts - (stage.snapshots[0].counts if len(stage.snapshots) > 1 else Counter())
    tasks = Counter({name: count for name, count in more.items() if name.startswith("task ")})
    return [
        *now.places,
        *(f"{count:+d} {name}" for name, count in tasks.most_common(_MOST_GROWN)),
        *(f"{count:+d} {name}" for name, count in (more - tasks).most_common(_MOST_GROWN)),
        *(f"{count} {name}, garbage" for name, count in now.garbage.most_common(_MOST_GROWN)),
    ]


def _progress(stage: Stage, rounds: int) -> str:
    sample = stage.samples[-1]
    minutes, seconds = divmod(int(stage.elapsed), 60)
    return (
        f"{minutes:3}:{seconds:02}  {rounds} rounds  {stage.polls} polls, {stage.failed} failed  "
        f"{sample.resident / 1e6:.1f} MB  {sample.descriptors} descriptors  {sample.threads} threads  "
        f"{sample.tasks} tasks  {sample.blocks} blocks"
    )


def figures_of(report: Report) -> dict[str, float]:
    """What else is worth knowing of the judged half."""
    half = second_half(report.samples)
    polls = half[-1].polls - half[0].polls
    memory = memory_slope(half)
    middles, each = windows([sample.blocks for sample in half], min)
    return {
        "ticks": len(half),
        "seconds": round(half[-1].moment - half[0].moment, 1),
        "polls": polls,
        "kilobytes_per_tick": round(memory.middle, 3),
        "kilobytes_per_tick_low": round(memory.low, 3),
        "kilobytes_per_tick_high": round(memory.high, 3),
        "kilobytes_per_poll": round(memory.middle * len(half) / max(1, polls), 4),
        "blocks_per_tick": round(slope(middles).middle / each, 2),
        "megabytes_at_first": round(half[0].resident / 1e6, 2),
        "megabytes_at_last": round(half[-1].resident / 1e6, 2),
    }
