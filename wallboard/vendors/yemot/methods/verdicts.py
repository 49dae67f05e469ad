"""What a good answer of Yemot's says of the very thing that was asked for, where the envelope does not tell."""

from collections.abc import Mapping
from typing import Any

from wallboard.domain.actions import Result
from wallboard.vendors.method import PlainAnswer, Verdict
from wallboard.vendors.wire import whole_number
from wallboard.vendors.yemot.answers import QueueManaged
from wallboard.vendors.yemot.queue_actions import kicked

_ALSO_REACHED = ("oks", "CampaignId", "campaignId")  # each shows that something went out
_IS_DONE = {"true": True, "1": True, "false": False, "0": False}


def managed(values: Mapping[str, Any], opened: QueueManaged) -> tuple[Result, str]:
    """QueueManagement: of a kick every call must have gone."""
    if values["action"] != "kick":
        return Result.OK, ""
    told = [kicked(call_id, opened) for call_id in values["callIds"]]
    if len(told) == 1:
        return told[0]
    wrong = [one for one in told if one[0] is not Result.OK]
    if not wrong:
        return Result.OK, ""
    # What nobody knows weighs more than what is gone.
    result, words = next((one for one in wrong if one[0] is Result.UNKNOWN), wrong[0])
    return result, f"{len(wrong)} of {len(told)} calls: {words}"


def switched(_: Mapping[str, Any], opened: PlainAnswer) -> tuple[Result, str]:
    """Those that answer `status` true or false."""
    is_done = _IS_DONE.get(str(_told(opened, "status")).lower())
    if is_done is None:
        return Result.UNKNOWN, "status"
    return (Result.OK, "") if is_done else (Result.REFUSED, "status false")


def validated(values: Mapping[str, Any], opened: PlainAnswer) -> tuple[Result, str]:
    """ValidationCallerId: the code was right, or the request is under way."""
    return switched(values, opened) if values["action"] == "valid" else (Result.OK, "")


def removed(field: str, target: str) -> Verdict:
    """Those that answer in this field how many of what this parameter named are gone."""

    def verdict(values: Mapping[str, Any], opened: PlainAnswer) -> tuple[Result, str]:
        named, count = values[target], whole_number(_told(opened, field))
        asked = len(set(named)) if isinstance(named, list | tuple) else 1
        if count is None or count < 0:
            return Result.UNKNOWN, field
        return (Result.OK, "") if count >= asked else (Result.GONE, f"{field} {count} of {asked}")

    return verdict


def created(_: Mapping[str, Any], opened: PlainAnswer) -> tuple[Result, str]:
    """CreateTask: the new task has a number."""
    return (Result.OK, "") if whole_number(_told(opened, "jobId")) is not None else (Result.UNKNOWN, "jobId")


def reached(field: str, errors: str = "errors") -> Verdict:
    """Those that answer how many numbers are served, and which are not and why."""

    def verdict(values: Mapping[str, Any], opened: PlainAnswer) -> tuple[Result, str]:
        count, words = whole_number(_told(opened, field)), _failures(_told(opened, errors), errors)
        if count is None and not any(_told(opened, other) for other in _ALSO_REACHED):
            return Result.UNKNOWN, words or field
        is_one = _is_one_number(values.get("phones"))
        if (count is not None and count < 1) or (is_one and words and not _told(opened, "oks")):
            return Result.REFUSED, words or f"{field} {count}"
        return Result.OK, words

    return verdict


def _failures(failed: Any, name: str) -> str:
    """Why numbers are not served: of one the vendor's reason, of several how many."""
    if not isinstance(failed, dict | list) or not failed:
        return ""
    reasons = list(failed.values()) if isinstance(failed, dict) else failed
    is_told = len(reasons) == 1 and isinstance(reasons[0], str) and reasons[0].strip()
    return reasons[0].strip() if is_told else f"{name}: {len(reasons)}"


def _is_one_number(asked: Any) -> bool:
    return isinstance(asked, str) and ":" not in asked


def _told(opened: PlainAnswer, field: str) -> Any:
    return (opened.model_extra or {}).get(field)
