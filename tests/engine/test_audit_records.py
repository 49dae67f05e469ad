"""What the audit tells of actions: merged from their lines, from the end of a large file, and those nobody ended."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from wallboard.clock import ManualClock
from wallboard.domain.actions import ActionRecord
from wallboard.engine.audit import trail as audit_trail
from wallboard.engine.audit.log import AuditLine, AuditLog, Event

HOST = "board-1"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "audit.jsonl"


def log(path: Path, clock: ManualClock | None = None, host: str = HOST) -> AuditLog:
    return AuditLog(path, clock or ManualClock(), "dana", host)


def intent(number: int, **given: Any) -> AuditLine:
    return AuditLine(event=Event.INTENT, id=f"a{number}", action="transfer_caller", **given)


def outcome(number: int, result: str, **given: Any) -> AuditLine:
    return AuditLine(event=Event.OUTCOME, id=f"a{number}", action="transfer_caller", outcome=result, **given)


async def test_one_record_tells_all_lines_of_an_action(path: Path) -> None:
    clock = ManualClock()
    began = clock.now()
    audit = log(path, clock)
    audit.append(
        intent(
            1,
            source="Main line",
            target="17.5",
            words="050-0000001 ממתין",
            parameters={"queue": "/1", "destination": "/2/5"},
            data_age_seconds=1.5,
        )
    )
    await clock.advance(8)
    audit.append(outcome(1, "unknown", vendor_code="OK?", vendor_message="מה", milliseconds=8000.5))
    await clock.advance(5)
    audit.append(AuditLine(event=Event.SETTLED, id="a1", action="transfer_caller", outcome="verified"))
    assert audit.records() == [
        ActionRecord(
            id="a1",
            at=began,
            operator="dana",
            host=HOST,
            source="Main line",
            action="transfer_caller",
            target="17.5",
            words="050-0000001 ממתין",
            parameters=(("queue", "/1"), ("destination", "/2/5")),
            is_intended=True,
            outcome="unknown",
            settlement="verified",
            vendor_code="OK?",
            vendor_message="מה",
            milliseconds=8000.5,
            data_age_seconds=1.5,
        )
    ]


def test_what_was_never_to_be_sent_is_told_and_notes_are_not_actions(path: Path) -> None:
    audit = log(path)
    audit.append(outcome(1, "not_sent"))
    audit.append(AuditLine(event=Event.NOTE, id="n", action="wrong_pin"))
    assert [(record.id, record.is_intended, record.outcome) for record in audit.records()] == [
        ("a1", False, "not_sent")
    ]


def test_nothing_recorded_is_no_error(path: Path) -> None:
    assert log(path / "nowhere").records() == log(path).records(limit=5) == log(path).unfinished() == []


async def test_since_and_limit_choose_the_newest(path: Path) -> None:
    clock = ManualClock()
    audit = log(path, clock)
    for number in range(10):
        audit.append(intent(number))
        audit.append(outcome(number, "ok"))
        await clock.advance(10)
    assert [record.id for record in audit.records(limit=3)] == ["a7", "a8", "a9"]
    assert [record.id for record in audit.records(since=clock.now() - 25)] == ["a8", "a9"]
    assert [record.id for record in audit.records(since=clock.now() - 25, limit=1)] == ["a9"]
    assert audit.records(limit=0) == []
    assert audit.records(limit=100) == audit.records()


def test_with_a_limit_only_the_end_of_a_large_file_is_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    audit = log(path)
    for number in range(20):
        audit.append(intent(number))
        audit.append(outcome(number, "ok"))
    template = path.read_text().splitlines()
    with path.open("w") as file:
        for number in range(20_000):
            fields = json.loads(template[number % 40])
            file.write(json.dumps(fields | {"id": f"b{number // 2}", "seq": number + 1}) + "\n")
    read: list[int] = []
    genuine = os.pread

    def counted(descriptor: int, size: int, offset: int) -> bytes:
        read.append(size)
        return genuine(descriptor, size, offset)

    monkeypatch.setattr(os, "pread", counted)
    assert [record.id for record in audit.records(limit=50)] == [f"b{number}" for number in range(9950, 10_000)]
    assert sum(read) < 500_000 < path.stat().st_size


@pytest.mark.parametrize("size", [1, 7, 100, 512, 65_536])
def test_back_to_front_the_lines_are_the_same(path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    audit = log(path)
    for number in range(6):
        audit.append(intent(number, words="ת" * number * 40))
    with path.open("ab") as file:
        file.write(b"\n\nnonsense\n\xff torn")
    monkeypatch.setattr(audit_trail, "_BLOCK_BYTES", size)
    with audit_trail.audit_trail(path) as trail:
        forward, backward = list(trail.forward()), list(trail.backward())
    assert forward == backward[::-1]
    assert [entry.seq for entry in forward] == [1, 2, 3, 4, 5, 6, 0, 0, 0, 0]
    assert [entry.is_whole for entry in forward] == [True] * 9 + [False]
    content = path.read_bytes()
    assert all(content[entry.offset :].startswith(entry.content) for entry in forward)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"null",
        b"[]",
        b'"text"',
        b"{}",
        b"{",
        b"\xff\xfe",
        b"\xef\xbb\xbf{}",
        b"[" * 100_000,
        b"9" * 10_000,
        b'{"seq": true}',
        b'{"seq": 1, "at": "yesterday", "id": "x", "event": "intent", "prev": ""}',
        b'{"seq": 1, "at": "9999-12-31T23:59:59Z", "id": "x", "event": "intent", "prev": ""}',
        b'{"seq": 1, "at": "2026-11-20T08:00:00Z", "id": "x", "event": "intent", "prev": "", "milliseconds": NaN}',
    ],
)
def test_a_line_that_is_none_harms_no_other(path: Path, line: bytes) -> None:
    audit = log(path)
    audit.append(intent(1))
    with path.open("ab") as file:
        file.write(line + b"\n")
    audit.append(intent(2))
    assert [record.id for record in audit.records()] == ["a1", "a2"]
    assert [record.id for record in audit.records(limit=9)] == ["a1", "a2"]


def test_fields_of_unexpected_kinds_are_told_as_text_or_not_at_all(path: Path) -> None:
    fields = {
        "seq": 1,
        "at": "2026-11-20T08:00:00Z",
        "id": "x",
        "event": "outcome",
        "prev": "",
        "target": "caller",
        "parameters": ["a"],
        "milliseconds": 10**400,
        "operator": 7,
        "outcome": "done",
    }
    path.write_text(json.dumps(fields) + "\n")
    (record,) = log(path).records()
    assert (record.target, record.parameters, record.milliseconds) == ("", (), None)
    assert (record.operator, record.outcome) == ("7", "done")


def by(path: Path, number: int, pid: int, host: str = HOST) -> None:
    """An intent as another process would have written it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "getpid", lambda: pid)
        log(path, host=host).append(intent(number))


def unfinished(path: Path, clock: ManualClock | None = None) -> list[str]:
    return [record.id for record in log(path, clock).unfinished()]


@pytest.fixture
def other() -> Iterator[subprocess.Popen[bytes]]:
    """A living process."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield process
        process.kill()


def test_intents_are_unfinished_when_their_program_has_ended(path: Path, other: subprocess.Popen[bytes]) -> None:
    by(path, 1, other.pid)
    assert unfinished(path) == []
    other.kill()
    other.wait()
    assert unfinished(path) == ["a1"]
    log(path).append(outcome(1, "unknown"))
    assert unfinished(path) == []


def test_intents_of_an_earlier_life_of_this_pid_are_unfinished(path: Path) -> None:
    by(path, 2, os.getpid())
    (record,) = log(path).unfinished()
    assert record.id == "a2"
    assert record.is_intended
    assert record.outcome is None


@pytest.mark.parametrize("host", [HOST, "board-2"])
async def test_an_intent_of_a_program_that_may_live_is_unfinished_after_a_minute(
    path: Path, other: subprocess.Popen[bytes], host: str
) -> None:
    clock = ManualClock()
    by(path, 1, other.pid, host)
    await clock.advance(59)
    assert unfinished(path, clock) == []
    await clock.advance(2)
    assert unfinished(path, clock) == ["a1"]


async def test_ones_own_intent_is_not_unfinished_before_its_outcome(path: Path) -> None:
    audit = log(path)
    audit.append(intent(1))
    assert audit.unfinished() == []
    audit.append(outcome(1, "ok"))
    assert audit.unfinished() == []
