"""The document of `once --json`. Its names are fixed: scripts rely on them. What no vendor told is null, never 0."""

from dataclasses import dataclass

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class SummaryRecord:
    """The floor in figures."""

    waiting: int | None
    longest_wait_seconds: int | None
    agents_available: int | None
    agents_on_call: int | None
    agents_paused: int | None
    agents_away: int | None
    live_calls: int | None
    abandoned: int | None
    completed: int | None


@dataclass(frozen=True, slots=True)
class FeedRecord:
    """One method of one source; `state` is LIVE, connecting, LATE, STALE, DOWN or AUTH."""

    source: str
    method: str
    queue: str | None
    state: str
    age_seconds: int | None
    latency_ms: int | None
    fault: str | None


@dataclass(frozen=True, slots=True)
class QueueRecord:
    """One queue; the counters and averages are the vendor's own, `max` 0 is unlimited."""

    id: str
    source: str
    name: str
    waiting: int | None
    longest_wait_seconds: int | None
    max: int | None
    strategy: str | None
    weight: int | None
    completed: int | None
    abandoned: int | None
    average_hold_seconds: int | None
    average_talk_seconds: int | None
    agents_ready: int | None
    agents_total: int | None


@dataclass(frozen=True, slots=True)
class CallerRecord:
    """Somebody who waits; `queue` is the id of one."""

    id: str
    source: str
    queue: str
    phone: str | None
    position: int | None
    waiting_seconds: int | None
    ringing: bool


@dataclass(frozen=True, slots=True)
class CallRecord:
    """A live call at an agent; moments are UTC."""

    id: str
    phone: str | None
    name: str | None
    direction: str
    status: str
    started_at: str | None
    answered_at: str | None
    talk_seconds: int | None
    recording: bool | None


@dataclass(frozen=True, slots=True)
class AgentRecord:
    """An agent of one source; `queues` are ids, `paused` is null where the vendor has no such flag."""

    id: str
    source: str
    name: str | None
    number: str
    state: str
    state_seconds: int | None
    queues: tuple[str, ...]
    paused: bool | None
    calls_taken: int | None
    last_call_at: str | None
    penalty: int | None
    calls: tuple[CallRecord, ...]


@dataclass(frozen=True, slots=True)
class CampaignRecord:
    """One dialer campaign."""

    source: str
    name: str
    running: bool | None
    pending: int | None
    awaiting: int | None
    min_priority: int | None
    max_priority: int | None
    kind: str | None


@dataclass(frozen=True, slots=True)
class Document:
    """The board at one moment, `at`, in UTC."""

    schema: int
    at: str
    summary: SummaryRecord
    feeds: tuple[FeedRecord, ...]
    queues: tuple[QueueRecord, ...]
    callers: tuple[CallerRecord, ...]
    agents: tuple[AgentRecord, ...]
    campaigns: tuple[CampaignRecord, ...]
