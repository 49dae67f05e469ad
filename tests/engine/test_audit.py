"""The audit's file: what each line holds, how lines hang together, and that nothing is lost or hidden."""

import errno
import fcntl
import hashlib
import json
import os
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from wallboard.clock import ManualClock
from wallboard.engine.audit import files
from wallboard.engine.audit.log import AuditError, AuditLine, AuditLog, Event
from wallboard.engine.audit.verdict import verify

KEYS = ["seq", "at", "id", "event", "operator", "host", "source", "action", "target", "parameters"]
KEYS += ["outcome", "vendor_code", "vendor_message", "milliseconds", "data_age_seconds", "pid", "prev"]
NOTHING = "0" * 64
HOST = "board-1"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "audit.jsonl"


def log(path: Path, clock: ManualClock | None = None, host: str = HOST) -> AuditLog:
    return AuditLog(path, clock or ManualClock(), "dana", host)


def intent(number: int = 1, **given: Any) -> AuditLine:
    return AuditLine(event=Event.INTENT, id=f"a{number}", action="kick_caller", **given)


def outcome(number: int = 1, result: str = "ok", **given: Any) -> AuditLine:
    return AuditLine(event=Event.OUTCOME, id=f"a{number}", action="kick_caller", outcome=result, **given)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]]


def written(path: Path, count: int) -> AuditLog:
    audit = log(path)
    for number in range(1, count + 1):
        audit.append(intent(number))
    return audit


def test_a_line_holds_all_keys_in_their_order_and_null_where_nothing_is_told(path: Path) -> None:
    clock = ManualClock(1_795_307_465.123)
    log(path, clock).append(
        intent(source="קו ראשי", target="17.5", words="050-0000001", parameters={"queue": "/1"}, data_age_seconds=2.0)
    )
    log(path, clock).append(outcome(milliseconds=81.25, vendor_message='נותק "בהצלחה"\n'))
    first, second = lines(path)
    assert list(first) == list(second) == KEYS
    assert first["at"] == "2026-11-22T00:31:05.123Z"
    assert (first["operator"], first["host"], first["pid"]) == ("dana", HOST, os.getpid())
    assert first["target"] == {"key": "17.5", "words": "050-0000001"}
    assert first["parameters"] == {"queue": "/1"}
    assert first["data_age_seconds"] == 2.0
    assert [key for key in KEYS if first[key] is None] == ["outcome", "vendor_code", "vendor_message", "milliseconds"]
    assert second["source"] is None
    assert second["target"] == {"key": None, "words": None}
    assert (second["outcome"], second["milliseconds"]) == ("ok", 81.25)
    assert second["vendor_message"] == 'נותק "בהצלחה"\n'
    assert "קו ראשי".encode() in path.read_bytes()


def test_each_line_carries_the_hash_of_the_one_before_and_the_head_that_of_the_last(path: Path) -> None:
    written(path, 3)
    raw = path.read_bytes().split(b"\n")[:-1]
    hashes = [hashlib.sha256(line).hexdigest() for line in raw]
    assert [line["prev"] for line in lines(path)] == [NOTHING, *hashes[:2]]
    assert [line["seq"] for line in lines(path)] == [1, 2, 3]
    assert path.with_name("audit.head").read_text() == f"3 {hashes[2]}\n"


def test_files_are_their_owners_alone_whatever_the_umask(path: Path) -> None:
    before = os.umask(0)
    try:
        written(path, 1)
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.with_name("audit.head").stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_line_is_written_at_once_and_on_the_disk_before_the_call_returns(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    for name in ("write", "fsync", "pwrite"):
        genuine = getattr(os, name)

        def noted(*arguments: Any, name: str = name, genuine: Callable[..., Any] = genuine) -> Any:
            done.append(name)
            return genuine(*arguments)

        monkeypatch.setattr(os, name, noted)
    audit = log(path)
    audit.append(intent())
    done.clear()
    audit.append(outcome())
    assert done == ["write", "fsync", "pwrite", "fsync"]


def test_what_commands_a_terminal_is_escaped_and_means_the_same(path: Path) -> None:
    hostile = "\x1b]52;c;x\x07\x9b2J\u202eabc\udc80\u2028\x7f"
    log(path).append(intent(words=hostile))
    assert lines(path)[0]["target"]["words"] == hostile
    text = path.read_text("utf-8")
    assert not set(hostile.replace("]52;c;x", "").replace("2J", "").replace("abc", "")) & set(text)
    assert text.count("\n") == 1


def test_figures_that_json_does_not_know_are_null(path: Path) -> None:
    log(path).append(outcome(milliseconds=float("nan"), data_age_seconds=float("inf")))
    assert lines(path)[0]["milliseconds"] is None
    assert lines(path)[0]["data_age_seconds"] is None


WRITER = """
    import sys
    from pathlib import Path
    from wallboard.clock import SystemClock
    from wallboard.engine.audit.log import AuditLine, AuditLog, Event

    audit = AuditLog(Path(sys.argv[1]), SystemClock(), sys.argv[2], "board-1")
    for number in range(100):
        audit.append(AuditLine(event=Event.NOTE, id=f"{sys.argv[2]}-{number}", action="test", words="מ" * number))
"""

FOREVER = textwrap.dedent(WRITER).replace("range(100)", "range(1_000_000)")


def wait_until(path: Path, text: str) -> None:
    deadline = time.monotonic() + 20
    while text.encode() not in path.read_bytes():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_four_programs_write_at_once_and_the_chain_holds(path: Path) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", textwrap.dedent(WRITER), str(path), name])
        for name in ("a", "b", "c", "d")
    ]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0, 0]
    assert verify(path).lines == 400
    assert verify(path).fault == ""
    for name in "abcd":
        assert [line["id"] for line in lines(path) if line["operator"] == name] == [f"{name}-{n}" for n in range(100)]


def test_killed_at_any_moment_a_writer_leaves_a_chain_that_goes_on(path: Path) -> None:
    audit = written(path, 1)
    for turn in range(6):
        with subprocess.Popen([sys.executable, "-c", FOREVER, str(path), f"w{turn}"]) as writer:
            wait_until(path, f"w{turn}-{30 + 7 * turn}")
            writer.kill()
        audit.append(intent(turn))
        assert verify(path).fault == ""
    assert verify(path).remark == ""


def test_threads_and_rotations_meanwhile_leave_one_chain_over_all_files(path: Path) -> None:
    audit = written(path, 1)

    def write() -> None:
        for number in range(60):
            audit.append(intent(number))

    threads = [threading.Thread(target=write) for _ in range(3)]
    for thread in threads:
        thread.start()
    rotated: list[Path] = []
    while any(thread.is_alive() for thread in threads):
        if path.exists():
            rotated.append(path.rename(path.with_name(f"audit.jsonl.{len(rotated)}")))
        threads[0].join(0.01)
    for thread in threads:
        thread.join()
    audit.append(intent())
    content = b"".join(file.read_bytes() for file in [*rotated, path])
    path.write_bytes(content)
    assert len(rotated) > 1
    verdict = verify(path)
    assert (verdict.fault, verdict.lines) == ("", content.count(b"\n"))
    assert content.count(b'"intent"') == 182


def test_moved_away_while_its_lock_is_waited_for_the_old_file_gets_no_line(path: Path) -> None:
    audit = written(path, 2)
    old = path.with_suffix(".old")
    with path.open("rb") as other, path.with_name("audit.head").open("rb") as head:
        fcntl.flock(other, fcntl.LOCK_EX)
        thread = threading.Thread(target=audit.append, args=[intent(3)])
        thread.start()
        while is_free(head):
            thread.join(0.001)
        path.rename(old)
    thread.join(20)
    assert [line["seq"] for line in lines(old)] == [1, 2]
    assert [line["seq"] for line in lines(path)] == [3, 4]  # a note, and the line


def is_free(file: BinaryIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    fcntl.flock(file, fcntl.LOCK_UN)
    return True


def test_a_new_file_carries_the_chain_on_from_the_one_moved_away(path: Path) -> None:
    audit = written(path, 3)
    last = path.read_bytes().split(b"\n")[2]
    path.rename(path.with_suffix(".old"))
    audit.append(intent(4))
    note, line = lines(path)
    assert (note["event"], note["action"], note["seq"]) == ("note", "continued", 4)
    assert note["prev"] == hashlib.sha256(last).hexdigest()
    assert (line["event"], line["seq"]) == ("intent", 5)
    assert verify(path).fault == ""
    assert "continues an earlier file" in verify(path).remark


@pytest.mark.parametrize("torn", [b'{"seq": 4, "at": "2026', b"\xff\x00", b"{" * 200_000, b"\x00" * 3_000_000])
def test_a_torn_last_line_is_set_aside_noted_and_the_chain_goes_on(path: Path, torn: bytes) -> None:
    audit = written(path, 3)
    whole = path.read_bytes()
    path.write_bytes(whole + torn)
    assert verify(path).bad_line == 4
    assert "torn" in verify(path).fault
    audit.append(intent(4))
    assert path.read_bytes().startswith(whole)
    aside = path.with_name("audit.torn-4")
    assert aside.read_bytes() == torn
    assert aside.stat().st_mode & 0o777 == 0o600
    note, line = lines(path)[3:]
    assert (note["event"], note["action"], line["id"]) == ("note", "torn_tail", "a4")
    assert note["target"]["words"] == f"{len(torn)} bytes of a torn line set aside in audit.torn-4"
    assert verify(path).fault == ""
    assert len(audit.records()) == 4


def test_a_file_that_is_only_a_torn_line_begins_anew(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b'{"seq"')
    log(path).append(intent())
    assert [line["action"] for line in lines(path)] == ["torn_tail", "kick_caller"]
    assert verify(path).fault == ""


def test_nothing_set_aside_earlier_is_overwritten(path: Path) -> None:
    path.parent.mkdir()
    path.with_name("audit.torn-1").write_bytes(b"earlier")
    path.write_bytes(b"later")
    log(path).append(intent())
    assert path.with_name("audit.torn-1").read_bytes() == b"earlierlater"


def test_a_last_line_cut_short_after_the_head_knew_it_stays_told_of(path: Path) -> None:
    audit = written(path, 3)
    path.write_bytes(path.read_bytes()[:-20])
    audit.append(intent(4))
    assert [line["action"] for line in lines(path)] == ["kick_caller", "kick_caller", "torn_tail", "kick_caller"]
    assert verify(path).fault == ""


def test_a_whole_last_line_that_is_no_json_is_not_torn(path: Path) -> None:
    audit = written(path, 2)
    first, _ = path.read_bytes().splitlines()
    path.write_bytes(first + b"\nby hand\n")
    audit.append(intent(3))
    assert path.read_bytes().splitlines()[1] == b"by hand"
    assert json.loads(path.read_bytes().splitlines()[2])["seq"] == 3
    assert verify(path).bad_line == 2
    assert not list(path.parent.glob("audit.torn*"))


def test_lines_that_cannot_be_read_count_when_the_head_is_lost(path: Path) -> None:
    audit = written(path, 2)
    with path.open("ab") as file:
        file.write(b"by hand\nand again\n")
    path.with_name("audit.head").unlink()
    audit.append(intent(3))
    note, line = (json.loads(line) for line in path.read_bytes().splitlines()[4:])
    assert (note["seq"], note["action"], line["seq"]) == (5, "head_lost", 6)
    assert note["prev"] == hashlib.sha256(b"and again").hexdigest()


def test_after_a_crash_between_line_and_head_all_goes_on(path: Path) -> None:
    audit = written(path, 2)
    head = path.with_name("audit.head").read_bytes()
    audit.append(intent(3))
    path.with_name("audit.head").write_bytes(head)
    verdict = verify(path)
    assert verdict.fault == ""
    assert "a line behind" in verdict.remark
    audit.append(intent(4))
    assert verify(path).fault == verify(path).remark == ""
    assert [line["seq"] for line in lines(path)] == [1, 2, 3, 4]


@pytest.mark.parametrize("head", [None, b"", b"garbage " * 20, b"1 " + b"0" * 64 + b"\n"])
def test_a_lost_head_is_made_anew_and_noted(path: Path, head: bytes | None) -> None:
    audit = written(path, 3)
    place = path.with_name("audit.head")
    place.unlink()
    if head is not None:
        place.write_bytes(head)
    assert "audit.head" in verify(path).fault
    audit.append(intent(4))
    assert [line["action"] for line in lines(path)][3:] == ["head_lost", "kick_caller"]
    assert verify(path).fault == ""


def test_what_was_cut_off_or_altered_at_the_end_stays_visible_after_the_next_line(path: Path) -> None:
    audit = written(path, 4)
    raw = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(raw[:2]))
    audit.append(intent(5))
    assert verify(path).bad_line == 3
    assert "missing: seq 3 to 4" in verify(path).fault
    path.write_bytes(b"".join(raw[:3]) + raw[3].replace(b"dana", b"yoav"))
    path.with_name("audit.head").write_text(f"4 {hashlib.sha256(raw[3].strip()).hexdigest()}\n")
    audit.append(intent(5))
    assert verify(path).bad_line == 4


def refused(audit: AuditLog) -> str:
    with pytest.raises(AuditError) as caught:
        audit.append(intent(9))
    text = str(caught.value)
    assert "audit" in text
    assert text.count(";") >= 1
    return text


def test_a_full_disk_takes_the_line_back_and_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    audit = written(path, 2)
    before, head = path.read_bytes(), path.with_name("audit.head").read_bytes()
    genuine = os.write
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda descriptor, content: genuine(descriptor, content[:40]))
        text = refused(audit)
    assert str(path) in text
    assert "No space left on device; free some space" in text
    assert path.read_bytes() == before
    assert path.with_name("audit.head").read_bytes() == head
    audit.append(intent(3))
    assert verify(path).fault == ""


@pytest.mark.parametrize("name", ["fsync", "pwrite"])
def test_a_line_that_is_not_surely_on_the_disk_is_taken_back(
    path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    audit = written(path, 2)
    before, head = path.read_bytes(), path.with_name("audit.head").read_bytes()

    def fails(*_: object) -> int:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(os, name, fails)
        assert "Input/output error" in refused(audit)
    assert path.read_bytes() == before
    assert path.with_name("audit.head").read_bytes() == head
    audit.append(intent(3))
    assert verify(path).fault == ""


def test_a_real_limit_on_the_files_size_is_survived(path: Path) -> None:
    """The kernel itself writes a part of the line and says nothing, as on a full disk."""
    code = """
        import resource, sys
        from pathlib import Path
        from wallboard.clock import SystemClock
        from wallboard.engine.audit.log import AuditError, AuditLine, AuditLog, Event

        audit = AuditLog(Path(sys.argv[1]), SystemClock(), "dana", "board-1")
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        for number in range(5):
            try:
                audit.append(AuditLine(event=Event.INTENT, id=str(number), action="kick_caller"))
            except AuditError as error:
                print(number, error)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), str(path)], check=True, capture_output=True, text=True, timeout=30
    )
    told = done.stdout.splitlines()
    assert 1 <= len(told) < 5
    assert "cannot be written" in told[0]
    assert len(lines(path)) == 5 - len(told)
    assert verify(path).fault == ""


def test_a_folder_that_cannot_be_is_refused(path: Path) -> None:
    path.parent.write_text("a file")
    text = refused(log(path))
    assert str(path.parent) in text
    assert "put a folder" in text
    with pytest.raises(AuditError):
        log(path).records()


def test_a_file_that_may_not_be_opened_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    audit = written(path, 1)
    genuine = os.open

    def opened(name: Any, flags: int, *mode: int) -> int:
        if name == path:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(name))
        return genuine(name, flags, *mode)

    monkeypatch.setattr(os, "open", opened)
    assert "Permission denied; let this user read and write it" in refused(audit)
    with pytest.raises(AuditError, match="cannot be read: Permission denied"):
        audit.records()


@pytest.mark.parametrize("name", ["audit.jsonl", "audit.head"])
def test_links_pipes_and_folders_are_refused_at_once(path: Path, name: str) -> None:
    place = path.with_name(name)
    place.parent.mkdir()
    (path.parent / "elsewhere").write_text("")
    place.symlink_to(path.parent / "elsewhere")
    assert "it is a symbolic link; put a plain file" in refused(log(path))
    assert (path.parent / "elsewhere").read_text() == ""
    place.unlink()
    os.mkfifo(place)
    assert "it is not a plain file" in refused(log(path))
    with pytest.raises(AuditError, match="not a plain file"):
        log(path).records()
    place.unlink()
    place.mkdir()
    assert name in refused(log(path))


@pytest.mark.parametrize("name", ["audit.jsonl", "audit.head"])
def test_a_lock_that_is_never_let_go_is_an_error_and_not_a_hang(
    path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    audit = written(path, 1)
    monkeypatch.setattr(files, "LOCK_ATTEMPTS", 3)
    with path.with_name(name).open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert "another program holds its lock" in refused(audit)
        assert len(audit.records()) == 1
    audit.append(intent(2))
    assert verify(path).lines == 2


def test_removed_between_two_lines_the_audit_goes_on(path: Path) -> None:
    audit = written(path, 2)
    path.unlink()
    audit.append(intent(3))
    assert [line["seq"] for line in lines(path)] == [3, 4]
