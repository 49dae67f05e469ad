"""A terminal that answers: a pseudo-terminal behind stdin and stdout, and what each real one says."""

import os
import pty
import select
import termios
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from wallboard.ui.terminal.replies import QUESTIONS

FENCE = b"\x1b[?62;22c"


def said(version: str = "", mode_8: int | None = None, secondary: str = "", fence: bytes = FENCE) -> bytes:
    """Answers as they come over the line, in the order of the questions."""
    name = b"\x1bP>|%b\x1b\\" % version.encode() if version else b""
    mode = b"\x1b[8;%d$y" % mode_8 if mode_8 is not None else b""
    numbers = b"\x1b[>%bc" % secondary.encode() if secondary else b""
    return name + mode + numbers + fence


# As recorded from the real ones.
VTE = said("", 1, "65;7006;1")
XTERM = said("XTerm(379)", 0, "41;379;0")
KITTY = said("kitty(0.26.5)", 0, "1;4000;26")
KONSOLE = said("Konsole 22.12.3", None, "1;115;0")
MLTERM = said("", 0, "24;279;0")
PUTTY = said("", None, "0;136;0")
ALACRITTY = said("", None, "0;1700;1")
TMUX = said("tmux 3.3a", None, "84;0;0")
SCREEN = said("", None, "83;40900;0")


class Line:
    """The terminal's end of the line."""

    def __init__(self) -> None:
        self.end, self.program = pty.openpty()
        self.asked = b""

    @property
    def settings(self) -> list[Any]:
        return termios.tcgetattr(self.program)

    def answer(self, data: bytes, after_seconds: float = 0.0) -> None:
        """Wait for the questions, then say this."""
        while not self.asked.endswith(QUESTIONS):
            ready, _, _ = select.select([self.end], [], [], 5)
            assert ready, "nobody asked"
            self.asked += os.read(self.end, 4096)
        if after_seconds:
            time.sleep(after_seconds)
        os.write(self.end, data)


@contextmanager
def line(monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    """A terminal in place of stdin and stdout."""
    made = Line()
    with os.fdopen(os.dup(made.program), "rb", buffering=0) as raw_in, os.fdopen(os.dup(made.program), "wb") as out:
        monkeypatch.setattr("sys.stdin", raw_in)
        monkeypatch.setattr("sys.stdout", out)
        try:
            yield made
        finally:
            monkeypatch.undo()
            os.close(made.end)
            os.close(made.program)


@contextmanager
def answering(made: Line, data: bytes, after_seconds: float = 0.0) -> Iterator[None]:
    """Meanwhile the terminal answers this."""
    failures: list[BaseException] = []

    def answer() -> None:
        try:
            made.answer(data, after_seconds)
        except BaseException as error:  # noqa: BLE001 - told to the test
            failures.append(error)

    terminal = threading.Thread(target=answer)
    terminal.start()
    try:
        yield
    finally:
        terminal.join()
    assert not failures
