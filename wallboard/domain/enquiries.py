"""What a person asks a vendor for in the moment, besides what is polled; and what comes back."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from wallboard.domain.account_actions import Schedule, Transport
from wallboard.domain.targets import Member, PendingList

Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class Query(Generic[Told]):
    """One question; its type parameter is the answer's type."""


@dataclass(frozen=True, slots=True)
class PendingTargetsOf(Query[PendingList]):
    """What a campaign has left to dial. Voicenter's GetCampaignPendingCalls."""

    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class MembersOf(Query[tuple[Member, ...]]):
    """Whom an agent dialer rings. Voicenter's GetMembersList."""

    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SmsTransaction:
    """One movement of units. Times and dates are the vendor's own text; amounts in units."""

    at: str
    amount: float | None
    description: str
    balance: float | None
    expires_on: str
    who: str


@dataclass(frozen=True, slots=True)
class SmsTransactions(Query[tuple[SmsTransaction, ...]]):
    """The last 2,000 movements of units. Yemot's GetCustomerSmsTransactions."""


@dataclass(frozen=True, slots=True)
class Task:
    """A scheduled task as the list tells it; times are the vendor's own text."""

    id: str
    description: str
    type: str
    status: str
    is_active: bool | None
    mails_end: bool | None
    mails_error: bool | None
    next_run: str
    created_at: str


@dataclass(frozen=True, slots=True)
class TaskDetail:
    """All that is known of a task. `action` is what it does, in the vendor's names."""

    task: Task
    schedule: Schedule
    updated_at: str
    last_run: str
    action: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TaskRun:
    """One run of a task."""

    id: str
    at: str
    has_succeeded: bool | None
    error: str


@dataclass(frozen=True, slots=True)
class Tasks(Query[tuple[Task, ...]]):
    """The system's scheduled tasks. Yemot's GetTasks."""


@dataclass(frozen=True, slots=True)
class TaskOf(Query[TaskDetail]):
    """One task. Yemot's GetTasksData."""

    id: str


@dataclass(frozen=True, slots=True)
class TaskRunsOf(Query[tuple[TaskRun, ...]]):
    """What became of a task's runs. Yemot's GetTasksLogs."""

    id: str


@dataclass(frozen=True, slots=True)
class SipAccount:
    """A telephone by internet. Its password is never read here."""

    id: str  # user name
    number: str  # account number in the system
    extension: str  # 200 to 10000; "" where it has none
    transport: Transport | None
    caller_id: str
    created_at: str


@dataclass(frozen=True, slots=True)
class SipDirectory:
    """The SIP accounts, and how many there may be."""

    accounts: tuple[SipAccount, ...]
    most: int | None


@dataclass(frozen=True, slots=True)
class SipAccounts(Query[SipDirectory]):
    """Yemot's GetSipAccountsInCustomer."""


@dataclass(frozen=True, slots=True)
class SecondaryNumber:
    """A further number of the system. `usage` as `goto:/1` or `sip:5`."""

    id: str
    number: str
    usage: str


@dataclass(frozen=True, slots=True)
class OwnNumbers:
    """A system's numbers. `caller_ids` are approved ones, each with the day its approval ends (the vendor's text)."""

    main: str
    secondary: tuple[SecondaryNumber, ...]
    caller_ids: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Numbers(Query[OwnNumbers]):
    """Yemot's GetCustomerData."""


@dataclass(frozen=True, slots=True)
class RingList:
    """A one-ring list."""

    name: str
    subscribers: int | None


@dataclass(frozen=True, slots=True)
class RingListMember:
    """A subscribed number."""

    number: str
    name: str


@dataclass(frozen=True, slots=True)
class RingListEvent:
    """What was done to a list. `what` is the vendor's word."""

    at: str  # date and time, the vendor's own text
    what: str
    by: str
    number: str
    folder: str


@dataclass(frozen=True, slots=True)
class RingLists(Query[tuple[RingList, ...]]):
    """Yemot's TzintukimListManagement, getlists."""


@dataclass(frozen=True, slots=True)
class RingListMembersOf(Query[tuple[RingListMember, ...]]):
    """Yemot's TzintukimListManagement, getlistEnteres."""

    name: str


@dataclass(frozen=True, slots=True)
class RingListEventsOf(Query[tuple[RingListEvent, ...]]):
    """Yemot's TzintukimListManagement, getLogList."""

    name: str
