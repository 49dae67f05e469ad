"""Whether another version lies on the disk than the one that runs."""

import logging
import re
from pathlib import Path

import anyio.to_thread

from wallboard import __version__
from wallboard.clock import Clock
from wallboard.resources import PACKAGE

EVERY_SECONDS = 60.0
_VERSION = re.compile(rb'^__version__ = "([\w.+!-]{1,64})"', re.MULTILINE)
_log = logging.getLogger(__name__)


class Upgrade:
    """Looks now and then, in a thread: the disk may be far away. `installed`: the other version; "": there is none.

    The program goes on as it is: all that it needs was loaded when it began.
    """

    def __init__(self, clock: Clock, file: Path = PACKAGE / "__init__.py", running: str = __version__) -> None:
        self._clock = clock
        self._file = file
        self._running = running
        self.installed = ""

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            await self._clock.sleep(EVERY_SECONDS)
            try:
                found = await anyio.to_thread.run_sync(self._version, abandon_on_cancel=True)
            except (OSError, RuntimeError):  # not there while it is exchanged; no thread to look in
                continue
            other = found if found != self._running else ""
            if other and other != self.installed:
                _log.warning("version %s was installed over the running %s: restart to update", other, self._running)
            self.installed = other

    def _version(self) -> str:
        """What the file says; where it says nothing that is known, all is as it was.

        Raises:
            OSError: it cannot be read.
        """
        found = _VERSION.search(self._file.read_bytes())
        return found[1].decode() if found else self._running
