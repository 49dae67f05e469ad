"""What can be asked of a Yemot system in the moment; pure."""

from collections.abc import Callable
from typing import Any

from wallboard.domain.account_actions import Transport
from wallboard.domain.enquiries import (
    Numbers,
    OwnNumbers,
    Query,
    RingList,
    RingListEvent,
    RingListEventsOf,
    RingListMember,
    RingListMembersOf,
    RingLists,
    SecondaryNumber,
    SipAccount,
    SipAccounts,
    SipDirectory,
    SmsTransaction,
    SmsTransactions,
    TaskOf,
    TaskRunsOf,
    Tasks,
)
from wallboard.vendors.asking import Question, shaped
from wallboard.vendors.tally import Tally
from wallboard.vendors.wire import by_id, pieces, whole_number
from wallboard.vendors.yemot import task_reader
from wallboard.vendors.yemot.methods.files import GET_CUSTOMER_SMS_TRANSACTIONS, TZINTUKIM_LIST_MANAGEMENT
from wallboard.vendors.yemot.methods.queues import GET_CUSTOMER_DATA
from wallboard.vendors.yemot.methods.sip import GET_SIP_ACCOUNTS_IN_CUSTOMER
from wallboard.vendors.yemot.methods.tasks import GET_TASKS, GET_TASKS_DATA, GET_TASKS_LOGS
from wallboard.vendors.yemot.toolbox_answers import (
    CallerIdRow,
    EventRow,
    Events,
    NumberData,
    RingListData,
    RingListRow,
    SecondaryRow,
    SipAccountList,
    SipAccountRow,
    SubscriberRow,
    Subscribers,
    TransactionRow,
    Transactions,
)

_TRANSPORTS = {f"{prefix}{transport.value}": transport for prefix in ("", "transport-") for transport in Transport}


def question(query: Query[Any]) -> Question[Any]:
    """How it is asked.

    Raises:
        LookupError: Yemot has no answer to it.
    """
    make = _QUESTIONS.get(type(query))
    if make is None:
        raise LookupError(type(query).__name__)
    return make(query)


def _ring_list(action: str, read: Callable[[dict[str, Any], Tally], Any]) -> Callable[[Any], Question[Any]]:
    def make(query: RingListMembersOf | RingListEventsOf) -> Question[Any]:
        return Question(TZINTUKIM_LIST_MANAGEMENT, {"action": action, "TzintukimList": query.name}, read)

    return make


def _transactions(document: dict[str, Any], tally: Tally) -> tuple[SmsTransaction, ...]:
    rows = pieces(TransactionRow, shaped(Transactions, document, tally).rows, tally)
    return tuple(
        SmsTransaction(row.at, row.amount, row.description, row.balance, row.expires_on, row.who) for row in rows
    )


def _sip_directory(document: dict[str, Any], tally: Tally) -> SipDirectory:
    told = shaped(SipAccountList, document, tally)
    rows = by_id(pieces(SipAccountRow, told.accounts, tally), tally)
    return SipDirectory(tuple(_sip_account(row, tally) for row in rows.values()), told.most)


def _sip_account(row: SipAccountRow, tally: Tally) -> SipAccount:
    transport = _TRANSPORTS.get(row.transport.lower())
    if transport is None and row.transport:
        tally.unknown(row.transport)
    return SipAccount(
        id=row.id,
        number=row.number,
        extension="" if row.extension == "0" else row.extension,
        transport=transport,
        caller_id=row.caller_id,
        created_at=row.created_at,
    )


def _own_numbers(document: dict[str, Any], tally: Tally) -> OwnNumbers:
    told = shaped(NumberData, document, tally)
    secondary = by_id(pieces(SecondaryRow, told.secondary or (), tally), tally)
    caller_ids = pieces(CallerIdRow, told.caller_ids or (), tally)
    return OwnNumbers(
        main=told.main,
        secondary=tuple(SecondaryNumber(row.id, row.number, row.usage) for row in secondary.values()),
        # The document's example prints the blank before the time as `+`.
        caller_ids=tuple((row.number, row.until.replace("+", " ")) for row in caller_ids if row.number),
    )


def _ring_lists(document: dict[str, Any], tally: Tally) -> tuple[RingList, ...]:
    rows = pieces(RingListRow, shaped(RingListData, document, tally).lists, tally)
    return tuple(RingList(row.name, row.subscribers) for row in rows)


def _subscribers(document: dict[str, Any], tally: Tally) -> tuple[RingListMember, ...]:
    rows = pieces(SubscriberRow, shaped(Subscribers, document, tally).rows, tally)
    return tuple(RingListMember(row.number, row.name) for row in rows)


def _events(document: dict[str, Any], tally: Tally) -> tuple[RingListEvent, ...]:
    rows = pieces(EventRow, shaped(Events, document, tally).events, tally)
    return tuple(
        RingListEvent(f"{row.date} {row.time}".strip(), row.what, row.by, row.number, row.folder) for row in rows
    )


def _task_id(query: TaskOf | TaskRunsOf) -> dict[str, Any]:
    number = whole_number(query.id)
    return {"TaskId": query.id if number is None else number}


_QUESTIONS: dict[type[Query[Any]], Callable[[Any], Question[Any]]] = {
    SmsTransactions: lambda _: Question(GET_CUSTOMER_SMS_TRANSACTIONS, {}, _transactions),
    Tasks: lambda _: Question(GET_TASKS, {}, task_reader.tasks),
    TaskOf: lambda query: Question(GET_TASKS_DATA, _task_id(query), task_reader.detail, task_reader.unwrapped),
    TaskRunsOf: lambda query: Question(GET_TASKS_LOGS, _task_id(query), task_reader.runs),
    SipAccounts: lambda _: Question(GET_SIP_ACCOUNTS_IN_CUSTOMER, {}, _sip_directory),
    Numbers: lambda _: Question(GET_CUSTOMER_DATA, {}, _own_numbers),
    RingLists: lambda _: Question(TZINTUKIM_LIST_MANAGEMENT, {"action": "getlists"}, _ring_lists),
    RingListMembersOf: _ring_list("getlistEnteres", _subscribers),
    RingListEventsOf: _ring_list("getLogList", _events),
}
QUERIES = frozenset(_QUESTIONS)
