"""Calling any declared method: one way for what changes something and for what only asks."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import anyio
from anyio import to_thread

from wallboard.config.logs import keep_out
from wallboard.config.mishap import place_of
from wallboard.config.model import SourceBase
from wallboard.domain.actions import Outcome, Result
from wallboard.domain.faults import Fault, FaultCode, VendorFault
from wallboard.vendors.body import opened, sent_object, stripped
from wallboard.vendors.checking import check
from wallboard.vendors.discretion import Discretion
from wallboard.vendors.feed import LARGE_BODY_BYTES
from wallboard.vendors.finding import DONE, Finding
from wallboard.vendors.http import ONCE_SECONDS, Answer, HttpSession
from wallboard.vendors.method import JSON, AnswerModel, Method, Request
from wallboard.vendors.parameter import Upload
from wallboard.vendors.passage import Passage
from wallboard.vendors.tally import Tally
from wallboard.vendors.values import named

READ_SECONDS = 30.0  # for the whole answer to a question; some are megabytes
MOST_UPLOAD_BYTES = 50 * 1024 * 1024  # the vendor's limit

Confirm = Callable[[AnswerModel], Finding]  # what a good answer says of the very targets

_PAGE = "text/html"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_TURNED_AWAY = frozenset({401, 403, 429})  # HTTP statuses that come before anything is carried out

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class MethodAnswer:
    """What came of a call.

    Args:
        outcome: OK, or what went wrong; of a question UNKNOWN means that no usable answer came.
        document: the answer's JSON object, whole and as it came, blanks round its keys too; it may hold secrets.
        content: of an answer that is a file, its bytes as they came.
        media_type: of that file, as the vendor says.
        secrets: what was sent and must not be shown; a vendor may repeat it.
        done: how many of how many, where it was not done to all of several: `1 of 2`.
        remark: what is to be known besides, in our words.
    """

    outcome: Outcome
    document: dict[str, Any] | None = field(default=None, repr=False)
    content: bytes | None = field(default=None, repr=False)
    media_type: str = ""
    secrets: tuple[str, ...] = field(default=(), repr=False)
    done: str = ""
    remark: str = ""


def done(_: object) -> Finding:
    """For methods whose envelope tells all."""
    return DONE


async def call(
    session: HttpSession,
    settings: SourceBase,
    credentials: Mapping[str, str],
    method: Method[AnswerModel],
    values: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]] | None = None,
    seconds: float | None = None,
) -> MethodAnswer:
    """Check, send and read: of a method that changes something by the rules of every action.

    Args:
        session: the account's.
        settings: the account's table: where its services are, and how they name what no document names.
        credentials: by the parameter that carries them; whatever `values` say.
        method: as it is declared.
        values: its parameters; of a method that takes rows what all of them have in common.
        rows: of such a method alone; without them `values` are the only one.
        seconds: how long the vendor has for what must not be repeated; None: as long as the method needs.
    """
    try:
        method = named(method, settings)
        body = _body(method, values, rows, credentials)
        if problems := check(method, body):
            return _not_sent("; ".join(problems[:3]))
        request_of = partial(_request, method, str(getattr(settings, method.base)), await _with_files(body))
    except ValueError as error:
        return _not_sent(str(error))
    mode = method.mode(values)
    verdict = done if method.verdict is None else partial(method.verdict, body)
    content = mode.content if mode else JSON
    once = (seconds or method.once_seconds or ONCE_SECONDS) if method.changes(values) else None
    return await carry_out(session, method, request_of, verdict, once_within=once, content=content)


async def carry_out(
    session: HttpSession,
    method: Method[AnswerModel],
    request_of: Callable[[], Request],
    confirm: Confirm[AnswerModel],
    *,
    once_within: float | None,
    content: str = JSON,
) -> MethodAnswer:
    """Send a request, once, and see what came of it; whatever goes wrong is told in the outcome.

    Args:
        session: the source's.
        method: what is called.
        request_of: makes the request.
        confirm: what an answer whose envelope is good says of the very target.
        once_within: it must not be repeated: on a connection of its own, within so many seconds.
        content: the media type of a good answer.
    """
    passage, discreet = session.passage(), session.discreet
    secrets: tuple[str, ...] = ()
    try:
        request = request_of()
        discreet, secrets = discreet.including(request.secrets), request.secrets
        keep_out(secrets)
        answer = await _exchanged(session, request, passage, once_within)
        read = partial(_read, answer, method, confirm, is_once=once_within is not None, content=content)
        told = await to_thread.run_sync(read) if len(answer.body) > LARGE_BODY_BYTES else read()
    except VendorFault as raised:
        told = MethodAnswer(_failed(raised.fault, passage))
    except Exception as error:  # noqa: BLE001 - after a mistake of ours too it must be known whether it was sent
        # Without its words: those of an unforeseen error may hold anything.
        _log.error("%s: unexpected %s", method.name, type(error).__name__, extra=place_of(error))
        told = MethodAnswer(_failed(Fault(FaultCode.INTERNAL, words=type(error).__name__), passage))
    outcome = replace(_discreet(told.outcome, discreet), milliseconds=passage.milliseconds)
    return replace(told, outcome=outcome, secrets=secrets)


async def _exchanged(session: HttpSession, request: Request, passage: Passage, once_within: float | None) -> Answer:
    if once_within is not None:
        return await session.post_once(request, passage, once_within)
    try:
        with anyio.fail_after(READ_SECONDS):
            return await session.post(request, passage)
    except TimeoutError:
        raise VendorFault(Fault(FaultCode.TIMEOUT, request.host)) from None


def _read(
    answer: Answer, method: Method[AnswerModel], confirm: Confirm[AnswerModel], *, is_once: bool, content: str
) -> MethodAnswer:
    """What a body that arrived whole says.

    Raises:
        VendorFault: it is none that can be read.
    """
    tally = Tally()
    try:
        document = sent_object(answer, tally)
    except VendorFault as raised:
        if content == JSON or not _is_file(answer, content, raised.fault):
            raise
        return MethodAnswer(Outcome(Result.OK), content=answer.body, media_type=answer.media_type)
    told = stripped(document, tally)
    if is_once and tally.duplicates:  # it may contradict itself
        return MethodAnswer(_unreadable(Fault(FaultCode.BAD_SHAPE, answer.host)), document)
    return replace(_judged(told, answer.host, method, confirm, tally), document=document)


def _is_file(answer: Answer, content: str, fault: Fault) -> bool:
    """Whether what is not a JSON object is the file that was asked for; a page is none unless one was."""
    is_page = answer.body.removeprefix(_BYTE_ORDER_MARK).lstrip().startswith(b"<")
    return fault.code is not FaultCode.EMPTY and (content == _PAGE or not is_page)


def _judged(
    document: dict[str, Any], host: str, method: Method[AnswerModel], confirm: Confirm[AnswerModel], tally: Tally
) -> MethodAnswer:
    """What a JSON object says: of the call by its envelope, of the very target by `confirm`."""
    code = _vendor_code(document, method.code_keys)
    try:
        method.envelope(document, host)
    except VendorFault as raised:
        fault = raised.fault
        result = Result.UNKNOWN if fault.code is FaultCode.BAD_SHAPE else Result.REFUSED
        return MethodAnswer(Outcome(result, code, fault.words, fault))
    try:
        found = confirm(opened(method, document, host, tally))
    except VendorFault as raised:
        return MethodAnswer(_unreadable(raised.fault))
    fault = Fault(FaultCode.BAD_SHAPE, host, words=found.words, lacking=found.lacking)
    outcome = Outcome(found.result, code, found.words, fault if found.result is Result.UNKNOWN else None)
    return MethodAnswer(outcome, done=found.done, remark=found.remark)


def _vendor_code(document: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    told = (document.get(key) for key in keys)
    codes = (str(code).strip() for code in told if isinstance(code, str | int))
    return next(filter(None, codes), "")


def _unreadable(fault: Fault) -> Outcome:
    return Outcome(Result.UNKNOWN, fault=fault)


def _failed(fault: Fault, passage: Passage) -> Outcome:
    """What no readable answer means."""
    if passage.sent_at is None:
        return Outcome(Result.NOT_SENT, fault=fault)
    if fault.status in _TURNED_AWAY:
        return Outcome(Result.REFUSED, words=f"HTTP {fault.status}", fault=fault)
    return _unreadable(fault)


def _discreet(outcome: Outcome, discreet: Discretion) -> Outcome:
    fault = outcome.fault
    return replace(
        outcome,
        vendor_code=discreet(outcome.vendor_code),
        words=discreet(outcome.words),
        fault=fault and discreet.of_fault(fault),
    )


def _body(
    method: Method[Any],
    values: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]] | None,
    credentials: Mapping[str, str],
) -> dict[str, Any] | list[dict[str, Any]]:
    """What is to be sent, with what the account itself adds.

    Raises:
        ValueError: rows for a method that takes none.
    """
    own = {p.name: credentials[p.name] for p in method.parameters if p.name in credentials}
    if method.most_rows:
        return [{**values, **row, **own} for row in ([{}] if rows is None else rows)]
    if rows is not None:
        raise ValueError(f"{method.name}: takes one object, not a list")
    return {**values, **own}


async def _with_files(body: dict[str, Any] | list[dict[str, Any]]) -> dict[str, Any] | list[dict[str, Any]]:
    """The body with its files read.

    Raises:
        ValueError: one cannot be read or is too large.
    """
    if isinstance(body, list) or not any(isinstance(value, Path) for value in body.values()):
        return body
    return {
        name: await to_thread.run_sync(read_file, name, value) if isinstance(value, Path) else value
        for name, value in body.items()
    }


def read_file(name: str, path: Path) -> Upload:
    """A file to be sent as the parameter of this name.

    Raises:
        ValueError: it cannot be read, is empty or too large.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_UPLOAD_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "cannot be opened"
        raise ValueError(f"{name}: {path}: {reason}") from None
    if not content:
        raise ValueError(f"{name}: {path}: is empty")
    if len(content) > MOST_UPLOAD_BYTES:
        raise ValueError(f"{name}: {path}: is larger than {MOST_UPLOAD_BYTES // 1024**2} MB, the vendor's limit")
    return Upload(path.name.encode(errors="replace").decode(), content)


def _request(method: Method[Any], base_url: str, body: dict[str, Any] | list[dict[str, Any]]) -> Request:
    return method.request_of_rows(base_url, body) if isinstance(body, list) else method.request(base_url, **body)


def _not_sent(words: str) -> MethodAnswer:
    return MethodAnswer(Outcome(Result.NOT_SENT, words=words))
