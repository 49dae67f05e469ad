"""From the bytes of an answer to a JSON object, and from there to the method's own model."""

import html
import json
import re
from typing import Any

from pydantic import ValidationError

from wallboard.domain.faults import Fault, FaultCode, VendorFault
from wallboard.vendors.http import Answer
from wallboard.vendors.method import AnswerModel, Method
from wallboard.vendors.sent_rows import SentRows
from wallboard.vendors.tally import Tally

_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_TITLE = re.compile(r"<title[^>]*>([^<]{1,400})", re.IGNORECASE)
_TITLE_WITHIN = 8_000  # characters


def parsed(answer: Answer, tally: Tally, rows: SentRows | None = None) -> dict[str, Any]:
    """The answer's JSON object, with the blanks round its own keys removed (a vendor writes `" ErrorCode"`).

    `rows`: what takes its long list apart, where it has one.

    Raises:
        VendorFault: as of `sent_object`.
    """
    return stripped(sent_object(answer, tally, rows), tally)


def stripped(document: dict[str, Any], tally: Tally) -> dict[str, Any]:
    """An object without the blanks round its own keys."""
    without_blanks = {key.strip(): value for key, value in document.items()}
    tally.duplicates += len(document) - len(without_blanks)
    return without_blanks


def sent_object(answer: Answer, tally: Tally, rows: SentRows | None = None) -> dict[str, Any]:
    """The answer's JSON object as it came; its rows as `SentRow`s where something takes them apart.

    Raises:
        VendorFault: it is empty, a web page, not JSON or not an object.
    """
    text = _text(answer, tally).strip()
    if not text or text == "null":
        raise VendorFault(Fault(FaultCode.EMPTY, answer.host))
    # By its looks first: some servers send JSON as text/html.
    if text[0] == "<" or (text[0] not in "{[" and answer.media_type in _HTML_TYPES):
        raise VendorFault(Fault(FaultCode.NOT_VENDOR, answer.host, words=_title(text)))

    def object_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        tally.duplicates += len(pairs) - len(found)
        return found

    try:
        if rows is not None and (taken_apart := rows.document(text)) is not None:
            tally.duplicates += taken_apart[1]
            return taken_apart[0]
        document = json.loads(text, object_pairs_hook=object_of)
    except (ValueError, RecursionError):  # not JSON; a number of 4,300 digits; brackets without end
        raise VendorFault(Fault(FaultCode.BAD_BODY, answer.host)) from None
    if not isinstance(document, dict):
        raise VendorFault(Fault(FaultCode.BAD_SHAPE, answer.host))
    return document


def opened(method: Method[AnswerModel], document: dict[str, Any], host: str, tally: Tally) -> AnswerModel:
    """The document as the method's model.

    Raises:
        VendorFault: it lacks what the method's answer must hold; `lacking` says where.
    """
    try:
        return method.answer.model_validate(document, context=tally)
    except ValidationError as error:
        place = error.errors(include_input=False, include_url=False, include_context=False)[0]["loc"]
        raise VendorFault(Fault(FaultCode.BAD_SHAPE, host, lacking=".".join(map(str, place)))) from None


def _text(answer: Answer, tally: Tally) -> str:
    """Declared charset, then UTF-8, then the Hebrew of Windows, noted: old servers send it without saying so."""
    for charset in (answer.charset, "utf-8"):
        if charset is not None:
            try:
                return answer.body.decode(charset).removeprefix("\ufeff")
            except UnicodeDecodeError:
                continue
    tally.is_guessed_charset = True
    return answer.body.decode("cp1255", "replace")


def _title(page: str) -> str:
    found = _TITLE.search(page[:_TITLE_WITHIN])
    return html.unescape(found[1]) if found else ""
