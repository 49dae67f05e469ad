"""What there is on the floor: queues, callers, agents, their calls and campaigns. Moments are the timeline's."""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from random import Random

from wallboard.simulator.scenario import CampaignPlan, QueuePlan, Vendor
from wallboard.simulator.targets import Targets
from wallboard.simulator.timeline import Appointment


class Presence(IntEnum):
    """Voicenter's numbers for what an agent says he does."""

    LOGGED_IN = 1
    LOGGED_OUT = 2
    LUNCH = 3
    ADMIN = 5
    BREAK = 7
    OTHER = 9
    TRAINING = 11
    MEETING = 12
    BRIEFING = 13


class LegStatus(StrEnum):
    """Voicenter's words for one call at one agent."""

    RINGING = "Ringing"
    DIALING = "Dialing"
    TALKING = "Talking"
    HOLD = "Hold"


class Direction(StrEnum):
    """Voicenter's words for who called whom."""

    INCOMING = "Incoming"
    OUTGOING = "Outgoing"
    CLICK2CALL = "Click2Call"


class Outcome(StrEnum):
    """How a caller's wait ended."""

    WAITING = "waiting"
    ANSWERED = "answered"
    ABANDONED = "abandoned"
    KICKED = "kicked"


@dataclass(slots=True, eq=False)
class Queue:
    """A queue; `key` is its path at Yemot, its id at Voicenter."""

    plan: QueuePlan
    name: str
    key: str
    did: str
    random: Random = field(repr=False)  # its own, so that what an operator does leaves the later callers the same
    wave_seconds: float
    wave_phase: float
    members: list["Membership"] = field(default_factory=list, repr=False)
    waiting: dict[str, "Caller"] = field(default_factory=dict, repr=False)
    joined: int = 0
    answered: int = 0
    abandoned: int = 0
    kicked: int = 0
    completed: int = 0
    hold_seconds: int = 0
    talk_seconds: int = 0

    @property
    def vendor(self) -> Vendor:
        return self.plan.vendor


@dataclass(slots=True, eq=False)
class Caller:
    """Somebody who joined a queue; moments are the timeline's."""

    id: str
    phone: str
    queue: Queue = field(repr=False)
    joined_at: float
    custom: dict[str, str] = field(default_factory=dict)
    outcome: Outcome = Outcome.WAITING
    ended_at: float | None = None
    agent: "Agent | None" = None
    sent_to: str | None = None
    patience: Appointment | None = field(default=None, repr=False)
    ringing: "Ringing | None" = field(default=None, repr=False)


@dataclass(slots=True, eq=False)
class Ringing:
    """One attempt to find an agent for a caller: the telephones that ring for him now."""

    caller: Caller
    legs: list[tuple["Membership", "Leg"]]
    end: Appointment | None = None


@dataclass(slots=True, eq=False)
class Leg:
    """One call at one agent."""

    call_id: str
    phone: str
    name: str
    direction: Direction
    status: LegStatus
    started_at: float
    answered_at: float | None = None
    queue: Queue | None = None
    did: str = ""
    dialed: str | int | None = None
    custom: dict[str, str] = field(default_factory=dict)
    is_muted: bool = False


@dataclass(slots=True, eq=False)
class Team:
    """Agents who sit together: an account at Voicenter."""

    name: str
    account_id: int
    agents: list["Agent"] = field(default_factory=list, repr=False)


@dataclass(slots=True, eq=False)
class Agent:
    """One agent: `id` is the SIP user at Voicenter, the telephone or SIP account at Yemot."""

    id: str
    name: str
    vendor: Vendor
    team: Team = field(repr=False)
    number: int  # counts from 1 at the vendor
    user_id: int
    has_sip: bool = True  # the switch sees the device; an outside telephone it cannot see
    presence: Presence = Presence.LOGGED_IN
    legs: list[Leg] = field(default_factory=list, repr=False)
    is_wrapping_up: bool = False
    is_on_break: bool = False  # by the rota, not to wrap a call up
    idle_since: float = 0.0
    memberships: list["Membership"] = field(default_factory=list, repr=False)
    revision: int = 0  # grows with every change, so that an unchanged row need not be written again

    @property
    def is_free(self) -> bool:
        return self.presence is Presence.LOGGED_IN and not self.legs and not self.is_wrapping_up


@dataclass(slots=True, eq=False)
class Membership:
    """An agent in a queue, with what the queue counts of him."""

    agent: Agent
    queue: Queue
    penalty: int = 0
    is_paused: bool = False
    is_paused_by_rota: bool = False  # and so unpaused by it
    calls_taken: int = 0
    last_call_at: float | None = None

    @property
    def is_ready(self) -> bool:
        return not self.is_paused and self.agent.is_free


@dataclass(slots=True, eq=False)
class Campaign:
    """A dialer campaign: an agent dialer has members, a smart one a queue. `code` alone authorises to stop it."""

    plan: CampaignPlan
    id: int
    name: str
    code: str = field(repr=False)
    targets: Targets = field(repr=False)
    is_running: bool
    calls_per_minute: float
    members: list[Agent] = field(default_factory=list, repr=False)
    queue: Queue | None = None
    most_waiting: int | None = None  # in the queue, before it dials no more
    next: Appointment | None = field(default=None, repr=False)

    @property
    def pending(self) -> int:
        return len(self.targets)
