"""The real program in a pseudo-terminal, and what a person in front of it would see."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Self

import pyte
from wcwidth import wcwidth

from wallboard.language.bidi import shape

ROOT = Path(__file__).parents[2]
DEADLINE = 15.0
# What pyte would print as text: keyboard protocols and questions with a `>`, `<` or `$` in them.
_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<>=?][0-9;]*\$?[a-zA-Z]")
_PRIVATE_MODE = re.compile(rb"\x1b\[\?[0-9;]+[hl]")
_UNFINISHED = re.compile(rb"\x1b(\[[0-9;<>=?$]*)?$")
_MODE_QUESTION = re.compile(rb"\x1b\[\?(\d+)\$p")
ENTER_ALTERNATE, LEAVE_ALTERNATE = b"\x1b[?1049h", b"\x1b[?1049l"
HIDE_CURSOR, SHOW_CURSOR = b"\x1b[?25l", b"\x1b[?25h"

KEYS = {"enter": "\r", "escape": "\x1b", "ctrl+q": "\x11", "ctrl+p": "\x10", "end": "\x1b[F"}


class Terminal:
    """`wallboard` with these arguments in a pseudo-terminal of a given size.

    Args:
        home: where configuration, state and log of this run lie.
        arguments: of the command line.
        size: columns and lines.
        environ: more of the environment.
    """

    def __init__(
        self, home: Path, *arguments: str, size: tuple[int, int] = (120, 35), environ: dict[str, str] | None = None
    ) -> None:
        self.raw = b""
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._undrawn = b""
        self._keyboard, self._line = pty.openpty()
        self._resize(*size)
        self.settings_before = termios.tcgetattr(self._line)
        self.started_at = time.monotonic()
        self.argv = [sys.executable, "-m", "wallboard", *arguments]
        self.process = subprocess.Popen(
            self.argv,
            env=environment(home, environ),
            stdin=self._line,
            stdout=self._line,
            stderr=self._line,
            start_new_session=True,
        )

    # What is seen

    @property
    def lines(self) -> list[str]:
        return [_row(self._screen.buffer[y], self._screen.columns).rstrip() for y in range(self._screen.lines)]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def shows(self, words: str) -> bool:
        """Whether these words, as they are read, stand on the screen in the order in which Hebrew stands there."""
        text = self.text
        return any(shown in text for shown in (words, shape(words, "ltr").text, shape(words, "rtl").text))

    @property
    def is_on_alternate_screen(self) -> bool:
        return self.raw.rfind(ENTER_ALTERNATE) > self.raw.rfind(LEAVE_ALTERNATE)

    @property
    def is_cursor_shown(self) -> bool:
        return self.raw.rfind(SHOW_CURSOR) >= self.raw.rfind(HIDE_CURSOR)

    @property
    def settings(self) -> list[Any]:
        """The line's own settings: raw while the board runs."""
        return termios.tcgetattr(self._line)

    def line_with(self, words: str) -> str:
        return next((line for line in self.lines if words in line), "")

    # What is done

    def press(self, *keys: str) -> None:
        """Type keys, by name or as characters, one after the other as a person does."""
        for key in keys:
            os.write(self._keyboard, KEYS.get(key, key).encode())
            self.pump(0.05)

    def resize(self, columns: int, lines: int) -> None:
        self._screen.resize(lines, columns)
        self._resize(columns, lines)
        self.process.send_signal(signal.SIGWINCH)

    def _resize(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self._line, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    # What is waited for

    def until(self, condition: Callable[[], object], what: str, seconds: float = DEADLINE) -> float:
        """Read until it holds; the seconds that took."""
        began = time.monotonic()
        while not condition():
            left = began + seconds - time.monotonic()
            assert left > 0, f"not within {seconds:g} s: {what}; on the screen:\n{self.text}"
            self.pump(min(left, 0.1))
        return time.monotonic() - began

    def until_shown(self, *words: str, seconds: float = DEADLINE) -> float:
        return self.until(lambda: all(map(self.shows, words)), f"{words} shown", seconds)

    def settle(self) -> None:
        """Read until the board rests, as it does most of each second."""
        self.until(lambda: not self.pump(0.15), "the board rests")

    def wait(self, seconds: float = DEADLINE) -> int:
        """Read until the program has ended and everything it wrote is here; its exit code."""
        self.until(lambda: self.process.poll() is not None, "the program ended", seconds)
        while self.pump(0):
            pass
        return self.process.returncode

    def pump(self, seconds: float) -> bool:
        """Take what the program writes within so many seconds and answer its questions; False when there was none."""
        ready, _, _ = select.select([self._keyboard], [], [], seconds)
        if not ready:
            return False
        chunk = os.read(self._keyboard, 65_536)
        self.raw += chunk
        for mode in _MODE_QUESTION.findall(chunk):  # as a terminal that knows none of the newer modes
            os.write(self._keyboard, b"\x1b[?%b;0$y" % mode)
        self._draw(self._undrawn + chunk)
        return True

    def _draw(self, data: bytes) -> None:
        unfinished = _UNFINISHED.search(data)
        end = unfinished.start() if unfinished else len(data)
        self._undrawn = data[end:]
        known = _UNKNOWN_TO_PYTE.sub(lambda m: m[0] if _PRIVATE_MODE.fullmatch(m[0]) else b"", data[:end])
        self._stream.feed(known)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._keyboard)
        os.close(self._line)


def _row(cells: Mapping[int, pyte.screens.Char], columns: int) -> str:
    """A line as a terminal shows it: half a wide character whose other half is written over is a blank (pyte fails)."""
    shown: list[str] = []
    for x in range(columns):
        text = cells[x].data
        is_second_half = not text and bool(shown) and bool(shown[-1]) and wcwidth(shown[-1][0]) == 2
        shown.append("" if is_second_half else text or " ")
    return "".join(shown)


def environment(home: Path, more: dict[str, str] | None = None) -> dict[str, str]:
    """The environment of a run whose files all lie in `home`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WALLBOARD_", "XDG_", "TEXTUAL"))}
    places = {name: str(home) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
    terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}
    return {**kept, **places, **terminal, **(more or {})}


def log_text(home: Path) -> str:
    """What the run logged."""
    return "".join(path.read_text("utf-8") for path in home.rglob("*.log*"))
