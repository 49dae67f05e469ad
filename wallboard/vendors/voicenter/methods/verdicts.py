"""What a good answer of the dialer says of the very targets and members: a 0 on top can hide what failed."""

from collections.abc import Mapping, Sequence
from typing import Any

from wallboard.domain.actions import Result
from wallboard.vendors.method import PlainAnswer, Verdict
from wallboard.vendors.wire import whole_number


def added(rows: Sequence[Mapping[str, Any]], opened: PlainAnswer) -> tuple[Result, str]:
    """AddCallsBulk: every target by its own code."""
    told = opened.model_extra or {}
    results = told.get("AddResult")
    results = results if isinstance(results, list) else []
    codes = [_of(result, "ErrorCode") for result in results]
    failed = [result for result, code in zip(results, codes, strict=True) if code not in {0, None}]
    if failed:
        said = _of(failed[0], "Description", as_text=True)
        words = f"{len(failed)} of {len(rows)} targets were not added" + (f"; the first: {said}" if said else "")
    else:
        words = f"AddResult tells of {len(results)} of {len(rows)} targets"
    if len(results) != len(rows) or None in codes:
        return Result.UNKNOWN, words
    if failed:
        return Result.REFUSED, words
    # Every target is well and the whole is not: nobody knows which of them counts.
    return (Result.OK, "") if whole_number(told.get("ErrorCode", 0)) == 0 else (Result.UNKNOWN, "ErrorCode")


def counted(field: str, nothing: Result = Result.REFUSED) -> Verdict:
    """AddMember and RemoveMember: how many were added or removed; 0 means `nothing`."""

    def verdict(_: Mapping[str, Any], opened: PlainAnswer) -> tuple[Result, str]:
        data = (opened.model_extra or {}).get("Data")
        inner = data[0] if isinstance(data, list) and len(data) == 1 else data
        count = _of(inner, field)
        if count is None:
            return Result.UNKNOWN, f"Data.{field}"
        return (Result.OK, "") if count > 0 else (nothing if count == 0 else Result.REFUSED, f"{field} {count}")

    return verdict


def _of(row: Any, field: str, *, as_text: bool = False) -> Any:
    """A field of an object whose keys may be padded with blanks: a whole number or a text, else None."""
    held = {key.strip(): value for key, value in row.items()}.get(field) if isinstance(row, dict) else None
    if as_text:
        return held.strip() if isinstance(held, str) else None
    return whole_number(held)
