"""Keeps a file's course into a campaign on the disk, before anything is sent, and in one board's hands at a time.

A line of JSON for each step: `begin`; `intent`, the rows of a batch, before it is sent; `outcome`, what the answer
told of them; `settled`, what the campaign's list told. Rows are lines of the file, in runs: [first, last]. It holds
no telephone number, no name and no campaign's code.
"""

import errno
import fcntl
import json
import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from wallboard.domain.actions import ItemOutcome, Result
from wallboard.domain.ports import ImportTroubleError
from wallboard.engine.audit.files import open_plain
from wallboard.engine.disk import sync_folder, write_whole
from wallboard.engine.imports.course import Batch, Course
from wallboard.language.catalog import N_, _

_LONG_NUMBER = re.compile("[0-9](?:[0-9 -]*[0-9]){6,}")  # a vendor may repeat in its words what it was sent
_UNREADABLE = N_(
    "how far the file has come cannot be read ({path}: {reason}), and so nothing more is sent; "
    "free some space or let this user write there, and start again"
)
_UNWRITABLE = N_(
    "how far the file has come cannot be written ({path}: {reason}), and so nothing more is sent; "
    "free some space or let this user write there, and start again"
)


class Ledger:
    """One file's into one campaign. Its methods block; call them in a thread.

    Args:
        folder: of all ledgers.
        digest: of the file.
        source: the account's name.
        campaign: `Campaign.id`.
    """

    def __init__(self, folder: Path, digest: str, source: str, campaign: str) -> None:
        self._begin = {"event": "begin", "file": digest, "source": source, "campaign": campaign}
        self.path = folder / f"{sha256(json.dumps(self._begin).encode()).hexdigest()[:32]}.jsonl"
        self._descriptor: int | None = None

    def read(self) -> Course:
        """What is known, also while another board writes it.

        Raises:
            ImportTroubleError: it cannot be read.
        """
        try:
            descriptor = open_plain(self.path, os.O_RDONLY)
        except FileNotFoundError:
            return Course()
        except OSError as error:
            raise self._trouble(_UNREADABLE, error) from None
        try:
            return self._course(_whole_lines(descriptor))
        except OSError as error:
            raise self._trouble(_UNREADABLE, error) from None
        finally:
            os.close(descriptor)

    def is_taken(self) -> bool:
        """Whether a board is sending the file now."""
        try:
            descriptor = open_plain(self.path, os.O_RDONLY)
        except OSError:
            return False
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(descriptor)
        return False

    def open(self) -> Course:
        """Take it, and tell what is known; a line cut short by a crash was not written, and is cut off.

        Raises:
            ImportTroubleError: another board has it, or it cannot be read or written.
        """
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._descriptor = open_plain(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND)
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            lines = _whole_lines(self._descriptor)
            os.ftruncate(self._descriptor, sum(len(line) + 1 for line in lines))
            course = self._course(lines)
            if not lines:
                self._append(self._begin)
                sync_folder(self.path.parent)
        except BlockingIOError:
            self.close()
            raise taken() from None
        except OSError as error:
            self.close()
            raise self._trouble(_UNWRITABLE, error) from None
        except ImportTroubleError:
            self.close()
            raise
        return course

    def intend(self, batch: Batch) -> None:
        """A batch is about to be sent.

        Raises:
            ImportTroubleError: it cannot be written: the batch must not be sent.
        """
        self._write(
            {
                "event": "intent",
                "batch": batch.number,
                "at": batch.at,
                "stopped": batch.is_campaign_stopped,
                "rows": _runs(batch.lines),
            }
        )

    def conclude(self, event: str, batch: Batch, results: Mapping[int, ItemOutcome | None]) -> None:
        """What came of rows of a batch, by `outcome` or `settled`; None: they did not arrive.

        Raises:
            ImportTroubleError: it cannot be written: nothing more must be sent.
        """
        came = {result: [line for line, item in results.items() if item and item.result is result] for result in Result}
        self._write(
            {
                "event": event,
                "batch": batch.number,
                "added": _runs(came[Result.OK]),
                "unsure": _runs(came[Result.UNKNOWN]),
                "free": _runs([line for line, item in results.items() if item is None]),
                "refused": [
                    [line, item.vendor_code, _LONG_NUMBER.sub("…", item.words)]
                    for line, item in results.items()
                    if item and item.result is Result.REFUSED
                ],
            }
        )

    def close(self) -> None:
        """Let go of it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _write(self, fields: dict[str, Any]) -> None:
        try:
            self._append(fields)
        except OSError as error:
            raise self._trouble(_UNWRITABLE, error) from None

    def _append(self, fields: dict[str, Any]) -> None:
        """All of a line on the disk, or nothing."""
        if self._descriptor is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        size = os.fstat(self._descriptor).st_size
        if not os.path.samestat(self.path.lstat(), os.fstat(self._descriptor)):
            raise FileNotFoundError(errno.ENOENT, N_("it was moved away"))
        try:
            write_whole(self._descriptor, json.dumps(fields).encode() + b"\n")
            os.fsync(self._descriptor)
        except OSError:
            with suppress(OSError):
                os.ftruncate(self._descriptor, size)
            raise

    def _course(self, lines: list[bytes]) -> Course:
        course = Course()
        try:
            for line in lines:
                _take_in(course, json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError):
            words = _(
                "what was sent of this file before cannot be told: {path} is damaged. Nothing is sent; "
                "take out of the file what the campaign has, and add the rest as a new file"
            )
            raise ImportTroubleError(words.format(path=self.path)) from None
        return course

    def _trouble(self, words: str, error: OSError) -> ImportTroubleError:
        reason = _(error.strerror) if error.strerror else type(error).__name__
        return ImportTroubleError(_(words).format(path=self.path, reason=reason))


def taken() -> ImportTroubleError:
    """Another board has the file."""
    return ImportTroubleError(_("another board is adding this file to this campaign now; let it end, or stop it there"))


def _take_in(course: Course, step: dict[str, Any]) -> None:
    match step["event"]:
        case "intent":
            course.intend(Batch(int(step["batch"]), _lines(step["rows"]), float(step["at"]), bool(step["stopped"])))
        case "outcome" | "settled":
            added = dict.fromkeys(_lines(step["added"]), ItemOutcome(Result.OK))
            unsure = dict.fromkeys(_lines(step["unsure"]), ItemOutcome(Result.UNKNOWN))
            refused = {int(line): ItemOutcome(Result.REFUSED, code, words) for line, code, words in step["refused"]}
            course.conclude(int(step["batch"]), {**dict.fromkeys(_lines(step["free"])), **added, **unsure, **refused})


def _whole_lines(descriptor: int) -> list[bytes]:
    """All but what stands behind the last newline."""
    size = os.fstat(descriptor).st_size
    content = b""
    while len(content) < size and (piece := os.pread(descriptor, size - len(content), len(content))):
        content += piece
    return content.split(b"\n")[:-1]


def _runs(lines: Iterable[int]) -> list[list[int]]:
    """Lines as [first, last] of those that follow one another."""
    runs: list[list[int]] = []
    for line in sorted(lines):
        if runs and runs[-1][1] == line - 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return runs


def _lines(runs: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    return tuple(line for first, last in runs for line in range(first, last + 1))
