"""Dialer campaigns and the account behind a source."""

from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256

from wallboard.domain.feeds import FeedKey


class CampaignKind(StrEnum):
    """Whom the dialer calls first."""

    AGENT = "agent"  # rings the agent first
    SMART = "smart"  # calls the target first


@dataclass(frozen=True, slots=True)
class Campaign:
    """One campaign. `code` alone authorises to stop it: a secret, never shown."""

    source: str
    name: str
    feed: FeedKey
    code: str = field(repr=False)
    is_running: bool | None = None
    raw_status: str = ""
    pending: int | None = None
    awaiting: int | None = None
    min_priority: int | None = None
    max_priority: int | None = None
    kind: CampaignKind | None = None

    @property
    def id(self) -> str:
        """Tells campaigns apart, also of one name, without giving the code away."""
        return sha256(self.code.encode(errors="backslashreplace")).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Account:
    """A Yemot system's credit. `units_expire_on` is the vendor's own text, `units_expire_at` UTC seconds."""

    source: str
    feed: FeedKey
    name: str | None = None
    units: float | None = None
    units_expire_on: str | None = None
    has_expired: bool | None = None
    units_expire_at: float | None = None


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """What Voicenter's list of extensions adds to an agent: who and which team."""

    id: str
    name: str | None = None
    number: str | None = None  # speed dial
    team: str | None = None


@dataclass(frozen=True, slots=True)
class Burn:
    """How fast a campaign's list burns down: targets a minute, over so many seconds of watching."""

    per_minute: float
    over_seconds: float
