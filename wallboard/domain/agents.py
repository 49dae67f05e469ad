"""Agents and their live calls."""

from dataclasses import dataclass
from enum import StrEnum

from wallboard.domain.feeds import FeedKey


class AgentState(StrEnum):
    """What an agent is doing. UNKNOWN is never free."""

    AVAILABLE = "available"
    RINGING = "ringing"
    DIALING = "dialing"
    ON_CALL = "on_call"
    ON_HOLD = "on_hold"
    PAUSED = "paused"
    PAUSED_ON_CALL = "paused_on_call"
    LUNCH = "lunch"
    BREAK = "break"
    ADMIN = "admin"
    TRAINING = "training"
    MEETING = "meeting"
    BRIEFING = "briefing"
    OTHER = "other"
    LOGGED_OUT = "logged_out"
    UNAVAILABLE = "unavailable"
    UNKNOWN = "unknown"


class StateGroup(StrEnum):
    """The four counts of the summary."""

    AVAILABLE = "available"
    ON_CALL = "on_call"
    PAUSED = "paused"
    AWAY = "away"


STATES_OF_GROUP: dict[StateGroup, frozenset[AgentState]] = {
    StateGroup.AVAILABLE: frozenset({AgentState.AVAILABLE}),
    StateGroup.ON_CALL: frozenset(
        {
            AgentState.RINGING,
            AgentState.DIALING,
            AgentState.ON_CALL,
            AgentState.ON_HOLD,
            AgentState.PAUSED_ON_CALL,
        }
    ),
    StateGroup.PAUSED: frozenset(
        {
            AgentState.PAUSED,
            AgentState.LUNCH,
            AgentState.BREAK,
            AgentState.ADMIN,
            AgentState.TRAINING,
            AgentState.MEETING,
            AgentState.BRIEFING,
            AgentState.OTHER,
        }
    ),
    StateGroup.AWAY: frozenset({AgentState.LOGGED_OUT, AgentState.UNAVAILABLE, AgentState.UNKNOWN}),
}
GROUP_OF_STATE: dict[AgentState, StateGroup] = {
    state: group for group, states in STATES_OF_GROUP.items() for state in states
}


class CallStatus(StrEnum):
    """What a live leg is doing."""

    TALKING = "talking"
    HOLD = "hold"
    DIALING = "dialing"
    RINGING = "ringing"
    UNKNOWN = "unknown"


class Direction(StrEnum):
    """Who called whom."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"
    CLICK2CALL = "click2call"
    SPY = "spy"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class AgentCall:
    """One live leg at an agent. Moments are monotonic seconds. The same `id` may be at several agents at once."""

    id: str
    phone: str | None
    name: str | None
    direction: Direction
    status: CallStatus
    started_at: float | None  # this leg, not the caller's arrival
    answered_at: float | None  # None until answered
    is_recording: bool | None = None  # False: muted; None: not told
    queue: str | None = None  # id of the queue it came from


@dataclass(frozen=True, slots=True)
class Agent:
    """One agent at one source; of a Yemot queue's part, as that queue sees him; on the floor, merged over all.

    `number` is what is dialled to reach the agent. `queues` are ids. `raw_state` is the vendor's own word where
    `state` is UNKNOWN. `last_call_at` is a monotonic moment.
    """

    source: str
    id: str
    name: str | None
    number: str
    state: AgentState
    feeds: tuple[FeedKey, ...]
    raw_state: str = ""
    queues: tuple[str, ...] = ()
    paused_queues: tuple[str, ...] = ()  # those of `queues` in which he is paused
    is_paused: bool | None = None  # as the vendor tells it; None where it has no such flag
    team: str | None = None
    calls: tuple[AgentCall, ...] = ()
    calls_taken: int | None = None
    last_call_at: float | None = None
    penalty: int | None = None
    state_since: float | None = None  # None: not told and not seen to begin
    seen_since: float | None = None  # in this state at least since then

    @property
    def group(self) -> StateGroup:
        return GROUP_OF_STATE[self.state]

    @property
    def is_partly_paused(self) -> bool:
        """Paused in some queues and not in others."""
        return 0 < len(self.paused_queues) < len(self.queues)
