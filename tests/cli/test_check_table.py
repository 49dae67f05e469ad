"""The table of `check`."""

import dataclasses

from tests.cli.sample_floor import REFUSED, TIMEOUT, probes
from wallboard.cli.probes import INDENT, WIDTH, table
from wallboard.domain.faults import Fault, FaultCode


def rows_and_remarks(*faults: Fault) -> tuple[list[str], str]:
    lines = table(probes(*faults)).splitlines()
    remarks = " ".join(
        line.removeprefix(INDENT).removeprefix("- ").strip() for line in lines if line.startswith(INDENT)
    )
    return [line for line in lines if not line.startswith(INDENT)], remarks


def test_every_feed_is_a_row_under_aligned_heads() -> None:
    rows, _ = rows_and_remarks(REFUSED)
    assert [row.split()[0] for row in rows] == ["FEED", "Main", "Main", "Head", "Head", "Head"]
    column = rows[0].index("ANSWER")
    assert {row[column - 2 : column] for row in rows} == {"  "}
    assert all(row[column:].startswith(("ANSWER", "ok", "credentials")) for row in rows)


def test_what_was_seen_stands_in_the_row() -> None:
    rows, _ = rows_and_remarks()
    assert rows[1].endswith("123  2 agents, 1 on call; 2 queues, 2 waiting")
    assert rows[2].endswith("88  units 1,234, expire 2026-12-01")
    assert rows[3].endswith("1,250  0 extensions")
    assert rows[4].endswith("5  1 campaign, 1 running")


def test_no_extensions_is_suspicious() -> None:
    _, remarks = rows_and_remarks()
    assert "vendor says 0 extensions; a wrong code looks the same" in remarks
    assert "the vendor's clock is -310 s off" in remarks


def test_faults_are_told_apart_with_what_mends_them() -> None:
    _, remarks = rows_and_remarks(REFUSED, TIMEOUT, Fault(FaultCode.ADDRESS, "monitor.example", 403))
    assert "monitor.example refused the secret. The code is wrong: copy it anew" in remarks
    assert "no whole answer from monitor.example in time. Wait for the next attempt" in remarks
    assert "Add this machine's public address to the allowed ones in CPanel → API Settings" in remarks


def test_the_same_again_is_said_once() -> None:
    _, remarks = rows_and_remarks(REFUSED, TIMEOUT, REFUSED)
    assert remarks.count("copy it anew") == 1
    assert remarks.endswith("the same")


def test_long_vendor_words_are_whole_and_wrapped() -> None:
    words = " ".join(f"word{number}" for number in range(60))
    text = table(probes(Fault(FaultCode.VENDOR, "host.example", words=words)))
    assert max(len(line) for line in text.splitlines()) <= WIDTH
    assert "word59" in text


def test_a_long_row_is_wrapped_too() -> None:
    good = probes()[0]
    wide = dataclasses.replace(good, key=good.key._replace(source="מוקד " * 8, queue="/1/2/3/4/5/6/7/8"))
    lines = table([wide]).splitlines()
    assert max(len(line) for line in lines) <= WIDTH
    assert f"{INDENT}- 2 agents, 1 on call; 2 queues, 2 waiting" in lines


def test_a_hostile_answer_cannot_speak_to_the_terminal() -> None:
    assert "\x1b" not in table(probes(Fault(FaultCode.VENDOR, "host.example", words="\x1b[2J")))
