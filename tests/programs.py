"""Any program on a pseudo-terminal, watched from outside: what it writes and when, and what it costs the machine."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

_QUESTION = re.compile(rb"\x1b\[(?:\?(?P<mode>\d+)\$p|(?P<device>0?c)|(?P<place>6n))")
_UNFINISHED = re.compile(rb"\x1b(?:\[[?>\d;$]*)?\Z")
_SYNCHRONIZED = b"2026"
_READ_BYTES = 65_536
_SLOW_READ_BYTES = 1024
_SLOW_BURST_SECONDS = 0.05  # what a slow line may hold back and give at once
_PROCESS_CLOCK = 2  # CPUCLOCK_SCHED of linux/posix-timers.h, of a whole process


@dataclass(frozen=True, slots=True)
class Chunk:
    """What one read gave: when (seconds of the monotonic clock), and where in `raw` it ends."""

    moment: float
    end: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What a process is at one moment.

    Args:
        moment: seconds of the monotonic clock.
        cpu_ns: of all threads so far, ended ones too; the children's are not in it.
        resident: bytes of memory now.
        peak: the most it ever had.
        descriptors: open ones.
        threads: of the kernel.
    """

    moment: float
    cpu_ns: int
    resident: int
    peak: int
    descriptors: int
    threads: int


def cpu_ns(pid: int) -> int:
    """The CPU time of a process so far, in nanoseconds: all its threads, ended ones too."""
    return time.clock_gettime_ns((~pid << 3) | _PROCESS_CLOCK)


def figures(pid: int) -> Figures:
    """Of any process of this user.

    Raises:
        OSError: there is none.
    """
    place = Path(f"/proc/{pid}")
    status = dict(line.split(":", 1) for line in (place / "status").read_text().splitlines())
    rollup = dict(line.split(":", 1) for line in (place / "smaps_rollup").read_text().splitlines()[1:])
    return Figures(
        moment=time.monotonic(),
        cpu_ns=cpu_ns(pid),
        resident=_bytes(rollup["Rss"]),
        peak=_bytes(status["VmHWM"]),
        descriptors=len(list((place / "fd").iterdir())),
        threads=int(status["Threads"]),
    )


def _bytes(kilobytes: str) -> int:
    return int(kilobytes.split(maxsplit=1)[0]) * 1024


class Program:
    """A program in a session of its own whose controlling terminal is read, and answered, by a thread here.

    What is written is in `raw`, and in `chunks` when; both only grow.

    Args:
        argv: what to run.
        environ: the whole environment.
        size: columns and lines.
        knows_synchronized: whether the terminal says it can hold a frame back until it is whole (mode 2026).
        rate: bytes per second that the line takes; None: as fast as it can.
    """

    def __init__(
        self,
        argv: Sequence[str],
        environ: Mapping[str, str],
        *,
        size: tuple[int, int] = (200, 50),
        knows_synchronized: bool = True,
        rate: float | None = None,
    ) -> None:
        self.raw = bytearray()
        self.chunks: list[Chunk] = []
        self._modes = {_SYNCHRONIZED} if knows_synchronized else set()
        self._rate = rate
        self._free_again = 0.0  # when a slow line takes more
        self._unanswered = b""
        self._reads = threading.Event()
        self._reads.set()
        self._wakes, self._waker = os.pipe()
        self._is_open = True
        self._keyboard, self._line = pty.openpty()
        self._set_size(*size)
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            argv,
            env=dict(environ),
            stdin=self._line,
            stdout=self._line,
            stderr=self._line,
            start_new_session=True,
            preexec_fn=_take_the_terminal,  # noqa: PLW1509 - one call of the kernel, before anything else runs
        )
        self._reader = threading.Thread(target=self._read_on, name="terminal")
        self._reader.start()

    @property
    def pid(self) -> int:
        return self.process.pid

    def figures(self) -> Figures:
        return figures(self.pid)

    # What is done to it

    def send(self, keys: bytes | str) -> float:
        """Type; the moment it was done."""
        os.write(self._keyboard, keys.encode() if isinstance(keys, str) else keys)
        return time.monotonic()

    def resize(self, columns: int, lines: int) -> None:
        """The kernel tells the program."""
        self._set_size(columns, lines)

    def stop_reading(self) -> None:
        """As a terminal that hangs; what is just being read still comes."""
        self._reads.clear()
        os.write(self._waker, b".")

    def go_on(self) -> None:
        self._reads.set()
        os.write(self._waker, b".")

    def hang_up(self) -> None:
        """The terminal is gone; nothing can be typed or read any more."""
        if self._is_open:
            self._is_open = False
            os.close(self._waker)
            self._reader.join(10)
            for place in (self._wakes, self._keyboard, self._line):
                os.close(place)

    # What is waited for

    def until(self, condition: Callable[[], object], what: str, seconds: float = 15.0) -> float:
        """Wait until it holds; the seconds that took."""
        began = time.monotonic()
        while not condition():
            assert time.monotonic() < began + seconds, f"not within {seconds:g} s: {what}"
            time.sleep(0.005)
        return time.monotonic() - began

    def until_written(self, words: bytes, start: int = 0, seconds: float = 15.0) -> int:
        """Wait for these bytes at or after `start`; where they end."""
        self.until(lambda: self.raw.find(words, start) >= 0, f"{words!r} written", seconds)
        return self.raw.find(words, start) + len(words)

    def until_quiet(self, quiet: float, seconds: float = 15.0) -> None:
        """Wait until nothing was written for `quiet` seconds."""

        def rests() -> bool:
            return bool(self.chunks) and time.monotonic() - self.chunks[-1].moment >= quiet

        self.until(rests, f"nothing written for {quiet:g} s", seconds)

    def wait(self, seconds: float = 15.0) -> int:
        """Wait for its end, and for everything it wrote; its exit code."""
        code = self.process.wait(seconds)
        self.until_quiet(0.05)
        return code

    def moment_of(self, offset: int) -> float:
        """When the byte at this offset of `raw` came."""
        return next(chunk.moment for chunk in self.chunks if chunk.end > offset)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self.process.wait()
        self.hang_up()

    # The terminal itself

    @property
    def settings(self) -> list[object]:
        """The line's own settings, as `termios.tcgetattr` gives them."""
        return termios.tcgetattr(self._line)

    def _set_size(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self._keyboard, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def _read_on(self) -> None:
        is_told = True
        while is_told:
            wanted = [self._wakes, self._keyboard] if self._reads.is_set() else [self._wakes]
            ready, _, _ = select.select(wanted, [], [])
            if self._wakes in ready:
                is_told = bool(os.read(self._wakes, 64))
            elif not self._take():
                return

    def _take(self) -> bool:
        """Take what there is; False when the program has closed its side."""
        try:
            data = os.read(self._keyboard, _READ_BYTES if self._rate is None else _SLOW_READ_BYTES)
        except OSError:
            data = b""
        self.raw += data
        now = time.monotonic()
        if data:
            self.chunks.append(Chunk(now, len(self.raw)))
            self._answer(data)
        if self._rate is not None:
            self._free_again = max(self._free_again, now - _SLOW_BURST_SECONDS) + len(data) / self._rate
            time.sleep(max(0.0, self._free_again - now))
        return bool(data)

    def _answer(self, data: bytes) -> None:
        """Answer what a terminal is asked: its modes, what it is, where its cursor stands."""
        data = self._unanswered + data
        unfinished = _UNFINISHED.search(data)
        self._unanswered = unfinished[0] if unfinished else b""
        for question in _QUESTION.finditer(data):
            if mode := question["mode"]:
                answer = b"\x1b[?%b;%d$y" % (mode, 2 if mode in self._modes else 0)
            else:
                answer = b"\x1b[?62c" if question["device"] else b"\x1b[1;1R"
            os.write(self._keyboard, answer)


def _take_the_terminal() -> None:
    """Make the child's input the controlling terminal of its session."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
