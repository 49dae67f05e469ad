"""Any declared method, called over real sockets: what is on the wire, and what is made of the answer."""

import asyncio
import json
import time
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from pathlib import Path
from typing import Any

import pytest

from tests.vendors.accounts import CANARY
from tests.vendors.calls import ADDED, BASES, CALLS, CODE, DIALER_CODE, PHONE, UNNAMED, stand_in
from tests.vendors.fault_server import Exchange, answer, head, silence
from tests.vendors.said import said_of
from wallboard.domain.actions import Result
from wallboard.domain.faults import Fault, FaultCode, VendorFault
from wallboard.vendors.calling import MOST_UPLOAD_BYTES
from wallboard.vendors.catalogue import METHODS
from wallboard.vendors.http import HttpSession
from wallboard.vendors.parameter import ValueType
from wallboard.vendors.values import CREDENTIALS

HOSTILE = (
    'שלום "דנה" \N{RIGHT-TO-LEFT OVERRIDE}abc\N{POP DIRECTIONAL FORMATTING} \n\t\\ \'; = @ 😀 \N{RIGHT-TO-LEFT MARK}'
)
URL = f"https://hooks.example/{HOSTILE}"
SMS = {"message": "שלום", "sendFlashMessage": 0, "phones": PHONE}
FAX = {"pdfFile": "UPLOAD", "phone": PHONE, "callerId": "0790000000"}
TARGETS = [{"Campaign": CODE, "Target": f"050000000{number}"} for number in range(3)]
GOOD = {"responseStatus": "OK", "ErrorCode": 0, "ERR": 0, "EXTENSIONS": [], "QUEUES": [], "Data": []}

every = pytest.mark.parametrize("name", sorted(CALLS))


def test_there_are_words_for_every_method() -> None:
    assert CALLS.keys() == METHODS.keys()


@every
async def test_a_call_is_on_the_wire_as_the_document_has_it(name: str) -> None:
    words, body = CALLS[name]
    async with stand_in(GOOD) as vendor:
        await vendor.call(name, words)
        (asked,) = vendor.server.requests
    method = UNNAMED if name == "voicenter.SmartDialerSettings" else name.partition(".")[2]
    assert asked.target == f"/{BASES[name]}/{method}"
    assert asked.headers["content-type"] == "application/json"
    sent = json.loads(asked.body)
    expected = body if isinstance(body, list) else {**body, **ADDED.get(name, {})}
    assert sent == expected
    assert json.dumps(sent, sort_keys=True) == json.dumps(expected, sort_keys=True)  # 1 is not true, nor 1.0
    assert asked.headers.get("authorization") == (CANARY if name.startswith("yemot.") else None)
    assert "CANARY" not in asked.target


def sound_values(name: str, parameter: str) -> dict[str, Any]:
    """Values with which a method can be called that also gets this parameter."""
    method = METHODS[name]
    modes = [mode for mode in method.modes if parameter in (*mode.requires, *mode.takes)] or [*method.modes]
    named = {"phones": PHONE, "newUsage": "goto:/1", "pdfFile": "/a.pdf", "callIds": ["a"], "setCoefficient": 2}
    of_type = {ValueType.STRING: "x", ValueType.INTEGER: 1, ValueType.BIT: 0}
    values: dict[str, Any] = {method.mode_parameter: modes[0].value} if modes else {}
    for each in method.parameters:
        is_wanted = each.is_required or bool(modes and each.name in modes[0].requires)
        if is_wanted and each.name not in {*CREDENTIALS[name.partition(".")[0]], *values}:
            first = each.choices[0] if each.choices else of_type.get(each.types[0])
            values[each.name] = named.get(each.name, first)
    return values


@every
async def test_a_hostile_text_goes_through_every_text_unharmed(name: str, tmp_path: Path) -> None:
    method = METHODS[name]
    own = CREDENTIALS[name.partition(".")[0]]
    texts = [
        parameter.name
        for parameter in method.parameters
        if ValueType.STRING in parameter.types
        and parameter.name not in own | {method.mode_parameter}
        and not (parameter.rules or parameter.choices)
    ]
    file = tmp_path / "text"
    file.write_bytes(f"@{HOSTILE}".encode())
    async with stand_in(GOOD) as vendor:
        for text in texts:
            values = {key: value for key, value in sound_values(name, text).items() if key != text}
            others = [f"{key}:={json.dumps(value)}" for key, value in values.items()]
            for word, meant in ((f"{text}={HOSTILE}", HOSTILE), (f"{text}=@{file}", f"@{HOSTILE}")):
                told = await vendor.call(name, [*others, word])
                assert told.outcome.result is not Result.NOT_SENT, (text, told.outcome)
                sent = json.loads(vendor.server.requests[-1].body)
                assert (sent[0] if isinstance(sent, list) else sent)[text] == meant, text
        assert len(vendor.server.requests) == 2 * len(texts)


async def test_an_address_goes_through_unharmed_whatever_comes_after_its_host() -> None:
    words, body = CALLS["yemot.SendTTS"]
    others = [word for word in words if not word.startswith("callbackUrl=")]
    async with stand_in(GOOD) as vendor:
        await vendor.call("yemot.SendTTS", [*others, f"callbackUrl={URL}"])
        (asked,) = vendor.server.requests
    assert json.loads(asked.body) == {**body, "callbackUrl": URL}


def parts_of(asked: Exchange) -> dict[str, Message]:
    """A form's fields by their names."""
    content_type = asked.headers["content-type"]
    message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + asked.body)
    assert message.get_content_type() == "multipart/form-data"
    parts = message.get_payload()
    assert isinstance(parts, list)
    messages = [part for part in parts if isinstance(part, Message)]
    return {str(part.get_param("name", header="content-disposition")): part for part in messages}


async def test_a_fax_is_uploaded_as_a_form(tmp_path: Path) -> None:
    page = tmp_path / 'דף "1".pdf'
    page.write_bytes(b"%PDF-1.4\r\n\x00\xff" * 1000)
    words = ["pdfFile=UPLOAD", f"fileToUpload=@{page}", f"phone={PHONE}", f"deliveryUrl={URL}"]
    async with stand_in({"responseStatus": "OK", "callsCount": 1}) as vendor:
        told = await vendor.call("yemot.SendFax", words)
        (asked,) = vendor.server.requests
    assert told.outcome.result is Result.OK
    assert asked.target == "/ym/SendFax"
    assert asked.headers["authorization"] == CANARY
    parts = parts_of(asked)
    assert parts.keys() == {"pdfFile", "phone", "deliveryUrl", "fileToUpload"}
    assert parts["fileToUpload"].get_payload(decode=True) == page.read_bytes()
    assert parts["fileToUpload"].get_content_type() == "application/pdf"
    assert parts["pdfFile"].get_payload(decode=True) == b"UPLOAD"
    assert parts["phone"].get_payload(decode=True) == PHONE.encode()
    assert parts["deliveryUrl"].get_payload(decode=True) == URL.encode()
    assert CANARY.encode() not in asked.body


async def test_a_file_that_cannot_be_sent_is_refused_before_anything_is(tmp_path: Path) -> None:
    empty, large = tmp_path / "empty.pdf", tmp_path / "large.pdf"
    empty.touch()
    with large.open("wb") as file:
        file.truncate(MOST_UPLOAD_BYTES + 1)
    async with stand_in(GOOD) as vendor:
        for path, reason in (
            (tmp_path / "none.pdf", "No such file"),
            (tmp_path, "Is a directory"),
            (empty, "is empty"),
            (large, "larger than 50 MB"),
        ):
            told = await vendor.send("yemot.SendFax", {**FAX, "fileToUpload": path})
            assert told.outcome.result is Result.NOT_SENT
            assert reason in told.outcome.words
        assert not vendor.server.requests


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        ("yemot.SendSms", {"message": "x"}, "sendFlashMessage is missing"),
        ("yemot.SendSms", {**SMS, "Phones": "1"}, "did you mean phones?"),
        ("yemot.RunTzintuk", {"phones": "tzl:" + ",".join("1" * 51)}, "at most 50 lists"),
        ("yemot.RunTzintuk", {"phones": PHONE, "TzintukTimeOut": 16.5}, "must be from 0 to 16"),
        ("voicenter.AddCall", {"Campaign": CODE, "Target": PHONE, "OriginateTime": 1}, "IsDateLocal is missing"),
        ("voicenter.AddMember", {"Campaign": "", "Member": "SIPSIP1"}, "Campaign must not be empty"),
    ],
)
async def test_what_is_wrong_is_refused_before_anything_is_sent(name: str, values: dict[str, Any], said: str) -> None:
    async with stand_in(GOOD) as vendor:
        told = await vendor.send(name, values)
        assert told.outcome.result is Result.NOT_SENT
        assert said in told.outcome.words
        assert vendor.server.connections == 0


async def test_the_method_without_a_name_is_never_guessed() -> None:
    words, _ = CALLS["voicenter.SmartDialerSettings"]
    for name, said in ((None, "set smart_dialer_method"), ("../Stop", "letters and digits")):
        async with stand_in(GOOD, smart_dialer_method=name) as vendor:
            told = await vendor.call("voicenter.SmartDialerSettings", words)
            assert told.outcome.result is Result.NOT_SENT
            assert said in told.outcome.words
            assert vendor.server.connections == 0


def added(*codes: object) -> dict[str, Any]:
    """AddCallsBulk's answer."""
    said = [{"Target": "x", "ErrorCode": code, "Description": f"said {code}"} for code in codes]
    return {"AddResult": said, "ErrorCode": 0, "Description": "OK"}


ANSWERS: list[tuple[str, Any, Result, str]] = [
    ("yemot.SendSms", {"responseStatus": "OK", "sendCount": 2, "errors": {}}, Result.OK, ""),
    (
        "yemot.SendSms",
        {"responseStatus": "OK", "sendCount": 1, "errors": {"05": "blocked"}},
        Result.OK,
        "blocked (1 of 2)",
    ),
    ("yemot.SendSms", {"responseStatus": "OK", "sendCount": 0, "errors": {"05": "x"}}, Result.REFUSED, "x"),
    ("yemot.SendSms", {"responseStatus": "ERROR", "message": "אין יחידות"}, Result.REFUSED, "אין יחידות"),
    ("yemot.SendSms", {"sendCount": 1}, Result.UNKNOWN, ""),
    ("yemot.QueueManagement", {"responseStatus": "OK", "status": {"a": "OK", "b": "OK"}}, Result.OK, ""),
    (
        "yemot.QueueManagement",
        {"responseStatus": "OK", "status": {"a": "OK", "b": "Call not found"}},
        Result.GONE,
        "Call not found (1 of 2)",
    ),
    ("yemot.QueueManagement", {"responseStatus": "OK", "status": {"a": "OK"}}, Result.UNKNOWN, "of each call (1 of 2)"),
    ("yemot.SetSecondaryDidUsageDescription", {"responseStatus": "OK", "status": True}, Result.OK, ""),
    ("yemot.SetSecondaryDidUsageDescription", {"responseStatus": "OK", "status": False}, Result.REFUSED, "status"),
    ("yemot.ValidationCallerId", {"responseStatus": "OK", "status": False}, Result.REFUSED, "status false"),
    ("yemot.ValidationCallerId", {"responseStatus": "OK"}, Result.UNKNOWN, "status"),
    ("yemot.UpdateTask", {"status": True}, Result.OK, ""),
    ("yemot.DeleteTask", {"status": 1}, Result.OK, ""),
    ("yemot.DeleteTask", {"status": 0}, Result.GONE, "status 0"),
    ("yemot.DeleteSipAccount", {"responseStatus": "OK", "affected_rows": 1}, Result.GONE, "affected_rows 1 (1 of 2)"),
    ("yemot.DeleteSipAccount", {"responseStatus": "OK", "affected_rows": "2"}, Result.OK, ""),
    ("yemot.CreateSipAccount", {"responseStatus": "OK", "PASS": "x"}, Result.OK, ""),
    ("voicenter.AddMember", {"Data": {"TotalAdded": 2}, "ErrorCode": 0}, Result.OK, ""),
    ("voicenter.AddMember", {"Data": {"TotalAdded": -1}, "ErrorCode": 0}, Result.REFUSED, "TotalAdded -1"),
    ("voicenter.AddMember", {"ErrorCode": 0}, Result.UNKNOWN, "Data.TotalAdded"),
    ("voicenter.RemoveMember", {"Data": [{" TotalRemoved": 0}], "ErrorCode": 0}, Result.GONE, "TotalRemoved 0"),
    ("voicenter.SmartDialerSettings", {" ErrorCode": 0, "Description": "OK"}, Result.OK, ""),
    ("voicenter.ClearCampaignCalls", {"Campaign": CODE}, Result.UNKNOWN, "ErrorCode"),
    ("voicenter.ClearCampaignCalls", {"ErrorCode": 4, "Description": "Internal error occurred"}, Result.REFUSED, "Int"),
    ("voicenter.AddCallsBulk", added(0, 0), Result.OK, ""),
    ("voicenter.AddCallsBulk", added(0, -2), Result.REFUSED, "said -2 (1 of 2)"),
    ("voicenter.AddCallsBulk", {**added(0, -2), "ErrorCode": -2}, Result.REFUSED, "said -2 (1 of 2)"),
    ("voicenter.AddCallsBulk", added(-2, -2), Result.REFUSED, "said -2 (0 of 2)"),
    ("voicenter.AddCallsBulk", {**added(0, 0), "ErrorCode": 1}, Result.UNKNOWN, "ErrorCode"),
    ("voicenter.AddCallsBulk", added(0), Result.UNKNOWN, "2 in AddResult, not 1"),
    ("voicenter.AddCallsBulk", added(0, None), Result.UNKNOWN, "AddResult"),
    ("voicenter.AddCallsBulk", {"ErrorCode": 0}, Result.UNKNOWN, "2 in AddResult, not 0"),
    ("voicenter.AddCallsBulk", {"ErrorCode": 1, "Description": "Invalid campaign code"}, Result.REFUSED, "Invalid"),
]


@pytest.mark.parametrize(("name", "document", "result", "words"), ANSWERS)
async def test_done_is_only_what_was_done_to_the_very_target(
    name: str, document: dict[str, Any], result: Result, words: str
) -> None:
    async with stand_in(document) as vendor:
        told = await vendor.call(name, CALLS[name][0])
        assert (vendor.server.connections, len(vendor.server.requests)) == (1, 1)
    assert told.outcome.result is result
    partly = f" ({told.done})" if told.done else ""
    assert words in f"{said_of(told.outcome)}{partly}"
    assert told.document == document  # whole, whatever it says
    assert "CANARY" not in f"{told!r}"


@pytest.mark.parametrize(
    ("count", "said", "result"),
    [
        (3_001, {"ErrorCode": 0, "Description": "OK"}, Result.OK),
        (3_001, {"ErrorCode": 0, "AddResult": []}, Result.OK),
        (3_001, {"ErrorCode": 0, "AddResult": [{"ErrorCode": 0}]}, Result.UNKNOWN),
        (3_001, {"ErrorCode": 1, "Description": "Invalid campaign code"}, Result.REFUSED),
        (3_001, {"Description": "OK"}, Result.UNKNOWN),
        (3_000, {"ErrorCode": 0, "Description": "OK"}, Result.UNKNOWN),
    ],
)
async def test_of_more_rows_than_the_vendor_tells_of_its_word_for_all_counts(
    count: int, said: dict[str, Any], result: Result
) -> None:
    rows = [{"Target": str(500_000_000 + number)} for number in range(count)]
    async with stand_in(said) as vendor:
        told = await vendor.accounts["voicenter"].call(METHODS["voicenter.AddCallsBulk"], {"Campaign": CODE}, rows)
    assert told.outcome.result is result
    assert told.remark.startswith("taken as a whole" if result is Result.OK else "")


async def test_many_rows_have_more_time_than_other_actions(monkeypatch: pytest.MonkeyPatch) -> None:
    given_seconds: list[float] = []

    async def post_once(_: object, __: object, ___: object, seconds: float) -> None:
        given_seconds.append(seconds)
        raise VendorFault(Fault(FaultCode.TIMEOUT))

    monkeypatch.setattr(HttpSession, "post_once", post_once)
    async with stand_in(GOOD) as vendor:
        for name in ("voicenter.AddCallsBulk", "voicenter.AddCall", "yemot.SendSms"):
            await vendor.call(name, CALLS[name][0])
    assert given_seconds == [45.0, 8.0, 8.0]


@pytest.mark.parametrize("name", ["yemot.GetCustomerData", "yemot.SendSms"])
async def test_an_action_has_a_connection_of_its_own_and_a_question_has_not(name: str) -> None:
    words, _ = CALLS[name]
    async with stand_in({"responseStatus": "OK", "sendCount": 1}) as vendor:
        await vendor.call(name, words)
        await vendor.call(name, words)
        assert vendor.server.connections == (2 if name == "yemot.SendSms" else 1)


async def test_a_time_out_after_sending_is_unknown_and_nothing_is_sent_again() -> None:
    async with stand_in(silence) as vendor:
        begun = time.monotonic()
        account = vendor.accounts["yemot"]
        told = await account.call(METHODS["yemot.SendSms"], SMS, seconds=1.0)
        assert 0.9 < time.monotonic() - begun < 4
        assert told.outcome.result is Result.UNKNOWN
        assert told.outcome.fault is not None
        assert told.outcome.fault.code is FaultCode.TIMEOUT
        await asyncio.sleep(0.5)
        assert (vendor.server.connections, len(vendor.server.requests)) == (1, 1)


async def test_a_question_that_is_refused_says_so() -> None:
    async with stand_in({"responseStatus": "FORBIDDEN", "message": f"no {CANARY}"}) as vendor:
        told = await vendor.call("yemot.GetTasks", [])
    assert told.outcome.result is Result.REFUSED
    assert told.outcome.fault is not None
    assert told.outcome.fault.code is FaultCode.CREDENTIALS
    assert "CANARY" not in f"{told.outcome}"


CSV = "\ufeffטלפון,משך\r\n0500000001,12\r\n".encode()
REPORT = ["wath=/1/a.ymgr"]


@pytest.mark.parametrize(
    ("kind", "body", "media_type"),
    [
        ("csv", CSV, "text/csv"),
        ("csv", CSV, "text/html"),
        ("csv", b"{not json,1\r\n", "text/csv"),
        ("csv", b'"a","b"\r\n\xff\x00', "application/octet-stream"),
        ("csv", b"12", "text/plain"),
        ("html", b"<!DOCTYPE html><p>\xd7\xa9</p>", "text/html"),
    ],
)
async def test_a_report_comes_as_it_came(kind: str, body: bytes, media_type: str) -> None:
    async with stand_in(answer(body, Content_Type=f"{media_type}; charset=utf-8")) as vendor:
        told = await vendor.call("yemot.RenderYMGRFile", [*REPORT, f"convertType={kind}"])
        (asked,) = vendor.server.requests
    assert asked.headers["accept"] == f"text/{kind}, application/json"
    assert (told.outcome.result, told.content, told.media_type) == (Result.OK, body, media_type)
    assert told.document is None


@pytest.mark.parametrize(
    ("kind", "body", "code"),
    [
        ("csv", b'{"responseStatus":"ERROR","message":"no such file"}', FaultCode.VENDOR),
        ("html", b'{"responseStatus":"EXCEPTION","message":"session token is invalid"}', FaultCode.SESSION),
        ("html", b'{"success":false}', FaultCode.BAD_SHAPE),
        ("csv", b"<html><title>NetFree</title></html>", FaultCode.NOT_VENDOR),
        ("csv", b" \r\n", FaultCode.EMPTY),
        ("json", b"a,b", FaultCode.BAD_BODY),
    ],
)
async def test_a_failure_is_none_of_the_reports(kind: str, body: bytes, code: FaultCode) -> None:
    async with stand_in(answer(body, Content_Type="text/csv")) as vendor:
        told = await vendor.call("yemot.RenderYMGRFile", [*REPORT, f"convertType={kind}"])
    assert told.content is None
    assert told.outcome.result is not Result.OK
    assert told.outcome.fault is not None
    assert told.outcome.fault.code is code


async def test_rows_share_what_stands_beside_them_and_keep_what_is_their_own() -> None:
    async with stand_in(added(0, 0, 0)) as vendor:
        account = vendor.accounts["voicenter"]
        told = await account.call(METHODS["voicenter.AddCallsBulk"], {"Priority": 1}, [{**TARGETS[0], "Priority": 9}])
        assert json.loads(vendor.server.requests[-1].body) == [{**TARGETS[0], "Priority": 9}]
        assert told.outcome.result is Result.UNKNOWN  # three answers to one target
        told = await account.call(METHODS["voicenter.AddCall"], TARGETS[0], [TARGETS[0]])
        assert told.outcome.result is Result.NOT_SENT
        told = await vendor.send("voicenter.AddCallsBulk", TARGETS[0])
        assert json.loads(vendor.server.requests[-1].body) == [TARGETS[0]]
        assert len(vendor.server.requests) == 2


async def test_the_accounts_own_secrets_cannot_be_given() -> None:
    async with stand_in(GOOD) as vendor:
        await vendor.send("voicenter.GetCampaignList", {"Code": "another"})
        await vendor.send("yemot.GetTasks", {"token": "another"})
        lists, tasks = vendor.server.requests
    assert json.loads(lists.body) == {"Code": DIALER_CODE}
    assert tasks.headers["authorization"] == CANARY
    assert json.loads(tasks.body) == {}


async def test_a_long_list_is_read_whole() -> None:
    calls = [{"CallID": str(number), "Phone": PHONE, "CustomerName": "דנה" * 60} for number in range(20_000)]
    document = {"ErrorCode": 0, "Description": "OK", "Data": {"Campaign": {"Code": CODE}, "Calls": calls}}
    body = json.dumps(document).encode()
    assert len(body) > 8 * 1024 * 1024

    async def in_pieces(exchange: Exchange) -> None:
        await exchange.write(head(Content_Length=len(body)), body[:100_000], body[100_000:])

    async with stand_in(in_pieces) as vendor:
        told = await vendor.call("voicenter.GetCampaignPendingCalls", CALLS["voicenter.GetCampaignPendingCalls"][0])
    assert told.outcome.result is Result.OK
    assert told.document == document
