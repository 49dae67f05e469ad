"""The log: one file of JSON lines that turns over, without secrets, written by any number of programs at once."""

import errno
import fcntl
import json
import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path

from wallboard.clock import Clock, SystemClock
from wallboard.config import hooks
from wallboard.config.paths import log_dir
from wallboard.config.redaction import RedactingFilter

LOG_NAME = "wallboard.log"
LOG_FILES = 5
LOG_BYTES = 10_000_000
RETRY_SECONDS = 10.0
NO_FILE = -1

_PARTICULARS = ("source", "feed", "fault", "error")  # what a log call may give as `extra`


class JsonLine(logging.Formatter):
    """`{at, level, logger, pid, message}`, and where there are any `source`, `feed`, `fault`, `error`, `stack`."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {
            "at": at.replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "pid": os.getpid(),
            "message": record.getMessage(),
        }
        line |= {name: value for name in _PARTICULARS if (value := getattr(record, name, None))}
        if record.stack_info:
            line["stack"] = record.stack_info
        text = json.dumps(line, ensure_ascii=False, default=lambda value: type(value).__name__)
        if text.isprintable():
            return text
        # As where it is to be ASCII: no command to a terminal, nothing that hides or turns text round.
        return "".join(each if each.isprintable() else json.dumps(each)[1:-1] for each in text)


class LogFile(logging.Handler):
    """Each line is one write to the end of the file that is at its place by then; silent whatever goes wrong.

    The standard library's handlers lose lines when two programs write, stay with a file that was moved away, and on a
    full disk print a traceback over the board. Here nothing is ever waited for: not even the lock of those who turn
    the files over.
    """

    def __init__(self, path: Path, clock: Clock) -> None:
        super().__init__()
        self.path = path
        self._clock = clock
        self._descriptor = NO_FILE
        self._trouble = ""
        self._lost = 0  # lines, since the last that was written
        self._tried_at = clock.monotonic()

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self._put(self.format(record))
        except Exception as error:  # noqa: BLE001 - a mistake in logging must not end what is logged, but be seen
            self._trouble = type(error).__name__
            self._lost += 1

    def close(self) -> None:
        with suppress(OSError):
            self._leave()
        super().close()

    def try_again(self) -> None:
        """See whether the file can be written now, and write of how many lines it lacks."""
        self._put(None)

    @property
    def trouble(self) -> str:
        """Why the last line was not written, in the system's words; "" when it was. Tries again now and then."""
        if self._trouble and self._clock.monotonic() - self._tried_at >= RETRY_SECONDS:
            self.try_again()
        return self._trouble

    def _put(self, line: str | None) -> None:
        with self.lock or nullcontext():
            self._tried_at = self._clock.monotonic()
            try:
                self._follow()
                if self._lost:
                    self._append(self._gap())
                    self._lost = 0
                if line is not None:
                    self._append(line)
                self._trouble = ""
            except OSError as error:
                self._trouble = error.strerror or type(error).__name__
                self._lost += line is not None

    def _gap(self) -> str:
        words = f"{self._lost} lines before this one could not be written: {self._trouble}"
        return self.format(logging.makeLogRecord({"name": __name__, "levelname": "WARNING", "msg": words}))

    def _append(self, line: str) -> None:
        content = line.encode() + b"\n"
        size = os.fstat(self._descriptor).st_size
        if size and size + len(content) > LOG_BYTES:
            self._turn_over()
        written = os.write(self._descriptor, content)
        if written != len(content):
            self._take_back(written)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _take_back(self, written: int) -> None:
        """Of a line for which there was no room no piece stays, unless another program has written behind it."""
        end = os.lseek(self._descriptor, 0, os.SEEK_CUR)
        if os.fstat(self._descriptor).st_size == end:
            os.ftruncate(self._descriptor, end - written)

    def _turn_over(self) -> None:
        """One program moves the files; the others follow, or write their line to the end of the old one meanwhile."""
        with suppress(OSError):  # it is another one's turn, or the folder cannot be changed
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            try:
                if self._is_in_place():
                    numbers = range(1, LOG_FILES - 1)
                    free = next((number for number in numbers if not self._numbered(number).exists()), LOG_FILES - 1)
                    for number in range(free, 0, -1):
                        self._numbered(number - 1).replace(self._numbered(number))
            finally:
                fcntl.flock(self._descriptor, fcntl.LOCK_UN)
        self._follow()

    def _numbered(self, number: int) -> Path:
        return self.path.with_name(f"{self.path.name}.{number}") if number else self.path

    def _follow(self) -> None:
        """Be at the file that is at its place, a new one where there is none."""
        if self._is_in_place():
            return
        self._leave()
        for folder in (self.path.parent.parent, self.path.parent):  # the outer one is not the log's alone
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NONBLOCK | os.O_CLOEXEC
        self._descriptor = os.open(self.path, flags, 0o600)

    def _is_in_place(self) -> bool:
        if self._descriptor == NO_FILE:
            return False
        try:
            return os.path.samestat(self.path.stat(), os.fstat(self._descriptor))
        except (FileNotFoundError, NotADirectoryError):
            return False

    def _leave(self) -> None:
        descriptor, self._descriptor = self._descriptor, NO_FILE
        if descriptor != NO_FILE:
            os.close(descriptor)


def open_log(level: str, redaction: RedactingFilter) -> Path | None:
    """Send everything logged to the file, in place of where it went before, and what nobody catches too.

    Returns:
        Where it is; None when it cannot be written now. It is tried again with each line.
    """
    handler = LogFile(log_dir() / LOG_NAME, SystemClock())
    handler.addFilter(redaction)
    handler.setFormatter(JsonLine())
    for logger in _loggers():
        logger.propagate = True
        for old in logger.handlers[:]:
            logger.removeHandler(old)
            old.close()
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level.upper())
    logging.captureWarnings(True)
    for name in ("httpx", "httpcore"):  # at INFO they print whole URLs
        logging.getLogger(name).setLevel(logging.WARNING)
    hooks.install()
    handler.try_again()
    return log_file()


def log_file() -> Path | None:
    """Where the log is; None where none is open or it cannot be written."""
    return next((file.path for file in _open() if not file.trouble), None)


def trouble() -> str:
    """Why the log cannot be written, in the system's words; "" when it can, or none is open."""
    return next((words for file in _open() if (words := file.trouble)), "")


def keep_out(secrets: Iterable[str]) -> None:
    """Keep out of the log from now on what a vendor has told, too."""
    told = tuple(secrets)
    for redaction in _redactions():
        redaction.learn(told)


def redacted(text: str) -> str:
    """The text without any secret that the log is blind to, for what else a person is shown of an unforeseen error."""
    for redaction in _redactions():
        text = redaction.redact(text)
    return text


def _loggers() -> list[logging.Logger]:
    named = logging.Logger.manager.loggerDict.values()
    return [logging.getLogger(), *(each for each in named if isinstance(each, logging.Logger))]


def _open() -> Iterator[LogFile]:
    return (handler for handler in logging.getLogger().handlers if isinstance(handler, LogFile))


def _redactions() -> Iterator[RedactingFilter]:
    return (each for file in _open() for each in file.filters if isinstance(each, RedactingFilter))
