"""The ledger of a file: what stands in it, who has it, and what a crash leaves of it."""

import json
import os
import stat
from pathlib import Path

import pytest

from wallboard.domain.actions import ItemOutcome, Result
from wallboard.domain.ports import ImportTroubleError
from wallboard.engine.imports import ledger as ledgers
from wallboard.engine.imports.course import Batch, Course
from wallboard.engine.imports.ledger import Ledger

ADDED, UNSURE = ItemOutcome(Result.OK), ItemOutcome(Result.UNKNOWN)
REFUSED = ItemOutcome(Result.REFUSED, "-2", "Number is invalid")
FIRST, SECOND = Batch(1, (2, 3, 4, 7), 1_750_000_000.0), Batch(2, (8, 9), 1_750_000_001.5, is_campaign_stopped=True)


def ledger(folder: Path, *, digest: str = "d1", source: str = "Head office", campaign: str = "c1") -> Ledger:
    return Ledger(folder / "state" / "imports", digest, source, campaign)


def written(folder: Path) -> Path:
    """A ledger with one batch of which all is known, and one of which nothing is."""
    book = ledger(folder)
    book.open()
    book.intend(FIRST)
    book.conclude("outcome", FIRST, {2: ADDED, 3: REFUSED, 4: ADDED, 7: None})
    book.intend(SECOND)
    book.close()
    return book.path


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    written(tmp_path)
    course = ledger(tmp_path).read()
    assert course.results == {2: ItemOutcome(Result.OK), 3: REFUSED, 4: ItemOutcome(Result.OK)}
    assert course.open == {2: SECOND}
    assert (course.open_lines, course.lines(Result.OK)) == (frozenset({8, 9}), frozenset({2, 4}))
    assert course.batches == {1: FIRST, 2: SECOND}


def test_a_batch_may_be_told_of_in_two_steps(tmp_path: Path) -> None:
    written(tmp_path)
    book = ledger(tmp_path)
    course = book.open()
    for event, results in (("outcome", {9: ADDED}), ("settled", {8: UNSURE})):
        course.conclude(2, results)
        book.conclude(event, SECOND, results)
    book.close()
    assert course.open == {}
    assert ledger(tmp_path).read() == course


def test_there_is_one_for_each_file_account_and_campaign(tmp_path: Path) -> None:
    paths = {
        ledger(tmp_path).path,
        ledger(tmp_path, digest="d2").path,
        ledger(tmp_path, source="Other").path,
        ledger(tmp_path, campaign="c2").path,
    }
    assert len(paths) == 4
    assert ledger(tmp_path).read() == Course()
    assert not ledger(tmp_path).path.exists()


def test_it_is_its_owners_alone_and_holds_no_number(tmp_path: Path) -> None:
    book = ledger(tmp_path)
    book.open()
    book.intend(FIRST)
    words = "Number is invalid: 050-000-0001, 972500000001"
    book.conclude("outcome", FIRST, {3: ItemOutcome(Result.REFUSED, "-2", words)})
    book.close()
    assert stat.S_IMODE(book.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(book.path.parent.stat().st_mode) == 0o700
    assert ledger(tmp_path).read().results[3].words == "Number is invalid: …, …"
    assert "0000001" not in book.path.read_text()


def test_only_one_board_has_it(tmp_path: Path) -> None:
    first, second = ledger(tmp_path), ledger(tmp_path)
    assert not first.is_taken()
    first.open()
    assert second.is_taken()
    with pytest.raises(ImportTroubleError, match="another board"):
        second.open()
    first.intend(FIRST)
    assert second.read().open == {1: FIRST}
    first.close()
    assert not second.is_taken()
    assert second.open().open == {1: FIRST}
    second.close()


def test_cut_at_any_byte_it_is_what_its_whole_lines_tell(tmp_path: Path) -> None:
    path = written(tmp_path)
    content = path.read_bytes()
    ends = [place + 1 for place, byte in enumerate(content) if byte == ord("\n")]
    courses = [Course()]
    for end in ends:
        path.write_bytes(content[:end])
        courses.append(ledger(tmp_path).read())
    assert len(courses) == 5
    for size in range(len(content)):
        path.write_bytes(content[:size])
        whole = sum(end <= size for end in ends)
        assert ledger(tmp_path).read() == courses[whole]
        if size % 7 == 0:
            book = ledger(tmp_path)
            course = book.open()
            assert course == courses[whole]
            batch = Batch(len(course.batches) + 1, (50,), 1.0)
            book.intend(batch)
            book.close()
            assert ledger(tmp_path).read().open[batch.number] == batch
            assert [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]]


@pytest.mark.parametrize(
    "line", [b"{}", b"[]", b"nonsense", b'{"event":"outcome","batch":9,"added":[],"unsure":[],"free":[],"refused":[]}']
)
def test_one_that_is_damaged_stops_all(tmp_path: Path, line: bytes) -> None:
    path = written(tmp_path)
    path.write_bytes(line + b"\n" + path.read_bytes())
    for use in (ledger(tmp_path).read, ledger(tmp_path).open):
        with pytest.raises(ImportTroubleError, match=r"damaged.*Nothing is sent"):
            use()
    assert not ledger(tmp_path).is_taken()


def test_a_line_that_does_not_reach_the_disk_is_not_there_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path)
    content = path.read_bytes()
    book = ledger(tmp_path)
    book.open()

    def full(descriptor: int, content: bytes) -> None:
        os.write(descriptor, content[:9])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(ledgers, "write_whole", full)
        with pytest.raises(ImportTroubleError, match=r"No space left.*nothing more is sent"):
            book.intend(Batch(3, (10,), 1.0))
    assert path.read_bytes() == content
    book.intend(Batch(3, (10,), 1.0))
    book.close()
    assert ledger(tmp_path).read().open_lines == {8, 9, 10}


def test_one_that_was_moved_away_meanwhile_is_noticed(tmp_path: Path) -> None:
    path = written(tmp_path)
    book = ledger(tmp_path)
    book.open()
    path.rename(path.with_suffix(".old"))
    with pytest.raises(ImportTroubleError, match="nothing more is sent"):
        book.intend(Batch(3, (10,), 1.0))
    book.close()


def test_a_link_or_a_folder_in_its_place_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path)
    target = path.rename(path.with_suffix(".elsewhere"))
    path.symlink_to(target)
    with pytest.raises(ImportTroubleError):
        ledger(tmp_path).open()
    path.unlink()
    path.mkdir()
    for use in (ledger(tmp_path).read, ledger(tmp_path).open):
        with pytest.raises(ImportTroubleError):
            use()
