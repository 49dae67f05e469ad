"""Keeps each feed's last good part and its health, and makes the next snapshot of them."""

import dataclasses
from collections.abc import Iterable
from typing import Any

from wallboard.domain.faults import Fault
from wallboard.domain.feeds import FeedKey, FeedStatus, Note, NoteCode, Subject
from wallboard.domain.merging import FloorMerger
from wallboard.domain.ports import Part
from wallboard.domain.snapshot import Snapshot

SUSPICIOUS_DROP_ROWS = 20
_NEVER_EMPTY = frozenset({Subject.AGENTS, Subject.DIRECTORY})


class Store:
    """A fault never removes a part: the old picture stays, and its age grows."""

    def __init__(self, statuses: Iterable[FeedStatus]) -> None:
        self._statuses = {status.key: status for status in statuses}
        self._parts: dict[FeedKey, Part] = {}
        self._merger = FloorMerger()

    def ask(self, key: FeedKey, due_at: float) -> None:
        """A request goes out that must be answered by `due_at`; only the first matters."""
        if self._statuses[key].first_due_at is None:
            self._change(key, first_due_at=due_at)

    def record(self, key: FeedKey, part: Part) -> None:
        """A good answer replaces the feed's part whole."""
        notes = part.notes
        before = self._parts.get(key)
        if _is_suspicious(before, part, self._statuses[key]):
            notes = (*notes, Note(NoteCode.SUSPICIOUS_EMPTY))
        self._parts[key] = part
        self._change(
            key, succeeded_at=part.received_at, latency=part.latency, fault=None, failed_since=None, notes=notes
        )

    def fail(self, key: FeedKey, fault: Fault, at: float) -> None:
        """A fault changes the feed's health and nothing else."""
        since = self._statuses[key].failed_since
        self._change(key, fault=fault, failed_since=at if since is None else since)

    def plan(self, key: FeedKey, next_at: float, *, is_locked: bool) -> None:
        """When the feed is asked next, and whether it waits for a person."""
        self._change(key, next_at=next_at, is_locked=is_locked)

    def resume(self, at: float, longest_nap: float) -> None:
        """The machine slept `longest_nap` seconds: feeds that should have answered meanwhile are stale."""
        for key, status in self._statuses.items():
            if longest_nap > 2 * status.interval:
                self._change(key, resumed_at=at)

    def status(self, key: FeedKey) -> FeedStatus:
        return self._statuses[key]

    def snapshot(self, at: float) -> Snapshot:
        """The board as it is known at the monotonic moment `at`."""
        in_order = {key: self._parts[key] for key in self._statuses if key in self._parts}
        return Snapshot(at=at, feeds=dict(self._statuses), floor=self._merger.merge(in_order))

    def _change(self, key: FeedKey, **changes: Any) -> None:
        self._statuses[key] = dataclasses.replace(self._statuses[key], **changes)


def _is_suspicious(before: Part | None, part: Part, status: FeedStatus) -> bool:
    """Nothing at all where there was plenty, or no agent since the start: a wrong code looks the same."""
    if part.row_count:
        return False
    if before is not None and before.row_count > SUSPICIOUS_DROP_ROWS:
        return True
    was_suspicious = any(note.code is NoteCode.SUSPICIOUS_EMPTY for note in status.notes)
    return was_suspicious or (before is None and status.subjects <= _NEVER_EMPTY)
