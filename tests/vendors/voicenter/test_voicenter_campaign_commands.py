"""What is sent of each command about a campaign, and what the dialer's answers say of it."""

import asyncio
from typing import Any

import pytest

from tests.vendors.accounts import CANARY, closing, fixture, voicenter_account
from tests.vendors.canned import performed
from tests.vendors.commands import CAMPAIGN_CODE, account_for, outcome_of
from tests.vendors.fault_server import Exchange, answer, fault_server
from tests.vendors.said import said_of
from tests.vendors.voicenter.campaign_commands import ABROAD, WHOLE, made
from wallboard.domain.actions import Obstacle, Outcome, Result
from wallboard.domain.campaign_actions import (
    AddMember,
    AddTarget,
    CampaignCommand,
    ChangeTarget,
    ClearTargets,
    RemoveMember,
    RemoveTarget,
    SetPace,
)
from wallboard.domain.faults import FaultCode
from wallboard.domain.targets import NewTarget

OK = {"ErrorCode": 0, "Description": "OK"}
WHOLE_SENT = {
    "Target": "0500000001",
    "CustomerName": WHOLE.name,
    "CallerID": "0790000000",
    "Priority": 42,
    "CustomData": {"var_LeadID": "001234", "var_עיר": "ירושלים"},
    "OriginateTime": 1_602_750_000,
    "IsDateLocal": "true",
}
ADD = made(AddTarget, new=WHOLE)
CLEAR = made(ClearTargets)
ADD_MEMBER, REMOVE_MEMBER = made(AddMember, member="SIPSIP1"), made(RemoveMember, member="SIPSIP1")
PACE = made(SetPace, queue="123456789", most_waiting=1, coefficient=2)
SENT: list[tuple[CampaignCommand, str, dict[str, Any]]] = [
    (ADD, "AddCall", WHOLE_SENT),
    (made(AddTarget, new=ABROAD), "AddCall", {"Target": "442079460958"}),
    (made(ChangeTarget, new=WHOLE), "UpdateCall", WHOLE_SENT),
    (made(ChangeTarget, new=ABROAD), "UpdateCall", {"Target": "442079460958", "CustomerName": ""}),
    (made(RemoveTarget, number="972500000001"), "RemoveCall", {"Target": "0500000001"}),
    (made(RemoveTarget, number="0500000001"), "RemoveCall", {"Target": "0500000001"}),
    (made(RemoveTarget, number="442079460958"), "RemoveCall", {"Target": "442079460958"}),
    (made(RemoveTarget, number="anonymous"), "RemoveCall", {"Target": "anonymous"}),
    (CLEAR, "ClearCampaignCalls", {}),
    (ADD_MEMBER, "AddMember", {"Member": "SIPSIP1"}),
    (REMOVE_MEMBER, "RemoveMember", {"Member": "SIPSIP1"}),
    (PACE, "SetPace", {"setQueueForMonitoring": 123456789, "setQueueMaximumCallers": 1, "setCoefficient": 2}),
]


@pytest.mark.parametrize(("command", "method", "values"), SENT)
async def test_what_is_sent(command: CampaignCommand, method: str, values: dict[str, Any]) -> None:
    async with fault_server(api=answer(OK)) as server:
        account = account_for(command, server.url("api"))
        async with closing(account):
            assert command.kind in account.capabilities
            await account.perform(command)
        (asked,) = server.requests
    assert asked.target == f"/api/{method}"
    assert asked.json == {"Campaign": CAMPAIGN_CODE, **values}
    assert asked.headers["content-type"] == "application/json"
    assert "CANARY" not in f"{asked.target}{asked.headers}{command}"


@pytest.mark.parametrize(
    ("command", "said", "result", "words"),
    [
        (ADD, OK, Result.OK, ""),
        (ADD, {"ErrorCode": 1, "Description": "Invalid campaign code"}, Result.REFUSED, "Invalid campaign code"),
        (ADD, {"ErrorCode": 2, "Description": "Target missing"}, Result.REFUSED, "Target missing"),
        (ADD, {"ErrorCode": -2, "Description": "Number is invalid"}, Result.REFUSED, "Number is invalid"),
        (ADD, {"ErrorCode": 9, "Description": "?"}, Result.UNKNOWN, "?"),
        (ADD, {}, Result.UNKNOWN, "ErrorCode"),
        (made(RemoveTarget, number="972500000001"), OK, Result.OK, ""),
        (CLEAR, OK, Result.OK, ""),
        (CLEAR, {"ErrorCode": 4, "Description": "Internal error occurred"}, Result.REFUSED, "Internal error occurred"),
        (CLEAR, {"ErrorCode": 1}, Result.UNKNOWN, "a documented ErrorCode"),
        (ADD_MEMBER, {**OK, "Data": {"TotalAdded": 1}}, Result.OK, ""),
        (ADD_MEMBER, {**OK, "Data": [{" TotalAdded": "1"}]}, Result.OK, ""),
        (ADD_MEMBER, {**OK, "Data": {"TotalAdded": -1}}, Result.REFUSED, "TotalAdded -1"),
        (ADD_MEMBER, {**OK, "Data": {"TotalAdded": 0}}, Result.REFUSED, "TotalAdded 0"),
        (ADD_MEMBER, {**OK, "Data": {"TotalAdded": True}}, Result.UNKNOWN, "Data.TotalAdded"),
        (ADD_MEMBER, {**OK, "Data": []}, Result.UNKNOWN, "Data.TotalAdded"),
        (ADD_MEMBER, OK, Result.UNKNOWN, "Data.TotalAdded"),
        (ADD_MEMBER, {"ErrorCode": 2, "Description": "Member missing"}, Result.REFUSED, "Member missing"),
        (REMOVE_MEMBER, {**OK, "Data": {"TotalRemoved": 1}}, Result.OK, ""),
        (REMOVE_MEMBER, {**OK, "Data": {"TotalRemoved": 0}}, Result.GONE, "TotalRemoved 0"),
        (REMOVE_MEMBER, {**OK, "Data": {"TotalRemoved": -1}}, Result.REFUSED, "TotalRemoved -1"),
        (REMOVE_MEMBER, {**OK, "Data": {"TotalAdded": 1}}, Result.UNKNOWN, "Data.TotalRemoved"),
    ],
)
async def test_what_an_answer_says(command: CampaignCommand, said: object, result: Result, words: str) -> None:
    outcome = await performed(command, said)
    assert (outcome.result, said_of(outcome)) == (result, words)
    assert (outcome.fault is not None) >= (result is Result.UNKNOWN)


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (ADD, "AddCall.answer"),
        (made(ChangeTarget, new=WHOLE), "UpdateCall.answer"),
        (made(RemoveTarget, number="972500000001"), "RemoveCall.answer"),
        (ADD_MEMBER, "AddMember.answer"),
        (REMOVE_MEMBER, "RemoveMember.answer"),
    ],
)
async def test_the_documents_own_success(command: CampaignCommand, name: str) -> None:
    assert (await performed(command, fixture(f"voicenter/{name}"))).result is Result.OK


async def test_a_copy_of_the_request_is_no_success() -> None:
    outcome = await performed(CLEAR, fixture("voicenter/ClearCampaignCalls.answer_as_printed"))
    assert outcome.result is Result.UNKNOWN
    assert outcome.fault
    assert outcome.fault.code is FaultCode.BAD_SHAPE


async def test_the_key_with_a_blank_before_it() -> None:
    said = fixture("voicenter/SmartDialerSettings.answer")
    assert " ErrorCode" in said
    assert (await outcome_of(PACE, answer(said))).result is Result.OK
    assert (await outcome_of(PACE, answer({" ErrorCode": 3}))).result is Result.UNKNOWN


async def test_without_its_name_the_pace_cannot_be_set() -> None:
    async with fault_server(api=answer(OK)) as server:
        account = voicenter_account(server.url("api"))
        async with closing(account):
            assert PACE.kind not in account.capabilities
            assert await account.perform(PACE) == Outcome(Result.NOT_SENT, obstacle=Obstacle.NOT_CAPABLE)
        assert not server.connections


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (made(SetPace, queue="123", most_waiting=0, coefficient=2), "setQueueMaximumCallers must be greater than 0"),
        (made(SetPace, queue="123", most_waiting=1, coefficient=1), "setCoefficient must be greater than 1"),
        (made(SetPace, queue="sales", most_waiting=1, coefficient=2), "setQueueForMonitoring must be a whole number"),
        (made(AddMember, member=" "), "Member must not be empty"),
        (made(AddTarget, new=NewTarget(0, "")), "Target must not be empty"),
        (made(AddTarget, new=NewTarget(0, "972500000001", name="\ud800")), "CustomerName must be of proper characters"),
    ],
)
async def test_what_is_wrong_is_not_sent(command: CampaignCommand, words: str) -> None:
    async with fault_server(api=answer(OK)) as server:
        account = account_for(command, server.url("api"))
        async with closing(account):
            outcome = await account.perform(command)
        assert not server.connections
    assert outcome.result is Result.NOT_SENT
    assert words in outcome.words
    assert "CANARY" not in repr(outcome)


async def test_a_command_has_its_own_time(monkeypatch: pytest.MonkeyPatch) -> None:
    async def slow(exchange: Exchange) -> None:
        await asyncio.sleep(0.6)
        await answer(OK)(exchange)

    monkeypatch.setattr(AddTarget, "seconds", 0.3)
    outcome = await outcome_of(ADD, slow)
    assert outcome.result is Result.UNKNOWN
    assert outcome.fault
    assert outcome.fault.code is FaultCode.TIMEOUT
    monkeypatch.setattr(AddTarget, "seconds", 5.0)
    assert (await outcome_of(ADD, slow)).result is Result.OK


@pytest.mark.parametrize("secret", [CAMPAIGN_CODE, CANARY])
async def test_an_echoed_secret_is_masked(secret: str) -> None:
    outcome = await outcome_of(ADD, answer({"ErrorCode": 1, "Description": f"no such {secret}"}))
    assert outcome.words == "no such ***"
