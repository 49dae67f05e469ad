"""Remembers what happened on the floor, and reads what was done."""

import dataclasses
import logging
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from heapq import merge
from operator import itemgetter

from anyio import to_thread

from wallboard.clock import Clock
from wallboard.domain.actions import ActionRecord
from wallboard.domain.happenings import Happening, HappeningKind, ReadRecords, happenings
from wallboard.domain.ports import SnapshotStream
from wallboard.domain.snapshot import Snapshot
from wallboard.engine.audit.files import AuditError
from wallboard.language.catalog import _

MOST_HAPPENINGS = 2_000
MOST_RECORDS = 1_000
LOOK_SECONDS = 1.0

_log = logging.getLogger(__name__)


class Activity:
    """Looks at each snapshot, and each second while it `run`s: feeds go old without one."""

    def __init__(
        self, clock: Clock, stream: SnapshotStream, read_records: Callable[[], Sequence[ActionRecord]]
    ) -> None:
        """
        Args:
            clock: tells when something was noticed.
            stream: where the snapshots come from.
            read_records: reads the audit, oldest first; called in a thread; may raise AuditError.
        """
        self._clock = clock
        self._read_records = read_records
        self._last_read: tuple[ActionRecord, ...] = ()
        self._shelves: dict[HappeningKind, deque[tuple[int, Happening]]] = defaultdict(deque)
        self._noticed = 0
        self._in_order: tuple[Happening, ...] | None = ()
        self._newest = stream.snapshot()
        self._seen = dataclasses.replace(self._newest, at=clock.monotonic())
        self._unsubscribe = stream.subscribe(self._take)

    async def run(self) -> None:
        """Look each second until cancelled."""
        while True:
            await self._clock.sleep(LOOK_SECONDS)
            self.look(self._clock.monotonic())

    def look(self, now: float) -> None:
        """Note what has happened since the last look, as of the monotonic moment `now`."""
        seen = dataclasses.replace(self._newest, at=now)
        for happening in happenings(self._seen, seen, self._clock.now()):
            self._keep(happening)
        self._seen = seen

    def happenings(self) -> tuple[Happening, ...]:
        """The last ones, newest last; the same object as long as nothing has happened."""
        if self._in_order is None:
            self._in_order = tuple(happening for _, happening in merge(*self._shelves.values(), key=itemgetter(0)))
        return self._in_order

    async def records(self) -> ReadRecords:
        """What was done, newest last; what was read last, with the reason, when the audit cannot be read."""
        try:
            records = await to_thread.run_sync(self._read_records, abandon_on_cancel=True)
        except AuditError as error:
            return ReadRecords(self._last_read, error.words)
        except Exception:  # noqa: BLE001 - whatever is wrong with the reading, the board lives on
            _log.exception("the audit could not be read")
            return ReadRecords(
                self._last_read, _("the audit cannot be read, by a mistake in wallboard itself; see the log")
            )
        known = {record.id: record for record in self._last_read}
        # Records of which nothing is new stay the same objects, so that their rows need not be made again.
        self._last_read = tuple(
            was if (was := known.get(record.id)) == record and was is not None else record
            for record in records[-MOST_RECORDS:]
        )
        return ReadRecords(self._last_read)

    def close(self) -> None:
        """Look no more."""
        self._unsubscribe()

    def _take(self, snapshot: Snapshot) -> None:
        self._newest = snapshot
        self.look(self._clock.monotonic())

    def _keep(self, happening: Happening) -> None:
        """When there is no more room the kind of which there are most gives way: a flood never drowns what is rare."""
        self._shelves[happening.kind].append((self._noticed, happening))
        self._noticed += 1
        self._in_order = None
        if sum(map(len, self._shelves.values())) > MOST_HAPPENINGS:
            max(self._shelves.values(), key=len).popleft()
