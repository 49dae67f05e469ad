"""GetCampaignPendingCalls: a hundred thousand targets, read by hand, for a model of each would take seconds."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from itertools import islice
from typing import Any

from wallboard.domain.campaigns import CampaignKind
from wallboard.domain.targets import PendingList, PendingTarget
from wallboard.language.clean import clean
from wallboard.vendors.asking import BadShapeError
from wallboard.vendors.custom_data import custom_data
from wallboard.vendors.tally import Tally
from wallboard.vendors.wire import epoch, flag, object_or_none, whole_number

MOST_TARGETS = 100_000

_LONGEST_NUMBER = 80
_LONGEST_NAME = 200
_GREATEST = 10**9
_RUNNING = {"1": True, "2": False, "enabled": True, "disabled": False}
_PRIORITIES = ("Priorety", "Priority")  # the sample's spelling first


def pending_list(zone: tzinfo, document: Mapping[str, Any], tally: Tally) -> PendingList:
    """What the campaign has left to dial, and what is told of the campaign itself.

    Args:
        zone: the account's, for times told in UTC.
        document: the answer.
        tally: counts what cannot be read.

    Raises:
        BadShapeError: there is no list of targets.
    """
    data = document.get("Data")
    if isinstance(data, list) and len(data) == 1 and isinstance(data[0], dict) and "Calls" in data[0]:
        data = data[0]  # the document's table calls it an array
    calls = data.get("Calls") if isinstance(data, dict) else data  # of an empty campaign perhaps a bare []
    if not isinstance(calls, list):
        raise BadShapeError("Data.Calls")
    campaign = (object_or_none(data.get("Campaign")) if isinstance(data, dict) else None) or {}
    targets = _targets(calls, zone, tally)
    is_agent_dialer = flag(campaign.get("IsDynamic"))
    return PendingList(
        targets=targets,
        is_running=_is_running(campaign),
        kind=None if is_agent_dialer is None else CampaignKind.AGENT if is_agent_dialer else CampaignKind.SMART,
        total=_count(campaign.get("TotalPendingCalls")),
        dropped=len(calls) - len(targets),
    )


def _targets(calls: Sequence[Any], zone: tzinfo, tally: Tally) -> tuple[PendingTarget, ...]:
    targets: list[PendingTarget] = []
    seen: set[str] = set()
    for position, row in enumerate(islice(calls, MOST_TARGETS)):
        number = _text(row.get("Phone"), _LONGEST_NUMBER) if isinstance(row, dict) else ""
        if not number:
            tally.rows_dropped += 1
            continue
        id_ = _text(row.get("CallID"), _LONGEST_NUMBER)
        if not id_ or id_ in seen:
            id_ = f"{id_}#{position}"  # two rows of one id are two targets all the same
        seen.add(id_)
        targets.append(_target(row, id_, number, zone))
    return tuple(targets)


def _target(row: Mapping[str, Any], id_: str, number: str, zone: tzinfo) -> PendingTarget:
    status = row.get("CallStatus")
    return PendingTarget(
        id=id_,
        number=number,
        name=_text(row.get("CustomerName"), _LONGEST_NAME),
        caller_id=_text(row.get("CallerID"), _LONGEST_NUMBER),
        priority=next((told for key in _PRIORITIES if (told := _priority(row.get(key))) is not None), None),
        status=_text(status.get("Description") if isinstance(status, dict) else status, _LONGEST_NUMBER),
        inserted_at=_utc(row.get("CallInserted")),
        last_called=_text(row.get("LastCallDate"), _LONGEST_NUMBER),
        custom=custom_data(told) if (told := row.get("CustomData")) else (),
        dial_at=None if (told := row.get("OriginateTime")) is None else _wall_clock(told, row, zone),
    )


def _text(value: Any, limit: int) -> str:
    if isinstance(value, str):
        is_plain = value.isascii() and value.isalnum() and len(value) <= limit  # as most numbers and words are
        return value if is_plain or not value else clean(value, limit).strip()
    number = whole_number(value)
    return "" if number is None else str(number)


def _count(value: Any) -> int | None:
    number = whole_number(value)
    return number if number is not None and 0 <= number <= _GREATEST else None


def _priority(value: Any) -> int | None:
    number = whole_number(value)
    return number if number is not None and abs(number) <= _GREATEST else None


def _is_running(campaign: Mapping[str, Any]) -> bool | None:
    told = (_text(campaign.get(key), _LONGEST_NUMBER).lower() for key in ("Status", "StatusName"))
    return next((_RUNNING[word] for word in told if word in _RUNNING), None)


def _utc(value: Any) -> float | None:
    """Seconds of an ISO time; without a zone it is UTC."""
    if not isinstance(value, str):
        return None
    try:
        told = datetime.fromisoformat(value.strip())
        moment = (told if told.tzinfo else told.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None
    return moment if epoch(moment) is not None else None


def _wall_clock(value: Any, row: Mapping[str, Any], zone: tzinfo) -> int | None:
    """A future dial time on the account's wall clock, which `IsDateLocal` says it is told on, unless it is false."""
    told = epoch(value)
    if told is None or flag(row.get("IsDateLocal")) is not False:
        return told
    offset = datetime.fromtimestamp(told, zone).utcoffset()
    return told + (int(offset.total_seconds()) if offset else 0)
