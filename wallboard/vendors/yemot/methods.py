"""Yemot's methods, declared."""

from wallboard.domain.feeds import Subject
from wallboard.vendors.method import MAX_ACTION_BODY_BYTES, Method, Pace, Parameter, ValueType, Verb
from wallboard.vendors.yemot.answers import CustomerData, QueueManaged, QueueRealTime
from wallboard.vendors.yemot.envelope import check, check_customer_data, check_queue_management

_BASE = "base_url"
_ANY_VERB = (Verb.GET, Verb.POST_FORM, Verb.POST_JSON)
# In the header it stays out of addresses; raw, without "Bearer".
_TOKEN = Parameter("token", is_required=True, is_secret=True, header="authorization")

GET_QUEUE_REAL_TIME = Method(
    name="GetQueueRealTime",
    base=_BASE,
    verbs=_ANY_VERB,
    parameters=(_TOKEN, Parameter("queuePath", is_required=True)),
    answer=QueueRealTime,
    envelope=check,
    pace=Pace.LIVE,
    subjects=frozenset({Subject.QUEUES, Subject.AGENTS}),
)

GET_CUSTOMER_DATA = Method(
    name="GetCustomerData",
    base=_BASE,
    verbs=_ANY_VERB,
    parameters=(_TOKEN,),
    answer=CustomerData,
    envelope=check_customer_data,
    pace=Pace.REFERENCE,
    subjects=frozenset({Subject.ACCOUNT}),
)

QUEUE_MANAGEMENT = Method(
    name="QueueManagement",
    base=_BASE,
    verbs=(Verb.POST_JSON,),
    parameters=(
        _TOKEN,
        Parameter("queuePath", is_required=True),
        Parameter("action", is_required=True),
        Parameter("callIds", ValueType.ARRAY),
        Parameter("agent"),
        Parameter("moreData"),
    ),
    answer=QueueManaged,
    envelope=check_queue_management,
    pace=Pace.ON_DEMAND,
    is_mutating=True,
    code_keys=("messageCode", "responseStatus"),
    max_bytes=MAX_ACTION_BODY_BYTES,
)
