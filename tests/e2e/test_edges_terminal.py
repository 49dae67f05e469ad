"""Terminals at their worst: other names, no UTF-8, any size, nobody who reads, stopped, detached, gone."""

import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Self

import pytest

from tests.e2e.stand_in import StandIn, Waiting, configured, serving
from tests.e2e.terminal import Terminal, environment
from tests.e2e.test_demo import GOODBYE_SECONDS, assert_restored, has_figures

SIZE = (120, 35)
UNREAD_SECONDS = 4.0  # in which a terminal takes nothing
ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)
_LOOK = re.compile(rb"\x1b\[([0-9;]*)m")
_HEBREW = re.compile("[\u0590-\u05ff]")


def colours(terminal: Terminal) -> set[int]:
    """The colours that were asked for, without bold and the like; 38 and 48 are those beyond the sixteen."""
    told = {int(number) for look in _LOOK.findall(terminal.raw) for number in look.split(b";") if number}
    return told & {*range(30, 39), *range(40, 49), *range(90, 98), *range(100, 108)}


def home(tmp_path: Path, name: str) -> Path:
    folder = tmp_path / name
    folder.mkdir()
    return folder


def take(terminal: Terminal, seconds: float) -> None:
    """Read, without drawing: a thousand columns take a while to draw here."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if select.select([terminal._keyboard], [], [], min(left, 0.05))[0]:
            terminal.raw += os.read(terminal._keyboard, 1 << 16)


def take_until(terminal: Terminal, words: bytes, start: int) -> None:
    """Read until this has been written behind the byte `start`."""
    end = time.monotonic() + 10
    while words not in terminal.raw[start:]:
        assert time.monotonic() < end, words
        take(terminal, 0.05)


def test_any_name_and_any_encoding_of_a_terminal_gives_a_board_that_can_be_read(tmp_path: Path) -> None:
    """All at once, for each takes its time to start."""
    kinds = {
        "ascii": {"LC_ALL": "C", "TERM": "dumb", "COLORTERM": ""},
        "hebrew": {"PYTHONIOENCODING": "iso8859-8:strict", "NO_COLOR": "1"},
        "sixteen": {"TERM": "xterm-16color", "COLORTERM": ""},
        "nonsense": {"TERM": "nonsense", "COLORTERM": ""},
    }
    with ExitStack() as stack:
        shown = {
            name: stack.enter_context(Terminal(home(tmp_path, name), "demo", "--seed", "4", size=SIZE, environ=environ))
            for name, environ in kinds.items()
        }
        for name, terminal in shown.items():
            terminal.until(lambda t=terminal: has_figures(t), f"figures in {name}", 30)  # type: ignore[misc]
            terminal.press("?")
            terminal.until_shown("Go to queues, callers")
            terminal.press("escape")
            terminal.until(lambda t=terminal: "Go to queues" not in t.text, "the help is closed")  # type: ignore[misc]
            terminal.press("q")
            assert terminal.wait(GOODBYE_SECONDS) == 0, name
            assert_restored(terminal)
        ascii_only = shown["ascii"].raw.decode()
        assert {each for each in ascii_only if not each.isascii() and not _HEBREW.match(each)} == set()
        assert _HEBREW.search(ascii_only)
        assert "+-" in ascii_only  # the frame of the help
        assert _HEBREW.search(shown["hebrew"].raw.decode("iso8859-8"))
        assert b"\\u" not in shown["hebrew"].raw
        assert not colours(shown["ascii"])
        assert not colours(shown["hebrew"])
        assert colours(shown["sixteen"])
        assert not colours(shown["sixteen"]) & {38, 48}


def test_every_size_is_survived_and_a_key_answered_in_the_largest(tmp_path: Path) -> None:
    with Terminal(tmp_path, "demo", "--seed", "4", size=SIZE) as terminal:
        terminal.until(lambda: has_figures(terminal), "figures")
        for columns, lines in ((1, 1), (2, 1), (0, 0), (20, 5)):
            terminal._resize(columns, lines)
            terminal.process.send_signal(signal.SIGWINCH)
            before = len(terminal.raw)
            take(terminal, 0.3)
        take_until(terminal, b"needs", before)
        before = len(terminal.raw)
        terminal.resize(1000, 500)
        take_until(terminal, b"Feeds", before)
        before = len(terminal.raw)
        os.write(terminal._keyboard, b"f")
        take_until(terminal, b"F R O Z E N", before)
        os.write(terminal._keyboard, b"f")
        for number in range(500):
            terminal._resize(20 + number % 180, 5 + number % 45)
            terminal.process.send_signal(signal.SIGWINCH)
            if not number % 20:
                take(terminal, 0.001)
        terminal.resize(*SIZE)
        terminal.until(lambda: has_figures(terminal) and terminal.lines[34].endswith("quit"), "the board again")
        terminal.press("q")
        assert terminal.wait(GOODBYE_SECONDS) == 0
        assert_restored(terminal)


def test_a_terminal_that_reads_nothing_stops_nothing_but_itself(tmp_path: Path) -> None:
    """Polls go on; on return the picture is right; and each ending signal ends it in time, the line as it was."""
    vendor = StandIn(callers=[Waiting("call1", "0500000001", 30)], agents={"0502222222": False})
    with serving(vendor) as server, ExitStack() as stack:
        shown = []
        for name in (*(ending.name for ending in ENDING), "reader"):
            folder = home(tmp_path, name)
            config = configured(server, folder)
            shown.append(stack.enter_context(Terminal(folder, "run", "--config", str(config), size=SIZE)))
        for terminal in shown:
            terminal.until_shown("0500000001", seconds=30)
        with vendor.lock:
            polls = vendor.polls
        time.sleep(UNREAD_SECONDS)
        with vendor.lock:
            assert vendor.polls - polls >= (UNREAD_SECONDS - 2) * len(shown)
            vendor.callers = [Waiting("call2", "0500000002", 1)]
        reader = shown.pop()
        for terminal, ending in zip(shown, ENDING, strict=True):
            terminal.process.send_signal(ending)
        for terminal, ending in zip(shown, ENDING, strict=True):
            assert terminal.process.wait(GOODBYE_SECONDS + 1) == 0, ending.name
            while terminal.pump(0):
                pass
            assert_restored(terminal)
        reader.until(lambda: "0500000002" in reader.text and "0500000001" not in reader.text, "the newest picture")
        assert "STALE" not in reader.text
        reader.press("q")
        assert reader.wait(GOODBYE_SECONDS) == 0


def test_stopped_and_continued_it_is_stale_first_and_then_itself_again(tmp_path: Path) -> None:
    """As under a shell: in a group of its own, whose parent lives in another group of the same session."""
    vendor = StandIn(callers=[Waiting("call1", "0500000001", 30)])
    with (
        serving(vendor) as server,
        Terminal(tmp_path, "run", "--config", str(configured(server, tmp_path))) as terminal,
    ):
        terminal.until_shown("0500000001")
        terminal.process.send_signal(signal.SIGTSTP)
        terminal.until(lambda: _state(terminal.process.pid) == "T", "it is stopped")
        while terminal.pump(0.1):
            pass
        assert_restored(terminal)
        time.sleep(8)
        terminal.process.send_signal(signal.SIGCONT)
        terminal.until(lambda: terminal.is_on_alternate_screen and "STALE 00:0" in terminal.text, "it is stale")
        assert terminal.settings != terminal.settings_before
        terminal.until(lambda: "STALE" not in terminal.text and "0500000001" in terminal.text, "it lives again")
        terminal.press("q")
        assert terminal.wait(GOODBYE_SECONDS) == 0
        assert_restored(terminal)


def _state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


@pytest.mark.parametrize("is_deaf", [True, False], ids=["SIGHUP ignored", "parent killed"])
def test_a_line_that_drops_ends_it(tmp_path: Path, is_deaf: bool) -> None:
    """With SIGHUP ignored, as nohup and some supervisors have it; under a parent that dies, as sudo may."""
    shell = "trap '' HUP; exec" if is_deaf else "cat /dev/null;"  # the second makes the shell a parent
    argv = ["sh", "-c", f'{shell} "$0" -m wallboard demo', sys.executable]
    with on_line(tmp_path, argv) as (parent, line):
        seen = b""
        end = time.monotonic() + 20
        while b"Callers" not in seen:
            assert time.monotonic() < end
            if select.select([line], [], [], 0.2)[0]:
                seen += os.read(line, 1 << 16)
        program = parent.pid if is_deaf else _child_of(parent.pid)
        if not is_deaf:
            parent.kill()
            parent.wait()
        os.close(line)
        began = time.monotonic()
        while _is_alive(program):
            assert time.monotonic() - began < 5, "it goes on without a terminal"
            time.sleep(0.05)
            parent.poll()


@contextmanager
def on_line(folder: Path, argv: list[str]) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """A program on a terminal line of its own, which a test may drop."""
    keyboard, line = pty.openpty()
    process = subprocess.Popen(
        argv, env=environment(folder), stdin=line, stdout=line, stderr=line, start_new_session=True
    )
    os.close(line)
    try:
        yield process, keyboard
    finally:
        process.kill()
        process.wait()


def _child_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])


def _is_alive(pid: int) -> bool:
    try:
        return _state(pid) not in {"Z", "X"}
    except FileNotFoundError:
        return False


@pytest.mark.skipif(shutil.which("tmux") is None, reason="there is no tmux here")
def test_tmux_clients_come_and_go(tmp_path: Path) -> None:
    """Small and large by turns; the board is as large as the one that is there, and lives without any."""
    environ = environment(tmp_path) | {"TMUX_TMPDIR": str(tmp_path), "TERM": "xterm-256color"}
    environ.pop("TMUX", None)
    tmux = ["tmux", "-L", "edges", "-f", "/dev/null"]

    def told(*words: str) -> str:
        done = subprocess.run([*tmux, *words], env=environ, check=False, capture_output=True, text=True, timeout=10)
        return done.stdout

    def until(words: str, *, is_shown: bool = True) -> None:
        end = time.monotonic() + 15
        while (words in told("capture-pane", "-p")) is not is_shown:
            assert time.monotonic() < end, told("capture-pane", "-p")
            time.sleep(0.1)

    python = sys.executable
    told("new-session", "-d", "-x", "120", "-y", "35", f"exec {python} -m wallboard demo --seed 4")
    try:
        until("2 Callers")
        for number in range(20):
            size = (20, 6) if number % 2 else (200, 60)
            with Attached([*tmux, "attach"], environ, size):
                if number >= 18:
                    until("wallboard" if number % 2 else "4 Campaigns")
        with Attached([*tmux, "attach"], environ, (200, 60)):
            until("5 Feeds")
            told("send-keys", "f")
            until("F R O Z E N")
            told("send-keys", "f", "q")
            until("2 Callers", is_shown=False)
    finally:
        told("kill-server")


class Attached:
    """A tmux client of some size, for a moment at least."""

    def __init__(self, argv: list[str], environ: dict[str, str], size: tuple[int, int]) -> None:
        self._keyboard, line = pty.openpty()
        fcntl.ioctl(line, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self._process = subprocess.Popen(
            argv, env=environ, stdin=line, stdout=line, stderr=line, start_new_session=True
        )
        os.close(line)

    def __enter__(self) -> Self:
        select.select([self._keyboard], [], [], 2)
        os.read(self._keyboard, 1 << 16)
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._keyboard)
        self._process.wait(5)
