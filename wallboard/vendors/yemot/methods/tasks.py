"""Scheduled tasks. A system has at most ten active ones."""

from collections.abc import Mapping
from typing import Any

from wallboard.vendors.loss import loses
from wallboard.vendors.method import Mode
from wallboard.vendors.parameter import Parameter, ValueType, conditional, defaulted, optional, required
from wallboard.vendors.rules import between
from wallboard.vendors.yemot.methods.declaring import WEEK, command
from wallboard.vendors.yemot.methods.verdicts import created, removed, switched

MOST_ACTIVE_TASKS = 10

_LIMIT = f"A system may have {MOST_ACTIVE_TASKS} active tasks at most."

_TASK_ID = required("TaskId", ValueType.INTEGER)
_DESCRIPTION = required("description", may_be_empty=True)
_RUN_TIMES = (
    optional("minute", ValueType.INTEGER, default="null", rules=(between(0, 59),)),
    optional("hour", ValueType.INTEGER, default="null", rules=(between(0, 23),)),
    optional("year", ValueType.INTEGER, default="null"),
    optional("day", ValueType.INTEGER, default="null", rules=(between(1, 31),)),
    optional("month", ValueType.INTEGER, default="null", rules=(between(1, 12),)),
)
_DAYS = optional("days", default="null = all days of the week", rules=(WEEK,))


def _bit(name: str) -> Parameter:
    return required(name, ValueType.BIT)


GET_TASKS = command(
    "GetTasks",
    "Lists the scheduled tasks.",
    defaulted("limit", "100", ValueType.INTEGER),
    answer="""
        tasks                    array
        tasks[].id               integer
        tasks[].description      string
        tasks[].type             string
        tasks[].createTs         string
        tasks[].status           string
        tasks[].active           0_or_1
        tasks[].sendMailInEnd    0_or_1
        tasks[].sendMailInError  0_or_1
        tasks[].nextRun          string
    """,
)

GET_TASKS_DATA = command(
    "GetTasksData",
    "Tells everything about one scheduled task.",
    _TASK_ID,
    answer="""
        id               integer
        description      string
        type             string
        createTs         string
        status           string
        active           0_or_1
        sendMailInEnd    0_or_1
        sendMailInError  0_or_1
        nextRun          string
        updateTs         string
        lastRun          string
        minute           integer
        hour             integer
        year             integer
        day              integer
        month            integer
        days_of_week     string
        action_data
    """,
)

GET_TASKS_LOGS = command(
    "GetTasksLogs",
    "Lists the runs of one scheduled task, with what went wrong.",
    _TASK_ID,
    answer="""
        logs                  array
        logs[].id             integer
        logs[].succeeded      0_or_1
        logs[].error_message  string
        logs[].ts             string
    """,
)

CREATE_TASK = command(
    "CreateTask",
    "Schedules a text message, a one-ring call or the moving of a file.",
    _DESCRIPTION,
    *_RUN_TIMES,
    _bit("active"),
    _bit("checkIsKodesh"),
    _bit("mailInEnd"),
    _bit("mailInError"),
    _bit("ifAnyDay"),
    _DAYS,
    required("taskType"),
    conditional("callerId"),
    conditional("toList"),
    conditional("smsList"),
    conditional("typeList", choices=("tpl", "tzl")),
    conditional("smsMessage"),
    conditional("folder"),
    conditional("target"),
    conditional("moveFileType", choices=("maxFile", "minFile")),
    conditional("blockMoveIfNewFileInMinutes", ValueType.INTEGER),
    is_mutating=True,
    verdict=created,
    limit=_LIMIT,
    mode_parameter="taskType",
    modes=(
        Mode("SendSMS", requires=("smsList", "smsMessage"), takes=("callerId",), tariff="at each run as SendSms"),
        Mode("RunTzintuk", requires=("toList", "typeList"), takes=("callerId",), tariff="at each run as RunTzintuk"),
        Mode(
            "MoveOnFile",
            requires=("folder", "target", "moveFileType"),
            takes=("blockMoveIfNewFileInMinutes",),
        ),
    ),
    answer="""
        id          integer
        jobId       integer
        ActionData  object
    """,
)

UPDATE_TASK = command(
    "UpdateTask",
    "Sets anew when a task runs; run times that are left out are forgotten.",
    _TASK_ID,
    _DESCRIPTION,
    *_RUN_TIMES,
    _bit("active"),
    _bit("mailInEnd"),
    _bit("mailInError"),
    _bit("ifAnyDay"),
    _DAYS,
    is_mutating=True,
    verdict=switched,
    limit=_LIMIT,
    answer="status  boolean",
)

DELETE_TASK = command(
    "DeleteTask",
    "Deletes a scheduled task.",
    _TASK_ID,
    is_mutating=True,
    verdict=removed("status", "TaskId"),
    loses=loses("deletes task {TaskId}"),
    answer="status  integer",
)


def too_many_active(values: Mapping[str, Any], told: Mapping[str, Any]) -> str:
    """Why CreateTask or UpdateTask would pass the limit, by what GetTasks told; "" where it would not."""
    tasks = told.get("tasks")
    rows = [task for task in tasks if isinstance(task, dict)] if isinstance(tasks, list) else []
    others = [task for task in rows if str(task.get("id")) != str(values.get("TaskId"))]
    active = sum(str(task.get("active")).lower() in {"1", "true"} for task in others)
    if not values.get("active") or active < MOST_ACTIVE_TASKS:
        return ""
    return f"active must be 0: the system has {active} active tasks, and may have {MOST_ACTIVE_TASKS} at most"


METHODS = (GET_TASKS, GET_TASKS_DATA, GET_TASKS_LOGS, CREATE_TASK, UPDATE_TASK, DELETE_TASK)
