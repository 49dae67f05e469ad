"""A Yemot system by its interface: units, messages, lists, numbers, SIP accounts, files, reports."""

import csv
import io
import itertools
import re
from typing import Any

import httpx
import pytest

from wallboard.clock import ManualClock
from wallboard.simulator.entities import LegStatus
from wallboard.simulator.scenario import Vendor
from wallboard.simulator.system.sending import BLOCKED
from wallboard.simulator.system.units import TRANSACTIONS_KEPT
from wallboard.simulator.world import World

from .worlds import YEMOT, Desk, make_world, quiet, read, statuses

PHONES = "0500000001:0500000002"
BRIDGE = {"BridgePhones": "0500000007", "DialSip": 0, "DialSipExtension": 0}


class SystemDesk(Desk):
    """A quiet system whose units fall by nothing but what is asked of it."""

    def __init__(self, units: float = 100, **changes: Any) -> None:
        self.clock = ManualClock()
        account = {"units": units, "units_per_hour": 0}
        super().__init__(World(quiet(account=account, **changes), 1, self.clock))

    async def units(self) -> float:
        return float((await self.yemot("GetCustomerData"))["units"])

    async def ok(self, command: str, **values: Any) -> dict[str, Any]:
        said = await self.yemot(command, **values)
        assert said["responseStatus"] == "OK", said
        return said

    async def refusal(self, command: str, **values: Any) -> str:
        said = await self.yemot(command, **values)
        assert said["responseStatus"] == "ERROR", said
        return str(said["message"])

    async def sms(self, message: str = "שלום", phones: str = PHONES, **values: Any) -> dict[str, Any]:
        return await self.ok("SendSms", message=message, phones=phones, sendFlashMessage=0, **values)


@pytest.mark.parametrize(
    ("message", "units"), [("א", 0.2), ("א" * 70, 0.2), ("א" * 71, 0.4), ("😀" * 35, 0.2), ("😀" * 36, 0.4)]
)
async def test_a_message_costs_by_seventy_characters_and_number(message: str, units: float) -> None:
    desk = SystemDesk()
    said = await desk.sms(message)
    assert (said["message"], said["from"], said["sendCount"], said["Billing"]) == (message, "0790000100", 2, units)
    assert (said["oks"], said["errors"]) == (PHONES.split(":"), {})
    assert await desk.units() == pytest.approx(100 - units)


async def test_the_ledger_adds_up() -> None:
    desk = SystemDesk()
    await desk.sms()
    await desk.sms("א" * 100, "tpl:17")
    await desk.ok("RunTzintuk", phones=PHONES)
    await desk.ok("RunTzintuk", phones="tzl:100")
    await desk.ok("SendTTS", ttsMessage="שלום", ttsVoice="Osnat", SendMail=0, phones=PHONES)
    await desk.ok("CreateBridgeCall", Phones="0500000009", **BRIDGE)
    await desk.ok("SendFax", pdfFile="ivr2://FaxTest.pdf", phone="039999999")
    await desk.ok("ValidationCallerId", action="send", callerId="0500000005", validType="SMS")
    desk.clock.jump(3_600)
    rows = (await desk.ok("GetCustomerSmsTransactions"))["rows"]
    assert rows[0]["newBalance"] == await desk.units() < 100 - 0.2 - 1.6 - 0.2 - 2 - 0.1 - 0.1 - 0.1
    for newer, older in itertools.pairwise(rows):
        assert newer["newBalance"] == pytest.approx(older["newBalance"] + newer["amount"])
        assert newer["transactionTime"] >= older["transactionTime"]
    assert sum(row["amount"] for row in rows[:-1]) == pytest.approx(await desk.units() - 100)
    assert all({"description", "expireDate", "who"} <= row.keys() for row in rows)


async def test_the_ledger_keeps_the_last_two_thousand() -> None:
    desk = SystemDesk(units=10_000)
    for _ in range(TRANSACTIONS_KEPT + 5):
        desk.world.system.units.charge(0.1, "test")
    rows = (await desk.ok("GetCustomerSmsTransactions"))["rows"]
    assert len(rows) == TRANSACTIONS_KEPT == 2_000
    assert {row["description"] for row in rows} == {"test"}


async def test_nothing_is_sent_when_the_units_are_gone() -> None:
    desk = SystemDesk(units=0.25)
    await desk.sms()
    refused = "אין מספיק יחידות במערכת"
    assert await desk.refusal("SendSms", message="ש", phones=PHONES, sendFlashMessage=0) == refused
    assert await desk.refusal("RunTzintuk", phones="0500000001") == refused
    assert await desk.refusal("CreateBridgeCall", Phones="0500000001", **BRIDGE) == refused
    assert await desk.refusal("ValidationCallerId", action="send", callerId="0500000005", validType="SMS") == refused
    assert (await desk.ok("RunTzintuk", phones="tzl:100"))["biling"] == "0.00"  # the free lists stay free
    assert await desk.units() == 0.05
    assert (await desk.yemot("GetCustomerData"))["expiredUnits"] is False
    desk.world.system.units.charge(9, "all that there is")
    assert (await desk.yemot("GetCustomerData"))["expiredUnits"] is True


@pytest.mark.parametrize(("units", "is_sent"), [(5.05, False), (5.1, False), (5.11, True)])
async def test_a_fax_needs_more_than_five_units_to_spare(units: float, *, is_sent: bool) -> None:
    desk = SystemDesk(units)
    said = await desk.yemot("SendFax", pdfFile="/FaxTest.pdf", phone="039999999", deliveryUrl="http://demo.invalid/d")
    assert (said["responseStatus"] == "OK") is is_sent
    if is_sent:
        assert (said["biling"], said["deliveryUrl"], said["callsCount"]) == (0.1, "http://demo.invalid/d", 1)
        before = await desk.units()
        desk.clock.jump(600)
        assert await desk.units() < before  # by the minute, when it is through


async def test_an_uploaded_file_is_faxed() -> None:
    desk = SystemDesk()
    header = {"authorization": desk.world.access.token}
    values = {"pdfFile": "UPLOAD", "phone": "039999999"}
    files = {"fileToUpload": ("חוזה.pdf", b"%PDF-1.4\r\n\r\n--x", "application/pdf")}
    url = YEMOT + "SendFax"
    said = read(await desk.http.post(url, data=values, files=files, headers=header))
    assert (said["responseStatus"], said["fileNameSend"]) == ("OK", "חוזה.pdf")
    assert read(await desk.http.post(url, data=values, headers=header))["responseStatus"] == "ERROR"
    wrong = {"fileToUpload": ("a.txt", b"x")}
    assert read(await desk.http.post(url, data=values, files=wrong, headers=header))["responseStatus"] == "ERROR"
    assert "הקובץ" in await desk.refusal("SendFax", pdfFile="/no.pdf", phone="039999999")


async def test_a_bridge_rings_the_agent_and_costs_by_the_minute() -> None:
    desk = SystemDesk()
    agent = next(agent for agent in desk.world.floor.at(Vendor.YEMOT) if agent.has_sip)
    said = await desk.ok("CreateBridgeCall", Phones="", **{**BRIDGE, "DialSip": 1, "AccountNumber": agent.number})
    assert re.fullmatch(r"WSOC-LC-\d{4}(-\d\d){5}-\d{3}", said["CampaignId"])
    assert (said["bilingPerCall"], said["biling"], said["callsCount"]) == (0.1, "0.10", 1)
    assert (said["RecordCall"], said["SendMailInCall"]) == (False, False)
    assert await desk.units() == 99.9
    assert statuses(agent) == [LegStatus.RINGING]
    assert agent.legs[0].phone == "0500000007"
    desk.clock.jump(3_600)
    desk.world.advance()
    assert agent.legs == []
    costs = []
    for seed in range(12):
        world = World(quiet(account={"units": 100, "units_per_hour": 0}), seed, clock := ManualClock())
        await Desk(world).yemot("CreateBridgeCall", Phones="0500000009", **BRIDGE)
        clock.jump(7_200)
        world.advance()
        costs.append(100 - world.system.units.balance)
    assert min(costs) > 0.1  # the agent's telephone is charged from the first ring
    assert max(costs) > 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"DialSip": 1, "AccountNumber": 99},
        {"DialSipExtension": 1, "SipExtension": 9_999},
        {"DialSipExtension": 1},
        {"Phones": ""},
        {"BridgePhones": ""},
        {"callerId": "0501111111"},
    ],
)
async def test_a_bridge_to_nowhere_is_refused(wrong: dict[str, Any]) -> None:
    desk = SystemDesk()
    assert await desk.refusal("CreateBridgeCall", **{"Phones": "0500000009", **BRIDGE, **wrong})
    assert await desk.units() == 100


RINGS: list[tuple[dict[str, Any], list[str], dict[str, str]]] = [
    ({"phones": PHONES}, PHONES.split(":"), {}),
    ({"phones": ["0500000001", "0500000001", "*8080", BLOCKED]}, ["0500000001"], {
        "0500000001": "double", "*8080": "notValid", BLOCKED: "blocked",
    }),
    ({"phones": [{"phone": "0500000001", "callerId": "0790000001"}]}, ["0500000001"], {}),
    ({"phones": [{"phones": ["0500000001", "0500000002"], "callerId": "0790000002"}]}, PHONES.split(":"), {}),
    ({"phones": "tpl:18"}, ["0520000201", "0520000202", "0520000203"], {}),
    ({"phones": PHONES, "callerId": "RAND"}, ["0500000001"], {}),
]  # fmt: skip


@pytest.mark.parametrize(("values", "rung", "errors"), RINGS)
async def test_the_many_shapes_of_a_one_ring_call(
    values: dict[str, Any], rung: list[str], errors: dict[str, str]
) -> None:
    desk = SystemDesk()
    said = await desk.ok("RunTzintuk", **values)
    units = 0.1 * len(rung)
    assert (said["callsCount"], said["bilingPerCall"], said["biling"]) == (len(rung), 0.1, f"{units:.2f}")
    assert said["errors"] == errors
    assert await desk.units() == pytest.approx(100 - units)
    is_random = values.get("callerId") == "RAND"
    assert said["verifyCode"] == (said["callerId"][-4:] if is_random else "")
    report = await desk.yemot("ViewCampaignReports", CampaignId=said["campaignId"].removeprefix("YA-"), json=1)
    assert list(report["report"]) == rung


async def test_a_list_is_rung_for_nothing_and_logs_it() -> None:
    desk = SystemDesk()
    names = [row["listName"] for row in (await desk.ok("TzintukimListManagement", action="getlists"))["lists"]]
    assert "בית ספר, כיתה ג" in names
    by_comma = await desk.ok("RunTzintuk", phones="tzl:100,200")
    by_array = await desk.ok("RunTzintuk", phones="tzl:", tzintukLists=names)
    assert (by_comma["callsCount"], by_array["callsCount"]) == (11, 18)
    assert (by_array["biling"], by_array["bilingPerCall"]) == ("0.00", 0)
    assert await desk.units() == 100
    logged = await desk.ok("TzintukimListManagement", action="getLogList", TzintukimList="בית ספר, כיתה ג")
    newest = logged["events"][0]
    assert (newest["TypeOperation"], newest["CustomerDID"], newest["PhoneAction"]) == ("RunTzintuk", "0790000100", "")
    assert re.fullmatch(r"\d\d/\d\d/\d{4}", newest["Date"])
    assert await desk.refusal("RunTzintuk", phones="tzl:100,no such list")
    assert await desk.refusal("RunTzintuk", phones="tzl:" + ",".join(["100"] * 51))
    assert await desk.refusal("RunTzintuk", phones="tzl:")


async def test_a_list_is_told_and_emptied() -> None:
    desk = SystemDesk()
    told = await desk.ok("TzintukimListManagement", action="getlistEnteres", TzintukimList="200")
    assert (told["listName"], told["countSubscribers"], len(told["enteres"])) == ("200", 4, 4)
    assert told["enteres"][0].keys() == {"phone", "name"}
    assert (await desk.ok("TzintukimListManagement", action="resetList", TzintukimList="200"))["list"] == "200"
    told = await desk.ok("TzintukimListManagement", action="getlistEnteres", TzintukimList="200")
    assert (told["countSubscribers"], told["enteres"]) == (0, [])
    logged = await desk.ok("TzintukimListManagement", action="getLogList", TzintukimList="200")
    assert logged["events"][0]["TypeOperation"] == "ResetToListTzintuk"
    assert await desk.refusal("RunTzintuk", phones="tzl:200") == "No valid phones"
    for wrong in ({"action": "resetList"}, {"action": "dance"}, {"action": "getLogList", "TzintukimList": "9"}):
        assert await desk.refusal("TzintukimListManagement", **wrong)


@pytest.mark.parametrize(
    ("command", "wrong"),
    [
        ("SendSms", {"message": "", "phones": PHONES}),
        ("SendSms", {"message": "ש", "phones": ""}),
        ("SendSms", {"message": "ש", "phones": "tpl:99"}),
        ("SendSms", {"message": "ש", "phones": "abc"}),
        ("SendSms", {"message": "ש", "phones": PHONES, "from": "0501111111"}),
        ("RunTzintuk", {"phones": PHONES, "TzintukTimeOut": 17}),
        ("RunTzintuk", {"phones": PHONES, "TzintukTimeOut": "soon"}),
        ("RunTzintuk", {"phones": PHONES, "callerId": "0501111111"}),
        ("RunTzintuk", {"phones": []}),
        ("RunTzintuk", {}),
        ("SendTTS", {"ttsMessage": "ש", "ttsVoice": "Osnat", "ttsRate": 11, "phones": PHONES}),
        ("SendTTS", {"ttsMessage": "ש", "phones": PHONES}),
        ("ViewCampaignReports", {"CampaignId": "SMS-1", "json": 1}),
        ("ViewCampaignReports", {"CampaignId": "SMS-1"}),
        ("PirsumPhoneManagement", {"action": "dance"}),
        ("ValidationCallerId", {"action": "send", "callerId": "0500000005", "validType": "POST"}),
        ("ValidationCallerId", {"action": "dance"}),
        ("GetIVR2DirStats", {"path": "/77"}),
        ("RenderYMGRFile", {"wath": "ivr2:/no.ymgr", "convertType": "csv"}),
        ("RenderYMGRFile", {"wath": "ivr2:/ymgtTest.ymgr", "convertType": "pdf"}),
        ("SetSecondaryDidUsageDescription", {"secondaryDidId": 9, "newUsage": "goto:/1"}),
        ("SetSecondaryDidUsageDescription", {"secondaryDidId": 100, "newUsage": "GOTO:/1"}),
        ("SetSecondaryDidUsageDescription", {"secondaryDidId": 102, "newUsage": "goto:/1"}),  # it is a fax
        ("SetSecondaryDidUsageDescription", {"secondaryDidId": 100, "newUsage": "sip:77"}),
        ("EditCallerIdInSipAccount", {"accountNumber": 1, "callerId": "0501111111"}),
        ("EditCallerIdInSipAccount", {"accountNumber": 77, "callerId": "0790000001"}),
        ("SipExtensionManagement", {"SipExtensionManagement": "Set", "accountNumber": 1, "extNumber": 199}),
        ("SipExtensionManagement", {"SipExtensionManagement": "Set", "accountNumber": 1, "extNumber": 203}),
        ("SipExtensionManagement", {"accountNumber": 1}),
        ("CreateSipAccount", {"extNumber": 202}),
        ("DeleteSipAccount", {"accountNumber": []}),
        ("SipToWss", {"accountNumber": "first"}),
    ],
)
async def test_what_makes_no_sense_is_refused_and_costs_nothing(command: str, wrong: dict[str, Any]) -> None:
    desk = SystemDesk()
    assert await desk.refusal(command, **wrong)
    assert await desk.units() == 100


async def test_a_spoken_message_is_reported_call_by_call() -> None:
    desk = SystemDesk()
    values = {"ttsMessage": "א" * 600, "ttsVoice": "Osnat", "SendMail": 0, "repeatFile": 2}
    said = await desk.ok("SendTTS", phones="tpl:17", **values)
    assert (said["OKCalls"], said["ErrorCalls"]) == (8, {})
    assert said["billing"] == pytest.approx(8 * 100 / 60, abs=0.01)  # 12 characters a second, twice
    assert said["units"] == f"{await desk.units():.2f}"
    asked = {"CampaignId": said["CampaignId"].removeprefix("YA-"), "json": 1}
    report = (await desk.ok("ViewCampaignReports", **asked))["report"]
    assert {line["Status"] for line in report.values()} == {"WAIT"}
    desk.clock.jump(300)
    report = (await desk.ok("ViewCampaignReports", **asked))["report"]
    assert {line["Status"] for line in report.values()} == {"DOWN", "FAILD"}
    assert all(("CallTimeMS" in line) is (line["Status"] == "DOWN") for line in report.values())


async def test_a_messages_report_is_found_by_what_was_billed() -> None:
    desk = SystemDesk()
    await desk.sms()
    billed = (await desk.ok("GetCustomerSmsTransactions"))["rows"][0]["description"]
    assert billed.startswith("Start-YA-SMS-3-0790000100-Yemot-")
    said = await desk.ok("ViewCampaignReports", CampaignId=billed.removeprefix("Start-YA-"), json="1")
    assert list(said["report"]) == PHONES.split(":")
    assert said["CampaignData"]["Count"] == 2


async def test_a_number_is_approved_with_its_code() -> None:
    desk = SystemDesk()
    said = await desk.ok("ValidationCallerId", action="send", callerId="0500000005", validType="SMS")
    asked = {"action": "valid", "reId": said["reqId"]}
    assert (await desk.ok("ValidationCallerId", code="0000", **asked))["status"] is False
    assert (await desk.ok("ValidationCallerId", code="0005", **asked))["status"] is True
    assert (await desk.ok("ValidationCallerId", code="0005", **asked))["status"] is False  # it is used up
    approved = {row["callerId"]: row["expiryDate"] for row in (await desk.yemot("GetCustomerData"))["callerIds"]}
    assert approved["0500000005"].startswith("2026-06-15 ")
    assert (await desk.sms(**{"from": "0500000005"}))["from"] == "0500000005"
    assert (await desk.ok("EditCallerIdInSipAccount", accountNumber=1, callerId="0500000005")).keys() == {
        "responseStatus",
        "yAfastVersion",
    }


async def test_pirsum_and_a_secondary_number_are_told_by_the_system() -> None:
    desk = SystemDesk()
    assert (await desk.ok("PirsumPhoneManagement", action="GetRegistrationStatus"))["registrationStatus"] is False
    assert (await desk.ok("PirsumPhoneManagement", action="Registration"))["results"] == "OK"
    for usage in ("sip:1", "sip:203", "goto:/1/20/אב"):
        said = await desk.ok("SetSecondaryDidUsageDescription", secondaryDidId="100", newUsage=usage)
        assert said["status"] is True
        told = await desk.yemot("GetCustomerData")
        assert told["secondary_dids"][0] == {"id": 100, "did": "0790000001", "usage": usage}
        assert told["pirsumPhoneStatus"] is True
    await desk.ok("PirsumPhoneManagement", action="UnRegistration")
    assert (await desk.yemot("GetCustomerData"))["pirsumPhoneStatus"] is False


async def test_sip_accounts_from_their_making_to_their_end() -> None:
    desk = SystemDesk()

    async def accounts() -> dict[int, dict[str, Any]]:
        said = await desk.ok("GetSipAccountsInCustomer")
        assert said["accountLimit"] >= len(said["accounts"])
        return {row["accountNumber"]: row for row in said["accounts"]}

    before = await accounts()
    agents = {f"SIP-{row['id'].replace('=', '-')}" for row in before.values()}
    assert agents == {agent.id for agent in desk.world.floor.at(Vendor.YEMOT) if agent.has_sip}
    made = await desk.ok("CreateSipAccount", extNumber="300")
    number = made["accountNumber"]
    row = (await accounts())[number]
    assert (row["id"], row["password"]) == (made["accountID"], made["PASS"])
    assert (row["customerExtension"], row["transport"], row["specialCallerID"]) == (300, "transport-udp", "")
    await desk.ok("SipToWss", accountNumber=number)
    await desk.ok("EditCallerIdInSipAccount", accountNumber=number, callerId="0790000001")
    row = (await accounts())[number]
    assert (row["transport"], row["specialCallerID"]) == ("transport-wss", "0790000001")
    await desk.ok("SipToUdp", accountNumber=number)
    assert (await accounts())[number]["transport"] == "transport-udp"
    of = {"accountNumber": number}
    assert (await desk.ok("SipExtensionManagement", SipExtensionManagement="Get", **of))["extNumber"] == 300
    said = await desk.ok("SipExtensionManagement", SipExtensionManagement="Set", extNumber=10_000, **of)
    assert said["extNumber"] == 10_000
    assert (await desk.ok("SipExtensionManagement", SipExtensionManagement="Set", **of))["extNumber"] is None
    assert "customerExtension" not in (await accounts())[number]
    assert (await desk.ok("DeleteSipAccount", accountNumber=[number, 77, number]))["affected_rows"] == 1
    assert (await desk.ok("DeleteSipAccount", accountNumber=number))["affected_rows"] == 0
    assert await accounts() == before
    for _ in range(6):
        await desk.ok("CreateSipAccount")
    assert await desk.refusal("CreateSipAccount")


async def test_a_server_without_sip_says_so() -> None:
    desk = SystemDesk(quirks={"has_sip": False})
    for command, values in (
        ("CreateSipAccount", {}),
        ("GetSipAccountsInCustomer", {}),
        ("SipToWss", {}),
        ("SipToUdp", {}),
        ("EditCallerIdInSipAccount", {"accountNumber": 1, "callerId": "0790000001"}),
        ("DeleteSipAccount", {"accountNumber": 1}),
        ("SipExtensionManagement", {"SipExtensionManagement": "Get"}),
        ("SetSecondaryDidUsageDescription", {"secondaryDidId": 100, "newUsage": "sip:1"}),
    ):
        assert await desk.refusal(command, **values) == "שרת זה אינו תומך במערכת SIP"


@pytest.mark.parametrize("path", ["ivr2:/9/ext.ini", "ivr2:9/ext.ini", "ivr/9/ext.ini", "/9/ext.ini"])
async def test_a_file_is_found_however_its_path_is_written(path: str) -> None:
    desk = SystemDesk()
    said = await desk.ok("CheckIfFileExists", path=path)
    assert (said["fileExists"], said["path"]) == (True, "ivr/9/ext.ini")
    assert (await desk.ok("CheckIfFileExists", path=f"{path}x"))["fileExists"] is False


async def test_folders() -> None:
    desk = SystemDesk()
    root = await desk.yemot("GetIVR2DirStats", path="/")
    assert (root["type"], root["thisPath"], root["parentPath"]) == ("menu", "ivr", "")
    assert (root["dirsCount"], root["contentFilesCount"], root["minFile"]) == (3, 0, {"exists": False})
    mail = await desk.yemot("GetIVR2DirStats", path="9")
    assert (mail["type"], mail["parentPath"], mail["contentFilesCount"]) == ("record", "ivr", 6)
    assert (mail["minFile"]["name"], mail["maxFile"]["name"]) == ("000.wav", "005.wav")
    assert mail["maxFile"]["durationStr"] == "01:05"
    assert (await desk.yemot("GetIVR2DirStats", path="/1"))["type"] == "queue"


async def test_a_report_is_json_or_the_file_itself() -> None:
    desk = Desk(make_world("storm"))
    header = {"authorization": desk.world.access.token}

    async def render(kind: str, **values: str) -> httpx.Response:
        asked = {"wath": "ivr2:/ymgtTest.ymgr", "convertType": kind, **values}
        return await desk.http.get(YEMOT + "RenderYMGRFile", params=asked, headers=header)

    said = read(await render("json", notLoadLang="1"))
    assert said["responseStatus"] == "OK"
    assert isinstance(said["yALogsVersion"], str)
    assert said["data"][0].keys() == {"Folder", "Phone", "Date", "Time", "QueueStatus", "QueueWaitingSeconds"}
    table = await render("csv")
    assert table.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert [row["טלפון"] for row in rows] == [row["Phone"] for row in said["data"]]
    page = await render("html", renderLanguage="EN")
    assert page.headers["content-type"].startswith("text/html")
    assert "<th>Seconds of waiting</th>" in page.text
    error = await desk.http.get(YEMOT + "RenderYMGRFile", params={"convertType": "csv", "wath": "x"}, headers=header)
    assert read(error)["responseStatus"] == "ERROR"


async def test_get_and_form_are_taken_where_an_array_is_not_needed() -> None:
    desk = SystemDesk()
    header = {"authorization": desk.world.access.token}
    values = {"message": "שלום & שלום +", "phones": PHONES, "sendFlashMessage": "0"}
    for answer in (
        await desk.http.get(YEMOT + "SendSms", params=values, headers=header),
        await desk.http.post(YEMOT + "SendSms", data=values, headers=header),
        await desk.http.post(YEMOT + "SendSms", data=values, files={"x": b""}, headers=header),
        await desk.http.post(YEMOT + "SendSms", json=values, headers=header),
    ):
        assert (read(answer)["message"], read(answer)["sendCount"]) == ("שלום & שלום +", 2)
    assert await desk.units() == pytest.approx(99.2)
