from datetime import UTC, datetime
from typing import Any

import pytest

from wallboard.clock import ManualClock
from wallboard.simulator.entities import Direction, LegStatus, Presence
from wallboard.simulator.scenario import Vendor
from wallboard.simulator.world import World

from .worlds import DIALER, DIRECTORY, MONITOR, Desk, clock_of, make_patient_world, make_world, quiet, read

WINTER = datetime(2025, 1, 15, 10, 0, tzinfo=UTC).timestamp()
SUMMER = datetime(2025, 7, 15, 10, 0, tzinfo=UTC).timestamp()


def leg_of(said: dict[str, Any], call_id: str) -> dict[str, Any]:
    return next(call for row in said["EXTENSIONS"] for call in row["calls"] if call["ivrid"] == call_id)


@pytest.mark.parametrize(("start", "offset"), [(WINTER, 7_200), (SUMMER, 10_800)])
async def test_epochs_are_the_local_clock_written_as_utc(start: float, offset: int) -> None:
    world = World(quiet(), 1, clock := ManualClock(now=start))
    caller = world.routing.join(world.floor.queues[2], "0500000001", patience_seconds=1e6)
    desk = Desk(world)
    clock.jump(1)
    waiting = (await desk.voicenter("GetQueuesCallers"))["QUEUES"][0]["Callers"][0]
    assert waiting["JoinTime"] == int(start) + offset
    assert waiting["Duration"] == 1
    assert waiting["CallID"] == caller.id
    assert waiting["CallID"].startswith("20250115120000" if start == WINTER else "20250715130000")
    ringing = leg_of(await desk.voicenter("GetExtensionsCalls"), caller.id)
    assert (ringing["callStarted"], ringing["callAnswered"], ringing["answered"]) == (int(start) + offset, 0, 0)
    clock.jump(20)
    talking = leg_of(await desk.voicenter("GetExtensionsCalls"), caller.id)
    assert talking["callstatus"] in {"Talking", "Hold"}
    assert 0 < talking["callAnswered"] - talking["callStarted"] <= 12


async def test_the_clock_change_moves_the_epochs() -> None:
    before = datetime(2025, 3, 27, 23, 59, 50, tzinfo=UTC).timestamp()  # 01:59:50, ten seconds before summer time
    world = World(quiet(team=()), 1, clock := ManualClock(now=before))
    queue = world.floor.queues[2]
    world.routing.join(queue, "0500000001", patience_seconds=1e6)
    clock.jump(20)
    world.advance()
    world.routing.join(queue, "0500000002", patience_seconds=1e6)
    first, second = (await Desk(world).voicenter("GetQueuesCallers"))["QUEUES"][0]["Callers"]
    assert second["JoinTime"] - first["JoinTime"] == 20 + 3_600
    assert (first["Duration"], second["Duration"]) == (20, 0)


async def test_a_caller_rings_at_several_and_still_waits() -> None:
    world = World(quiet(), 1, clock := ManualClock())
    caller = world.routing.join(world.floor.queues[2], "0500000001", patience_seconds=1e6)
    desk = Desk(world)
    said = await desk.voicenter("GetExtensionsCalls")
    ringing = [call for row in said["EXTENSIONS"] for call in row["calls"]]
    assert [call["ivrid"] for call in ringing] == [caller.id] * 3
    assert {call["callstatus"] for call in ringing} == {"Ringing"}
    assert {call["queueID"] for call in ringing} == {700}
    assert {call["callername"] for call in ringing} == {"מרכז"}
    assert (await desk.voicenter("GetQueuesCallers"))["QUEUES"][0]["Callers"][0]["CallID"] == caller.id
    clock.jump(20)
    said = await desk.voicenter("GetExtensionsCalls")
    assert [call["ivrid"] for row in said["EXTENSIONS"] for call in row["calls"]] == [caller.id]
    assert (await desk.voicenter("GetQueuesCallers"))["QUEUES"][0]["Callers"] == []


async def test_the_shapes_of_live_calls() -> None:
    world = make_patient_world("busy")
    desk = Desk(world)
    dialed: set[type | None] = set()
    custom: set[bool] = set()
    directions: set[str] = set()
    muted: set[int] = set()
    most, names_a_person = 0, False
    for _ in range(700):
        clock_of(world).jump(17)
        for row in (await desk.voicenter("GetExtensionsCalls"))["EXTENSIONS"]:
            most = max(most, len(row["calls"]))
            assert (row["onlineUserID"] == 0) is (row["onlineUserStatus"] == 2)
            for call in row["calls"]:
                dialed.add(type(call["actualDialedNumber"]) if "actualDialedNumber" in call else None)
                custom.add(bool(call["customdata"]))
                directions.add(call["direction"])
                muted.add(call["recording"]["IsMuted"])
                names_a_person = names_a_person or not f"0{call['callerphone']}".isdigit()
                assert (call["callAnswered"] == 0) is (call["callstatus"] in {"Ringing", "Dialing"})
                assert len(call["ivrid"]) == 32
                if call["direction"] != "Incoming":
                    assert call["did"] == ""
                elif "queueID" in call:
                    assert call["did"].startswith("0790")
    assert dialed == {str, int, None}
    assert custom == {True, False}
    assert directions == {"Incoming", "Outgoing", "Click2Call"}
    assert muted == {0, 1}
    assert most >= 2
    assert names_a_person


async def test_the_answers_agree_with_the_truth() -> None:
    world = make_patient_world("storm")
    desk = Desk(world)
    for _ in range(4):
        clock_of(world).jump(61.5)
        queues = {str(queue["ID"]): queue for queue in (await desk.voicenter("GetQueuesCallers"))["QUEUES"]}
        rows = {row["username"]: row for row in (await desk.voicenter("GetExtensionsCalls"))["EXTENSIONS"]}
        for queue in world.floor.queues:
            if queue.vendor is Vendor.VOICENTER:
                said = {caller["CallID"]: caller for caller in queues[queue.key]["Callers"]}
                truth = {r.id: r for r in world.callers() if r.queue == queue.key and r.outcome == "waiting"}
                assert set(said) == set(truth)
                assert all(abs(said[key]["Duration"] - truth[key].wait_seconds) <= 1 for key in truth)
                assert queues[queue.key]["Weight"] == queue.plan.weight
        for agent in world.floor.at(Vendor.VOICENTER):
            row = rows[agent.id]
            assert row["representative"] == agent.name
            assert row["onlineUserStatus"] == agent.presence
            assert [call["callstatus"] for call in row["calls"]] == [leg.status for leg in agent.legs]


async def test_a_status_changes_in_the_row() -> None:
    """The rows are remembered as long as nothing happens to the agent, and no longer."""
    world = World(quiet(quirks={"throttle_seconds": 0}), 1, ManualClock())
    desk, agent = Desk(world), world.floor.at(Vendor.VOICENTER)[0]

    async def row() -> dict[str, Any]:
        answer = await desk.voicenter("GetExtensionsCalls", extension=agent.id)
        assert len(answer["EXTENSIONS"]) == 1
        found: dict[str, Any] = answer["EXTENSIONS"][0]
        return found

    assert (await row())["onlineUserStatus"] == 1
    world.routing.desk.set_presence(agent, Presence.LUNCH)
    assert (await row())["onlineUserStatus"] == 3
    leg = world.floor.leg(agent.vendor, "0500000001", Direction.OUTGOING, LegStatus.DIALING)
    world.routing.desk.put(agent, leg)
    assert (await row())["calls"][0]["callstatus"] == "Dialing"
    world.routing.desk.turn(agent, leg, LegStatus.TALKING)
    assert (await row())["calls"][0]["callstatus"] == "Talking"
    world.routing.desk.drop(agent, leg)
    assert (await row())["calls"] == []


async def test_who_asks_too_fast_gets_the_previous_answer() -> None:
    world = make_world("storm")
    desk, clock = Desk(world), clock_of(world)
    first = await desk.voicenter("GetQueuesCallers")
    for _ in range(4):
        clock.jump(1)
        assert await desk.voicenter("GetQueuesCallers") == first
    assert world.requests.too_fast == {"GetQueuesCallers": 4}
    await desk.voicenter("GetExtensionsCalls")  # another method is counted for itself
    clock.jump(1)
    assert await desk.voicenter("GetQueuesCallers") != first
    assert world.requests.too_fast.total() == 4


async def test_get_and_json_are_taken_and_a_form_is_not() -> None:
    world = make_patient_world()
    desk, code = Desk(world), {"code": world.access.code}
    for url in (MONITOR + "GetExtensionsCalls", MONITOR + "GetQueuesCallers", DIRECTORY + "GetExtensions"):
        by_get, by_json = await desk.http.get(url, params=code), await desk.http.post(url, json=code)
        assert by_get.content == by_json.content
        assert read(by_get)["ERR"] == 0
        assert read(await desk.http.post(url, data=code))["ERR"] == 1


@pytest.mark.parametrize("method", ["GetExtensionsCalls", "GetQueuesCallers", "GetExtensions"])
async def test_wrong_codes(method: str) -> None:
    desk = Desk(make_world())
    key = "QUEUES" if method == "GetQueuesCallers" else "EXTENSIONS"
    refusal = "Unauthorized" if method == "GetExtensions" else "Authorization failed"
    well_formed = await desk.voicenter(method, code="ABCDEF0123456789")
    assert well_formed == {"ERR": 0, "DESC": "OK", key: []}
    for malformed in ("", "short", "with blanks in it!", None, ["x"] * 9):
        assert await desk.voicenter(method, code=malformed) == {"ERR": 1, "DESC": refusal, key: []}
    path = (DIRECTORY if method == "GetExtensions" else MONITOR) + method
    answer = await desk.post(path, {"Code": desk.world.access.code})
    assert answer["ERR"] == 1  # code and Code are not the same


async def test_one_queue_one_extension_and_neither() -> None:
    world = make_patient_world()
    desk = Desk(world)
    assert [q["ID"] for q in (await desk.voicenter("GetQueuesCallers", queue="14521"))["QUEUES"]] == [14521]
    assert [q["ID"] for q in (await desk.voicenter("GetQueuesCallers", queue=14521))["QUEUES"]] == [14521]
    assert (await desk.voicenter("GetQueuesCallers", queue="1"))["ERR"] == 2
    assert (await desk.voicenter("GetExtensionsCalls", extension="nobody"))["ERR"] == 2


async def test_the_directory_joins_with_the_calls() -> None:
    world = make_world()
    desk = Desk(world)
    entries = (await desk.voicenter("GetExtensions"))["EXTENSIONS"]
    rows = (await desk.voicenter("GetExtensionsCalls"))["EXTENSIONS"]
    assert [entry["SIP"] for entry in entries] == [row["username"] for row in rows]
    assert {entry["AccountName"] for entry in entries} == {"צוות מכירות", "צוות שימור", "מוקד תפעול"}
    assert all(isinstance(entry["SpeedDial"], str) for entry in entries)
    users = [row["userID"] for row in rows]
    assert len(set(users)) < len(users)  # one user may have two extensions


async def test_campaigns_burn_stop_and_start() -> None:
    world = make_world()
    desk = Desk(world)

    async def campaigns() -> dict[str, dict[str, Any]]:
        said = await desk.post(DIALER + "GetCampaignList", {"Code": world.access.dialer_code})
        assert (said["ErrorCode"], said["Description"]) == (0, "OK")
        return {row["Name"]: row for row in said["Data"]}

    before = await campaigns()
    smart, agents, off = before["סקר שביעות רצון"], before["חידוש מנויים"], before["מבצע חגים"]
    assert smart["TotalAwaitingCalls"] == smart["TotalPendingCalls"]
    assert agents["TotalAwaitingCalls"] is None
    assert (smart["StatusName"], off["StatusName"]) == ("Enabled", "Disabled")
    ok = {"ErrorCode": 0, "Description": "OK"}
    assert await desk.post(DIALER + "StopCampaign", {"Campaign": smart["Code"]}) == ok
    assert read(await desk.http.get(DIALER + "StartCampaign", params={"campaign": off["Code"]})) == ok
    clock_of(world).jump(900)
    after = await campaigns()
    assert after["סקר שביעות רצון"]["StatusName"] == "Disabled"
    assert after["מבצע חגים"]["StatusName"] == "Enabled"
    assert after["מבצע חגים"]["TotalPendingCalls"] < off["TotalPendingCalls"]
    assert after["חידוש מנויים"]["TotalPendingCalls"] < agents["TotalPendingCalls"]
    # Targets that were being called when it stopped may still be put back.
    assert 0 <= after["סקר שביעות רצון"]["TotalPendingCalls"] - smart["TotalPendingCalls"] <= 3


async def test_starting_twice_dials_no_faster() -> None:
    one, two = make_world(seed=5), make_world(seed=5)
    for campaign in two.floor.campaigns:
        if campaign.is_running:
            two.set_running(campaign, is_running=True)
    for world in (one, two):
        clock_of(world).jump(1_800)
        world.advance()
    assert [campaign.pending for campaign in one.floor.campaigns] == [
        campaign.pending for campaign in two.floor.campaigns
    ]


@pytest.mark.parametrize("method", ["StopCampaign", "StartCampaign", "GetCampaignList"])
async def test_the_dialer_refuses_wrong_codes(method: str) -> None:
    world = make_world()
    before = [campaign.is_running for campaign in world.floor.campaigns]
    for parameters in ({}, {"Campaign": "nothing"}, {"Code": world.access.code}):
        assert (await Desk(world).post(DIALER + method, parameters))["ErrorCode"] == 1
    assert [campaign.is_running for campaign in world.floor.campaigns] == before


async def test_a_method_that_is_not_there_says_which_are() -> None:
    desk = Desk(make_world())
    wrong = (MONITOR + "GetWeather", MONITOR + "GetExtensions", DIRECTORY + "GetExtensionsCalls", DIALER + "AddCal")
    for path in wrong:
        answer = await desk.http.post(path, json={})
        assert answer.status_code == 404
        assert "Get" in answer.text.partition("there are")[2]


async def test_a_company_without_voicenter_is_empty_and_well() -> None:
    queue = {"vendor": "yemot", "name": "ראשי", "path": "/1", "calls_per_hour": 0}
    desk = Desk(World(quiet(queue=[queue], team=()), 1, ManualClock()))
    assert await desk.voicenter("GetQueuesCallers") == {"ERR": 0, "DESC": "OK", "QUEUES": []}
    assert await desk.voicenter("GetExtensionsCalls") == {"ERR": 0, "DESC": "OK", "EXTENSIONS": []}
