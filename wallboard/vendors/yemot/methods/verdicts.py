"""What a good answer of Yemot's says of the very thing that was asked for, where the envelope does not tell."""

from collections.abc import Mapping
from typing import Any

from wallboard.domain.actions import Result
from wallboard.vendors.finding import DONE, Finding, partly
from wallboard.vendors.method import PlainAnswer, Verdict
from wallboard.vendors.wire import whole_number
from wallboard.vendors.yemot.answers import QueueManaged
from wallboard.vendors.yemot.queue_actions import kicked

_ALSO_REACHED = ("oks", "CampaignId", "campaignId")  # each shows that something went out
_IS_DONE = {"true": True, "1": True, "false": False, "0": False}


def managed(values: Mapping[str, Any], opened: QueueManaged) -> Finding:
    """QueueManagement: of a kick every call must have gone."""
    if values["action"] != "kick":
        return DONE
    told = [kicked(call_id, opened) for call_id in values["callIds"]]
    wrong = [one for one in told if one[0] is not Result.OK]
    if not wrong:
        return Finding(Result.OK, told[0][1] if len(told) == 1 else "")
    # What nobody knows weighs more than what is gone.
    result, words = next((one for one in wrong if one[0] is Result.UNKNOWN), wrong[0])
    lacking = "OK or Call not found, of each call" if result is Result.UNKNOWN else ""
    return Finding(result, words, lacking, partly(len(told) - len(wrong), len(told)))


def switched(_: Mapping[str, Any], opened: PlainAnswer) -> Finding:
    """Those that answer `status` true or false."""
    is_done = _IS_DONE.get(str(_told(opened, "status")).lower())
    if is_done is None:
        return Finding(Result.UNKNOWN, lacking="status")
    return DONE if is_done else Finding(Result.REFUSED, "status false")


def validated(values: Mapping[str, Any], opened: PlainAnswer) -> Finding:
    """ValidationCallerId: the code was right, or the request is under way."""
    return switched(values, opened) if values["action"] == "valid" else DONE


def removed(field: str, target: str) -> Verdict:
    """Those that answer in this field how many of what this parameter named are gone."""

    def verdict(values: Mapping[str, Any], opened: PlainAnswer) -> Finding:
        named, count = values[target], whole_number(_told(opened, field))
        asked = len(set(named)) if isinstance(named, list | tuple) else 1
        if count is None or count < 0:
            return Finding(Result.UNKNOWN, lacking=field)
        return DONE if count >= asked else Finding(Result.GONE, f"{field} {count}", done=partly(count, asked))

    return verdict


def created(_: Mapping[str, Any], opened: PlainAnswer) -> Finding:
    """CreateTask: the new task has a number."""
    has_number = whole_number(_told(opened, "jobId")) is not None
    return DONE if has_number else Finding(Result.UNKNOWN, lacking="jobId")


def reached(field: str, errors: str = "errors") -> Verdict:
    """Those that answer how many numbers are served, and which are not and why."""

    def verdict(values: Mapping[str, Any], opened: PlainAnswer) -> Finding:
        count, reasons = whole_number(_told(opened, field)), _reasons(_told(opened, errors))
        words = "; ".join(dict.fromkeys(filter(None, reasons)))
        if count is None and not any(_told(opened, other) for other in _ALSO_REACHED):
            return Finding(Result.UNKNOWN, words, field)
        is_one = _is_one_number(values.get("phones"))
        if (count is not None and count < 1) or (is_one and reasons and not _told(opened, "oks")):
            return Finding(Result.REFUSED, words or f"{field} {count}")
        return Finding(Result.OK, words, done=partly(count or 0, (count or 0) + len(reasons)))

    return verdict


def _reasons(failed: Any) -> list[str]:
    """Of each number that is not served the vendor's reason, as far as it tells one."""
    told = failed.values() if isinstance(failed, dict) else failed if isinstance(failed, list) else ()
    return [reason.strip() if isinstance(reason, str) else "" for reason in told]


def _is_one_number(asked: Any) -> bool:
    return isinstance(asked, str) and ":" not in asked


def _told(opened: PlainAnswer, field: str) -> Any:
    return (opened.model_extra or {}).get(field)
