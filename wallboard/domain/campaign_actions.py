"""What can be done to a campaign besides switching it: its targets, its members, its pace. All Voicenter's dialer."""

from dataclasses import dataclass, field
from typing import ClassVar

from wallboard.domain.actions import ActionKind, Command, Standing
from wallboard.domain.snapshot import Floor
from wallboard.domain.targets import NewTarget


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignCommand(Command):
    """About the campaign whose `Campaign.id` is the target. The floor shows no single target or member."""

    is_seen: ClassVar[bool] = False
    effects = frozenset()

    code: str = field(repr=False)  # authorises; a secret

    def standing(self, floor: Floor) -> Standing:
        is_there = any(c.source == self.source and c.id == self.target for c in floor.campaigns)
        return Standing.AS_SHOWN if is_there else Standing.GONE


@dataclass(frozen=True, slots=True, kw_only=True)
class AddTarget(CampaignCommand):
    """Add a number to dial. AddCall."""

    kind = ActionKind.ADD_TARGET

    new: NewTarget

    @property
    def item(self) -> str:
        return self.new.number

    @property
    def parameters(self) -> dict[str, str]:
        priority = self.new.priority
        told = {"number": self.new.number, "priority": "" if priority is None else str(priority)}
        return {name: value for name, value in told.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTarget(AddTarget):
    """Change a pending target's priority, name or data. UpdateCall, which adds one that is not there."""

    kind = ActionKind.CHANGE_TARGET


@dataclass(frozen=True, slots=True, kw_only=True)
class AddTargets(CampaignCommand):
    """Add many at once; the outcome's `items` are theirs, in their order. AddCallsBulk."""

    kind = ActionKind.ADD_TARGETS
    seconds: ClassVar[float] = 45.0

    new: tuple[NewTarget, ...] = field(repr=False)
    file: str  # the file's digest

    @property
    def parameters(self) -> dict[str, str]:
        lines = f"{self.new[0].line}–{self.new[-1].line}"
        return {"file": self.file[:12], "lines": lines, "count": str(len(self.new))}


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveTarget(CampaignCommand):
    """Take a number out of the campaign, wherever it stands in it. RemoveCall, which also says OK of an absent one."""

    kind = ActionKind.REMOVE_TARGET

    number: str

    @property
    def item(self) -> str:
        return self.number

    @property
    def parameters(self) -> dict[str, str]:
        return {"number": self.number}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearTargets(CampaignCommand):
    """Take all targets out of the campaign. ClearCampaignCalls."""

    kind = ActionKind.CLEAR_TARGETS
    is_seen: ClassVar[bool] = True
    effects = frozenset({Standing.CHANGED})

    def standing(self, floor: Floor) -> Standing:
        campaign = next((c for c in floor.campaigns if c.source == self.source and c.id == self.target), None)
        if campaign is None:
            return Standing.GONE
        return Standing.CHANGED if campaign.pending == 0 else Standing.AS_SHOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMember(CampaignCommand):
    """Let an agent dialer ring an extension. AddMember."""

    kind = ActionKind.ADD_MEMBER

    member: str  # SIP identifier

    @property
    def item(self) -> str:
        return self.member

    @property
    def parameters(self) -> dict[str, str]:
        return {"member": self.member}


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveMember(AddMember):
    """Let an agent dialer ring an extension no more. RemoveMember."""

    kind = ActionKind.REMOVE_MEMBER


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPace(CampaignCommand):
    """Which queue a smart dialer watches, how many may wait there, how fast it dials. The method without a name."""

    kind = ActionKind.SET_PACE

    queue: str
    most_waiting: int  # above 0
    coefficient: int  # above 1

    @property
    def parameters(self) -> dict[str, str]:
        return {"queue": self.queue, "most_waiting": str(self.most_waiting), "coefficient": str(self.coefficient)}
