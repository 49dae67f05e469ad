"""What no person types: pieces of characters, endless numbers, a megabyte at once. Nothing of it acts."""

import os
import select
import time
from pathlib import Path

from tests.e2e.stand_in import StandIn, Waiting, configured, serving
from tests.e2e.terminal import Terminal
from tests.e2e.test_demo import GOODBYE_SECONDS, assert_restored

NONSENSE = (
    b"\xff",
    b"\xe9",
    b"\xc3",
    b"\xd7",
    b"\x1b[999999999999A",
    b"\x1b[48;99999;99999;1;1t",  # the size of a window, which nobody asked for
    b"\x1b[?2048;1$y\x1b[48;20;70;0;0t",
    b"\x1b[<0;99999;99999M\x1b[<0;99999;99999m",
    b"\x1b[<999999999999999999999;1;1M",
    b"\x1b[1;1;1;1;1;1;1R",
    b"\x1b]52;c;" + b"A" * 5000 + b"\x07",
    b"\x1b[M\xff\xff\xff",
    b"\x00\x00",
)
MEGABYTE = 1_000_000
ALIVE_SECONDS = 2.0  # after the last of it
TEXT = b"k y 2 \r t y "  # each of it a key of the board


def type_all(terminal: Terminal, data: bytes) -> None:
    """Type as fast as the terminal takes it, and read meanwhile what is drawn."""
    left, end = memoryview(data), time.monotonic() + 60
    os.set_blocking(terminal._keyboard, False)
    try:
        while left:
            assert time.monotonic() < end, f"{len(left):,} bytes are left"
            ready, writable, _ = select.select([terminal._keyboard], [terminal._keyboard], [], 1)
            if ready:
                terminal.pump(0)
            if writable:
                left = left[os.write(terminal._keyboard, left[:4096]) :]
    finally:
        os.set_blocking(terminal._keyboard, True)


def assert_alive(terminal: Terminal) -> None:
    """A key does what it does, soon."""
    terminal.press("f")
    terminal.until(lambda: "F R O Z E N" in terminal.text, "a key is answered", ALIVE_SECONDS)
    terminal.press("f")
    terminal.until(lambda: "F R O Z E N" not in terminal.text, "a key is answered again", ALIVE_SECONDS)


def test_nonsense_and_megabytes_are_survived_and_nothing_is_done(tmp_path: Path) -> None:
    vendor = StandIn(callers=[Waiting("call1", "0500000001", 30)], agents={"0502222222": False})
    with serving(vendor) as server:
        config = configured(server, tmp_path)
        with Terminal(tmp_path, "run", "--config", str(config)) as terminal:
            terminal.until_shown("0500000001")
            for nonsense in NONSENSE:
                os.write(terminal._keyboard, nonsense)
                terminal.settle()
            assert_alive(terminal)
            many = TEXT * (MEGABYTE // len(TEXT))
            type_all(terminal, b"\x1b[200~" + many + b"\x1b[201~")
            assert_alive(terminal)
            type_all(terminal, many)
            terminal.until(lambda: not terminal.pump(0.3), "it is read", 10)
            terminal.press("\x1b")  # whatever a piece of it may have opened
            terminal.settle()
            terminal.press("\x1b")
            terminal.settle()
            assert_alive(terminal)
            terminal.press("q")
            assert terminal.wait(GOODBYE_SECONDS) == 0
            assert_restored(terminal)
            assert b"Traceback" not in terminal.raw
    assert vendor.managed == []
