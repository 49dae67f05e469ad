"""An action at any vendor: sent once, and called done only where the vendor says so."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from wallboard.domain.actions import Obstacle, Outcome, Result
from wallboard.domain.faults import Fault, FaultCode, VendorFault
from wallboard.vendors.body import opened, parsed
from wallboard.vendors.discretion import Discretion
from wallboard.vendors.http import Answer, HttpSession
from wallboard.vendors.method import AnswerModel, Method
from wallboard.vendors.passage import Passage
from wallboard.vendors.tally import Tally

NOT_CAPABLE = Outcome(Result.NOT_SENT, obstacle=Obstacle.NOT_CAPABLE)

Confirm = Callable[[AnswerModel], tuple[Result, str]]  # what a good answer says of the target, and its words

_TURNED_AWAY = frozenset({401, 403, 429})  # HTTP statuses that come before anything is carried out

_log = logging.getLogger(__name__)


def done(_: object) -> tuple[Result, str]:
    """For methods whose envelope tells all."""
    return Result.OK, ""


async def perform(
    session: HttpSession,
    method: Method[AnswerModel],
    base_url: str,
    values: Mapping[str, Any],
    confirm: Confirm[AnswerModel] = done,
) -> Outcome:
    """Send an action and see what came of it; whatever goes wrong is told in the outcome.

    Args:
        session: the source's.
        method: what is called; one that is mutating.
        base_url: where.
        values: its parameters, secrets among them.
        confirm: what an answer whose envelope is good says of the very target.
    """
    passage, discreet = session.passage(), session.discreet
    try:
        request = method.request(base_url, **values)
        discreet = discreet.including(request.secrets)
        outcome = _answered(await session.post_once(request, passage), method, confirm)
    except VendorFault as raised:
        outcome = _failed(raised.fault, passage)
    except Exception as error:  # noqa: BLE001 - after a mistake of ours too it must be known whether it was sent
        # The type alone: the text of an unforeseen error may hold anything.
        _log.error("%s: unexpected %s", method.name, type(error).__name__)
        outcome = _failed(Fault(FaultCode.INTERNAL, words=type(error).__name__), passage)
    return replace(_discreet(outcome, discreet), milliseconds=passage.milliseconds)


def _answered(answer: Answer, method: Method[AnswerModel], confirm: Confirm[AnswerModel]) -> Outcome:
    """What a body that arrived whole says."""
    tally = Tally()
    document = parsed(answer, tally)
    if tally.duplicates:  # it may contradict itself
        raise VendorFault(Fault(FaultCode.BAD_SHAPE, answer.host))
    code = _vendor_code(document, method.code_keys)
    try:
        method.envelope(document, answer.host)
    except VendorFault as raised:
        fault = raised.fault
        result = Result.UNKNOWN if fault.code is FaultCode.BAD_SHAPE else Result.REFUSED
        return Outcome(result, code, fault.words, fault)
    result, words = confirm(opened(method, document, answer.host, tally))
    unconfirmed = Fault(FaultCode.BAD_SHAPE, answer.host, words=words) if result is Result.UNKNOWN else None
    return Outcome(result, code, words, unconfirmed)


def _vendor_code(document: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    told = (document.get(key) for key in keys)
    codes = (str(code).strip() for code in told if isinstance(code, str | int))
    return next(filter(None, codes), "")


def _failed(fault: Fault, passage: Passage) -> Outcome:
    """What no readable answer means."""
    if passage.sent_at is None:
        return Outcome(Result.NOT_SENT, fault=fault)
    if fault.status in _TURNED_AWAY:
        return Outcome(Result.REFUSED, words=f"HTTP {fault.status}", fault=fault)
    return Outcome(Result.UNKNOWN, fault=fault)


def _discreet(outcome: Outcome, discreet: Discretion) -> Outcome:
    fault = outcome.fault
    return replace(
        outcome,
        vendor_code=discreet(outcome.vendor_code),
        words=discreet(outcome.words),
        fault=fault and replace(fault, words=discreet(fault.words)),
    )
