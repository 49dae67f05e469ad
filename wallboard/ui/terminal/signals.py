"""The board leaves in good order on a signal, and leaves in any case."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from wallboard.ui.terminal.frames import FramedApp
from wallboard.ui.terminal.last_resort import ENDING_SIGNALS, end_at_last


@contextmanager
def ending_by_signal(app: FramedApp) -> Iterator[None]:
    """Let these signals end the board while it runs: by themselves they would leave the terminal as it is.

    The handlers are Python's own and not the loop's, which may be held up.
    """
    loop = asyncio.get_running_loop()

    def end(number: int, frame: FrameType | None) -> None:
        end_at_last(app.abandon_terminal)
        loop.call_soon_threadsafe(app.leave)

    before = {number: signal.signal(number, end) for number in ENDING_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
