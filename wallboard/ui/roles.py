"""What a piece of text means; themes decide how that looks. Every meaning has a glyph beside its colour."""

from enum import StrEnum

from wallboard.domain.agents import STATES_OF_GROUP, AgentState, StateGroup
from wallboard.domain.feeds import Freshness
from wallboard.domain.thresholds import Level


class Role(StrEnum):
    """Names of the component classes `role--…`."""

    TEXT = "text"
    STRONG = "strong"
    MUTED = "muted"
    OK = "ok"
    WARN = "warn"
    BREACH = "breach"
    AVAILABLE = "available"
    RINGING = "ringing"
    CALL = "call"
    HOLD = "hold"
    PAUSED = "paused"
    AWAY = "away"
    UNKNOWN = "unknown"


ROLE_OF_LEVEL = {Level.OK: Role.TEXT, Level.WARN: Role.WARN, Level.BREACH: Role.BREACH}
GLYPH_OF_LEVEL = {Level.OK: " ", Level.WARN: "▲", Level.BREACH: "!"}

ROLE_OF_STATE = {
    AgentState.AVAILABLE: Role.AVAILABLE,
    AgentState.RINGING: Role.RINGING,
    AgentState.DIALING: Role.RINGING,
    AgentState.ON_CALL: Role.CALL,
    AgentState.ON_HOLD: Role.HOLD,
    AgentState.PAUSED_ON_CALL: Role.CALL,
    AgentState.LOGGED_OUT: Role.AWAY,
    AgentState.UNAVAILABLE: Role.AWAY,
    AgentState.UNKNOWN: Role.UNKNOWN,
} | dict.fromkeys(STATES_OF_GROUP[StateGroup.PAUSED], Role.PAUSED)

_GLYPH_OF_ROLE = {
    Role.AVAILABLE: "●",
    Role.RINGING: "◎",
    Role.CALL: "◆",
    Role.HOLD: "◇",
    Role.PAUSED: "‖",
    Role.AWAY: "○",
    Role.UNKNOWN: "?",
}
GLYPH_OF_STATE = {state: _GLYPH_OF_ROLE[role] for state, role in ROLE_OF_STATE.items()}

ROLE_OF_FRESHNESS = {
    Freshness.LIVE: Role.OK,
    Freshness.CONNECTING: Role.MUTED,
    Freshness.LATE: Role.WARN,
    Freshness.STALE: Role.BREACH,
    Freshness.DOWN: Role.BREACH,
    Freshness.AUTH: Role.BREACH,
}
GLYPH_OF_FRESHNESS = {
    Freshness.LIVE: "●",
    Freshness.CONNECTING: "…",
    Freshness.LATE: "▲",
    Freshness.STALE: "!",
    Freshness.DOWN: "!",
    Freshness.AUTH: "!",
}
# In running text; a table has component classes for them.
STYLE_OF_ROLE = {
    Role.WARN: "bold $sla-warn",
    Role.BREACH: "bold $sla-breach-text on $sla-breach",
    Role.OK: "$sla-ok",
    Role.MUTED: "$muted",
    Role.STRONG: "bold",
    Role.AVAILABLE: "$state-available",
    Role.RINGING: "$state-ringing",
    Role.CALL: "$state-call",
    Role.HOLD: "$state-hold",
    Role.PAUSED: "$state-paused",
    Role.AWAY: "$state-away",
    Role.UNKNOWN: "bold $state-unknown",
}
