"""The actions that an audit's lines tell of."""

import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from wallboard.domain.actions import ActionRecord
from wallboard.engine.audit.trail import Entry, Event

LONGEST_ACTION_SECONDS = 60.0  # from its intent to its outcome; far more than any takes

_NEIGHBOURS = 200  # far more actions than are ever under way between one's first line and its last
_MOST_FIGURE = 1e15
_DECIDING = {Event.OUTCOME, Event.SETTLED}


def records_of(entries: Iterable[Entry]) -> dict[str, ActionRecord]:
    """What lines tell, by their key, in the order in which they first do; notes are among them."""
    records: dict[str, ActionRecord] = {}
    for entry in entries:
        if entry.fields is not None:
            key = entry.key
            record = records.get(key) or _begun(entry, entry.fields)
            records[key] = _with(record, entry.fields) if entry.event in _DECIDING else record
    return records


def is_action(record: ActionRecord) -> bool:
    """Whether a record is of an action, not of a note."""
    return record.is_intended or record.outcome is not None or record.settlement is not None


def _begun(entry: Entry, fields: Mapping[str, Any]) -> ActionRecord:
    target = fields.get("target")
    told = target if isinstance(target, dict) else {}
    return ActionRecord(
        id=fields["id"],
        at=entry.at,
        operator=_text(fields.get("operator")),
        host=_text(fields.get("host")),
        source=_text(fields.get("source")),
        action=_text(fields.get("action")),
        target=_text(told.get("key")),
        words=_text(told.get("words")),
        parameters=_parameters(fields),
        is_intended=entry.event == Event.INTENT,
        data_age_seconds=_figure(fields.get("data_age_seconds")),
    )


def _with(record: ActionRecord, fields: Mapping[str, Any]) -> ActionRecord:
    event, decided = fields["event"], _text(fields.get("outcome")) or None
    return replace(
        record,
        # An outcome repeats what was asked for, and adds why it was not sent or what is not known.
        parameters=(event == Event.OUTCOME and _parameters(fields)) or record.parameters,
        outcome=decided if event == Event.OUTCOME else record.outcome,
        settlement=decided if event == Event.SETTLED else record.settlement,
        vendor_code=_text(fields.get("vendor_code")) or record.vendor_code,
        vendor_message=_text(fields.get("vendor_message")) or record.vendor_message,
        milliseconds=_figure(fields.get("milliseconds")) if event == Event.OUTCOME else record.milliseconds,
    )


def _parameters(fields: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    told = fields.get("parameters")
    return tuple((name, _text(value)) for name, value in told.items()) if isinstance(told, dict) else ()


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _figure(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and abs(value) < _MOST_FIGURE else None


def newest(entries: Iterable[Entry], limit: int) -> list[Entry]:
    """Lines from the end back that hold the newest actions whole."""
    found: list[Entry] = []
    actions: set[str] = set()
    for entry in entries:
        if entry.fields is not None and entry.event != Event.NOTE:
            actions.add(entry.key)
        if len(actions) > limit + _NEIGHBOURS:
            break
        found.append(entry)
    return found


def abandoned(entries: Iterable[Entry], host: str, now: float, own: Collection[str] = ()) -> dict[str, Entry]:
    """Intents, by their key, of which nothing more is told and nothing more will be.

    Args:
        entries: all lines, the oldest first.
        host: this machine.
        now: UTC seconds.
        own: keys of this process' own that are under way; others with its pid are of one that had it before.
    """
    intents: dict[str, Entry] = {}
    for entry in entries:
        if entry.event == Event.INTENT:
            intents[entry.key] = entry
        else:
            intents.pop(entry.key, None)
    return {key: entry for key, entry in intents.items() if not _may_go_on(entry, host, now, own)}


def _may_go_on(entry: Entry, host: str, now: float, own: Collection[str]) -> bool:
    fields = entry.fields or {}
    pid = fields.get("pid")
    if now - entry.at > LONGEST_ACTION_SECONDS or not isinstance(pid, int) or pid <= 0:
        return False
    if fields.get("host") != host:  # nobody here can see whether it lives
        return True
    if pid == os.getpid():
        return entry.key in own
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass  # another user's, and alive
    return True
