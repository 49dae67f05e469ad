"""Queues and the system itself."""

from wallboard.domain.feeds import Subject
from wallboard.vendors.answer_fields import fields
from wallboard.vendors.loss import loses
from wallboard.vendors.method import MAX_ACTION_BODY_BYTES, Method, Mode, Pace, Verb
from wallboard.vendors.parameter import ValueType, conditional, optional, required
from wallboard.vendors.rules import Rule, matching
from wallboard.vendors.yemot.answers import CustomerData, QueueManaged, QueueRealTime
from wallboard.vendors.yemot.envelope import check, check_customer_data, check_queue_management
from wallboard.vendors.yemot.methods.declaring import ANY_VERB, BASE, CODE_KEYS, TOKEN, command
from wallboard.vendors.yemot.methods.verdicts import managed, switched

_CALL_IDS = Rule(
    "must be a list of at least one call id, each a text",
    lambda value: bool(value) and all(isinstance(call_id, str) for call_id in value),
)


GET_QUEUE_REAL_TIME = Method(
    name="GetQueueRealTime",
    description="Tells one queue's counters, its agents and its waiting callers, live.",
    base=BASE,
    verbs=ANY_VERB,
    parameters=(TOKEN, required("queuePath")),
    answer=QueueRealTime,
    envelope=check,
    pace=Pace.LIVE,
    subjects=frozenset({Subject.QUEUES, Subject.AGENTS}),
    fields=fields("""
        responseStatus              string
        queueData                   object
        queueData.Abandoned         integer
        queueData.Calls             integer
        queueData.Completed         integer
        queueData.TalkTime          integer
        queueData.Holdtime          integer
        queueData.Max               integer
        queueData.Strategy          string
        members                     array
        members[].agent             string
        members[].Status            string
        members[].CallsTaken        integer
        members[].LastCallUnitTime  string
        members[].LastCall          string
        members[].LastCallAgo       string
        members[].Paused            boolean
        members[].Penalty           string
        entries                     array
        entries[].phone             string
        entries[].Wait              string
        entries[].WaitAgo           string
        entries[].Position          string
        entries[].CallId            string
    """),
)

GET_CUSTOMER_DATA = Method(
    name="GetCustomerData",
    description="Tells the system's numbers, its owner, its units and when they expire.",
    base=BASE,
    verbs=ANY_VERB,
    parameters=(TOKEN,),
    answer=CustomerData,
    envelope=check_customer_data,
    pace=Pace.REFERENCE,
    subjects=frozenset({Subject.ACCOUNT}),
    fields=fields("""
        mainDid                 string
        secondary_dids          array
        secondary_dids[].id
        secondary_dids[].did
        secondary_dids[].usage
        callerIds               array
        callerIds[].callerId
        callerIds[].expiryDate
        name                    string
        expiredUnits            boolean
        unitsExpireDate         string
        email                   string
        organization            string
        contactName             string
        phones                  string
        invoiceName             string
        invoiceAddress          string
        fax                     string
        accessPassword          string  secret
        units                   string
        recordPassword          string  secret
        resellerCreditFile      string
        systemSite              string
        pirsumPhoneStatus       boolean
        ivrType                 string
    """),
)

QUEUE_MANAGEMENT = Method(
    name="QueueManagement",
    description="Takes waiting callers out of a queue, or pauses an agent there and lets him work again.",
    base=BASE,
    verbs=(Verb.POST_JSON,),
    parameters=(
        TOKEN,
        required("queuePath"),
        required("action"),
        conditional("callIds", ValueType.ARRAY, rules=(_CALL_IDS,)),
        conditional("agent"),
        optional("moreData", rules=(matching("GOTO:/.*", "must be GOTO: and the path of an extension, as GOTO:/1"),)),
    ),
    answer=QueueManaged,
    envelope=check_queue_management,
    pace=Pace.ON_DEMAND,
    is_mutating=True,
    code_keys=CODE_KEYS,
    fields=fields("responseStatus  string"),
    verdict=managed,
    mode_parameter="action",
    modes=(
        Mode("kick", requires=("callIds",), takes=("moreData",), fields=fields("status  object")),
        # The document says that they need no call ids, not that they mind them.
        Mode("pause", requires=("agent",), takes=("callIds",)),
        Mode("unpause", requires=("agent",), takes=("callIds",)),
    ),
    max_bytes=MAX_ACTION_BODY_BYTES,
)

SET_SECONDARY_DID_USAGE_DESCRIPTION = command(
    "SetSecondaryDidUsageDescription",
    "Leads a secondary number to an extension or a SIP account.",
    required("secondaryDidId", ValueType.INTEGER),
    required(
        "newUsage",
        rules=(
            matching(
                "sip:[0-9]+|goto:/[A-Za-z0-9א-ת/]*",
                "must be sip: and an account's or extension's number, or goto:/ and the path of an extension",
            ),
        ),
    ),
    is_mutating=True,
    verdict=switched,
    answer="""
        responseStatus  string
        status          boolean
    """,
)

PIRSUM_PHONE_MANAGEMENT = command(
    "PirsumPhoneManagement",
    "Registers the system for the PirsumPhone service, takes it out of it, or tells whether it is in.",
    required("action"),
    is_mutating=True,
    answer="responseStatus  string",
    mode_parameter="action",
    modes=(
        Mode("GetRegistrationStatus", is_mutating=False, fields=fields("registrationStatus  boolean")),
        Mode("Registration", fields=fields("results  string")),
        Mode(
            "UnRegistration",
            fields=fields("results  string"),
            loses=loses("takes the system out of the PirsumPhone service", is_final=False),
        ),
    ),
)

METHODS = (
    GET_QUEUE_REAL_TIME,
    GET_CUSTOMER_DATA,
    QUEUE_MANAGEMENT,
    SET_SECONDARY_DID_USAGE_DESCRIPTION,
    PIRSUM_PHONE_MANAGEMENT,
)
