"""From commands about a campaign to the dialer's methods; pure."""

from typing import Any

from wallboard.domain.actions import ActionKind, Command, StopCampaign
from wallboard.domain.campaign_actions import (
    AddMember,
    AddTarget,
    AddTargets,
    CampaignCommand,
    ChangeTarget,
    RemoveTarget,
    SetPace,
)
from wallboard.domain.targets import NewTarget
from wallboard.language import phones
from wallboard.vendors.deed import Deed
from wallboard.vendors.method import Method
from wallboard.vendors.voicenter.methods import START_CAMPAIGN, STOP_CAMPAIGN
from wallboard.vendors.voicenter.methods.campaigns import ADD_MEMBER, REMOVE_MEMBER, SMART_DIALER_SETTINGS
from wallboard.vendors.voicenter.methods.targets import (
    ADD_CALL,
    ADD_CALLS_BULK,
    CLEAR_CAMPAIGN_CALLS,
    REMOVE_CALL,
    UPDATE_CALL,
)

_METHODS: dict[ActionKind, Method[Any]] = {
    ActionKind.START_CAMPAIGN: START_CAMPAIGN,
    ActionKind.STOP_CAMPAIGN: STOP_CAMPAIGN,
    ActionKind.ADD_TARGET: ADD_CALL,
    ActionKind.ADD_TARGETS: ADD_CALLS_BULK,
    ActionKind.CHANGE_TARGET: UPDATE_CALL,
    ActionKind.REMOVE_TARGET: REMOVE_CALL,
    ActionKind.CLEAR_TARGETS: CLEAR_CAMPAIGN_CALLS,
    ActionKind.ADD_MEMBER: ADD_MEMBER,
    ActionKind.REMOVE_MEMBER: REMOVE_MEMBER,
    ActionKind.SET_PACE: SMART_DIALER_SETTINGS,
}
KINDS_BY_NAME = frozenset({ActionKind.SET_PACE})  # the configuration has to name the method
KINDS = frozenset(_METHODS) - KINDS_BY_NAME


def deed(command: Command) -> Deed | None:
    """How it is carried out; None where Voicenter cannot."""
    method = _METHODS.get(command.kind)
    if method is None or not isinstance(command, CampaignCommand | StopCampaign):
        return None
    rows = [_details(new) for new in command.new] if isinstance(command, AddTargets) else None
    return Deed(method, {"Campaign": command.code, **_values(command)}, rows)


def _values(command: Command) -> dict[str, Any]:
    """What is told besides the campaign."""
    match command:
        case ChangeTarget():
            # The name also where it is empty: a person may have taken it away.
            return {"CustomerName": command.new.name, **_details(command.new)}
        case AddTarget():
            return _details(command.new)
        case RemoveTarget():
            return {"Target": _as_listed(command.number)}
        case AddMember():
            return {"Member": command.member}
        case SetPace():
            return _pace(command)
    return {}


def _details(new: NewTarget) -> dict[str, Any]:
    """What is known of a target, in the vendor's names."""
    told: dict[str, Any] = {"Target": phones.as_sent(new.number)}
    if new.name:
        told["CustomerName"] = new.name
    if new.caller_id:
        told["CallerID"] = new.caller_id
    if new.priority is not None:
        told["Priority"] = new.priority
    if new.custom:
        told["CustomData"] = dict(new.custom)
    if new.dial_at is not None:
        told |= {"OriginateTime": new.dial_at, "IsDateLocal": "true"}
    return told


def _as_listed(number: str) -> str:
    """A number the vendor lists, as it is sent one; what cannot be dialled goes as the vendor wrote it."""
    digits = phones.listed(number)
    return number if digits is None else phones.as_sent(digits)


def _pace(command: SetPace) -> dict[str, Any]:
    queue = int(command.queue) if command.queue.isascii() and command.queue.isdecimal() else command.queue
    return {
        "setQueueForMonitoring": queue,
        "setQueueMaximumCallers": command.most_waiting,
        "setCoefficient": command.coefficient,
    }
