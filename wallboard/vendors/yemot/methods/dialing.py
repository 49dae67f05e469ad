"""What dials, sends or rings, and costs units."""

from collections.abc import Mapping
from typing import Any

from wallboard.domain.units import CHARACTERS_A_PART, parts_of, sms_cost
from wallboard.language.units import units_words
from wallboard.vendors.answer_fields import fields
from wallboard.vendors.method import Mode, Verb
from wallboard.vendors.parameter import ValueType, conditional, defaulted, optional, required
from wallboard.vendors.rules import FULL_URL, Rule, Together, between, matching, only_when, required_when
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
RING_UNITS = 0.1  # a number
MOST_NUMBERS_WITH_HOOKS = 500
RANDOM = "RAND"

_LIST, _LISTS = "tpl:", "tzl:"
_PDF = matching("UPLOAD|(ivr2:|/).+", "must be UPLOAD, or a path that begins with / or ivr2:")
_RECIPIENTS = recipients("tpl", "tzl")
_ITEMS = (
    'must hold numbers, or objects as {"phone": …, "callerId": …} or {"phones": […], "callerId": …}, and at least one'
)
_FEW_LISTS = f"must name at most {MOST_LISTS} lists"


def _is_recipient(item: Any) -> bool:
    match item:
        case str():
            return is_number(item)
        case {"phone": phone, "callerId": str(), **rest}:
            return not rest and is_number(phone)
        case {"phones": [*phones], "callerId": str(), **rest}:
            return not rest and bool(phones) and all(map(is_number, phones))
    return False


# The many shapes of RunTzintuk's `phones`: text, where the lists may be in `tzintukLists`, or a list.
_PHONES = (
    Rule(_RECIPIENTS.words, lambda value: not isinstance(value, str) or value == _LISTS or _RECIPIENTS.holds(value)),
    Rule(_ITEMS, lambda value: isinstance(value, str) or (bool(value) and all(map(_is_recipient, value)))),
    Rule(
        _FEW_LISTS,
        lambda value: not isinstance(value, str) or not value.startswith(_LISTS) or value.count(",") < MOST_LISTS,
    ),
)
_LIST_NAMES = (
    Rule(
        "must hold the names of lists, and at least one",
        lambda value: bool(value) and all(isinstance(name, str) and name.strip() for name in value),
    ),
    Rule(_FEW_LISTS, lambda value: len(value) <= MOST_LISTS),
)


def _has_several_at_random(sound: Mapping[str, Any]) -> bool:
    """From a random number Yemot rings the first of several alone."""
    phones = sound.get("phones")
    if sound.get("callerId") != RANDOM or phones is None or is_number(phones):
        return False
    return not (isinstance(phones, list | tuple) and len(phones) == 1 and is_number(phones[0]))


_ONE_NUMBER_AT_RANDOM = Together(
    "phones",
    f"one number with callerId={RANDOM}",
    _has_several_at_random,
    f"must be one number: with callerId={RANDOM} the others would not be rung",
)
# Of more numbers than that Yemot reports nothing while it calls them.
_HOOKS = Together(
    "callbackUrl",
    f"is for at most {MOST_NUMBERS_WITH_HOOKS} numbers",
    lambda sound: "callbackUrl" in sound and sound.get("phones", "").count(":") >= MOST_NUMBERS_WITH_HOOKS,
)


def _ring_units(values: Mapping[str, Any]) -> str:
    phones = values["phones"]
    if isinstance(phones, str) and phones.startswith(_LISTS):
        return "nothing (a free list)"
    if isinstance(phones, str) and phones.startswith(_LIST):
        return f"{units_words(RING_UNITS)} for each number on the list"
    if isinstance(phones, str):
        numbers = phones.count(":") + 1
    else:
        numbers = sum(len(item["phones"]) if isinstance(item, Mapping) and "phones" in item else 1 for item in phones)
    return f"{units_words(RING_UNITS * numbers)} ({_numbers(numbers)})"


def _tts_units(values: Mapping[str, Any]) -> str:
    phones = values["phones"]
    if phones.startswith((_LISTS, _LIST)):
        return "from 1 unit for each number on the list"
    numbers = phones.count(":") + 1
    return f"from {units_words(float(numbers))} ({_numbers(numbers)}, up to a minute each)"


def _numbers(count: int) -> str:
    return f"{count:,} number{'' if count == 1 else 's'}"


def _sms_units(values: Mapping[str, Any]) -> str:
    message, phones = values["message"], values["phones"]
    each = f"{parts_of(message)} × {CHARACTERS_A_PART} characters"
    if phones.startswith(_LIST):
        return f"{units_words(sms_cost(message, 1))} for each number on the list ({each})"
    numbers = phones.count(":") + 1
    return f"{units_words(sms_cost(message, numbers))} ({each} to {_numbers(numbers)})"


RUN_TZINTUK = command(
    "RunTzintuk",
    "Rings numbers for a few seconds and hangs up.",
    defaulted("callerId", MAIN_CALLER_ID, ValueType.STRING, ValueType.INTEGER),
    defaulted("TzintukTimeOut", "9 seconds", ValueType.NUMBER, rules=(between(0, LONGEST_RING_SECONDS, "seconds"),)),
    required("phones", ValueType.STRING, ValueType.ARRAY, rules=_PHONES),
    conditional("tzintukLists", ValueType.ARRAY, rules=_LIST_NAMES),
    is_mutating=True,
    verdict=reached("callsCount"),
    together=(
        required_when("tzintukLists", "phones", _LISTS),
        only_when("tzintukLists", "phones", _LISTS),
        _ONE_NUMBER_AT_RANDOM,
    ),
    estimate=_ring_units,
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
    required("phones", rules=(recipients("tpl"),)),
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
    optional("callbackUrl", rules=(FULL_URL,)),  # in the table of required ones, but "if you specify" it
    defaulted("repeatFile", "2 times", ValueType.INTEGER),
    defaulted("ttsRate", "normal", ValueType.INTEGER, rules=(between(-10, 10),)),
    required("ttsVoice"),
    required("SendMail", ValueType.BIT),
    required("phones", rules=(_RECIPIENTS,)),
    is_mutating=True,
    verdict=reached("OKCalls", "ErrorCalls"),
    together=(_HOOKS,),
    estimate=_tts_units,
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
    conditional("SipExtension", ValueType.INTEGER, rules=(SIP_EXTENSION,)),
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
    required("pdfFile", rules=(_PDF,)),
    conditional("fileToUpload", ValueType.FILE),
    required("phone"),
    defaulted("callerId", MAIN_CALLER_ID),
    optional("deliveryUrl", rules=(FULL_URL,)),  # in the table of required ones, but echoed "if one was specified"
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
