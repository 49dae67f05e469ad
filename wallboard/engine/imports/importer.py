"""Adds what files hold to campaigns, as long as the board lives."""

import logging
from dataclasses import replace
from functools import partial
from pathlib import Path

import anyio
from anyio import to_thread

from wallboard.clock import Clock
from wallboard.config.mishap import place_of
from wallboard.domain.actions import Result
from wallboard.domain.campaigns import Campaign
from wallboard.domain.enquiries import PendingTargetsOf
from wallboard.domain.imports import Double, ImportPlan, ImportProgress
from wallboard.domain.ports import ActionSink, Enquiries, ImportTroubleError, SnapshotStream
from wallboard.domain.targets import PendingList
from wallboard.engine.imports import checking
from wallboard.engine.imports.columns import understood
from wallboard.engine.imports.course import Course
from wallboard.engine.imports.ledger import Ledger, taken
from wallboard.engine.imports.report import write_report
from wallboard.engine.imports.sheet import MOST_BYTES, read_sheet
from wallboard.engine.imports.shipment import Road, Shipment
from wallboard.language.catalog import _
from wallboard.language.phones import listed

_log = logging.getLogger(__name__)


class Importer:
    """Implements `domain.ports.Imports`: `run` it, and cancel it.

    Args:
        clock: tells the time.
        stream: tells whether a campaign runs.
        sink: where the batches go.
        enquiries: tells what a campaign has pending.
        folder: of the ledgers, and of reports that cannot be saved beside their file.
    """

    def __init__(
        self, clock: Clock, stream: SnapshotStream, sink: ActionSink, enquiries: Enquiries, folder: Path
    ) -> None:
        self._clock = clock
        self._road = Road(clock, stream, sink, enquiries)
        self._folder = folder
        self._shipments: dict[tuple[str, str], Shipment] = {}  # by source and campaign, the newest
        self._started: list[Shipment] = []
        self._has_started = anyio.Event()

    async def run(self) -> None:
        """Carry what is started, until cancelled."""
        async with anyio.create_task_group() as tasks:
            while True:
                while self._started:
                    tasks.start_soon(self._carry, self._started.pop())
                self._has_started = anyio.Event()
                await self._has_started.wait()

    async def plan(self, path: Path, campaign: Campaign) -> ImportPlan:
        """Check a file against what the campaign has pending and what the file's ledger tells; send nothing."""
        self._refuse_second(campaign)
        content = await to_thread.run_sync(_content, path)
        # The list before the ledger: what an import has put into the list stands in its ledger by then.
        listing = await self._road.enquiries.ask(campaign.source, PendingTargetsOf(campaign.code))
        plan = await to_thread.run_sync(_checked, path, content, listing)
        ledger = self._ledger(plan, campaign)
        if await to_thread.run_sync(ledger.is_taken):
            raise taken()
        return resumed(plan, await to_thread.run_sync(ledger.read))

    def start(self, plan: ImportPlan, campaign: Campaign, words: str, *, accepts_stale: bool = False) -> None:
        """Add what is left of a plan."""
        self._refuse_second(campaign)
        ledger = self._ledger(plan, campaign)
        shipment = Shipment(self._road, ledger, plan, campaign, words, accepts_stale=accepts_stale)
        self._shipments[campaign.source, campaign.id] = shipment
        self._started.append(shipment)
        self._has_started.set()

    def stop(self, source: str, campaign: str) -> None:
        """Send nothing more to a campaign."""
        if shipment := self._shipments.get((source, campaign)):
            shipment.stop()

    def progress(self, source: str, campaign: str) -> ImportProgress | None:
        shipment = self._shipments.get((source, campaign))
        return shipment.progress if shipment else None

    def all(self) -> tuple[ImportProgress, ...]:
        return tuple(shipment.progress for shipment in self._shipments.values())

    def _ledger(self, plan: ImportPlan, campaign: Campaign) -> Ledger:
        return Ledger(self._folder, plan.digest, campaign.source, campaign.id)

    def _refuse_second(self, campaign: Campaign) -> None:
        before = self.progress(campaign.source, campaign.id)
        if before is not None and before.is_under_way:
            words = _("{file} is being added to this campaign; wait for its end, or stop it first")
            raise ImportTroubleError(words.format(file=before.path.name))

    async def _carry(self, shipment: Shipment) -> None:
        report, report_trouble = None, ""
        try:
            words = await shipment.run()
            if shipment.course is not None:
                report, report_trouble = await self._report(shipment.plan, shipment.course)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one file, the board lives on
            # Without its words: they may hold a number.
            _log.error("adding a file failed by an unexpected %s", type(error).__name__, extra=place_of(error))
            words = _("by a mistake in wallboard itself nothing more is sent; see the log")
        shipment.end(words, report, report_trouble)

    async def _report(self, plan: ImportPlan, course: Course) -> tuple[Path | None, str]:
        """Save what came of each row: where that is, and why it cannot be saved."""
        write = partial(
            write_report,
            plan,
            course.results,
            now=self._clock.now(),
            fallback=self._folder,
            unsettled=course.open_lines,
        )
        try:
            return await to_thread.run_sync(write), ""
        except OSError as error:
            return None, _("the report cannot be saved: {reason}").format(reason=error.strerror or type(error).__name__)


def resumed(plan: ImportPlan, course: Course) -> ImportPlan:
    """A plan, with what earlier runs have done: a row that they sent is pending by them, and by nobody else."""
    known = course.results.keys() | course.open_lines
    ours = {target.number: target for target in plan.already_pending if target.line in known}
    good = sorted((*plan.good, *ours.values()), key=lambda target: target.line)
    doubles = [
        Double(target.line, target.number, ours[target.number].line)
        for target in plan.already_pending
        if target.number in ours and target.line not in known
    ]
    lines = frozenset(target.line for target in good)
    return replace(
        plan,
        good=tuple(good),
        doubles=tuple(sorted((*plan.doubles, *doubles), key=lambda double: double.line)),
        already_pending=tuple(target for target in plan.already_pending if target.number not in ours),
        done=lines & course.lines(Result.OK),
        unsure=lines & course.lines(Result.UNKNOWN),
        refused=lines & course.lines(Result.REFUSED),
    )


def _content(path: Path) -> bytes:
    """A file's bytes; of a larger one than may be, so much that it shows."""
    try:
        if not path.is_file():
            raise ImportTroubleError(_("{path} is no file; see whether its name is right").format(path=path))
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ImportTroubleError(_("{path} cannot be read: {reason}").format(path=path, reason=reason)) from None


def _checked(path: Path, content: bytes, listing: PendingList) -> ImportPlan:
    sheet = read_sheet(content)
    pending = frozenset(filter(None, (listed(target.number) for target in listing.targets)))
    return checking.plan(path, sheet, understood(sheet), pending)
