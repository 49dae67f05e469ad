"""Who is on the phone, who waits, and who is who."""

from wallboard.domain.feeds import Subject
from wallboard.vendors.answer_fields import fields
from wallboard.vendors.method import Method, Pace, Verb
from wallboard.vendors.parameter import ValueType, defaulted, optional, required
from wallboard.vendors.voicenter.answers import Extensions, ExtensionsCalls, QueuesCallers
from wallboard.vendors.voicenter.envelope import check_monitor

_MONITOR, _EXTENSIONS = "monitor_url", "extensions_url"
_GET_OR_JSON = (Verb.GET, Verb.POST_JSON)
_CODE = required("code", is_secret=True)
_CODES = {
    0: "OK",
    1: "the request's format is invalid (Authorization failed)",
    2: "a parameter's value is invalid (Internal error)",
}

GET_EXTENSIONS_CALLS = Method(
    name="GetExtensionsCalls",
    description="Tells the agents, their states and their live calls, of all extensions or of one.",
    base=_MONITOR,
    verbs=_GET_OR_JSON,
    parameters=(_CODE, defaulted("extension", "whole organisation")),
    answer=ExtensionsCalls,
    envelope=check_monitor,
    pace=Pace.LIVE,
    subjects=frozenset({Subject.AGENTS}),
    codes=_CODES,
    long_list="EXTENSIONS",
    fields=fields("""
        ERR                                                    integer
        DESC                                                   string
        EXTENSIONS                                             array
        EXTENSIONS[].name                                      string
        EXTENSIONS[].userID                                    integer
        EXTENSIONS[].representative                            string
        EXTENSIONS[].onlineUserID                              integer
        EXTENSIONS[].username                                  string
        EXTENSIONS[].extensionID                               integer
        EXTENSIONS[].onlineUserStatus                          integer
        EXTENSIONS[].calls                                     array
        EXTENSIONS[].calls[].callStarted                       integer
        EXTENSIONS[].calls[].callAnswered                      integer
        EXTENSIONS[].calls[].answered                          integer
        EXTENSIONS[].calls[].callername                        string
        EXTENSIONS[].calls[].callerphone                       string
        EXTENSIONS[].calls[].callstatus                        string
        EXTENSIONS[].calls[].customdata                        array object
        EXTENSIONS[].calls[].customdata.OriginalIvrUniqueID
        EXTENSIONS[].calls[].direction                         string
        EXTENSIONS[].calls[].ivrid                             string
        EXTENSIONS[].calls[].recording                         array object
        EXTENSIONS[].calls[].recording.Filename                string
        EXTENSIONS[].calls[].recording.IsMuted                 integer
        EXTENSIONS[].calls[].did                               string
    """),
)

GET_QUEUES_CALLERS = Method(
    name="GetQueuesCallers",
    description="Tells the waiting callers of all queues or of one.",
    base=_MONITOR,
    verbs=_GET_OR_JSON,
    parameters=(_CODE, optional("queue", default="all queues")),
    answer=QueuesCallers,
    envelope=check_monitor,
    pace=Pace.LIVE,
    subjects=frozenset({Subject.QUEUES}),
    codes=_CODES,
    fields=fields("""
        ERR                          integer
        DESC                         string
        QUEUES                       array
        QUEUES[].Name                string
        QUEUES[].ID                  integer
        QUEUES[].Weight              integer
        QUEUES[].Callers             array
        QUEUES[].Callers[].Phone     string
        QUEUES[].Callers[].JoinTime  integer
        QUEUES[].Callers[].CallID    string
        QUEUES[].Callers[].Duration  integer
    """),
)

GET_EXTENSIONS = Method(
    name="GetExtensions",
    description="Lists the extensions with their names, speed dials and accounts.",
    base=_EXTENSIONS,
    verbs=_GET_OR_JSON,
    parameters=(_CODE, optional("showAll", ValueType.BOOLEAN)),
    answer=Extensions,
    envelope=check_monitor,
    pace=Pace.REFERENCE,
    subjects=frozenset({Subject.DIRECTORY}),
    codes={0: "OK", 1: "the code's format is invalid (Unauthorized)"},
    fields=fields("""
        ERR                       integer
        DESC                      string
        EXTENSIONS                array
        EXTENSIONS[].SIP          string
        EXTENSIONS[].Name         string
        EXTENSIONS[].SpeedDial    string
        EXTENSIONS[].AccountID    integer
        EXTENSIONS[].AccountName  string
        EXTENSIONS[].UserName     string
        EXTENSIONS[].UserEmail    string
    """),
)

METHODS = (GET_EXTENSIONS_CALLS, GET_QUEUES_CALLERS, GET_EXTENSIONS)
