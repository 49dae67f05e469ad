"""The audit's lines as they are read: from the first on, from the last back."""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from wallboard.engine.audit.files import (
    NO_HASH,
    AuditError,
    Link,
    head_path,
    open_plain,
    read_head,
    wait_for_lock,
)

_MOST_LINE_BYTES = 1_000_000
_BLOCK_BYTES = 65_536
_LATEST_MOMENT = 32_503_680_000  # the year 3000: later ones no calendar of ours can show


CONTINUED = "continued"  # the note with which a file begins that follows another


class Event(StrEnum):
    """What a line of the audit is about."""

    INTENT = "intent"  # written before sending
    OUTCOME = "outcome"  # after it
    SETTLED = "settled"  # a later poll has decided
    NOTE = "note"  # not an action: what else must be remembered


@dataclass(frozen=True, slots=True)
class Entry:
    """One line as it stands in the file; `fields` is None where it is not one of an audit."""

    offset: int
    content: bytes  # without the newline
    hash: str
    is_whole: bool  # ends in a newline
    fields: Mapping[str, Any] | None

    @property
    def seq(self) -> int:
        return int(self.fields["seq"]) if self.fields else 0

    @property
    def prev(self) -> str:
        return str(self.fields["prev"]) if self.fields else ""

    @property
    def event(self) -> str:
        return str(self.fields["event"]) if self.fields else ""

    @property
    def at(self) -> float:
        """UTC seconds."""
        return _moment(self.fields["at"]) if self.fields else 0.0

    @property
    def key(self) -> str:
        """The same for all lines of one action; a note is alone."""
        if self.fields is None or self.event == Event.NOTE:
            return f"note {self.seq}"
        return str(self.fields["id"])


class AuditTrail:
    """An audit's lines as they stood when it was opened; a line that is being written is not among them."""

    def __init__(self, file: BinaryIO | None, size: int, head: Link | None) -> None:
        self.head = head  # None: it is not there, or cannot be understood
        self._file = file
        self._size = size

    def forward(self) -> Iterator[Entry]:
        """All lines from the first on."""
        if self._file is None:
            return
        offset = 0
        self._file.seek(0)
        while offset < self._size and (entry := self._next(self._file, offset)):
            yield entry
            offset = self._file.tell()

    def backward(self) -> Iterator[Entry]:
        """All lines from the last one back."""
        return backward(self._file.fileno(), self._size) if self._file else iter(())

    def _next(self, file: BinaryIO, offset: int) -> Entry | None:
        """The next line; of one that is far too long only the beginning is kept."""
        digest, kept, piece = hashlib.sha256(), b"", b""
        while not piece.endswith(b"\n"):
            piece = file.readline(min(_BLOCK_BYTES, self._size - file.tell()))
            if not piece:
                break
            digest.update(piece.removesuffix(b"\n"))
            kept = kept + piece if len(kept) < _MOST_LINE_BYTES else kept
        if not kept:
            return None
        content = kept.removesuffix(b"\n")
        return Entry(offset, content, digest.hexdigest(), piece.endswith(b"\n"), _fields(content))


@contextmanager
def audit_trail(path: Path) -> Iterator[AuditTrail]:
    """Read an audit; one that is not there has no lines.

    Raises:
        AuditError: it cannot be read.
    """
    try:
        with ExitStack() as stack:
            head = _opened(head_path(path), stack)
            if head:  # writers hold its lock round each line
                wait_for_lock(head.fileno(), fcntl.LOCK_SH)
            file = _opened(path, stack)
            size = os.fstat(file.fileno()).st_size if file else 0
            link = read_head(head.fileno()) if head else None
            if head:
                fcntl.flock(head.fileno(), fcntl.LOCK_UN)
            yield AuditTrail(file, size, link)
    except OSError as error:
        raise AuditError(path, "read", error) from None


def _opened(path: Path, stack: ExitStack) -> BinaryIO | None:
    with suppress(FileNotFoundError):
        return stack.enter_context(os.fdopen(open_plain(path, os.O_RDONLY), "rb"))
    return None


def backward(descriptor: int, size: int) -> Iterator[Entry]:
    """The lines of an open file from the last one back; of one that is far too long only the end is looked at."""
    position, rest, is_whole = size, b"", False
    while position:
        start = max(0, position - _BLOCK_BYTES)
        rest, *lines = (os.pread(descriptor, position - start, start) + rest).split(b"\n")
        offset = start + len(rest) + 1
        found: list[tuple[int, bytes]] = []
        for line in lines:
            found.append((offset, line))
            offset += len(line) + 1
        for begin, line in reversed(found):
            if line or is_whole:  # behind the last newline there is nothing, if all is well
                yield _entry(begin, line, is_whole)
            is_whole = True
        position, rest = start, rest[-_MOST_LINE_BYTES:]
    if rest or is_whole:
        yield _entry(0, rest, is_whole)


def last_link(descriptor: int) -> tuple[Link, int | None]:
    """An open file's last whole line as a link, and where a torn one begins behind it, if one does."""
    torn_at, last_hash, unreadable = None, NO_HASH, 0
    for entry in backward(descriptor, os.fstat(descriptor).st_size):
        if not entry.is_whole:
            torn_at = entry.offset
            continue
        last_hash = last_hash if unreadable else entry.hash
        if entry.seq:
            return Link(entry.seq + unreadable, last_hash), torn_at
        unreadable += 1
    return Link(unreadable, last_hash), torn_at


def _entry(offset: int, content: bytes, is_whole: bool) -> Entry:
    return Entry(offset, content, hashlib.sha256(content).hexdigest(), is_whole, _fields(content))


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)  # NaN and Infinity are not JSON


_JSON = json.JSONDecoder(parse_constant=_refuse)


def _fields(content: bytes) -> Mapping[str, Any] | None:
    try:
        fields = _JSON.decode(content.decode())
        is_ours = (
            type(fields["seq"]) is int
            and 0 < fields["seq"] < 10**18
            and all(isinstance(fields[name], str) for name in ("at", "id", "event", "prev"))
            and 0 <= _moment(fields["at"]) < _LATEST_MOMENT
        )
    except (ValueError, LookupError, TypeError, OverflowError, RecursionError):
        return None
    return fields if is_ours else None


def _moment(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()
