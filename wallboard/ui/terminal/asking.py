"""The terminal is asked what it is, while it is nobody else's; Textual is not needed, nor loaded."""

import os
import select
import signal
import sys
import termios
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import FrameType

from wallboard.clock import SystemClock
from wallboard.ui.terminal.detection import HINTS, NOT_ASKED, Reason, TextReading, decide, identify
from wallboard.ui.terminal.direction import Setting
from wallboard.ui.terminal.remembered import Remembered
from wallboard.ui.terminal.replies import QUESTIONS, Replies, has_fence, parse

ANSWER_SECONDS = 0.15
MOST_BYTES = 65_536


@contextmanager
def asking(
    setting: Setting, file: Path, environ: Mapping[str, str] = os.environ
) -> Iterator[Callable[[], tuple[TextReading, Replies]]]:
    """Ask now; inside, the function that is given waits for what is still missing and decides.

    What takes its time is best done in between: the answers come meanwhile.

    Args:
        setting: `text_direction`.
        file: what is remembered of terminals.
        environ: the environment.
    """
    if not has_terminal():
        yield lambda: (NOT_ASKED, Replies())
        return
    keyboard, screen = sys.stdin.fileno(), sys.stdout.fileno()
    with quiet_keyboard(keyboard):
        is_asked = setting != "off" and environ.get("TERM_PROGRAM") != "Apple_Terminal"  # that one prints questions
        if is_asked:
            os.write(screen, QUESTIONS)
        deadline = SystemClock().monotonic() + ANSWER_SECONDS
        yield lambda: _decided(setting, _answer(keyboard, deadline) if is_asked else None, Remembered(file), environ)


def has_terminal() -> bool:
    """Whether there is one, with a keyboard and a screen."""
    return sys.stdin.isatty() and sys.stdout.isatty()


@contextmanager
def quiet_keyboard(keyboard: int) -> Iterator[None]:
    """What comes in is neither shown nor gathered into lines; on any way out it is as before."""
    before = termios.tcgetattr(keyboard)
    quiet = termios.tcgetattr(keyboard)
    quiet[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR)
    quiet[3] &= ~(termios.ECHO | termios.ICANON)
    quiet[6][termios.VMIN], quiet[6][termios.VTIME] = 1, 0
    with _leaving_by_signal():
        try:
            termios.tcsetattr(keyboard, termios.TCSANOW, quiet)
            yield
        finally:
            with suppress(termios.error):  # the terminal may be gone
                termios.tcsetattr(keyboard, termios.TCSANOW, before)


@contextmanager
def _leaving_by_signal() -> Iterator[None]:
    """A signal that ends the program raises, so that what was changed is set back."""

    def leave(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = {number: signal.signal(number, leave) for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _answer(keyboard: int, deadline: float) -> bytes:
    """What has come by the deadline, or before it by the fence."""
    clock, data = SystemClock(), b""
    while not has_fence(data) and len(data) < MOST_BYTES:
        ready, _, _ = select.select([keyboard], [], [], max(0.0, deadline - clock.monotonic()))
        chunk = os.read(keyboard, 4096) if ready else b""
        if not chunk:
            break
        data += chunk
    return data


def _decided(
    setting: Setting, answer: bytes | None, remembered: Remembered, environ: Mapping[str, str]
) -> tuple[TextReading, Replies]:
    replies, unread = parse(answer or b"")
    terminal = identify(replies, environ)
    reading = decide(setting, terminal, remembered.mode(terminal.identity), environ)
    is_hint_due = (
        reading.reason is Reason.TERMINAL and terminal.kind in HINTS and not remembered.is_told(terminal.identity)
    )
    is_settled = answer is None or replies.is_complete
    return replace(reading, is_hint_due=is_hint_due, unread=unread, is_settled=is_settled), replies
