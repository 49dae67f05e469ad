"""Voicenter's methods, declared."""

from wallboard.domain.feeds import Subject
from wallboard.vendors.method import MAX_ACTION_BODY_BYTES, Method, Pace, Parameter, ValueType, Verb
from wallboard.vendors.voicenter.answers import (
    CampaignList,
    CampaignSwitched,
    Extensions,
    ExtensionsCalls,
    QueuesCallers,
)
from wallboard.vendors.voicenter.envelope import check_campaign_list, check_campaign_switch, check_monitor

_MONITOR, _EXTENSIONS, _DIALER = "monitor_url", "extensions_url", "dialer_url"
_GET_OR_JSON = (Verb.GET, Verb.POST_JSON)
_CODE = Parameter("code", is_required=True, is_secret=True)
_DIALER_CODE = Parameter("Code", is_required=True, is_secret=True)  # not interchangeable with `code`
_CAMPAIGN = Parameter("Campaign", is_required=True, is_secret=True)  # its code alone authorises

GET_EXTENSIONS_CALLS = Method(
    name="GetExtensionsCalls",
    base=_MONITOR,
    verbs=_GET_OR_JSON,
    parameters=(_CODE, Parameter("extension")),
    answer=ExtensionsCalls,
    envelope=check_monitor,
    pace=Pace.LIVE,
    subjects=frozenset({Subject.AGENTS}),
)

GET_QUEUES_CALLERS = Method(
    name="GetQueuesCallers",
    base=_MONITOR,
    verbs=_GET_OR_JSON,
    parameters=(_CODE, Parameter("queue")),
    answer=QueuesCallers,
    envelope=check_monitor,
    pace=Pace.LIVE,
    subjects=frozenset({Subject.QUEUES}),
)

GET_EXTENSIONS = Method(
    name="GetExtensions",
    base=_EXTENSIONS,
    verbs=_GET_OR_JSON,
    parameters=(_CODE, Parameter("showAll", ValueType.BOOLEAN)),
    answer=Extensions,
    envelope=check_monitor,
    pace=Pace.REFERENCE,
    subjects=frozenset({Subject.DIRECTORY}),
)

GET_CAMPAIGN_LIST = Method(
    name="GetCampaignList",
    base=_DIALER,
    verbs=_GET_OR_JSON,
    parameters=(_DIALER_CODE,),
    answer=CampaignList,
    envelope=check_campaign_list,
    pace=Pace.CAMPAIGNS,
    subjects=frozenset({Subject.CAMPAIGNS}),
)

STOP_CAMPAIGN = Method(
    name="StopCampaign",
    base=_DIALER,
    verbs=_GET_OR_JSON,
    parameters=(_CAMPAIGN,),
    answer=CampaignSwitched,
    envelope=check_campaign_switch,
    pace=Pace.ON_DEMAND,
    is_mutating=True,
    code_keys=("ErrorCode",),
    max_bytes=MAX_ACTION_BODY_BYTES,
)

START_CAMPAIGN = Method(
    name="StartCampaign",
    base=_DIALER,
    verbs=_GET_OR_JSON,
    parameters=(_CAMPAIGN,),
    answer=CampaignSwitched,
    envelope=check_campaign_switch,
    pace=Pace.ON_DEMAND,
    is_mutating=True,
    code_keys=("ErrorCode",),
    max_bytes=MAX_ACTION_BODY_BYTES,
)
