"""All queues of an account with their waiting callers, of successive answers."""

from collections import Counter
from collections.abc import Iterable, Mapping

from wallboard.domain.callers import Caller
from wallboard.domain.feeds import FeedKey
from wallboard.domain.ports import Part
from wallboard.domain.queues import Queue
from wallboard.vendors.http import Answer
from wallboard.vendors.tally import Tally
from wallboard.vendors.timekeeping import WaitingTimes, skew_note
from wallboard.vendors.voicenter import mapping
from wallboard.vendors.voicenter.answers import QueueCaller, QueueRow, QueuesCallers
from wallboard.vendors.voicenter.epoch import VendorTime
from wallboard.vendors.wire import by_id, pieces


class QueueReader:
    """Remembers what only several answers tell: whether waiting times move.

    Args:
        key: the feed's.
        places: what is configured of queues, by id; `otherwise` holds for the rest.
        otherwise: for queues that are not configured.
        time: the vendor's, which waiting callers tell best.
    """

    def __init__(
        self, key: FeedKey, places: Mapping[str, mapping.QueuePlace], otherwise: mapping.QueuePlace, time: VendorTime
    ) -> None:
        self._key = key
        self._places = places
        self._otherwise = otherwise
        self._time = time
        self._waiting_times = WaitingTimes()

    def part(self, opened: QueuesCallers, answer: Answer, tally: Tally) -> Part:
        """Every queue and every waiting caller."""
        queues = by_id(pieces(QueueRow, opened.queues, tally), tally).values()
        placed, repeated = _placed(queues, tally)
        rows = [row for row, _ in placed.values()]
        self._time.learn(
            [(row.join_time, row.duration) for row in rows if row.join_time is not None and row.duration is not None],
            answer,
        )
        waits = {row.id: row.duration for row in rows if row.duration is not None}
        joined = self._waiting_times.joined(waits, answer.received_at)
        callers: dict[str, list[Caller]] = {queue.id: [] for queue in queues}
        for row, queue_id in placed.values():
            callers[queue_id].append(mapping.caller(row, queue_id, self._key, joined.get(row.id)))
        return Part(
            received_at=answer.received_at,
            latency=answer.latency,
            queues=tuple(self._queue(queue, repeated[queue.id], callers[queue.id]) for queue in queues),
            callers=tuple(caller for of_queue in callers.values() for caller in of_queue),
            notes=(
                *tally.notes(),
                *skew_note(self._time.skew_seconds),
                *self._waiting_times.frozen_note(answer.received_at),
            ),
        )

    def _queue(self, row: QueueRow, repeated: int, callers: list[Caller]) -> Queue:
        # A caller whose row cannot be read waits all the same.
        waiting = None if row.callers is None else len(row.callers) - repeated
        return mapping.queue(row, self._key, self._places.get(row.id, self._otherwise), waiting, callers)


def _placed(queues: Iterable[QueueRow], tally: Tally) -> tuple[dict[str, tuple[QueueCaller, str]], Counter[str]]:
    """Each caller with the queue's id, and how many rows of each queue stand for a caller that comes again later."""
    placed: dict[str, tuple[QueueCaller, str]] = {}
    repeated: Counter[str] = Counter()
    for queue in queues:
        for row in pieces(QueueCaller, queue.callers or (), tally):
            if row.id in placed:
                tally.duplicates += 1
                repeated[placed[row.id][1]] += 1
            placed[row.id] = (row, queue.id)
    return placed, repeated
