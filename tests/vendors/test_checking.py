"""What may be sent and what is refused before: a line for each fault, naming method, parameter and rule."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vendors.accounts import FIXTURES, fixture
from tests.vendors.canned import JSON
from wallboard.language.clean import clean
from wallboard.vendors.catalogue import METHODS
from wallboard.vendors.checking import check
from wallboard.vendors.parameter import Parameter, ValueType

CANARY = "CANARY-secret"
TEXTS = st.text(min_size=1).filter(str.strip)
TASK = {"description": "", "active": 1, "mailInEnd": 0, "mailInError": 0, "ifAnyDay": 0}
NEW_TASK = {**TASK, "checkIsKodesh": 1}
SMS = {"message": "שלום", "sendFlashMessage": 0, "phones": "0500000001"}
TTS = {"ttsMessage": "שלום", "ttsVoice": "Noa", "SendMail": 0, "phones": "0500000001"}
BRIDGE = {"Phones": "0500000001", "BridgePhones": "0500000002", "DialSip": 0, "DialSipExtension": 0}
TARGET = {"Campaign": "x", "Target": "0500000001"}
PHONES = "0500000001"
LISTS_50 = [str(number) for number in range(50)]

GOOD: list[tuple[str, dict[str, Any]]] = [
    ("RunTzintuk", {"phones": PHONES, "TzintukTimeOut": 16, "callerId": 790000000}),
    ("RunTzintuk", {"phones": "0500000001:*8080:+972500000002", "callerId": "0790000000"}),
    ("RunTzintuk", {"phones": "tpl:17"}),
    ("RunTzintuk", {"phones": f"tzl:{','.join(LISTS_50)}"}),
    ("RunTzintuk", {"phones": "tzl:", "tzintukLists": LISTS_50}),
    ("RunTzintuk", {"phones": PHONES, "callerId": "RAND"}),
    ("RunTzintuk", {"phones": [PHONES], "callerId": "RAND"}),
    ("RunTzintuk", {"phones": [PHONES, {"phone": PHONES, "callerId": "0790000000"}]}),
    ("TzintukimListManagement", {"action": "getlists"}),
    ("TzintukimListManagement", {"action": "getlists", "TzintukimList": "100"}),
    ("TzintukimListManagement", {"action": "resetList", "TzintukimList": "בית ספר, כיתה ג"}),
    ("SendFax", {"pdfFile": "ivr2://FaxTest.pdf", "phone": PHONES}),
    ("SendFax", {"pdfFile": "/FaxTest.pdf", "phone": PHONES}),
    ("SendFax", {"pdfFile": "UPLOAD", "fileToUpload": Path("page.pdf"), "phone": PHONES}),
    ("SendSms", SMS),
    ("SendSms", {**SMS, "phones": "tpl:X"}),
    ("SendTTS", {**TTS, "phones": "tzl:X", "ttsRate": -10}),
    ("SendTTS", {**TTS, "callbackUrl": "https://hooks.example/", "phones": ":".join([PHONES] * 500)}),
    ("SendTTS", {**TTS, "phones": ":".join([PHONES] * 501)}),
    ("CreateBridgeCall", {**BRIDGE, "Phones": ""}),
    ("CreateBridgeCall", {**BRIDGE, "DialSipExtension": 1, "SipExtension": 200}),
    ("GetQueueRealTime", {"queuePath": "."}),
    ("ViewCampaignReports", {"CampaignId": "SMS-3-0790000000-Yemot-1", "json": 1}),
    ("ValidationCallerId", {"action": "send", "callerId": "0790000000", "validType": "CALL"}),
    ("ValidationCallerId", {"action": "valid", "reId": "7", "code": "1234"}),
    ("CreateTask", {**NEW_TASK, "taskType": "SendSMS", "smsList": "1", "smsMessage": "x", "hour": 23}),
    ("CreateTask", {**NEW_TASK, "taskType": "RunTzintuk", "toList": "1", "typeList": "tzl", "callerId": "1"}),
    ("CreateTask", {**NEW_TASK, "taskType": "MoveOnFile", "folder": "1", "target": "2", "moveFileType": "maxFile"}),
    ("UpdateTask", {**TASK, "TaskId": 1, "days": json.dumps(fixture("yemot/CreateTask.days"))}),
    ("RenderYMGRFile", {"wath": "ivr2:/a.ymgr", "convertType": "json", "renderLanguage": "EN", "notLoadLang": 1}),
    ("CreateSipAccount", {"extNumber": 10_000}),
    ("DeleteSipAccount", {"accountNumber": 3}),
    ("DeleteSipAccount", {"accountNumber": [3, 4]}),
    ("SipExtensionManagement", {"SipExtensionManagement": "Set"}),
    ("SipExtensionManagement", {"SipExtensionManagement": "Get", "accountNumber": 1}),
    ("SetSecondaryDidUsageDescription", {"secondaryDidId": 1, "newUsage": "goto:/1/כיתה/11"}),
    ("SetSecondaryDidUsageDescription", {"secondaryDidId": 1, "newUsage": "sip:15"}),
    ("QueueManagement", {"queuePath": "/1", "action": "kick", "callIds": ["a"], "moreData": "GOTO:/1"}),
    ("QueueManagement", {"queuePath": "/1", "action": "pause", "agent": "0500000001", "callIds": ["a"]}),
    ("PirsumPhoneManagement", {"action": "UnRegistration"}),
    ("AddCall", {**TARGET, "OriginateTime": 1, "IsDateLocal": True, "CustomData": {"var_x": 1}}),
    ("GetExtensions", {"code": "x", "showAll": "False"}),
    ("GetExtensions", {"code": "x", "showAll": 1}),
]
# What is wrong, and the whole line that says so; the order is that of the declarations.
BAD: list[tuple[str, dict[str, Any], list[str]]] = [
    ("RunTzintuk", {"phones": PHONES, "TzintukTimeOut": 16.5}, ["TzintukTimeOut must be from 0 to 16 seconds"]),
    ("RunTzintuk", {"phones": PHONES, "TzintukTimeOut": float("nan")}, ["TzintukTimeOut must be a number"]),
    ("RunTzintuk", {}, ["phones is missing"]),
    (
        "RunTzintuk",
        {"phones": "not numbers"},
        ["phones must be numbers with a colon between them or tpl: with a list or tzl: with a list"],
    ),
    ("RunTzintuk", {"phones": f"tzl:{','.join(LISTS_50)},51"}, ["phones must name at most 50 lists"]),
    (
        "RunTzintuk",
        {"phones": "tzl:", "tzintukLists": [*LISTS_50, "51"]},
        ["tzintukLists must name at most 50 lists"],
    ),
    ("RunTzintuk", {"phones": "tzl:"}, ["tzintukLists is missing: phones=tzl: requires it"]),
    ("RunTzintuk", {"phones": PHONES, "tzintukLists": ["1"]}, ["tzintukLists is for phones=tzl: alone"]),
    (
        "RunTzintuk",
        {"phones": f"{PHONES}:{PHONES}", "callerId": "RAND"},
        ["phones must be one number: with callerId=RAND the others would not be rung"],
    ),
    (
        "TzintukimListManagement",
        {"action": "resetlist"},
        ["action must be getlists or getlistEnteres or getLogList or resetList"],
    ),
    (
        "TzintukimListManagement",
        {"action": "resetList"},
        ["TzintukimList is missing: action=resetList requires it"],
    ),
    (
        "SendFax",
        {"pdfFile": "FaxTest.pdf", "phone": PHONES},
        ["pdfFile must be UPLOAD, or a path that begins with / or ivr2:"],
    ),
    (
        "SendFax",
        {"pdfFile": "UPLOAD", "phone": PHONES},
        ["fileToUpload is missing: pdfFile=UPLOAD requires it"],
    ),
    (
        "SendFax",
        {"pdfFile": "/a.pdf", "fileToUpload": Path("a"), "phone": PHONES},
        ["fileToUpload is for pdfFile=UPLOAD alone"],
    ),
    (
        "SendSms",
        {**SMS, "phones": "tzl:1", "sendFlashMessage": True},
        [
            "sendFlashMessage must be 0 or 1",
            "phones must be numbers with a colon between them or tpl: with a list",
        ],
    ),
    (
        "SendTTS",
        {**TTS, "callbackUrl": "https://hooks.example/", "phones": ":".join([PHONES] * 501)},
        ["callbackUrl is for at most 500 numbers"],
    ),
    ("SendTTS", {**TTS, "ttsRate": 11}, ["ttsRate must be from -10 to 10"]),
    (
        "CreateBridgeCall",
        {**BRIDGE, "DialSipExtension": 1},
        ["SipExtension is missing: DialSipExtension=1 requires it"],
    ),
    ("CreateBridgeCall", {**BRIDGE, "SipExtension": 199}, ["SipExtension must be from 200 to 10000"]),
    (
        "ViewCampaignReports",
        {"CampaignId": "Start-YA-1", "json": 0},
        ["CampaignId must be without the leading Start-YA-", "json must be 1"],
    ),
    (
        "ValidationCallerId",
        {"action": "send", "validType": "sms", "code": "1"},
        [
            "callerId is missing: action=send requires it",
            "validType must be SMS or CALL",
            "code is not for action=send",
        ],
    ),
    *(
        (
            "SendTTS",
            {**TTS, "callbackUrl": url},
            ["callbackUrl must be a whole address, with http:// or https:// and the host"],
        )
        for url in ("notaurl", "ftp://hooks.example/", "https://", "https:///x", "hooks.example/x")
    ),
    (
        "SendFax",
        {"pdfFile": "/a.pdf", "phone": PHONES, "deliveryUrl": "foo"},
        ["deliveryUrl must be a whole address, with http:// or https:// and the host"],
    ),
    ("GetTasks", {"limit": "100"}, ["limit must be a whole number"]),
    ("GetTasks", {"limit": True}, ["limit must be a whole number"]),
    (
        "CreateTask",
        {**NEW_TASK, "taskType": "SendSMS", "smsMessage": "x", "folder": "1", "minute": 60},
        [
            "minute must be from 0 to 59",
            "smsList is missing: taskType=SendSMS requires it",
            "folder is not for taskType=SendSMS",
        ],
    ),
    (
        "UpdateTask",
        {**TASK, "TaskId": 1, "days": '{"7":1}'},
        ['days must be JSON of the days, 0 (Sunday) to 6, each with 0 or 1, as {"0":1,"5":0}'],
    ),
    ("RenderYMGRFile", {"wath": "a", "convertType": "pdf"}, ["convertType must be html or csv or json"]),
    ("CreateSipAccount", {"extNumber": 199}, ["extNumber must be from 200 to 10000"]),
    ("CreateSipAccount", {"extNumber": 10_001}, ["extNumber must be from 200 to 10000"]),
    (
        "DeleteSipAccount",
        {"accountNumber": []},
        ["accountNumber must be an account's number, or a list of at least one"],
    ),
    (
        "SetSecondaryDidUsageDescription",
        {"secondaryDidId": 1, "newUsage": "goto:1"},
        ["newUsage must be sip: and an account's or extension's number, or goto:/ and the path of an extension"],
    ),
    (
        "QueueManagement",
        {"queuePath": "/1", "action": "kick", "agent": "x", "moreData": "goto:/1"},
        [
            "callIds is missing: action=kick requires it",
            "agent is not for action=kick",
            "moreData must be GOTO: and the path of an extension, as GOTO:/1",
        ],
    ),
    (
        "QueueManagement",
        {"queuePath": "/1", "action": "kick", "callIds": [1]},
        ["callIds must be a list of at least one call id, each a text"],
    ),
    ("QueueManagement", {"queuePath": "", "action": "pause", "agent": "x"}, ["queuePath must not be empty"]),
    ("AddCall", {**TARGET, "OriginateTime": 1}, ["IsDateLocal is missing: OriginateTime requires it"]),
    ("UpdateCall", {**TARGET, "OriginateTime": 1}, ["IsDateLocal is missing: OriginateTime requires it"]),
    ("UpdateCall", {**TARGET, "IgnoreDncStatus": 1}, ["IgnoreDncStatus is not a parameter of this method"]),
    ("AddCall", {**TARGET, "IsDateLocal": "perhaps"}, ["IsDateLocal must be true or false"]),
    (
        "AddCall",
        {**TARGET, "CustomData": {"x": float("inf")}},
        ["CustomData must be of proper characters and numbers, or it cannot be sent as JSON"],
    ),
    (
        "AddCall",
        {**TARGET, "Target": "\ud800"},
        ["Target must be of proper characters and numbers, or it cannot be sent as JSON"],
    ),
    (
        "AddCall",
        {"campaign": "x", "Target": "1"},
        ["Campaign is missing", "campaign is not a parameter of this method; did you mean Campaign?"],
    ),
    ("AddCall", {**TARGET, "q\n\u202ex": 1}, ["q x is not a parameter of this method"]),
]
BY_NAME = {method.name: method for method in METHODS.values()}
SMART = {"Campaign": "x", "setQueueForMonitoring": 1, "setQueueMaximumCallers": 1, "setCoefficient": 2}


def lines(name: str, values: Any) -> list[str]:
    """What is said of these values; Yemot's token is there."""
    method = BY_NAME[name]
    if isinstance(values, dict) and any(parameter.name == "token" for parameter in method.parameters):
        values = {"token": CANARY, **values}
    said = check(method, values)
    assert all(line.startswith(f"{name}: ") and "\n" not in line and "CANARY" not in line for line in said)
    return [line.removeprefix(f"{name}: ") for line in said]


@pytest.mark.parametrize(("name", "values"), GOOD)
def test_what_the_documents_allow_passes(name: str, values: dict[str, Any]) -> None:
    assert lines(name, values) == []


@pytest.mark.parametrize(("name", "values", "said"), BAD)
def test_what_the_documents_forbid_is_said_in_a_line_each(name: str, values: dict[str, Any], said: list[str]) -> None:
    assert lines(name, values) == said


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("voicenter/*.request.json")), ids=lambda path: path.stem)
def test_the_documented_requests_of_voicenter_pass(path: Path) -> None:
    method = BY_NAME[path.stem.split(".")[0]]
    named = method.named("InventedName") if method.command_setting else method
    assert check(named, json.loads(path.read_text("utf-8"))) == ()


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("yemot/RunTzintuk.*.request.json")), ids=lambda path: path.stem)
def test_the_documented_shapes_of_phones_pass(path: Path) -> None:
    assert lines("RunTzintuk", json.loads(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "phones",
    [
        [],
        [""],
        [7],
        [{}],
        [{"phone": PHONES}],
        [{"phone": PHONES, "callerId": 1}],
        [{"phone": PHONES, "callerId": "1", "more": 1}],
        [{"phones": [], "callerId": "1"}],
        [{"phones": [[]], "callerId": "1"}],
        [[PHONES]],
        "",
        ":",
        "tpl:",
        f"{PHONES}:",
        f"{PHONES}\n",
    ],
)
def test_other_shapes_of_phones_are_refused(phones: Any) -> None:
    (line,) = lines("RunTzintuk", {"phones": phones})
    assert line.startswith("phones must ")


@pytest.mark.parametrize(
    "days", ["", "{", "[]", "1", '{"0":true}', '{"0":"1"}', '{"0":2}', '{"sunday":1}', "[" * 9_999]
)
def test_days_that_yemot_would_take_for_the_whole_week_are_refused(days: str) -> None:
    (line,) = lines("UpdateTask", {**TASK, "TaskId": 1, "days": days})
    assert line.startswith("days must ")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"setQueueMaximumCallers": 0}, "setQueueMaximumCallers must be greater than 0"),
        ({"setCoefficient": 1}, "setCoefficient must be greater than 1"),
        ({"setQueueForMonitoring": "1"}, "setQueueForMonitoring must be a whole number"),
    ],
)
def test_the_smart_dialers_limits(change: dict[str, Any], said: str) -> None:
    method = BY_NAME["SmartDialerSettings"]
    assert check(method.named("InventedName"), {**SMART, **change}) == (f"SmartDialerSettings: {said}",)


def test_the_method_without_a_name_is_refused_with_what_to_do() -> None:
    (line,) = lines("SmartDialerSettings", SMART)
    assert line.endswith("ask for its name, and set smart_dialer_method")


def test_rows_are_checked_one_by_one() -> None:
    bulk = BY_NAME["AddCallsBulk"]
    assert check(bulk, [TARGET, {**TARGET, "CustomerName": ""}]) == ()
    assert lines("AddCallsBulk", [TARGET, {"Campaign": "x"}, 7]) == [
        "object 2: Target is missing",
        "object 3: must be an object",
    ]
    assert lines("AddCallsBulk", [{**TARGET, "OriginateTime": 1}]) == [
        "object 1: IsDateLocal is missing: OriginateTime requires it"
    ]
    assert lines("AddCallsBulk", []) == ["takes from 1 to 100000 objects, not 0"]
    assert lines("AddCallsBulk", [TARGET] * 100_001) == ["takes from 1 to 100000 objects, not 100001"]
    assert lines("AddCallsBulk", TARGET) == ["takes a list of objects, one for each target"]
    assert lines("AddCall", [TARGET]) == ["takes one object, not a list"]


def test_rows_are_sent_as_an_array_with_their_secrets_known() -> None:
    rows = [
        {"Campaign": "code-1", "Target": "1"},
        {"Campaign": "code-2", "Target": "2"},
        {**TARGET, "Campaign": "code-1"},
    ]
    request = BY_NAME["AddCallsBulk"].request_of_rows("https://vendor.example/", rows)
    assert (request.url, request.body) == ("https://vendor.example/AddCallsBulk", rows)
    assert request.secrets == ("code-1", "code-2")
    assert "code-1" not in f"{request}"
    with pytest.raises(TypeError, match="Target"):
        BY_NAME["AddCallsBulk"].request_of_rows("https://vendor.example/", [{"Campaign": "x"}])
    with pytest.raises(TypeError, match="takes rows"):
        BY_NAME["AddCallsBulk"].request("https://vendor.example/", **TARGET)
    with pytest.raises(TypeError, match="takes no rows"):
        BY_NAME["AddCall"].request_of_rows("https://vendor.example/", rows)


def test_a_file_does_not_go_out_as_json() -> None:
    values = {"token": "x", "pdfFile": "UPLOAD", "fileToUpload": Path("a.pdf"), "phone": PHONES}
    with pytest.raises(TypeError, match="file"):
        BY_NAME["SendFax"].request("https://vendor.example/", **values)


@given(text=TEXTS)
def test_texts_pass_unharmed(text: str) -> None:
    values = {"token": "t", **SMS, "message": text}
    assert check(BY_NAME["SendSms"], values) == ()
    request = BY_NAME["SendSms"].request("https://vendor.example/", **values)
    assert request.body["message"] == text  # type: ignore[call-overload]  # this one's is an object


@pytest.mark.parametrize(
    "text", ["שלום \u200f(דחוף)\u202e", "\"quoted\" 'so'", "two\r\nlines\n", "תֹּהוּ וָבֹהוּ", "🙂\u200d"]
)
def test_hebrew_marks_quotes_and_line_ends_pass_unharmed(text: str) -> None:
    for name, key, values in (
        ("SendSms", "message", SMS),
        ("SendTTS", "ttsMessage", TTS),
        ("AddCall", "CustomerName", TARGET),
    ):
        assert lines(name, {**values, key: text}) == []


@pytest.mark.parametrize(
    "token", ["", " ", "two\nlines", "עברית", "a עברית", " led", "trails ", "x\r\nHost: y", "\x00"]
)
def test_a_token_that_no_header_can_carry_is_refused(token: str) -> None:
    (line,) = check(BY_NAME["GetTasks"], {"token": token})
    assert line == "GetTasks: token must be one line of plain characters: it is sent in a header"


@pytest.mark.parametrize("name", sorted(METHODS))
def test_every_parameter_that_must_be_there_is_missed(name: str) -> None:
    method = METHODS[name]
    said = check(method, [{}] if method.most_rows else {})
    for parameter in method.parameters:
        assert any(f" {parameter.name} is missing" in line for line in said) is parameter.is_required


@pytest.mark.parametrize("name", sorted(METHODS))
def test_every_wrong_type_is_refused(name: str) -> None:
    method = METHODS[name]
    for parameter in method.parameters:
        values = {parameter.name: {1, 2}}
        said = check(method, [values] if method.most_rows else values)
        assert any(f" {parameter.name} must be " in line for line in said)


@given(name=st.sampled_from(sorted(METHODS)), values=st.dictionaries(st.text(), JSON, max_size=4), data=st.data())
def test_whatever_is_given_is_answered_in_lines(name: str, values: dict[str, Any], data: st.DataObject) -> None:
    method = METHODS[name]
    known = st.sampled_from([parameter.name for parameter in method.parameters])
    given_values = {**values, **data.draw(st.dictionaries(known, JSON, max_size=5))}
    for shape in (given_values, [given_values]):
        for line in check(method, shape):
            assert line.startswith(f"{method.name}: ")
            assert clean(line, len(line)) == line


@given(value=st.integers())
def test_a_sip_extension_is_from_200_to_10000(value: int) -> None:
    assert (lines("CreateSipAccount", {"extNumber": value}) == []) is (200 <= value <= 10_000)


@pytest.mark.parametrize("type_", [type_ for type_ in ValueType if type_ is not ValueType.NULL])
def test_null_is_no_value_of_any_type(type_: ValueType) -> None:
    assert Parameter("x", (type_,)).problem(None)
