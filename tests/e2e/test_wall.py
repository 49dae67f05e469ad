"""`--wall` in a pseudo-terminal: a kiosk that no key leaves, that a signal does, and that outlives its vendor."""

import signal
from pathlib import Path

from tests.e2e.services import configured, living_world, served
from tests.e2e.terminal import Terminal
from tests.e2e.test_demo import GOODBYE_SECONDS

SIZE = (80, 24)
BREACH_SECONDS = 60.0  # in which the storm, sped up, has reached its first one


def test_a_kiosk_stays_whatever_is_struck_and_leaves_the_mouse_alone(tmp_path: Path) -> None:
    with Terminal(tmp_path, "demo", "--wall", "--scenario", "calm", size=SIZE) as terminal:
        terminal.until_shown("longest wait", "data 00:0")
        terminal.press("w", "q", "ctrl+q", "escape", "ctrl+p", "\x03", "\x1a", "\x1c", "k", "y", "1", "?")
        struck_at = terminal.lines[0][-9:]
        terminal.until(lambda: terminal.lines[0][-9:] != struck_at, "the clock goes on")
        assert terminal.process.poll() is None
        assert "1 Queues" not in terminal.text
        assert "longest wait" in terminal.text
        assert not terminal.is_cursor_shown
        assert not [mode for mode in (b"?1000h", b"?1002h", b"?1003h") if mode in terminal.raw]
        terminal.process.send_signal(signal.SIGTERM)
        assert terminal.wait(GOODBYE_SECONDS) == 0
        assert not terminal.is_on_alternate_screen
        assert terminal.is_cursor_shown
        assert terminal.settings == terminal.settings_before


def test_a_breach_takes_the_wall(tmp_path: Path) -> None:
    with Terminal(tmp_path, "demo", "--wall", "--scenario", "storm", "--speed", "5", size=SIZE) as terminal:
        terminal.until_shown("! BREACH", seconds=BREACH_SECONDS)


def test_it_outlives_its_vendor_says_so_and_is_left_where_that_is_allowed(tmp_path: Path) -> None:
    world = living_world()
    environ = {"WALLBOARD_WALL__ALLOW_QUIT": "true", "WALLBOARD_WALL__MESSAGE": "Fire drill at 12:00"}
    with served(world) as address:
        config = configured(world, address, tmp_path, poll_seconds=1, campaign_poll_seconds=1)
        terminal = Terminal(tmp_path, "run", "--wall", "--config", str(config), size=SIZE, environ=environ)
        terminal.until_shown("data 00:0", "Fire drill at 12:00")
    port = int(address.rpartition(":")[2])
    with terminal:
        terminal.until_shown("STALE 00:", "? UNKNOWN", "~ old")
        with served(world, port):
            terminal.until(lambda: "STALE" not in terminal.text, "nothing is stale")
            terminal.press("q")
            assert terminal.wait(GOODBYE_SECONDS) == 0
