"""Textual's driver of the terminal, told not to turn Hebrew round; late answers never become keys."""

import os
import select
import subprocess
from codecs import getincrementaldecoder
from contextlib import suppress
from typing import Any, ClassVar

from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from wallboard.clock import SystemClock
from wallboard.ui.terminal.detection import NOT_ASKED, TextReading
from wallboard.ui.terminal.replies import LateReplies

LATEST_REPLY_SECONDS = 30.0
TICK_SECONDS = 0.1
HELD_SECONDS = 0.05  # how long an escape waits for what would make it an answer
TMUX_SECONDS = 0.3
CLEAR = "\x1b[2J"  # lines keep the mode they were written in


class BoardDriver(LinuxDriver):
    """Tells the terminal on every way in and out: start, end, crash, suspended and resumed."""

    reading: ClassVar[TextReading] = NOT_ASKED

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._unread = self.reading.unread

    def start_application_mode(self) -> None:
        super().start_application_mode()  # type: ignore[no-untyped-call]
        # The alternate screen is entered, and nothing is drawn yet.
        if self._writer_thread is not None and self._writer_thread.is_alive():
            self._tell(self.reading.switch.on + CLEAR)

    def stop_application_mode(self) -> None:
        self._tell(self.reading.switch.off)
        super().stop_application_mode()

    def resume_application_mode(self) -> None:
        super().resume_application_mode()
        self._app.call_later(self._app.refresh, layout=True)

    def _sigcont_application(self, *_: object) -> None:
        if self._must_signal_resume:
            super()._sigcont_application()
        else:  # stopped without a word: nothing was left, so nothing is entered; but others may have used the screen
            self._tell(self.reading.switch.on + CLEAR)
            self._app.call_later(self._app.refresh, layout=True)

    def _tell(self, sequences: str) -> None:
        self.write(sequences)
        self.flush()
        if self.reading.switch.is_through_tmux:
            _redraw_behind_tmux()

    def run_input_thread(self) -> None:
        """Turn what is typed into events until the end; bytes that mean nothing do not end the board."""
        decode = getincrementaldecoder("utf-8")("replace").decode
        clock = SystemClock()
        deadline = clock.monotonic() + LATEST_REPLY_SECONDS
        late = LateReplies(is_over=self.reading.is_settled)
        parser = self._feed(XTermParser(self._debug), late.sift(decode(self._unread)))
        self._unread = b""
        while not self.exit_event.is_set():
            ready, _, _ = select.select([self.fileno], [], [], HELD_SECONDS if late.is_holding else TICK_SECONDS)
            if not ready:
                text = late.after_silence()
            elif data := self._read():
                text = late.sift(decode(data))
            else:
                self._app.call_later(self._app.action_quit)  # the terminal is gone
                return
            if clock.monotonic() >= deadline:
                text += late.end()
            parser = self._feed(parser, text)

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, 4096)
        except OSError:
            return b""

    def _feed(self, parser: XTermParser, text: str) -> XTermParser:
        """The parser to go on with: another one when nonsense has broken this."""
        try:
            for event in parser.feed(text) if text else ():  # nothing would mean the end
                self.process_message(event)
            for event in parser.tick():
                self.process_message(event)
        except (ValueError, OverflowError):
            return XTermParser(self._debug)
        return parser


def driver_for(found: TextReading) -> type[BoardDriver]:
    """The driver for a terminal that was asked."""

    class Driver(BoardDriver):
        reading = found

    return Driver


def _redraw_behind_tmux() -> None:
    """The terminal behind tmux was cleared, of which tmux knows nothing; in a moment, when it has passed that on."""
    command = ["tmux", "run-shell", "-b", "-d", str(TMUX_SECONDS), "-C", "refresh-client"]
    with suppress(OSError, subprocess.SubprocessError):
        subprocess.run(command, check=False, capture_output=True, timeout=1)  # noqa: S603 - the tmux we run in
