"""Acting by key in a real terminal, against a vendor that records every request."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.stand_in import TOKEN, StandIn, Waiting, configured, serving
from tests.e2e.terminal import Terminal, environment

DEAD_SECONDS = 0.7  # longer than a dialog lets keys count for nothing


def three() -> list[Waiting]:
    return [Waiting("a1", "0500000001", 90), Waiting("b2", "0500000002", 60), Waiting("c3", "0500000003", 30)]


@contextmanager
def running(vendor: StandIn, home: Path, *arguments: str, **tables: Any) -> Iterator[Terminal]:
    """The board on the vendor, with the longest waiting caller under the cursor."""
    with serving(vendor) as server:
        path = configured(server, home, **tables)
        with Terminal(home, "run", "--config", str(path), *arguments) as terminal:
            choose(terminal)
            yield terminal


def choose(terminal: Terminal) -> None:
    terminal.until_shown("0500000003")
    terminal.press("2", "\x1b[H")
    terminal.settle()


def ask(terminal: Terminal, key: str = "k") -> None:
    """Open the dialog, and wait until keys count."""
    terminal.press(key)
    terminal.until_shown("Cancel")
    rest(terminal)


def rest(terminal: Terminal, seconds: float = DEAD_SECONDS) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        terminal.pump(0.05)


def lines_of(home: Path) -> list[dict[str, Any]]:
    path = home / "wallboard" / "audit.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def steps(home: Path) -> list[tuple[str, str, str | None]]:
    return [(line["event"], line["target"]["key"], line["outcome"]) for line in lines_of(home)]


@pytest.mark.parametrize("leaving", ["enter", "escape", "n"])
def test_what_is_not_confirmed_is_not_sent(tmp_path: Path, leaving: str) -> None:
    vendor = StandIn(three())
    with running(vendor, tmp_path) as terminal:
        ask(terminal)
        terminal.press(leaving)
        terminal.until(lambda: "Cancel" not in terminal.text, "the dialog is closed")
        terminal.press("y")
        rest(terminal)
        assert vendor.managed == []
        assert lines_of(tmp_path) == []


@pytest.mark.parametrize(("key", "confirm"), [("k", "y"), ("ל", "ט")])
def test_a_kick_is_one_post_and_the_caller_leaves_at_the_next_poll(tmp_path: Path, key: str, confirm: str) -> None:
    vendor = StandIn(three())
    with running(vendor, tmp_path) as terminal:
        ask(terminal, key)
        terminal.press(confirm)
        terminal.until_shown("done: the next poll")
        terminal.until(lambda: "2 Callers  2" in terminal.text, "he has left")
        assert vendor.managed == [{"queuePath": "/1", "action": "kick", "callIds": ["a1"]}]
        assert [v for v in vendor.verbs if "QueueManagement" in v[1]] == [
            ("POST", "/ym/api/QueueManagement", "application/json")
        ]
        terminal.until(lambda: len(lines_of(tmp_path)) == 3, "three lines of audit")
        assert steps(tmp_path) == [("intent", "a1", None), ("outcome", "a1", "ok"), ("settled", "a1", "verified")]
    assert TOKEN not in (tmp_path / "wallboard" / "audit.jsonl").read_text("utf-8")
    assert TOKEN.encode() not in terminal.raw


def test_a_key_held_down_opens_one_dialog_and_sends_nothing(tmp_path: Path) -> None:
    vendor = StandIn(three())
    with running(vendor, tmp_path) as terminal:
        for _ in range(150):
            os.write(terminal._keyboard, b"k")
            terminal.pump(0.033)
        terminal.until_shown("Cancel")
        for _ in range(30):
            os.write(terminal._keyboard, b"y")
            terminal.pump(0.033)
        rest(terminal)
        terminal.press("escape")
        terminal.until(lambda: "Cancel" not in terminal.text, "there was one dialog")
        assert vendor.managed == []


def test_typing_into_the_wrong_window_sends_nothing(tmp_path: Path) -> None:
    vendor = StandIn(three(), {"0530000001": False})
    with running(vendor, tmp_path) as terminal:
        os.write(terminal._keyboard, b"ky")
        rest(terminal)
        os.write(terminal._keyboard, b"kkkkk talk ok y\r\n")
        rest(terminal)
        os.write(terminal._keyboard, b"\x1b[200~ky\r kyyy\x1b[201~")
        rest(terminal, 6)
        assert vendor.managed == []


def test_the_caller_who_was_named_is_kicked_wherever_his_row_is(tmp_path: Path) -> None:
    vendor = StandIn(three())
    with running(vendor, tmp_path) as terminal:
        ask(terminal)
        polls = vendor.polls
        vendor.callers.insert(0, Waiting("z9", "0500000009", 900))
        terminal.until(lambda: vendor.polls >= polls + 2, "the rows are others")
        terminal.press("y")
        terminal.until(lambda: vendor.managed, "sent")
        assert vendor.kicked == [["a1"]]


def test_a_caller_who_hangs_up_meanwhile_disarms_the_dialog(tmp_path: Path) -> None:
    vendor = StandIn(three())
    with running(vendor, tmp_path) as terminal:
        ask(terminal)
        vendor.callers.pop(0)
        terminal.until_shown("Not possible any more", "has left")
        terminal.press("y")
        rest(terminal)
        assert vendor.managed == []


def test_a_vendor_that_hangs_leaves_it_unknown_until_a_poll_tells(tmp_path: Path) -> None:
    vendor = StandIn(three(), mode="hang")
    with running(vendor, tmp_path) as terminal:
        ask(terminal)
        terminal.press("y")
        terminal.until_shown("outcome unknown")
        terminal.until_shown("not done: a later poll")
        assert vendor.kicked == [["a1"]]
        terminal.until(lambda: len(lines_of(tmp_path)) == 3, "three lines of audit")
        assert [step[::2] for step in steps(tmp_path)] == [
            ("intent", None),
            ("outcome", "unknown"),
            ("settled", "contradicted"),
        ]


def test_a_closed_port_is_not_sent(tmp_path: Path) -> None:
    vendor = StandIn(three())
    with serving(vendor) as server:
        path = configured(server, tmp_path)
        with Terminal(tmp_path, "run", "--config", str(path)) as terminal:
            choose(terminal)
            ask(terminal)
            server.shutdown()
            server.server_close()
            rest(terminal, 0.3)
            terminal.press("y")
            terminal.until_shown("not sent")
            assert vendor.managed == []
    assert [step[::2] for step in steps(tmp_path)] == [("intent", None), ("outcome", "not_sent")]


def test_of_three_the_vendor_dies_at_the_second(tmp_path: Path) -> None:
    vendor = StandIn(three())
    with running(vendor, tmp_path) as terminal:
        terminal.press(" ", " ", " ")
        ask(terminal)

        def dies(body: dict[str, Any]) -> dict[str, Any]:
            vendor.mode = "lose"
            return carry_out(body)

        carry_out, vendor._carry_out = vendor._carry_out, dies  # type: ignore[method-assign]
        terminal.press("3")
        rest(terminal, 0.3)
        terminal.press("enter")
        terminal.until_shown("1 not sent", "the one before it went wrong")
        assert vendor.kicked == [["a1"], ["b2"]]
        outcomes = {target: outcome for event, target, outcome in steps(tmp_path) if event == "outcome"}
        assert outcomes == {"a1": "ok", "b2": "unknown", "c3": "not_sent"}


def test_without_an_audit_nothing_is_done_and_the_board_lives_on(tmp_path: Path) -> None:
    vendor = StandIn(three())
    (tmp_path / "wallboard" / "audit.jsonl").mkdir(
        parents=True
    )  # as root writes anywhere, a folder stands in its place
    with running(vendor, tmp_path) as terminal:
        ask(terminal)
        terminal.press("y")
        terminal.until_shown("not sent", "audit")
        polls = vendor.polls
        terminal.until(lambda: vendor.polls > polls + 1, "the board lives on")
        assert vendor.managed == []
        (tmp_path / "wallboard" / "audit.jsonl").rmdir()
        rest(terminal, 2)
        ask(terminal)
        terminal.press("y")
        terminal.until(lambda: vendor.kicked == [["a1"]], "and acts when it can be recorded")


@pytest.mark.parametrize("how", ["--read-only", "read_only"])
def test_a_read_only_board_has_no_hands(tmp_path: Path, how: str) -> None:
    vendor = StandIn(three(), {"0530000001": False})
    arguments, tables = (["--read-only"], {}) if how == "--read-only" else ([], {"board": {"read_only": True}})
    with running(vendor, tmp_path, *arguments, **tables) as terminal:
        terminal.press(*"ktpsלאפד", "3", "\x1b[H", *"ktpsלאפד")
        rest(terminal, 6)
        assert "Cancel" not in terminal.text
        terminal.press("?")
        terminal.until_shown("Hold the picture still")
        assert "Take the caller" not in terminal.text
        assert "take out" not in terminal.text
        assert vendor.managed == []


def test_a_pause_goes_after_five_seconds_unless_it_is_taken_back(tmp_path: Path) -> None:
    vendor = StandIn(three(), {"0530000001": False})
    with running(vendor, tmp_path) as terminal:
        terminal.press("3", "\x1b[H", "p")
        terminal.until_shown("is sent in 4 s")
        terminal.press("escape")
        terminal.until(lambda: "is sent in" not in terminal.text, "taken back")
        rest(terminal, 6)
        assert vendor.managed == []
        terminal.press("p")
        began = time.monotonic()
        terminal.until(lambda: vendor.managed, "sent")
        assert 4.5 < time.monotonic() - began < 8
        terminal.until_shown("‖ paused", "done: the next poll")
        assert vendor.managed == [{"queuePath": "/1", "action": "pause", "agent": "0530000001"}]


def test_killed_between_sending_and_outcome_it_lists_the_action_as_unknown_and_never_sends_it_again(
    tmp_path: Path,
) -> None:
    vendor = StandIn(three(), mode="hang")
    with serving(vendor) as server:
        path = configured(server, tmp_path)
        with Terminal(tmp_path, "run", "--config", str(path)) as terminal:
            choose(terminal)
            ask(terminal)
            terminal.press("y")
            terminal.until(lambda: vendor.managed, "sent")
            terminal.process.kill()
        assert [step[0] for step in steps(tmp_path)] == ["intent"]
        with Terminal(tmp_path, "run", "--config", str(path)) as terminal:
            terminal.until_shown("outcome unknown")
            terminal.until(lambda: len(lines_of(tmp_path)) == 3, "settled by a poll")
            terminal.press("l")
            terminal.until_shown("take out of Support")
        assert vendor.kicked == [["a1"]]
    assert [step[::2] for step in steps(tmp_path)][1:] == [("outcome", "unknown"), ("settled", "contradicted")]
    verdict = subprocess.run(
        [sys.executable, "-m", "wallboard", "audit", "verify"],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "3 lines, unaltered" in verdict.stdout
