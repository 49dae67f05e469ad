"""Whatever is done to an audit behind its back is seen, and the first line it was done to is named."""

import fcntl
import json
import threading
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wallboard.clock import ManualClock
from wallboard.engine.audit.log import AuditError, AuditLine, AuditLog, Event
from wallboard.engine.audit.trail import audit_trail
from wallboard.engine.audit.verdict import Verdict, verify

COUNT = 8
Lines = list[bytes]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "audit.jsonl"


def append(path: Path, count: int = 1) -> None:
    audit = AuditLog(path, ManualClock(), "dana", "board-1")
    for number in range(count):
        audit.append(AuditLine(event=Event.INTENT, id=f"a{number}", action="kick_caller", words="050-0000001"))


def altered(path: Path, change: Callable[[Lines], None]) -> Verdict:
    """What is found when lines, without their newlines, have been changed."""
    append(path, COUNT)
    lines = path.read_bytes().splitlines()
    change(lines)
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return verify(path)


def edited(line: bytes, **fields: object) -> bytes:
    return json.dumps(json.loads(line) | fields, ensure_ascii=False).encode()


def test_an_untouched_audit_is_told_to_be_so(path: Path) -> None:
    append(path, COUNT)
    assert verify(path) == Verdict(lines=COUNT, since=ManualClock().now())


@pytest.mark.parametrize("index", range(COUNT))
@pytest.mark.parametrize(
    "fields", [{"operator": "yoav"}, {"seq": 70}, {"seq": 0}, {"prev": "f" * 64}, {"id": None}, {}]
)
def test_an_altered_line_is_named(path: Path, index: int, fields: dict[str, object]) -> None:
    def change(lines: Lines) -> None:
        lines[index] = edited(lines[index], **fields) if fields else b"[]"

    verdict = altered(path, change)
    assert verdict.bad_line == index + 1
    assert f"line {index + 1} was altered" in verdict.fault


@pytest.mark.parametrize("index", range(COUNT - 1))
def test_of_two_altered_lines_the_first_is_named(path: Path, index: int) -> None:
    def change(lines: Lines) -> None:
        lines[index : index + 2] = [edited(line, operator="yoav") for line in lines[index : index + 2]]

    verdict = altered(path, change)
    assert verdict.bad_line == index + 1
    assert f"line {index + 2}, itself altered," in verdict.fault


def test_the_first_line_altered_in_every_way_is_named(path: Path) -> None:
    def change(lines: Lines) -> None:
        lines[0] = edited(lines[0], prev="f" * 64, operator="yoav")

    assert altered(path, change).bad_line == 1


@pytest.mark.parametrize("index", range(1, COUNT))
@pytest.mark.parametrize("count", [1, 2])
def test_missing_lines_are_counted(path: Path, index: int, count: int) -> None:
    def change(lines: Lines) -> None:
        del lines[index : index + count]

    verdict = altered(path, change)
    assert verdict.bad_line == index + 1
    last = min(index + count, COUNT)
    assert verdict.fault.endswith(f"seq {index + 1}" if last == index + 1 else f"seq {index + 1} to {last}")


def test_lines_missing_at_the_beginning_are_no_rotation(path: Path) -> None:
    verdict = altered(path, lambda lines: lines.__delitem__(slice(0, 3)))
    assert verdict.bad_line == 1
    assert verdict.fault == "lines before line 1 were removed: it begins with seq 4"


@pytest.mark.parametrize("index", range(COUNT))
def test_a_line_that_comes_twice_is_named(path: Path, index: int) -> None:
    verdict = altered(path, lambda lines: lines.insert(index, lines[index]))
    assert verdict.bad_line in {index + 1, index + 2}  # the same bytes: nobody can tell which is the copy
    assert "was inserted" in verdict.fault


@pytest.mark.parametrize("index", range(1, COUNT))
def test_a_forged_line_that_fits_before_it_is_named(path: Path, index: int) -> None:
    verdict = altered(path, lambda lines: lines.insert(index, edited(lines[index], operator="yoav")))
    assert verdict.bad_line == index + 1
    assert f"line {index + 1} was inserted" in verdict.fault


@pytest.mark.parametrize("index", range(COUNT - 1))
def test_swapped_lines_are_named(path: Path, index: int) -> None:
    def change(lines: Lines) -> None:
        lines[index], lines[index + 1] = lines[index + 1], lines[index]

    verdict = altered(path, change)
    assert verdict.bad_line == index + 1


def test_lines_written_anew_with_a_chain_of_their_own_do_not_fit_the_head(path: Path) -> None:
    append(path, COUNT)
    head = path.with_name("audit.head").read_bytes()
    path.unlink()
    path.with_name("audit.head").unlink()
    AuditLog(path, ManualClock(), "yoav", "board-1").append(AuditLine(event=Event.INTENT, id="x", action="kick_caller"))
    append(path, COUNT - 1)
    path.with_name("audit.head").write_bytes(head)
    verdict = verify(path)
    assert verdict.bad_line == COUNT
    assert "written anew" in verdict.fault


def test_a_removed_file_is_missed(path: Path) -> None:
    append(path, COUNT)
    path.unlink()
    assert f"audit.head knows of {COUNT}" in verify(path).fault
    path.write_bytes(b"")
    assert f"audit.head knows of {COUNT}" in verify(path).fault
    path.with_name("audit.head").unlink()
    assert verify(path) == Verdict()


def test_a_removed_head_is_missed_when_there_are_lines(path: Path) -> None:
    append(path, COUNT)
    path.with_name("audit.head").unlink()
    verdict = verify(path)
    assert (verdict.lines, verdict.bad_line) == (COUNT, None)
    assert "audit.head, which knows the last line, is missing" in verdict.fault


def test_a_head_put_back_is_seen(path: Path) -> None:
    append(path, 2)
    head = path.with_name("audit.head").read_bytes()
    append(path, 2)
    path.with_name("audit.head").write_bytes(head)
    assert "audit.head knows of seq 2 only, not 4" in verify(path).fault


def test_a_torn_line_does_not_hide_what_was_altered_before_it(path: Path) -> None:
    append(path, COUNT)
    *lines, last = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines) + edited(last, operator="yoav") + b'\n{"seq": 9')
    assert verify(path).bad_line == COUNT


def test_lines_far_too_long_are_read_in_little_memory(path: Path) -> None:
    append(path, 2)
    with path.open("ab") as file:
        for _ in range(40):
            file.write(b"[" * 1_000_000)
    verdict = verify(path)
    assert verdict.bad_line == 3
    with audit_trail(path) as trail:
        assert all(
            len(entry.content) < 2_000_000 for entries in (trail.forward(), trail.backward()) for entry in entries
        )
    audit = AuditLog(path, ManualClock(), "dana", "board-1")
    assert len(audit.records()) == len(audit.records(limit=5)) == 2


def test_a_line_that_is_being_written_is_waited_for(path: Path) -> None:
    append(path, 2)
    whole, head = path.read_bytes(), path.with_name("audit.head")
    before = head.read_bytes()
    append(path)
    after, line = head.read_bytes(), path.read_bytes()[len(whole) :]
    verdicts: list[Verdict] = []
    with head.open("r+b") as writer:
        fcntl.flock(writer, fcntl.LOCK_EX)
        path.write_bytes(whole + line[:50])
        writer.write(before)
        writer.flush()
        thread = threading.Thread(target=lambda: verdicts.append(verify(path)))
        thread.start()
        thread.join(0.1)  # long enough to see the half, were it looked at
        with path.open("ab") as file:
            file.write(line[50:])
        writer.seek(0)
        writer.write(after)
    thread.join(20)
    assert [(verdict.lines, verdict.fault, verdict.remark) for verdict in verdicts] == [(3, "", "")]


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_no_changed_byte_goes_unnoticed(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "audit.jsonl"
        append(path, 5)
        content = bytearray(path.read_bytes())
        index = data.draw(st.integers(0, len(content) - 1))
        content[index] ^= data.draw(st.integers(1, 255))
        number = path.read_bytes()[:index].count(b"\n") + 1
        path.write_bytes(content)
        verdict = verify(path)
        assert verdict.fault
        assert verdict.bad_line == number


def test_a_file_that_cannot_be_read_is_an_error(path: Path) -> None:
    path.mkdir()
    with pytest.raises(AuditError, match=r"audit\.jsonl cannot be read"):
        verify(path)
