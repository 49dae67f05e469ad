"""What the engine needs of a vendor, and the ui of the engine."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from wallboard.domain.access import Lock
from wallboard.domain.actions import ActionKind, Command, Outcome, Ticket
from wallboard.domain.agents import Agent
from wallboard.domain.callers import Caller
from wallboard.domain.campaigns import Account, Burn, Campaign, DirectoryEntry
from wallboard.domain.enquiries import Query
from wallboard.domain.feeds import FeedKey, Note, Subject
from wallboard.domain.imports import ImportPlan, ImportProgress
from wallboard.domain.queues import Queue
from wallboard.domain.snapshot import Snapshot, SnapshotListener

Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class Part:
    """A feed's good answer, whole: what it does not hold is not there any more.

    `received_at` is a monotonic moment, `latency` seconds from sending to the last byte.
    """

    received_at: float
    latency: float = 0.0
    queues: tuple[Queue, ...] = ()
    callers: tuple[Caller, ...] = ()
    agents: tuple[Agent, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    directory: tuple[DirectoryEntry, ...] = ()
    account: Account | None = None
    notes: tuple[Note, ...] = ()

    @property
    def row_count(self) -> int:
        """Rows whose sudden absence deserves a remark; queues stay when nobody waits."""
        return len(self.agents) + len(self.callers) + len(self.campaigns) + len(self.directory)


class Feed(Protocol):
    """One method of one source, ready to be asked."""

    @property
    def key(self) -> FeedKey: ...

    @property
    def subjects(self) -> frozenset[Subject]:
        """What its answers are about."""
        ...

    @property
    def host(self) -> str:
        """Whom it asks, for people to read."""
        ...

    @property
    def interval(self) -> float:
        """Seconds from one request to the next, as configured."""
        ...

    @property
    def least_interval(self) -> float:
        """Seconds below which the vendor must not be asked again, whoever presses `r`."""
        ...

    @property
    def deadline(self) -> float:
        """Seconds for connecting, sending, receiving and reading together."""
        ...

    async def fetch(self) -> Part:
        """Ask once.

        Raises:
            VendorFault: whatever went wrong, in the closed list of codes.
        """
        ...


class Source(Protocol):
    """One account at one vendor."""

    @property
    def name(self) -> str: ...

    @property
    def kind(self) -> str: ...

    @property
    def feeds(self) -> Sequence[Feed]: ...

    @property
    def requests_per_second(self) -> float: ...

    @property
    def concurrency(self) -> int:
        """Requests under way at once; never more than the connections of the source's pool."""
        ...

    @property
    def capabilities(self) -> frozenset[ActionKind]:
        """What can be done here."""
        ...

    @property
    def answers(self) -> frozenset[type[Query[Any]]]:
        """What can be asked here."""
        ...

    async def ask(self, query: Query[Told]) -> Told:
        """Ask once, in the moment.

        Raises:
            VendorFault: whatever went wrong.
            LookupError: it is none of what it `answers`.
        """
        ...

    async def perform(self, command: Command) -> Outcome:
        """Do it: one attempt, on a connection of its own, within the command's seconds; never again by itself.

        What the vendor does not positively confirm is UNKNOWN, unless certainly nothing was sent.
        """
        ...

    async def aclose(self) -> None: ...


class Enquiries(Protocol):
    """Where a person's questions go."""

    def can_ask(self, source: str, query: type[Query[Any]]) -> bool:
        """Whether the source has an answer to such a question."""
        ...

    async def ask(self, source: str, query: Query[Told]) -> Told:
        """Ask once, within the account's pace.

        Raises:
            VendorFault: whatever went wrong, with words that hold no secret.
        """
        ...


Unsubscribe = Callable[[], None]


class SnapshotStream(Protocol):
    """Where the board's pictures come from."""

    def snapshot(self) -> Snapshot:
        """The newest."""
        ...

    def subscribe(self, listener: SnapshotListener) -> Unsubscribe:
        """Have `listener` called with every newer one."""
        ...

    def refresh(self) -> float:
        """Ask every feed as soon as its vendor allows; seconds until the last of them goes out."""
        ...


class BurnRates(Protocol):
    """How fast campaigns' lists burn down."""

    def burn(self, source: str, campaign: str) -> Burn | None:
        """Of the campaign with this `Campaign.id`; None while too little has been seen."""
        ...


class ImportTroubleError(Exception):
    """A file cannot be added; its text says why and what to do."""


class Imports(Protocol):
    """Files of targets on their way into campaigns."""

    async def plan(self, path: Path, campaign: Campaign) -> ImportPlan:
        """Read and check a file against what the campaign has pending and what an earlier run has added; send nothing.

        Raises:
            ImportTroubleError: the file cannot be read or used.
            VendorFault: what is pending cannot be told.
        """
        ...

    def start(self, plan: ImportPlan, campaign: Campaign, words: str, *, accepts_stale: bool = False) -> None:
        """Add what is left of a plan, as confirmed by a person; goes on whoever looks.

        Args:
            plan: what.
            campaign: where to.
            words: the campaign as the person saw it.
            accepts_stale: the person has seen that the data are stale, and how old.

        Raises:
            ImportTroubleError: a file is on its way into this campaign.
        """
        ...

    def stop(self, source: str, campaign: str) -> None:
        """Send nothing more; what is on its way comes to its end."""
        ...

    def progress(self, source: str, campaign: str) -> ImportProgress | None:
        """Of the import into the campaign with this `Campaign.id` that is under way, or ended last."""
        ...

    def all(self) -> tuple[ImportProgress, ...]:
        """Of every campaign, those under way and the last that ended."""
        ...


TicketListener = Callable[[Ticket], None]


class ActionSink(Lock, Protocol):
    """Where commands go, and what keeps them from going."""

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be done here at all."""
        ...

    def capabilities(self, source: str) -> frozenset[ActionKind]:
        """What can be done at a source."""
        ...

    def submit(
        self,
        commands: Sequence[Command],
        *,
        undo_seconds: float = 0.0,
        accepts_stale: bool = False,
        continues: str = "",
    ) -> tuple[Ticket, ...]:
        """Have commands carried out, one after the other, as confirmed by a person once.

        Args:
            commands: in the order in which they are to be sent.
            undo_seconds: how long they can be taken back before anything is sent.
            accepts_stale: the person has seen that the data are stale, and how old.
            continues: the batch of an earlier confirmation that meant these too; it is not counted again.
        """
        ...

    def claim(self, command: Command) -> Ticket | None:
        """The ticket under which the same is being done already, or was a moment ago; None where it may be done."""
        ...

    def take_back(self, batch: str) -> int:
        """Take back what of a batch has not been sent; how many that were."""
        ...

    def tickets(self) -> tuple[Ticket, ...]:
        """Those that are open, and the last that have ended; oldest first."""
        ...

    def listen(self, listener: TicketListener) -> Unsubscribe:
        """Have `listener` called with every ticket that has come further."""
        ...
