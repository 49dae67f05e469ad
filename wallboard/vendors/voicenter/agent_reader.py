"""The extensions of successive answers, made into agents; what did not change is not made again."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

from wallboard.domain.agents import Agent
from wallboard.domain.feeds import FeedKey
from wallboard.domain.ports import Part
from wallboard.vendors.http import Answer
from wallboard.vendors.sent_rows import SentRow
from wallboard.vendors.tally import Tally
from wallboard.vendors.timekeeping import skew_note
from wallboard.vendors.voicenter import mapping
from wallboard.vendors.voicenter.answers import Extension, ExtensionsCalls
from wallboard.vendors.voicenter.epoch import VendorTime
from wallboard.vendors.wire import MAX_ROWS, piece

AgentName = Callable[[str, str], str | None]

_NOTHING_ODD = Tally()


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a row became."""

    agent: Agent
    tally: Tally
    anchor: float


class AgentReader:
    """Keeps with each row its agent: of thousands of extensions few change in five seconds.

    Args:
        key: the feed's.
        agent_name: the configured name of an agent, by source and id.
        time: the vendor's, shared with the queues, which know it best.
    """

    def __init__(self, key: FeedKey, agent_name: AgentName, time: VendorTime) -> None:
        self._key = key
        self._agent_name = agent_name
        self._time = time

    def part(self, opened: ExtensionsCalls, answer: Answer, tally: Tally) -> Part:
        """Every agent with his live calls."""
        anchor = self._time.anchor(answer)
        tally.rows_hidden += max(0, len(opened.extensions) - MAX_ROWS)
        kept: dict[str, _Kept] = {}
        for sent in islice(opened.extensions, MAX_ROWS):
            row = _unchanged(sent, anchor)
            if row is None:
                row = self._made(sent, anchor, answer.received_at, tally)
            if row is None:
                continue
            if row.tally is not _NOTHING_ODD:
                tally.add(row.tally)
            tally.duplicates += row.agent.id in kept
            kept[row.agent.id] = row
        return Part(
            received_at=answer.received_at,
            latency=answer.latency,
            agents=tuple(row.agent for row in kept.values()),
            notes=(*tally.notes(), *skew_note(self._time.skew_seconds)),
        )

    def _made(self, sent: Any, anchor: float, received_at: float, tally: Tally) -> _Kept | None:
        raw = sent.value if isinstance(sent, SentRow) else sent
        if (extension := piece(Extension, raw, row_tally := Tally())) is None:
            tally.add(row_tally)
            return None
        moment = partial(self._time.moment, anchor=anchor, received_at=received_at)
        name = self._agent_name(self._key.source, extension.id)
        agent = mapping.agent(extension, self._key, name, moment, row_tally)
        kept = _Kept(agent, _NOTHING_ODD if row_tally == _NOTHING_ODD else row_tally, anchor)
        if isinstance(sent, SentRow):
            sent.keep(kept)
        return kept


def _unchanged(sent: Any, anchor: float) -> _Kept | None:
    """What the row became before, if the same would be made of it again."""
    kept = sent.made if isinstance(sent, SentRow) else None
    if not isinstance(kept, _Kept) or (kept.anchor != anchor and kept.agent.calls):
        return None
    return kept
