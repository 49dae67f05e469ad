"""The bench's table and its file."""

import json
import os
import platform
import subprocess
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.bench.rows import Row

ROOT = Path(__file__).parents[2]
LAST = Path(__file__).with_name("last.json")
_LIBRARIES = ("textual", "rich", "httpx", "pydantic", "anyio", "pyte")


def document(parts: dict[str, list[Row]], *, is_quick: bool, seconds: float) -> dict[str, Any]:
    """What is kept of a run."""
    return {
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "commit": _commit(),
        "seconds": round(seconds),
        "quick": is_quick,
        "machine": {
            "system": platform.platform(terse=True),
            "processor": _processor(),
            "cores": os.cpu_count(),
            "python": platform.python_version(),
        },
        "versions": {name: version(name) for name in _LIBRARIES},
        "parts": {name: [{**asdict(row), "verdict": row.verdict} for row in rows] for name, rows in parts.items()},
    }


def rows_of(told: dict[str, Any]) -> list[Row]:
    """The rows of a document."""
    return [
        Row(**{key: value for key, value in row.items() if key != "verdict"})
        for rows in told["parts"].values()
        for row in rows
    ]


def _commit() -> str:
    """The revision, with a plus where files have changed since; empty outside a checkout."""
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty=+"], check=False, cwd=ROOT, capture_output=True, text=True
    )
    return done.stdout.strip()


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def as_text(rows: Iterable[Row]) -> str:
    """The table for a terminal."""
    return _aligned([["", "what", "measured", "against", "gate", "aim", ""], *map(_cells, rows)])


def _cells(row: Row) -> list[str]:
    figure = number(row.figure, row.unit)
    return [row.verdict, row.what, figure, row.against, number(row.gate, row.unit), number(row.aim, row.unit), row.more]


def _aligned(lines: Sequence[Sequence[str]]) -> str:
    widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def as_markdown(told: dict[str, Any]) -> str:
    """The table as the README has it: what has a gate or an aim."""
    machine, versions = told["machine"], told["versions"]
    lines = ["| What | Measured | Compared with | At most | Aim | |", "|---|---|---|---|---|---|"]
    for row in rows_of(told):
        if row.gate is not None or row.aim is not None:
            figure, gate, aim = (number(value, row.unit) for value in (row.figure, row.gate, row.aim))
            lines.append(f"| {row.what} | {figure} | {row.against} | {gate} | {aim} | {row.verdict} |")
    where = f"{machine['cores']} cores of {machine['processor']}"
    return "\n".join(
        [*lines, "", f"Of {told['date']}: {where}, Python {machine['python']}, Textual {versions['textual']}."]
    )


def number(value: float | None, unit: str) -> str:
    """A figure as it is shown; nothing for none."""
    if value is None:
        return "–"
    if unit == "x":
        return f"{value:.2f}×"
    if unit in {"%", "s"}:
        return f"{value:.2f} {unit}" if unit == "s" else f"{value:.2f} %"
    return f"{value:,.0f} {unit}".rstrip()


def kept() -> dict[str, Any]:
    """The last run that was kept.

    Raises:
        OSError: there is none.
    """
    told: dict[str, Any] = json.loads(LAST.read_text("utf-8"))
    return told
