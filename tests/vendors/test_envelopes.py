"""A body that arrived: whose it is, and what it says under HTTP 200."""

import json

import pytest

from tests.vendors.accounts import (
    CANARY,
    GOOD,
    closing,
    fault_from,
    fault_of,
    fixture,
    part_of,
    poll,
    voicenter_account,
    yemot_account,
)
from tests.vendors.fault_server import (
    answer,
    fault_server,
)
from wallboard.domain.faults import FaultCode
from wallboard.domain.feeds import NoteCode
from wallboard.domain.ports import Part

HTML = "<!DOCTYPE html><html><head><title>NetFree &amp; blocked</title></head><body>no</body></html>"


async def test_a_web_page_is_named_by_its_title() -> None:
    assert (await fault_from(answer(HTML))).words == "NetFree & blocked"


async def test_what_parses_and_is_too_deep_to_compare_does_no_harm() -> None:
    deep = "[" * 900 + "]" * 900
    document = f'{{"ERR":0,"EXTENSIONS":[{{"username":"S","onlineUserStatus":3,"calls":[],"customdata":{deep}}}]}}'
    async with fault_server(deep=answer(document)) as server:
        account = voicenter_account(server.url("deep"))
        async with closing(account):
            for _ in range(3):
                answered = await poll(account.feeds[0])
                assert answered.agents if isinstance(answered, Part) else answered.code is FaultCode.BAD_BODY


@pytest.mark.parametrize("key", ["queueData", "members", "entries"])
@pytest.mark.parametrize("value", [None, "", "abc", 0, True, {"a": 1}])
async def test_only_a_well_formed_list_empties_the_board(key: str, value: object) -> None:
    if key == "queueData" and isinstance(value, dict):
        return
    fault = await fault_from(answer({**GOOD, key: value}))
    assert (fault.code, fault.lacking) == (FaultCode.BAD_SHAPE, key)
    fault = await fault_from(answer({name: kept for name, kept in GOOD.items() if name != key}))
    assert (fault.code, fault.lacking) == (FaultCode.BAD_SHAPE, key)


@pytest.mark.parametrize(
    ("name", "code", "retry_after"),
    [
        ("credentials", FaultCode.CREDENTIALS, None),
        ("forbidden", FaultCode.CREDENTIALS, None),
        ("session", FaultCode.SESSION, None),
        ("session_expired", FaultCode.SESSION, None),
        ("mfa", FaultCode.MFA, None),
        ("wait", FaultCode.RATE, 55.0),
        ("no_sip", FaultCode.VENDOR, None),
    ],
)
async def test_yemot_says_no_under_200(name: str, code: FaultCode, retry_after: float | None) -> None:
    said = fixture(f"yemot/failure.{name}")
    fault = await fault_from(answer(said))
    assert (fault.code, fault.words, fault.retry_after) == (code, said["message"].strip(), retry_after)


@pytest.mark.parametrize(
    ("number", "document", "code"),
    [
        (0, fixture("voicenter/GetExtensionsCalls.refused"), FaultCode.CREDENTIALS),
        (1, fixture("voicenter/GetQueuesCallers.internal_error"), FaultCode.VENDOR),
        (1, {"ERR": "1", "DESC": "bad value"}, FaultCode.VENDOR),
        (2, fixture("voicenter/GetExtensions.refused"), FaultCode.CREDENTIALS),
        (3, fixture("voicenter/GetCampaignList.refused"), FaultCode.CREDENTIALS),
        (3, {" ErrorCode": 1, "Description": "Campaign code missing"}, FaultCode.CREDENTIALS),
        (3, {"ErrorCode": 1, "Description": "Invalid code"}, FaultCode.CREDENTIALS),
        (3, {"ErrorCode": 1, "Description": "UNAUTHORIZED"}, FaultCode.CREDENTIALS),
        (3, {"ErrorCode": 1, "Description": "No decoder"}, FaultCode.VENDOR),
        (3, {"ErrorCode": 2, "Description": "Invalid code"}, FaultCode.VENDOR),
        (3, {"ErrorCode": 2, "Description": "Internal error occurred"}, FaultCode.VENDOR),
        (3, {"Data": [], "Description": "OK"}, FaultCode.BAD_SHAPE),
        (3, {"ErrorCode": False, "Data": []}, FaultCode.BAD_SHAPE),
        (0, {"EXTENSIONS": []}, FaultCode.BAD_SHAPE),
        (0, {"ERR": None, "EXTENSIONS": []}, FaultCode.BAD_SHAPE),
        (0, {"ERR": 0, "DESC": "OK"}, FaultCode.BAD_SHAPE),
        (1, {"ERR": 0, "QUEUES": None}, FaultCode.BAD_SHAPE),
        (1, {"ERR": 0, "QUEUES": {}}, FaultCode.BAD_SHAPE),
    ],
)
async def test_voicenter_says_no_under_200(number: int, document: object, code: FaultCode) -> None:
    async with fault_server(bad=answer(document)) as server:
        account = voicenter_account(server.url("bad"))
        async with closing(account):
            assert (await fault_of(account.feeds[number])).code is code


@pytest.mark.parametrize(
    "echo",
    [
        f"token {CANARY} is unknown",
        "token CANARY-5e%2Fc%2Br%20et%3ACanary-pass is unknown",
        "token CANARY-5e%2Fc%2Br+et%3ACanary-pass is unknown",
        "token CANARY-5e/c\u200b+r et:Canary-pass is unknown",
        "password Canary-pass is wrong",
        "TOKEN CANARY-5E/C+R ET:CANARY-PASS IS UNKNOWN",
    ],
)
async def test_an_echoed_secret_is_masked(echo: str) -> None:
    fault = await fault_from(answer({"responseStatus": "ERROR", "message": echo}))
    assert fault.code is FaultCode.VENDOR
    assert "anary" not in fault.words.lower()
    assert "***" in fault.words


async def test_hostile_words_are_harmless_and_short() -> None:
    said = "\x1b]52;c;QQ\x07\u202e" + "x" * 10_000
    fault = await fault_from(answer({"responseStatus": "ERROR", "message": said}))
    assert fault.words.startswith("�]52;c;QQ�xx")
    assert len(fault.words) <= 160


@pytest.mark.parametrize(
    ("body", "content_type", "is_guessed"),
    [
        (json.dumps(GOOD, ensure_ascii=False).encode("cp1255"), "application/json", True),
        (json.dumps(GOOD, ensure_ascii=False).encode("cp1255"), "application/json; charset=iso-8859-1", True),
        (json.dumps(GOOD, ensure_ascii=False).encode("cp1255"), "application/json; charset=utf-8", True),
        (json.dumps(GOOD, ensure_ascii=False).encode("cp1255"), "application/json; charset=windows-1255", False),
        (json.dumps(GOOD, ensure_ascii=False).encode("iso8859-8"), "text/plain; charset=ISO-8859-8-I", False),
        (b"\xef\xbb\xbf" + json.dumps(GOOD, ensure_ascii=False).encode(), "application/json", False),
        (json.dumps(GOOD, ensure_ascii=False).encode(), "application/json; charset=punycode", False),
        (json.dumps(GOOD, ensure_ascii=False).encode(), "text/html; charset=none-such", False),
    ],
)
async def test_charsets(body: bytes, content_type: str, is_guessed: bool) -> None:
    queue_name = "תור ראשי"
    body = body.replace(b"rrmemory", queue_name.encode("cp1255" if b"\xe3\xf7" in body else "utf-8"))
    async with fault_server(good=answer(body, Content_Type=content_type)) as server:
        account = yemot_account(server.url("good"))
        async with closing(account):
            part = await part_of(account.feeds[0])
    assert part.queues[0].strategy == queue_name
    assert [note.code for note in part.notes if note.code is NoteCode.CHARSET] == [NoteCode.CHARSET] * is_guessed
