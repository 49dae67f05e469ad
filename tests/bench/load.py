"""What the board costs the machine: large floors, many queues, and ten thousand polls."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.board import settled_board
from tests.bench.floor import Script
from tests.bench.vendor import counts


@dataclass(frozen=True, slots=True)
class Cost:
    """A share of one core, 0 to 1, and the most memory ever held, in bytes."""

    core: float
    peak: int


def cost(script: Script, seconds: float, poll_seconds: float, *keys: str) -> Cost:
    """Run the board on a floor for so many seconds."""
    with settled_board(script, *keys, poll_seconds=poll_seconds) as (program, _port):
        time.sleep(min(3.0, poll_seconds))
        before = program.figures()
        time.sleep(seconds)
        after = program.figures()
    return Cost((after.cpu_ns - before.cpu_ns) / 1e9 / (after.moment - before.moment), after.peak)


@dataclass(frozen=True, slots=True)
class Growth:
    """Memory over many polls: bytes a poll in the second half, by the straight line nearest to all samples."""

    polls: int
    bytes_a_poll: float
    first: int
    last: int


def growth(polls: int) -> Growth:
    """Poll a living floor as fast as the configuration allows, until so many polls are done."""
    script = Script(agents=50, queues=10, yemot_queues=60, callers=30, share=0.05, change="calls")
    samples: list[tuple[int, int]] = []
    with settled_board(script, poll_seconds=0.5) as (program, port):
        while not samples or samples[-1][0] < polls:
            time.sleep(1)
            samples.append((counts(port).total(), program.figures().resident))
    half = [sample for sample in samples if sample[0] >= samples[-1][0] / 2]
    return Growth(samples[-1][0], slope(half), samples[0][1], samples[-1][1])


def slope(samples: Sequence[tuple[float, float]]) -> float:
    """Of the straight line nearest to the samples, by least squares."""
    count = len(samples)
    mean_x = sum(x for x, _ in samples) / count
    mean_y = sum(y for _, y in samples) / count
    spread = sum((x - mean_x) ** 2 for x, _ in samples)
    return sum((x - mean_x) * (y - mean_y) for x, y in samples) / spread if spread else 0.0
