"""One queue's successive answers, made into parts."""

from collections.abc import Callable

from wallboard.domain.agents import Agent
from wallboard.domain.feeds import Note
from wallboard.domain.ports import Part
from wallboard.vendors.http import Answer
from wallboard.vendors.tally import Tally
from wallboard.vendors.timekeeping import Anchor, ServerClock, WaitingTimes, past, skew_note
from wallboard.vendors.wire import by_id, pieces
from wallboard.vendors.yemot import mapping
from wallboard.vendors.yemot.answers import Entry, Member, QueueRealTime

AgentName = Callable[[str, str], str | None]


class QueueReader:
    """Remembers of one queue what only several answers tell: whether its time moves, and where its epochs lie.

    Args:
        place: the queue, as configured.
        agent_name: the configured name of an agent, by source and id.
        server_clock: the system's clock, shared by its queues.
        notes: what is to be said of every part.
    """

    def __init__(
        self, place: mapping.QueuePlace, agent_name: AgentName, server_clock: ServerClock, notes: tuple[Note, ...]
    ) -> None:
        self._place = place
        self._agent_name = agent_name
        self._server_clock = server_clock
        self._notes = notes
        self._anchor = Anchor()
        self._waiting_times = WaitingTimes()

    def part(self, opened: QueueRealTime, answer: Answer, tally: Tally) -> Part:
        """The queue, its agents and its waiting callers."""
        anchor = self._anchor.settle(answer.received_at, self._server_clock.utc(answer))
        members = by_id(pieces(Member, opened.members, tally), tally)
        agents = tuple(self._agent(member, anchor, answer.received_at, tally) for member in members.values())
        duplicates_before = tally.duplicates
        entries = by_id(pieces(Entry, opened.entries, tally), tally)
        waits = {entry.id: entry.wait for entry in entries.values() if entry.wait is not None}
        joined = self._waiting_times.joined(waits, answer.received_at)
        entry_count = len(opened.entries) - (tally.duplicates - duplicates_before)
        return Part(
            received_at=answer.received_at,
            latency=answer.latency,
            queues=(mapping.queue(opened.queue, self._place, agents, joined, entry_count),),
            callers=tuple(mapping.caller(entry, self._place, joined.get(entry.id)) for entry in entries.values()),
            agents=agents,
            notes=(
                *tally.notes(),
                *self._notes,
                *skew_note(self._server_clock.skew_seconds),
                *self._waiting_times.frozen_note(answer.received_at),
            ),
        )

    def _agent(self, member: Member, anchor: float, received_at: float, tally: Tally) -> Agent:
        last_call_at = None
        if member.last_call is not None and (last_call_at := past(anchor + member.last_call, received_at)) is None:
            tally.values_dropped += 1
        name = self._agent_name(self._place.source, member.id)
        return mapping.agent(member, self._place, name, last_call_at, tally)
