"""Scheduled tasks: they run when they should, do what they say, and log what came of it."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from wallboard.clock import ManualClock
from wallboard.simulator.floor import ZONE
from wallboard.simulator.system.schedule import WEEK, RunTimes, week_of
from wallboard.simulator.world import World

from .worlds import Desk, quiet

SUNDAY = datetime(2025, 6, 15, 18, 6, 40, tzinfo=ZONE)  # a ManualClock's first moment
FLAGS = {"active": 1, "checkIsKodesh": 0, "mailInEnd": 0, "mailInError": 0, "ifAnyDay": 1}
SMS = {"taskType": "SendSMS", "smsList": "17", "smsMessage": "שלום"}


class TaskDesk(Desk):
    """A quiet system without tasks, whose units fall by nothing but what is asked of it."""

    def __init__(self, start: datetime = SUNDAY, units: float = 100) -> None:
        self.clock = ManualClock(now=start.timestamp())
        super().__init__(World(quiet(account={"units": units, "units_per_hour": 0}), 1, self.clock))
        for task_id in list(self.world.system.tasks.by_id):
            self.world.system.tasks.delete(task_id)

    async def create(self, **values: Any) -> int:
        said = await self.yemot("CreateTask", **{"description": "בדיקה", **FLAGS, **SMS, **values})
        assert said["id"] == said["jobId"], said
        return int(said["jobId"])

    async def data(self, task_id: int) -> dict[str, Any]:
        return await self.yemot("GetTasksData", TaskId=task_id)

    async def runs(self, task_id: int) -> list[tuple[str, int, str]]:
        logs = (await self.yemot("GetTasksLogs", TaskId=task_id))["logs"]
        return [(log["ts"], log["succeeded"], log["error_message"]) for log in reversed(logs)]

    async def units(self) -> float:
        return float((await self.yemot("GetCustomerData"))["units"])


@pytest.mark.parametrize(
    ("times", "next_run"),
    [
        (RunTimes(minute=0, hour=20), "2025-06-15 20:00"),
        (RunTimes(minute=0, hour=18), "2025-06-16 18:00"),
        (RunTimes(minute=6, hour=18), "2025-06-16 18:06"),  # this minute has begun
        (RunTimes(minute=7), "2025-06-15 18:07"),
        (RunTimes(minute=0), "2025-06-15 19:00"),
        (RunTimes(hour=19), "2025-06-15 19:00"),
        (RunTimes(minute=30, hour=8, days=(5,)), "2025-06-20 08:30"),
        (RunTimes(minute=30, hour=8, days=(0,)), "2025-06-22 08:30"),
        (RunTimes(minute=0, hour=0, day=31), "2025-07-31 00:00"),
        (RunTimes(minute=0, hour=0, day=29, month=2), "2028-02-29 00:00"),
        (RunTimes(minute=0, hour=0, day=1, month=1, year=2027), "2027-01-01 00:00"),
        (RunTimes(minute=0, hour=0, year=2024), None),
        (RunTimes(minute=0, hour=0, day=30, month=2), None),
        (RunTimes(minute=0, hour=20, days=()), None),
        (RunTimes(), None),
    ],
)
def test_when_a_task_runs_next(times: RunTimes, next_run: str | None) -> None:
    moment = times.next_after(SUNDAY)
    assert (f"{moment:%Y-%m-%d %H:%M}" if moment else None) == next_run


@pytest.mark.parametrize(
    ("days", "week"),
    [
        ('{"0":1,"1":0,"2":1,"3":1,"4":0,"5":0,"6":0}', (0, 2, 3)),
        ('{"6":"1"}', (6,)),
        ('{"0":0}', ()),
        ("", WEEK),
        ("every day", WEEK),
        ('{"7":1}', WEEK),
        (None, WEEK),
    ],
)
def test_what_is_not_understood_is_every_day(days: str | None, week: tuple[int, ...]) -> None:
    assert week_of(days) == week


async def test_a_task_sends_its_message_costs_units_and_logs_it() -> None:
    desk = TaskDesk()
    task = await desk.create(minute=30, hour=8, days='{"1":1,"2":1}', ifAnyDay=0)
    data = await desk.data(task)
    assert (data["nextRun"], data["lastRun"], data["days_of_week"]) == ("2025-06-16 08:30:00", "", "1,2")
    assert (data["minute"], data["hour"], data["day"], data["month"], data["year"]) == (30, 8, None, None, None)
    assert (data["type"], data["active"], data["status"]) == ("SendSMS", 1, "WAITING")
    assert data["action_data"] == {"smsList": "17", "smsMessage": "שלום", "callerId": ""}
    desk.clock.jump(5 * 86_400)
    assert await desk.runs(task) == [("2025-06-16 08:30:00", 1, ""), ("2025-06-17 08:30:00", 1, "")]
    assert await desk.units() == pytest.approx(100 - 2 * 0.8)
    rows = (await desk.yemot("GetCustomerSmsTransactions"))["rows"]
    assert [row["who"] for row in rows[:2]] == [f"Task {task}"] * 2
    data = await desk.data(task)
    assert (data["nextRun"], data["lastRun"]) == ("2025-06-23 08:30:00", "2025-06-17 08:30:00")


async def test_a_task_rings_a_list() -> None:
    desk = TaskDesk()
    free = await desk.create(taskType="RunTzintuk", toList="100", typeList="tzl", minute=0)
    paid = await desk.create(taskType="RunTzintuk", toList="18", typeList="tpl", minute=0, hour=19)
    desk.clock.jump(2 * 3_600)
    assert [len(await desk.runs(task)) for task in (free, paid)] == [2, 1]
    assert await desk.units() == pytest.approx(100 - 0.3)
    logged = await desk.yemot("TzintukimListManagement", action="getLogList", TzintukimList="100")
    assert [event["TypeOperation"] for event in logged["events"][:3]] == [
        "RunTzintuk",
        "RunTzintuk",
        "AddToListTzintuk",
    ]


async def test_a_task_moves_a_file_unless_a_new_one_is_there() -> None:
    desk = TaskDesk()
    values = {"taskType": "MoveOnFile", "folder": "9", "target": "/9/1", "moveFileType": "minFile", "minute": 0}
    guarded = await desk.create(**{**values, "minute": 30, "blockMoveIfNewFileInMinutes": 600})

    async def count(path: str) -> int:
        return int((await desk.yemot("GetIVR2DirStats", path=path))["contentFilesCount"])

    desk.clock.jump(2 * 3_600)
    assert [await count(path) for path in ("9", "9/1")] == [5, 1]
    assert [run[1:] for run in await desk.runs(guarded)] == [(1, ""), (0, "Target has a new file")]
    task = await desk.create(**values)
    desk.clock.jump(8 * 3_600)
    assert [await count(path) for path in ("9", "9/1")] == [0, 6]
    assert (await desk.runs(task))[-1][1:] == (0, "File does Not found")
    assert await desk.units() == 100


async def test_what_goes_wrong_is_logged_with_its_reason() -> None:
    desk = TaskDesk(units=1)
    unknown = await desk.create(smsList="99", minute=0)
    poor = await desk.create(minute=0)
    desk.clock.jump(2 * 3_600)
    assert [run[1:] for run in await desk.runs(unknown)] == [(0, "Campaign Id does Not found in customer")] * 2
    assert [run[1] for run in await desk.runs(poor)] == [1, 0]
    assert await desk.units() == pytest.approx(0.2)


async def test_on_the_sabbath_a_task_rests_if_it_should() -> None:
    desk = TaskDesk(datetime(2025, 6, 20, 12, 30, tzinfo=ZONE))  # a Friday
    resting = await desk.create(minute=0, checkIsKodesh=1, smsMessage="ש")
    working = await desk.create(minute=0, typeList="tzl", taskType="RunTzintuk", toList="100")
    desk.clock.jump(35 * 3_600)
    runs = await desk.runs(resting)
    assert len(runs) == len(await desk.runs(working)) == 35
    rested = [ts for ts, succeeded, error in runs if error == "isKodesh is true"]
    assert (rested[0], rested[-1]) == ("2025-06-20 16:00:00", "2025-06-21 19:00:00")
    assert sum(succeeded for _, succeeded, _ in runs) == 35 - len(rested)


async def test_a_task_keeps_to_the_wall_clock_when_it_changes() -> None:
    desk = TaskDesk(datetime(2025, 3, 27, 20, 0, tzinfo=ZONE))  # summer time begins in the night
    task = await desk.create(minute=0, hour=9)
    desk.clock.jump(2 * 86_400)
    assert [ts for ts, *_ in await desk.runs(task)] == ["2025-03-28 09:00:00", "2025-03-29 09:00:00"]
    assert datetime(2025, 3, 28, 9, tzinfo=ZONE).astimezone(UTC).hour == 6


async def test_ten_active_tasks_are_the_most() -> None:
    desk = TaskDesk()
    ids = [await desk.create(minute=0) for _ in range(10)]
    full = await desk.yemot("CreateTask", description="", **FLAGS, **SMS, minute=0)
    assert full["responseStatus"] == "ERROR"
    sleeping = await desk.create(active=0, minute=0)
    change = {"description": "", **FLAGS, "minute": 0}
    assert (await desk.yemot("UpdateTask", TaskId=sleeping, **change))["responseStatus"] == "ERROR"
    assert await desk.yemot("DeleteTask", TaskId=ids[0]) == {"status": 1}
    assert await desk.yemot("DeleteTask", TaskId=ids[0]) == {"status": 0}
    assert await desk.yemot("UpdateTask", TaskId=sleeping, **change) == {"status": True}
    assert (await desk.data(sleeping))["active"] == 1
    listed = (await desk.yemot("GetTasks"))["tasks"]
    assert [row["id"] for row in listed] == [*ids[1:], sleeping]
    assert len((await desk.yemot("GetTasks", limit="3"))["tasks"]) == 3


async def test_an_update_forgets_what_it_does_not_say() -> None:
    desk = TaskDesk()
    task = await desk.create(minute=30, hour=8, day=1, days=json.dumps({"0": 1}), ifAnyDay=0)
    await desk.yemot("UpdateTask", TaskId=task, description="אחרת", **{**FLAGS, "mailInError": 1}, minute=5)
    data = await desk.data(task)
    assert (data["description"], data["minute"], data["hour"], data["day"]) == ("אחרת", 5, None, None)
    assert (data["days_of_week"], data["sendMailInError"], data["nextRun"]) == (
        "0,1,2,3,4,5,6",
        1,
        "2025-06-15 19:05:00",
    )
    await desk.yemot("UpdateTask", TaskId=task, description="", **{**FLAGS, "active": 0}, minute=5)
    assert (await desk.data(task))["nextRun"] == ""
    desk.clock.jump(2 * 3_600)
    assert await desk.runs(task) == []


async def test_a_deleted_task_does_not_run() -> None:
    desk = TaskDesk()
    await desk.yemot("DeleteTask", TaskId=await desk.create(minute=10))
    desk.clock.jump(3_600)
    assert await desk.units() == 100


@pytest.mark.parametrize(
    "wrong",
    [
        {"taskType": "Dance"},
        {"taskType": ""},
        {"smsList": ""},
        {"minute": 60},
        {"hour": "late"},
        {"taskType": "RunTzintuk", "toList": "100", "typeList": "abc"},
        {"taskType": "MoveOnFile", "folder": "9", "target": "1", "moveFileType": "newest"},
    ],
)
async def test_a_task_that_makes_no_sense_is_refused(wrong: dict[str, Any]) -> None:
    desk = TaskDesk()
    said = await desk.yemot("CreateTask", **{"description": "", **FLAGS, **SMS, **wrong})
    assert said["responseStatus"] == "ERROR"
    assert (await desk.yemot("GetTasks"))["tasks"] == []
    for command in ("GetTasksData", "GetTasksLogs", "UpdateTask"):
        assert (await desk.yemot(command, TaskId=77, **FLAGS))["responseStatus"] == "ERROR"
