"""The numbers a campaign has to dial: those it has, and those to be added."""

from dataclasses import dataclass

from wallboard.domain.campaigns import CampaignKind


@dataclass(frozen=True, slots=True)
class NewTarget:
    """A target to be added.

    Args:
        line: of the file it comes from; 0 where a person typed it.
        number: canonical digits, international without a plus: 972501234567.
        priority: the higher is dialled first; None: the vendor's own.
        custom: the person's own data of the target, by name.
        dial_at: seconds since the epoch on the account's wall clock; None: as soon as may be.
    """

    line: int
    number: str
    name: str = ""
    caller_id: str = ""
    priority: int | None = None
    custom: tuple[tuple[str, str], ...] = ()
    dial_at: int | None = None


@dataclass(frozen=True, slots=True)
class PendingTarget:
    """A target the campaign has left to dial. `number` is as the vendor writes it, `id` tells two of one number apart.

    `inserted_at` is UTC seconds; `last_called` the vendor's own text; `dial_at` as of a new target.
    """

    id: str
    number: str
    name: str = ""
    caller_id: str = ""
    priority: int | None = None
    status: str = ""
    inserted_at: float | None = None
    last_called: str = ""
    custom: tuple[tuple[str, str], ...] = ()
    dial_at: int | None = None


@dataclass(frozen=True, slots=True)
class PendingList:
    """Voicenter's GetCampaignPendingCalls. `dropped`: rows that could not be read."""

    targets: tuple[PendingTarget, ...]
    is_running: bool | None = None
    kind: CampaignKind | None = None
    total: int | None = None  # as the vendor counts
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class Member:
    """An extension whose agent a campaign rings."""

    id: str  # SIP identifier
    name: str = ""
