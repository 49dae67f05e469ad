"""Starts the real program and tells from inside, once a second, what cannot be seen from outside it.

`python -m tests.soak.launcher --gauges SOCKET [--leak KIND] [--trace] -- run --config FILE`

A line of JSON a second goes to the socket: `pid`, `tasks` (of asyncio, not done), `blocks` (of memory that Python
holds), `lag` (seconds that the event loop took, or has taken so far, to get round to something). The line `snapshot`
from there is answered with one that holds `counts`: how many tasks there are of each name, how many objects of each
type; `garbage`: how many objects of each type the collector found to be held by nobody, which it has not come to by
itself; and, with `--trace`, `places`: whose memory was taken since the first `snapshot` and is still held, the most
first. From then on a traced program is several times slower.
"""

import argparse
import asyncio
import contextlib
import gc
import json
import os
import re
import runpy
import select
import socket
import sys
import threading
import time
import tracemalloc
from collections import Counter
from typing import Any

PERIOD_SECONDS = 1.0
MOST_PLACES = 10
LEAKS = ("memory", "descriptor", "thread", "task")
LEAKED_BYTES = 200_000
_NUMBER = re.compile(r"(?<=Task-)\d+|0x[0-9a-f]+")
_FRAMES = 4  # of a place, the innermost first


class Gauges(threading.Thread):
    """Looks at the program around it."""

    def __init__(self, place: str, leak: str | None, *, is_traced: bool) -> None:
        super().__init__(name="gauges", daemon=True)
        self._line = socket.socket(socket.AF_UNIX)
        self._line.connect(place)
        self._leak = leak
        self._is_traced = is_traced
        self._leaked: list[object] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._asked_at: float | None = None  # when the loop was asked to get round to something
        self._lag = 0.0

    def watch_loop(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def run(self) -> None:
        with contextlib.suppress(OSError):  # the soak has ended
            while True:
                ready, _, _ = select.select([self._line], [], [], PERIOD_SECONDS)
                if not ready:
                    self._spring_a_leak()
                    self._tell(self._gauge())
                elif self._line.recv(64):
                    self._tell(self._snapshot())
                else:
                    return

    def _tell(self, values: dict[str, Any]) -> None:
        self._line.sendall(json.dumps(values).encode() + b"\n")

    def _gauge(self) -> dict[str, Any]:
        tasks, blocks = len(self._tasks()), sys.getallocatedblocks()
        return {"pid": os.getpid(), "tasks": tasks, "blocks": blocks, "lag": self._look_at_lag()}

    def _tasks(self) -> set[asyncio.Task[Any]]:
        return asyncio.all_tasks(self._loop) if self._loop else set()

    def _look_at_lag(self) -> float:
        """How long the loop took lately; asks again when it has answered."""
        now, asked_at = time.monotonic(), self._asked_at
        if asked_at is not None:
            return now - asked_at
        if self._loop is not None and not self._loop.is_closed():
            self._asked_at = now
            self._loop.call_soon_threadsafe(self._answer)
        return self._lag

    def _answer(self) -> None:
        if self._asked_at is not None:
            self._lag = time.monotonic() - self._asked_at
        self._asked_at = None

    def _snapshot(self) -> dict[str, Any]:
        before = self._counts()
        gc.collect()
        counts = self._counts()
        places = self._places() if self._is_traced else []
        return {"counts": counts, "garbage": before - counts, "places": places}

    def _counts(self) -> Counter[str]:
        tasks = Counter("task " + _NUMBER.sub("", task.get_name()) for task in self._tasks())
        return tasks + Counter(f"object {type(each).__module__}.{type(each).__qualname__}" for each in gc.get_objects())

    def _places(self) -> list[str]:
        """What was taken since the first time and is still held: kB, and the place of the program."""
        if not tracemalloc.is_tracing():
            tracemalloc.start(_FRAMES)
            return []
        held = tracemalloc.take_snapshot().statistics("traceback")
        return [
            f"{each.size / 1000:.1f} kB in {each.count} blocks: "
            + " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(list(each.traceback)))
            for each in held[:MOST_PLACES]
        ]

    def _spring_a_leak(self) -> None:
        """What the soak must find."""
        match self._leak:
            case "memory":
                self._leaked.append(os.urandom(LEAKED_BYTES))
            case "descriptor":
                self._leaked.append(os.dup(0))
            case "thread":
                threading.Thread(target=threading.Event().wait, daemon=True).start()
            case "task" if self._loop:
                self._leaked.append(asyncio.run_coroutine_threadsafe(asyncio.Event().wait(), self._loop))


def _tell_of_loop(gauges: Gauges) -> None:
    """Have the gauges know the program's event loop as soon as it runs."""
    run_forever = asyncio.BaseEventLoop.run_forever

    def watched(self: asyncio.BaseEventLoop) -> None:
        gauges.watch_loop(self)
        run_forever(self)

    asyncio.BaseEventLoop.run_forever = watched  # type: ignore[method-assign]


def launch() -> None:
    """Run the program on what follows `--`."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--gauges", required=True)
    parser.add_argument("--leak", choices=LEAKS)
    parser.add_argument("--trace", action="store_true")
    parser.add_argument("argv", nargs="+")
    given = parser.parse_args()
    gauges = Gauges(given.gauges, given.leak, is_traced=given.trace)
    _tell_of_loop(gauges)
    gauges.start()
    sys.argv = ["wallboard", *given.argv]
    runpy.run_module("wallboard", run_name="__main__")


if __name__ == "__main__":
    launch()
