"""Every method with words that call it, and what must then be on the wire; one stand-in for both vendors."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from tests.vendors.accounts import CANARY, closing, voicenter_account, yemot_account
from tests.vendors.fault_server import FaultServer, Route, answer, fault_server
from wallboard.vendors.calling import MethodAnswer
from wallboard.vendors.catalogue import METHODS
from wallboard.vendors.values import given

CODE = "CANARY-campaign-code"
DIALER_CODE = "CANARY-dialer-code"
PHONE = "0500000001"
UNNAMED = "InventedName"  # what the configuration calls SmartDialerSettings

_TASK = ["description=בדיקה", "active=1", "mailInEnd=0", "mailInError=1", "ifAnyDay=1"]
_TASK_SENT = {"description": "בדיקה", "active": 1, "mailInEnd": 0, "mailInError": 1, "ifAnyDay": 1}
_CAMPAIGN, _TARGET = f"Campaign={CODE}", f"Target={PHONE}"
_BRIDGE = ["Phones=", f"BridgePhones={PHONE}", "DialSip=1", "DialSipExtension=0"]

# By method: the words, and the JSON body without what the account adds.
CALLS: Mapping[str, tuple[Sequence[str], Any]] = {
    "yemot.GetQueueRealTime": (["queuePath=/1"], {"queuePath": "/1"}),
    "yemot.GetCustomerData": ([], {}),
    "yemot.QueueManagement": (
        ["queuePath=/1", "action=kick", 'callIds:=["a","b"]', "moreData=GOTO:/1"],
        {"queuePath": "/1", "action": "kick", "callIds": ["a", "b"], "moreData": "GOTO:/1"},
    ),
    "yemot.SetSecondaryDidUsageDescription": (
        ["secondaryDidId=100", "newUsage=goto:/1"],
        {"secondaryDidId": 100, "newUsage": "goto:/1"},
    ),
    "yemot.PirsumPhoneManagement": (["action=Registration"], {"action": "Registration"}),
    "yemot.RunTzintuk": (
        ["callerId=0790000000", "TzintukTimeOut=7.5", f'phones:=[{{"phone":"{PHONE}","callerId":"0790000000"}}]'],
        {
            "callerId": "0790000000",
            "TzintukTimeOut": 7.5,
            "phones": [{"phone": PHONE, "callerId": "0790000000"}],
        },
    ),
    "yemot.SendSms": (
        ["from=0790000000", "message=שלום=1", "sendFlashMessage=1", f"phones={PHONE}:0500000002"],
        {"from": "0790000000", "message": "שלום=1", "sendFlashMessage": 1, "phones": f"{PHONE}:0500000002"},
    ),
    "yemot.SendTTS": (
        ["ttsMessage=שלום", "ttsVoice=Sivan", "SendMail=0", f"phones={PHONE}", "repeatFile=3", "ttsRate=-10"],
        {"ttsMessage": "שלום", "ttsVoice": "Sivan", "SendMail": 0, "phones": PHONE, "repeatFile": 3, "ttsRate": -10},
    ),
    "yemot.CreateBridgeCall": (
        [*_BRIDGE, "AccountNumber=2", "RecordCall=1"],
        {"Phones": "", "BridgePhones": PHONE, "DialSip": 1, "DialSipExtension": 0, "AccountNumber": 2, "RecordCall": 1},
    ),
    "yemot.SendFax": (
        ["pdfFile=ivr2://FaxTest.pdf", f"phone={PHONE}"],
        {"pdfFile": "ivr2://FaxTest.pdf", "phone": PHONE},
    ),
    "yemot.ValidationCallerId": (
        ["action=valid", "reId=0042", "code=0007"],
        {"action": "valid", "reId": "0042", "code": "0007"},
    ),
    "yemot.GetTasks": (["limit=5"], {"limit": 5}),
    "yemot.GetTasksData": (["TaskId=7"], {"TaskId": 7}),
    "yemot.GetTasksLogs": (["TaskId=7"], {"TaskId": 7}),
    "yemot.CreateTask": (
        [*_TASK, "checkIsKodesh=1", "hour=8", 'days={"0":1}', "taskType=SendSMS", "smsList=17", "smsMessage=שלום"],
        {
            **_TASK_SENT,
            "checkIsKodesh": 1,
            "hour": 8,
            "days": '{"0":1}',
            "taskType": "SendSMS",
            "smsList": "17",
            "smsMessage": "שלום",
        },
    ),
    "yemot.UpdateTask": (["TaskId=7", *_TASK], {"TaskId": 7, **_TASK_SENT}),
    "yemot.DeleteTask": (["TaskId=7"], {"TaskId": 7}),
    "yemot.CreateSipAccount": (["extNumber=200"], {"extNumber": 200}),
    "yemot.GetSipAccountsInCustomer": ([], {}),
    "yemot.SipToWss": (["accountNumber=1"], {"accountNumber": 1}),
    "yemot.SipToUdp": (["accountNumber=1"], {"accountNumber": 1}),
    "yemot.EditCallerIdInSipAccount": (
        ["accountNumber=1", "callerId=0790000000"],
        {"accountNumber": 1, "callerId": "0790000000"},
    ),
    "yemot.DeleteSipAccount": (["accountNumber:=[1,2]"], {"accountNumber": [1, 2]}),
    "yemot.SipExtensionManagement": (
        ["SipExtensionManagement=Set", "accountNumber=1", "extNumber=201"],
        {"SipExtensionManagement": "Set", "accountNumber": 1, "extNumber": 201},
    ),
    "yemot.CheckIfFileExists": (["path=ivr2:/4/ext.ini"], {"path": "ivr2:/4/ext.ini"}),
    "yemot.GetIVR2DirStats": (["path=/"], {"path": "/"}),
    "yemot.TzintukimListManagement": (
        ["action=resetList", "TzintukimList=120"],
        {"action": "resetList", "TzintukimList": "120"},
    ),
    "yemot.ViewCampaignReports": (["CampaignId=SMS-3", "json=1"], {"CampaignId": "SMS-3", "json": 1}),
    "yemot.RenderYMGRFile": (
        ["wath=/1/a.ymgr", "convertType=json", "notLoadLang=1"],
        {"wath": "/1/a.ymgr", "convertType": "json", "notLoadLang": 1},
    ),
    "yemot.GetCustomerSmsTransactions": ([], {}),
    "voicenter.GetExtensionsCalls": (["extension=SIPSIP1"], {"extension": "SIPSIP1"}),
    "voicenter.GetQueuesCallers": (["queue=0012"], {"queue": "0012"}),
    "voicenter.GetExtensions": (["showAll=0"], {"showAll": 0}),
    "voicenter.GetCampaignList": ([], {}),
    "voicenter.StopCampaign": ([_CAMPAIGN], {"Campaign": CODE}),
    "voicenter.StartCampaign": ([_CAMPAIGN], {"Campaign": CODE}),
    "voicenter.GetCampaignDetails": ([_CAMPAIGN], {"Campaign": CODE}),
    "voicenter.GetMembersList": ([_CAMPAIGN], {"Campaign": CODE}),
    "voicenter.AddMember": ([_CAMPAIGN, "Member=SIPSIP1"], {"Campaign": CODE, "Member": "SIPSIP1"}),
    "voicenter.RemoveMember": ([_CAMPAIGN, "Member=SIPSIP1"], {"Campaign": CODE, "Member": "SIPSIP1"}),
    "voicenter.SmartDialerSettings": (
        [_CAMPAIGN, "setQueueForMonitoring=123456789", "setQueueMaximumCallers=1", "setCoefficient=2"],
        {"Campaign": CODE, "setQueueForMonitoring": 123456789, "setQueueMaximumCallers": 1, "setCoefficient": 2},
    ),
    "voicenter.AddCall": (
        [
            _CAMPAIGN,
            _TARGET,
            "Priority=42",
            "OriginateTime=1602750000",
            "IsDateLocal=true",
            "IgnoreDncStatus=1",
            "CustomerName=דנה לוי",
            'CustomData:={"var_LeadID":1234567,"var_x":"פ"}',
        ],
        {
            "Campaign": CODE,
            "Target": PHONE,
            "Priority": 42,
            "OriginateTime": 1602750000,
            "IsDateLocal": "true",
            "IgnoreDncStatus": "true",
            "CustomerName": "דנה לוי",
            "CustomData": {"var_LeadID": 1234567, "var_x": "פ"},
        },
    ),
    "voicenter.AddCallsBulk": (
        [_CAMPAIGN, 'rows:=[{"Target":"0500000001","IsDateLocal":false},{"Target":"0500000002","CustomData":{}}]'],
        [
            {"Campaign": CODE, "Target": PHONE, "IsDateLocal": "false"},
            {"Campaign": CODE, "Target": "0500000002", "CustomData": {}},
        ],
    ),
    "voicenter.UpdateCall": (
        [_CAMPAIGN, _TARGET, "Priority=-3"],
        {"Campaign": CODE, "Target": PHONE, "Priority": -3},
    ),
    "voicenter.RemoveCall": ([_CAMPAIGN, _TARGET], {"Campaign": CODE, "Target": PHONE}),
    "voicenter.ClearCampaignCalls": ([_CAMPAIGN], {"Campaign": CODE}),
    "voicenter.GetCampaignPendingCalls": ([_CAMPAIGN], {"Campaign": CODE}),
}
# What the account adds to the body.
ADDED: Mapping[str, dict[str, str]] = {
    "voicenter.GetExtensionsCalls": {"code": CANARY},
    "voicenter.GetQueuesCallers": {"code": CANARY},
    "voicenter.GetExtensions": {"code": CANARY},
    "voicenter.GetCampaignList": {"Code": DIALER_CODE},
}
_URLS = {"monitor_url": "monitor", "extensions_url": "extensions", "dialer_url": "dialer"}
BASES: Mapping[str, str] = {
    **dict.fromkeys(CALLS, "dialer"),
    **{name: "ym" for name in CALLS if name.startswith("yemot.")},
    "voicenter.GetExtensionsCalls": "monitor",
    "voicenter.GetQueuesCallers": "monitor",
    "voicenter.GetExtensions": "extensions",
}


@dataclass(frozen=True)
class StandIn:
    """Both vendors at one server, and an account at each."""

    server: FaultServer
    accounts: Mapping[str, Any]

    async def call(self, name: str, words: Sequence[str]) -> MethodAnswer:
        """What came of these words."""
        vendor, method = name.partition(".")[0], METHODS[name]
        told = given(vendor, method, words)
        answer: MethodAnswer = await self.accounts[vendor].call(method, told.values, told.rows)
        return answer

    async def send(self, name: str, values: Mapping[str, Any]) -> MethodAnswer:
        """What came of these values."""
        answer: MethodAnswer = await self.accounts[name.partition(".")[0]].call(METHODS[name], values)
        return answer


@asynccontextmanager
async def stand_in(route: Route | object, **settings: Any) -> AsyncIterator[StandIn]:
    """One that answers so, whatever it is asked."""
    told = route if callable(route) else answer(route)
    async with fault_server(ym=told, monitor=told, extensions=told, dialer=told) as server:
        urls = {setting: server.url(place) for setting, place in _URLS.items()}
        own: dict[str, Any] = {"dialer_code": DIALER_CODE, "smart_dialer_method": UNNAMED, **urls, **settings}
        yemot, voicenter = yemot_account(server.url("ym")), voicenter_account(server.url("dialer"), **own)
        async with closing(yemot, voicenter):
            yield StandIn(server, {"yemot": yemot, "voicenter": voicenter})
