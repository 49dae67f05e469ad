"""From commands about a Yemot system to its methods; pure."""

import json
from typing import Any

from wallboard.domain.account_actions import (
    CallBack,
    CreateTask,
    DeleteTask,
    EmptyRingList,
    Schedule,
    SendSms,
    SetNumberUsage,
    SetSipExtension,
    SetSipTransport,
    SwitchTask,
    Transport,
)
from wallboard.domain.actions import ActionKind, Command
from wallboard.language import phones
from wallboard.vendors.deed import Deed
from wallboard.vendors.yemot.methods.declaring import is_number
from wallboard.vendors.yemot.methods.dialing import CREATE_BRIDGE_CALL, SEND_SMS
from wallboard.vendors.yemot.methods.files import TZINTUKIM_LIST_MANAGEMENT
from wallboard.vendors.yemot.methods.queues import SET_SECONDARY_DID_USAGE_DESCRIPTION
from wallboard.vendors.yemot.methods.sip import SIP_EXTENSION_MANAGEMENT, SIP_TO_UDP, SIP_TO_WSS
from wallboard.vendors.yemot.methods.tasks import CREATE_TASK, DELETE_TASK, UPDATE_TASK

KINDS = frozenset(
    {
        ActionKind.SEND_SMS,
        ActionKind.CALL_BACK,
        ActionKind.CREATE_TASK,
        ActionKind.SWITCH_TASK,
        ActionKind.DELETE_TASK,
        ActionKind.SET_SIP_EXTENSION,
        ActionKind.SET_SIP_TRANSPORT,
        ActionKind.SET_NUMBER_USAGE,
        ActionKind.EMPTY_RING_LIST,
    }
)

_WHOLE_NUMBERS = frozenset({"blockMoveIfNewFileInMinutes"})  # of a task's settings; the others are texts
_DAYS = range(7)


def deed(command: Command) -> Deed | None:
    """How it is carried out; None where it is none of these."""
    match command:
        case SendSms():
            return Deed(
                SEND_SMS, {"message": command.message, "sendFlashMessage": 0, "phones": _dialled(command.target)}
            )
        case CallBack():
            return Deed(CREATE_BRIDGE_CALL, _bridge(command))
        case SetNumberUsage():
            values = {"secondaryDidId": _whole(command.target), "newUsage": command.usage}
            return Deed(SET_SECONDARY_DID_USAGE_DESCRIPTION, values)
        case EmptyRingList():
            return Deed(TZINTUKIM_LIST_MANAGEMENT, {"action": "resetList", "TzintukimList": command.target})
    return _of_task(command) or _of_sip(command)


def _of_task(command: Command) -> Deed | None:
    match command:
        case CreateTask():
            return Deed(CREATE_TASK, _new_task(command))
        case SwitchTask():
            return Deed(UPDATE_TASK, _switched_task(command))
        case DeleteTask():
            return Deed(DELETE_TASK, {"TaskId": _whole(command.target)})
    return None


def _of_sip(command: Command) -> Deed | None:
    match command:
        case SetSipExtension():
            number = {} if command.extension is None else {"extNumber": command.extension}
            values = {"SipExtensionManagement": "Set", "accountNumber": _whole(command.target), **number}
            return Deed(SIP_EXTENSION_MANAGEMENT, values)
        case SetSipTransport():
            method = SIP_TO_WSS if command.transport is Transport.WSS else SIP_TO_UDP
            return Deed(method, {"accountNumber": _whole(command.target)})
    return None


def _bridge(command: CallBack) -> dict[str, Any]:
    """What is no number is left out, and missed before anything is sent."""
    values = {**_number("BridgePhones", command.target), "DialSipExtension": 0}
    if command.sip_account is None:
        return {**values, **_number("Phones", command.agent_number), "DialSip": 0}
    # Phones has to be sent whatever it holds; the account's number is nobody's telephone.
    return {**values, "Phones": str(command.sip_account), "DialSip": 1, "AccountNumber": command.sip_account}


def _number(name: str, number: str) -> dict[str, str]:
    dialled = _dialled(number)
    return {name: dialled} if is_number(dialled) else {}


def _new_task(command: CreateTask) -> dict[str, Any]:
    told = ((name, value) for name, value in command.settings if value)
    return {
        "description": command.target,
        **_schedule(command.schedule),
        "active": int(command.is_active),
        "checkIsKodesh": int(command.spares_holidays),
        "mailInEnd": int(command.mails_end),
        "mailInError": int(command.mails_error),
        "taskType": command.type.value,
        **{name: _whole(value) if name in _WHOLE_NUMBERS else value for name, value in told},
    }


def _switched_task(command: SwitchTask) -> dict[str, Any]:
    """The whole schedule again: Yemot forgets the run times that are left out."""
    return {
        "TaskId": _whole(command.target),
        "description": command.description,
        **_schedule(command.schedule),
        "active": int(command.is_active),
        "mailInEnd": int(command.mails_end),
        "mailInError": int(command.mails_error),
    }


def _schedule(schedule: Schedule) -> dict[str, Any]:
    times = {name: getattr(schedule, name) for name in ("minute", "hour", "day", "month", "year")}
    told: dict[str, Any] = {name: value for name, value in times.items() if value is not None}
    if not schedule.days:
        return {**told, "ifAnyDay": 1}
    days = {str(day): int(day in schedule.days) for day in _DAYS}
    return {**told, "ifAnyDay": 0, "days": json.dumps(days, separators=(",", ":"))}


def _dialled(number: str) -> str:
    """An Israeli number in national form; any other as it is shown."""
    digits = phones.dialable(number)
    return phones.as_sent(digits) if digits is not None and digits.startswith(phones.ISRAEL) else number.strip()


def _whole(text: str) -> int | str:
    """A number the vendor takes as such; what is none is refused before it is sent."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else text
