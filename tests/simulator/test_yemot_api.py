import re
from typing import Any

import pytest

from wallboard.clock import ManualClock
from wallboard.simulator.entities import LegStatus, Outcome, Presence
from wallboard.simulator.scenario import Quirks, Vendor
from wallboard.simulator.world import World
from wallboard.simulator.yemot import hebrew_duration

from .worlds import YEMOT, Desk, clock_of, longest_queue, make_world, quiet, read

FORBIDDEN = {"responseStatus": "FORBIDDEN", "message": "user name or password do not match", "yemotAPIVersion": 6}


async def test_numbers_come_as_the_vendor_writes_them() -> None:
    world = make_world("busy")
    desk = Desk(world)
    seen_last_call, seen_never = False, False
    for queue in world.floor.queues:
        if queue.vendor is Vendor.VOICENTER:
            continue
        said = await desk.queue(queue.key)
        assert said["responseStatus"] == "OK"
        assert isinstance(said["yAfastVersion"], str)
        assert list(said["queueData"]) == ["Abandoned", "Calls", "Completed", "TalkTime", "Holdtime", "Max", "Strategy"]
        assert all(isinstance(value, int) for key, value in said["queueData"].items() if key != "Strategy")
        for member in said["members"]:
            assert member["Status"] in {"1", "2", "5", "6", "8"}
            assert type(member["Paused"]) is bool
            assert type(member["CallsTaken"]) is int
            assert member["Penalty"] in {"0", "1"}
            if member["LastCall"] is None:
                seen_never = True
                assert (member["LastCallUnitTime"], member["LastCallAgo"]) == ("0", None)
            else:
                seen_last_call = True
                assert re.fullmatch(r"\d{1,2}/\d{1,2}/\d{4}, \d{1,2}:\d{2}:\d{2} [AP]M", member["LastCall"])
                assert 0 <= world.wall() - int(member["LastCallUnitTime"]) < 3_600
        assert [entry["Position"] for entry in said["entries"]] == [str(n + 1) for n in range(len(said["entries"]))]
        assert all(re.fullmatch(r"[0-9a-f]{32}", entry["CallId"]) for entry in said["entries"])
    assert seen_last_call
    assert seen_never


async def test_the_last_call_is_told_in_israels_time() -> None:
    world = World(quiet(), 1, clock := ManualClock(now=1_751_360_400.0))  # 2025-07-01 12:00 in Jerusalem
    world.routing.join(world.floor.queues[0], "0500000001", patience_seconds=1e6)
    clock.jump(3_600)
    member = next(m for m in (await Desk(world).queue("/1"))["members"] if m["LastCall"])
    assert re.fullmatch(r"7/1/2025, 12:\d\d:\d\d PM", member["LastCall"])
    assert member["CallsTaken"] == 1


async def test_the_answer_agrees_with_the_truth() -> None:
    world = make_world("storm")
    desk = Desk(world)
    for _ in range(3):
        clock_of(world).jump(61.5)
        counts, records = world.counts(), world.callers()
        for queue in world.floor.queues:
            if queue.vendor is Vendor.VOICENTER:
                continue
            said = await desk.queue(queue.key)
            waiting = {r.id: r for r in records if r.queue == queue.key and r.outcome is Outcome.WAITING}
            assert said["queueData"]["Calls"] == len(said["entries"]) == counts[queue.key].waiting
            assert said["queueData"]["Abandoned"] == counts[queue.key].abandoned
            assert said["queueData"]["Completed"] <= counts[queue.key].answered
            assert {entry["CallId"] for entry in said["entries"]} == set(waiting)
            for entry in said["entries"]:
                assert abs(int(entry["Wait"]) - waiting[entry["CallId"]].wait_seconds) <= 1
                assert entry["phone"] == waiting[entry["CallId"]].phone


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 שניות"), (1, "שנייה"), (273, "4 דקות, 33 שניות"), (60, "דקה"), (7_325, "2 שעות, 2 דקות, 5 שניות")],
)
def test_durations_are_told_in_hebrew(seconds: int, words: str) -> None:
    assert hebrew_duration(seconds) == words


async def test_the_states_of_a_device() -> None:
    world = World(quiet(), 1, clock := ManualClock())
    queue = world.floor.queues[0]
    sip = next(agent for agent in world.floor.at(Vendor.YEMOT) if agent.has_sip)
    for membership in queue.members:
        world.set_paused(membership, membership.agent is not sip)
    desk = Desk(world)

    async def status() -> str:
        members = (await desk.queue("/1"))["members"]
        return next(str(member["Status"]) for member in members if member["agent"] == sip.id)

    assert await status() == "1"
    world.routing.join(queue, "0500000001", patience_seconds=1e6)
    assert await status() == "6"
    assert (await desk.queue("/1"))["queueData"]["Calls"] == 1  # he waits until somebody answers
    clock.jump(12)
    assert await status() == "2"
    assert (await desk.queue("/1"))["entries"] == []
    world.routing.desk.turn(sip, sip.legs[0], LegStatus.HOLD)
    assert await status() == "8"
    clock.jump(5_000)
    world.advance()
    world.routing.desk.set_presence(sip, Presence.LOGGED_OUT)
    assert await status() == "5"


async def test_an_outside_telephone_shows_only_its_own_queues_calls() -> None:
    team = {"vendor": "yemot", "name": "צוות", "agents": 3, "queues": ["ראשי", "שני"]}
    world = World(quiet(team=[team]), 1, clock := ManualClock())
    for _ in range(3):
        world.routing.join(world.floor.queues[0], "0500000001", patience_seconds=1e6)
    clock.jump(12)
    desk = Desk(world)
    states = [[member["Status"] for member in (await desk.queue(path))["members"]] for path in ("/1", "/2")]
    assert [agent.has_sip for agent in world.floor.agents] == [True, True, False]
    assert states == [["2", "2", "2"], ["2", "2", "1"]]


@pytest.mark.parametrize("as_object", [False, True])
async def test_empty_lists(*, as_object: bool) -> None:
    world = World(quiet(team=(), quirks=Quirks(empty_as_object=as_object)), 1, ManualClock())
    said = await Desk(world).queue("/1")
    empty: Any = {} if as_object else []
    assert said["members"] == empty
    assert said["entries"] == empty


async def test_every_transport_is_taken() -> None:
    world = make_world()
    http, token = Desk(world).http, world.access.token
    url, queue = YEMOT + "GetQueueRealTime", {"queuePath": "/1"}
    header = {"authorization": token}
    answers = [
        await http.get(url, params={**queue, "token": token}),
        await http.get(url, params=queue, headers=header),
        await http.post(url, data={**queue, "token": token}),
        await http.post(url, data=queue, headers=header),
        await http.post(url, json={**queue, "token": token}),
        await http.post(url, json=queue, headers=header),
    ]
    assert len({answer.content for answer in answers}) == 1
    assert read(answers[0])["responseStatus"] == "OK"


@pytest.mark.parametrize("token", ["", "wrong", "Bearer {}", "{}x", "\ud800"])
async def test_a_wrong_token_is_forbidden_under_http_200(token: str) -> None:
    world = make_world()
    desk = Desk(world)
    given = token.format(world.access.token)
    body = b'{"queuePath":"/1","token":"%s"}' % given.encode(errors="backslashreplace")
    json = {"content-type": "application/json"}
    assert read(await desk.http.post(YEMOT + "GetQueueRealTime", content=body, headers=json)) == FORBIDDEN
    if given.isascii():
        answer = await desk.http.post(YEMOT + "GetQueueRealTime", json={}, headers={"authorization": given})
        assert read(answer) == FORBIDDEN


async def test_an_expired_session_and_a_refused_address() -> None:
    world = make_world()
    desk = Desk(world)
    world.access.is_session_expired = True
    said = await desk.queue("/1")
    assert said["responseStatus"] == "EXCEPTION"
    assert said["message"] == "IllegalStateException(session token is invalid)"
    world.access.is_address_refused = True
    assert (await desk.http.get(YEMOT + "GetQueueRealTime")).status_code == 403


@pytest.mark.parametrize("path", [None, "", "/99", "/14520", "\ud800"])
async def test_a_wrong_path_is_an_error_in_hebrew(path: str | None) -> None:
    said = await Desk(make_world()).yemot("GetQueueRealTime", queuePath=path)
    assert said["responseStatus"] == "ERROR"
    assert re.search(r"[א-ת]", said["message"])


@pytest.mark.parametrize("path", ["/2/5", "2/5", "/2/5/"])
async def test_a_path_may_be_written_in_some_ways(path: str) -> None:
    assert (await Desk(make_world()).queue(path))["responseStatus"] == "OK"


async def test_units_fall_slowly() -> None:
    world = make_world()
    desk = Desk(world)
    before = await desk.yemot("GetCustomerData")
    clock_of(world).jump(3_600)
    after = await desk.yemot("GetCustomerData")
    assert isinstance(before["units"], str)
    assert float(before["units"]) - float(after["units"]) == pytest.approx(36)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", after["unitsExpireDate"])
    assert after["expiredUnits"] is False


async def test_a_command_that_is_not_there_says_which_are() -> None:
    said = await Desk(make_world()).yemot("RunTzintukim")
    assert said["responseStatus"] == "ERROR"
    assert "GetQueueRealTime" in said["message"]


async def test_kick_answers_for_each_call() -> None:
    world = make_world("storm")
    queue = longest_queue(world, "yemot")
    first, second, *_ = list(queue.waiting)
    desk = Desk(world)
    gone = "0" * 32
    said = await desk.yemot("QueueManagement", queuePath=queue.key, action="kick", callIds=[first, gone, first])
    assert said["responseStatus"] == "OK"
    assert said["status"] == {first: "OK", gone: "Call not found"}
    outcomes = {record.id: record for record in world.callers()}
    assert outcomes[first].outcome is Outcome.KICKED
    assert outcomes[second].outcome is Outcome.WAITING
    assert first not in {entry["CallId"] for entry in (await desk.queue(queue.key))["entries"]}


async def test_kick_sends_on() -> None:
    world = make_world("storm")
    queue = longest_queue(world, "yemot")
    call_id = next(iter(queue.waiting))
    said = await Desk(world).yemot(
        "QueueManagement", queuePath=queue.key, action="kick", callIds=[call_id], moreData="GOTO:/9"
    )
    assert said["status"] == {call_id: "OK"}
    assert next(record.sent_to for record in world.callers() if record.id == call_id) == "/9"


async def test_pause_and_unpause_can_be_repeated() -> None:
    world = World(quiet(), 1, ManualClock())
    desk = Desk(world)
    agent = world.floor.queues[0].members[0].agent.id
    for action in ("pause", "pause", "unpause", "unpause"):
        said = await desk.yemot("QueueManagement", queuePath="/1", action=action, agent=agent)
        assert said["responseStatus"] == "OK"
        members = {member["agent"]: member["Paused"] for member in (await desk.queue("/1"))["members"]}
        assert members[agent] is (action == "pause")
        assert sum(members.values()) == (action == "pause")


@pytest.mark.parametrize(
    "wrong",
    [
        {"action": "kick"},
        {"action": "kick", "callIds": "abc"},
        {"action": "kick", "callIds": ["a"], "moreData": "/1"},
        {"action": "pause"},
        {"action": "pause", "agent": "nobody"},
        {"action": "dance"},
        {"action": "kick", "callIds": ["a"], "queuePath": "/99"},
    ],
)
async def test_queue_management_refuses_nonsense(wrong: dict[str, Any]) -> None:
    world = World(quiet(), 1, ManualClock())
    said = await Desk(world).yemot("QueueManagement", **{"queuePath": "/1", **wrong})
    assert said["responseStatus"] == "ERROR"
    assert said["message"]


async def test_queue_management_takes_json_only() -> None:
    world = World(quiet(), 1, ManualClock())
    desk, agent = Desk(world), world.floor.queues[0].members[0].agent.id
    parameters = {"queuePath": "/1", "action": "pause", "agent": agent, "token": world.access.token}
    url = YEMOT + "QueueManagement"
    for answer in (await desk.http.get(url, params=parameters), await desk.http.post(url, data=parameters)):
        assert read(answer)["responseStatus"] == "ERROR"
    assert not world.floor.queues[0].members[0].is_paused
