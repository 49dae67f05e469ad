"""The first picture, drawn before anything else is loaded: where all will be, and what can be done meanwhile."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.e2e.services import configured, living_world, served
from tests.e2e.terminal import LEAVE_ALTERNATE, ROOT, Terminal

# None of these is needed to draw a frame.
LATER = {"httpx", "httpcore", "pydantic", "pydantic_core", "starlette", "uvicorn", "h11", "phonenumbers"}
LATER |= {f"wallboard.{room}" for room in ("engine", "vendors", "domain", "config.model", "ui.screens")}
GOODBYE_SECONDS = 3.0
TITLES = ("1 Queues", "2 Callers", "3 Agents", "4 Campaigns", "5 Feeds")
# Python loads this by itself at its start: what comes after the first frame waits until a file is there.
HOLD = """
import os, sys, time
class Hold:
    def find_spec(self, name, path=None, target=None):
        if name == "wallboard.assembly.furnishing":
            with open({loaded!r}, "w") as file:
                file.write("\\n".join(sys.modules))
            while not os.path.exists({go!r}):
                time.sleep(0.01)
sys.meta_path.insert(0, Hold())
"""


@contextmanager
def held(home: Path, *arguments: str, size: tuple[int, int] = (200, 50), **environ: str) -> Iterator[Terminal]:
    """A program that shows its opening until `let_go`."""
    (home / "sitecustomize.py").write_text(HOLD.format(loaded=str(home / "loaded"), go=str(home / "go")), "utf-8")
    environ = {"PYTHONPATH": os.pathsep.join((str(home), str(ROOT))), **environ}
    with Terminal(home, *(arguments or ("demo", "--seed", "4")), size=size, environ=environ) as terminal:
        terminal.until((home / "loaded").exists, "the first frame was drawn")
        terminal.settle()
        yield terminal


def let_go(home: Path) -> None:
    (home / "go").touch()


def places(terminal: Terminal) -> dict[str, tuple[int, int]]:
    """Where the titles of the panels stand."""
    found = {}
    for row, line in enumerate(terminal.lines):
        for title in TITLES:
            if title in line:
                found[title] = (row, line.index(title))
    return found


def stands(terminal: Terminal) -> bool:
    """Whether the board has come."""
    return "connecting…" not in terminal.text and "quit" in terminal.lines[-1]


def assert_restored(terminal: Terminal) -> None:
    assert not terminal.is_on_alternate_screen
    assert terminal.is_cursor_shown
    assert terminal.settings == terminal.settings_before
    assert b"Traceback" not in terminal.raw


def test_nothing_but_the_frame_is_loaded_before_the_first_frame(tmp_path: Path) -> None:
    with held(tmp_path, "--theme", "day", "demo", "--config", "x.toml") as terminal:
        loaded = (tmp_path / "loaded").read_text("utf-8").split()
        assert sorted(LATER.intersection(loaded)) == []
        assert "wallboard demo" in terminal.lines[0]
        assert set(places(terminal)) == set(TITLES)
        assert terminal.text.count("connecting…") == len(TITLES)


@pytest.mark.parametrize("size", [(200, 50), (120, 35), (80, 24)])
def test_the_board_comes_where_it_was_announced_and_nothing_flashes(tmp_path: Path, size: tuple[int, int]) -> None:
    with held(tmp_path, size=size) as terminal:
        announced = places(terminal)
        assert len(announced) >= 3
        let_go(tmp_path)
        while not stands(terminal):
            terminal.pump(0.1)
            assert announced.items() <= places(terminal).items()
        terminal.until_shown("05")


def test_what_reads_from_the_right_is_announced_there(tmp_path: Path) -> None:
    title = "םירות 1"  # as it stands
    with held(tmp_path, "demo", "--seed", "4", "--language", "he") as terminal:
        announced = terminal.line_with(title).index(title)
        assert announced > 100
        let_go(tmp_path)
        terminal.until_shown("יציאה")
        assert terminal.line_with(title).index(title) == announced


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
def test_it_is_left_at_once_by_key(tmp_path: Path, key: str) -> None:
    with held(tmp_path) as terminal:
        terminal.press(key)
        assert terminal.wait(GOODBYE_SECONDS) == 0
        assert_restored(terminal)


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_it_is_left_at_once_by_signal(tmp_path: Path, ending: signal.Signals) -> None:
    with held(tmp_path) as terminal:
        terminal.process.send_signal(ending)
        assert terminal.wait(GOODBYE_SECONDS) == 0
        assert_restored(terminal)


def test_other_keys_wait_for_the_board(tmp_path: Path) -> None:
    with held(tmp_path) as terminal:
        terminal.press("3", "z")
        assert "1 Queues" in terminal.text
        let_go(tmp_path)
        terminal.until(lambda: "1 Queues" not in terminal.text, "the agents alone")
        assert "3 Agents" in terminal.text


def test_a_wall_is_not_left_by_key(tmp_path: Path) -> None:
    with held(tmp_path, "demo", "--seed", "4", "--wall") as terminal:
        assert "connecting…" in terminal.text
        assert "Queues" not in terminal.text
        terminal.press("q")
        let_go(tmp_path)
        terminal.until(lambda: "connecting…" not in terminal.text, "the wall stands")
        assert terminal.process.poll() is None


def test_a_fault_of_the_configuration_ends_it_and_is_told_on_the_terminal_as_it_was(tmp_path: Path) -> None:
    config = tmp_path / "wrong.toml"
    config.write_text('[bord]\n[board]\ntheme = "day"\n', "utf-8")
    with held(tmp_path, "run", "--config", str(config), size=(120, 35)) as terminal:
        assert set(places(terminal)) == set(TITLES)
        let_go(tmp_path)
        assert terminal.wait() == 2
        assert_restored(terminal)
        assert b'the nearest valid key is "board"' in terminal.raw.rpartition(LEAVE_ALTERNATE)[2]


def test_a_program_that_prints_a_secret_has_the_terminal_to_itself(tmp_path: Path) -> None:
    config = tmp_path / "board.toml"
    config.write_text(
        '[[source]]\nkind = "yemot"\nname = "Main line"\ntoken_command = ["false"]\nqueues = ["/1"]\n', "utf-8"
    )
    config.chmod(0o600)
    with Terminal(tmp_path, "run", "--config", str(config)) as terminal:
        assert terminal.wait() == 2
        assert "failed with exit status 1" in terminal.text
        assert b"connecting" not in terminal.raw


def test_warnings_are_on_the_board_and_stay_on_the_terminal_after_it(tmp_path: Path) -> None:
    world = living_world()
    with served(world) as address:
        config = str(configured(world, address, tmp_path))
        environ = {"WALLBOARD_NONSENSE": "1"}
        with Terminal(tmp_path, "run", "--config", config, size=(200, 50), environ=environ) as terminal:
            terminal.until_shown("environment variable WALLBOARD_NONSENSE")
            terminal.press("q")
            assert terminal.wait(GOODBYE_SECONDS) == 0
            assert_restored(terminal)
            assert b"Warning: environment variable WALLBOARD_NONSENSE" in terminal.raw.rpartition(LEAVE_ALTERNATE)[2]
