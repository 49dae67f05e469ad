"""Writes to the terminal in a thread of its own: one that does not read holds up nothing but itself."""

import os
import select
import termios
import threading
from collections.abc import Callable
from contextlib import suppress

MOST_WAITING = 1_000_000  # bytes; frames never come near, for only one is under way
LOOK_MILLISECONDS = 50  # how often a thread that waits for the terminal looks whether it is to end
CANCEL = b"\x18"  # ends a sequence that was cut off


class Outlet:
    """The way to the terminal; what is written goes out in order, while the program goes on.

    Args:
        file: the terminal's descriptor.
        encoding: of the terminal.
        on_drained: called in the outlet's thread when all has gone out, if `is_free` was asked for before.
        on_gone: called there once when there is no terminal any more.
    """

    def __init__(self, file: int, encoding: str, on_drained: Callable[[], None], on_gone: Callable[[], None]) -> None:
        self._file = file
        self._own_file = _opened_anew(file)
        self._encoding = encoding
        self._on_drained = on_drained
        self._on_gone = on_gone
        self._waiting = bytearray()
        self._is_writing = self._is_ending = self._is_hurried = self._is_awaited = False
        self._is_gone = False
        self._change = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="wallboard-output", daemon=True)
        self._thread.start()

    def is_free(self) -> bool:
        """Whether all has gone out; if not, it is told once when it has."""
        with self._change:
            self._is_awaited = self._is_writing or bool(self._waiting)
            return not self._is_awaited and not self._is_gone

    def write(self, text: str) -> None:
        """Let it go out after what went before; without waiting, and into nothing where nothing is read any more."""
        data = text.encode(self._encoding, "replace")
        with self._change:
            if self._is_gone or len(self._waiting) + len(data) > MOST_WAITING:
                return
            self._waiting += data
            self._change.notify()

    def end(self, seconds: float) -> None:
        """Let what waits go out, for so long at most.

        Before a terminal that does not read, the frame it has not taken is given up: what waits behind must find room.
        """
        with self._change:
            self._is_ending = True
            self._change.notify()
        self._thread.join(seconds / 2)
        self._is_hurried = True
        self._thread.join(seconds / 2)

    def _run(self) -> None:
        try:
            while data := self._next():
                self._put(data)
                if self._is_now_drained():
                    self._on_drained()
        except (OSError, termios.error):
            self._is_gone, self._is_writing = True, False
            if not self._is_ending:
                self._on_gone()
        finally:
            if self._own_file is not None:
                os.close(self._own_file)

    def _put(self, data: bytes) -> None:
        if self._own_file is None:
            while data:
                data = data[os.write(self._file, data) :]
            return
        room = select.poll()
        room.register(self._own_file, select.POLLOUT)
        was_hurried = self._is_hurried
        while data:
            if self._is_hurried and not was_hurried:
                termios.tcflush(self._own_file, termios.TCOFLUSH)
                os.write(self._own_file, CANCEL)
                return
            if room.poll(LOOK_MILLISECONDS):
                with suppress(BlockingIOError):
                    data = data[os.write(self._own_file, data) :]
            elif was_hurried:
                return

    def _is_now_drained(self) -> bool:
        """Whether somebody waits to hear that all has gone out."""
        with self._change:
            self._is_writing = False
            is_told = self._is_awaited and not self._waiting and not self._is_ending
            self._is_awaited = self._is_awaited and not is_told
            return is_told

    def _next(self) -> bytes:
        """All that waits, as soon as there is something; nothing at the end."""
        with self._change:
            while not self._waiting and not self._is_ending:
                self._change.wait()
            data = bytes(self._waiting)
            self._waiting.clear()
            self._is_writing = bool(data)
            return data


def _opened_anew(file: int) -> int | None:
    """The same terminal through a descriptor that never waits; None where it is not ours to open.

    The given one is shared with the shell, which would be surprised to find that it does not wait.
    """
    try:
        return os.open(os.ttyname(file), os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
    except OSError:
        return None
