"""What a board is given for its whole life."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo

from wallboard.clock import Clock
from wallboard.domain.destinations import Destination
from wallboard.domain.thresholds import Thresholds


@dataclass(frozen=True, slots=True)
class WallStyle:
    """TV mode: how long a page stays, what it tells the floor, and whether it is all that is shown here."""

    page_seconds: float = 20.0
    message: str = ""
    is_kiosk: bool = False
    may_leave: bool = True  # by key


@dataclass(frozen=True, slots=True)
class BoardStyle:
    """How it is called, looks and is used."""

    title: str
    clock: Clock
    thresholds: Thresholds
    keys: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, str]  # the vendor of each source
    is_masking: bool = False
    is_fast: bool = False  # a single action waits 5 s, in which it can be taken back, in place of a dialog
    destinations: Mapping[str, Sequence[Destination]] = field(default_factory=dict)  # of each source's callers
    zone: tzinfo | None = None  # of the clock in the header; None: the machine's
    wall: WallStyle = field(default_factory=WallStyle)
    newer_version: Callable[[], str] = str  # that was installed meanwhile
    log_trouble: Callable[[], str] = str  # why nothing can be logged
