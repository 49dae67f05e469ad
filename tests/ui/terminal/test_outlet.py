"""The way to the terminal holds nobody up, keeps the order, and says when there is no terminal any more."""

import os
import pty
import threading
import time
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import pytest

from wallboard.ui.terminal.outlet import Outlet

DEADLINE = 5.0


@dataclass
class Line:
    """A terminal that reads when it is told to."""

    outlet: Outlet
    reader: int
    drained: list[None] = field(default_factory=list)
    gone: list[None] = field(default_factory=list)

    def read(self) -> bytes:
        return os.read(self.reader, 65_536)

    def read_until(self, end: bytes) -> bytes:
        data, deadline = b"", time.monotonic() + DEADLINE
        while not data.endswith(end) and time.monotonic() < deadline:
            data += self.read()
        return data


@contextmanager
def line(encoding: str = "utf-8") -> Iterator[Line]:
    reader, writer = pty.openpty()
    tty.setraw(writer)
    drained: list[None] = []
    gone: list[None] = []
    outlet = Outlet(writer, encoding, lambda: drained.append(None), lambda: gone.append(None))
    try:
        yield Line(outlet, reader, drained, gone)
    finally:
        with suppress(OSError):
            os.close(reader)
        outlet.end(1)
        os.close(writer)


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_what_is_written_goes_out_in_order() -> None:
    with line() as terminal:
        for number in range(200):
            terminal.outlet.write(f"{number},")
        assert terminal.read_until(b"199,") == b"".join(b"%d," % number for number in range(200))


def test_a_terminal_that_does_not_read_holds_nobody_up() -> None:
    with line() as terminal:
        began = time.monotonic()
        for _ in range(2000):
            terminal.outlet.write("x" * 5000)
        assert time.monotonic() - began < 1.0
        assert not terminal.outlet.is_free()
        assert terminal.drained == []


def test_it_is_told_when_all_has_gone_out_to_whom_asked() -> None:
    with line() as terminal:
        terminal.outlet.write("x" * 200_000)
        assert not terminal.outlet.is_free()
        taken = 0
        while taken < 200_000:
            taken += len(terminal.read())
        until(lambda: terminal.drained)
        assert terminal.outlet.is_free()
        terminal.outlet.write("more")
        assert terminal.read_until(b"more") == b"more"
        until(terminal.outlet.is_free)
        assert len(terminal.drained) <= 2  # the second only if it was asked while "more" was on its way


def test_a_terminal_that_is_gone_is_told_once_and_written_to_no_more() -> None:
    with line() as terminal:
        os.close(terminal.reader)
        terminal.outlet.write("anybody?")
        until(lambda: terminal.gone)
        terminal.outlet.write("nobody")
        terminal.outlet.end(1)
        assert terminal.gone == [None]
        assert not terminal.outlet.is_free()


def test_the_farewell_goes_out_to_a_terminal_that_has_not_read_for_a_while() -> None:
    with line() as terminal:
        terminal.outlet.write("x" * 900_000)
        until(lambda: not terminal.outlet.is_free())
        terminal.outlet.write("\x1b[?1049l")
        began = time.monotonic()
        terminal.outlet.end(1.0)
        assert time.monotonic() - began < 1.5


def test_the_farewell_finds_room_where_one_frame_stood_in_the_way() -> None:
    with line() as terminal:
        os.set_blocking(terminal.reader, False)
        terminal.outlet.write("x" * 80_000)  # more than a line holds
        time.sleep(0.2)
        assert not terminal.outlet.is_free()
        terminal.outlet.write("farewell")
        terminal.outlet.end(2.0)
        data = b""
        with suppress(BlockingIOError):
            while True:
                data += terminal.read()
        assert data.endswith(b"farewell")


def test_letters_the_terminal_does_not_know_keep_their_cells() -> None:
    with line("iso8859-8") as terminal:
        terminal.outlet.write("שלום ● end")
        assert terminal.read_until(b"end") == "שלום ? end".encode("iso8859-8")


def test_it_ends_at_once_where_nothing_waits() -> None:
    with line() as terminal:
        began = time.monotonic()
        terminal.outlet.end(1)
        assert time.monotonic() - began < 0.4
        assert not any(thread.name == "wallboard-output" and thread.is_alive() for thread in threading.enumerate())


def test_a_terminal_that_cannot_be_opened_anew_is_written_to_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.ttyname", lambda _: "/nowhere")
    with line() as terminal:
        terminal.outlet.write("x" * 200_000 + "end")
        assert len(terminal.read_until(b"end")) == 200_003
