"""The dialer's campaigns and who works in them."""

from wallboard.domain.actions import Result
from wallboard.domain.feeds import Subject
from wallboard.vendors.answer_fields import fields
from wallboard.vendors.loss import loses
from wallboard.vendors.method import MAX_ACTION_BODY_BYTES, Method, Pace, Verb
from wallboard.vendors.parameter import ValueType, required
from wallboard.vendors.rules import above
from wallboard.vendors.voicenter.answers import CampaignList, CampaignSwitched
from wallboard.vendors.voicenter.envelope import check_campaign_list, check_campaign_switch
from wallboard.vendors.voicenter.methods.declaring import CAMPAIGN, CODE_KEYS, DIALER, GET_OR_JSON, STATUS, dialer
from wallboard.vendors.voicenter.methods.verdicts import counted

_MEMBER = required("Member")
_SWITCH_CODES = {0: "OK", 1: "an invalid value was sent (Invalid campaign code)"}
_MEMBER_CODES = {0: "OK", 2: "an invalid value was sent (Member missing)"}

GET_CAMPAIGN_LIST = Method(
    name="GetCampaignList",
    description="Lists the account's campaigns, whether they run, and how many targets they have left.",
    base=DIALER,
    verbs=GET_OR_JSON,
    parameters=(required("Code", is_secret=True),),  # not interchangeable with `code`
    answer=CampaignList,
    envelope=check_campaign_list,
    pace=Pace.CAMPAIGNS,
    subjects=frozenset({Subject.CAMPAIGNS}),
    codes={0: "OK"},
    fields=fields("""
        ErrorCode                  integer
        Description                string
        Data                       array
        Data[].Name                string
        Data[].StatusName          string
        Data[].TotalPendingCalls   integer
        Data[].MaxPriority         integer
        Data[].MinPriority         integer
        Data[].TotalAwaitingCalls  integer null
        Data[].Code                string  secret
    """),
)


def _switch(name: str, description: str) -> Method[CampaignSwitched]:
    return Method(
        name=name,
        description=description,
        base=DIALER,
        verbs=GET_OR_JSON,
        parameters=(CAMPAIGN,),
        answer=CampaignSwitched,
        envelope=check_campaign_switch,
        pace=Pace.ON_DEMAND,
        is_mutating=True,
        code_keys=CODE_KEYS,
        codes=_SWITCH_CODES,
        fields=fields(STATUS),
        max_bytes=MAX_ACTION_BODY_BYTES,
    )


STOP_CAMPAIGN = _switch("StopCampaign", "Stops a campaign.")
START_CAMPAIGN = _switch("StartCampaign", "Starts a campaign; its targets are then dialled.")

GET_CAMPAIGN_DETAILS = dialer(
    "GetCampaignDetails",
    "Tells of one campaign whether it runs and how many targets it has left.",
    codes={0: "OK"},
    answer="""
        Data                     array object
        Data.Name                string
        Data.StatusName          string
        Data.TotalPendingCalls   integer
        Data.MaxPriority         integer
        Data.MinPriority         integer
        Data.TotalAwaitingCalls  integer null
        Data.Code                string  secret
    """,
)

GET_MEMBERS_LIST = dialer(
    "GetMembersList",
    "Lists the agents of an agent-dialer campaign.",
    codes={0: "OK"},
    answer="""
        Data                array
        Data[].DisplayName  string
        Data[].Member       string
    """,
)

ADD_MEMBER = dialer(
    "AddMember",
    "Adds an agent to an agent-dialer campaign.",
    _MEMBER,
    codes=_MEMBER_CODES,
    is_mutating=True,
    verdict=counted("TotalAdded"),
    answer="""
        Data             array object
        Data.TotalAdded  integer
    """,
)

REMOVE_MEMBER = dialer(
    "RemoveMember",
    "Takes an agent out of an agent-dialer campaign.",
    _MEMBER,
    codes=_MEMBER_CODES,
    is_mutating=True,
    verdict=counted("TotalRemoved", Result.GONE),
    loses=loses("takes {Member} out of the campaign", is_final=False),
    answer="""
        Data               array object
        Data.TotalRemoved  integer
    """,
)

SMART_DIALER_SETTINGS = dialer(
    "SmartDialerSettings",
    "Sets the queue that a smart-dialer campaign watches, how many may wait in it, and the pace of dialling.",
    required("setQueueForMonitoring", ValueType.INTEGER),
    required("setQueueMaximumCallers", ValueType.INTEGER, rules=(above(0),)),
    required("setCoefficient", ValueType.INTEGER, rules=(above(1),)),
    codes={0: "OK"},
    is_mutating=True,
    verbs=(Verb.POST_JSON,),
    command_setting="smart_dialer_method",
)

METHODS = (
    GET_CAMPAIGN_LIST,
    STOP_CAMPAIGN,
    START_CAMPAIGN,
    GET_CAMPAIGN_DETAILS,
    GET_MEMBERS_LIST,
    ADD_MEMBER,
    REMOVE_MEMBER,
    SMART_DIALER_SETTINGS,
)
