"""What is sent of each command about a Yemot system, and what the answers say of it."""

import json
from typing import Any, TypeVar

import pytest

from tests.vendors.accounts import CANARY, closing, fixture, yemot_account
from tests.vendors.canned import performed
from tests.vendors.commands import outcome_of
from tests.vendors.fault_server import answer, fault_server
from tests.vendors.said import said_of
from wallboard.domain.account_actions import (
    AccountCommand,
    CallBack,
    CreateTask,
    DeleteTask,
    EmptyRingList,
    Schedule,
    SendSms,
    SetNumberUsage,
    SetSipExtension,
    SetSipTransport,
    SwitchTask,
    TaskType,
    Transport,
)
from wallboard.domain.actions import Command, Result
from wallboard.domain.faults import FaultCode
from wallboard.domain.feeds import FeedKey

Made = TypeVar("Made", bound=AccountCommand)

OK = {"responseStatus": "OK", "yAfastVersion": "6.6.20"}
TEXT = 'שלום "נועה"\n\u202bקו 2\u202c \N{GRINNING FACE}'


def made(kind: type[Made], target: str, **values: Any) -> Made:
    feed = FeedKey("Main line", "GetCustomerData")
    return kind(source="Main line", target=target, words="דנה לוי", feed=feed, **values)


SMS = made(SendSms, "0500000001", message=TEXT)
BACK = made(CallBack, "0500000001", agent_number="0500000002")
SUNDAYS = Schedule(minute=30, hour=8, days=frozenset({0, 5}))
CREATE = made(
    CreateTask,
    "בוקר טוב",
    type=TaskType.SMS,
    schedule=SUNDAYS,
    settings=(("smsList", "17"), ("smsMessage", TEXT), ("callerId", "")),
)
MOVE = made(
    CreateTask,
    "",
    type=TaskType.MOVE_FILE,
    schedule=Schedule(day=1, month=2, year=2027),
    settings=(
        ("folder", "1"),
        ("target", "2"),
        ("moveFileType", "maxFile"),
        ("blockMoveIfNewFileInMinutes", "15"),
    ),
    is_active=False,
    spares_holidays=False,
    mails_end=True,
    mails_error=False,
)
SWITCH = made(SwitchTask, "12", is_active=True, description="בוקר", schedule=SUNDAYS, mails_end=False, mails_error=True)
DELETE = made(DeleteTask, "12")
USAGE = made(SetNumberUsage, "100", usage="goto:/1/20")
DAYS = '{"0":1,"1":0,"2":0,"3":0,"4":0,"5":1,"6":0}'
SENT: list[tuple[Command, str, dict[str, Any]]] = [
    (SMS, "SendSms", {"message": TEXT, "sendFlashMessage": 0, "phones": "0500000001"}),
    (made(SendSms, "972500000001", message="a"), "SendSms", {"message": "a", "phones": "0500000001"}),
    (made(SendSms, "00442079460958", message="a"), "SendSms", {"phones": "00442079460958"}),
    (
        BACK,
        "CreateBridgeCall",
        {"Phones": "0500000002", "BridgePhones": "0500000001", "DialSip": 0, "DialSipExtension": 0},
    ),
    (
        made(CallBack, "+972-50-000-0001", sip_account=2),
        "CreateBridgeCall",
        {"Phones": "2", "BridgePhones": "0500000001", "DialSip": 1, "DialSipExtension": 0, "AccountNumber": 2},
    ),
    (
        CREATE,
        "CreateTask",
        {
            "description": "בוקר טוב",
            "minute": 30,
            "hour": 8,
            "ifAnyDay": 0,
            "days": DAYS,
            "active": 1,
            "checkIsKodesh": 1,
            "mailInEnd": 0,
            "mailInError": 1,
            "taskType": "SendSMS",
            "smsList": "17",
            "smsMessage": TEXT,
        },
    ),
    (
        MOVE,
        "CreateTask",
        {
            "description": "",
            "day": 1,
            "month": 2,
            "year": 2027,
            "ifAnyDay": 1,
            "active": 0,
            "checkIsKodesh": 0,
            "mailInEnd": 1,
            "mailInError": 0,
            "taskType": "MoveOnFile",
            "folder": "1",
            "target": "2",
            "moveFileType": "maxFile",
            "blockMoveIfNewFileInMinutes": 15,
        },
    ),
    (
        SWITCH,
        "UpdateTask",
        {
            "TaskId": 12,
            "description": "בוקר",
            "minute": 30,
            "hour": 8,
            "ifAnyDay": 0,
            "days": DAYS,
            "active": 1,
            "mailInEnd": 0,
            "mailInError": 1,
        },
    ),
    (DELETE, "DeleteTask", {"TaskId": 12}),
    (
        made(SetSipExtension, "2", extension=205),
        "SipExtensionManagement",
        {"SipExtensionManagement": "Set", "accountNumber": 2, "extNumber": 205},
    ),
    (
        made(SetSipExtension, "2", extension=None),
        "SipExtensionManagement",
        {"SipExtensionManagement": "Set", "accountNumber": 2},
    ),
    (made(SetSipTransport, "2", transport=Transport.WSS), "SipToWss", {"accountNumber": 2}),
    (made(SetSipTransport, "2", transport=Transport.UDP), "SipToUdp", {"accountNumber": 2}),
    (USAGE, "SetSecondaryDidUsageDescription", {"secondaryDidId": 100, "newUsage": "goto:/1/20"}),
    (
        made(EmptyRingList, "חברים"),
        "TzintukimListManagement",
        {"action": "resetList", "TzintukimList": "חברים"},
    ),
]


@pytest.mark.parametrize(("command", "method", "values"), SENT)
async def test_what_is_sent(command: Command, method: str, values: dict[str, Any]) -> None:
    async with fault_server(api=answer(OK)) as server:
        account = yemot_account(server.url("api"))
        async with closing(account):
            assert command.kind in account.capabilities
            await account.perform(command)
        (asked,) = server.requests
    assert asked.target == f"/api/{method}"
    sent = asked.json
    assert sent == ({"message": "a", "sendFlashMessage": 0, **values} if method == "SendSms" else values)
    assert asked.headers["content-type"] == "application/json"
    assert asked.headers["authorization"] == CANARY
    assert TEXT not in repr(command) or command is not SMS
    if "days" in sent:
        assert json.loads(str(sent["days"])).keys() == fixture("yemot/CreateTask.days").keys()


@pytest.mark.parametrize(
    ("command", "said", "result", "words"),
    [
        (SMS, {"sendCount": 1, "oks": ["0500000001"], "errors": {}}, Result.OK, ""),
        (SMS, {"sendCount": "1", "errors": []}, Result.OK, ""),
        (SMS, {"oks": ["0500000001"]}, Result.OK, ""),
        (SMS, {"sendCount": 0, "oks": [], "errors": {"0500000001": "blocked"}}, Result.REFUSED, "blocked"),
        (SMS, {"sendCount": 1, "errors": {"0500000001": "blocked"}}, Result.REFUSED, "blocked"),
        (SMS, {"oks": [], "errors": {"0500000001": "blocked"}}, Result.UNKNOWN, "blocked"),
        (SMS, {"sendCount": 0}, Result.REFUSED, "sendCount 0"),
        (SMS, {}, Result.UNKNOWN, "sendCount"),
        (SMS, {"sendCount": "one"}, Result.UNKNOWN, "sendCount"),
        (BACK, {"CampaignId": "WSOC-1", "callsCount": 1, "biling": "0.10"}, Result.OK, ""),
        (BACK, {"CampaignId": "WSOC-1"}, Result.OK, ""),
        (BACK, {"callsCount": 0}, Result.REFUSED, "callsCount 0"),
        (BACK, {}, Result.UNKNOWN, "callsCount"),
        (CREATE, {"id": 1, "jobId": 12, "ActionData": {}}, Result.OK, ""),
        (CREATE, {"id": 1}, Result.UNKNOWN, "jobId"),
        (SWITCH, {"status": True}, Result.OK, ""),
        (SWITCH, {"status": "true"}, Result.OK, ""),
        (SWITCH, {"status": False}, Result.REFUSED, "status false"),
        (SWITCH, {}, Result.UNKNOWN, "status"),
        (DELETE, {"status": 1}, Result.OK, ""),
        (DELETE, {"status": 0}, Result.GONE, "status 0"),
        (DELETE, {"status": None}, Result.UNKNOWN, "status"),
        (USAGE, {"status": True}, Result.OK, ""),
        (USAGE, {"status": False}, Result.REFUSED, "status false"),
        (USAGE, {}, Result.UNKNOWN, "status"),
        (made(SetSipExtension, "2", extension=205), {"extNumber": 205}, Result.OK, ""),
        (made(SetSipTransport, "2", transport=Transport.WSS), {}, Result.OK, ""),
        (made(EmptyRingList, "120"), {"list": "120"}, Result.OK, ""),
    ],
)
async def test_what_an_answer_says(command: Command, said: dict[str, Any], result: Result, words: str) -> None:
    outcome = await performed(command, {**OK, **said})
    assert (outcome.result, said_of(outcome)) == (result, words)
    assert (outcome.fault is not None) is (result is Result.UNKNOWN)


@pytest.mark.parametrize(
    ("command", "said"), [(CREATE, {"jobId": 12, "id": 1}), (SWITCH, {"status": True}), (DELETE, {"status": 1})]
)
async def test_tasks_need_no_status_of_the_answer(command: Command, said: dict[str, Any]) -> None:
    assert (await performed(command, said)).result is Result.OK
    assert (await performed(command, {"responseStatus": "ERROR", "message": "no", **said})).result is Result.REFUSED
    assert (await performed(command, {"responseStatus": "?", **said})).result is Result.UNKNOWN


@pytest.mark.parametrize("command", [command for command, *_ in SENT])
async def test_the_systems_refusal(command: Command) -> None:
    outcome = await performed(command, fixture("yemot/failure.no_sip"))
    assert (outcome.result, outcome.vendor_code) == (Result.REFUSED, "ERROR")
    assert outcome.fault
    assert outcome.fault.code is FaultCode.VENDOR
    lost = await performed(command, "{")
    assert lost.result is Result.UNKNOWN


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (made(SendSms, "0500000001", message=" "), "message must not be empty"),
        (made(SendSms, "anonymous", message="a"), "phones must be numbers"),
        (made(SendSms, "0500000001", message="\ud800"), "message must be of proper characters"),
        (made(CallBack, "0500000001"), "Phones is missing"),
        (made(CallBack, "anonymous", sip_account=1), "BridgePhones is missing"),
        (made(DeleteTask, "twelve"), "TaskId must be a whole number"),
        (made(SetSipExtension, "2", extension=100), "extNumber must be from 200 to 10000"),
        (made(SetNumberUsage, "100", usage="voicemail"), "newUsage must be sip:"),
        (made(CreateTask, "x", type=TaskType.RING, schedule=SUNDAYS, settings=()), "toList is missing"),
    ],
)
async def test_what_is_wrong_is_not_sent(command: Command, words: str) -> None:
    async with fault_server(api=answer(OK)) as server:
        account = yemot_account(server.url("api"))
        async with closing(account):
            outcome = await account.perform(command)
        assert not server.connections
    assert outcome.result is Result.NOT_SENT
    assert words in outcome.words
    assert "CANARY" not in repr(outcome)


async def test_an_echoed_secret_is_masked() -> None:
    outcome = await outcome_of(SMS, answer({**OK, "sendCount": 0, "errors": {"0500000001": f"bad {CANARY}"}}))
    assert (outcome.result, outcome.words) == (Result.REFUSED, "bad ***")
