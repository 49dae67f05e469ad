"""The board, its vendors, and everything that is seen of them while it is disturbed."""

import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from tests.e2e.services import written
from tests.e2e.terminal import ROOT, environment
from tests.programs import Program, figures
from tests.soak.judging import Sample
from tests.soak.terminals import USUAL_SIZE, Desk, Seat, Tmux
from tests.soak.vendors import HARMLESS

REST = "rest"
KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "ctrl+p": "\x10",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "pagedown": "\x1b[6~",
    "home": "\x1b[H",
    "end": "\x1b[F",
}
KEY_SECONDS = 0.05
ESCAPE_SECONDS = 0.3  # read together with a letter that follows, it would be another key
_SEQUENCE = re.compile(r"\x1b(?:\[[0-9;?<>=]*[ -/]*[@-~]|.)")
_TYPING_SECONDS = 20.0
_START_SECONDS = 30.0


class SoakError(Exception):
    """The board did not do what it must; the text says what."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is soaked.

    Args:
        seed: of the disturbances and of the vendors' day.
        scenario: whose day.
        speed: of that day.
        share: of all polls that fails besides the scenario's own.
        sources: accounts of each vendor.
        poll_seconds: of each of their feeds that are fast.
        pace: how much of their usual time the disturbances take.
        only: names of the disturbances, where not all are done.
        is_wall: TV mode alone.
        is_in_tmux: the board sits in a tmux.
        leak: what the launcher leaks each second, to prove that it is found.
        has_snapshots: whether tasks and objects are counted at the half and at the end; cycles are collected then.
        is_traced: whether the growth of memory is told by place, too; the board is several times slower then.
    """

    seed: int = 1
    scenario: str = "faulty"
    speed: float = 5.0
    share: float = 0.05
    sources: int = 2
    poll_seconds: float = 0.5
    pace: float = 1.0
    only: tuple[str, ...] = ()
    is_wall: bool = False
    is_in_tmux: bool = False
    leak: str | None = None
    has_snapshots: bool = False
    is_traced: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the program is made of.

    Args:
        counts: of tasks by name and of objects by type.
        garbage: objects by type that nobody held any more.
        places: whose memory was taken since the first snapshot and is still held, the most first.
    """

    counts: Counter[str]
    garbage: Counter[str]
    places: list[str]


class Stage:
    """Starts everything; samples the board once a second whenever somebody waits; ends everything.

    Args:
        plan: what is soaked.
        home: where configuration, state and log of the run lie; its path is short, for sockets are in it.
    """

    def __init__(self, plan: Plan, home: Path) -> None:
        self.plan = plan
        self.home = home
        self.samples: list[Sample] = []
        self.phase = REST
        self.asked: Counter[str] = Counter()
        self.faults: Counter[str] = Counter()
        self.snapshots: list[Snapshot] = []
        self.pid = 0
        self._began = time.monotonic()
        self._lines: dict[int, bytes] = {}
        self._vendors = self._open_vendors()
        try:
            config = self._configured(self._first_line()["configuration"])
            with socket.socket(socket.AF_UNIX) as listener:
                listener.bind(str(home / "gauges"))
                listener.listen()
                listener.settimeout(_START_SECONDS)
                self.seat: Seat = (Tmux if plan.is_in_tmux else Desk)(self._argv(config), home)
                self._gauges, _ = listener.accept()
        except BaseException:
            self._vendors.kill()
            raise

    def _open_vendors(self) -> subprocess.Popen[bytes]:
        plan = self.plan
        argv = [sys.executable, "-m", "tests.soak.vendors", "--scenario", plan.scenario, "--seed", str(plan.seed)]
        argv += ["--speed", str(plan.speed), "--share", str(plan.share)]
        environ = environment(self.home)
        pipe = subprocess.PIPE
        # Unbuffered, for it is read as it is selected: when there is something.
        return subprocess.Popen(argv, env=environ, cwd=ROOT, stdin=pipe, stdout=pipe, bufsize=0)

    def _first_line(self) -> dict[str, Any]:
        assert self._vendors.stdout is not None
        told: dict[str, Any] = json.loads(self._vendors.stdout.readline())
        return told

    def _configured(self, tables: dict[str, Any]) -> Path:
        """Several sources of each vendor, asked as often as the configuration allows."""
        fast = {"poll_seconds": self.plan.poll_seconds, "max_requests_per_second": 100}
        slow = {"campaign_poll_seconds": 2.0}
        sources = [
            {**source, **fast, **(slow if slow.keys() <= source.keys() else {}), "name": f"{source['name']} {number}"}
            for source in tables["source"]
            for number in range(1, self.plan.sources + 1)
        ]
        return written({**tables, "source": sources}, self.home)

    def _argv(self, config: Path) -> list[str]:
        argv = [sys.executable, "-m", "tests.soak.launcher", "--gauges", str(self.home / "gauges")]
        argv += ["--leak", self.plan.leak] if self.plan.leak else []
        argv += ["--trace"] if self.plan.is_traced else []
        return [*argv, "--", "run", "--config", str(config), *(["--wall"] if self.plan.is_wall else [])]

    # What is known

    @property
    def program(self) -> Program:
        return self.seat.program

    @property
    def polls(self) -> int:
        """Requests that came to the vendors."""
        return self.asked.total()

    @property
    def failed(self) -> int:
        """Those of them that got no good answer."""
        return sum(count for kind, count in self.faults.items() if kind not in HARMLESS)

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self._began

    @property
    def is_stopped(self) -> bool:
        """Whether the board's process is suspended."""
        state = Path(f"/proc/{self.pid}/stat").read_text().rpartition(") ")[2][0]
        return state in "Tt"

    # What is waited for

    def wait(self, seconds: float) -> None:
        """Let time pass and sample meanwhile.

        Raises:
            SoakError: the board or the vendors have ended.
        """
        deadline = time.monotonic() + seconds
        assert self._vendors.stdout is not None
        while (left := deadline - time.monotonic()) > 0:
            places = [self._gauges.fileno(), self._vendors.stdout.fileno()]
            ready, _, _ = select.select(places, [], [], left)
            for place in ready:
                for line in self._lines_of(place):
                    self._take(json.loads(line))

    def linger(self, seconds: float) -> None:
        """Wait as long as the plan's pace makes of it."""
        self.wait(seconds * self.plan.pace)

    def until(self, condition: Callable[[], object], what: str, seconds: float = 15.0) -> float:
        """Wait until it holds; the seconds that took."""
        began = time.monotonic()
        while not condition():
            if time.monotonic() > began + seconds:
                raise SoakError(f"not within {seconds:g} s: {what} ({self.phase})")
            self.wait(0.05)
        return time.monotonic() - began

    def _lines_of(self, descriptor: int) -> list[bytes]:
        data = os.read(descriptor, 1_000_000)
        if not data:
            is_board = descriptor == self._gauges.fileno()
            raise SoakError(f"{'the board' if is_board else 'the vendors'} ended ({self.phase}){self._last_words}")
        *lines, rest = (self._lines.get(descriptor, b"") + data).split(b"\n")
        self._lines[descriptor] = rest
        return lines

    @property
    def _last_words(self) -> str:
        self.program.process.poll()
        words = _SEQUENCE.sub(" ", bytes(self.program.raw[-20_000:]).decode(errors="replace")).split()
        return f"; exit code {self.seat.exit_code}; at last it wrote: {' '.join(words)[-600:]}"

    def _take(self, told: dict[str, Any]) -> None:
        if "asked" in told:
            self.asked, self.faults = Counter(told["asked"]), Counter(told["faults"])
        elif "counts" in told:
            self.snapshots.append(Snapshot(Counter(told["counts"]), Counter(told["garbage"]), told["places"]))
        else:
            self.pid = told["pid"]
            seen = figures(self.pid)
            self.samples.append(
                Sample(
                    moment=self.elapsed,
                    phase=self.phase,
                    resident=seen.resident,
                    descriptors=seen.descriptors,
                    threads=seen.threads,
                    tasks=told["tasks"],
                    blocks=told["blocks"],
                    lag=told["lag"],
                    polls=self.polls,
                )
            )

    # What is done

    @contextmanager
    def doing(self, phase: str) -> Iterator[None]:
        """Samples are told to be of this phase."""
        self.phase = phase
        yield
        self.phase = REST

    def type(self, data: bytes) -> None:
        """Give the board's terminal these bytes.

        Raises:
            SoakError: it takes none.
        """
        typing = threading.Thread(target=self.program.send, args=(data,), daemon=True)
        typing.start()
        typing.join(_TYPING_SECONDS)
        if typing.is_alive():
            raise SoakError(f"nothing typed was read for {_TYPING_SECONDS:g} s ({self.phase})")

    def press(self, *keys: str) -> None:
        """Type keys, by name or as text, one after the other."""
        for key in keys:
            self.type(KEYS.get(key, key).encode())
            self.wait(ESCAPE_SECONDS if key == "escape" else KEY_SECONDS)

    def resize(self, columns: int, lines: int) -> None:
        self.program.resize(columns, lines)

    def usual_size(self) -> None:
        self.resize(*USUAL_SIZE)

    def signal(self, number: signal.Signals) -> None:
        """To the board itself."""
        os.kill(self.pid, number)

    def heal(self) -> None:
        """No more faults."""
        assert self._vendors.stdin is not None
        self._vendors.stdin.write(b"heal\n")

    def forget(self) -> None:
        """Drop what the board has written: of a day it would be a gigabyte."""
        self.program.raw.clear()
        self.program.chunks.clear()

    def snapshot(self) -> Snapshot:
        """What the program is made of now."""
        told = len(self.snapshots)
        self._gauges.sendall(b"snapshot\n")
        self.until(lambda: len(self.snapshots) > told, "a snapshot of the memory", 120)
        return self.snapshots[-1]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._gauges.close()
        self.seat.close()
        self._vendors.communicate(timeout=10)
