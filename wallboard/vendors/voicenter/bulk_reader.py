"""AddCallsBulk: what became of each target, whatever the answer says of them all."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from wallboard.domain.actions import ItemOutcome, Outcome, Result
from wallboard.domain.faults import Fault, FaultCode
from wallboard.language import phones
from wallboard.vendors.calling import MethodAnswer
from wallboard.vendors.wire import whole_number

_UNTOLD = ItemOutcome(Result.UNKNOWN)
_WRONG_CAMPAIGN = "1"


def bulk_outcome(
    numbers: Sequence[str], told: MethodAnswer, codes: Mapping[int, str], discreet: Callable[[str], str], host: str
) -> Outcome:
    """The outcome of the whole, with one for each target: OK where each is told of, be it with a refusal.

    Args:
        numbers: of the targets, in canonical digits, in their order.
        told: what came of the call.
        codes: what the vendor's codes mean.
        discreet: takes secrets out of words.
        host: who answered.
    """
    results = (told.document or {}).get("AddResult")
    listed = results if isinstance(results, list) else []
    # Some keys are padded with blanks.
    rows = [{key.strip(): value for key, value in row.items()} for row in listed if isinstance(row, dict)]
    if not rows:
        return _unknown(told.outcome, host, "AddResult") if told.outcome.result is Result.OK else told.outcome
    words_of = cache(discreet)
    items = tuple(_item(row, codes, words_of) for row in _matched(numbers, rows))
    if all(item.vendor_code == _WRONG_CAMPAIGN for item in items):
        fault = Fault(FaultCode.VENDOR, host, words=items[0].words)
        return replace(told.outcome, result=Result.REFUSED, words=items[0].words, fault=fault, items=())
    if untold := sum(item.result is Result.UNKNOWN for item in items):
        return replace(_unknown(told.outcome, host, f"AddResult of {untold} of {len(items)} targets"), items=items)
    return replace(told.outcome, result=Result.OK, words="", fault=None, items=items)


def _unknown(outcome: Outcome, host: str, lacking: str) -> Outcome:
    fault = Fault(FaultCode.BAD_SHAPE, host, lacking=lacking)
    return replace(outcome, result=Result.UNKNOWN, words="", fault=fault, items=())


def _matched(numbers: Sequence[str], rows: list[dict[str, Any]]) -> Iterable[dict[str, Any] | None]:
    """The vendor's row for each number: by position where all agree, by the number itself otherwise."""
    told = [_told_number(row) for row in rows]
    if len(rows) == len(numbers) and all(one in {"", other} for one, other in zip(told, numbers, strict=True)):
        return rows
    waiting = defaultdict(list)
    for number, row in zip(reversed(told), reversed(rows), strict=True):
        waiting[number].append(row)
    return [waiting[number].pop() if waiting[number] else None for number in numbers]


def _told_number(row: Mapping[str, Any]) -> str:
    """Canonical digits; of what is no number the text."""
    target = row.get("Target")
    text = "" if target is None else str(target).strip()
    return phones.dialable(text) or phones.listed(text) or text


def _item(row: Mapping[str, Any] | None, codes: Mapping[int, str], discreet: Callable[[str], str]) -> ItemOutcome:
    code = None if row is None else whole_number(row.get("ErrorCode"))
    if row is None or code is None:
        return _UNTOLD
    if code == 0:
        return ItemOutcome(Result.OK, "0")
    said = row.get("Description")
    words = said.strip() if isinstance(said, str) else ""
    return ItemOutcome(Result.REFUSED, str(code), discreet(words or codes.get(code, f"ErrorCode {code}")))
