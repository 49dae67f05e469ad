"""Text messages, one-ring calls, spoken messages."""

from collections.abc import Mapping
from typing import Any

from wallboard.simulator.system.sending import UNITS_PER_RING, RingRequest
from wallboard.simulator.system.units import RefusedError
from wallboard.simulator.world import World
from wallboard.simulator.yemot.command import Answer, Command, Parameters, ok

MOST_LISTS = 50
LONGEST_RING_SECONDS = 16

_USUAL_RING_SECONDS = 9
_RANDOM = "RAND"
_FASTEST = 10


def _send_sms(world: World, parameters: Parameters) -> Answer:
    sender, message = parameters.text("from"), parameters.required("message")
    sent = world.system.sending.text(sender, message, _numbers(world, parameters.required("phones")))
    return ok(
        message=str(parameters["message"]),
        sendCount=len(sent.numbers),
        Billing=round(sent.units, 2),
        oks=list(sent.numbers),
        errors=sent.errors,
        **{"from": world.system.numbers.caller_id(sender)},
    )


def _send_tts(world: World, parameters: Parameters) -> Answer:
    message, rate = parameters.required("ttsMessage"), parameters.number("ttsRate") or 0
    parameters.required("ttsVoice")
    if abs(rate) > _FASTEST:
        raise RefusedError("Wrong parameters: ttsRate")
    repeats = parameters.number("repeatFile") or 2
    phones = _numbers(world, parameters.required("phones"))
    sent = world.system.sending.speak(parameters.text("callerId"), message, repeats, phones)
    return ok(
        CampaignId=sent.campaign.id,
        OKCalls=len(sent.numbers),
        ErrorCalls=sent.errors,
        billing=sent.units,
        units=f"{world.system.units.balance:.2f}",
    )


def _numbers(world: World, phones: str) -> list[str]:
    """The numbers of `n1:n2`, of a distribution list (`tpl:17`), or of a one-ring list (`tzl:100`)."""
    kind, _, name = phones.partition(":")
    if kind == "tpl":
        return world.system.lists.numbers_of(name)
    if kind == "tzl":
        return list(world.system.lists.ring_list(name).subscribers)
    return [phone.strip() for phone in phones.split(":") if phone.strip()]


def _run_tzintuk(world: World, parameters: Parameters) -> Answer:
    """`biling` is a text and the caller ID the real one, whatever the document says."""
    seconds = _ring_seconds(parameters)
    asked = parameters.text("callerId")
    request = _ring_request(world, parameters, asked)
    sent = world.system.sending.ring(request)
    shown = world.system.numbers.random_caller_id() if request.is_random else world.system.numbers.caller_id(asked)
    return ok(
        verifyCode=shown[-4:] if request.is_random else "",
        callerId=shown,
        callsCount=len(sent.numbers),
        bilingPerCall=0 if request.lists else UNITS_PER_RING,
        biling=f"{sent.units:.2f}",
        errors=sent.errors,
        callsTimeout=seconds,
        campaignId=sent.campaign.id,
    )


def _ring_seconds(parameters: Parameters) -> float:
    try:
        seconds = float(parameters.text("TzintukTimeOut") or _USUAL_RING_SECONDS)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= LONGEST_RING_SECONDS:
        raise RefusedError(f"TzintukTimeOut must be at most {LONGEST_RING_SECONDS} seconds")
    return int(seconds) if seconds.is_integer() else seconds


def _ring_request(world: World, parameters: Parameters, caller_id: str) -> RingRequest:
    phones = parameters.get("phones")
    is_random = caller_id == _RANDOM
    if isinstance(phones, list):
        return RingRequest([pair for item in phones for pair in _recipients(item, caller_id)], is_random=is_random)
    given = parameters.required("phones")
    if not given.startswith("tzl:"):
        return RingRequest([(phone, caller_id) for phone in _numbers(world, given)], is_random=is_random)
    names = given.removeprefix("tzl:")
    lists = names.split(",") if names else [str(name) for name in parameters.array("tzintukLists")]
    if not 1 <= len(lists) <= MOST_LISTS:
        raise RefusedError(f"From 1 to {MOST_LISTS} lists can be rung at once")
    return RingRequest((), [name.strip() for name in lists], is_random=is_random)


def _recipients(item: Any, caller_id: str) -> list[tuple[str, str]]:
    """One item of an array: a number, or an object with one or several and the caller ID they see."""
    if not isinstance(item, Mapping):
        return [(str(item), caller_id)]
    phones = item.get("phones", [item.get("phone", "")])
    shown = str(item.get("callerId", caller_id))
    return [(str(phone), shown) for phone in phones] if isinstance(phones, list) else [(str(phones), shown)]


COMMANDS: Mapping[str, Command] = {
    "SendSms": Command(_send_sms),
    "SendTTS": Command(_send_tts),
    "RunTzintuk": Command(_run_tzintuk),
}
