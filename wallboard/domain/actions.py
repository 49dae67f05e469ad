"""What a supervisor can have done: commands, how they travel, and what became of them."""

import math
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from wallboard.domain.faults import Fault
from wallboard.domain.feeds import FeedKey
from wallboard.domain.snapshot import Floor


class ActionKind(StrEnum):
    """What can be done; a vendor can some of them."""

    KICK_CALLER = "kick_caller"
    TRANSFER_CALLER = "transfer_caller"
    PAUSE_AGENT = "pause_agent"
    RESUME_AGENT = "resume_agent"
    START_CAMPAIGN = "start_campaign"
    STOP_CAMPAIGN = "stop_campaign"
    ADD_TARGET = "add_target"
    ADD_TARGETS = "add_targets"
    CHANGE_TARGET = "change_target"
    REMOVE_TARGET = "remove_target"
    CLEAR_TARGETS = "clear_targets"
    ADD_MEMBER = "add_member"
    REMOVE_MEMBER = "remove_member"
    SET_PACE = "set_pace"
    SEND_SMS = "send_sms"
    CALL_BACK = "call_back"
    CREATE_TASK = "create_task"
    SWITCH_TASK = "switch_task"
    DELETE_TASK = "delete_task"
    SET_SIP_EXTENSION = "set_sip_extension"
    SET_SIP_TRANSPORT = "set_sip_transport"
    SET_NUMBER_USAGE = "set_number_usage"
    EMPTY_RING_LIST = "empty_ring_list"


class Standing(StrEnum):
    """How a command's target stands on the floor now."""

    AS_SHOWN = "as_shown"
    GONE = "gone"
    MOVED = "moved"  # a caller waits in another queue now
    CHANGED = "changed"  # it is already as the command would have it


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing to be done to one target by one request; frozen at the press of the key.

    Args:
        source: the account.
        target: the vendor's own id; of a campaign `Campaign.id`, never its code.
        words: the target as the person saw it.
        feed: the feed that told of it: its age decides whether the command may be sent, its answers what came of it.
    """

    kind: ClassVar[ActionKind]
    effects: ClassVar[frozenset[Standing]]  # standings that show that it was done
    is_seen: ClassVar[bool] = True  # whether later polls show if it was done
    seconds: ClassVar[float] = 8.0  # how long the vendor has for its answer

    source: str
    target: str
    words: str
    feed: FeedKey

    @property
    def row_key(self) -> str:
        """The key of the target's row, in whichever panel."""
        return f"{self.source}/{self.target}"

    @property
    def item(self) -> str:
        """Which one of many that the target holds it is about; "" where it is about the target itself."""
        return ""

    @property
    def parameters(self) -> dict[str, str]:
        """What else was asked for; never a secret."""
        return {}

    def standing(self, floor: Floor) -> Standing:
        """How the target stands on this floor."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class KickCaller(Command):
    """Take a waiting caller out of a queue. Yemot's QueueManagement, action kick."""

    kind = ActionKind.KICK_CALLER
    effects = frozenset({Standing.GONE, Standing.MOVED})

    queue: str

    @property
    def parameters(self) -> dict[str, str]:
        return {"queue": self.queue}

    def standing(self, floor: Floor) -> Standing:
        queues = [c.queue for c in floor.callers if c.id == self.target and c.source == self.source]
        if not queues:
            return Standing.GONE
        return Standing.AS_SHOWN if self.queue in queues else Standing.MOVED


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferCaller(KickCaller):
    """Take a waiting caller out of a queue and send him to an extension: kick with GOTO."""

    kind = ActionKind.TRANSFER_CALLER

    destination: str  # the extension's path: /1, /2/5; / is the root

    @property
    def parameters(self) -> dict[str, str]:
        return {"queue": self.queue, "destination": self.destination}


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseAgent(Command):
    """Give an agent no new calls of one queue. Yemot's QueueManagement, action pause."""

    kind = ActionKind.PAUSE_AGENT
    effects = frozenset({Standing.CHANGED})

    queue: str

    @property
    def parameters(self) -> dict[str, str]:
        return {"queue": self.queue}

    def standing(self, floor: Floor) -> Standing:
        agent = next((a for a in floor.agents if a.id == self.target and a.source == self.source), None)
        if agent is None or self.queue not in agent.queues:
            return Standing.GONE
        is_paused = self.queue in agent.paused_queues
        return Standing.CHANGED if is_paused is (self.kind is ActionKind.PAUSE_AGENT) else Standing.AS_SHOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeAgent(PauseAgent):
    """Let a paused agent have the calls of one queue again: action unpause."""

    kind = ActionKind.RESUME_AGENT


@dataclass(frozen=True, slots=True, kw_only=True)
class StopCampaign(Command):
    """Stop a dialer campaign. Voicenter's StopCampaign."""

    kind = ActionKind.STOP_CAMPAIGN
    effects = frozenset({Standing.CHANGED})

    code: str = field(repr=False)  # authorises; a secret

    def standing(self, floor: Floor) -> Standing:
        campaign = next((c for c in floor.campaigns if c.source == self.source and c.id == self.target), None)
        if campaign is None:
            return Standing.GONE
        is_done = campaign.is_running is (self.kind is ActionKind.START_CAMPAIGN)
        return Standing.CHANGED if is_done else Standing.AS_SHOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class StartCampaign(StopCampaign):
    """Start a dialer campaign. Voicenter's StartCampaign."""

    kind = ActionKind.START_CAMPAIGN


# Those of which the floor tells what came, also after the program was ended in their midst.
COMMANDS: dict[ActionKind, type[Command]] = {
    command.kind: command
    for command in (KickCaller, TransferCaller, PauseAgent, ResumeAgent, StartCampaign, StopCampaign)
}


class Result(StrEnum):
    """What came of sending, as far as the vendor's answer tells."""

    OK = "ok"
    REFUSED = "refused"  # in the vendor's words
    GONE = "gone"  # the vendor does not find the target any more
    NOT_SENT = "not_sent"  # certainly nothing has reached the vendor
    UNKNOWN = "unknown"  # it may have been done


class Settlement(StrEnum):
    """What a later poll showed."""

    VERIFIED = "verified"
    CONTRADICTED = "contradicted"


class Obstacle(StrEnum):
    """Why something was not sent, where it was not the road."""

    READ_ONLY = "read_only"
    LOCKED = "locked"
    NO_AUDIT = "no_audit"  # `words` holds the reason
    NOT_CAPABLE = "not_capable"  # the vendor has no such method
    FEED_DOWN = "feed_down"  # the target's feed is DOWN, AUTH or has never answered
    FEED_STALE = "feed_stale"  # and nobody has said that its age, `seconds`, does not matter
    TARGET_GONE = "target_gone"
    TARGET_MOVED = "target_moved"
    TARGET_CHANGED = "target_changed"
    TOO_MANY = "too_many"  # the operator's own limit; room again in `seconds`
    VENDOR_BUSY = "vendor_busy"  # the vendor asks to wait `seconds`
    EXPIRED = "expired"  # it waited too long for its turn
    STOPPED = "stopped"  # an earlier one of the same batch went wrong
    TAKEN_BACK = "taken_back"  # by the person, in time


@dataclass(frozen=True, slots=True)
class ItemOutcome:
    """What came of one of many that were sent in one request."""

    result: Result
    vendor_code: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a command. Words are the vendor's or the system's own, cleaned, without secrets.

    `items`: of a command that carries many, one for each where the vendor told; an OK says nothing of the single ones.
    """

    result: Result
    vendor_code: str = ""
    words: str = ""
    fault: Fault | None = None  # of the road, or what the vendor refused it with
    obstacle: Obstacle | None = None  # with NOT_SENT
    seconds: float | None = None  # of the obstacle
    milliseconds: float | None = None  # from sending to the answer
    items: tuple[ItemOutcome, ...] = field(default=(), repr=False)


class Stage(StrEnum):
    """How far a command has come."""

    WAITING = "waiting"  # confirmed, not yet sent: it can be taken back
    SENDING = "sending"  # the intent is on disk: from here on it may have reached the vendor
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Ticket:
    """A command on its way. Moments are monotonic; a later ticket of the same `id` replaces this one."""

    id: str
    batch: str  # confirmed together, sent one after the other
    command: Command
    stage: Stage
    due_at: float  # when it is to be sent at the soonest
    expires_at: float = math.inf  # not sent by then, it is too old to be sent at all
    accepts_stale: bool = False  # the person has seen that the data are stale, and how old
    outcome: Outcome | None = None
    settlement: Settlement | None = None
    ended_at: float | None = None
    is_checking: bool = False  # the next good poll of its feed is to show whether it happened
    is_recorded: bool = True  # False: its last step could not be written to the audit

    @property
    def is_open(self) -> bool:
        """Whether its row carries a mark: something is under way or not yet seen."""
        return self.stage is not Stage.ENDED or self.is_checking


@dataclass(frozen=True, slots=True)
class ActionRecord:
    """One action as the audit tells it, from all its lines. `at` is UTC seconds of its first line."""

    id: str
    at: float
    operator: str
    host: str
    source: str
    action: str
    target: str
    words: str
    parameters: tuple[tuple[str, str], ...] = ()
    is_intended: bool = False  # an intent was written
    outcome: str | None = None  # a `Result`; None: no line tells
    settlement: str | None = None
    vendor_code: str = ""
    vendor_message: str = ""
    milliseconds: float | None = None
    data_age_seconds: float | None = None
