"""Whether an audit is as it was written: the chain of its lines, and the head that knows the last of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from wallboard.engine.audit.files import NO_HASH, Link
from wallboard.engine.audit.trail import CONTINUED, AuditTrail, Entry, Event, audit_trail

_HEAD_LOST = (
    "audit.head, which knows the last line, is missing or damaged: whether the last line was altered, or lines after "
    "it were cut off, cannot be told"
)
_REWRITTEN = "line {0} was altered, or all up to it written anew: audit.head recorded another hash of it"
_Fault = tuple[int | None, str]  # the line, if it is one, and the words


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found. Lines are counted from 1, in this file.

    Args:
        lines: that follow each other, up to the first that does not.
        since: UTC seconds of the first line.
        bad_line: the first that was altered or inserted, or before which others are missing.
        fault: what is wrong and how one knows, for a person; empty when nothing is.
        remark: what is unusual and yet no fault.
    """

    lines: int = 0
    since: float | None = None
    bad_line: int | None = None
    fault: str = ""
    remark: str = ""


def verify(path: Path) -> Verdict:
    """Follow an audit's chain from the first line to the last.

    Raises:
        AuditError: it cannot be read.
    """
    with audit_trail(path) as trail:
        return _verdict(trail)


def _verdict(trail: AuditTrail) -> Verdict:
    walk = _Walk(trail.head)
    since = None
    for entry, following in _with_next(trail.forward()):
        since = since or entry.at or None
        if fault := walk.step(entry, following):
            return Verdict(lines=walk.number, since=since, bad_line=fault[0], fault=fault[1])
    bad_line, words = walk.end() or (None, "")
    return Verdict(lines=walk.number, since=since, bad_line=bad_line, fault=words, remark=" ".join(walk.remarks))


def _with_next(entries: Iterator[Entry]) -> Iterator[tuple[Entry, Entry | None]]:
    entry = next(entries, None)
    while entry:
        following = next(entries, None)
        yield entry, following
        entry = following


class _Walk:
    """Goes along the chain, line by line."""

    def __init__(self, head: Link | None) -> None:
        self.number = 0
        self.remarks: list[str] = []
        self._head = head
        self._last = self._before = Link()
        self._prev = NO_HASH  # of the last line

    def step(self, entry: Entry, following: Entry | None) -> _Fault | None:
        """Look at the next line, and see what it says of those before."""
        number = self.number + 1
        if number == 1 and entry.seq > 1 and entry.prev != NO_HASH:
            if not (entry.fields and entry.event == Event.NOTE and entry.fields["action"] == CONTINUED):
                return 1, f"lines before line 1 were removed: it begins with seq {entry.seq}"
            self._last = Link(entry.seq - 1, entry.prev)
            self.remarks.append(f"It begins with seq {entry.seq}, and so continues an earlier file.")
        if entry.fields and (entry.seq, entry.prev) != (self._last.seq + 1, self._last.hash):
            return self._break(number, entry, self._recorded(entry, following))
        if not entry.is_whole:
            altered = self._altered_last() if not entry.fields else None
            return altered or (number, f"line {number} is torn: its writer was stopped; the next action sets it aside")
        if not entry.fields:
            return number, f"line {number} was altered or inserted: it is not a line of an audit"
        self._before, self._last, self._prev = self._last, Link(entry.seq, entry.hash), entry.prev
        self.number = number
        return None

    def end(self) -> _Fault | None:
        """See what the head says of the last line."""
        last, head = self._last, self._head
        if head is None:
            return (None, _HEAD_LOST) if self.number else None
        if head.seq > last.seq and not self.number:
            return None, f"there are no lines, but audit.head knows of {head.seq}: they were moved away or removed"
        if head.seq > last.seq:
            missing = _seqs(last.seq + 1, head.seq)
            return self.number + 1, f"after line {self.number}, the last one, lines were cut off: {missing}"
        if head == Link(last.seq - 1, self._prev):
            self.remarks.append("audit.head is a line behind, as after a crash.")
        elif head.seq < last.seq:
            return None, f"audit.head knows of seq {head.seq} only, not {last.seq}: it was altered, or lines were added"
        return self._altered_last()

    def _altered_last(self) -> _Fault | None:
        is_known = self.number > 0 and self._head is not None and self._head.seq == self._last.seq
        if not is_known or self._head == self._last:
            return None
        return self.number, _REWRITTEN.format(self.number)

    def _recorded(self, entry: Entry, following: Entry | None) -> str:
        """The hash of a line as it was recorded elsewhere."""
        if following:
            return following.prev
        return self._head.hash if self._head and self._head.seq == entry.seq else ""

    def _break(self, number: int, entry: Entry, recorded: str) -> _Fault:
        """Why a line does not follow the last one, and which of them is to blame."""
        last, before = self._last, self._before
        if entry.prev == last.hash:
            return number, f"line {number} was altered: its seq is {entry.seq} in place of {last.seq + 1}"
        if (entry.seq, entry.prev) == (before.seq + 1, before.hash):
            return number - 1, f"line {number - 1} was inserted: line {number} does not know it"
        if entry.seq > last.seq + 1:
            return number, f"before line {number}, lines are missing: {_seqs(last.seq + 1, entry.seq - 1)}"
        if entry.seq <= last.seq:
            return number, f"line {number} was inserted or moved: its seq is {entry.seq}, after {last.seq}"
        unaltered = entry.content.replace(entry.prev.encode(), last.hash.encode())
        if number == 1 or sha256(unaltered).hexdigest() == recorded:
            return number, f"line {number} was altered: its prev is not what it was"
        witness = f"line {number}" if recorded in {"", entry.hash} else f"line {number}, itself altered,"
        return number - 1, f"line {number - 1} was altered: {witness} recorded another hash of it"


def _seqs(first: int, last: int) -> str:
    return f"seq {first}" if first == last else f"seq {first} to {last}"
