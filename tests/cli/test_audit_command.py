"""What `wallboard audit` and `wallboard audit verify` tell, and how they end."""

import json
import os
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from wallboard.cli.app import app
from wallboard.cli.audit import UNRECORDED
from wallboard.clock import ManualClock, SystemClock
from wallboard.engine.audit.log import AuditLine, AuditLog, Event

BEGAN = 1_795_307_465.0


@pytest.fixture(autouse=True)
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return tmp_path / "wallboard" / "audit.jsonl"


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(app, ["audit", *arguments])
    assert "Traceback" not in result.output
    assert "unexpected" not in result.output
    return result


def rows(*arguments: str) -> list[str]:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    heading, *found = result.stdout.splitlines()
    assert heading.split() == ["TIME", "OPERATOR", "ACTION", "TARGET", "SOURCE", "OUTCOME"]
    return found


def local(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC).astimezone()


def record(path: Path, clock: ManualClock | None = None) -> None:
    """Six actions, a minute apart, one for each of what may come of it; then a note."""
    clock = clock or ManualClock(BEGAN)
    dana, yoav = (AuditLog(path, clock, name, socket.gethostname()) for name in ("dana", "yoav"))
    results = ["ok", "refused", "gone", "not_sent", "unknown", None]
    for number, result in enumerate(results):
        audit, action = (dana, "kick_caller") if number % 2 else (yoav, "pause_agent")
        audit.append(
            AuditLine(
                event=Event.INTENT,
                id=f"a{number}",
                action=action,
                source="Main line" if number < 3 else "קו ראשי",
                words=f"050-000000{number} שרה",
                parameters={"queue": "/1"},
            )
        )
        if result:
            message = "Call not found" if result == "gone" else None
            audit.append(
                AuditLine(event=Event.OUTCOME, id=f"a{number}", action=action, outcome=result, vendor_message=message)
            )
        if result in {"ok", "unknown"}:
            settled = "verified" if result == "ok" else "contradicted"
            audit.append(AuditLine(event=Event.SETTLED, id=f"a{number}", action=action, outcome=settled))
        clock.jump(60)
    dana.append(AuditLine(event=Event.NOTE, id="n", action="wrong_pin"))


def test_each_action_is_one_row_the_newest_last(path: Path) -> None:
    record(path)
    found = rows()
    assert len(found) == 7
    assert found[0].startswith(
        f"{local(BEGAN):%Y-%m-%d %H:%M:%S}  yoav      pause_agent  050-0000000 שרה (queue /1)  Main line"
    )
    assert [row.partition("Main line")[2].strip() for row in found[:3]] == [
        "ok; a later poll showed that it was done",
        "refused",
        "gone: the vendor did not find it any more (Call not found)",
    ]
    assert [row.partition("קו ראשי")[2].strip() for row in found[3:6]] == [
        "not sent",
        "unknown: it may have been done; a later poll showed that it was not done",
        UNRECORDED,
    ]
    assert found[6].split()[2:] == ["dana", "wrong_pin", "noted"]
    assert {row.index("050-") for row in found[:6]} == {found[0].index("050-")}


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (["--limit", "2"], ["a5", "n"]),
        (["--operator", "yoav"], ["a0", "a2", "a4"]),
        (["--source", "Main line"], ["a0", "a1", "a2"]),
        (["--action", "kick_caller", "--limit", "2"], ["a3", "a5"]),
        (["--action", "wrong_pin"], ["n"]),
        (["--outcome", "ok"], ["a0"]),
        (["--outcome", "not_sent"], ["a3"]),
        (["--outcome", "unknown"], ["a4", "a5"]),
        (["--outcome", "ok", "--operator", "dana"], []),
    ],
)
def test_filters_choose_the_same_for_people_and_for_scripts(path: Path, arguments: list[str], ids: list[str]) -> None:
    record(path)
    result = run("--json", *arguments)
    assert result.exit_code == 0
    assert list(dict.fromkeys(line["id"] for line in json.loads(result.stdout))) == ids
    if ids:
        assert len(rows(*arguments)) == len(ids)
    else:
        assert (run(*arguments).stdout, run(*arguments).exit_code) == ("", 0)
        assert "nothing of the kind" in run(*arguments).stderr


def test_moments_are_spans_dates_and_times_of_this_machine(path: Path) -> None:
    now = SystemClock().now()
    record(path, ManualClock(now - 390))
    assert len(rows("--since", "3m")) == 3
    assert len(rows("--since", "2h", "--until", "3m")) == 4
    at = local(now - 390 + 61)
    assert len(rows("--since", f"{at:%Y-%m-%dT%H:%M:%S}")) == 5
    assert len(rows("--until", at.isoformat())) == 2
    today, tomorrow = at.date(), at.date() + timedelta(days=1)
    assert rows("--since", f"{today - timedelta(days=1)}", "--until", f"{tomorrow}") == rows("--since", "1w")
    assert rows("--until", f"{today}")
    assert run("--since", f"{tomorrow + timedelta(days=1)}").stdout == ""
    assert run("--until", f"{today - timedelta(days=2)}").stdout == ""


@pytest.mark.parametrize("text", ["", "x", "2", "2y", "-2h", "2026-13-01", "99999999-01-01", "9999-12-31T99:00", "٣h"])
@pytest.mark.parametrize("option", ["--since", "--until"])
def test_what_is_no_time_ends_with_2_and_says_what_is(option: str, text: str) -> None:
    result = run(option, text)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "2h, 3d, 2026-11-20 or 2026-11-20T08:00" in result.stderr


@pytest.mark.parametrize("arguments", [["--outcome", "fine"], ["--limit", "0"], ["--limit", "x"], ["nonsense"]])
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize("is_empty_file", [False, True])
def test_nothing_recorded_yet_is_said_with_the_place(path: Path, is_empty_file: bool) -> None:
    if is_empty_file:
        path.parent.mkdir()
        path.touch()
    for arguments, data in (([], ""), (["--json"], "[]\n")):
        result = run(*arguments)
        assert (result.exit_code, result.stdout) == (0, data)
        assert result.stderr == f"Nothing has been recorded yet; it would be in {path}\n"
    result = run("verify")
    assert (result.exit_code, result.stdout) == (0, f"Nothing has been recorded yet; it would be in {path}\n")


def test_json_is_an_array_of_the_lines_as_they_are(path: Path) -> None:
    record(path)
    result = run("--json")
    assert result.stdout == "[\n" + ",\n".join(path.read_text().splitlines()) + "\n]\n"


def test_lines_that_cannot_be_read_are_told_and_the_others_stay_valid(path: Path) -> None:
    record(path)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:2], b"{ broken\n", *lines[2:], b'{"torn']))
    result = run("--json")
    assert result.exit_code == 1
    assert len(json.loads(result.stdout)) == len(lines)
    assert f"{path}: line 3 cannot be read" in result.stderr
    assert f"{path}: line {len(lines) + 2} cannot be read" in result.stderr
    assert (run().exit_code, len(run().stdout.splitlines())) == (1, 8)


def test_an_action_under_way_is_not_yet_unknown(path: Path) -> None:
    audit = AuditLog(path, SystemClock(), "dana", socket.gethostname())
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "getpid", lambda: other.pid)
            audit.append(AuditLine(event=Event.INTENT, id="a", action="kick_caller"))
        assert rows()[0].endswith("under way")
        assert run("--outcome", "unknown").stdout == ""
        other.kill()
    assert rows("--outcome", "unknown")[0].endswith(UNRECORDED)


def test_hostile_text_is_shown_without_what_commands_a_terminal(path: Path) -> None:
    hostile = "\x1b]52;c;x\x07\x9b2J\u202e\nnext\trow"
    audit = AuditLog(path, SystemClock(), hostile, "board-1")
    audit.append(
        AuditLine(event=Event.OUTCOME, id="a", action=hostile, words=hostile, outcome=hostile, vendor_message=hostile)
    )
    for result in (run(), run("--json")):
        assert not set("\x1b\x07\x9b\u202e") & set(result.stdout)
    assert len(run().stdout.splitlines()) == 2
    assert json.loads(run("--json").stdout)[0]["operator"] == hostile


def test_verify_tells_that_all_is_well(path: Path) -> None:
    record(path)
    result = run("verify")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"{path}: 14 lines, unaltered since {local(BEGAN):%Y-%m-%d %H:%M:%S}\n"


def test_verify_names_the_line_that_was_altered(path: Path) -> None:
    record(path)
    path.write_bytes(path.read_bytes().replace(b'"refused"', b'"ok"'))
    result = run("verify")
    assert result.exit_code == 1
    assert result.stdout == f"{path}: line 5 was altered: line 6 recorded another hash of it\n"
    assert "compare them with a copy" in result.stderr


def test_verify_says_that_an_earlier_file_is_continued(path: Path) -> None:
    record(path)
    path.rename(path.with_suffix(".old"))
    record(path)
    result = run("verify")
    assert result.exit_code == 0
    assert "It begins with seq 15, and so continues an earlier file." in result.stderr


@pytest.mark.parametrize("arguments", [[], ["--json"], ["verify"]])
def test_what_cannot_be_read_is_said_and_ends_with_1(path: Path, arguments: list[str]) -> None:
    path.mkdir(parents=True)
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"The audit {path} cannot be read: ")


def test_a_pipe_without_unicode_still_carries_valid_json(path: Path) -> None:
    record(path)
    environment = os.environ | {"PYTHONIOENCODING": "latin-1"}
    done = subprocess.run(
        [sys.executable, "-m", "wallboard", "audit", "--json"],
        check=True,
        capture_output=True,
        env=environment,
        timeout=30,
    )
    assert json.loads(done.stdout)[0]["target"]["words"] == "050-0000000 שרה"


def test_the_help_names_what_there_is() -> None:
    text = run("--help").stdout
    for word in (
        "--since",
        "--until",
        "--operator",
        "--source",
        "--action",
        "--outcome",
        "--limit",
        "--json",
        "verify",
    ):
        assert word in text
