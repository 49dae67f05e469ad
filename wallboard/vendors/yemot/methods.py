"""Yemot's methods, declared."""

from wallboard.domain.feeds import Subject
from wallboard.vendors.method import Method, Pace, Parameter, Verb
from wallboard.vendors.yemot.answers import CustomerData, QueueRealTime
from wallboard.vendors.yemot.envelope import check, check_customer_data

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
