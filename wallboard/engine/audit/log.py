"""The audit: what was to be done, by whom, to what, and what came of it; on the disk before anybody is told."""

import hashlib
import json
import math
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from wallboard.clock import Clock
from wallboard.domain.actions import ActionRecord
from wallboard.engine.audit.files import (
    AuditError,
    Link,
    head_path,
    locked,
    open_plain,
    read_head,
    write_head,
)
from wallboard.engine.audit.records import abandoned, is_action, newest, records_of
from wallboard.engine.audit.trail import CONTINUED, Event, audit_trail, last_link
from wallboard.engine.disk import sync_folder, write_whole

__all__ = ["AuditError", "AuditLine", "AuditLog", "Event"]

_LONGEST_TEXT = 4000  # characters
_COPY_BYTES = 1_000_000
_MOVED_AWAY = "the lines before were moved away"
_HEAD_LOST = "audit.head was gone, damaged or put back: nothing vouched for the end of the file until now"
# What commands a terminal or turns text round; written as JSON escapes, so that the file can be looked at.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]")


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """What is to be remembered; the log adds when, who, where, and the chain. Never a secret.

    Args:
        event: what the line is about.
        id: one for each action and target, the same in all its lines.
        action: an `ActionKind`; of a note, what it notes.
        target: the vendor's own id.
        words: the target as the person saw it.
        outcome: a `Result`; when settled, a `Settlement`.
        milliseconds: from sending to the answer.
        data_age_seconds: how old the data were on which the person acted.
    """

    event: Event
    id: str
    action: str
    source: str = ""
    target: str = ""
    words: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    outcome: str | None = None
    vendor_code: str | None = None
    vendor_message: str | None = None
    milliseconds: float | None = None
    data_age_seconds: float | None = None


class AuditLog:
    """The audit's file, written by any number of programs at once.

    Its methods block; call them in a thread. No file is held open, so that one that was moved away, removed or
    locked up is noticed with the next line.

    Args:
        path: of the lines; the head that knows the last of them, and what was torn, lie beside it.
        clock: tells when.
        operator: who acts.
        host: this machine; the same in all programs that run on it.
    """

    def __init__(self, path: Path, clock: Clock, operator: str, host: str) -> None:
        self._path = path
        self._clock = clock
        self._operator = operator
        self._host = host
        self._under_way: set[str] = set()

    def append(self, line: AuditLine) -> None:
        """Write a line, so that it is on the disk.

        Raises:
            AuditError: it is not; nothing has been written.
        """
        if line.event is Event.INTENT:
            self._under_way.add(line.id)
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # The head first: it stays where it is when the lines are moved away.
            with (
                locked(head_path(self._path), os.O_RDWR | os.O_CREAT) as head,
                locked(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND) as file,
            ):
                self._append(file, head, line)
        except OSError as error:
            raise AuditError(self._path, "written", error) from None
        if line.event is not Event.INTENT:
            self._under_way.discard(line.id)

    def records(self, *, since: float | None = None, limit: int | None = None) -> list[ActionRecord]:
        """Actions, the oldest first. With a limit, only the end of the file is read.

        Args:
            since: UTC seconds; only those that began then or later.
            limit: only so many, the newest.

        Raises:
            AuditError: the file cannot be read.
        """
        with audit_trail(self._path) as trail:
            entries = trail.forward() if limit is None else reversed(newest(trail.backward(), limit))
            records = [record for record in records_of(entries).values() if is_action(record)]
        recent = [record for record in records if since is None or record.at >= since]
        return recent if limit is None else recent[max(0, len(recent) - limit) :]

    def unfinished(self) -> list[ActionRecord]:
        """Actions that may have been sent, and whose program ended before it could tell what came of them.

        Raises:
            AuditError: the file cannot be read.
        """
        with audit_trail(self._path) as trail:
            entries = abandoned(trail.forward(), self._host, self._clock.now(), self._under_way)
        return list(records_of(entries.values()).values())

    def _append(self, file: int, head: int, line: AuditLine) -> None:
        known = read_head(head) or Link()
        last, torn_at = last_link(file)
        is_of_torn = torn_at is not None and known.seq == last.seq + 1
        # What the head knows counts: that a tail was cut off, or the last line altered, must stay visible.
        link = known if known.seq >= last.seq and not is_of_torn else last
        if torn_at is not None:
            link = self._write(file, head, link, self._set_aside(file, torn_at, link.seq + 1))
        elif known.seq and not os.fstat(file).st_size:
            link = self._write(file, head, link, _note(CONTINUED, link.seq + 1, _MOVED_AWAY))
        elif known.seq + 1 < last.seq:
            link = self._write(file, head, link, _note("head_lost", link.seq + 1, _HEAD_LOST))
        self._write(file, head, link, line)

    def _set_aside(self, file: int, torn_at: int, seq: int) -> AuditLine:
        """Move what stands behind the last newline, a line cut short by a crash, into a file of its own."""
        place = self._path.with_name(f"{self._path.stem}.torn-{seq}")
        count = os.fstat(file).st_size - torn_at
        # Appended, for one of that name may be there already: nothing is ever lost.
        aside = open_plain(place, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        try:
            for offset in range(torn_at, torn_at + count, _COPY_BYTES):
                write_whole(aside, os.pread(file, _COPY_BYTES, offset))
            os.fsync(aside)
        finally:
            os.close(aside)
        os.ftruncate(file, torn_at)
        return _note("torn_tail", seq, f"{count} bytes of a torn line set aside in {place.name}")

    def _write(self, file: int, head: int, after: Link, line: AuditLine) -> Link:
        """Write the line that follows `after`, and let the head know; both or, as far as can be, neither."""
        content = self._content(line, after)
        link = Link(after.seq + 1, hashlib.sha256(content).hexdigest())
        size = os.fstat(file).st_size
        try:
            write_whole(file, content + b"\n")
            os.fsync(file)
            write_head(head, link)
            if not size:
                sync_folder(self._path.parent)
        except OSError:
            with suppress(OSError):
                os.ftruncate(file, size)
                write_head(head, after)
            raise
        return link

    def _content(self, line: AuditLine, after: Link) -> bytes:
        at = datetime.fromtimestamp(self._clock.now(), UTC).isoformat(timespec="milliseconds")
        fields = {
            "seq": after.seq + 1,
            "at": at.replace("+00:00", "Z"),
            "id": _text(line.id),
            "event": line.event.value,
            "operator": _text(self._operator),
            "host": _text(self._host),
            "source": _text(line.source),
            "action": _text(line.action),
            "target": {"key": _text(line.target), "words": _text(line.words)},
            "parameters": {name: _text(value) for name, value in line.parameters.items()},
            "outcome": _text(line.outcome),
            "vendor_code": _text(line.vendor_code),
            "vendor_message": _text(line.vendor_message),
            "milliseconds": _figure(line.milliseconds),
            "data_age_seconds": _figure(line.data_age_seconds),
            "pid": os.getpid(),
            "prev": after.hash,
        }
        return harmless(json.dumps(fields, ensure_ascii=False)).encode()


def harmless(text: str) -> str:
    """JSON text that means the same and commands no terminal."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _note(action: str, seq: int, words: str) -> AuditLine:
    return AuditLine(event=Event.NOTE, id=f"{action}-{seq}", action=action, words=words)


def _text(text: str | None) -> str | None:
    """What is told; null where nothing is."""
    return text[:_LONGEST_TEXT] if text else None


def _figure(value: float | None) -> float | None:
    return round(value, 3) if value is not None and math.isfinite(value) else None
