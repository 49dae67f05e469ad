"""What the terminal is told about Hebrew, byte by byte, on every way in and out."""

import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal
from tests.ui.terminal import lines
from wallboard.ui.terminal.replies import QUESTIONS

HEBREW = re.compile(rb"\xd7[\x90-\xaa]")
ON, OFF = b"\x1b[8l", b"\x1b[8h"
ENTER, LEAVE = b"\x1b[?1049h", b"\x1b[?1049l"
GOODBYE_SECONDS = 5.0
# A fault in the middle of a running board, as a module that Python loads by itself at its start.
FAULT = """
import sys, threading
def fail():
    from wallboard.ui.app import WallboardApp
    def broken(self, message): raise RuntimeError("it broke")
    WallboardApp._on_message_snapshot_arrived = WallboardApp.on_snapshot_arrived = broken
timer = threading.Timer({seconds}, fail); timer.daemon = True; timer.start()
"""


class Asked(Terminal):
    """A terminal that answers what it is asked about itself, in time or late."""

    answers = b""
    late_until: Callable[[], bool] = staticmethod(lambda: True)
    _is_answered = False

    def pump(self, seconds: float) -> bool:
        is_read = super().pump(seconds)
        if not self._is_answered and QUESTIONS in self.raw and self.late_until():
            self._is_answered = True
            os.write(self._keyboard, self.answers)
        return is_read


def asked(home: Path, answers: bytes, *arguments: str, **environ: str) -> Asked:
    terminal = Asked(home, *(arguments or ("demo", "--seed", "4")), environ=environ)
    terminal.answers = answers
    return terminal


def shown(terminal: Terminal) -> None:
    terminal.until(lambda: HEBREW.search(terminal.raw), "a Hebrew name is shown")


def is_stopped(terminal: Terminal) -> bool:
    """Stopped by a signal, as the system sees it."""
    return Path(f"/proc/{terminal.process.pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"


def assert_told(terminal: Terminal, on: bytes = ON, off: bytes = OFF) -> None:
    """Before the first Hebrew byte on the alternate screen, and set back after the last."""
    raw = terminal.raw
    hebrew = [match.start() for match in HEBREW.finditer(raw)]
    assert raw.index(ENTER) < raw.index(on) < hebrew[0]
    assert hebrew[-1] < raw.rindex(off) < raw.rindex(LEAVE)
    assert raw.rindex(on) < raw.rindex(off)


def test_it_is_told_and_set_back_when_left_by_key(tmp_path: Path) -> None:
    with asked(tmp_path, lines.VTE) as terminal:
        shown(terminal)
        terminal.press("q")
        assert terminal.wait(GOODBYE_SECONDS) == 0
        assert_told(terminal)
        assert terminal.raw.index(QUESTIONS) < terminal.raw.index(ENTER)


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_it_is_set_back_on_a_signal(tmp_path: Path, ending: signal.Signals) -> None:
    with asked(tmp_path, lines.VTE) as terminal:
        shown(terminal)
        terminal.process.send_signal(ending)
        assert terminal.wait(GOODBYE_SECONDS) == 0
        assert_told(terminal)


def test_it_is_set_back_on_an_exception(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(FAULT.format(seconds=6))
    root = Path(__file__).parents[2]
    with asked(tmp_path, lines.VTE, PYTHONPATH=f"{tmp_path}:{root}") as terminal:
        shown(terminal)
        assert terminal.wait() != 0
        assert b"stopped by an unexpected RuntimeError" in terminal.raw
        assert terminal.raw.index(ENTER) < terminal.raw.index(ON)
        assert terminal.raw.rindex(ON) < terminal.raw.rindex(OFF) < terminal.raw.rindex(LEAVE)
        drawn = terminal.raw[: terminal.raw.rindex(LEAVE)]
        assert [match.start() for match in HEBREW.finditer(drawn)][-1] < drawn.rindex(OFF)


def test_it_is_set_back_while_suspended_and_told_again(tmp_path: Path) -> None:
    with asked(tmp_path, lines.VTE) as terminal:
        shown(terminal)
        terminal.process.send_signal(signal.SIGTSTP)
        terminal.until(lambda: is_stopped(terminal), "the board sleeps")
        while terminal.pump(0.1):  # what it wrote before
            pass
        assert_told(terminal)
        resumed = len(terminal.raw)
        terminal.process.send_signal(signal.SIGCONT)
        terminal.until(lambda: HEBREW.search(terminal.raw, resumed), "a Hebrew name is shown again")
        assert terminal.raw.index(ENTER, resumed) < terminal.raw.index(ON, resumed)
        assert terminal.raw.index(ON, resumed) < HEBREW.search(terminal.raw, resumed).start()  # type: ignore[union-attr]
        terminal.until_shown("1 Queues", "2 Callers", "3 Agents", "Longest", "quit")
        terminal.press("q")
        assert terminal.wait(GOODBYE_SECONDS) == 0
        assert_told(terminal)


def test_whoever_was_stopped_without_a_word_says_it_again_and_draws_everything(tmp_path: Path) -> None:
    with asked(tmp_path, lines.VTE) as terminal:
        terminal.until_shown("1 Queues", "2 Callers", "3 Agents")
        terminal.process.send_signal(signal.SIGSTOP)
        terminal.until(lambda: is_stopped(terminal), "the board sleeps")
        while terminal.pump(0.1):  # what it wrote before
            pass
        resumed = len(terminal.raw)
        terminal.process.send_signal(signal.SIGCONT)
        terminal.until(lambda: ON in terminal.raw[resumed:], "told again")
        terminal.until_shown("1 Queues", "2 Callers", "3 Agents", "Longest", "quit")
        assert ENTER not in terminal.raw[resumed:]
        terminal.until(lambda: HEBREW.search(terminal.raw), "the first data")
        terminal.press("f")
        terminal.until_shown("F R O Z E N")  # one key, taken once
        terminal.press("q")
        assert terminal.wait(GOODBYE_SECONDS) == 0
        assert_told(terminal)


@pytest.mark.parametrize(
    ("answers", "environ", "on", "off"),
    [
        (lines.KONSOLE, {}, b"\x1b[8l\x1b]50;BidiRenderingEnabled=false\x07", b"\x1b]50;BidiRenderingEnabled=true\x07"),
        (lines.MLTERM, {"TERM": "mlterm"}, b"\x1b[8l\x1b]5379;use_ctl=false\x07", b"\x1b]5379;use_ctl=true\x07\x1b[8h"),
        (lines.XTERM, {}, ON, OFF),
        (
            lines.TMUX,
            {"TMUX": "/nonexistent,1,0"},
            b"\x1b[8l\x1bPtmux;\x1b\x1b[8l\x1b\x1b[2J\x1b\\",
            b"\x1bPtmux;\x1b\x1b[8h\x1b\x1b[2J\x1b\\\x1b[8h",
        ),
        (lines.VTE, {"WALLBOARD_BOARD__TEXT_DIRECTION": "logical"}, OFF, OFF),
    ],
    ids=["Konsole", "mlterm", "xterm", "tmux", "logical"],
)
def test_each_is_told_in_its_own_words(
    tmp_path: Path, answers: bytes, environ: dict[str, str], on: bytes, off: bytes
) -> None:
    with asked(tmp_path, answers, **environ) as terminal:
        shown(terminal)
        terminal.press("q")
        assert terminal.wait(GOODBYE_SECONDS) == 0
        assert terminal.raw.index(on) < HEBREW.search(terminal.raw).start()  # type: ignore[union-attr]
        assert terminal.raw.rindex(off) > [match.start() for match in HEBREW.finditer(terminal.raw)][-1]
        others = {b"\x1b]50;", b"\x1b]5379;", b"\x1bPtmux;"}
        assert not [other for other in others if other in terminal.raw and other not in on]


@pytest.mark.parametrize(
    ("answers", "environ"), [(lines.KITTY, {}), (lines.VTE, {"WALLBOARD_BOARD__TEXT_DIRECTION": "off"})]
)
def test_where_nothing_helps_nothing_is_said(tmp_path: Path, answers: bytes, environ: dict[str, str]) -> None:
    with asked(tmp_path, answers, **environ) as terminal:
        shown(terminal)
        terminal.press("q")
        assert terminal.wait(GOODBYE_SECONDS) == 0
        assert ON not in terminal.raw
        assert OFF not in terminal.raw
        if "WALLBOARD_BOARD__TEXT_DIRECTION" in environ:
            assert QUESTIONS not in terminal.raw


def test_late_answers_never_become_keys(tmp_path: Path) -> None:
    """Were they keys, `k` of kitty would ask to kick, `t` to transfer, digits go to panels, `c` to a campaign."""
    late = lines.said("kitty(0.26.5)", 1, "65;7006;1", b"\x1b[?64;1;2;6;9;15;16;17;18;21;22;28c")
    with asked(tmp_path, b"") as terminal:
        terminal.until_shown("1 Queues")
        shown(terminal)
        for piece in (late[:7], late[7:20], late[20:]):
            os.write(terminal._keyboard, piece)
            terminal.pump(0.2)
        terminal.press("f")
        terminal.until_shown("F R O Z E N")
        terminal.settle()
        assert "╭" not in terminal.text  # no dialog
        assert not [line for line in terminal.lines if "/64" in line or "/1;" in line]  # no filter
        assert all(panel in terminal.text for panel in ("1 Queues", "2 Callers", "3 Agents"))
        terminal.press("f", "q")
        assert terminal.wait(GOODBYE_SECONDS) == 0


def test_what_is_typed_before_the_board_is_there_reaches_it(tmp_path: Path) -> None:
    with asked(tmp_path, lines.VTE) as terminal:
        terminal.until(lambda: QUESTIONS in terminal.raw, "it asks")
        os.write(terminal._keyboard, b"f")
        terminal.until_shown("F R O Z E N")


def test_nonsense_on_the_keyboard_does_not_end_the_board(tmp_path: Path) -> None:
    with asked(tmp_path, lines.VTE) as terminal:
        shown(terminal)
        os.write(terminal._keyboard, b"\xff\xfe")
        os.write(terminal._keyboard, b"\x1b[999999999999A")
        terminal.settle()  # what comes in the same breath is lost with it
        terminal.press("f")
        terminal.until_shown("F R O Z E N")
        terminal.press("f", "q")
        assert terminal.wait(GOODBYE_SECONDS) == 0


def test_the_line_is_as_it_was_when_it_ends_while_asking(tmp_path: Path) -> None:
    with asked(tmp_path, b"") as terminal:
        terminal.until(lambda: QUESTIONS in terminal.raw, "it asks")
        terminal.process.send_signal(signal.SIGTERM)
        terminal.wait(GOODBYE_SECONDS)
        assert terminal.settings == terminal.settings_before


def test_the_self_test_is_answered_remembered_and_forgotten(tmp_path: Path) -> None:
    with asked(tmp_path, lines.VTE, "terminal") as terminal:
        terminal.until_shown("VTE 0.70.6", "DECRQM 8 1", "printf", "none: enter")
        raw = terminal.raw
        assert raw.index(ON) < HEBREW.search(raw).start()  # type: ignore[union-attr]
        first, second = raw.index("תוחוקל".encode()), raw.index("שירות".encode())
        assert first < raw.index(OFF) < second
        terminal.press("2")
        assert terminal.wait(GOODBYE_SECONDS) == 0
        assert terminal.raw.endswith(b"forgets it.\r\n")
        assert terminal.settings == terminal.settings_before
    with asked(tmp_path, lines.VTE) as board:
        shown(board)
        assert ON not in board.raw
        assert "\u202b".encode() in board.raw
    with asked(tmp_path, lines.VTE, "terminal", "--forget") as forgetting:
        forgetting.until_shown("forgotten")
        assert forgetting.wait(GOODBYE_SECONDS) == 0
    with asked(tmp_path, lines.VTE) as board:
        shown(board)
        assert ON in board.raw


@pytest.mark.parametrize("ending", ["\r", "q", signal.SIGINT, signal.SIGTERM])
def test_a_self_test_without_an_answer_changes_nothing(tmp_path: Path, ending: str | signal.Signals) -> None:
    with asked(tmp_path, lines.KONSOLE, "terminal") as terminal:
        terminal.until_shown("none: enter")
        if isinstance(ending, str):
            terminal.press(ending)
        else:
            terminal.process.send_signal(ending)
        terminal.wait(GOODBYE_SECONDS)
        assert terminal.settings == terminal.settings_before
        assert not list(tmp_path.rglob("terminals.json"))
        assert terminal.raw.rindex(b"BidiRenderingEnabled=true") > terminal.raw.rindex(b"BidiRenderingEnabled=false")


def test_an_answer_that_cannot_be_kept_is_said(tmp_path: Path) -> None:
    (tmp_path / "wallboard").write_text("no folder")
    with asked(tmp_path, lines.VTE, "terminal") as terminal:
        terminal.until_shown("none: enter")
        terminal.press("1")
        assert terminal.wait(GOODBYE_SECONDS) == 1
        assert "cannot be written" in terminal.text
        assert terminal.settings == terminal.settings_before


def test_a_hint_is_told_once(tmp_path: Path) -> None:
    with asked(tmp_path, lines.PUTTY) as terminal:
        terminal.until_shown("Disable bidirectional")
    with asked(tmp_path, lines.PUTTY) as terminal:
        shown(terminal)
        began = time.monotonic()
        while time.monotonic() < began + 1.0:
            terminal.pump(0.1)
        assert "Disable bidirectional" not in terminal.text
