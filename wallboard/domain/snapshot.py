"""The board at one moment: every feed's health, and one view of the floor merged from their parts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from wallboard.domain.agents import Agent
from wallboard.domain.callers import Caller
from wallboard.domain.campaigns import Account, Campaign
from wallboard.domain.feeds import FeedKey, FeedStatus
from wallboard.domain.queues import Queue


@dataclass(frozen=True, slots=True, eq=False)
class Floor:
    """What is known of the floor, every person counted once. Compared by identity: it is large."""

    queues: tuple[Queue, ...] = ()
    callers: tuple[Caller, ...] = ()
    agents: tuple[Agent, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    accounts: tuple[Account, ...] = ()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Immutable; a newer one replaces it whole. `at` is the monotonic moment it was made."""

    at: float
    feeds: Mapping[FeedKey, FeedStatus]
    floor: Floor


SnapshotListener = Callable[[Snapshot], None]
