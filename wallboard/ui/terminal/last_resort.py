"""An end that comes whatever hangs: a terminal that reads no farewell, a loop that turns no more."""

import os
import signal
import threading
from collections.abc import Callable

ENDING_SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)
LONGEST_FAREWELL_SECONDS = 2.5


def end_at_last(give_back: Callable[[], None]) -> None:
    """End the program in a while, if it has not ended by then.

    Args:
        give_back: gives the terminal back to whoever had it before; it must not wait.
    """

    def end() -> None:
        give_back()
        os._exit(0)

    timer = threading.Timer(LONGEST_FAREWELL_SECONDS, end)
    timer.daemon = True
    timer.start()
