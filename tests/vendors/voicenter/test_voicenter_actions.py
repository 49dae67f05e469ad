"""StopCampaign and StartCampaign: what is sent, and what their codes say."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.vendors.accounts import CANARY, closing, fixture, voicenter_account
from tests.vendors.canned import JSON, performed
from tests.vendors.commands import CAMPAIGN_CODE, START, STOP, SWITCHED, outcome_of
from tests.vendors.fault_server import answer, fault_server
from wallboard.domain.actions import Result, StopCampaign
from wallboard.domain.faults import FaultCode


@pytest.mark.parametrize(("command", "method"), [(STOP, "StopCampaign"), (START, "StartCampaign")])
async def test_what_is_sent(command: StopCampaign, method: str) -> None:
    async with fault_server(api=answer(SWITCHED)) as server:
        account = voicenter_account(server.url("api"), dialer_code="another-code")
        async with closing(account):
            assert command.kind in account.capabilities
            outcome = await account.perform(command)
        (asked,) = server.requests
    assert (outcome.result, outcome.vendor_code, outcome.fault) == (Result.OK, "0", None)
    assert asked.target == f"/api/{method}"
    assert asked.json == {"Campaign": CAMPAIGN_CODE}
    assert asked.json.keys() == fixture(f"voicenter/{method}.request").keys()
    assert asked.headers["content-type"] == "application/json"
    assert "CANARY" not in f"{asked.target}{asked.headers}"


@pytest.mark.parametrize(
    ("said", "result", "vendor_code", "words"),
    [
        ({"ErrorCode": 0, "Description": "OK"}, Result.OK, "0", ""),
        ({"ErrorCode": 0}, Result.OK, "0", ""),
        ({"ErrorCode": "0"}, Result.OK, "0", ""),
        ({" ErrorCode": 0, "Description": "OK"}, Result.OK, "0", ""),
        ({"ErrorCode": 1, "Description": "Invalid campaign code"}, Result.REFUSED, "1", "Invalid campaign code"),
        ({" ErrorCode ": "1", " Description": " no "}, Result.REFUSED, "1", "no"),
        ({"ErrorCode": 1}, Result.REFUSED, "1", "ErrorCode 1"),
        ({"ErrorCode": 1, "Description": {"a": 1}}, Result.REFUSED, "1", "ErrorCode 1"),
        ({"ErrorCode": 2, "Description": "Internal error occurred"}, Result.UNKNOWN, "2", "Internal error occurred"),
        ({"ErrorCode": 4}, Result.UNKNOWN, "4", ""),
        ({"ErrorCode": -2}, Result.UNKNOWN, "-2", ""),
        ({"ErrorCode": "OK"}, Result.UNKNOWN, "OK", ""),
        ({"ErrorCode": "", "Description": "OK"}, Result.UNKNOWN, "", "OK"),
        ({"ErrorCode": None, "Description": "OK"}, Result.UNKNOWN, "", "OK"),
        ({"ErrorCode": False, "Description": "OK"}, Result.UNKNOWN, "False", "OK"),
        ({"ErrorCode": [0]}, Result.UNKNOWN, "", ""),
        ({"Description": "OK"}, Result.UNKNOWN, "", "OK"),
        ({"errorcode": 0}, Result.UNKNOWN, "", ""),
        ({"ERR": 0, "DESC": "OK"}, Result.UNKNOWN, "", ""),
        ({}, Result.UNKNOWN, "", ""),
        ('{"ErrorCode": 1, "ErrorCode": 0}', Result.UNKNOWN, "", ""),
        ('{"ErrorCode": 1, " ErrorCode": 0}', Result.UNKNOWN, "", ""),
        ('{"ErrorCode": NaN}', Result.UNKNOWN, "", ""),
        ('{"ErrorCode": 0.5}', Result.UNKNOWN, "", ""),
    ],
)
async def test_the_code_decides(said: object, result: Result, vendor_code: str, words: str) -> None:
    for command in (STOP, START):
        outcome = await performed(command, said)
        assert (outcome.result, outcome.vendor_code, outcome.words) == (result, vendor_code, words)
        codes = {Result.OK: None, Result.REFUSED: FaultCode.VENDOR, Result.UNKNOWN: FaultCode.BAD_SHAPE}
        assert (outcome.fault and outcome.fault.code) is codes[result]


@pytest.mark.parametrize("method", ["StopCampaign", "StartCampaign"])
async def test_the_documents_own_refusal(method: str) -> None:
    outcome = await performed(STOP, fixture(f"voicenter/{method}.refused"))
    assert (outcome.result, outcome.vendor_code, outcome.words) == (Result.REFUSED, "1", "Invalid campaign code")


@pytest.mark.parametrize("secret", [CAMPAIGN_CODE, CAMPAIGN_CODE.upper(), CANARY, "CANARY-campaign%2F1%2B7"])
@pytest.mark.parametrize("code", [1, 7])
async def test_an_echoed_code_is_masked(secret: str, code: int) -> None:
    outcome = await outcome_of(STOP, answer({"ErrorCode": code, "Description": f"Invalid campaign code {secret}"}))
    assert outcome.words == "Invalid campaign code ***"
    # Half of one must not stand where the words are cut.
    for blanks in range(120, 160):
        outcome = await performed(STOP, {"ErrorCode": code, "Description": f"no{'.' * blanks}{secret}"})
        assert re.fullmatch(r"no\.+(\*{3}|\*{0,2}…)", outcome.words)
    assert (await performed(STOP, {"ErrorCode": secret})).vendor_code == "***"


CODES = st.sampled_from([0, 1, 2, -2, 4, "0", "1", " 0 ", "zero", "", None, False, True, 0.0, 0.5])
NEARLY = st.fixed_dictionaries(
    {}, optional={"ErrorCode": CODES | JSON, " ErrorCode": CODES, "Description": JSON, "Data": JSON}
)


@given(NEARLY | JSON)
@example({"ErrorCode": 0, "Description": "OK"})
async def test_ok_is_said_of_the_documented_form_alone(document: object) -> None:
    outcome = await performed(STOP, document)
    assert (outcome.result is Result.OK) is _is_ok(document)
    assert outcome.result is not Result.NOT_SENT
    assert (outcome.result is Result.UNKNOWN) <= (outcome.fault is not None)


def _is_ok(document: object) -> bool:
    if not isinstance(document, dict):
        return False
    codes = [value for key, value in document.items() if key.strip() == "ErrorCode"]
    return len(codes) == 1 and re.fullmatch(r"[+-]?0+(\.0*)?", str(codes[0]).strip()) is not None
