"""`wallboard demo` as it is first met: it lives at once, obeys keys, and leaves the terminal as it was."""

import re
import signal
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal

FIRST_FIGURES_SECONDS = 5.0
GOODBYE_SECONDS = 3.0


def alive(home: Path, size: tuple[int, int] = (120, 35)) -> Terminal:
    """A demo whose first real figures are on the screen."""
    terminal = Terminal(home, "demo", "--seed", "4", size=size)
    terminal.until(lambda: has_figures(terminal), "real figures shown")
    return terminal


def has_figures(terminal: Terminal) -> bool:
    """Callers by their phones, and a figure of agents."""
    return bool(re.search(r"\b05\d{8}\b", terminal.text) and re.search(r"3 Agents  [1-9]", terminal.text))


def assert_restored(terminal: Terminal) -> None:
    assert not terminal.is_on_alternate_screen
    assert terminal.is_cursor_shown
    assert terminal.settings == terminal.settings_before
    for mode in (b"?1000", b"?1003", b"?1006", b"?2004"):  # mouse and paste
        assert terminal.raw.rfind(mode + b"l") > terminal.raw.rfind(mode + b"h")


def test_the_first_figures_come_within_five_seconds(tmp_path: Path) -> None:
    with Terminal(tmp_path, "demo") as terminal:
        terminal.until(lambda: has_figures(terminal), "real figures shown", FIRST_FIGURES_SECONDS)
        assert terminal.is_on_alternate_screen
        assert terminal.settings != terminal.settings_before


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
def test_leaving_by_key_restores_the_terminal(tmp_path: Path, key: str) -> None:
    with alive(tmp_path) as terminal:
        terminal.press(key)
        assert terminal.wait(GOODBYE_SECONDS) == 0
        assert_restored(terminal)


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_leaving_by_signal_restores_the_terminal(tmp_path: Path, ending: signal.Signals) -> None:
    with alive(tmp_path) as terminal:
        terminal.process.send_signal(ending)
        assert terminal.wait(GOODBYE_SECONDS) == 0
        assert_restored(terminal)
        assert b"Traceback" not in terminal.raw


def test_a_signal_before_the_first_picture_ends_it_too(tmp_path: Path) -> None:
    with Terminal(tmp_path, "demo") as terminal:
        terminal.until(lambda: terminal.is_on_alternate_screen, "the board began")
        terminal.process.send_signal(signal.SIGTERM)
        assert terminal.wait(GOODBYE_SECONDS) == 0
        assert_restored(terminal)


def test_keys_reach_the_board(tmp_path: Path) -> None:
    with alive(tmp_path) as terminal:
        terminal.press("f")
        terminal.until_shown("F R O Z E N")
        terminal.press("f")
        terminal.until(lambda: "F R O Z E N" not in terminal.text, "the picture goes on")
        terminal.press("3")
        terminal.settle()
        terminal.press("/", *"available")
        terminal.until_shown("/available")
        terminal.press("escape")
        terminal.until(lambda: "/available" not in terminal.text, "the filter is gone")
        terminal.press("z")
        terminal.until(lambda: "1 Queues" not in terminal.text and "3 Agents" in terminal.text, "agents alone")
        terminal.press("z")
        terminal.until_shown("1 Queues")
        terminal.press("2")
        terminal.settle()
        terminal.press("enter")
        terminal.until_shown("Left to the limit")
        terminal.press("escape")
        terminal.until(lambda: "Left to the limit" not in terminal.text, "the detail is closed")
        terminal.press("?")
        terminal.until_shown("Go to queues, callers")
        terminal.press("end")
        terminal.until_shown("Hold the picture still")
        terminal.press("escape")
        terminal.until(lambda: "Hold the picture still" not in terminal.text, "the help is closed")
        terminal.press("ctrl+p")
        terminal.until_shown("action, theme, queue or agent")


def test_keys_typed_faster_than_frames_do_what_they_do_one_by_one(tmp_path: Path) -> None:
    with alive(tmp_path) as terminal:
        terminal.press("3z")
        terminal.until(lambda: "1 Queues" not in terminal.text, "one panel alone")
        assert "3 Agents" in terminal.text
        terminal.press("z2z")
        terminal.until(lambda: "3 Agents" not in terminal.text and "2 Callers" in terminal.text, "the callers alone")
        terminal.press("\r")
        terminal.until(lambda: "closes" in terminal.text, "a detail is open")
        assert "Left to the limit" in terminal.text


def test_figures_live(tmp_path: Path) -> None:
    """Ages tick each second and the data behind them are asked again."""
    with alive(tmp_path) as terminal:
        terminal.press("5")
        age = re.compile(r"GetQueuesC\S*\s+● LIVE\s+00:0(\d)")

        def told() -> int:
            found = age.search(terminal.text)
            return int(found[1]) if found else -1

        terminal.until(lambda: told() >= 3, "the data grow older", 10)
        terminal.until(lambda: 0 <= told() <= 2, "and are asked anew", 10)


def test_the_board_fits_whatever_size_the_terminal_takes(tmp_path: Path) -> None:
    with alive(tmp_path, size=(80, 24)) as terminal:
        terminal.until(lambda: "4 Campaigns" not in terminal.text, "three panels")
        terminal.resize(200, 50)
        terminal.until(lambda: "4 Campaigns" in terminal.text and "Avg hold" in terminal.text, "all panels shown")
        assert len(terminal.lines[0]) > 150
        terminal.resize(30, 8)
        terminal.until_shown("wallboard needs")
        terminal.resize(80, 24)
        terminal.until(lambda: has_figures(terminal) and "4 Campaigns" not in terminal.text, "small again")
        terminal.until(lambda: terminal.lines[23].endswith("quit"), "the footer is the last line")


def test_a_storm_of_sizes_and_of_nonsense_on_the_keyboard_is_survived(tmp_path: Path) -> None:
    with alive(tmp_path) as terminal:
        for width in range(20, 220, 10):
            terminal.resize(width, width // 4)
            terminal.pump(0.01)
        terminal.press("\x1b[200~q q q\x1b[201~", "\x1b[<0;9999;9999M", "\x1b[<0;9999;9999m", "ש")
        terminal.resize(120, 35)
        terminal.until(lambda: has_figures(terminal), "figures again")
        terminal.press("q")
        assert terminal.wait(GOODBYE_SECONDS) == 0
