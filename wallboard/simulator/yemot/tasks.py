"""Scheduled tasks; a good answer has no status of its own."""

from collections.abc import Mapping
from typing import Any

from wallboard.simulator.floor import Floor
from wallboard.simulator.system.schedule import WEEK, RunTimes, week_of
from wallboard.simulator.system.tasks import Plan, Task, TaskType
from wallboard.simulator.system.units import RefusedError
from wallboard.simulator.world import World
from wallboard.simulator.yemot.command import Answer, Command, Parameters
from wallboard.simulator.yemot.times import local_time

_MOST_LISTED = 100
_BOUNDS = {"minute": range(60), "hour": range(24), "day": range(1, 32), "month": range(1, 13)}
_ACTION_PARAMETERS = {
    TaskType.SEND_SMS: ("smsList", "smsMessage"),
    TaskType.RUN_TZINTUK: ("toList", "typeList"),
    TaskType.MOVE_ON_FILE: ("folder", "target", "moveFileType"),
}
_CHOICES = {"typeList": ("tpl", "tzl"), "moveFileType": ("maxFile", "minFile")}


def _tasks(world: World, parameters: Parameters) -> Answer:
    limit = parameters.number("limit")
    tasks = list(world.system.tasks.by_id.values())[: _MOST_LISTED if limit is None else max(0, limit)]
    return {"tasks": [_row(world.floor, task) for task in tasks]}


def _task_data(world: World, parameters: Parameters) -> Answer:
    floor, task = world.floor, world.system.tasks.task(parameters.number("TaskId"))
    times = task.plan.times
    return {
        **_row(floor, task),
        "updateTs": local_time(floor, task.updated_at),
        "lastRun": local_time(floor, task.last_at),
        "minute": times.minute,
        "hour": times.hour,
        "year": times.year,
        "day": times.day,
        "month": times.month,
        "days_of_week": ",".join(map(str, times.days)),
        "action_data": dict(task.action),
    }


def _task_logs(world: World, parameters: Parameters) -> Answer:
    """The newest first."""
    task = world.system.tasks.task(parameters.number("TaskId"))
    logs = [
        {
            "id": run.id,
            "succeeded": int(not run.error),
            "error_message": run.error,
            "ts": local_time(world.floor, run.moment),
        }
        for run in reversed(task.runs)
    ]
    return {"logs": logs}


def _create(world: World, parameters: Parameters) -> Answer:
    try:
        kind = TaskType(parameters.required("taskType"))
    except ValueError:
        raise RefusedError("Wrong parameters: taskType") from None
    action: dict[str, Any] = {name: parameters.required(name) for name in _ACTION_PARAMETERS[kind]}
    if any(action[name] not in choices for name, choices in _CHOICES.items() if name in action):
        raise RefusedError("Wrong parameters: typeList or moveFileType")
    if kind is TaskType.MOVE_ON_FILE:
        action["blockMoveIfNewFileInMinutes"] = parameters.number("blockMoveIfNewFileInMinutes") or 0
    else:
        action["callerId"] = parameters.text("callerId")
    plan, rests = _plan(parameters), parameters.bit("checkIsKodesh")
    task = world.system.tasks.create(kind, action, plan, rests_on_sabbath=rests)
    return {"id": task.id, "jobId": task.id, "ActionData": action}


def _update(world: World, parameters: Parameters) -> Answer:
    world.system.tasks.update(parameters.number("TaskId"), _plan(parameters))
    return {"status": True}


def _delete(world: World, parameters: Parameters) -> Answer:
    return {"status": world.system.tasks.delete(parameters.number("TaskId"))}


def _plan(parameters: Parameters) -> Plan:
    named = {name: parameters.number(name) for name in ("minute", "hour", "day", "month", "year")}
    for name, bounds in _BOUNDS.items():
        if named[name] is not None and named[name] not in bounds:
            raise RefusedError(f"Wrong parameters: {name}")
    days = WEEK if parameters.bit("ifAnyDay") else week_of(parameters.get("days"))
    return Plan(
        parameters.text("description"),
        RunTimes(**named, days=days),
        parameters.bit("active"),
        parameters.bit("mailInEnd"),
        parameters.bit("mailInError"),
    )


def _row(floor: Floor, task: Task) -> Answer:
    return {
        "id": task.id,
        "description": task.plan.description,
        "type": task.type,
        "createTs": local_time(floor, task.created_at),
        "status": "WAITING" if task.next_at is not None else "DONE" if task.plan.is_active else "OFF",
        "active": int(task.plan.is_active),
        "sendMailInEnd": int(task.plan.mails_in_end),
        "sendMailInError": int(task.plan.mails_in_error),
        "nextRun": local_time(floor, task.next_at),
    }


COMMANDS: Mapping[str, Command] = {
    "GetTasks": Command(_tasks),
    "GetTasksData": Command(_task_data),
    "GetTasksLogs": Command(_task_logs),
    "CreateTask": Command(_create),
    "UpdateTask": Command(_update),
    "DeleteTask": Command(_delete),
}
