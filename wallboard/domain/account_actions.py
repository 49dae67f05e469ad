"""What can be done with a Yemot system: messages, calls, tasks, telephones, numbers and lists.

The floor shows none of it: the vendor's answer is all that is known of the outcome. The feed is the account's credit.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from wallboard.domain.actions import ActionKind, Command, Standing
from wallboard.domain.snapshot import Floor


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountCommand(Command):
    """About something that is not on the board."""

    is_seen: ClassVar[bool] = False
    effects = frozenset()

    def standing(self, floor: Floor) -> Standing:
        return Standing.AS_SHOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class SendSms(AccountCommand):
    """Send a text message to the number that is the target. SendSms: 0.1 unit per 70 characters."""

    kind = ActionKind.SEND_SMS

    message: str = field(repr=False)

    @property
    def parameters(self) -> dict[str, str]:
        return {"message": self.message}


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBack(AccountCommand):
    """Ring an agent, then connect him with the number that is the target. CreateBridgeCall: 0.1 unit and both calls.

    Either `agent_number` or `sip_account` says who is rung.
    """

    kind = ActionKind.CALL_BACK

    agent_number: str = ""
    sip_account: int | None = None

    @property
    def parameters(self) -> dict[str, str]:
        return {"agent": self.agent_number} if self.sip_account is None else {"sip_account": str(self.sip_account)}


class TaskType(StrEnum):
    """What a scheduled task does, in the vendor's words."""

    SMS = "SendSMS"
    RING = "RunTzintuk"
    MOVE_FILE = "MoveOnFile"


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a task runs. None: at any. `days`: 0 is Sunday; empty: every day."""

    minute: int | None = None
    hour: int | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    days: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateTask(AccountCommand):
    """Schedule something; the target is its description. CreateTask."""

    kind = ActionKind.CREATE_TASK

    type: TaskType
    schedule: Schedule
    settings: tuple[tuple[str, str], ...]  # of its type, by the vendor's names: smsList, smsMessage, …
    is_active: bool = True
    spares_holidays: bool = True  # does not run on Sabbaths and holidays
    mails_end: bool = False
    mails_error: bool = True

    @property
    def parameters(self) -> dict[str, str]:
        return {"type": self.type.value, **dict(self.settings)}


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchTask(AccountCommand):
    """Switch the task of this id on or off; all else stays. UpdateTask, which forgets what is not sent again."""

    kind = ActionKind.SWITCH_TASK

    is_active: bool
    description: str
    schedule: Schedule
    mails_end: bool
    mails_error: bool

    @property
    def parameters(self) -> dict[str, str]:
        return {"active": str(int(self.is_active))}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteTask(AccountCommand):
    """Delete the task of this id. DeleteTask."""

    kind = ActionKind.DELETE_TASK


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSipExtension(AccountCommand):
    """Give the SIP account of this number an extension number, or take it away: None. SipExtensionManagement."""

    kind = ActionKind.SET_SIP_EXTENSION

    extension: int | None  # 200 to 10000

    @property
    def parameters(self) -> dict[str, str]:
        return {"extension": "" if self.extension is None else str(self.extension)}


class Transport(StrEnum):
    """How a SIP account connects."""

    UDP = "udp"
    WSS = "wss"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSipTransport(AccountCommand):
    """Let the SIP account of this number connect by another transport. SipToWss, SipToUdp."""

    kind = ActionKind.SET_SIP_TRANSPORT

    transport: Transport

    @property
    def parameters(self) -> dict[str, str]:
        return {"transport": self.transport.value}


@dataclass(frozen=True, slots=True, kw_only=True)
class SetNumberUsage(AccountCommand):
    """Send the calls of the secondary number of this id elsewhere. SetSecondaryDidUsageDescription."""

    kind = ActionKind.SET_NUMBER_USAGE

    usage: str  # `goto:/1/2` or `sip:5`

    @property
    def parameters(self) -> dict[str, str]:
        return {"usage": self.usage}


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyRingList(AccountCommand):
    """Take all subscribers out of a one-ring list. TzintukimListManagement, resetList."""

    kind = ActionKind.EMPTY_RING_LIST
