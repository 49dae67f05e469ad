"""A sink that can all, a clerk that knows a Yemot system, and the way through the toolbox's screens."""

from dataclasses import dataclass
from typing import Any

import anyio

from tests.ui.behind import Clerk
from tests.ui.boards import YEMOT, Board
from tests.ui.sinks import VOICENTER_CAN, YEMOT_CAN, Sink
from wallboard.domain.account_actions import Schedule, Transport
from wallboard.domain.actions import ActionKind, Outcome, Result, Stage
from wallboard.domain.enquiries import (
    Numbers,
    OwnNumbers,
    PendingTargetsOf,
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
    Task,
    TaskDetail,
    TaskOf,
    TaskRun,
    TaskRunsOf,
    Tasks,
)
from wallboard.domain.targets import PendingList, PendingTarget
from wallboard.ui.arming import DEAD_SECONDS

ACCOUNT_CAN = frozenset(
    {
        ActionKind.SEND_SMS,
        ActionKind.CALL_BACK,
        ActionKind.CREATE_TASK,
        ActionKind.SWITCH_TASK,
        ActionKind.DELETE_TASK,
        ActionKind.SET_SIP_EXTENSION,
        ActionKind.SET_SIP_TRANSPORT,
        ActionKind.SET_NUMBER_USAGE,
        ActionKind.EMPTY_RING_LIST,
    }
)
TASK = Task("7", "Morning greeting", "SendSMS", "waiting", True, False, True, "2026-12-01 08:00:00", "2026-01-01")
SCHEDULE = Schedule(hour=8, minute=0, days=frozenset({0, 2}))


@dataclass
class AbleSink(Sink):
    """Every source can do all that its vendor can."""

    def capabilities(self, source: str) -> frozenset[ActionKind]:
        return YEMOT_CAN | ACCOUNT_CAN if source == YEMOT else VOICENTER_CAN | {ActionKind.ADD_TARGET}


@dataclass
class SourcedClerk(Clerk):
    """Only the Yemot system tells of its own affairs."""

    def can_ask(self, source: str, query: type[Query[Any]]) -> bool:
        return query in self.answers and (source == YEMOT) is (query is not PendingTargetsOf)


def clerk(**changes: Any) -> SourcedClerk:
    """Answers to everything; `changes` by the query's name."""
    answers: dict[type[Query[Any]], Any] = {
        PendingTargetsOf: PendingList((PendingTarget("t1", "972500000001"),)),
        SmsTransactions: (
            SmsTransaction("2026-11-20 10:00:00", -0.2, "SMS", 184.3, "2026-12-31", "api"),
            SmsTransaction("2026-11-21 10:00:00", 100.0, "רכישה", 284.3, "2026-12-31", "office"),
        ),
        Tasks: (TASK, Task("8", "Nightly move", "MoveOnFile", "done", False, None, None, "", "2026-01-01")),
        TaskOf: TaskDetail(TASK, SCHEDULE, "2026-02-02", "2026-11-20 08:00:00", (("smsMessage", "בוקר טוב"),)),
        TaskRunsOf: (TaskRun("31", "2026-11-20 08:00:00", False, "Campaign Id does Not found in customer"),),
        SipAccounts: SipDirectory(
            (
                SipAccount("0790000000=1", "1", "200", Transport.UDP, "0790000000", "2026-01-01"),
                SipAccount("0790000000=2", "2", "", None, "0790000000", "2026-01-01"),
            ),
            6,
        ),
        Numbers: OwnNumbers(
            "0790000000",
            (SecondaryNumber("100", "0790000001", "goto:/1"), SecondaryNumber("101", "0790000002", "fax")),
            (("0500000009", "2027-04-18 01:39:27"),),
        ),
        RingLists: (RingList("120", 7), RingList("בית ספר, כיתה ג", 0)),
        RingListMembersOf: (RingListMember("0500000004", "נועה"),),
        RingListEventsOf: (RingListEvent("19/01/2026 00:39:10", "AddToListTzintuk", "0500000005", "", "1/2"),),
    }
    by_name = {query.__name__: query for query in answers}
    return SourcedClerk(answers | {by_name[name]: answer for name, answer in changes.items()})


async def armed() -> None:
    """Longer than keys are dead."""
    await anyio.sleep(DEAD_SECONDS + 0.15)


def toasts(shown: Board) -> str:
    return "\n".join(str(toast.message) for toast in shown.app._notifications)


async def confirm(shown: Board, *keys: str) -> None:
    """Answer the dialog that is on the screen, as a person would."""
    for key in keys:
        await armed()
        await shown.press(key)


async def done(shown: Board, ticket_id: str = "batch1-0") -> None:
    """The vendor says that it is done."""
    sink = shown.sink
    sink.change(ticket_id, stage=Stage.ENDED, outcome=Outcome(Result.OK), ended_at=sink.now)
    await shown.pilot.pause()


async def open_list(shown: Board, name: str) -> None:
    """By the palette's own entry."""
    lists = shown.screen.acting.lists
    lists.open(next(offer for offer in lists.offered() if offer.name == name))
    await shown.pilot.pause()
    await shown.until(lambda: "asking" not in shown.lines[2] and "asking Main line" not in shown.text)
