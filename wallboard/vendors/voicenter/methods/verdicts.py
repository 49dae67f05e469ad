"""What a good answer of the dialer says of the very targets and members: a 0 on top can hide what failed."""

from collections.abc import Mapping, Sequence
from typing import Any

from wallboard.domain.actions import Result
from wallboard.vendors.finding import DONE, Finding, partly
from wallboard.vendors.method import PlainAnswer, Verdict
from wallboard.vendors.wire import whole_number

MOST_ROWS_TOLD = 3_000  # of more targets in one call there is no AddResult
AS_A_WHOLE = f"taken as a whole: above {MOST_ROWS_TOLD:,} rows the vendor tells of none singly"


def added(rows: Sequence[Mapping[str, Any]], opened: PlainAnswer) -> Finding:
    """AddCallsBulk: every target by its own code, where there are few enough to be told of."""
    told = opened.model_extra or {}
    results = told.get("AddResult")
    results = results if isinstance(results, list) else []
    is_well = whole_number(told.get("ErrorCode", 0)) == 0
    if not results and is_well and len(rows) > MOST_ROWS_TOLD:
        return Finding(Result.OK, remark=AS_A_WHOLE)
    codes = [_of(result, "ErrorCode") for result in results]
    failed = [result for result, code in zip(results, codes, strict=True) if code not in {0, None}]
    words = (_of(failed[0], "Description", as_text=True) or "") if failed else ""
    if len(results) != len(rows) or None in codes:
        told_of = sum(code is not None for code in codes)
        lacking = f"{len(rows):,} in AddResult, not {told_of:,}"
        return Finding(Result.UNKNOWN, words, lacking)
    if failed:
        remark = "the words are of the first that was refused" if len(failed) > 1 else ""
        return Finding(Result.REFUSED, words, done=partly(len(rows) - len(failed), len(rows)), remark=remark)
    # Every target is well and the whole is not: nobody knows which of them counts.
    return DONE if is_well else Finding(Result.UNKNOWN, lacking="an ErrorCode that fits AddResult")


def counted(field: str, nothing: Result = Result.REFUSED) -> Verdict:
    """AddMember and RemoveMember: how many were added or removed; 0 means `nothing`."""

    def verdict(_: Mapping[str, Any], opened: PlainAnswer) -> Finding:
        data = (opened.model_extra or {}).get("Data")
        inner = data[0] if isinstance(data, list) and len(data) == 1 else data
        count = _of(inner, field)
        if count is None:
            return Finding(Result.UNKNOWN, lacking=f"Data.{field}")
        return DONE if count > 0 else Finding(nothing if count == 0 else Result.REFUSED, f"{field} {count}")

    return verdict


def _of(row: Any, field: str, *, as_text: bool = False) -> Any:
    """A field of an object whose keys may be padded with blanks: a whole number or a text, else None."""
    held = {key.strip(): value for key, value in row.items()}.get(field) if isinstance(row, dict) else None
    if as_text:
        return held.strip() if isinstance(held, str) else None
    return whole_number(held)
