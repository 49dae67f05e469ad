"""The rows of the bench's table: what is run, what each figure is compared with, its gate and its aim."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median

from tests.bench.faithful import likenesses
from tests.bench.floor import Script
from tests.bench.keys import SLOW_LINE, Answers, answers
from tests.bench.load import cost, growth
from tests.bench.start import started
from tests.bench.wire import SELDOM_SECONDS, Case, Compared, compared, watched

AGENTS_ALONE = ("3", "z")
CALLERS_ALONE = ("2", "z")
_LARGE, _SLOW = "5,000 agents", "5,000 agents, 64 kB/s"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Args:
        what: was measured.
        against: what it is compared with, in the same run.
        figure: what came out; None: nothing did.
        unit: of the figure: `x` for a ratio.
        gate: the most that passes; None: only told.
        aim: what is hoped for.
        more: of the figures behind it, for people.
    """

    what: str
    against: str
    figure: float | None
    unit: str = "x"
    gate: float | None = None
    aim: float | None = None
    more: str = ""

    @property
    def verdict(self) -> str:
        if self.gate is None:
            return ""
        return "PASS" if self.figure is not None and self.figure <= self.gate else "FAIL"


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how often. Seconds are of one window."""

    rounds: int
    starts: int
    window: float
    load_window: float
    keys: float
    polls: int
    is_quick: bool


WHOLE = Plan(rounds=3, starts=7, window=6, load_window=10, keys=8, polls=10_000, is_quick=False)
QUICK = Plan(rounds=1, starts=2, window=3, load_window=5, keys=5, polls=500, is_quick=True)


def start_rows(plan: Plan) -> Iterator[Row]:
    told = started(plan.starts)
    more = f"{told.frame:.2f} s : {told.minimal:.2f} s; bare Python {told.python:.3f} s"
    yield Row("first frame", "a minimal Textual application", told.over_minimal, gate=1.25, aim=1.1, more=more)
    number = told.number - told.frame
    yield Row("from the first frame to the first real number", "", number, "s", more=f"{told.number:.2f} s in all")
    heavy = ", ".join(told.heavy) or "none"
    yield Row("Textual or httpx loaded for --version and --help", "", len(told.heavy), "", gate=0, aim=0, more=heavy)


def ageing_rows(plan: Plan) -> Iterator[Row]:
    whole = compared(Case("board", Script(), (), SELDOM_SECONDS), plan.window, plan.rounds)
    table = compared(Case("table", Script(), AGENTS_ALONE, SELDOM_SECONDS), plan.window, plan.rounds)
    for where, run in (("the whole board", whole), ("50 agents alone", table)):
        yield _over_least(f"bytes a tick, {where}", run, gate=1.25, aim=1.05)
        yield Row(f"bytes a tick, {where}", "Python curses", run.over_curses, gate=1.0, aim=0.8, more=_peer_bytes(run))
        yield Row(f"CPU a tick, {where}", "Python curses", run.cpu_over_curses, gate=7.0, aim=3.0, more=_peer_cpu(run))
    yield Row("idle, 50 agents alone ageing", "a core", table.cpu_ms_a_second / 10, "%", gate=1.5, aim=0.5)
    theirs = watched(whole.last)
    yield Row(
        "bytes a tick, the whole board",
        "watch -n1 cat, without colours",
        whole.bytes_a_second / theirs,
        more=f"{whole.bytes_a_second:.0f} B : {theirs:.0f} B",
    )
    yield _unneeded("ageing", whole, table)


def polling_rows(plan: Plan) -> Iterator[Row]:
    runs: list[Compared] = []
    for share, change in ((0.05, "phones"), (1.0, "calls")):
        for where, keys in (("the whole board", ()), ("50 agents alone", AGENTS_ALONE)):
            script = Script(share=share, change="phones" if change == "phones" else "calls")
            run = compared(Case(f"{share:.0%}", script, keys), plan.window, plan.rounds)
            runs.append(run)
            what = f"a second with a tick and a poll that changes {share:.0%} of the rows, {where}"
            yield _over_least(f"bytes, {what}", run, gate=1.35, aim=1.1)
            yield Row(f"bytes, {what}", "Python curses", run.over_curses, more=_peer_bytes(run))
            yield Row(f"CPU, {what}", "Python curses, which polls nothing", run.cpu_over_curses, more=_peer_cpu(run))
    yield _unneeded("polls", *runs)
    for agents in () if plan.is_quick else (500, 5_000):
        for share in (0.05, 1.0):
            script = Script(agents=agents, share=share, change="calls" if share == 1 else "phones")
            run = compared(Case(f"{agents}", script, AGENTS_ALONE), plan.window, 1, with_curses=False)
            what = f"bytes, a second with a tick and a poll that changes {share:.0%} of {agents} rows"
            yield _over_least(what, run, gate=1.35, aim=1.1)


def unseen_rows(plan: Plan) -> Iterator[Row]:
    script = Script(agents=500, share=0.2, spared=100)
    seen = compared(Case("unseen", script, AGENTS_ALONE), plan.window, 1, with_curses=False)
    still = compared(Case("still", Script(agents=500), AGENTS_ALONE), plan.window, 1, with_curses=False)
    yield _unneeded("polls that change 100 rows out of sight", seen, gate=0)
    yield Row(
        "bytes a second, 100 rows changing out of sight",
        "the same with nothing changing",
        seen.bytes_a_second / still.bytes_a_second,
        more=f"{seen.bytes_a_second:.0f} B : {still.bytes_a_second:.0f} B",
    )


def shift_rows(plan: Plan) -> Iterator[Row]:
    script = Script(agents=10, queues=1, callers=60, is_moving=True)
    run = compared(Case("shift", script, CALLERS_ALONE), plan.window, plan.rounds)
    yield Row("bytes, a table moves one row up", "Python curses", run.over_curses, aim=3.0, more=_peer_bytes(run))
    yield _over_least("bytes, a table moves one row up", run)


def load_rows(plan: Plan) -> Iterator[Row]:
    few, many, heavy, one_request = [], [], [], []
    for _ in range(plan.rounds):
        few.append(cost(Script(agents=200, share=0.05), plan.window, 1, *AGENTS_ALONE))
        many.append(cost(Script(agents=5_000, share=0.05), plan.window, 1, *AGENTS_ALONE))
        heavy.append(cost(Script(agents=5_000, queues=0, yemot_queues=200, share=0.05), plan.load_window, 5))
        one_request.append(cost(Script(agents=5_000, queues=200, callers=200, share=0.05), plan.load_window, 5))
    core = median(run.core for run in heavy)
    yield Row("5,000 agents, 200 queues each a request, every 5 s", "a core", core * 100, "%", gate=10)
    core = median(run.core for run in one_request)
    yield Row("5,000 agents, 200 queues in one request, every 5 s", "a core", core * 100, "%", gate=10)
    cores = median(large.core / small.core for small, large in zip(few, many, strict=True))
    more = f"{median(run.core for run in many):.1%} : {median(run.core for run in few):.1%} of a core"
    yield Row("CPU, 5,000 agents polled each second", "200 agents", cores, gate=2.5, aim=1.3, more=more)
    peaks = median(large.peak / small.peak for small, large in zip(few, many, strict=True))
    more = f"{median(run.peak for run in many) / 1e6:.0f} MB : {median(run.peak for run in few) / 1e6:.0f} MB"
    yield Row("peak memory, 5,000 agents", "200 agents", peaks, gate=1.5, aim=1.2, more=more)


def key_rows(plan: Plan) -> Iterator[Row]:
    cases: list[tuple[str, Script, float | None]] = [
        ("50 agents", Script(share=0.05), None),
        ("500 agents", Script(agents=500, share=0.05), None),
        (_LARGE, Script(agents=5_000, share=0.05), None),
        ("5,000 agents, all of them changing", Script(agents=5_000, share=1.0), None),
        (_SLOW, Script(agents=5_000, share=0.05), SLOW_LINE),
    ]
    if plan.is_quick:
        cases = [case for case in cases if case[0] in {"50 agents", _LARGE, _SLOW}]
    pooled: dict[str, list[Answers]] = {name: [] for name, _, _ in cases}
    for seed in range(plan.rounds):
        for name, script, rate in cases:
            pooled[name].append(answers(script, plan.keys, rate=rate, seed=seed + 1))
    told = {
        name: Answers([s for run in runs for s in run.seconds], sum(r.lost for r in runs))
        for name, runs in pooled.items()
    }
    for name, run in told.items():
        gate, aim = (60.0, 25.0) if name == _LARGE else (None, None)
        yield Row(f"key to changed screen, p95, {name}", "", _ms(run, 0.95), "ms", gate, aim, _keys(run))
    free, slow = told[_LARGE], told[_SLOW]
    yield Row("key to changed screen, p95, 64 kB/s", "a free line", _ratio(slow, free), gate=8, aim=2)
    yield Row(
        "key to changed screen, p95, 5,000 agents", "50 agents", _ratio(free, told["50 agents"]), gate=1.5, aim=1.1
    )
    yield Row("keys never answered", "", sum(run.lost for run in told.values()), "", gate=0, aim=0)


def memory_rows(plan: Plan) -> Iterator[Row]:
    grown = growth(plan.polls)
    more = f"{grown.polls:,} polls, {grown.first / 1e6:.1f} to {grown.last / 1e6:.1f} MB"
    yield Row("memory a poll, second half", "", grown.bytes_a_poll, "B", more=more)


def screen_rows(plan: Plan) -> Iterator[Row]:
    for likeness in likenesses():
        examples = "; ".join(likeness.examples[:2])
        yield Row(f"cells that differ, {likeness.step}", "the screen drawn anew", likeness.wrong, "", 0, 0, examples)


PARTS: dict[str, Callable[[Plan], Iterator[Row]]] = {
    "start": start_rows,
    "ageing": ageing_rows,
    "polling": polling_rows,
    "unseen": unseen_rows,
    "shift": shift_rows,
    "load": load_rows,
    "keys": key_rows,
    "memory": memory_rows,
    "screens": screen_rows,
}


def _over_least(what: str, run: Compared, gate: float | None = None, aim: float | None = None) -> Row:
    least = run.bytes_a_second / run.over_least
    more = f"{run.bytes_a_second:.0f} B : {least:.0f} B a second, {run.cpu_ms_a_second:.1f} ms"
    return Row(what, "the least possible", run.over_least, gate=gate, aim=aim, more=more)


def _unneeded(what: str, *runs: Compared, gate: float = 0) -> Row:
    unneeded = sum(run.unneeded for run in runs)
    return Row(f"bytes of frames in which no cell changed, {what}", "nothing", unneeded, "B", gate, 0)


def _peer_bytes(run: Compared) -> str:
    ours, theirs = sum(m.bytes for m in run.rounds), sum(p.bytes for p in run.curses)
    wrong = max(played.wrong for played in run.curses)
    return f"{ours} B : {theirs} B" + (f"; {wrong} cells of theirs are wrong" if wrong else "")


def _peer_cpu(run: Compared) -> str:
    ours, theirs = sum(m.cpu_ns for m in run.rounds), sum(p.cpu_ns for p in run.curses)
    frames = sum(m.frames for m in run.rounds)
    return f"{ours / frames / 1e6:.1f} ms : {theirs / frames / 1e6:.1f} ms a frame"


def _ms(run: Answers, share: float) -> float | None:
    return run.quantile(share) * 1000 if run.seconds else None


def _keys(run: Answers) -> str:
    if not run.seconds:
        return "no key was answered"
    longest = max(run.seconds) * 1000
    return f"p50 {run.quantile(0.5) * 1000:.0f} ms, most {longest:.0f} ms, {len(run.seconds)} keys"


def _ratio(run: Answers, other: Answers) -> float | None:
    return run.quantile(0.95) / other.quantile(0.95) if run.seconds and other.seconds else None
