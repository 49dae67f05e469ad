"""An order sent: once, and what is consequential audited as the board's actions are."""

import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from uuid import uuid4

import anyio
from anyio import to_thread

from wallboard.assembly.desk import open_audit
from wallboard.assembly.orders import CAMPAIGN, Order, OrderError, with_code
from wallboard.clock import Clock, SystemClock
from wallboard.config.logs import keep_out
from wallboard.config.mishap import place_of
from wallboard.config.model import Settings, SourceSettings, YemotSource
from wallboard.domain.actions import Outcome, Result
from wallboard.domain.faults import Fault, FaultCode
from wallboard.domain.feeds import FeedKey
from wallboard.engine.audit.log import AuditError, AuditLine, AuditLog, Event
from wallboard.language.clean import clean
from wallboard.vendors.calling import MethodAnswer
from wallboard.vendors.tally import Tally
from wallboard.vendors.voicenter import mapping
from wallboard.vendors.voicenter.answers import CampaignRow
from wallboard.vendors.voicenter.methods import GET_CAMPAIGN_LIST
from wallboard.vendors.voicenter.methods.campaigns import GET_CAMPAIGN_DETAILS
from wallboard.vendors.voicenter.source import VoicenterAccount
from wallboard.vendors.wire import pieces
from wallboard.vendors.yemot.methods.tasks import GET_TASKS, too_many_active
from wallboard.vendors.yemot.source import YemotAccount

MOST_NAMED = 10  # campaigns, in a message
Send = Callable[[], Awaitable[MethodAnswer]]

_OF_TASKS = frozenset({"yemot.CreateTask", "yemot.UpdateTask"})
_ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

_log = logging.getLogger(__name__)


class CampaignError(Exception):
    """The campaigns could not be asked for; `answer` tells why."""

    def __init__(self, answer: MethodAnswer) -> None:
        super().__init__(answer.outcome.result.value)
        self.answer = answer


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of an order. `is_recorded`: False where the audit could not take the outcome."""

    answer: MethodAnswer
    is_recorded: bool = True


async def check_tasks(settings: Settings, wanted: Order) -> None:
    """See that a task that is to be active does not pass the vendor's limit; where it does not tell, it sees to that.

    Raises:
        OrderError: there are as many as there may be.
    """
    if wanted.name not in _OF_TASKS or not wanted.given.values["active"]:
        return
    async with _opened(settings, wanted.source, SystemClock()) as account:
        answer = await account.call(GET_TASKS, {})
    if problem := too_many_active(wanted.given.values, answer.document or {}):
        raise OrderError(f"{wanted.method.name}: {problem}")


async def with_campaign(settings: Settings, unfinished: Order, wanted: str) -> Order:
    """The order with the code of a campaign, found by its name or by the id the audit knows it by.

    Raises:
        OrderError: there is none, or there are several.
        CampaignError: the vendor did not tell.
    """
    async with _opened(settings, unfinished.source, SystemClock()) as account:
        answer = await account.call(GET_CAMPAIGN_LIST, {})
    if answer.outcome.result is not Result.OK or answer.document is None:
        raise CampaignError(answer)
    tally, key = Tally(), FeedKey(unfinished.source.name, GET_CAMPAIGN_LIST.name)
    rows = pieces(CampaignRow, answer.document.get("Data") or [], tally)
    campaigns = {campaign.id: campaign for campaign in (mapping.campaign(row, key, tally) for row in rows)}
    keep_out(campaign.code for campaign in campaigns.values())
    found = [campaign for campaign in campaigns.values() if wanted.strip() in {campaign.name, campaign.id}]
    shown = clean(wanted, 60)
    if not found:
        names = ", ".join(f"{campaign.name} ({campaign.id})" for campaign in list(campaigns.values())[:MOST_NAMED])
        raise OrderError(f"{unfinished.source.name}: no campaign is called {shown!r}; there are: {names or 'none'}")
    if len(found) > 1:
        ids = ", ".join(campaign.id for campaign in found)
        raise OrderError(f"{unfinished.source.name}: {len(found)} campaigns are called {shown!r}: give an id of {ids}")
    return with_code(unfinished, found[0])


async def with_name(settings: Settings, wanted: Order) -> Order:
    """The order with the name of its only campaign, and how many targets that has left, if the vendor tells."""
    if wanted.campaign or len(wanted.codes) != 1:
        return wanted
    (code,) = wanted.codes
    async with _opened(settings, wanted.source, SystemClock()) as account:
        answer = await account.call(GET_CAMPAIGN_DETAILS, {CAMPAIGN: code})
    data = (answer.document or {}).get("Data") if answer.outcome.result is Result.OK else None
    found = data if isinstance(data, list) else [data]
    rows = [{**row, "Code": code} for row in found if isinstance(row, dict)]
    tally, key = Tally(), FeedKey(wanted.source.name, GET_CAMPAIGN_DETAILS.name)
    told = [mapping.campaign(row, key, tally) for row in pieces(CampaignRow, rows, tally)]
    if len(told) != 1:
        return wanted
    return replace(wanted, campaign=told[0].name, pending=told[0].pending)


async def carry_out(settings: Settings, wanted: Order, audit: Path) -> Reply:
    """Call, once. What is consequential is in the audit before and after; a signal in between leaves it unknown.

    Args:
        settings: whose account it is.
        wanted: what to send.
        audit: the audit's file.

    Raises:
        AuditError: the intent cannot be recorded; nothing was sent.
    """
    clock = SystemClock()
    async with _opened(settings, wanted.source, clock) as account:
        send = partial(account.call, wanted.method, wanted.given.values, wanted.given.rows)
        if not wanted.is_consequential:
            return Reply(await send())
        return await _Recorded(wanted, open_audit(audit, settings, clock)).sent_by(send)


@dataclass(slots=True)
class _Recorded:
    """One sending between its two lines of the audit."""

    wanted: Order
    log: AuditLog
    id: str = field(default_factory=lambda: uuid4().hex[:12])
    is_sending: bool = False
    answer: MethodAnswer | None = None
    refusal: AuditError | None = None

    async def sent_by(self, send: Send) -> Reply:
        is_recorded = False
        async with anyio.create_task_group() as tasks:
            with anyio.open_signal_receiver(*_ENDING_SIGNALS) as signals:
                with anyio.CancelScope() as scope:
                    tasks.start_soon(_cancelled_by, signals, scope)
                    await self._send(send)
                if self.refusal is None:
                    with anyio.CancelScope(shield=True):
                        is_recorded = await self._conclude(self._told())
            tasks.cancel_scope.cancel()
        if self.refusal is not None:
            raise self.refusal
        return Reply(self._told(), is_recorded)

    def _told(self) -> MethodAnswer:
        """The answer; without one it was interrupted, before or after it began to be sent."""
        result = Result.UNKNOWN if self.is_sending else Result.NOT_SENT
        return self.answer or MethodAnswer(Outcome(result, fault=Fault(FaultCode.INTERRUPTED)))

    async def _send(self, send: Send) -> None:
        try:
            await to_thread.run_sync(self.log.append, self._line(Event.INTENT))
        except AuditError as error:
            self.refusal = error
            return
        self.is_sending = True
        try:
            self.answer = await send()
        except Exception as error:  # noqa: BLE001 - nothing may leave an intent without its outcome
            _log.error("%s: unexpected %s", self.wanted.name, type(error).__name__, extra=place_of(error))
            fault = Fault(FaultCode.INTERNAL, words=type(error).__name__)
            self.answer = MethodAnswer(Outcome(Result.UNKNOWN, fault=fault))

    async def _conclude(self, answer: MethodAnswer) -> bool:
        """Whether the outcome is on disk."""
        outcome = answer.outcome
        line = replace(
            self._line(Event.OUTCOME),
            parameters=self.wanted.parameters | _particulars(answer),
            outcome=outcome.result.value,
            vendor_code=outcome.vendor_code or None,
            vendor_message=(outcome.words if outcome.result is not Result.NOT_SENT else "") or None,
            milliseconds=outcome.milliseconds,
        )
        try:
            await to_thread.run_sync(self.log.append, line)
        except AuditError as error:
            _log.error("an outcome could not be recorded (%s): %s", outcome.result, error)
            return False
        return True

    def _line(self, event: Event) -> AuditLine:
        target, words = self.wanted.target
        return AuditLine(
            event=event,
            id=self.id,
            action=self.wanted.name,
            source=self.wanted.source.name,
            target=target,
            words=words,
            parameters=self.wanted.parameters,
        )


def _particulars(answer: MethodAnswer) -> dict[str, str]:
    """What the outcome's line tells in our words: why, what the answer lacks, and to how many it was done."""
    outcome, fault = answer.outcome, answer.outcome.fault
    ours = outcome.words if outcome.result is Result.NOT_SENT else answer.remark
    told = {
        "reason": outcome.obstacle or (fault.code.value if fault else ours),
        "lacking": fault.lacking if fault else "",
        "done": answer.done,
    }
    return {name: str(words) for name, words in told.items() if words}


async def _cancelled_by(signals: AsyncIterator[signal.Signals], scope: anyio.CancelScope) -> None:
    async for _ in signals:
        scope.cancel()


@asynccontextmanager
async def _opened(
    settings: Settings, source: SourceSettings, clock: Clock
) -> AsyncIterator[YemotAccount | VoicenterAccount]:
    account = (
        YemotAccount(source, settings, clock)
        if isinstance(source, YemotSource)
        else VoicenterAccount(source, settings, clock)
    )
    try:
        yield account
    finally:
        with anyio.CancelScope(shield=True):
            await account.aclose()
