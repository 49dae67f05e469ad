"""Textual's driver of the terminal, made for weeks: it never waits for the terminal, nor dies of what it says."""

import asyncio
import os
import select
import termios
from codecs import getincrementaldecoder
from contextlib import suppress
from typing import Any, ClassVar

from rich.color import ColorSystem
from textual import events
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.message import Message
from textual.messages import InBandWindowResize

from wallboard.clock import SystemClock
from wallboard.ui.terminal.detection import NOT_ASKED, TextReading
from wallboard.ui.terminal.difference import Shown
from wallboard.ui.terminal.flood import Flood
from wallboard.ui.terminal.last_resort import end_at_last
from wallboard.ui.terminal.movement import Place
from wallboard.ui.terminal.outlet import Outlet
from wallboard.ui.terminal.replies import LateReplies
from wallboard.ui.terminal.wanted import Wanted

LATEST_REPLY_SECONDS = 30.0
TICK_SECONDS = 0.1  # while something may follow what was typed
SILENCES, REST_SECONDS = 4, 1.0  # after so many ticks without a byte nothing more belongs to the last
HELD_SECONDS = 0.05  # how long an escape waits for what would make it an answer
TMUX_SECONDS = 0.3
FAREWELL_SECONDS = 1.0  # for what must still go out to a terminal that may not read
CLEAR = "\x1b[2J"  # lines keep the mode they were written in
# Between frames the last look stays in force; and a frame may be given up in its middle.
RESET = "\x1b[?2026l\x1b[r\x1b[m"
ONE_PACKET = 1000  # characters; a larger frame may come in pieces, so a terminal that can is told to wait for its end
FRAME_START, FRAME_END = "\x1b[?2026h", "\x1b[?2026l"
# What Textual's own `stop_application_mode` says, for when there is no time for it.
LEAVE = (
    "\x1b[?2004l\x1b[?7h\x1b[?2048l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
)


class BoardDriver(LinuxDriver):
    """Draws only what differs, one frame at a time; tells the terminal about Hebrew on every way in and out."""

    reading: ClassVar[TextReading] = NOT_ASKED

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._unread = self.reading.unread
        self._ending = os.pipe()  # wakes who waits for bytes
        for end in self._ending:
            os.set_blocking(end, False)
        self._outlet: Outlet | None = None
        self._wanted: Wanted | None = None
        self._shown: Shown | None = None
        self._cursor: Place | None = None
        self._is_bracketed = False

    # The picture

    def wanted(self, size: Size, colours: ColorSystem) -> Wanted:
        """What the screen is to show from the next frame on, for whoever changes it.

        Args:
            size: of the screen.
            colours: what the terminal can show.
        """
        if self._wanted is None or self._shown is None or self._wanted.size != size:
            self._wanted = Wanted(size, colours)
            self._shown = Shown(size, is_reordering=self.reading.mode == "logical")
        return self._wanted

    def end_frames(self, cursor: Place | None, *, is_bracketed: bool) -> None:
        """Say how frames end.

        Args:
            cursor: where letters are being composed; None: nowhere.
            is_bracketed: the terminal waits for the end of a frame before it shows any of it.
        """
        self._cursor, self._is_bracketed = cursor, is_bracketed

    def draw_anew(self) -> None:
        """Write everything: others may have written on the screen."""
        self.forget()
        self.send()

    def forget(self) -> None:
        """What the terminal shows is not known any more."""
        if self._shown is not None:
            self._shown.forget()

    def send(self) -> None:
        """Write the newest picture; while a frame is under way nothing is written nor queued, but afterwards."""
        if self._outlet is None or self._wanted is None or self._shown is None or not self._outlet.is_free():
            return
        frame = self._shown.difference(self._wanted, self._cursor)
        if self._is_bracketed and len(frame) > ONE_PACKET:
            frame = FRAME_START + frame + FRAME_END
        if frame:
            self._outlet.write(frame)

    # In and out

    @property
    def _encoding(self) -> str:
        return "utf-8" if self._file is None else self._file.encoding

    def write(self, data: str) -> None:
        if self._outlet is not None:
            self._outlet.write(data)

    def start_application_mode(self) -> None:
        self._outlet = self._open_outlet()
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._writer_thread is None:  # in the background: Textual stops again at once
            return
        self._writer_thread.stop()  # Textual's own, which would wait for the terminal
        self._writer_thread = None
        # The alternate screen is entered, and nothing is drawn yet.
        self.forget()
        self._tell(self.reading.switch.on + CLEAR)

    def stop_application_mode(self) -> None:
        self._tell(RESET + self.reading.switch.off)
        super().stop_application_mode()

    def disable_input(self) -> None:
        os.write(self._ending[1], b"\0")
        super().disable_input()
        with suppress(BlockingIOError):
            os.read(self._ending[0], 1)

    def close(self) -> None:
        if self._outlet is not None:
            self._outlet.end(FAREWELL_SECONDS)
            self._outlet = None

    def abandon(self) -> None:
        """Give the terminal back without waiting for anything or anybody, as far as it lets itself be told."""
        if self.attrs_before is not None:
            with suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
        with suppress(OSError, termios.error):
            termios.tcflush(self.fileno, termios.TCOFLUSH)
            terminal = os.open(os.ttyname(self.fileno), os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
            os.write(terminal, (RESET + self.reading.switch.off + LEAVE).encode())

    def resume_application_mode(self) -> None:
        super().resume_application_mode()
        self._app.call_later(self._app.refresh, layout=True)

    def _sigcont_application(self, *_: object) -> None:
        if self._must_signal_resume:
            super()._sigcont_application()
        else:  # stopped without a word: nothing was left, so nothing is entered; but others may have used the screen
            self.forget()
            self._tell(self.reading.switch.on + CLEAR)
            self._app.call_later(self._app.refresh, layout=True)

    def _open_outlet(self) -> Outlet:
        loop = asyncio.get_running_loop()

        def drained() -> None:
            with suppress(RuntimeError):  # the loop has ended meanwhile
                loop.call_soon_threadsafe(self.send)

        if self._file is None:
            raise OSError("standard error is closed, and the picture goes there")
        return Outlet(self._file.fileno(), self._encoding, drained, self._leave)

    def _leave(self) -> None:
        """There is no terminal any more."""
        end_at_last(self.abandon)
        self._app.call_later(self._app.action_quit)

    def _tell(self, sequences: str) -> None:
        self.write(sequences)
        if self.reading.switch.is_through_tmux:
            _redraw_behind_tmux()

    # What is typed

    def run_input_thread(self) -> None:
        """Turn what is typed into events until the end; bytes that mean nothing do not end the board."""
        decode = getincrementaldecoder(self._encoding)("replace").decode
        clock, flood = SystemClock(), Flood()
        deadline = clock.monotonic() + LATEST_REPLY_SECONDS
        late = LateReplies(is_over=self.reading.is_settled)
        parser = self._feed(XTermParser(self._debug), late.sift(decode(self._unread)))
        self._unread = b""
        silences = 0
        while not self.exit_event.is_set():
            patience = HELD_SECONDS if late.is_holding else TICK_SECONDS if silences < SILENCES else REST_SECONDS
            ready, _, _ = select.select([self.fileno, self._ending[0]], [], [], patience)
            silences = 0 if ready else silences + 1
            if self._ending[0] in ready:
                return
            if not ready:
                flood.after_silence()
                text = late.after_silence()
            elif data := self._read():
                text = late.sift(flood.sift(decode(data)))
            else:
                self._leave()
                return
            if clock.monotonic() >= deadline:
                text += late.end()
            parser = self._feed(parser, text)

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, 4096)
        except OSError:
            return b""

    def process_message(self, message: Message) -> None:
        """Sizes come from the system alone: what stands among the keys may be anybody's, and of any size."""
        if not isinstance(message, InBandWindowResize | events.Resize):
            super().process_message(message)

    def _query_in_band_window_resize(self) -> None:
        """Not wanted."""

    def _feed(self, parser: XTermParser, text: str) -> XTermParser:
        """The parser to go on with: another one when nonsense has broken this."""
        try:
            for event in parser.feed(text) if text else ():  # nothing would mean the end
                self.process_message(event)
            for event in parser.tick():
                self.process_message(event)
        except Exception:  # noqa: BLE001 - a border: bytes may do anything to Textual's parser
            return XTermParser(self._debug)
        return parser


def driver_for(found: TextReading) -> type[BoardDriver]:
    """The driver for a terminal that was asked."""

    class Driver(BoardDriver):
        reading = found

    return Driver


def _redraw_behind_tmux() -> None:
    """The terminal behind tmux was cleared, of which tmux knows nothing; in a moment, when it has passed that on."""
    import subprocess  # takes its time to load

    command = ["tmux", "run-shell", "-b", "-d", str(TMUX_SECONDS), "-C", "refresh-client"]
    with suppress(OSError, subprocess.SubprocessError):
        subprocess.run(command, check=False, capture_output=True, timeout=1)  # noqa: S603 - the tmux we run in
