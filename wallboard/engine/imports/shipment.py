"""One file's way into one campaign: batch after batch, each known to the ledger before it is sent."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import anyio
from anyio import to_thread

from wallboard.clock import Clock
from wallboard.domain.actions import ItemOutcome, Outcome, Result, Stage, Ticket
from wallboard.domain.campaign_actions import AddTargets
from wallboard.domain.campaigns import Campaign
from wallboard.domain.enquiries import PendingTargetsOf
from wallboard.domain.faults import VendorFault
from wallboard.domain.imports import BATCH_TARGETS, ImportPlan, ImportProgress, ImportStage
from wallboard.domain.ports import ActionSink, Enquiries, ImportTroubleError, SnapshotStream
from wallboard.domain.targets import NewTarget
from wallboard.engine.imports.course import Batch, Course
from wallboard.engine.imports.ledger import Ledger
from wallboard.engine.imports.settling import Reading, agree, reading_of, told, verdict, witnesses
from wallboard.language.catalog import _, ngettext
from wallboard.language.words import fault_words

GAP_SECONDS = 0.5
CLAIM_GAP_SECONDS = 1.0  # from one look to the next whether the same batch may be sent once more
SETTLE_AFTER_SECONDS = 15.0  # a slow vendor may still be at a batch whose answer is lost
SETTLE_GAP_SECONDS = 3.0
SETTLE_SECONDS = 120.0
LEAVING_SECONDS = 2.5  # somewhat more than the sink gives what is on its way


@dataclass(frozen=True, slots=True)
class Road:
    """What every file goes through."""

    clock: Clock
    stream: SnapshotStream
    sink: ActionSink
    enquiries: Enquiries


class Shipment:
    """`run` it once, then `end` it; `progress` tells how far it has come.

    Args:
        road: what it goes through.
        ledger: of this file and campaign.
        plan: what is to be added.
        campaign: where to.
        words: the campaign as the person saw it.
        accepts_stale: the person has seen that the data are stale.
    """

    def __init__(
        self, road: Road, ledger: Ledger, plan: ImportPlan, campaign: Campaign, words: str, *, accepts_stale: bool
    ) -> None:
        self._road = road
        self._clock = road.clock
        self._ledger = ledger
        self.plan = plan
        self._campaign = campaign
        self._accepts_stale = accepts_stale
        self.course: Course | None = None  # what the ledger tells; None while it is not in our hands
        self._rows = {target.line: target for target in plan.good}
        self._before: frozenset[int] = frozenset()  # lines of which earlier runs told
        self._confirmation = ""  # the sink's batch
        self._lost_at = -math.inf  # when it turned out that an answer was lost
        self._nap = anyio.CancelScope()
        self.progress = ImportProgress(
            source=campaign.source,
            campaign=campaign.id,
            campaign_words=words,
            path=plan.path,
            stage=ImportStage.SENDING,
            total=len(plan.to_send),
            since=road.clock.monotonic(),
        )

    def stop(self) -> None:
        """Send nothing more; what is on its way comes to its end."""
        if self.progress.is_under_way:
            self._show(stage=ImportStage.STOPPING)
            self._nap.cancel()

    def end(self, words: str, report: Path | None, report_trouble: str = "") -> None:
        """It is over: what there is to say, and where each row's own result stands or why it does not."""
        is_done = not words and self.course is not None and self._rows.keys() <= self.course.results.keys()
        stage = ImportStage.ENDED if is_done else ImportStage.STOPPED
        words = "; ".join(filter(None, (words, report_trouble)))
        self._show(stage=stage, words=words, report=report, until=self._clock.monotonic())

    async def run(self) -> str:
        """Add what is left until nothing is, or until it is stopped; why it went no further, or ""."""
        try:
            with anyio.CancelScope(shield=True):
                course = await to_thread.run_sync(self._ledger.open)
            self.course = course
            return await self._carry(course)
        except ImportTroubleError as error:
            return str(error)
        except VendorFault as error:
            words = _("what became of the last rows cannot be looked up: {reason}")
            return words.format(reason=fault_words(error.fault))
        finally:
            self._ledger.close()

    async def _carry(self, course: Course) -> str:
        if not course.open_lines <= self._rows.keys():
            raise ImportTroubleError(
                _("since this file was checked, another board has sent rows of it; check it again")
            )
        self._before = frozenset(course.results)
        self._show(total=len(self._rows.keys() - self._before))
        while not self._is_stopping:
            if course.open:
                await self._settle(course, next(iter(course.open.values())))
                continue
            rest = tuple(line for line in self._rows if line not in course.results)
            if not rest:
                break
            if words := await self._send(course, rest[:BATCH_TARGETS]):
                return words
            await self._pause(GAP_SECONDS)
        return ""

    # Sending

    async def _send(self, course: Course, lines: tuple[int, ...]) -> str:
        """Send rows; why no more can be sent, or ""."""
        command = AddTargets(
            source=self._campaign.source,
            target=self._campaign.id,
            words=self.progress.campaign_words,
            feed=self._campaign.feed,
            code=self._campaign.code,
            new=tuple(self._rows[line] for line in lines),
            file=self.plan.digest,
        )
        while self._road.sink.claim(command) is not None:  # the same was sent a moment ago, and did not arrive
            await self._pause(CLAIM_GAP_SECONDS)
            if self._is_stopping:
                return ""
        batch = Batch(len(course.batches) + 1, lines, self._clock.now(), self._is_campaign_stopped())
        with anyio.CancelScope(shield=True):  # or nobody would know that it was not sent
            await to_thread.run_sync(self._ledger.intend, batch)
        course.intend(batch)
        outcome = await self._outcome(course, batch, command)
        return await self._take_in(course, batch, outcome)

    async def _outcome(self, course: Course, batch: Batch, command: AddTargets) -> Outcome:
        """Submit, and wait; when the board is left, no longer than for what is on its way."""
        sink = self._road.sink
        (ticket,) = sink.submit([command], accepts_stale=self._accepts_stale, continues=self._confirmation)
        self._confirmation = ticket.batch
        ended = anyio.Event()
        outcome = Outcome(Result.UNKNOWN)

        def hear(newer: Ticket) -> None:
            nonlocal outcome
            if newer.id == ticket.id and newer.stage is Stage.ENDED:
                outcome = newer.outcome or outcome
                ended.set()

        unsubscribe = sink.listen(hear)
        hear(ticket)
        try:
            await ended.wait()
        except anyio.get_cancelled_exc_class():
            sink.take_back(ticket.batch)
            with anyio.move_on_after(LEAVING_SECONDS, shield=True):
                await ended.wait()
                await self._take_in(course, batch, outcome)
            raise
        finally:
            unsubscribe()
        return outcome

    async def _take_in(self, course: Course, batch: Batch, outcome: Outcome) -> str:
        results, words = told(batch.lines, outcome)
        if len(results) < len(batch.lines):
            self._lost_at = self._clock.monotonic()
        if results:
            await self._conclude(course, "outcome", batch, results)
        return words

    async def _conclude(
        self, course: Course, event: str, batch: Batch, results: Mapping[int, ItemOutcome | None]
    ) -> None:
        course.conclude(batch.number, results)
        fresh = [item.result for line, item in course.results.items() if line not in self._before]
        self._show(
            added=fresh.count(Result.OK), refused=fresh.count(Result.REFUSED), unsure=fresh.count(Result.UNKNOWN)
        )
        with anyio.CancelScope(shield=True):
            await to_thread.run_sync(self._ledger.conclude, event, batch, results)

    # Settling

    async def _settle(self, course: Course, batch: Batch) -> None:
        """Find out what came of rows without an answer; what cannot be read again and again is left for another time.

        Raises:
            ImportTroubleError: the readings do not agree, or there are none.
            VendorFault: a person is needed.
        """
        if not self._is_stopping:
            self._show(stage=ImportStage.SETTLING)
        # The wall clock, for the batch may be of an earlier run; it may have been set back since.
        age = max(0.0, self._clock.now() - batch.at)
        await self._pause(SETTLE_AFTER_SECONDS - min(age, self._clock.monotonic() - self._lost_at))
        until = self._clock.monotonic() + SETTLE_SECONDS
        targets = [*(self._rows[line] for line in batch.lines), *witnesses(batch, course, self._rows)]
        readings: list[Reading] = []
        while not self._is_stopping:
            reading = await self._reading(targets)
            if reading is not None:
                readings.append(reading)
                if agree(batch, readings[:-1], reading):
                    results = verdict(batch, course, self._rows, readings, self._clock.now())
                    await self._conclude(course, "settled", batch, results)
                    break
            if self._clock.monotonic() > until:
                raise _unsettled(len(batch.lines))
            await self._pause(SETTLE_GAP_SECONDS)
        if not self._is_stopping:
            self._show(stage=ImportStage.SENDING)

    async def _reading(self, targets: list[NewTarget]) -> Reading | None:
        """What is pending now; None where the vendor does not tell."""
        with anyio.CancelScope() as self._nap:
            try:
                query = PendingTargetsOf(self._campaign.code)
                listing = await self._road.enquiries.ask(self._campaign.source, query)
            except VendorFault as error:
                if error.fault.needs_person:
                    raise
                return None
            return await to_thread.run_sync(reading_of, listing, targets)
        return None

    def _is_campaign_stopped(self) -> bool:
        """Whether the last poll told so."""
        return any(
            campaign.source == self._campaign.source
            and campaign.id == self._campaign.id
            and campaign.is_running is False
            for campaign in self._road.stream.snapshot().floor.campaigns
        )

    # Keeping time, and showing

    @property
    def _is_stopping(self) -> bool:
        return self.progress.stage is ImportStage.STOPPING

    async def _pause(self, seconds: float) -> None:
        """Wait, unless it is to be stopped."""
        if seconds > 0 and not self._is_stopping:
            with anyio.CancelScope() as self._nap:
                await self._clock.sleep(seconds)

    def _show(self, **changes: object) -> None:
        self.progress = replace(self.progress, **changes)  # type: ignore[arg-type]


def _unsettled(count: int) -> ImportTroubleError:
    words = ngettext(
        "of {count} rows it is not known whether they were added: the answer was lost, and the campaign's list of "
        "pending targets cannot be read or does not come to rest; add the file again later, and it goes on there",
        "of {count} rows it is not known whether they were added: the answer was lost, and the campaign's list of "
        "pending targets cannot be read or does not come to rest; add the file again later, and it goes on there",
        count,
    )
    return ImportTroubleError(words.format(count=count))
