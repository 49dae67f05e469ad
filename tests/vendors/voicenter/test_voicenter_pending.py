"""GetCampaignPendingCalls and GetMembersList: what is asked, and what is told of good and hostile answers."""

import asyncio
import json
import time
from typing import Any
from zoneinfo import ZoneInfo

import anyio
import pytest
from hypothesis import given

from tests.vendors.accounts import CANARY, closing, fixture, voicenter_account
from tests.vendors.asked import asked, fault_of, told
from tests.vendors.canned import JSON
from tests.vendors.commands import CAMPAIGN_CODE
from tests.vendors.fault_server import Exchange, answer, fault_server, raw
from wallboard.domain.campaigns import CampaignKind
from wallboard.domain.enquiries import MembersOf, PendingTargetsOf, Query, Tasks
from wallboard.domain.faults import FaultCode
from wallboard.domain.targets import Member, PendingList, PendingTarget
from wallboard.vendors.asking import BadShapeError
from wallboard.vendors.tally import Tally
from wallboard.vendors.voicenter import enquiries
from wallboard.vendors.voicenter.pending_reader import MOST_TARGETS, pending_list
from wallboard.vendors.wire import MAX_ROWS

PENDING, MEMBERS = PendingTargetsOf(CAMPAIGN_CODE), MembersOf(CAMPAIGN_CODE)
SAMPLE = fixture("voicenter/GetCampaignPendingCalls.answer")
CALL = SAMPLE["Data"]["Calls"][0]
ISRAEL = ZoneInfo("Asia/Jerusalem")


def document(*calls: Any, **campaign: Any) -> dict[str, Any]:
    return {"ErrorCode": 0, "Description": "OK", "Data": {"Campaign": campaign, "Calls": list(calls)}}


def read(*calls: Any, **campaign: Any) -> PendingList:
    return pending_list(ISRAEL, document(*calls, **campaign), Tally())


def target(**changes: Any) -> PendingTarget:
    (only,) = read({**CALL, **changes}).targets
    return only


async def test_the_documents_own_sample() -> None:
    pending, request = await asked(PENDING, SAMPLE)
    assert request.target == "/api/GetCampaignPendingCalls"
    assert request.json == {"Campaign": CAMPAIGN_CODE}
    assert (pending.is_running, pending.kind, pending.total, pending.dropped) == (True, CampaignKind.AGENT, 7, 0)
    assert [one.id for one in pending.targets] == ["29", "28", "27", "26", "25", "24", "23"]
    assert pending.targets[0] == PendingTarget(
        id="29", number=CALL["Phone"], priority=1, status="Tosend", inserted_at=1_661_956_271.4
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"Priorety": None, "Priority": "7"}, {"priority": 7}),
        ({"Priorety": 3, "Priority": 7}, {"priority": 3}),
        ({"Priorety": -5}, {"priority": -5}),
        ({"Priorety": True}, {"priority": None}),
        ({"Priorety": 10**30}, {"priority": None}),
        ({"LastCallDate": "2022-08-31 14:31:11.400"}, {"last_called": "2022-08-31 14:31:11.400"}),
        ({"LastCallDate": 1661956271}, {"last_called": "1661956271"}),
        ({"CustomData": {}}, {"custom": ()}),
        ({"CustomData": []}, {"custom": ()}),
        ({"CustomData": "text"}, {"custom": ()}),
        ({"CustomData": [{"var_a": 1}, {"var_b": None}, 5]}, {"custom": (("var_a", "1"), ("var_b", ""))}),
        (
            {"CustomData": {"var_LeadID": "00123", "var_x": {"a": [1, True]}, "v\u202e\n": "a\u202eb\nc\ud800"}},
            {"custom": (("var_LeadID", "00123"), ("var_x", '{"a": [1, true]}'), ("v", "ab c\ufffd"))},
        ),
        ({"CallStatus": None}, {"status": ""}),
        ({"CallStatus": "Pending"}, {"status": "Pending"}),
        ({"CallStatus": {"Status": 2}}, {"status": ""}),
        ({"CallInserted": "2022-08-31T14:31:11"}, {"inserted_at": 1_661_956_271.0}),
        ({"CallInserted": "2022-08-31T17:31:11+03:00"}, {"inserted_at": 1_661_956_271.0}),
        ({"CallInserted": "0001-01-01T00:00:00+23:00"}, {"inserted_at": None}),
        ({"CallInserted": "1900-01-01T00:00:00Z"}, {"inserted_at": None}),
        ({"CallInserted": "soon"}, {"inserted_at": None}),
        ({"CallInserted": 1661956271}, {"inserted_at": None}),
        ({"Phone": 972500000001}, {"number": "972500000001"}),
        ({"Phone": " 0500000001\u200f "}, {"number": "0500000001"}),
        ({"CallID": 29}, {"id": "29"}),
        ({"CallID": None}, {"id": "#0"}),
        ({"CustomerName": "ש" * 10_000}, {"name": "ש" * 199 + "…"}),
        ({"CustomerName": "a\x1b[31m\u202eb"}, {"name": "a\ufffd[31mb"}),
        ({"CustomerName": ["x"], "CallerID": {}}, {"name": "", "caller_id": ""}),
        ({"OriginateTime": 1602750000, "IsDateLocal": True}, {"dial_at": 1602750000}),
        ({"OriginateTime": 1602750000}, {"dial_at": 1602750000}),
        ({"OriginateTime": 1602750000, "IsDateLocal": "false"}, {"dial_at": 1602750000 + 10_800}),
        ({"OriginateTime": 0}, {"dial_at": None}),
        ({"OriginateTime": "x", "IsDateLocal": 0}, {"dial_at": None}),
    ],
)
def test_a_row_in_every_form(changes: dict[str, Any], expected: dict[str, Any]) -> None:
    assert {name: getattr(target(**changes), name) for name in expected} == expected


@pytest.mark.parametrize("row", [None, 5, "972500000001", [], {}, {**CALL, "Phone": None}, {**CALL, "Phone": {}}])
def test_what_cannot_be_read_is_counted(row: object) -> None:
    pending = read(CALL, row, CALL)
    assert (len(pending.targets), pending.dropped) == (2, 1)


def test_two_rows_of_one_id_are_two_targets() -> None:
    pending = read(CALL, {**CALL, "Phone": "972500000002"})
    assert [one.id for one in pending.targets] == ["29", "29#1"]


@pytest.mark.parametrize(
    ("campaign", "expected"),
    [
        ({"Status": 2, "IsDynamic": 0}, (False, CampaignKind.SMART, None)),
        ({"Status": "1", "IsDynamic": False}, (True, CampaignKind.SMART, None)),
        ({"StatusName": "Disabled", "IsDynamic": "true"}, (False, CampaignKind.AGENT, None)),
        ({"Status": 9, "StatusName": "Enabled", "TotalPendingCalls": "12"}, (True, None, 12)),
        ({"Status": None, "IsDynamic": 7, "TotalPendingCalls": -1}, (None, None, None)),
    ],
)
def test_the_campaign_itself(campaign: dict[str, Any], expected: tuple[object, ...]) -> None:
    pending = read(**campaign)
    assert (pending.is_running, pending.kind, pending.total) == expected


async def test_where_the_list_may_stand() -> None:
    assert await told(PENDING, {"ErrorCode": 0, "Data": []}) == PendingList(())
    assert len((await told(PENDING, {**SAMPLE, "Data": [SAMPLE["Data"]]})).targets) == 7
    shapeless: list[object] = [None, {}, "", {"Calls": {}}, {"Calls": None}]
    for data in shapeless:
        fault = await fault_of(PENDING, answer({"ErrorCode": 0, "Data": data}))
        assert (fault.code, fault.lacking) == (FaultCode.BAD_SHAPE, "Data.Calls")


@given(JSON)
def test_no_document_is_too_strange(strange: Any) -> None:
    for told_ in (strange, {"Data": strange}, document(strange, {**CALL, "Phone": strange, "CustomData": strange})):
        try:
            pending_list(ISRAEL, told_ if isinstance(told_, dict) else {}, Tally())
        except BadShapeError:
            continue


async def test_members() -> None:
    sample = fixture("voicenter/GetMembersList.answer")
    members, request = await asked(MEMBERS, sample)
    assert request.target == "/api/GetMembersList"
    assert request.json == {"Campaign": CAMPAIGN_CODE}
    assert members == tuple(Member(row["Member"], row["DisplayName"]) for row in sample["Data"])
    assert [member.id for member in members] == ["SIPSIP1", "SIPSIP2"]
    assert await told(MEMBERS, {"ErrorCode": 0, "Data": {}}) == ()
    assert await told(MEMBERS, {"ErrorCode": 0, "Data": [None, {"Member": 7}, {"DisplayName": "x"}]}) == (Member("7"),)
    assert (await fault_of(MEMBERS, answer({"ErrorCode": 0}))).lacking == "Data"


@pytest.mark.parametrize("query", [PENDING, MEMBERS])
@pytest.mark.parametrize("secret", [CAMPAIGN_CODE, CANARY])
async def test_a_wrong_campaign(query: Query[Any], secret: str) -> None:
    said = {"ErrorCode": 2, "Description": f"Internal error occurred: {secret}"}
    fault = await fault_of(query, answer(said))
    assert (fault.code, fault.words) == (FaultCode.VENDOR, "Internal error occurred: ***")


async def test_the_road_may_be_closed() -> None:
    assert (await fault_of(PENDING, raw())).code is FaultCode.NETWORK
    assert (await fault_of(PENDING, answer("<html>"))).code is FaultCode.NOT_VENDOR
    assert (await fault_of(PENDING, answer({"ErrorCode": 0, "Data": "x"}, "403 Forbidden"))).code is FaultCode.ADDRESS


async def test_a_mistake_of_ours_tells_no_secret(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def mistaken(*_: object) -> None:
        raise RuntimeError(CANARY)

    monkeypatch.setattr(enquiries, "pending_list", mistaken)
    fault = await fault_of(PENDING, answer(SAMPLE))
    assert (fault.code, fault.words) == (FaultCode.INTERNAL, "RuntimeError")
    assert "GetCampaignPendingCalls: unexpected RuntimeError" in caplog.text


async def test_what_no_voicenter_tells() -> None:
    account = voicenter_account("http://127.0.0.1:9/")
    async with closing(account):
        assert Tasks not in account.answers
        with pytest.raises(LookupError):
            await account.ask(Tasks())


async def test_a_slow_vendor_is_waited_for() -> None:
    async def slow(exchange: Exchange) -> None:
        await asyncio.sleep(6)
        await answer(SAMPLE)(exchange)

    async with fault_server(api=slow) as server:
        account = voicenter_account(server.url("api"))
        async with closing(account):
            assert len((await account.ask(PENDING)).targets) == 7


def large(count: int) -> dict[str, Any]:
    calls = (
        {**CALL, "CallID": str(number), "Phone": f"9725{number:08}", "CustomerName": f"נועה שלו {number}"}
        for number in range(count)
    )
    return document(*({**call, "CustomData": {"var_LeadID": call["CallID"], "var_city": "ירושלים"}} for call in calls))


def test_twenty_thousand_cost_little() -> None:
    body = json.dumps(large(20_000), ensure_ascii=False)
    spent = []
    for _ in range(3):
        begun = time.process_time()
        pending = pending_list(ISRAEL, json.loads(body), Tally())
        spent.append(time.process_time() - begun)
    assert len(pending.targets) == 20_000
    assert min(spent) < 0.7


async def test_a_hundred_thousand_arrive_and_nothing_stands_still_meanwhile() -> None:
    body = json.dumps(large(MOST_TARGETS + 5), ensure_ascii=False).encode()
    assert len(body) > 30_000_000
    assert MAX_ROWS < MOST_TARGETS
    begun = time.perf_counter()
    json.loads(body)  # one call in C: no other thread runs meanwhile, on a slow machine for longer
    reading = time.perf_counter() - begun
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        while True:
            begun = time.perf_counter()
            await anyio.sleep(0.01)
            longest = max(longest, time.perf_counter() - begun)

    async with fault_server(api=answer(body)) as server:
        account = voicenter_account(server.url("api"))
        async with closing(account), anyio.create_task_group() as group:
            group.start_soon(watch)
            pending = await account.ask(PENDING)
            group.cancel_scope.cancel()
    assert (len(pending.targets), pending.dropped) == (MOST_TARGETS, 5)
    assert longest < 2 * reading + 0.3
