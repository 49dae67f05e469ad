"""Unlocking: what the screen shows, what it passes on, and that no key of it gets into a log."""

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from textual import events

from tests.e2e.terminal import Terminal, environment, log_text
from tests.ui.boards import Board, board
from wallboard.config.pin import hash_pin, matches
from wallboard.engine.gate import Gate
from wallboard.ui.screens.board import BoardScreen
from wallboard.ui.screens.unlock import UnlockScreen

PIN = "8046"


@dataclass
class SlowLock:
    """A lock whose checks take as long as a test wants."""

    is_locked: bool = True
    unlock_wait: float = 0.0
    tries: list[str] = field(default_factory=list)
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.may_answer.set()

    def touch(self) -> None:
        """Nobody asks when."""

    async def unlock(self, pin: str) -> float | None:
        self.tries.append(pin)
        await self.may_answer.wait()
        if pin == PIN:
            self.is_locked = False
            return None
        self.unlock_wait = 4.0
        return self.unlock_wait


@dataclass
class Asked:
    board: Board
    lock: SlowLock
    results: list[bool | None]

    @property
    def is_open(self) -> bool:
        return isinstance(self.board.app.screen, UnlockScreen)

    async def press(self, *keys: str) -> None:
        await self.board.press(*keys)

    async def until_shown(self, words: str) -> None:
        """The seconds left are counted in real time."""
        deadline = time.monotonic() + 5
        while words not in self.board.text:
            assert time.monotonic() < deadline, f"never shown: {words}\n{self.board.text}"
            await asyncio.sleep(0.02)


@asynccontextmanager
async def asked() -> AsyncIterator[Asked]:
    async with board() as shown:
        results: list[bool | None] = []
        lock = SlowLock()
        await shown.app.push_screen(UnlockScreen(lock), results.append)
        await shown.until(lambda: "PIN" in shown.text)
        yield Asked(shown, lock, results)


async def test_the_pin_opens_and_the_board_says_so() -> None:
    async with asked() as it:
        assert "The figures live on" in it.board.text
        await it.press(*PIN)
        assert "••••" in it.board.text
        assert PIN not in it.board.text
        await it.press("enter")
        await it.board.until(lambda: not it.is_open)
        assert (it.lock.tries, it.results) == ([PIN], [True])
        await it.until_shown("unlocked")


async def test_a_wrong_pin_says_how_long_to_wait_and_counts() -> None:
    async with asked() as it:
        await it.press(*"0000", "enter")
        await it.until_shown("Wrong PIN. The next try counts in 4 s.")
        assert "•" not in it.board.text
        it.lock.unlock_wait = 1.2
        await it.until_shown("counts in 2 s.")
        await it.press(*PIN, "enter")
        assert it.lock.tries == ["0000"], "it is too early"
        it.lock.unlock_wait = 0.0
        await it.until_shown("Wrong PIN. Try again.")
        await it.press("enter")
        await it.board.until(lambda: not it.is_open)
        assert it.lock.tries == ["0000", PIN], "what was typed while waiting is kept"


async def test_an_earlier_wait_is_shown_at_once() -> None:
    async with asked() as it:
        await it.press("escape")
        it.lock.unlock_wait = 250.0
        await it.board.app.push_screen(UnlockScreen(it.lock))
        await it.until_shown("The next try counts in 250 s.")
        assert "Wrong" not in it.board.text


async def test_keys_are_for_the_pin_alone() -> None:
    async with asked() as it:
        await it.press("q", "slash", "f", "space", "tab", "up", "ctrl+p", "x", "backspace", "א", "enter")
        await it.board.until(lambda: bool(it.lock.tries))
        assert it.lock.tries == ["q/f א"]
        await it.press(*"123", *["backspace"] * 5, "enter")
        assert len(it.lock.tries) == 1, "nothing was typed"
        await it.press(*"9" * 50)
        assert "•" * 32 in it.board.text
        assert "•" * 33 not in it.board.text
        assert it.board.screen._frozen is None


async def test_while_a_pin_is_checked_no_other_is() -> None:
    async with asked() as it:
        it.lock.may_answer.clear()
        await it.press(*"1111", "enter", *"2222", "enter", "enter")
        await it.until_shown("checking …")
        assert it.lock.tries == ["1111"]
        it.lock.may_answer.set()
        await it.until_shown("Wrong PIN.")
        assert "••••" in it.board.text, "what was typed meanwhile is the next"


@pytest.mark.parametrize("is_checking", [False, True])
async def test_escape_leaves_once_however_often_it_is_pressed(is_checking: bool) -> None:
    async with asked() as it:
        it.lock.may_answer.clear()
        if is_checking:
            await it.press(*PIN, "enter")
        screen = it.board.app.screen
        for _ in range(3):  # all in one burst, as a key that is held down
            screen.post_message(events.Key("escape", "\x1b"))
        await it.board.until(lambda: not it.is_open)
        it.lock.may_answer.set()
        await it.board.pilot.pause()
        assert isinstance(it.board.app.screen, BoardScreen)
        assert it.results == [False]


async def test_the_board_lives_on_behind_it() -> None:
    async with asked() as it:
        await it.board.tick(60)
        assert it.board.screen._ticks
        assert it.is_open


async def test_with_the_real_gate_and_a_real_hash() -> None:
    pin_hash = hash_pin(PIN)
    async with board() as shown:
        gate = Gate(shown.clock, idle_seconds=60, is_pin=lambda pin: matches(pin, pin_hash))
        shown.clock.jump(60)
        assert gate.is_locked
        asked = Asked(shown, SlowLock(), [])
        await shown.app.push_screen(UnlockScreen(gate), asked.results.append)
        await asked.press(*"8047", "enter")
        await asked.until_shown("Wrong PIN. The next try counts in 1 s.")
        shown.clock.jump(1)
        await asked.until_shown("Wrong PIN. Try again.")
        await asked.press(*PIN, "enter")
        await asked.until_shown("unlocked")
        assert not gate.is_locked
        assert asked.results == [True]


def test_the_screen_and_its_field_say_nothing_of_the_pin() -> None:
    screen = UnlockScreen(SlowLock())
    screen._typed = PIN
    assert PIN not in repr(screen) + str(screen) + str(list(screen.__rich_repr__()))


# What Textual would log

_SCRIPT = """
import asyncio, sys
sys.path.insert(0, {root!r})
import wallboard.cli.app as program
from types import SimpleNamespace

async def type_the_pin():
    from tests.ui.test_unlock import asked
    async with asked() as it:
        await it.press(*"8046", "enter")
        await it.board.until(lambda: not it.is_open)

def app():
    asyncio.run(type_the_pin())

program.app = app
{start}
"""


@pytest.mark.parametrize(("start", "is_logged"), [("app()", True), ("program.main()", False)])
def test_textual_logs_no_key_although_it_is_told_to(tmp_path: Path, start: str, is_logged: bool) -> None:
    log = tmp_path / "textual.log"
    told = {"TEXTUAL_LOG": str(log), "TEXTUAL": "debug,devtools"} if not is_logged else {"TEXTUAL_LOG": str(log)}
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT.format(root=root, start=start)],
        check=False,
        env=environment(tmp_path, told),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    text = log.read_text() if log.exists() else ""
    assert all(f"key='{digit}'" in text for digit in PIN) is is_logged
    assert bool(text) is is_logged


def test_no_variable_of_textual_reaches_the_program(tmp_path: Path) -> None:
    told = {
        "TEXTUAL": "devtools,debug",
        "TEXTUAL_LOG": str(tmp_path / "textual.txt"),
        "TEXTUAL_DRIVER": "nowhere:Driver",
        "TEXTUAL_SCREENSHOT": "0",
        "TEXTUAL_SCREENSHOT_LOCATION": str(tmp_path),
        "TEXTUAL_PRESS": "q",
        "TEXTUAL_FILTERS": "monochrome",
    }
    with Terminal(tmp_path, "demo", environ=told) as terminal:
        terminal.until_shown("Queues")
        terminal.settle()
        terminal.press("q")
        assert terminal.wait() == 0
    assert not (tmp_path / "textual.txt").exists()
    assert not list(tmp_path.rglob("*.svg"))
    assert "Traceback" not in log_text(tmp_path)
