"""AddCallsBulk: each target's own result, whatever the answer says of them all."""

import asyncio
import json
import time
from collections.abc import Sequence
from typing import Any

import pytest

from tests.vendors.accounts import closing, fixture
from tests.vendors.canned import performed
from tests.vendors.commands import CAMPAIGN_CODE, account_for, assert_tells_no_secret, outcome_of
from tests.vendors.fault_server import Exchange, answer, fault_server, silence
from tests.vendors.voicenter.campaign_commands import ABROAD, WHOLE, bulk
from wallboard.domain.actions import ItemOutcome, Result
from wallboard.domain.campaign_actions import AddTargets
from wallboard.domain.faults import FaultCode
from wallboard.domain.targets import NewTarget

ONE, TWO, THREE = (NewTarget(line, f"97250000000{line}") for line in (1, 2, 3))
ALL = bulk(ONE, TWO, THREE)
ADDED, UNTOLD = ItemOutcome(Result.OK, "0"), ItemOutcome(Result.UNKNOWN)
INVALID = ItemOutcome(Result.REFUSED, "-2", "Number is invalid")
OK, BAD = {"ErrorCode": 0, "Description": "OK"}, {"ErrorCode": -2, "Description": "Number is invalid"}


def row(target: object, told: dict[str, Any]) -> dict[str, Any]:
    return {"Target": target, **told, "CustomData": {}}


def said(rows: object, code: object = 0) -> dict[str, Any]:
    return {"AddResult": rows, "ErrorCode": code, "Description": "OK" if code == 0 else "no"}


async def test_what_is_sent_is_a_bare_array() -> None:
    async with fault_server(api=answer(fixture("voicenter/AddCallsBulk.answer"))) as server:
        command = bulk(WHOLE, ABROAD)
        account = account_for(command, server.url("api"))
        async with closing(account):
            await account.perform(command)
        (asked,) = server.requests
    assert asked.target == "/api/AddCallsBulk"
    first, second = json.loads(asked.body)
    assert first == {
        "Campaign": CAMPAIGN_CODE,
        "Target": "0500000001",
        "CustomerName": WHOLE.name,
        "CallerID": "0790000000",
        "Priority": 42,
        "CustomData": {"var_LeadID": "001234", "var_עיר": "ירושלים"},
        "OriginateTime": 1_602_750_000,
        "IsDateLocal": "true",
    }
    assert second == {"Campaign": CAMPAIGN_CODE, "Target": "442079460958"}
    assert "0500000001" not in repr(command)


async def test_the_documents_own_answer() -> None:
    document = fixture("voicenter/AddCallsBulk.answer")
    command = bulk(*(NewTarget(0, f"972{told['Target'][1:]}") for told in document["AddResult"]))
    outcome = await performed(command, document)
    assert (outcome.result, outcome.items, outcome.vendor_code) == (Result.OK, (ADDED, ADDED), "0")


@pytest.mark.parametrize(
    ("rows", "items"),
    [
        ([row("0500000001", OK), row("0500000002", BAD), row("0500000003", OK)], (ADDED, INVALID, ADDED)),
        ([row("972500000001", OK), row("+972500000002", BAD), row(972500000003, OK)], (ADDED, INVALID, ADDED)),
        ([row("0500000003", OK), row("0500000001", BAD), row("0500000002", OK)], (INVALID, ADDED, ADDED)),
        (
            [{" Target": "0500000001", "ErrorCode ": -2, " Description": " Number is invalid "}],
            (INVALID, UNTOLD, UNTOLD),
        ),
        ([row("", OK), row(None, BAD), row("0500000003", OK)], (ADDED, INVALID, ADDED)),
        ([row("0500000001", BAD)] * 3, (INVALID, UNTOLD, UNTOLD)),
        ([row("0500000002", OK)], (UNTOLD, ADDED, UNTOLD)),
        ([None, row("0500000002", OK), "x", row("0500000001", OK)], (ADDED, ADDED, UNTOLD)),
        ([row("0500000001", {}), row("0500000002", {"ErrorCode": "0"}), row("0500000003", OK)], (UNTOLD, ADDED, ADDED)),
        ([row("0500000001", {"ErrorCode": None}), row(["a"], OK), row({}, OK)], (UNTOLD, UNTOLD, UNTOLD)),
    ],
)
@pytest.mark.parametrize("code", [0, 2, None, 77])
async def test_each_target_is_told_of_by_its_own_row(
    rows: Sequence[object], items: tuple[ItemOutcome, ...], code: object
) -> None:
    outcome = await performed(ALL, said(rows, code))
    assert outcome.items == items
    assert outcome.result is (Result.UNKNOWN if UNTOLD in items else Result.OK)
    assert (outcome.fault is not None) is (UNTOLD in items)


@pytest.mark.parametrize("rows", [None, [], {}, "OK"])
async def test_without_rows_the_whole_alone_is_told(rows: object) -> None:
    silent = await performed(ALL, said(rows))
    assert (silent.result, silent.items) == (Result.UNKNOWN, ())
    assert silent.fault
    refused = await performed(ALL, {**said(rows, 1), "Description": "Invalid campaign code"})
    assert (refused.result, refused.words, refused.items) == (Result.REFUSED, "Invalid campaign code", ())
    undocumented = await performed(ALL, said(rows, 77))
    assert (undocumented.result, undocumented.items) == (Result.UNKNOWN, ())


async def test_rows_that_cannot_be_read_leave_everything_open() -> None:
    for code in (0, 1):
        outcome = await performed(ALL, said([1, 2, 3], code))
        assert (outcome.result, outcome.items) == (Result.UNKNOWN, ())


async def test_a_wrong_campaign_in_every_row_is_a_refusal_of_the_whole() -> None:
    wrong = {"ErrorCode": 1, "Description": f"Invalid campaign code {CAMPAIGN_CODE}"}
    rows = [row("0500000001", wrong), row("0500000002", wrong), row("0500000003", wrong)]
    outcome = await performed(ALL, said(rows))
    assert (outcome.result, outcome.words, outcome.items) == (Result.REFUSED, "Invalid campaign code ***", ())
    mixed = await performed(ALL, said([*rows[:2], row("0500000003", OK)]))
    assert mixed.result is Result.OK
    assert [item.result for item in mixed.items] == [Result.REFUSED, Result.REFUSED, Result.OK]
    assert_tells_no_secret(mixed)
    assert "CANARY" not in str([item.words for item in mixed.items])


async def test_a_foreign_number_however_it_is_written() -> None:
    for written in ("442079460958", "+442079460958", "00442079460958"):
        outcome = await performed(bulk(ABROAD, ONE), said([row("0500000001", OK), row(written, BAD)]))
        assert outcome.items == (INVALID, ADDED)


async def test_what_is_wrong_in_one_row_keeps_all_from_going() -> None:
    command = bulk(ONE, NewTarget(2, ""), THREE)
    async with fault_server(api=answer(said([]))) as server:
        account = account_for(command, server.url("api"))
        async with closing(account):
            outcome = await account.perform(command)
        assert not server.connections
    assert (outcome.result, outcome.items) == (Result.NOT_SENT, ())
    assert "object 2: Target must not be empty" in outcome.words


async def test_it_has_more_time_than_other_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    assert AddTargets.seconds == 45

    async def slow(exchange: Exchange) -> None:
        await asyncio.sleep(9)
        await answer(said([row("0500000001", OK)]))(exchange)

    assert (await outcome_of(bulk(ONE), slow)).result is Result.OK
    monkeypatch.setattr(AddTargets, "seconds", 0.2)
    outcome = await outcome_of(bulk(ONE), silence)
    assert (outcome.result, outcome.items) == (Result.UNKNOWN, ())
    assert outcome.fault
    assert outcome.fault.code is FaultCode.TIMEOUT


async def test_five_hundred_are_read_at_once() -> None:
    new = [
        NewTarget(line, f"97250{line:07}", name="ש" * 1_000, custom=(("var_a", "x" * 1_000),)) for line in range(500)
    ]
    rows = [row(f"97250{line:07}", BAD if line % 7 == 0 else OK) for line in range(500)]
    begun = time.process_time()
    outcome = await performed(bulk(*new), said(rows[::-1]))
    assert time.process_time() - begun < 1
    assert [item.result for item in outcome.items] == [
        Result.REFUSED if line % 7 == 0 else Result.OK for line in range(500)
    ]
