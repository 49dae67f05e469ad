"""The dialer's methods: what they change, and what they refuse."""

from datetime import UTC, datetime
from typing import Any

import pytest

from wallboard.clock import ManualClock
from wallboard.simulator.entities import Campaign
from wallboard.simulator.scenario import FaultKind, FaultPlan
from wallboard.simulator.voicenter.campaigns import SMART_DIALER_METHOD
from wallboard.simulator.voicenter.targets import MOST_ROWS, MOST_ROWS_TOLD
from wallboard.simulator.world import World

from .worlds import DIALER, Desk, quiet, read

OK = {"ErrorCode": 0, "Description": "OK"}
INVALID = {"ErrorCode": 1, "Description": "Invalid campaign code"}
MISSING = {"ErrorCode": 1, "Description": "Campaign code missing"}
INTERNAL = "Internal error occurred"
PHONE, SHOWN = "0500000001", "972500000001"
START = datetime(2025, 1, 15, 10, 0, tzinfo=UTC).timestamp()


class Dialer(Desk):
    """A world with an agent dialer and a smart one, both empty and stopped."""

    def __init__(self, *faults: FaultPlan) -> None:
        plans = [
            {"name": "חידוש", "targets": 0, "calls_per_minute": 60, "team": "צוות ב", "is_running": False},
            {"name": "סקר", "targets": 0, "calls_per_minute": 6, "queue": "מרכז", "is_running": False},
        ]
        self.clock = ManualClock(now=START)
        super().__init__(World(quiet(campaign=plans, fault=faults), 1, self.clock))
        self.agents, self.smart = self.world.floor.campaigns

    async def dial(self, method: str, campaign: Campaign | None = None, **values: Any) -> dict[str, Any]:
        code = (campaign or self.smart).code
        return await self.post(DIALER + method, {"Campaign": code, **values})

    async def bulk(self, rows: list[Any]) -> dict[str, Any]:
        return read(await self.http.post(DIALER + "AddCallsBulk", json=rows))

    async def pending(self, campaign: Campaign | None = None) -> list[dict[str, Any]]:
        said = await self.dial("GetCampaignPendingCalls", campaign)
        calls: list[dict[str, Any]] = said["Data"]["Calls"]
        return calls


async def test_a_target_is_pending_as_it_was_added() -> None:
    desk = Dialer()
    custom = {"var_LeadID": 1234567, "var_שם": "ג'ורג' \"ה\u05f3\"\n\u200fשורה"}
    details: dict[str, Any] = {
        "CustomerName": 'דנה \u200fלוי\n"',
        "CallerID": "0790000100",
        "Priority": 42,
        "CustomData": custom,
    }
    assert await desk.dial("AddCall", Target=PHONE, **details, IgnoreDncStatus="true") == OK
    desk.clock.jump(0.25)
    assert await desk.dial("AddCall", Target="+44 20 7000 0000") == OK
    second, first = await desk.pending()
    assert first == {
        "CampaignID": desk.smart.id,
        "CallID": "1",
        "Phone": SHOWN,
        "CallStatus": {"Status": 1, "Description": "Tosend"},
        "CallInserted": "2025-01-15T10:00:00.000Z",
        "CallerID": "0790000100",
        "CallerName": "",
        "CustomerName": 'דנה \u200fלוי\n"',
        "Priorety": 42,
        "LastCallDate": None,
        "CustomData": custom,
    }
    assert (second["CallID"], second["Phone"], second["CallInserted"]) == (
        "2",
        "442070000000",
        "2025-01-15T10:00:00.250Z",
    )
    assert (second["Priorety"], second["CustomData"]) == (1, None)


async def test_the_documented_get_works_in_any_case() -> None:
    desk = Dialer()
    asked = {
        "campaign": desk.smart.code,
        "TARGET": PHONE,
        "customername": "John Doe",
        "priority": "42",
        "var_leadID": "7",
    }
    assert read(await desk.http.get(DIALER + "AddCall", params=asked)) == OK
    (row,) = await desk.pending()
    assert (row["CustomerName"], row["Priorety"], row["CustomData"]) == ("John Doe", 42, {"var_leadID": "7"})
    assert read(await desk.http.get(DIALER + "UpdateCall", params={**asked, "priority": "3"})) == OK
    assert [row["Priorety"] for row in await desk.pending()] == [3]
    assert read(await desk.http.get(DIALER + "RemoveCall", params=asked)) == OK
    assert await desk.pending() == []


async def test_a_number_may_stand_in_it_twice_and_goes_wholly() -> None:
    desk = Dialer()
    for number in (PHONE, "0500000002", "972-50-0000001"):
        assert await desk.dial("AddCall", Target=number) == OK
    assert [row["Phone"] for row in await desk.pending()] == [SHOWN, "972500000002", SHOWN]
    assert await desk.dial("RemoveCall", Target=PHONE) == OK
    assert [row["Phone"] for row in await desk.pending()] == ["972500000002"]
    assert await desk.dial("RemoveCall", Target=PHONE) == OK  # absent, and OK all the same
    assert await desk.dial("ClearCampaignCalls") == OK
    assert await desk.pending() == []


async def test_an_update_changes_what_it_says_or_adds() -> None:
    desk = Dialer()
    await desk.dial("AddCall", Target=PHONE, CustomerName="דנה", Priority=5, CustomData={"a": "1"})
    assert await desk.dial("UpdateCall", Target="+972500000001", Priority=9) == OK
    (row,) = await desk.pending()
    assert (row["CallID"], row["Priorety"], row["CustomerName"], row["CustomData"]) == ("1", 9, "דנה", {"a": "1"})
    assert await desk.dial("UpdateCall", Target="0500000002", CustomData={"b": 2}) == OK
    assert [row["Phone"] for row in await desk.pending()] == ["972500000002", SHOWN]


@pytest.mark.parametrize("is_local", [True, False])
async def test_a_time_of_dialling_is_kept_and_told(*, is_local: bool) -> None:
    """A local one is the wall clock in Israel, written as if it were UTC."""
    desk = Dialer()
    epoch = int(START) + 3_600 + (7_200 if is_local else 0)
    await desk.dial("AddCall", Target=PHONE, OriginateTime=epoch, IsDateLocal=str(is_local).lower())
    (row,) = await desk.pending()
    assert row["CallStatus"]["Description"] == "Pending"
    assert (row["OriginateTime"], row["IsDateLocal"]) == (epoch, is_local)
    desk.world.set_running(desk.smart, is_running=True)
    desk.clock.jump(3_599)
    assert [row["LastCallDate"] for row in await desk.pending()] == [None]
    desk.clock.jump(120)
    # He was dialled: gone, or to be called again.
    assert all(row["LastCallDate"].startswith("2025-01-15 13:0") for row in await desk.pending())


async def test_of_a_running_campaign_the_next_target_is_in_the_queue() -> None:
    desk = Dialer()
    for number in range(3):
        await desk.dial("AddCall", Target=f"050000000{number}", Priority=number)
    desk.world.set_running(desk.smart, is_running=True)
    told = [(row["Phone"], row["CallStatus"]) for row in await desk.pending()]
    assert told[0] == ("972500000002", {"Status": 1, "Description": "Call is in Queue on service"})
    assert [status["Description"] for _, status in told[1:]] == ["Tosend", "Tosend"]


async def test_a_bulk_hides_its_failures_under_a_zero() -> None:
    desk = Dialer()
    good, custom = desk.smart.code, {"var_LeadID": 1}
    said = await desk.bulk(
        [
            {"Campaign": good, "Target": PHONE, "CustomData": custom},
            {"Campaign": good, "Target": "05000"},
            {"Campaign": "nothing", "Target": PHONE},
            {"Target": PHONE},
            {"Campaign": good},
            {"Campaign": desk.agents.code, "Target": PHONE},
            "no object",
        ]
    )
    assert {**said, "AddResult": []} == {"AddResult": [], **OK}
    rows = [(row["Target"], row["ErrorCode"], row["Description"], row["CustomData"]) for row in said["AddResult"]]
    assert rows == [
        (PHONE, 0, "OK", custom),
        ("05000", -2, "Number is invalid", {}),
        (PHONE, 1, "Invalid campaign code", {}),
        (PHONE, 1, "Campaign code missing", {}),
        ("", 2, "Target missing", {}),
        (PHONE, 0, "OK", {}),
        ("", 1, "Campaign code missing", {}),
    ]
    assert [len(await desk.pending(campaign)) for campaign in (desk.smart, desk.agents)] == [1, 1]


@pytest.mark.parametrize(("count", "is_told"), [(MOST_ROWS_TOLD, True), (MOST_ROWS_TOLD + 1, False)])
async def test_a_large_bulk_is_added_and_not_told_row_by_row(count: int, *, is_told: bool) -> None:
    desk = Dialer()
    rows = [{"Campaign": desk.smart.code, "Target": f"0500{number:06d}"} for number in range(count)]
    said = await desk.bulk(rows)
    assert ("AddResult" in said, said["ErrorCode"]) == (is_told, 0)
    calls = await desk.pending()
    assert [call["CallID"] for call in reversed(calls)] == [str(number) for number in range(1, count + 1)]


async def test_a_bulk_that_is_too_large_or_none_adds_nothing() -> None:
    desk = Dialer()
    row = {"Campaign": desk.smart.code, "Target": PHONE}
    for rows in ([], [row] * (MOST_ROWS + 1)):
        said = await desk.bulk(rows)
        assert said["ErrorCode"] != 0
        assert "AddResult" not in said
    answer = await desk.http.get(DIALER + "AddCallsBulk", params=row)
    assert read(answer)["ErrorCode"] != 0
    assert desk.smart.pending == 0


REFUSALS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("AddCall", {"Campaign": "x", "Target": PHONE}, INVALID),
    ("AddCall", {"Target": PHONE}, MISSING),
    ("AddCall", {}, {"ErrorCode": 2, "Description": "Target missing"}),
    ("AddCall", {"Target": "  "}, {"ErrorCode": 2, "Description": "Target missing"}),
    ("AddCall", {"Target": "*2700"}, {"ErrorCode": -2, "Description": "Number is invalid"}),
    ("UpdateCall", {"Campaign": "x", "Target": PHONE}, INVALID),
    ("UpdateCall", {}, {"ErrorCode": 2, "Description": "Target missing"}),
    ("UpdateCall", {"Target": "abc"}, {"ErrorCode": -2, "Description": "Number is invalid"}),
    ("RemoveCall", {"Campaign": "x", "Target": PHONE}, INVALID),
    ("RemoveCall", {}, {"ErrorCode": 2, "Description": "Target missing"}),
    ("ClearCampaignCalls", {"Campaign": "x"}, {"ErrorCode": 4, "Description": INTERNAL}),
    ("GetCampaignPendingCalls", {"Campaign": "x"}, {"ErrorCode": 2, "Description": INTERNAL}),
    ("StopCampaign", {"Campaign": "x"}, INVALID),
    ("StartCampaign", {"Campaign": "x"}, INVALID),
    ("GetCampaignDetails", {"Campaign": "x"}, INVALID),
    ("GetMembersList", {"Campaign": "x"}, INVALID),
    ("AddMember", {}, {"Data": {"TotalAdded": -1}, "ErrorCode": 2, "Description": "Member missing"}),
    (
        "AddMember",
        {"Campaign": "x", "Member": "SIPdemo0001"},
        {"Data": {"TotalAdded": -1}, "ErrorCode": 2, "Description": "Invalid campaign code"},
    ),
    ("AddMember", {"Member": "SIPdemo0001"}, {"Data": {"TotalAdded": -1}, **OK}),  # of a smart dialer
    ("RemoveMember", {}, {"Data": {"TotalRemoved": 0}, "ErrorCode": 2, "Description": "Member missing"}),
    ("RemoveMember", {"Member": "nobody"}, {"Data": {"TotalRemoved": 0}, **OK}),
]


@pytest.mark.parametrize(("method", "values", "refusal"), REFUSALS)
async def test_refusals_by_method(method: str, values: dict[str, Any], refusal: dict[str, Any]) -> None:
    desk = Dialer()
    code = {} if refusal is MISSING else {"Campaign": desk.smart.code}
    assert await desk.post(DIALER + method, {**code, **values}) == refusal
    assert desk.smart.pending == 0


async def test_members_come_and_go() -> None:
    desk = Dialer()

    async def members() -> list[str]:
        said = await desk.dial("GetMembersList", desk.agents)
        assert all(row["DisplayName"] for row in said["Data"])
        return [row["Member"] for row in said["Data"]]

    assert await members() == ["SIPdemo0001", "SIPdemo0002", "SIPdemo0003"]
    removed = {"Data": {"TotalRemoved": 1}, **OK}
    assert await desk.dial("RemoveMember", desk.agents, Member="SIPdemo0002") == removed
    assert await members() == ["SIPdemo0001", "SIPdemo0003"]
    added = {"Data": {"TotalAdded": 1}, **OK}
    assert await desk.dial("AddMember", desk.agents, Member="SIPdemo0002") == added
    nothing = {"Data": {"TotalAdded": -1}, **OK}
    for member in ("SIPdemo0002", "nobody"):
        assert await desk.dial("AddMember", desk.agents, Member=member) == nothing
    assert await members() == ["SIPdemo0001", "SIPdemo0003", "SIPdemo0002"]
    assert (await desk.dial("GetMembersList", desk.smart))["Data"] == []


async def test_the_figures_come_from_the_list() -> None:
    desk = Dialer()
    for campaign, awaiting in ((desk.agents, None), (desk.smart, 2)):
        await desk.dial("AddCall", campaign, Target=PHONE, Priority=52)
        await desk.dial("AddCall", campaign, Target=PHONE, Priority=7)
        told = (await desk.dial("GetCampaignDetails", campaign))["Data"]
        assert (told["TotalPendingCalls"], told["TotalAwaitingCalls"]) == (2, awaiting)
        assert (told["MinPriority"], told["MaxPriority"], told["StatusName"]) == (7, 52, "Disabled")
        listed = await desk.post(DIALER + "GetCampaignList", {"Code": desk.world.access.dialer_code})
        assert told in listed["Data"]
        details = (await desk.dial("GetCampaignPendingCalls", campaign))["Data"]["Campaign"]
        assert (details["Status"], details["IsDynamic"]) == (2, int(awaiting is None))


async def test_the_smart_dialers_settings() -> None:
    desk = Dialer()
    settings: dict[str, Any] = {"setQueueForMonitoring": 700, "setQueueMaximumCallers": 3, "setCoefficient": 2}
    said = await desk.dial(SMART_DIALER_METHOD, **settings)
    assert said == {" ErrorCode": 0, "Description": "OK"}  # with the vendor's blank
    assert (desk.smart.most_waiting, desk.smart.calls_per_minute) == (3, 12)
    for wrong in ({"setCoefficient": 1}, {"setQueueMaximumCallers": 0}, {"setQueueForMonitoring": 1}):
        assert (await desk.dial(SMART_DIALER_METHOD, **{**settings, **wrong}))[" ErrorCode"] == 2
    assert (await desk.dial(SMART_DIALER_METHOD, desk.agents, **settings))[" ErrorCode"] == 2
    assert (await desk.dial(SMART_DIALER_METHOD, **{**settings, "Campaign": "x"}))[" ErrorCode"] == 1
    asked = {"Campaign": desk.smart.code, **settings}
    assert read(await desk.http.get(DIALER + SMART_DIALER_METHOD, params=asked))[" ErrorCode"] == 2
    assert (desk.smart.most_waiting, desk.smart.calls_per_minute) == (3, 12)


@pytest.mark.parametrize(
    ("kind", "is_done"),
    [(FaultKind.ERROR, False), (FaultKind.PAGE, False), (FaultKind.EMPTY, True), (FaultKind.GARBAGE, True)],
)
async def test_faults_strike_these_methods_too(kind: FaultKind, *, is_done: bool) -> None:
    desk = Dialer(FaultPlan(kind=kind, method="AddCallsBulk"))
    rows = [{"Campaign": desk.smart.code, "Target": f"050000000{number}"} for number in range(3)]
    await desk.http.post(DIALER + "AddCallsBulk", json=rows)
    assert desk.world.requests.faults == {kind: 1}
    assert desk.smart.pending == (3 if is_done else 0)
