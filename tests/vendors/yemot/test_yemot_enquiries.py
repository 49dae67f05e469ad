"""What is asked of a Yemot system in the moment, and what is told of good and hostile answers."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vendors.accounts import CANARY, closing, fixture, yemot_account
from tests.vendors.asked import asked, fault_of, told
from tests.vendors.canned import JSON
from tests.vendors.fault_server import answer, raw
from wallboard.domain.account_actions import Schedule, Transport
from wallboard.domain.enquiries import (
    MembersOf,
    Numbers,
    OwnNumbers,
    Query,
    RingList,
    RingListEvent,
    RingListEventsOf,
    RingListMember,
    RingListMembersOf,
    RingLists,
    SecondaryNumber,
    SipAccount,
    SipAccounts,
    SipDirectory,
    SmsTransaction,
    SmsTransactions,
    Task,
    TaskDetail,
    TaskOf,
    TaskRun,
    TaskRunsOf,
    Tasks,
)
from wallboard.domain.faults import FaultCode
from wallboard.vendors.asking import BadShapeError
from wallboard.vendors.tally import Tally
from wallboard.vendors.yemot.enquiries import question

OK = {"responseStatus": "OK", "yAfastVersion": "6.6.20"}
ROW = {
    "id": 12,
    "description": "בוקר טוב",
    "type": "SendSMS",
    "createTs": "2026-01-02 03:04:05",
    "status": "waiting",
    "active": 1,
    "sendMailInEnd": 0,
    "sendMailInError": "1",
    "nextRun": "2026-12-01 08:30:00",
}
TASK = Task("12", "בוקר טוב", "SendSMS", "waiting", True, False, True, "2026-12-01 08:30:00", "2026-01-02 03:04:05")
DATA = {
    **ROW,
    "updateTs": "2026-02-02 03:04:05",
    "lastRun": None,
    "minute": 30,
    "hour": "8",
    "year": None,
    "day": "",
    "month": 12,
    "days_of_week": "0,2, 5",
    "action_data": '{"smsList":"17","smsMessage":"שלום\\nלכם","token":"CANARY"}',
}
DETAIL = TaskDetail(
    TASK,
    Schedule(minute=30, hour=8, month=12, days=frozenset({0, 2, 5})),
    "2026-02-02 03:04:05",
    "",
    (("smsList", "17"), ("smsMessage", "שלום לכם")),
)
SIP = {
    "id": "0790000000=2",
    "accountNumber": 2,
    "customerExtension": 205,
    "transport": "transport-wss",
    "callerid": "0790000000",
    "specialCallerID": "0790000001",
    "password": "CANARY-sip",
    "created_date": "2025-01-01 10:00:00",
}
MOVED = {
    "transactionTime": "2026-03-01 10:00:00",
    "amount": "-0.1",
    "description": "SMS",
    "newBalance": 99.9,
    "expireDate": "2027-01-01",
    "who": None,
}
EVENT = {
    "Folder": "1/2",
    "CustomerDID": "0790000000",
    "Phone": "0500000001",
    "Date": "19/01/2021",
    "Time": "00:39:10",
    "TypeOperation": "AddToListTzintuk",
    "PhoneAction": "0500000002",
}
TOLD: list[tuple[Query[Any], str, dict[str, Any], dict[str, Any], Any]] = [
    (
        SmsTransactions(),
        "GetCustomerSmsTransactions",
        {},
        {**OK, "rows": [MOVED, {}, 5]},
        (
            SmsTransaction("2026-03-01 10:00:00", -0.1, "SMS", 99.9, "2027-01-01", ""),
            SmsTransaction("", None, "", None, "", ""),
        ),
    ),
    (SmsTransactions(), "GetCustomerSmsTransactions", {}, {**OK, "rows": {}}, ()),
    (Tasks(), "GetTasks", {}, {"tasks": [ROW, {"id": None}]}, (TASK,)),
    (Tasks(), "GetTasks", {}, {**OK, "tasks": []}, ()),
    (TaskOf("12"), "GetTasksData", {"TaskId": 12}, DATA, DETAIL),
    (TaskOf("12"), "GetTasksData", {"TaskId": 12}, {**OK, **DATA}, DETAIL),
    (TaskOf("12"), "GetTasksData", {"TaskId": 12}, {**OK, "task": DATA}, DETAIL),
    (TaskOf("12"), "GetTasksData", {"TaskId": 12}, {"data": [DATA]}, DETAIL),
    (
        TaskRunsOf("12"),
        "GetTasksLogs",
        {"TaskId": 12},
        {
            "logs": [
                {"id": 1, "succeeded": 0, "error_message": "Campaign Id does Not found in customer", "ts": "01:00"},
                {"id": 2, "succeeded": "1", "error_message": None, "ts": "02:00"},
                {"id": 3},
            ]
        },
        (
            TaskRun("1", "01:00", False, "Campaign Id does Not found in customer"),
            TaskRun("2", "02:00", True, ""),
            TaskRun("3", "", None, ""),
        ),
    ),
    (
        SipAccounts(),
        "GetSipAccountsInCustomer",
        {},
        {**OK, "accounts": [SIP, {"id": "a", "customerExtension": 0, "transport": "tcp"}], "accountLimit": "6"},
        SipDirectory(
            (
                SipAccount("0790000000=2", "2", "205", Transport.WSS, "0790000001", "2025-01-01 10:00:00"),
                SipAccount("a", "", "", None, "", ""),
            ),
            6,
        ),
    ),
    (
        Numbers(),
        "GetCustomerData",
        {},
        fixture("yemot/GetCustomerData.answer"),
        OwnNumbers(
            "0790000000",
            (SecondaryNumber("100", "0790000001", "goto:/1"),),
            (("0790000001", "2027-04-18 01:39:27"),),
        ),
    ),
    (
        Numbers(),
        "GetCustomerData",
        {},
        {**OK, "secondary_dids": {}, "callerIds": [{"callerId": "1", "expiryDate": "2025-04-18+01:39:27"}, {}]},
        OwnNumbers("", (), (("1", "2025-04-18 01:39:27"),)),
    ),
    (
        RingLists(),
        "TzintukimListManagement",
        {"action": "getlists"},
        {**OK, "lists": [{"listName": "120", "subscribers": 7}, {"listName": 121}]},
        (RingList("120", 7), RingList("121", None)),
    ),
    (
        RingListMembersOf("חברים"),
        "TzintukimListManagement",
        {"action": "getlistEnteres", "TzintukimList": "חברים"},
        {**OK, "enteres": [{"phone": "0500000001", "name": "נועה"}, {"phone": 500000002}]},
        (RingListMember("0500000001", "נועה"), RingListMember("500000002", "")),
    ),
    (
        RingListEventsOf("120"),
        "TzintukimListManagement",
        {"action": "getLogList", "TzintukimList": "120"},
        {**OK, "events": [EVENT, {}]},
        (
            RingListEvent("19/01/2021 00:39:10", "AddToListTzintuk", "0500000001", "0500000002", "1/2"),
            RingListEvent("", "", "", "", ""),
        ),
    ),
]


@pytest.mark.parametrize(("query", "method", "sent", "document", "expected"), TOLD)
async def test_what_is_asked_and_told(
    query: Query[Any], method: str, sent: dict[str, Any], document: dict[str, Any], expected: object
) -> None:
    answered, request = await asked(query, document)
    assert request.target == f"/api/{method}"
    assert request.json == sent
    assert request.headers["authorization"] == CANARY
    assert answered == expected


def test_every_question_is_tried_here() -> None:
    assert {type(query) for query, *_ in TOLD} == yemot_account("http://vendor.example/").answers


@pytest.mark.parametrize(
    ("changes", "schedule"),
    [
        ({"days_of_week": None}, frozenset()),
        ({"days_of_week": " "}, frozenset()),
        ({"days_of_week": "null"}, frozenset()),
        ({"days_of_week": 3}, frozenset({3})),
        ({"days_of_week": [0, "6"]}, frozenset({0, 6})),
        ({"days_of_week": '{"0":1,"1":0,"6":"1"}'}, frozenset({0, 6})),
        ({"days_of_week": {"0": 0}}, None),
        ({"days_of_week": "Sunday"}, None),
        ({"days_of_week": "7"}, None),
        ({"days_of_week": True}, None),
        ({"minute": "*"}, None),
        ({"hour": 24}, None),
        ({"day": 0}, None),
        ({"month": {}}, None),
    ],
)
async def test_a_schedule_is_understood_or_refused(changes: dict[str, Any], schedule: frozenset[int] | None) -> None:
    if schedule is None:
        fault = await fault_of(TaskOf("12"), answer({**DATA, **changes}))
        assert (fault.code, fault.lacking) == (FaultCode.BAD_SHAPE, next(iter(changes)))
    else:
        assert (await told(TaskOf("12"), {**DATA, **changes})).schedule.days == schedule


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ({"smsList": 17, "deep": {"a": []}}, (("smsList", "17"), ("deep", '{"a": []}'))),
        ([{"toList": "1"}], (("toList", "1"),)),
        ("{broken", (("action_data", "{broken"),)),
        (7, (("action_data", "7"),)),
        (None, ()),
        ("", ()),
        ({"Password": "CANARY", "x": "\u202ea\nb"}, (("x", "a b"),)),
    ],
)
async def test_what_a_task_does(action: object, expected: tuple[tuple[str, str], ...]) -> None:
    assert (await told(TaskOf("12"), {**DATA, "action_data": action})).action == expected


async def test_a_long_description_stays_whole() -> None:
    detail = await told(TaskOf("12"), {**DATA, "description": "ש" * 3_000})
    assert detail.task.description == "ש" * 3_000
    assert len((await told(TaskOf("12"), {**DATA, "description": "ש" * 10_000})).task.description) == 4_000


@pytest.mark.parametrize("query", {type(query): query for query, *_ in TOLD}.values())
async def test_what_may_go_wrong(query: Query[Any]) -> None:
    fault = await fault_of(query, answer({"responseStatus": "ERROR", "message": f"no {CANARY}"}))
    assert (fault.code, fault.words) == (FaultCode.VENDOR, "no ***")
    assert (await fault_of(query, answer(fixture("yemot/failure.session")))).code is FaultCode.SESSION
    assert (await fault_of(query, raw())).code is FaultCode.NETWORK
    assert (await fault_of(query, answer({"a": 1}))).code is FaultCode.BAD_SHAPE
    assert (await fault_of(query, answer("[]"))).code is FaultCode.BAD_SHAPE


async def test_what_cannot_be_asked() -> None:
    account = yemot_account("http://127.0.0.1:9/")
    async with closing(account):
        with pytest.raises(LookupError):
            await account.ask(MembersOf("x"))
    fault = await fault_of(TaskOf("twelve"), answer(DATA))
    assert (fault.code, fault.words) == (FaultCode.INTERNAL, "GetTasksData: TaskId must be a whole number")


ROWS = st.lists(st.dictionaries(st.sampled_from([*ROW, *SIP, *MOVED, *EVENT, "did", "phone", "lists"]), JSON) | JSON)


@given(st.sampled_from([query for query, *_ in TOLD]), ROWS, JSON)
def test_no_document_is_too_strange(query: Query[Any], rows: list[Any], strange: Any) -> None:
    places = ("rows", "tasks", "logs", "accounts", "lists", "enteres", "events", "secondary_dids", "callerIds")
    asking = question(query)
    for document in (dict.fromkeys(places, rows), dict.fromkeys([*places, *DATA], strange), {"x": strange}):
        try:
            answered = asking.read(asking.unwrapped(document), Tally())
        except BadShapeError:
            continue
        json.dumps(repr(answered)).encode()
        assert not any(0xD800 <= ord(character) <= 0xDFFF for character in repr(answered))
