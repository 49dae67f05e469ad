"""A person's question to any vendor: asked once over a kept connection, and its answer in the floor's language."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

import anyio
from anyio import to_thread
from pydantic import ValidationError

from wallboard.config.logs import keep_out
from wallboard.config.mishap import place_of
from wallboard.domain.faults import Fault, FaultCode, VendorFault
from wallboard.vendors.body import parsed
from wallboard.vendors.checking import check
from wallboard.vendors.feed import LARGE_BODY_BYTES
from wallboard.vendors.http import Answer, HttpSession
from wallboard.vendors.method import Method
from wallboard.vendors.tally import Tally
from wallboard.vendors.wire import Wire

MOST_SECONDS = 30.0  # to the last byte

_log = logging.getLogger(__name__)

Told = TypeVar("Told")
Piece = TypeVar("Piece", bound=Wire)


class BadShapeError(Exception):
    """A good answer lacks what it must hold; the text says where, and nothing of what it holds."""


@dataclass(frozen=True, slots=True)
class Question(Generic[Told]):
    """A method, what it is asked with, and how the document of its answer is read.

    `read` raises BadShapeError; what it cannot understand besides it counts. `unwrapped` comes before the envelope.
    """

    method: Method[Any]
    values: Mapping[str, Any]
    read: Callable[[dict[str, Any], Tally], Told]
    unwrapped: Callable[[dict[str, Any]], dict[str, Any]] = dict


async def ask(session: HttpSession, question: Question[Told], base_url: str, **credentials: str) -> Told:
    """Ask once.

    Raises:
        VendorFault: whatever went wrong, with words that hold no secret.
    """
    values = {**question.values, **credentials}
    if problems := check(question.method, values):
        raise VendorFault(Fault(FaultCode.INTERNAL, words=problems[0]))
    request = question.method.request(base_url, **values)
    discreet = session.discreet.including(request.secrets)
    keep_out(request.secrets)
    try:
        with anyio.fail_after(MOST_SECONDS):
            answer = await session.post(request)
        read = partial(_told, question, answer)
        return await to_thread.run_sync(read) if len(answer.body) > LARGE_BODY_BYTES else read()
    except TimeoutError:
        fault = Fault(FaultCode.TIMEOUT, request.host)
    except VendorFault as raised:
        fault = raised.fault
    except Exception as error:  # noqa: BLE001 - a strange answer must not take down whoever asked
        # Without its words: those of an unforeseen error may hold anything.
        _log.error("%s: unexpected %s", question.method.name, type(error).__name__, extra=place_of(error))
        fault = Fault(FaultCode.INTERNAL, request.host, words=type(error).__name__)
    # Outside of the except: an exception's context would keep the request, and with it the secret.
    raise VendorFault(discreet.of_fault(fault))


def shaped(model: type[Piece], value: Any, tally: Tally) -> Piece:
    """A part of an answer that must be there.

    Raises:
        BadShapeError: it is not.
    """
    try:
        return model.model_validate(value, context=tally)
    except ValidationError as error:
        place = error.errors(include_input=False, include_url=False, include_context=False)[0]["loc"]
    raise BadShapeError(".".join(map(str, place)))


def _told(question: Question[Told], answer: Answer) -> Told:
    tally = Tally()
    try:
        document = question.unwrapped(parsed(answer, tally))
        question.method.envelope(document, answer.host)
        return question.read(document, tally)
    except BadShapeError as error:
        fault = Fault(FaultCode.BAD_SHAPE, answer.host, lacking=str(error))
    except RecursionError:  # nested just so deep that it parses and cannot be compared
        fault = Fault(FaultCode.BAD_BODY, answer.host)
    raise VendorFault(fault)
