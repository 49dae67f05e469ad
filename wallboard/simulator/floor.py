"""The floor: queues, callers, agents, their calls and campaigns, as they are at the timeline's moment."""

import math
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from random import Random
from zoneinfo import ZoneInfo

from wallboard.simulator.people import caller_phone
from wallboard.simulator.scenario import CampaignPlan, QueuePlan, Scenario, Vendor
from wallboard.simulator.timeline import Appointment, Timeline

ZONE = ZoneInfo("Asia/Jerusalem")
FINISHED_CALLERS_KEPT = 20_000


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
    phase: float = 0.0
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

    legs: list[tuple["Membership", "Leg"]]
    end: Appointment


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
    """A dialer campaign. `code` alone authorises to stop it."""

    plan: CampaignPlan
    name: str
    code: str = field(repr=False)
    pending: int
    is_running: bool
    team: Team | None = None
    queue: Queue | None = None
    next: Appointment | None = field(default=None, repr=False)


@dataclass(slots=True)
class Floor:
    """All of it, with the world's dice and calendar. `started_at` is the wall time of moment 0, seconds UTC."""

    scenario: Scenario
    random: Random
    timeline: Timeline
    started_at: float
    queues: list[Queue] = field(default_factory=list)
    teams: list[Team] = field(default_factory=list)
    agents: list[Agent] = field(default_factory=list)
    campaigns: list[Campaign] = field(default_factory=list)
    finished: deque[Caller] = field(default_factory=lambda: deque(maxlen=FINISHED_CALLERS_KEPT))
    calls: int = 0

    def at(self, vendor: Vendor) -> list[Agent]:
        """The agents of one vendor, in the order of their numbers."""
        return [agent for agent in self.agents if agent.vendor is vendor]

    @property
    def now(self) -> float:
        return self.timeline.now

    def wall(self, moment: float) -> float:
        """Seconds since the epoch, UTC."""
        return self.started_at + moment

    def local(self, moment: float) -> datetime:
        """The wall clock in Israel."""
        return datetime.fromtimestamp(self.wall(moment), ZONE)

    def new_call_id(self, vendor: Vendor) -> str:
        """An id as the vendor makes them: Yemot 32 hex digits, Voicenter the local time and a number."""
        if vendor is Vendor.YEMOT:
            return f"{self.random.getrandbits(128):032x}"
        self.calls += 1
        return f"{self.local(self.now):%Y%m%d%H%M%S}{self.calls:018d}"

    def phone(self) -> str:
        return caller_phone(self.random)

    def happens(self, probability: float) -> bool:
        return self.random.random() < probability

    def about(self, mean: float) -> float:
        """A duration in seconds as calls have them: many short, few long."""
        spread = 0.6
        return min(max(self.random.lognormvariate(math.log(mean) - spread**2 / 2, spread), 4.0), mean * 6)

    def leg(self, vendor: Vendor, phone: str, direction: Direction, status: LegStatus) -> Leg:
        """A new call that is not at an agent yet."""
        return Leg(
            call_id=self.new_call_id(vendor),
            phone=phone,
            name=phone,
            direction=direction,
            status=status,
            started_at=self.now,
            dialed=self._as_dialed(phone),
            is_muted=self.happens(0.08),
        )

    def _as_dialed(self, phone: str) -> str | int | None:
        """Voicenter writes the number mostly as text, now and then as a number, or leaves it out."""
        draw = self.random.random()
        if draw < 0.15:
            return None
        return int(phone) if draw < 0.2 and phone.isdigit() else phone
