"""What dials, sends or rings, and costs units."""

from collections.abc import Mapping
from typing import Any

from wallboard.domain.units import CHARACTERS_A_PART, parts_of, sms_cost
from wallboard.language.units import units_words
from wallboard.vendors.answer_fields import fields
from wallboard.vendors.checking import only_when, required_when
from wallboard.vendors.method import Mode, Verb
from wallboard.vendors.parameter import ValueType, between, conditional, defaulted, matching, optional, required
from wallboard.vendors.yemot.methods.declaring import (
    ANY_VERB,
    MAIN_CALLER_ID,
    SIP_EXTENSION,
    command,
    is_number,
    recipients,
)
from wallboard.vendors.yemot.methods.verdicts import reached, validated

MOST_LISTS = 50
LONGEST_RING_SECONDS = 16
MOST_NUMBERS_WITH_HOOKS = 500
RANDOM = "RAND"

_LISTS = "tzl:"
_PHONES = recipients("tpl", "tzl")
_ITEMS = (
    'must hold numbers, or objects as {"phone": …, "callerId": …} or {"phones": […], "callerId": …}, and at least one'
)
_TOO_MANY_LISTS = f"must name at most {MOST_LISTS} lists"


def _phones(value: Any) -> str:
    """The many shapes of RunTzintuk's `phones`."""
    if not isinstance(value, str):
        return "" if value and all(map(_is_recipient, value)) else _ITEMS
    if value == _LISTS:  # the lists are in `tzintukLists`
        return ""
    if value.startswith(_LISTS) and value.count(",") >= MOST_LISTS:
        return _TOO_MANY_LISTS
    return _PHONES(value)


def _is_recipient(item: Any) -> bool:
    match item:
        case str():
            return is_number(item)
        case {"phone": phone, "callerId": str(), **rest}:
            return not rest and is_number(phone)
        case {"phones": [*phones], "callerId": str(), **rest}:
            return not rest and bool(phones) and all(map(is_number, phones))
    return False


def _list_names(value: Any) -> str:
    if not value or not all(isinstance(name, str) and name.strip() for name in value):
        return "must hold the names of lists, and at least one"
    return _TOO_MANY_LISTS if len(value) > MOST_LISTS else ""


def _one_number_at_random(sound: Mapping[str, Any]) -> Mapping[str, str]:
    """From a random number Yemot rings the first of several alone."""
    phones = sound.get("phones")
    if sound.get("callerId") != RANDOM or phones is None or is_number(phones):
        return {}
    if isinstance(phones, list | tuple) and len(phones) == 1 and is_number(phones[0]):
        return {}
    return {"phones": f"must be one number: with callerId={RANDOM} the others would not be rung"}


def _hooks(sound: Mapping[str, Any]) -> Mapping[str, str]:
    """Of more numbers than that Yemot reports nothing while it calls them."""
    if "callbackUrl" not in sound or sound.get("phones", "").count(":") < MOST_NUMBERS_WITH_HOOKS:
        return {}
    return {"callbackUrl": f"is for at most {MOST_NUMBERS_WITH_HOOKS} numbers"}


def _sms_units(values: Mapping[str, Any]) -> str:
    message, phones = values["message"], values["phones"]
    each = f"{parts_of(message)} × {CHARACTERS_A_PART} characters"
    if phones.startswith("tpl:"):
        return f"{units_words(sms_cost(message, 1))} for each number on the list ({each})"
    numbers = phones.count(":") + 1
    return f"{units_words(sms_cost(message, numbers))} ({each} to {numbers} number{'' if numbers == 1 else 's'})"


RUN_TZINTUK = command(
    "RunTzintuk",
    "Rings numbers for a few seconds and hangs up.",
    defaulted("callerId", MAIN_CALLER_ID, ValueType.STRING, ValueType.INTEGER),
    defaulted("TzintukTimeOut", "9 seconds", ValueType.NUMBER, rule=between(0, LONGEST_RING_SECONDS)),
    required("phones", ValueType.STRING, ValueType.ARRAY, rule=_phones),
    conditional("tzintukLists", ValueType.ARRAY, rule=_list_names),
    is_mutating=True,
    verdict=reached("callsCount"),
    together=(
        required_when("tzintukLists", "phones", _LISTS),
        only_when("tzintukLists", "phones", _LISTS),
        _one_number_at_random,
    ),
    tariff="0.1 unit per number; nothing for a free list (tzl:)",
    answer="""
        responseStatus  string
        verifyCode      string
        callerId        string
        callsCount      integer
        bilingPerCall   integer number
        biling          integer number
        errors          array object
    """,
)

SEND_SMS = command(
    "SendSms",
    "Sends a text message.",
    defaulted("from", MAIN_CALLER_ID),
    required("message"),
    required("sendFlashMessage", ValueType.BIT),
    required("phones", rule=recipients("tpl")),
    is_mutating=True,
    verdict=reached("sendCount"),
    estimate=_sms_units,
    tariff="0.1 unit per 70 characters for each number",
    answer="""
        responseStatus  string
        message         string
        from            string
        sendCount       integer
        Billing         number
        oks             array
        errors          object
    """,
)

SEND_TTS = command(
    "SendTTS",
    "Calls numbers and reads a text to them.",
    defaulted("callerId", MAIN_CALLER_ID),
    required("ttsMessage"),
    optional("callbackUrl"),  # in the table of required ones, but "if you specify" it
    defaulted("repeatFile", "2 times", ValueType.INTEGER),
    defaulted("ttsRate", "normal", ValueType.INTEGER, rule=between(-10, 10)),
    required("ttsVoice"),
    required("SendMail", ValueType.BIT),
    required("phones", rule=_PHONES),
    is_mutating=True,
    verdict=reached("OKCalls", "ErrorCalls"),
    together=(_hooks,),
    tariff="1 unit for the first minute, then 1 unit per minute pro rata; in full units from a free list (tzl:)",
    answer="""
        responseStatus  string
        CampaignId      string
        OKCalls         integer
        ErrorCalls      object
        billing         number
        units           string
    """,
)

CREATE_BRIDGE_CALL = command(
    "CreateBridgeCall",
    "Calls one number, and when it answers connects it with another.",
    defaulted("callerId", "main system number"),
    required("Phones", may_be_empty=True),  # has to be sent even where DialSip makes nothing of it
    required("BridgePhones"),
    required("DialSip", ValueType.BIT),
    required("DialSipExtension", ValueType.BIT),
    defaulted("AccountNumber", '"the main number"', ValueType.INTEGER),
    conditional("SipExtension", ValueType.INTEGER, rule=SIP_EXTENSION),
    defaulted("RecordCall", "0", ValueType.BIT),
    defaulted("SendMailInCall", "0", ValueType.BIT),
    defaulted("SendMailInCallTo", "the e-mail shown in the system"),
    is_mutating=True,
    verdict=reached("callsCount"),
    together=(required_when("SipExtension", "DialSipExtension", 1),),
    tariff="0.1 unit, and both calls by the minute: the agent's from dialling, the customer's from his answer",
    answer="""
        responseStatus    string
        CampaignId        string
        callerId          string
        callsCount        integer
        bilingPerCall     number
        biling            string
        SendMailInCall    boolean
        RecordCall        boolean
        SendMailInCallTo  string
    """,
)

SEND_FAX = command(
    "SendFax",
    "Sends a PDF file by fax.",
    required("pdfFile", rule=matching("UPLOAD|(ivr2:|/).+", "must be UPLOAD, or a path that begins with / or ivr2:")),
    conditional("fileToUpload", ValueType.FILE),
    required("phone"),
    defaulted("callerId", MAIN_CALLER_ID),
    optional("deliveryUrl"),  # in the table of required ones, but echoed "if one was specified"
    verbs=(*ANY_VERB, Verb.POST_MULTIPART),
    is_mutating=True,
    verdict=reached("callsCount"),
    together=(
        required_when("fileToUpload", "pdfFile", "UPLOAD"),
        only_when("fileToUpload", "pdfFile", "UPLOAD"),
    ),
    tariff="0.1 unit and 1 unit per minute; more than 5 units must be left over",
    answer="""
        responseStatus  string
        callerId        string
        CampaignId      string
        deliveryUrl     string
        fileNameSend    string
        callsCount      integer
        bilingPerCall   number
        biling          number
    """,
)

VALIDATION_CALLER_ID = command(
    "ValidationCallerId",
    "Has a number of one's own approved as outgoing caller ID for a year: asks for the code, then brings it.",
    required("action"),
    conditional("callerId"),
    conditional("validType", choices=("SMS", "CALL")),
    conditional("reId"),
    conditional("code", is_secret=True),
    is_mutating=True,
    verdict=validated,
    answer="responseStatus  string",
    mode_parameter="action",
    modes=(
        Mode(
            "send",
            requires=("callerId", "validType"),
            fields=fields("reqId  string"),
            tariff="a text message or a call at the usual rate",
        ),
        Mode("valid", requires=("reId", "code"), fields=fields("status  boolean")),
    ),
)

METHODS = (RUN_TZINTUK, SEND_SMS, SEND_TTS, CREATE_BRIDGE_CALL, SEND_FAX, VALIDATION_CALLER_ID)
