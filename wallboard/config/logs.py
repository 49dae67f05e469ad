"""The log: one plain file that turns over, without secrets; where it cannot be written, no log and no crash."""

import logging
import logging.handlers
import os
from functools import partial
from io import TextIOWrapper
from pathlib import Path

from wallboard.config.paths import log_dir
from wallboard.config.secrets import RedactingFilter

LOG_NAME = "wallboard.log"
LOG_FILES = 5
LOG_BYTES = 10_000_000


class _QuietFile(logging.handlers.RotatingFileHandler):
    """Readable by its owner alone, and silent: on a full disk the standard one prints a traceback over the board."""

    def _open(self) -> TextIOWrapper:
        file = open(self.baseFilename, "ab", opener=partial(os.open, mode=0o600))  # noqa: SIM115 - needs opener
        return TextIOWrapper(file, encoding="utf-8")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the standard library's name
        pass


def open_log(level: str, redaction: RedactingFilter) -> Path | None:
    """Send everything logged to the file, in place of where it went before; None when it cannot be written."""
    path: Path | None = None
    handler: logging.Handler
    try:
        folder = log_dir()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / LOG_NAME
        handler = _QuietFile(path, maxBytes=LOG_BYTES, backupCount=LOG_FILES - 1)
    except OSError:
        path, handler = None, logging.NullHandler()  # without any, warnings would go to the screen
    handler.addFilter(redaction)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    root.setLevel(level.upper())
    logging.captureWarnings(True)
    for name in ("httpx", "httpcore"):  # at INFO they print whole URLs
        logging.getLogger(name).setLevel(logging.WARNING)
    return path
