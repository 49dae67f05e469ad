"""The declarations say what the vendors' documents say: nothing is missing, nothing invented."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.vendors.accounts import FIXTURES
from wallboard.config.model import VoicenterSource, YemotSource
from wallboard.domain.faults import FaultCode, VendorFault
from wallboard.vendors.answer_fields import AnswerField, fields, masked
from wallboard.vendors.catalogue import METHODS
from wallboard.vendors.discretion import MASK
from wallboard.vendors.method import JSON, Method, Pace, Verb
from wallboard.vendors.parameter import Need, ValueType

# Of each method the tables of the document: parameters with type, mark and default; fields of the answer by mode.
DOCUMENTED: dict[str, dict[str, Any]] = json.loads((FIXTURES / "documented_methods.json").read_text("utf-8"))
NEEDS = {
    "yes": Need.REQUIRED,
    "listed": Need.REQUIRED,
    "default": Need.DEFAULT,
    "no": Need.OPTIONAL,
    "cond.": Need.CONDITIONAL,
    "—": Need.DEFAULT,  # GetExtensionsCalls' `extension`, whose default stands in its description
}
# In a table of required parameters, and optional by the words beside it.
OPTIONAL_BY_WORDS = {("yemot.SendFax", "deliveryUrl"), ("yemot.SendTTS", "callbackUrl")}
# A cell is empty that every other method fills.
TYPED_AS_ELSEWHERE = {"voicenter.UpdateCall": {"Description": "string"}}
JSON_ONLY = {
    "yemot.QueueManagement",
    "voicenter.AddCallsBulk",
    "voicenter.GetCampaignPendingCalls",
    "voicenter.SmartDialerSettings",
}
READING = {
    "yemot.GetQueueRealTime",
    "yemot.GetCustomerData",
    "yemot.GetIVR2DirStats",
    "yemot.ViewCampaignReports",
    "yemot.GetTasks",
    "yemot.GetTasksData",
    "yemot.GetTasksLogs",
    "yemot.GetCustomerSmsTransactions",
    "yemot.RenderYMGRFile",
    "yemot.CheckIfFileExists",
    "yemot.GetSipAccountsInCustomer",
    "voicenter.GetExtensionsCalls",
    "voicenter.GetQueuesCallers",
    "voicenter.GetExtensions",
    "voicenter.GetCampaignList",
    "voicenter.GetCampaignDetails",
    "voicenter.GetCampaignPendingCalls",
    "voicenter.GetMembersList",
}
READING_MODES = {
    "yemot.TzintukimListManagement": {"getlists", "getlistEnteres", "getLogList"},
    "yemot.SipExtensionManagement": {"Get"},
    "yemot.PirsumPhoneManagement": {"GetRegistrationStatus"},
    "yemot.RenderYMGRFile": {"html", "csv", "json"},
}
COSTLY = {
    "yemot.RunTzintuk",
    "yemot.SendSms",
    "yemot.SendTTS",
    "yemot.SendFax",
    "yemot.CreateBridgeCall",
    "yemot.ValidationCallerId",
    "yemot.CreateTask",
}
SECRET_FIELDS = {
    "yemot.GetCustomerData": {"accessPassword", "recordPassword"},
    "yemot.CreateSipAccount": {"PASS"},
    "yemot.GetSipAccountsInCustomer": {"accounts[].password"},
    "voicenter.GetCampaignList": {"Data[].Code"},
    "voicenter.GetCampaignDetails": {"Data.Code"},
    "voicenter.GetCampaignPendingCalls": {"Data.Campaign.Code"},
}
MODES = {
    "yemot.QueueManagement": ["kick", "pause", "unpause"],
    "yemot.TzintukimListManagement": ["getlists", "getlistEnteres", "getLogList", "resetList"],
    "yemot.ValidationCallerId": ["send", "valid"],
    "yemot.PirsumPhoneManagement": ["GetRegistrationStatus", "Registration", "UnRegistration"],
    "yemot.SipExtensionManagement": ["Get", "Set"],
    "yemot.CreateTask": ["SendSMS", "RunTzintuk", "MoveOnFile"],
    "yemot.RenderYMGRFile": ["html", "csv", "json"],
}

HOLDS: dict[ValueType, Callable[[Any], bool]] = {
    ValueType.STRING: lambda held: isinstance(held, str),
    ValueType.INTEGER: lambda held: type(held) is int,
    ValueType.BOOLEAN: lambda held: held in {0, 1},
    ValueType.ARRAY: lambda held: isinstance(held, list),
    ValueType.OBJECT: lambda held: isinstance(held, dict),
    ValueType.NULL: lambda held: held is None,
}
SAMPLES = [
    path
    for path in sorted(FIXTURES.glob("voicenter/*.answer.json"))
    if f"voicenter.{path.stem.split('.')[0]}" in METHODS  # some are of methods that the documents do not have
]
OWN_DATA = ("CustomData", "customdata")

every = pytest.mark.parametrize("name", sorted(DOCUMENTED))


def told(declared: tuple[AnswerField, ...]) -> dict[str, str]:
    return {field.path: " ".join(field.types) for field in declared}


def modes_where(name: str, parameter: str) -> set[str]:
    """The modes that speak of a parameter."""
    return {mode.value for mode in METHODS[name].modes if parameter in {*mode.requires, *mode.takes}}


def test_there_are_the_47_of_the_documents() -> None:
    assert len(METHODS) == len(DOCUMENTED) == 47
    assert METHODS.keys() == DOCUMENTED.keys()
    assert sum(name.startswith("yemot.") for name in METHODS) == 30
    assert len(set(METHODS.values())) == 47


@every
def test_the_parameters_are_the_documented_ones(name: str) -> None:
    declared = {parameter.name: parameter for parameter in METHODS[name].parameters}
    documented = DOCUMENTED[name]["parameters"]
    assert len(METHODS[name].parameters) == len(declared)
    assert declared.keys() == documented.keys()
    for key, (types, mark, *default) in documented.items():
        parameter = declared[key]
        if types:
            assert sorted(parameter.types) == sorted(types.split()), key
        need = Need.OPTIONAL if (name, key) in OPTIONAL_BY_WORDS else NEEDS[mark.split(" ")[0]]
        if " of " in mark:  # in the table of some modes alone
            need = Need.OPTIONAL if need is Need.OPTIONAL else Need.CONDITIONAL
            assert modes_where(name, key) == set(mark.split(" of ")[1].split()), key
        assert parameter.need is need, key
        assert [parameter.default] == (default or [""]), key


@every
def test_the_fields_of_the_answers_are_the_documented_ones(name: str) -> None:
    method, documented = METHODS[name], DOCUMENTED[name]["answer"]
    modes = [mode for mode in documented if mode]
    if not modes:
        assert told(method.fields) == {**documented[""], **TYPED_AS_ELSEWHERE.get(name, {})}
        assert not any(mode.fields for mode in method.modes)
        return
    assert modes == [mode.value for mode in method.modes]
    for mode in modes:
        assert told(method.answer_fields({method.mode_parameter: mode})) == documented[mode], mode


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every field of a sample, by its path; what the account itself put in is none."""
    inner = value if isinstance(value, list) else [value]
    for item in inner:
        for key, held in item.items() if isinstance(item, dict) and not path.endswith(OWN_DATA) else ():
            below = f"{path}.{key.strip()}" if path else key.strip()
            yield below, held
            yield from leaves(held, f"{below}[]" if isinstance(held, list) else below)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_printed_samples_hold_nothing_else(path: Path) -> None:
    name = f"voicenter.{path.stem.split('.')[0]}"
    declared = {field.path: field for field in METHODS[name].fields}
    found = list(leaves(json.loads(path.read_text("utf-8"))))
    assert found
    for field, held in found:
        is_of_type = any(HOLDS[type_](held) for type_ in declared[field].types)
        assert is_of_type, field


@every
def test_the_vendors_codes_are_the_documented_ones(name: str) -> None:
    assert sorted(METHODS[name].codes) == sorted(DOCUMENTED[name].get("codes", []))


@every
def test_what_a_method_does_and_costs_is_declared(name: str) -> None:
    method = METHODS[name]
    settings = YemotSource if name.startswith("yemot.") else VoicenterSource
    assert method.base in settings.model_fields
    assert method.description.endswith(".")
    assert "\n" not in method.description
    assert method.is_mutating is (name not in READING)
    assert {mode.value for mode in method.modes if not mode.is_mutating} == READING_MODES.get(name, set())
    assert [mode.value for mode in method.modes] == MODES.get(name, [])
    assert method.costs_units is (name in COSTLY)
    assert {field.path for field in method.fields if field.is_secret} == SECRET_FIELDS.get(name, set())
    assert next(parameter.name for parameter in method.parameters if parameter.is_secret) in {
        "token",
        "code",
        "Code",
        "Campaign",
    }
    assert method.code_keys or not method.is_mutating


@every
def test_the_ways_of_sending_are_the_documented_ones(name: str) -> None:
    verbs = set(METHODS[name].verbs)
    assert (verbs == {Verb.POST_JSON}) is (name in JSON_ONLY)
    assert Verb.POST_JSON in verbs
    assert (Verb.POST_MULTIPART in verbs) is (name == "yemot.SendFax")
    assert (METHODS[name].most_rows > 0) is (name == "voicenter.AddCallsBulk")


def test_what_is_not_polled_is_called_by_people_alone() -> None:
    polled = {name for name, method in METHODS.items() if method.pace is not Pace.ON_DEMAND}
    assert len(polled) == 6
    assert polled <= READING


def test_a_mode_decides_what_is_changed_and_paid() -> None:
    lists, caller_id = METHODS["yemot.TzintukimListManagement"], METHODS["yemot.ValidationCallerId"]
    assert not lists.changes({"action": "getlists"})
    assert lists.changes({"action": "resetList"})
    assert lists.changes({"action": "no such action"})
    assert caller_id.cost({"action": "send"})
    assert not caller_id.cost({"action": "valid"})
    assert METHODS["yemot.SendSms"].cost({})


def test_a_report_that_is_not_json_is_declared_so() -> None:
    contents = {mode.value: mode.content for mode in METHODS["yemot.RenderYMGRFile"].modes}
    assert contents == {"html": "text/html", "csv": "text/csv", "json": JSON}


def test_the_secrets_of_an_answer_are_hidden_and_nothing_else() -> None:
    accounts = METHODS["yemot.GetSipAccountsInCustomer"].fields
    document = {"accounts": [{"id": "0790000000=1", "password": "CANARY"}, {"password": ""}, 7], "accountLimit": 6}
    assert masked(document, accounts) == {
        "accounts": [{"id": "0790000000=1", "password": MASK}, {"password": ""}, 7],
        "accountLimit": 6,
    }
    details = METHODS["voicenter.GetCampaignDetails"].fields
    assert masked({"Data": {" Code": "CANARY", "Name": "סקר"}}, details) == {"Data": {" Code": MASK, "Name": "סקר"}}
    odds: list[Any] = [{"Data": None}, {"Data": []}, {"Data": "text"}, {}, {"Data": {"Code": None}}, [], "text", None]
    for odd in odds:
        assert masked(odd, details) == odd


@pytest.mark.parametrize(
    ("name", "document", "fault"),
    [
        ("yemot.GetTasks", {"tasks": []}, None),
        ("yemot.GetTasks", {"tasks": [], "responseStatus": "ERROR", "message": "no"}, FaultCode.VENDOR),
        ("yemot.GetTasks", {}, FaultCode.BAD_SHAPE),
        ("yemot.DeleteTask", {"status": 1}, None),
        ("yemot.DeleteTask", {"responseStatus": "perhaps"}, FaultCode.BAD_SHAPE),
        ("yemot.SendSms", {"sendCount": 1}, FaultCode.BAD_SHAPE),
        ("yemot.SendSms", {"responseStatus": "OK"}, None),
        ("voicenter.AddCall", {"ErrorCode": 0}, None),
        ("voicenter.AddCall", {"ErrorCode": -2, "Description": "Number is invalid"}, FaultCode.VENDOR),
        ("voicenter.AddCall", {"ErrorCode": 4}, FaultCode.BAD_SHAPE),
        ("voicenter.GetMembersList", {"ErrorCode": 4}, FaultCode.VENDOR),
        ("voicenter.ClearCampaignCalls", {"Campaign": "invented"}, FaultCode.BAD_SHAPE),
    ],
)
def test_an_answers_own_report_counts(name: str, document: dict[str, Any], fault: FaultCode | None) -> None:
    if fault is None:
        METHODS[name].envelope(document, "vendor.example")
        return
    with pytest.raises(VendorFault) as raised:
        METHODS[name].envelope(document, "vendor.example")
    assert raised.value.fault.code is fault


def test_the_method_without_a_name_gets_it_from_the_configuration_alone() -> None:
    method: Method[Any] = METHODS["voicenter.SmartDialerSettings"]
    assert method.command_setting in VoicenterSource.model_fields
    values = {"Campaign": "x", "setQueueForMonitoring": 1, "setQueueMaximumCallers": 1, "setCoefficient": 2}
    with pytest.raises(TypeError, match="smart_dialer_method"):
        method.request("https://vendor.example/", **values)
    for wrong in ("", "../Other", "Two words", "A?b=1", "שם", "A\n"):
        with pytest.raises(ValueError, match="smart_dialer_method"):
            method.named(wrong)
    named = method.named("InventedName")
    assert named.request("https://vendor.example/", **values).url == "https://vendor.example/InventedName"
    with pytest.raises(ValueError, match="AddCall"):
        METHODS["voicenter.AddCall"].named("InventedName")


def test_a_table_of_fields_with_an_unknown_type_is_refused() -> None:
    with pytest.raises(ValueError, match="strign"):
        fields("name strign")
