"""One call of every method, and of every mode of those that have modes, in a world where it can succeed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wallboard.simulator.scenario import Vendor
from wallboard.simulator.system.schedule import RunTimes
from wallboard.simulator.system.tasks import Plan, TaskType
from wallboard.simulator.world import World
from wallboard.vendors.parameter import Upload

PHONES = "0500000001:0500000002"
RUN_TIMES = {"minute": 30, "hour": 8, "year": 2031, "day": 1, "month": 2}
TASK = {
    "description": 'דו"ח \u200fבוקר\nשורה',
    **RUN_TIMES,
    "active": 1,
    "mailInEnd": 0,
    "mailInError": 1,
    "ifAnyDay": 0,
    "days": '{"0":1,"5":0}',
}
TARGET = {
    "Target": "0500000001",
    "CustomerName": "John Doe",
    "CallerID": "0790000100",
    "Priority": 42,
    "CustomData": {"var_LeadID": 1234567, "var_מקור": "אתר"},
    "OriginateTime": 1_950_000_000,
    "IsDateLocal": "true",
}
BRIDGE = {"Phones": "0500000001", "BridgePhones": "0500000002", "DialSip": 0, "DialSipExtension": 0}

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """A call. `values` are all but the account's own secrets, `rows` those of a body that is an array.

    Args:
        prepare: makes the world such that there is something to tell, and gives further values.
        is_written_as_text: whether it can also be sent in an address or a form.
    """

    name: str
    values: Values
    rows: Sequence[Values] = ()
    prepare: Callable[[World], Values] = lambda _: {}
    is_written_as_text: bool = True

    @property
    def id(self) -> str:
        keys = ("action", "taskType", "convertType", "SipExtensionManagement")
        return "-".join([self.name, *(str(self.values[key]) for key in keys if key in self.values)])


def _waiting(world: World) -> Values:
    """Somebody waits in a queue, and somebody works in it."""
    queue = next(queue for queue in world.floor.queues if queue.vendor is Vendor.YEMOT and queue.members)
    caller = world.routing.join(queue, "0500000001", patience_seconds=1e6)
    return {"queuePath": queue.key, "callIds": [caller.id]}


def _kicked(world: World) -> Values:
    return {**_waiting(world), "moreData": "GOTO:/9"}


def _paused(world: World) -> Values:
    queue = next(queue for queue in world.floor.queues if queue.vendor is Vendor.YEMOT and queue.members)
    return {"queuePath": queue.key, "agent": queue.members[0].agent.id}


def _real_time(world: World) -> Values:
    return {"queuePath": _waiting(world)["queuePath"]}


def _fax(_: World) -> Values:
    return {"fileToUpload": Upload("חוזה.pdf", b"%PDF-1.4\r\n\x00\xff")}


def _sent(world: World) -> Values:
    campaign = world.system.sending.text("", "שלום", PHONES.split(":")).campaign
    return {"CampaignId": campaign.id}


def _asked(world: World) -> Values:
    return {"reId": world.system.numbers.ask("0500000005")}


def _task(world: World) -> Values:
    """A task that ran, with and without luck."""
    action = {"smsList": "17", "smsMessage": "שלום", "callerId": ""}
    plan = Plan("בדיקה", RunTimes(minute=0), is_active=True)
    task = world.system.tasks.create(TaskType.SEND_SMS, action, plan, rests_on_sabbath=False)
    world.floor.timeline.run_until(world.floor.now + 3_600)
    return {"TaskId": task.id}


def _free_extension(world: World) -> Values:
    return {"extNumber": 10_000 - len(world.system.sip.by_number)}


def _calls(world: World) -> Values:
    """Somebody talks to a caller."""
    queue = next(queue for queue in world.floor.queues if queue.vendor is Vendor.VOICENTER)
    world.routing.join(queue, "0500000001", patience_seconds=1e6)
    return {}


def _campaign(number: int) -> Callable[[World], Values]:
    def prepare(world: World) -> Values:
        campaign = world.floor.campaigns[number]
        world.dialer.add(campaign, "972500000009", told_time=(1_950_000_000, True), due_at=1e9, custom={"a": 1})
        return {"Campaign": campaign.code}

    return prepare


_AGENTS, _SMART = _campaign(0), _campaign(2)

YEMOT: tuple[Case, ...] = (
    Case("GetQueueRealTime", {}, prepare=_real_time),
    Case("GetCustomerData", {}),
    Case("QueueManagement", {"action": "kick"}, prepare=_kicked, is_written_as_text=False),
    Case("QueueManagement", {"action": "pause"}, prepare=_paused, is_written_as_text=False),
    Case("QueueManagement", {"action": "unpause"}, prepare=_paused, is_written_as_text=False),
    Case("SetSecondaryDidUsageDescription", {"secondaryDidId": 100, "newUsage": "goto:/1/20/11"}),
    Case("PirsumPhoneManagement", {"action": "GetRegistrationStatus"}),
    Case("PirsumPhoneManagement", {"action": "Registration"}),
    Case("PirsumPhoneManagement", {"action": "UnRegistration"}),
    Case("RunTzintuk", {"phones": f"{PHONES}:*8080", "callerId": "0790000001", "TzintukTimeOut": 16}),
    Case("RunTzintuk", {"phones": "0500000001", "callerId": "RAND"}),
    Case("RunTzintuk", {"phones": "tzl:100,200"}),
    Case("RunTzintuk", {"phones": "tpl:17"}),
    Case("RunTzintuk", {"phones": PHONES.split(":")}, is_written_as_text=False),
    Case("RunTzintuk", {"phones": [{"phone": "0500000001", "callerId": "0790000001"}]}, is_written_as_text=False),
    Case(
        "RunTzintuk",
        {"phones": [{"phones": PHONES.split(":"), "callerId": "0790000001"}]},
        is_written_as_text=False,
    ),
    Case("RunTzintuk", {"phones": "tzl:", "tzintukLists": ["100", "בית ספר, כיתה ג"]}, is_written_as_text=False),
    Case("SendSms", {"from": "0790000100", "message": 'א"ב\u200f\nג', "sendFlashMessage": 0, "phones": PHONES}),
    Case(
        "SendTTS",
        {"ttsMessage": "שלום", "repeatFile": 1, "ttsRate": -10, "ttsVoice": "Osnat", "SendMail": 0, "phones": PHONES},
    ),
    Case("CreateBridgeCall", {**BRIDGE, "RecordCall": 1, "SendMailInCall": 1, "SendMailInCallTo": "a@b.invalid"}),
    Case("CreateBridgeCall", {**BRIDGE, "DialSip": 1, "AccountNumber": 1}),
    Case("CreateBridgeCall", {**BRIDGE, "DialSipExtension": 1, "SipExtension": 202}),
    Case("SendFax", {"pdfFile": "ivr2://FaxTest.pdf", "phone": "039999999", "deliveryUrl": "http://demo.invalid/"}),
    Case(
        "SendFax",
        {"pdfFile": "UPLOAD", "phone": "039999999", "callerId": "0790000100", "deliveryUrl": "http://demo.invalid/"},
        prepare=_fax,
        is_written_as_text=False,
    ),
    Case("ValidationCallerId", {"action": "send", "callerId": "0500000005", "validType": "SMS"}),
    Case("ValidationCallerId", {"action": "send", "callerId": "0500000005", "validType": "CALL"}),
    Case("ValidationCallerId", {"action": "valid", "code": "0005"}, prepare=_asked),
    Case("GetTasks", {"limit": 2}),
    Case("GetTasksData", {}, prepare=_task),
    Case("GetTasksLogs", {}, prepare=_task),
    Case("CreateTask", {**TASK, "checkIsKodesh": 1, "taskType": "SendSMS", "smsList": "17", "smsMessage": "שלום"}),
    Case("CreateTask", {**TASK, "checkIsKodesh": 0, "taskType": "RunTzintuk", "toList": "100", "typeList": "tzl"}),
    Case(
        "CreateTask",
        {
            **TASK,
            "checkIsKodesh": 0,
            "taskType": "MoveOnFile",
            "folder": "/9",
            "target": "/9/1",
            "moveFileType": "maxFile",
            "blockMoveIfNewFileInMinutes": 5,
        },
    ),
    Case("UpdateTask", TASK, prepare=_task),
    Case("DeleteTask", {}, prepare=_task),
    Case("CreateSipAccount", {}, prepare=_free_extension),
    Case("GetSipAccountsInCustomer", {}),
    Case("SipToWss", {"accountNumber": 1}),
    Case("SipToUdp", {}),
    Case("EditCallerIdInSipAccount", {"accountNumber": 1, "callerId": "0790000001"}),
    Case("DeleteSipAccount", {"accountNumber": 1}),
    Case("DeleteSipAccount", {"accountNumber": [1, 2]}, is_written_as_text=False),
    Case("SipExtensionManagement", {"SipExtensionManagement": "Get", "accountNumber": 2}),
    Case("SipExtensionManagement", {"SipExtensionManagement": "Set", "extNumber": 200}),
    Case("CheckIfFileExists", {"path": "ivr2:/4/ext.ini"}),
    Case("GetIVR2DirStats", {"path": "/9"}),
    Case("TzintukimListManagement", {"action": "getlists"}),
    Case("TzintukimListManagement", {"action": "getlistEnteres", "TzintukimList": "100"}),
    Case("TzintukimListManagement", {"action": "getLogList", "TzintukimList": "משרד, מזכירות"}),
    Case("TzintukimListManagement", {"action": "resetList", "TzintukimList": "100"}),
    Case("ViewCampaignReports", {"json": 1}, prepare=_sent),
    Case("RenderYMGRFile", {"wath": "ivr2:/ymgtTest.ymgr", "convertType": "html"}),
    Case("RenderYMGRFile", {"wath": "ivr2:/ymgtTest.ymgr", "convertType": "csv", "notLoadLang": 1}),
    Case("RenderYMGRFile", {"wath": "ivr2:/ymgtTest.ymgr", "convertType": "json", "renderLanguage": "EN"}),
    Case("GetCustomerSmsTransactions", {}),
)

VOICENTER: tuple[Case, ...] = (
    Case("GetExtensionsCalls", {}, prepare=_calls),
    Case("GetQueuesCallers", {}, prepare=_calls),
    Case("GetExtensions", {"showAll": True}),
    Case("GetCampaignList", {}),
    Case("StopCampaign", {}, prepare=_AGENTS),
    Case("StartCampaign", {}, prepare=_SMART),
    Case("GetCampaignDetails", {}, prepare=_SMART),
    Case("GetMembersList", {}, prepare=_AGENTS),
    Case("AddMember", {"Member": "SIPdemo0001"}, prepare=_AGENTS),
    Case("RemoveMember", {"Member": "SIPdemo0009"}, prepare=_AGENTS),
    Case(
        "SmartDialerSettings",
        {"setQueueForMonitoring": 14_521, "setQueueMaximumCallers": 1, "setCoefficient": 2},
        prepare=_SMART,
        is_written_as_text=False,
    ),
    Case("AddCall", {**TARGET, "IgnoreDncStatus": "true"}, prepare=_AGENTS, is_written_as_text=False),
    Case("AddCall", {"Target": "0500000001", "CustomerName": "דנה", "Priority": 42}, prepare=_SMART),
    Case(
        "AddCallsBulk",
        {},
        rows=({**TARGET, "IgnoreDncStatus": "true"}, {"Target": "0500000002"}),
        prepare=_AGENTS,
        is_written_as_text=False,
    ),
    Case("UpdateCall", TARGET, prepare=_AGENTS, is_written_as_text=False),
    Case("UpdateCall", {"Target": "0500000009", "Priority": 7}, prepare=_AGENTS),
    Case("RemoveCall", {"Target": "0500000009"}, prepare=_AGENTS),
    Case("ClearCampaignCalls", {}, prepare=_SMART),
    Case("GetCampaignPendingCalls", {}, prepare=_AGENTS, is_written_as_text=False),
)

CASES = tuple(
    (f"{vendor}.{case.name}", case) for vendor, cases in (("yemot", YEMOT), ("voicenter", VOICENTER)) for case in cases
)
