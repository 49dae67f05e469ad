"""How long it takes from the command to the first frame and to the first real number."""

import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.board import FIRST_FIGURE, FIRST_TITLE, board
from tests.bench.floor import Script
from tests.bench.minimal_app import WORDS
from tests.e2e.terminal import environment
from tests.programs import Program

_HEAVY = ("textual", "httpx")


@dataclass(frozen=True, slots=True)
class Started:
    """Medians, in seconds since the program was run; `heavy` modules were loaded to tell the version and the help."""

    frame: float
    number: float
    minimal: float
    python: float
    heavy: tuple[str, ...]

    @property
    def over_minimal(self) -> float:
        return self.frame / self.minimal


def started(rounds: int) -> Started:
    """The board, the least Textual application and bare Python, by turns."""
    rows = []
    for _ in range(rounds):
        with board(Script(), poll_seconds=5) as (program, _port):
            program.until_written(FIRST_FIGURE, seconds=60)
            frame, number = _seconds(program, FIRST_TITLE), _seconds(program, FIRST_FIGURE)
        minimal = _minimal()
        began = time.monotonic()
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        rows.append((frame, number, minimal, time.monotonic() - began))
    frame, number, minimal, python = (median(column) for column in zip(*rows, strict=True))
    return Started(frame, number, minimal, python, heavy_modules())


def _seconds(program: Program, words: bytes) -> float:
    return program.moment_of(program.raw.index(words)) - program.started


def _minimal() -> float:
    with tempfile.TemporaryDirectory(prefix="bench-") as home:
        environ = environment(Path(home), {"PYTHONWARNINGS": "ignore"})
        with Program([sys.executable, "-m", "tests.bench.minimal_app"], environ) as program:
            program.until_written(WORDS, seconds=60)
            return _seconds(program, WORDS)


def heavy_modules() -> tuple[str, ...]:
    """What of Textual and httpx is loaded for `--version` and `--help`."""
    loaded: set[str] = set()
    for option in ("--version", "--help"):
        done = subprocess.run(
            [sys.executable, "-X", "importtime", "-m", "wallboard", option],
            check=True,
            capture_output=True,
            text=True,
        )
        loaded |= {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    return tuple(sorted(loaded & set(_HEAVY)))
