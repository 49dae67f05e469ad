"""Scheduled tasks: they run on the timeline and log what came of it."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from wallboard.simulator.floor import ZONE, Floor
from wallboard.simulator.system.files import Files
from wallboard.simulator.system.lists import Lists
from wallboard.simulator.system.schedule import RunTimes
from wallboard.simulator.system.sending import RingRequest, Sending
from wallboard.simulator.system.units import RefusedError
from wallboard.simulator.timeline import Appointment

MOST_ACTIVE = 10

_RUNS_KEPT = 200
_FRIDAY, _SATURDAY = 4, 5
_REST_BEGINS, _REST_ENDS = 16, 20  # hours


class TaskType(StrEnum):
    """What a task can do."""

    SEND_SMS = "SendSMS"
    RUN_TZINTUK = "RunTzintuk"
    MOVE_ON_FILE = "MoveOnFile"


@dataclass(frozen=True, slots=True)
class Run:
    """One run; `error` is "" where it went well."""

    id: int
    moment: float
    error: str


@dataclass(slots=True)
class Plan:
    """What of a task may be changed later."""

    description: str
    times: RunTimes
    is_active: bool
    mails_in_end: bool = False
    mails_in_error: bool = False


@dataclass(slots=True)
class Task:
    """One task. `action` is what it does, by the vendor's names; moments are the timeline's."""

    id: int
    type: TaskType
    action: Mapping[str, Any]
    plan: Plan
    created_at: float
    updated_at: float
    rests_on_sabbath: bool = False
    next_at: float | None = None
    last_at: float | None = None
    runs: deque[Run] = field(default_factory=lambda: deque(maxlen=_RUNS_KEPT))
    next: Appointment | None = field(default=None, repr=False)


class Tasks:
    """The system's tasks by their ids."""

    def __init__(self, floor: Floor, lists: Lists, files: Files, sending: Sending) -> None:
        self._floor = floor
        self._lists = lists
        self._files = files
        self._sending = sending
        self._last_id = 0
        self._last_run_id = 0
        self.by_id: dict[int, Task] = {}

    def task(self, task_id: int | None) -> Task:
        """A task.

        Raises:
            RefusedError: there is none of that id.
        """
        if task_id is None or task_id not in self.by_id:
            raise RefusedError("Task Id does Not found in customer")
        return self.by_id[task_id]

    def create(self, kind: TaskType, action: Mapping[str, Any], plan: Plan, *, rests_on_sabbath: bool) -> Task:
        """A further task.

        Raises:
            RefusedError: it would be one active task too many.
        """
        self._require_room(plan, None)
        self._last_id += 1
        now = self._floor.now
        task = Task(self._last_id, kind, action, plan, now, now, rests_on_sabbath)
        self.by_id[task.id] = task
        self._plan_next(task)
        return task

    def update(self, task_id: int | None, plan: Plan) -> None:
        """Set a task anew.

        Raises:
            RefusedError: there is none of that id, or it would be one active task too many.
        """
        task = self.task(task_id)
        self._require_room(plan, task)
        task.plan, task.updated_at = plan, self._floor.now
        self._plan_next(task)

    def delete(self, task_id: int | None) -> int:
        """Delete a task; gives how many there were."""
        task = self.by_id.pop(task_id, None) if task_id is not None else None
        if task is None:
            return 0
        if task.next is not None:
            task.next.cancel()
        return 1

    def _require_room(self, plan: Plan, task: Task | None) -> None:
        others = sum(other.plan.is_active for other in self.by_id.values() if other is not task)
        if plan.is_active and others >= MOST_ACTIVE:
            raise RefusedError(f"לא ניתן להגדיר יותר מ-{MOST_ACTIVE} משימות פעילות")

    def _plan_next(self, task: Task) -> None:
        if task.next is not None:
            task.next.cancel()
        task.next = task.next_at = None
        moment = task.plan.times.next_after(self._local_now) if task.plan.is_active else None
        if moment is None:
            return
        task.next_at = moment.replace(tzinfo=ZONE).timestamp() - self._floor.started_at
        task.next = self._floor.timeline.after(task.next_at - self._floor.now, lambda: self._run(task))

    @property
    def _local_now(self) -> datetime:
        return self._floor.local(self._floor.now)

    def _run(self, task: Task) -> None:
        self._last_run_id += 1
        error = ""
        try:
            self._act(task)
        except RefusedError as refused:
            error = refused.message
        task.last_at = self._floor.now
        task.runs.append(Run(self._last_run_id, self._floor.now, error))
        self._plan_next(task)

    def _act(self, task: Task) -> None:
        if task.rests_on_sabbath and _is_sabbath(self._local_now):
            raise RefusedError("isKodesh is true", 104)
        action, who = task.action, f"Task {task.id}"
        caller_id = str(action.get("callerId", ""))
        match task.type:
            case TaskType.SEND_SMS:
                phones = self._lists.numbers_of(str(action["smsList"]))
                self._sending.text(caller_id, str(action["smsMessage"]), phones, who)
            case TaskType.RUN_TZINTUK if action["typeList"] == "tzl":
                self._sending.ring(RingRequest((), (str(action["toList"]),)), who)
            case TaskType.RUN_TZINTUK:
                phones = self._lists.numbers_of(str(action["toList"]))
                self._sending.ring(RingRequest([(phone, caller_id) for phone in phones]), who)
            case TaskType.MOVE_ON_FILE:
                minutes = int(action.get("blockMoveIfNewFileInMinutes", 0))
                self._files.move_one(str(action["folder"]), str(action["target"]), str(action["moveFileType"]), minutes)


def _is_sabbath(local: datetime) -> bool:
    """From Friday afternoon to Saturday evening; of holidays nothing is known here."""
    if local.weekday() == _FRIDAY:
        return local.hour >= _REST_BEGINS
    return local.weekday() == _SATURDAY and local.hour < _REST_ENDS
