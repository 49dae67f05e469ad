"""Makes the document of `once` from a snapshot."""

from dataclasses import dataclass
from datetime import UTC, datetime

from wallboard.cli.records import (
    SCHEMA,
    AgentRecord,
    CallerRecord,
    CallRecord,
    CampaignRecord,
    Document,
    FeedRecord,
    QueueRecord,
    SummaryRecord,
)
from wallboard.clock import Clock
from wallboard.domain.agents import Agent, AgentCall
from wallboard.domain.callers import Caller
from wallboard.domain.campaigns import Campaign
from wallboard.domain.feeds import FeedStatus
from wallboard.domain.queues import Queue
from wallboard.domain.snapshot import Snapshot
from wallboard.domain.summary import Summary, summarise
from wallboard.language.format import masked
from wallboard.language.words import fault_words


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns monotonic moments into ages and dates, and hides phones where they must be hidden."""

    monotonic: float
    wall: float
    is_masking: bool

    def since(self, moment: float | None) -> int | None:
        """Whole seconds since then."""
        return None if moment is None else max(0, int(self.monotonic - moment))

    def date(self, moment: float | None) -> str | None:
        """The moment as an ISO date in UTC."""
        return None if moment is None else _iso(self.wall - (self.monotonic - moment))

    def name(self, text: str) -> str:
        """A text that may hold a phone."""
        return masked(text, is_masking=self.is_masking)

    def phone(self, text: str | None) -> str | None:
        return None if text is None else self.name(text)


def document(snapshot: Snapshot, clock: Clock, *, is_masking: bool = False) -> Document:
    """The board as of now.

    Args:
        snapshot: What was polled.
        clock: The clock on which the snapshot's moments lie.
        is_masking: Whether phones are hidden but for their last digits, as `board.mask_phones` says.
    """
    reader = _Reader(clock.monotonic(), clock.now(), is_masking)
    floor = snapshot.floor
    return Document(
        schema=SCHEMA,
        at=_iso(reader.wall),
        summary=_summary(summarise(floor, snapshot.feeds, reader.monotonic)),
        feeds=tuple(_feed(feed, reader) for feed in snapshot.feeds.values()),
        queues=tuple(_queue(queue, reader) for queue in floor.queues),
        callers=tuple(_caller(caller, reader) for caller in floor.callers),
        agents=tuple(_agent(agent, reader) for agent in floor.agents),
        campaigns=tuple(_campaign(campaign, reader) for campaign in floor.campaigns),
    )


def _iso(wall: float) -> str:
    return datetime.fromtimestamp(int(wall), UTC).isoformat().replace("+00:00", "Z")


def _summary(summary: Summary) -> SummaryRecord:
    longest = summary.longest_wait_seconds
    return SummaryRecord(
        waiting=summary.waiting,
        longest_wait_seconds=None if longest is None else int(longest),
        agents_available=summary.agents_available,
        agents_on_call=summary.agents_on_call,
        agents_paused=summary.agents_paused,
        agents_away=summary.agents_away,
        live_calls=summary.live_calls,
        abandoned=summary.abandoned,
        completed=summary.completed,
    )


def _feed(feed: FeedStatus, reader: _Reader) -> FeedRecord:
    return FeedRecord(
        source=feed.key.source,
        method=feed.key.method,
        queue=feed.key.queue,
        state=feed.freshness(reader.monotonic).value,
        age_seconds=reader.since(feed.succeeded_at),
        latency_ms=None if feed.latency is None else round(feed.latency * 1000),
        fault=fault_words(feed.fault) if feed.fault else None,
    )


def _queue(queue: Queue, reader: _Reader) -> QueueRecord:
    return QueueRecord(
        id=queue.id,
        source=queue.source,
        name=reader.name(queue.name),
        waiting=queue.waiting,
        longest_wait_seconds=0 if queue.waiting == 0 else reader.since(queue.longest_joined_at),
        max=queue.max,
        strategy=queue.strategy,
        weight=queue.weight,
        completed=queue.completed,
        abandoned=queue.abandoned,
        average_hold_seconds=queue.average_hold_seconds,
        average_talk_seconds=queue.average_talk_seconds,
        agents_ready=queue.agents_ready,
        agents_total=queue.agents_total,
    )


def _caller(caller: Caller, reader: _Reader) -> CallerRecord:
    return CallerRecord(
        id=caller.id,
        source=caller.source,
        queue=caller.queue,
        phone=reader.phone(caller.phone),
        position=caller.position,
        waiting_seconds=reader.since(caller.joined_at),
        ringing=caller.is_ringing,
    )


def _agent(agent: Agent, reader: _Reader) -> AgentRecord:
    return AgentRecord(
        id=reader.name(agent.id),  # at Yemot, an agent's id is his phone
        source=agent.source,
        name=reader.phone(agent.name),
        number=reader.name(agent.number),
        state=agent.state.value,
        state_seconds=reader.since(agent.state_since),
        queues=agent.queues,
        paused=agent.is_paused,
        calls_taken=agent.calls_taken,
        last_call_at=reader.date(agent.last_call_at),
        penalty=agent.penalty,
        calls=tuple(_call(call, reader) for call in agent.calls),
    )


def _call(call: AgentCall, reader: _Reader) -> CallRecord:
    return CallRecord(
        id=call.id,
        phone=reader.phone(call.phone),
        name=reader.phone(call.name),
        direction=call.direction.value,
        status=call.status.value,
        started_at=reader.date(call.started_at),
        answered_at=reader.date(call.answered_at),
        talk_seconds=reader.since(call.answered_at),
        recording=call.is_recording,
    )


def _campaign(campaign: Campaign, reader: _Reader) -> CampaignRecord:
    return CampaignRecord(
        source=campaign.source,
        name=reader.name(campaign.name),
        running=campaign.is_running,
        pending=campaign.pending,
        awaiting=campaign.awaiting,
        min_priority=campaign.min_priority,
        max_priority=campaign.max_priority,
        kind=campaign.kind.value if campaign.kind else None,
    )
