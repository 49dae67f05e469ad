"""`python -m tests.soak`: the real board, disturbed for as long as one likes, must stay as it was.

Ends with 1 and the reasons when it did not.
"""

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from tests.soak.disturbances import DISTURBANCES
from tests.soak.judging import FEWEST_SAMPLES, Limits, second_half
from tests.soak.launcher import LEAKS
from tests.soak.soaking import Length, Report, figures_of, soak
from tests.soak.stage import Plan

NAMES = [each.__name__ for each in DISTURBANCES]


def main() -> int:
    given = _arguments().parse_args()
    plan = Plan(
        seed=given.seed,
        scenario=given.scenario,
        speed=given.speed,
        share=given.share,
        sources=given.sources,
        poll_seconds=given.poll_seconds,
        pace=given.pace,
        only=tuple(given.only),
        is_wall=given.wall,
        is_in_tmux=given.tmux,
        leak=given.leak,
        has_snapshots=given.snapshots or given.trace,
        is_traced=given.trace,
    )
    length = Length(given.polls, given.minutes * 60 if given.minutes else None)
    with tempfile.TemporaryDirectory(prefix="soak-", ignore_cleanup_errors=True) as home:
        report = soak(plan, length, Limits(kilobytes=given.kilobytes), Path(home), _say)
    print(_table(report))
    if given.json:
        given.json.write_text(json.dumps(_document(plan, report), indent=1) + "\n", "utf-8")
    return 1 if report.faulty else 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--polls", type=int, metavar="N", help="until so many requests came to the vendors")
    parser.add_argument("--minutes", type=float, metavar="M", help="or until so much time has passed")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="of the disturbances and the vendors' day")
    parser.add_argument("--json", type=Path, metavar="FILE", help="the figures and all samples")
    parser.add_argument("--wall", action="store_true", help="TV mode alone")
    parser.add_argument("--tmux", action="store_true", help="the board sits in a tmux, attached and detached")
    parser.add_argument("--scenario", default="faulty", metavar="NAME", help="of `wallboard simulate`")
    parser.add_argument("--speed", type=float, default=5.0, metavar="X", help="of the vendors' day")
    parser.add_argument("--share", type=float, default=0.05, metavar="P", help="of all polls that fails besides")
    parser.add_argument("--sources", type=int, default=2, metavar="N", help="accounts of each vendor")
    parser.add_argument("--poll-seconds", type=float, default=0.5, metavar="X", help="of each fast feed")
    parser.add_argument("--pace", type=float, default=1.0, metavar="X", help="of their time the disturbances take")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", choices=NAMES, help=f"only {', '.join(NAMES)}")
    parser.add_argument("--kilobytes", type=float, default=1.0, metavar="X", help="of memory a tick that are allowed")
    parser.add_argument("--snapshots", action="store_true", help="tell which tasks and objects there are more of")
    parser.add_argument("--trace", action="store_true", help="and whose memory has grown, by place; slow")
    parser.add_argument("--leak", choices=LEAKS, help="leak this each second, to see that it is found")
    return parser


def _say(line: str) -> None:
    print(line, flush=True)


def _table(report: Report) -> str:
    names = max(len(verdict.name) for verdict in report.verdicts)
    lines = [
        f"{'pass' if verdict.is_kept else 'FAIL'}  {verdict.name:{names}}  {verdict.found}  [{verdict.wanted}]"
        for verdict in report.verdicts
    ]
    lines += [f"      {name:{names}}  {figure:g}" for name, figure in _figures(report).items()]
    lines += [f"asked: {report.asked}", f"faults: {report.faults}"]
    return "\n".join([*lines, *(["what has grown:", *report.growth] if report.growth else [])])


def _figures(report: Report) -> dict[str, float]:
    return figures_of(report) if len(second_half(report.samples)) >= FEWEST_SAMPLES else {}


def _document(plan: Plan, report: Report) -> dict[str, object]:
    return {
        "plan": asdict(plan),
        "verdicts": [asdict(verdict) for verdict in report.verdicts],
        "figures": _figures(report),
        "asked": report.asked,
        "faults": report.faults,
        "growth": report.growth,
        "samples": [asdict(sample) for sample in report.samples],
    }


if __name__ == "__main__":
    sys.exit(main())
