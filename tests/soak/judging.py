"""From what was sampled to what is said of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from statistics import median, quantiles

FEWEST_SAMPLES = 12
_WINDOWS = 12
_LEAST_WINDOW = 3  # samples
_KILOBYTE = 1024
_SIGNS_OF_MISTAKES = ("Traceback", "unexpected", '"level": "error"', '"level": "critical"')


@dataclass(frozen=True, slots=True)
class Sample:
    """The program at one of its ticks.

    Args:
        moment: seconds since the start.
        phase: what was done to it just then; "rest": nothing.
        resident: bytes of memory.
        descriptors: open ones.
        threads: of the kernel.
        tasks: of asyncio.
        blocks: of memory that Python holds.
        lag: seconds that the event loop took to get round to something.
        polls: requests the vendors had by then.
    """

    moment: float
    phase: str
    resident: int
    descriptors: int
    threads: int
    tasks: int
    blocks: int
    lag: float
    polls: int


@dataclass(frozen=True, slots=True)
class Limits:
    """What is allowed in the judged half.

    Args:
        kilobytes: of memory a tick.
        descriptors, threads, tasks: by how many the least of a window may differ from the beginning to the end.
    """

    kilobytes: float = 1.0
    descriptors: int = 2
    threads: int = 1
    tasks: int = 2


@dataclass(frozen=True, slots=True)
class Slope:
    """How fast something grows: the median of the slopes between all pairs of points, and the middle half of them."""

    middle: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line of the table."""

    name: str
    found: str
    wanted: str
    is_kept: bool


def second_half(samples: Sequence[Sample]) -> Sequence[Sample]:
    """The half that is judged: the first fills the caches."""
    return samples[len(samples) // 2 :]


def slope(values: Sequence[float]) -> Slope:
    """Theil and Sen's, of values that are one step apart; single leaps and peaks hardly move it."""
    slopes = [(after - before) / (j - i) for (i, before), (j, after) in combinations(enumerate(values), 2)]
    low, middle, high = quantiles(slopes, n=4)
    return Slope(middle, low, high)


def windows(values: Sequence[float], least: Callable[[Sequence[float]], float]) -> tuple[list[float], float]:
    """One value for each of some dozen windows of equal length, and that length in samples."""
    length = max(_LEAST_WINDOW, len(values) // _WINDOWS)
    starts = range(len(values) % length, len(values) - length + 1, length)
    return [least(values[start : start + length]) for start in starts], length


def memory_slope(samples: Sequence[Sample]) -> Slope:
    """Kilobytes a tick: of windows' medians, for a dialog or a large screen takes its memory and gives it back."""
    middles, length = windows([sample.resident / _KILOBYTE for sample in samples], median)
    found = slope(middles)
    return Slope(found.middle / length, found.low / length, found.high / length)


def floor_rise(values: Sequence[float]) -> float:
    """By how much the least of a window has risen from the first third of the windows to the last.

    What is opened and closed again comes and goes above that floor; what is never closed raises it.
    """
    floors, _ = windows(values, min)
    third = max(1, len(floors) // 3)
    return median(floors[-third:]) - median(floors[:third])


def judge_memory(samples: Sequence[Sample], limit: float) -> Verdict:
    """Whether it grows no faster than this many kilobytes a tick."""
    found = memory_slope(samples)
    words = f"{found.middle:+.2f} kB a tick (middle half {found.low:+.2f} to {found.high:+.2f})"
    return Verdict("memory", words, f"<= {limit:g} kB a tick", found.middle <= limit)


def judge_count(name: str, values: Sequence[int], limit: int) -> Verdict:
    """Whether so many of something are never closed."""
    rise = floor_rise(values)
    words = f"{rise:+g} over the half; {min(values)} to {max(values)}"
    return Verdict(name, words, f"at most {limit:+d}", rise <= limit)


def judge_samples(samples: Sequence[Sample], limits: Limits) -> list[Verdict]:
    """Whether the judged half is flat."""
    half = second_half(samples)
    if len(half) < FEWEST_SAMPLES:
        return [Verdict("samples", str(len(half)), f">= {FEWEST_SAMPLES} in the judged half", is_kept=False)]
    return [
        judge_memory(half, limits.kilobytes),
        judge_count("descriptors", [sample.descriptors for sample in half], limits.descriptors),
        judge_count("threads", [sample.threads for sample in half], limits.threads),
        judge_count("tasks", [sample.tasks for sample in half], limits.tasks),
    ]


def judge_lag(samples: Sequence[Sample], limit: float, but: str) -> Verdict:
    """Whether the event loop never stood still for longer than this; not in the phase `but`, nor just after it."""
    pairs = [(last, sample) for last, sample in pairwise(samples) if but not in {last.phase, sample.phase}]
    if not pairs:
        return Verdict("event loop", "never looked at", f"<= {limit:g} s", is_kept=False)
    last, worst = max(pairs, key=lambda pair: pair[1].lag)
    where = worst.phase if worst.phase == last.phase else f"{last.phase}, {worst.phase}"
    return Verdict("event loop", f"stood still for {worst.lag:.2f} s ({where})", f"<= {limit:g} s", worst.lag <= limit)


def judge_polls(polls: int, failed: int, share: float, least: int) -> list[Verdict]:
    """Whether as much was asked, and as much went wrong, as was meant to."""
    found = failed / max(1, polls)
    return [
        Verdict("polls", f"{polls}", f">= {least}", polls >= least),
        Verdict("failed polls", f"{failed} ({found:.1%})", f">= {share:.0%}", found >= share),
    ]


def judge_log(text: str, failed: int, most_bytes: int) -> list[Verdict]:
    """Whether it tells of no mistake of ours and no more than the faults there were."""
    lines, size = text.count("\n"), len(text.encode())
    mistakes = [line for line in text.splitlines() if any(sign in line for sign in _SIGNS_OF_MISTAKES)]
    most_lines = 2 * failed + 50  # down once and up once, at the most
    is_bounded = lines <= most_lines and size <= most_bytes
    return [
        Verdict("mistakes logged", mistakes[0][:1000] if mistakes else "0", "0", not mistakes),
        Verdict("log", f"{lines} lines, {size} B", f"<= {most_lines} lines, {most_bytes} B", is_bounded),
    ]
