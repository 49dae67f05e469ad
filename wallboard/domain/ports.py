"""What the engine needs of a vendor, and the ui of the engine."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from wallboard.domain.agents import Agent
from wallboard.domain.callers import Caller
from wallboard.domain.campaigns import Account, Campaign, DirectoryEntry
from wallboard.domain.feeds import FeedKey, Note, Subject
from wallboard.domain.queues import Queue
from wallboard.domain.snapshot import Snapshot, SnapshotListener


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

    async def aclose(self) -> None: ...


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
