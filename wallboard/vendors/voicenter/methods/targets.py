"""The numbers that a campaign has to dial."""

from typing import Any

from wallboard.vendors.loss import loses
from wallboard.vendors.method import Verb
from wallboard.vendors.parameter import ValueType, conditional, optional, required
from wallboard.vendors.rules import required_when
from wallboard.vendors.voicenter.methods.declaring import check_code, dialer
from wallboard.vendors.voicenter.methods.verdicts import MOST_ROWS_TOLD, added

MOST_TARGETS = 100_000  # in one call of AddCallsBulk
MANY_SECONDS = 45.0  # to add so many; the importer takes as long
MOST_PENDING_BYTES = 64 * 1024 * 1024  # a hundred thousand targets with their data

_TARGET = required("Target")
_DETAILS = (
    optional("CustomerName", may_be_empty=True),
    optional("CallerID"),
    optional("Priority", ValueType.INTEGER),
    optional("CustomData", ValueType.ARRAY, ValueType.OBJECT),
    optional("OriginateTime", ValueType.INTEGER, default="dialled as early as possible"),
    conditional("IsDateLocal", ValueType.BOOLEAN, is_worded=True),
)
_IGNORE_DNC = optional("IgnoreDncStatus", ValueType.BOOLEAN, is_worded=True)
_LOCAL_OR_NOT = (required_when("IsDateLocal", "OriginateTime"),)
_CODES = {
    0: "OK",
    1: "the campaign's code is invalid",
    2: "the target is missing",
    -2: "the target's number is invalid",
}


def _check_each(document: dict[str, Any], host: str) -> None:
    """Where every target has an answer of its own, those count: what the code on top then means is not documented."""
    told = document.get("AddResult")
    if not isinstance(told, list) or not told:
        check_code(_CODES, is_mutating=True)(document, host)


ADD_CALL = dialer(
    "AddCall",
    "Adds a target to an active campaign.",
    _TARGET,
    *_DETAILS,
    _IGNORE_DNC,
    codes=_CODES,
    is_mutating=True,
    together=_LOCAL_OR_NOT,
)

ADD_CALLS_BULK = dialer(
    "AddCallsBulk",
    "Adds several targets to campaigns; each has an answer of its own.",
    _TARGET,
    *_DETAILS,
    _IGNORE_DNC,
    codes=_CODES,
    is_mutating=True,
    verbs=(Verb.POST_JSON,),
    together=_LOCAL_OR_NOT,
    most_rows=MOST_TARGETS,
    most_rows_told=MOST_ROWS_TOLD,
    once_seconds=MANY_SECONDS,
    envelope=_check_each,
    verdict=added,
    answer="""
        AddResult                array
        AddResult[].Target       string
        AddResult[].ErrorCode    integer
        AddResult[].Description  string
        AddResult[].CustomData   array object
    """,
)

UPDATE_CALL = dialer(
    "UpdateCall",
    "Changes a target of a campaign, or adds it where it is not there.",
    _TARGET,
    *_DETAILS,
    codes=_CODES,
    is_mutating=True,
    together=_LOCAL_OR_NOT,
)

REMOVE_CALL = dialer(
    "RemoveCall",
    "Takes a number out of a campaign, wherever it stands in it; also OK where it does not.",
    _TARGET,
    codes={0: "OK", 1: "the campaign's code is invalid", 2: "the target is missing"},
    is_mutating=True,
    loses=loses("takes {Target} out of the campaign, with its data"),
)

CLEAR_CAMPAIGN_CALLS = dialer(
    "ClearCampaignCalls",
    "Takes all targets out of a campaign.",
    codes={0: "OK", 4: "the campaign's code is invalid (Internal error occurred)"},
    is_mutating=True,
    loses=loses("takes all targets out of the campaign, with their data", typed="Campaign"),
)

GET_CAMPAIGN_PENDING_CALLS = dialer(
    "GetCampaignPendingCalls",
    "Lists the targets that a campaign has left to dial.",
    codes={0: "OK", 2: "the campaign's code is invalid (Internal error occurred)"},
    verbs=(Verb.POST_JSON,),
    max_bytes=MOST_PENDING_BYTES,
    read_seconds=25,
    answer="""
        Data                                 array object
        Data.Campaign                        array object
        Data.Campaign.ID                     integer
        Data.Campaign.Name                   string
        Data.Campaign.Status                 integer
        Data.Campaign.Code                   string  secret
        Data.Campaign.StatusName             string
        Data.Campaign.TotalPendingCalls      integer
        Data.Campaign.MaxPriority            integer
        Data.Campaign.MinPriority            integer
        Data.Campaign.IsDynamic              boolean
        Data.Calls                           array
        Data.Calls[].CampaignID              integer
        Data.Calls[].CallID                  string
        Data.Calls[].Phone                   string
        Data.Calls[].CustomerName            string
        Data.Calls[].CallerID                string
        Data.Calls[].CallerName              string
        Data.Calls[].Priority                integer
        Data.Calls[].Priorety                integer
        Data.Calls[].CustomData              array object null
        Data.Calls[].OriginateTime           integer
        Data.Calls[].IsDateLocal             boolean
        Data.Calls[].CallStatus              array object
        Data.Calls[].CallStatus.Status       integer
        Data.Calls[].CallStatus.Description  string
        Data.Calls[].CallInserted            string
        Data.Calls[].LastCallDate            integer string null
    """,
)

METHODS = (
    ADD_CALL,
    ADD_CALLS_BULK,
    UPDATE_CALL,
    REMOVE_CALL,
    CLEAR_CAMPAIGN_CALLS,
    GET_CAMPAIGN_PENDING_CALLS,
)
