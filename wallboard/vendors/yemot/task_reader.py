"""Scheduled tasks; pure.

UpdateTask forgets what is not sent again, so a schedule that cannot be understood is an error, not an empty one.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from wallboard.domain.account_actions import Schedule
from wallboard.domain.enquiries import Task, TaskDetail, TaskRun
from wallboard.vendors.asking import BadShapeError, shaped
from wallboard.vendors.custom_data import as_text, custom_data
from wallboard.vendors.tally import Tally
from wallboard.vendors.wire import by_id, flag, pieces, whole_number
from wallboard.vendors.yemot.toolbox_answers import TaskData, TaskList, TaskLogs, TaskRow, TaskRunRow

_DAYS = re.compile(r"[0-6](\s*,\s*[0-6])*")
_SECRETS = re.compile("token|pass", re.IGNORECASE)  # what a task carries to do its work


def tasks(document: dict[str, Any], tally: Tally) -> tuple[Task, ...]:
    """GetTasks."""
    rows = by_id(pieces(TaskRow, shaped(TaskList, document, tally).tasks, tally), tally)
    return tuple(map(_task, rows.values()))


def detail(document: dict[str, Any], tally: Tally) -> TaskDetail:
    """GetTasksData.

    Raises:
        BadShapeError: it has no id, or its schedule cannot be understood.
    """
    row = shaped(TaskData, document, tally)
    return TaskDetail(
        task=_task(row),
        schedule=Schedule(
            minute=_time("minute", row.minute, range(60)),
            hour=_time("hour", row.hour, range(24)),
            day=_time("day", row.day, range(1, 32)),
            month=_time("month", row.month, range(1, 13)),
            year=_time("year", row.year, range(2000, 2200)),
            days=_days(row.days),
        ),
        updated_at=row.updated_at,
        last_run=row.last_run,
        action=_action(row.action),
    )


def unwrapped(document: dict[str, Any]) -> dict[str, Any]:
    """A task's own fields on top, wherever the vendor puts them: no document tells."""
    if "id" in document:
        return document
    values = (value[0] if isinstance(value, list) and len(value) == 1 else value for value in document.values())
    inner = [value for value in values if isinstance(value, dict) and "id" in value]
    return {**inner[0], **document} if len(inner) == 1 else document


def runs(document: dict[str, Any], tally: Tally) -> tuple[TaskRun, ...]:
    """GetTasksLogs."""
    rows = pieces(TaskRunRow, shaped(TaskLogs, document, tally).logs, tally)
    return tuple(TaskRun(row.id, row.at, row.has_succeeded, row.error) for row in rows)


def _task(row: TaskRow) -> Task:
    return Task(
        id=row.id,
        description=row.description,
        type=row.type,
        status=row.status,
        is_active=row.is_active,
        mails_end=row.mails_end,
        mails_error=row.mails_error,
        next_run=row.next_run,
        created_at=row.created_at,
    )


def _time(name: str, value: Any, allowed: range) -> int | None:
    if value is None or value == "":
        return None
    number = whole_number(value)
    if number is None or number not in allowed:
        raise BadShapeError(name)
    return number


def _days(value: Any) -> frozenset[int]:
    """Days as `0,2,3`, or as the object that CreateTask takes; empty: every day."""
    if isinstance(value, str) and value.strip().startswith(("{", "[")):
        value = _json(value)
    if value is None or (isinstance(value, str) and value.strip() in {"", "null"}):
        return frozenset()
    if isinstance(value, Mapping):
        value = [day for day, is_on in value.items() if flag(is_on)]
    if isinstance(value, list):
        value = ",".join(map(str, value))
    text = str(value).strip()
    if not _DAYS.fullmatch(text):
        raise BadShapeError("days_of_week")
    return frozenset(map(int, text.split(",")))


def _action(value: Any) -> tuple[tuple[str, str], ...]:
    """What it does, from JSON or from a text that holds JSON, without what authorises it."""
    told = _json(value) if isinstance(value, str) else value
    if isinstance(told, dict | list):
        return tuple((name, text) for name, text in custom_data(told) if not _SECRETS.search(name))
    return (("action_data", as_text(value)),) if value else ()


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
