"""QueueManagement: what is sent, and what its answers say of one caller or agent."""

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.vendors.accounts import CANARY, closing, fixture, yemot_account
from tests.vendors.canned import JSON, performed
from tests.vendors.commands import AGENT, CALL, KICK, KICKED, PAUSE, RESUME, outcome_of, transfer
from tests.vendors.fault_server import answer, fault_server
from wallboard.domain.actions import Command, Result
from wallboard.domain.faults import FaultCode

PAUSED = fixture("yemot/QueueManagement.pause.answer")


@pytest.mark.parametrize(
    ("command", "body"),
    [
        (KICK, {"action": "kick", "callIds": [CALL]}),
        (transfer("/1"), {"action": "kick", "callIds": [CALL], "moreData": "GOTO:/1"}),
        (transfer("/2/5"), {"action": "kick", "callIds": [CALL], "moreData": "GOTO:/2/5"}),
        (transfer("/"), {"action": "kick", "callIds": [CALL], "moreData": "GOTO:/"}),
        (PAUSE, {"action": "pause", "agent": AGENT}),
        (RESUME, {"action": "unpause", "agent": AGENT}),
    ],
)
async def test_what_is_sent(command: Command, body: dict[str, Any]) -> None:
    async with fault_server(ym=answer(KICKED)) as server:
        account = yemot_account(server.url("ym"))
        async with closing(account):
            assert command.kind in account.capabilities
            assert (await account.perform(command)).result is Result.OK
        (asked,) = server.requests
    assert asked.target == "/ym/QueueManagement"
    assert asked.json == {"queuePath": "/2/5", **body}
    assert asked.headers["authorization"] == CANARY
    assert asked.headers["content-type"] == "application/json"
    assert asked.headers["accept-encoding"] == "identity"


async def test_the_documents_own_answers() -> None:
    kicked = fixture("yemot/QueueManagement.kick.answer")
    (gone,) = (call for call, said in kicked["status"].items() if said == "Call not found")
    assert (await performed(KICK, kicked)).result is Result.OK
    assert (await performed(KICK, json.loads(json.dumps(kicked).replace(gone, CALL)))).result is Result.OK
    there_no_more = await performed(KICK, {**kicked, "status": {CALL: "Call not found", gone: "OK"}})
    assert (there_no_more.result, there_no_more.words) == (Result.GONE, "Call not found")
    assert there_no_more.fault is None
    for command in (PAUSE, RESUME):
        outcome = await performed(command, PAUSED)
        assert (outcome.result, outcome.vendor_code, outcome.fault) == (Result.OK, "OK", None)


@pytest.mark.parametrize(
    ("status", "result", "words"),
    [
        ({CALL: "OK"}, Result.OK, "OK"),
        ({CALL: " ok\n"}, Result.OK, "ok"),
        ({CALL: "OK", "0" * 32: "Call not found"}, Result.OK, "OK"),
        ({CALL: "CALL NOT FOUND "}, Result.GONE, "CALL NOT FOUND"),
        ({CALL: "Call is busy"}, Result.UNKNOWN, "Call is busy"),
        ({CALL: "Not OK"}, Result.UNKNOWN, "Not OK"),
        ({CALL: ""}, Result.UNKNOWN, ""),
        ({CALL: None}, Result.UNKNOWN, ""),
        ({CALL: True}, Result.UNKNOWN, ""),
        ({CALL: ["OK"]}, Result.UNKNOWN, ""),
        ({CALL: {"status": "OK"}}, Result.UNKNOWN, ""),
        ({"0" * 32: "OK"}, Result.UNKNOWN, ""),
        ({CALL.upper(): "OK"}, Result.UNKNOWN, ""),
        ({"\ud800": "OK"}, Result.UNKNOWN, ""),
        ({}, Result.UNKNOWN, ""),
        ([{CALL: "OK"}], Result.UNKNOWN, ""),
        ("OK", Result.UNKNOWN, ""),
        (None, Result.UNKNOWN, ""),
    ],
)
async def test_the_map_decides_of_a_call(status: object, result: Result, words: str) -> None:
    for command in (KICK, transfer("/1")):
        outcome = await performed(command, {"responseStatus": "OK", "status": status})
        assert (outcome.result, outcome.words, outcome.vendor_code) == (result, words, "OK")
        assert (outcome.fault is None) is (result is not Result.UNKNOWN)
        assert outcome.fault is None or outcome.fault.code is FaultCode.BAD_SHAPE
    without_map = await performed(KICK, {"responseStatus": "OK"})
    assert without_map.result is Result.UNKNOWN


@pytest.mark.parametrize(
    ("name", "vendor_code", "fault", "retry_after"),
    [
        ("credentials", "1", FaultCode.CREDENTIALS, None),
        ("forbidden", "FORBIDDEN", FaultCode.CREDENTIALS, None),
        ("session", "EXCEPTION", FaultCode.SESSION, None),
        ("session_expired", "FORBIDDEN", FaultCode.SESSION, None),
        ("mfa", "FORBIDDEN", FaultCode.MFA, None),
        ("wait", "Exception", FaultCode.RATE, 55.0),
        ("no_sip", "ERROR", FaultCode.VENDOR, None),
    ],
)
async def test_yemot_says_no(name: str, vendor_code: str, fault: FaultCode, retry_after: float | None) -> None:
    said = fixture(f"yemot/failure.{name}")
    for command in (KICK, PAUSE):
        outcome = await outcome_of(command, answer({**said, "status": {CALL: "OK"}}))
        assert (outcome.result, outcome.vendor_code) == (Result.REFUSED, vendor_code)
        assert outcome.words == said["message"].strip()
        assert outcome.fault
        assert (outcome.fault.code, outcome.fault.words) == (fault, outcome.words)
        assert outcome.fault.retry_after == retry_after


@pytest.mark.parametrize(
    ("said", "result", "vendor_code", "words"),
    [
        ({"responseStatus": " error "}, Result.REFUSED, "error", "ERROR"),
        ({"responseStatus": "ERROR", "messageCode": "113"}, Result.REFUSED, "113", "ERROR"),
        (
            {"responseStatus": "EXCEPTION", "exceptionMessage": "boom", "message": "x"},
            Result.REFUSED,
            "EXCEPTION",
            "boom",
        ),
        ({" responseStatus ": "ok"}, Result.OK, "ok", ""),
        ({"responseStatus": "OK", "messageCode": None}, Result.OK, "OK", ""),
        ({"responseStatus": "WARNING", "message": "queue is closed"}, Result.UNKNOWN, "WARNING", "queue is closed"),
        ({"responseStatus": "PENDING"}, Result.UNKNOWN, "PENDING", ""),
        ({"responseStatus": ""}, Result.UNKNOWN, "", ""),
        ({"responseStatus": None, "message": "hm"}, Result.UNKNOWN, "", "hm"),
        ({"responseStatus": True}, Result.UNKNOWN, "True", ""),
        ({"responseStatus": ["OK"]}, Result.UNKNOWN, "", ""),
        ({"message": "OK", "yAfastVersion": "any"}, Result.UNKNOWN, "", "OK"),
        ({"success": False, "error": {"code": "X"}}, Result.UNKNOWN, "", ""),
        ({}, Result.UNKNOWN, "", ""),
        ('{"responseStatus":"ERROR","responseStatus":"OK"}', Result.UNKNOWN, "", ""),
        ('{"responseStatus":"ERROR"," responseStatus":"OK"}', Result.UNKNOWN, "", ""),
    ],
)
async def test_the_envelope_decides_of_an_agent(said: object, result: Result, vendor_code: str, words: str) -> None:
    outcome = await performed(PAUSE, said)
    assert (outcome.result, outcome.vendor_code, outcome.words) == (result, vendor_code, words)
    assert (outcome.fault is None) is (result is Result.OK)


async def test_an_echoed_token_is_masked_wherever_it_stands() -> None:
    for said in (
        {"responseStatus": "ERROR", "message": f"token {CANARY} is unknown", "messageCode": CANARY},
        {"responseStatus": CANARY, "message": f"token {CANARY} is unknown"},
        {"responseStatus": "OK", "messageCode": CANARY, "status": {CALL: f"token {CANARY} is unknown"}},
    ):
        outcome = await outcome_of(KICK, answer(said))
        assert (outcome.vendor_code, outcome.words) == ("***", "token *** is unknown")


async def test_long_and_hostile_words_are_harmless() -> None:
    said = "\x1b]52;c;QQ\x07\u202e" + "x" * 10_000
    outcome = await performed(PAUSE, {"responseStatus": "ERROR", "message": said, "messageCode": said})
    assert outcome.words.startswith("�]52;c;QQ�xx")
    assert max(len(outcome.words), len(outcome.vendor_code)) <= 160


STATUSES = st.sampled_from(["OK", "ok", " OK ", "ERROR", "Exception", "FORBIDDEN", "WARNING", "", None, True, 0])
CALLS = st.dictionaries(st.sampled_from([CALL, CALL.upper(), "0" * 32]), st.sampled_from(["OK", "Call not found", ""]))
NEARLY = st.fixed_dictionaries(
    {},
    optional={
        "responseStatus": STATUSES | JSON,
        " responseStatus": STATUSES,
        "status": CALLS | JSON,
        "message": JSON,
        "messageCode": JSON,
        "exceptionMessage": JSON,
    },
)


@given(NEARLY | JSON)
@example({"responseStatus": "OK", "status": {CALL: "OK"}})
@example({"responseStatus": "OK"})
async def test_ok_is_said_of_the_documented_form_alone(document: object) -> None:
    for command in (KICK, PAUSE):
        outcome = await performed(command, document)
        assert (outcome.result is Result.OK) is _is_ok(document, command)
        assert outcome.result is not Result.NOT_SENT
        assert (outcome.result is Result.UNKNOWN) <= (outcome.fault is not None)


def _is_ok(document: object, command: Command) -> bool:
    if not isinstance(document, dict):
        return False
    statuses = [value for key, value in document.items() if key.strip() == "responseStatus"]
    is_good = len(statuses) == 1 and isinstance(statuses[0], str) and statuses[0].strip().upper() == "OK"
    calls = document.get("status")
    is_confirmed = isinstance(calls, dict) and str(calls.get(CALL)).strip().lower() == "ok"
    return is_good and (is_confirmed or command is PAUSE)
