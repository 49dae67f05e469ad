"""A file's way into a campaign: exactly once, whatever the vendor, the disk and the people do."""

import csv
import os
from itertools import pairwise
from pathlib import Path

import pytest

from tests.engine.imports.dialers import (
    CODE,
    LOST,
    NO_ROAD,
    OFFICE,
    OK,
    UNKNOWN,
    WRONG_CODE,
    Behaviour,
    Board,
    Dialer,
    add_all,
    add_and_lose,
    add_half_and_lose,
    file_of,
    number,
    running,
    say,
)
from wallboard.clock import ManualClock
from wallboard.domain.actions import ItemOutcome, Outcome, Result
from wallboard.domain.faults import Fault, FaultCode, VendorFault
from wallboard.domain.imports import ImportStage
from wallboard.domain.ports import ImportTroubleError
from wallboard.engine.imports import ledger as ledgers

INVALID = ItemOutcome(Result.REFUSED, "-2", "Number is invalid")


@pytest.fixture
def dialer() -> Dialer:
    return Dialer(ManualClock())


@pytest.fixture
def board(tmp_path: Path, dialer: Dialer) -> Board:
    return Board(tmp_path / "state", dialer)


def numbers(*lines: int) -> list[str]:
    return [number(line) for line in lines]


def all_of(count: int) -> list[str]:
    return numbers(*range(2, 2 + count))


def sizes(dialer: Dialer) -> list[int]:
    return [len(lines) for _, lines in dialer.batches]


async def test_a_file_goes_in_by_batches_and_each_row_stands_in_the_report(
    board: Board, dialer: Dialer, tmp_path: Path
) -> None:
    async with running(board):
        path = file_of(tmp_path, 1_200)
        plan = await board.add(path)
        assert (board.progress.stage, board.progress.total, len(plan.to_send)) == (ImportStage.SENDING, 1_200, 1_200)
        progress = await board.over()
        assert (progress.stage, progress.added, progress.words) == (ImportStage.ENDED, 1_200, "")
        assert dialer.pending == all_of(1_200)
        assert sizes(dialer) == [500, 500, 200]
        moments = [moment for moment, _ in dialer.batches]
        assert all(later - earlier > 0.49 for earlier, later in pairwise(moments))
        assert board.intents == ["add_targets"] * 3
        assert progress.report is not None
        assert progress.report.parent == tmp_path
        with progress.report.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == 1_200
        assert {row["result"] for row in rows} == {"added"}
        assert progress.until is not None
        assert board.importer.all() == (progress,)


async def test_one_confirmation_counts_for_the_whole_file(board: Board, dialer: Dialer, tmp_path: Path) -> None:
    async with running(board):
        await board.added(file_of(tmp_path, 25 * 500))
        assert sizes(dialer) == [500] * 25
        assert len({ticket.batch for ticket in board.dispatcher.tickets()}) == 1


async def test_other_commands_of_the_account_have_their_turn_in_between(
    board: Board, dialer: Dialer, tmp_path: Path
) -> None:
    async with running(board):
        await board.add(file_of(tmp_path, 2_000))
        dialer.is_running = True
        await board.until(lambda: len(dialer.batches) == 2)
        board.dispatcher.submit([board.stop_command()])
        assert (await board.over()).added == 2_000
        kinds = [command.kind.value for command in dialer.performed]
        assert "stop_campaign" in kinds[2:5]


async def test_what_is_pending_already_is_listed_and_not_sent(board: Board, dialer: Dialer, tmp_path: Path) -> None:
    async with running(board):
        dialer.pending = [number(3), "972500000004", "972999"]
        path = file_of(tmp_path, 5)
        plan = await board.importer.plan(path, dialer.campaign)
        assert [target.line for target in plan.already_pending] == [3, 4]
        assert (await board.added(path)).total == 3
        assert dialer.batches[0][1] == (2, 5, 6)


async def test_rows_that_the_vendor_refuses_singly_stay_refused(board: Board, dialer: Dialer, tmp_path: Path) -> None:
    async with running(board):
        dialer.behaviours = [
            lambda dialer, new: (add_all(dialer, [new[0], new[2]]), Outcome(Result.OK, items=(OK, INVALID, OK)))[1]
        ]
        path = file_of(tmp_path, 3)
        progress = await board.added(path)
        assert (progress.stage, progress.added, progress.refused) == (ImportStage.ENDED, 2, 1)
        assert progress.report is not None
        assert "Number is invalid" in progress.report.read_text("utf-8-sig")
        plan = await board.importer.plan(path, dialer.campaign)
        assert (plan.done, plan.refused, plan.to_send) == (frozenset({2, 4}), frozenset({3}), ())
        assert (await board.added(path)).stage is ImportStage.ENDED
        assert len(dialer.batches) == 1


# Lost answers


@pytest.mark.parametrize(
    ("behaviour", "is_running", "sent"),
    [
        (add_and_lose, True, [500, 500, 100]),
        (add_and_lose, None, [500, 500, 100]),
        (say(LOST), False, [500, 500, 500, 100]),
        (say(LOST), True, [500, 500, 500, 100]),
        (add_half_and_lose, False, [500, 500, 350]),
    ],
)
async def test_after_a_lost_answer_it_finds_out_and_goes_on(
    board: Board, dialer: Dialer, tmp_path: Path, behaviour: Behaviour, is_running: bool | None, sent: list[int]
) -> None:
    async with running(board):
        dialer.is_running = is_running
        await board.until(lambda: board.engine.snapshot().floor.campaigns[0].is_running is is_running)
        dialer.behaviours = [add_all, behaviour]
        progress = await board.added(file_of(tmp_path, 1_100))
        assert (progress.stage, progress.added, progress.unsure) == (ImportStage.ENDED, 1_100, 0)
        assert sorted(dialer.pending) == all_of(1_100)
        assert sizes(dialer) == sent
        lost_at = dialer.batches[1][0]
        asked_at = [moment for moment in dialer.asked_at if moment >= lost_at]
        assert asked_at[0] - lost_at > 14.99
        assert asked_at[1] - asked_at[0] > 2.99


async def test_what_may_have_been_dialled_meanwhile_is_never_sent_again(
    board: Board, dialer: Dialer, tmp_path: Path
) -> None:
    """The first batch, a running campaign: the rows that do not pend may have been dialled."""
    async with running(board):
        dialer.is_running = True
        dialer.behaviours = [add_half_and_lose]
        path = file_of(tmp_path, 20)
        progress = await board.added(path)
        assert (progress.stage, progress.added, progress.unsure) == (ImportStage.ENDED, 10, 10)
        assert progress.report is not None
        assert len(dialer.batches) == 1
        plan = await board.importer.plan(path, dialer.campaign)
        assert (plan.to_send, len(plan.unsure)) == ((), 10)


async def test_a_few_rows_of_a_running_campaign_may_all_have_been_dialled(
    board: Board, dialer: Dialer, tmp_path: Path
) -> None:
    async with running(board):
        dialer.is_running = True
        dialer.behaviours = [say(LOST)]
        progress = await board.added(file_of(tmp_path, 20))
        assert (progress.added, progress.unsure) == (0, 20)


async def test_rows_the_answer_does_not_tell_of_are_looked_up(board: Board, dialer: Dialer, tmp_path: Path) -> None:
    async with running(board):

        def tell_some(dialer: Dialer, new: tuple[object, ...]) -> Outcome:
            dialer.pending += numbers(2, 4)
            return Outcome(Result.UNKNOWN, fault=Fault(FaultCode.BAD_SHAPE), items=(OK, INVALID, UNKNOWN, UNKNOWN))

        dialer.behaviours = [tell_some]  # type: ignore[list-item]
        progress = await board.added(file_of(tmp_path, 4))
        assert (progress.added, progress.refused, progress.unsure) == (3, 1, 0)
        assert [lines for _, lines in dialer.batches] == [(2, 3, 4, 5), (5,)]
        assert sorted(dialer.pending) == numbers(2, 4, 5)


async def test_a_vendor_that_is_slower_than_its_answer_is_waited_for(
    board: Board, dialer: Dialer, tmp_path: Path
) -> None:
    """A reading shows more of the batch than the one before, until two agree."""
    async with running(board):
        dialer.is_running = True

        def slowly(dialer: Dialer, new: object) -> Outcome:
            def add_more() -> None:
                dialer.pending += [digits for digits in all_of(40) if digits not in dialer.pending][:10]

            dialer.on_ask = add_more
            return LOST

        dialer.behaviours = [slowly]
        progress = await board.added(file_of(tmp_path, 40))
        assert (progress.added, progress.unsure, len(dialer.batches)) == (40, 0, 1)
        assert len(dialer.asked_at) > 4


async def test_readings_that_fail_are_made_again_and_given_up_after_two_minutes(
    board: Board, dialer: Dialer, tmp_path: Path
) -> None:
    async with running(board):
        dialer.behaviours = [add_and_lose]
        path = file_of(tmp_path, 5)
        await board.add(path)
        dialer.reading_faults = [Fault(FaultCode.TIMEOUT)] * 200
        progress = await board.over()
        assert progress.stage is ImportStage.STOPPED
        assert "5 rows" in progress.words
        assert 30 < len(dialer.asked_at) < 60
        dialer.reading_faults = []
        progress = await board.added(path)
        assert (progress.stage, progress.added, progress.total) == (ImportStage.ENDED, 5, 5)
        assert (dialer.pending, len(dialer.batches)) == (all_of(5), 1)


async def test_a_reading_that_needs_a_person_stops_at_once(board: Board, dialer: Dialer, tmp_path: Path) -> None:
    async with running(board):
        dialer.behaviours = [add_and_lose]
        await board.add(file_of(tmp_path, 5))
        dialer.reading_faults = [Fault(FaultCode.CREDENTIALS)]
        progress = await board.over()
        assert progress.stage is ImportStage.STOPPED
        assert "cannot be looked up" in progress.words


# Stopping


@pytest.mark.parametrize("outcome", [NO_ROAD, WRONG_CODE])
async def test_what_was_refused_as_a_whole_or_not_sent_stops_all_and_can_go_on(
    board: Board, dialer: Dialer, tmp_path: Path, outcome: Outcome
) -> None:
    async with running(board):
        dialer.behaviours = [add_all, say(outcome)]
        path = file_of(tmp_path, 1_200)
        progress = await board.added(path)
        assert (progress.stage, progress.added, sizes(dialer)) == (ImportStage.STOPPED, 500, [500, 500])
        assert progress.words
        assert progress.report is not None
        assert CODE not in progress.words
        progress = await board.added(path)
        assert (progress.stage, progress.total, progress.added) == (ImportStage.ENDED, 700, 700)
        assert dialer.pending == all_of(1_200)


async def test_a_board_that_must_not_act_sends_nothing_and_can_go_on(dialer: Dialer, tmp_path: Path) -> None:
    path = file_of(tmp_path, 5)
    async with running(Board(tmp_path / "state", dialer, is_read_only=True)) as board:
        progress = await board.added(path)
        assert (progress.stage, dialer.batches) == (ImportStage.STOPPED, [])
        assert "read-only" in progress.words
    async with running(Board(tmp_path / "state", dialer)) as board:
        assert (await board.added(path)).added == 5


async def test_a_person_stops_it_after_the_batch_that_is_under_way(
    board: Board, dialer: Dialer, tmp_path: Path
) -> None:
    async with running(board):
        dialer.takes_seconds = 2.0
        path = file_of(tmp_path, 1_200)
        await board.add(path)
        await board.until(lambda: len(dialer.batches) == 1)
        board.importer.stop(OFFICE, dialer.campaign.id)
        assert board.progress.stage == "stopping"
        progress = await board.over()
        assert (progress.stage, progress.added, progress.words) == (ImportStage.STOPPED, 500, "")
        assert dialer.pending == all_of(500)
        progress = await board.added(path)
        assert (progress.stage, progress.added, dialer.pending) == (ImportStage.ENDED, 700, all_of(1_200))
        board.importer.stop(OFFICE, dialer.campaign.id)
        assert board.progress.stage is ImportStage.ENDED


async def test_a_person_can_stop_it_while_it_finds_out(board: Board, dialer: Dialer, tmp_path: Path) -> None:
    async with running(board):
        dialer.behaviours = [add_and_lose]
        path = file_of(tmp_path, 700)
        await board.add(path)
        await board.until(lambda: board.progress.stage is ImportStage.SETTLING)
        board.importer.stop(OFFICE, dialer.campaign.id)
        progress = await board.over()
        assert (progress.stage, progress.added) == (ImportStage.STOPPED, 0)
        plan = await board.importer.plan(path, dialer.campaign)
        assert (len(plan.to_send), plan.already_pending) == (700, ())
        assert (await board.added(path)).added == 700
        assert dialer.pending == all_of(700)


async def test_a_ledger_that_cannot_be_written_stops_it_before_anything_is_sent(
    board: Board, dialer: Dialer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(board):
        path = file_of(tmp_path, 1_200)
        await board.add(path)
        await board.until(lambda: len(dialer.batches) == 1)
        with monkeypatch.context() as patch:
            patch.setattr(ledgers, "write_whole", lambda *_: os.write(-1, b""))
            progress = await board.over()
        assert progress.stage is ImportStage.STOPPED
        assert "nothing more is sent" in progress.words
        sent = len(dialer.batches)
        progress = await board.added(path)
        assert (progress.stage, len(dialer.batches) - sent) == (ImportStage.ENDED, 3 - sent)
        assert dialer.pending == all_of(1_200)


async def test_a_report_that_cannot_be_saved_is_told_of_and_spoils_nothing(
    board: Board, dialer: Dialer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("wallboard.engine.imports.importer.write_report", full)
    async with running(board):
        progress = await board.added(file_of(tmp_path, 5))
    assert (progress.stage, progress.added, progress.report) == (ImportStage.ENDED, 5, None)
    assert "the report cannot be saved: No space left" in progress.words


async def test_a_mistake_of_ours_stops_the_file_and_not_the_board(
    board: Board, dialer: Dialer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file_of(tmp_path, 5)
    async with running(board):
        with monkeypatch.context() as patch:
            patch.setattr("wallboard.engine.imports.shipment.told", lambda *_: 1 / 0)
            progress = await board.added(path)
        assert progress.stage is ImportStage.STOPPED
        assert "mistake in wallboard" in progress.words
        assert (await board.added(path)).added == 5
    assert (dialer.pending, len(dialer.batches)) == (all_of(5), 1)


# Several at once


async def test_one_campaign_takes_one_file_at_a_time(board: Board, dialer: Dialer, tmp_path: Path) -> None:
    async with running(board):
        plan = await board.add(file_of(tmp_path, 600))
        with pytest.raises(ImportTroubleError, match=r"targets\.csv"):
            board.importer.start(plan, dialer.campaign, "Warm leads")
        with pytest.raises(ImportTroubleError, match=r"targets\.csv"):
            await board.importer.plan(plan.path, dialer.campaign)
        assert (await board.over()).added == 600


async def test_two_boards_cannot_send_one_file_at_once(board: Board, dialer: Dialer, tmp_path: Path) -> None:
    async with running(board):
        path = file_of(tmp_path, 1_200)
        async with running(Board(tmp_path / "state", dialer), is_first=False) as other:
            early = await other.importer.plan(path, dialer.campaign)
            await board.add(path)
            await board.until(lambda: len(dialer.batches) == 1)
            with pytest.raises(ImportTroubleError, match="another board"):
                await other.importer.plan(path, dialer.campaign)
            other.importer.start(early, dialer.campaign, "Warm leads")
            progress = await other.over()
            assert (progress.stage, progress.report) == (ImportStage.STOPPED, None)
            assert "another board" in progress.words
            assert (await board.over()).added == 1_200
            # What was planned before the other board began is sent by nobody.
            other.importer.start(early, dialer.campaign, "Warm leads")
            progress = await other.over()
            assert (progress.stage, progress.total, progress.added) == (ImportStage.ENDED, 0, 0)
        assert dialer.pending == all_of(1_200)


# Leaving


async def test_when_the_board_is_left_what_is_on_its_way_is_still_heard_of(dialer: Dialer, tmp_path: Path) -> None:
    path = file_of(tmp_path, 1_200)
    async with running(Board(tmp_path / "state", dialer)) as board:
        await board.add(path)
        await board.until(lambda: len(dialer.batches) == 2)
    assert len(dialer.pending) == 1_000
    async with running(Board(tmp_path / "state", dialer)) as later:
        plan = await later.importer.plan(path, dialer.campaign)
        assert len(plan.done) == 1_000
        assert (await later.added(path)).added == 200
    assert dialer.pending == all_of(1_200)
    assert sizes(dialer) == [500, 500, 200]


async def test_when_the_board_is_left_what_waits_is_certainly_not_sent(dialer: Dialer, tmp_path: Path) -> None:
    path = file_of(tmp_path, 600)
    dialer.is_running = True
    async with running(Board(tmp_path / "state", dialer)) as board:
        plan = await board.importer.plan(path, dialer.campaign)
        dialer.takes_seconds = 1_000.0
        board.dispatcher.submit([board.stop_command()])
        await board.until(lambda: bool(dialer.performed))
        board.importer.start(plan, dialer.campaign, "Warm leads")
        await board.until(lambda: any(ticket.command.kind == "add_targets" for ticket in board.dispatcher.tickets()))
    assert dialer.batches == []
    dialer.takes_seconds = 0.0
    async with running(Board(tmp_path / "state", dialer)) as later:
        progress = await later.added(path)
        assert (progress.added, progress.unsure) == (600, 0)
        assert len(dialer.asked_at) == 2, "nothing had to be looked up"


# What is no file, and no campaign


async def test_a_file_that_cannot_be_read_and_a_list_that_cannot_be_told(
    board: Board, dialer: Dialer, tmp_path: Path
) -> None:
    async with running(board):
        with pytest.raises(ImportTroubleError, match="no file"):
            await board.importer.plan(tmp_path / "nowhere.csv", dialer.campaign)
        with pytest.raises(ImportTroubleError, match="no file"):
            await board.importer.plan(tmp_path, dialer.campaign)
        (tmp_path / "empty.csv").write_bytes(b"")
        with pytest.raises(ImportTroubleError, match="empty"):
            await board.importer.plan(tmp_path / "empty.csv", dialer.campaign)
        dialer.reading_faults = [Fault(FaultCode.TIMEOUT)]
        with pytest.raises(VendorFault):
            await board.importer.plan(file_of(tmp_path, 5), dialer.campaign)
        assert board.importer.progress(OFFICE, dialer.campaign.id) is None


async def test_no_secret_and_no_number_is_left_in_the_ledger_or_the_audit(
    board: Board, dialer: Dialer, tmp_path: Path
) -> None:
    async with running(board):
        dialer.behaviours = [add_and_lose]
        progress = await board.added(file_of(tmp_path, 30))
        assert progress.added == 30
        kept = [path for path in (tmp_path / "state").rglob("*") if path.is_file()]
        assert len(kept) >= 3
        for path in kept:
            text = path.read_text()
            assert CODE not in text
            assert not [digits for digits in all_of(30) if digits in text or digits.removeprefix("972") in text]
