"""The report tells of every row, opens in a spreadsheet without harm, and replaces nothing."""

import csv
import errno
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from wallboard.domain.actions import ItemOutcome, Result
from wallboard.domain.imports import FlawReason, ImportPlan, RowResult
from wallboard.engine.imports.checking import plan
from wallboard.engine.imports.columns import understood
from wallboard.engine.imports.report import HEADING, write_report
from wallboard.engine.imports.sheet import read_sheet
from wallboard.language.catalog import use
from wallboard.language.imports import FLAW_WORDS
from wallboard.language.rows import ROW_REASON_WORDS, ROW_RESULT_WORDS

NOW = 1_795_307_465.0
FILE = (
    "phone,name\n"
    "050-0000001,a\n"  # 2: added
    "+972500000002,b\n"  # 3: refused
    "0500000003,c\n"  # 4: not sent
    "+44 20 7946 0958,d\n"  # 5: maybe dialled
    "0500000005,e\n"  # 6: unsettled
    "*2700,f\n"  # 7: bad
    "0500000001,g\n"  # 8: double
    "0500000007,h\n"  # 9: pending
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "leads"
    folder.mkdir()
    return folder


def planned(path: Path, text: str = FILE) -> ImportPlan:
    path.write_text(text, "utf-8")
    sheet = read_sheet(path.read_bytes())
    return plan(path, sheet, understood(sheet), frozenset({"972500000007"}))


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        heading, *rows = csv.reader(file)
    assert tuple(heading) == HEADING
    return rows


def test_every_row_of_the_file_has_its_own_result(folder: Path) -> None:
    results = {
        2: ItemOutcome(Result.OK, "0", "OK"),
        3: ItemOutcome(Result.REFUSED, "-2", "Number is invalid"),
        5: ItemOutcome(Result.UNKNOWN),
    }
    found = planned(folder / "אביב.csv")
    path = write_report(found, results, now=NOW, fallback=folder / "no", unsettled=frozenset({6}))
    assert path.parent == folder
    assert path.name.startswith("אביב.report-2026112")
    assert rows_of(path) == [
        ["2", "050-0000001", "0500000001", "added", "0", "OK", ""],
        [
            "3",
            "'+972500000002",
            "0500000002",
            "refused",
            "'-2",
            "Number is invalid",
            ROW_REASON_WORDS[RowResult.REFUSED],
        ],
        ["4", "0500000003", "", "not sent", "", "", ROW_REASON_WORDS[RowResult.NOT_SENT]],
        [
            "5",
            "'+44 20 7946 0958",
            "442079460958",
            "may have been dialled",
            "",
            "",
            ROW_REASON_WORDS[RowResult.MAYBE_DIALLED],
        ],
        ["6", "0500000005", "0500000005", "unknown", "", "", ROW_REASON_WORDS[RowResult.UNKNOWN]],
        ["7", "*2700", "", "bad", "", "", FLAW_WORDS[FlawReason.NOT_DIALABLE]],
        ["8", "0500000001", "", "double", "", "", "the same number as in line 2"],
        ["9", "0500000007", "", "already pending", "", "", ROW_REASON_WORDS[RowResult.ALREADY_PENDING]],
    ]
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_what_an_earlier_run_did_is_told_too(folder: Path) -> None:
    found = replace(planned(folder / "a.csv"), done=frozenset({2}), refused=frozenset({3}), unsure=frozenset({4}))
    path = write_report(found, {}, now=NOW, fallback=folder)
    told = {row[0]: row[3] for row in rows_of(path)}
    assert [told[line] for line in "23456"] == ["added", "refused", "may have been dialled", "not sent", "not sent"]


def test_there_are_words_for_every_flaw_and_result() -> None:
    assert FLAW_WORDS.keys() == set(FlawReason)
    assert ROW_RESULT_WORDS.keys() == set(RowResult)
    assert ROW_REASON_WORDS.keys() == set(RowResult) - {RowResult.BAD}


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", " =", "\u200f=", "\x00="])
def test_no_cell_is_a_formula_or_commands_a_terminal(folder: Path, beginning: str) -> None:
    formula = f'{beginning}HYPERLINK(1)\x1b]52;c;x\x07,"x"\u202e'
    found = planned(folder / "a.csv", f'phone,name\n"{formula.replace(chr(34), chr(34) * 2)}",x\n0500000001,y\n')
    results = {3: ItemOutcome(Result.REFUSED, formula, formula)}
    for row in rows_of(write_report(found, results, now=NOW, fallback=folder)):
        for cell in row:
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋"))
            assert not set(cell) & {"\x1b", "\x07", "\u202e", "\x00", "\n"}
        assert len(row) == len(HEADING)


def test_a_report_replaces_nothing_and_is_its_owners_alone(folder: Path) -> None:
    found = planned(folder / "a.csv")
    before = os.umask(0)
    try:
        paths = [write_report(found, {}, now=NOW, fallback=folder) for _ in range(3)]
    finally:
        os.umask(before)
    assert len(set(paths)) == 3
    assert [path.name[-6:] for path in paths[1:]] == ["-2.csv", "-3.csv"]
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in paths)
    assert {path.name for path in folder.iterdir()} == {"a.csv", *(path.name for path in paths)}


def test_a_file_system_without_links_gets_its_report_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)
    found = planned(folder / "a.csv")
    first, second = (write_report(found, {}, now=NOW, fallback=folder) for _ in range(2))
    assert first != second
    assert len(rows_of(first)) == len(rows_of(second)) == 8
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    assert not list(folder.glob(".*"))


def test_where_the_folder_cannot_be_written_the_report_goes_elsewhere(tmp_path: Path, folder: Path) -> None:
    found = planned(folder / "a.csv")
    (folder / "a.csv").unlink()
    folder.rmdir()
    fallback = tmp_path / "state" / "imports"
    path = write_report(found, {}, now=NOW, fallback=fallback)
    assert path.parent == fallback
    assert stat.S_IMODE(fallback.stat().st_mode) == 0o700
    assert len(rows_of(path)) == 8


def test_a_report_that_cannot_be_written_whole_is_not_there_at_all(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = planned(folder / "a.csv")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_report(found, {}, now=NOW, fallback=tmp_path / "else")
    assert [path.name for path in folder.iterdir()] == ["a.csv"]
    assert list((tmp_path / "else").iterdir()) == []


def test_a_very_long_name_is_shortened(folder: Path) -> None:
    found = planned(folder / f"{'ש' * 120}.csv")
    path = write_report(found, {}, now=NOW, fallback=folder / "no")
    assert path.parent == folder
    assert path.name.startswith("ש" * 100 + ".report-")


def test_a_hebrew_interface_writes_a_hebrew_report(folder: Path) -> None:
    found = planned(folder / "spring.csv")
    use("he")
    try:
        path = write_report(found, {2: ItemOutcome(Result.OK, "0", "OK")}, now=NOW, fallback=folder)
    finally:
        use("en")
    with path.open(encoding="utf-8-sig", newline="") as file:
        heading, added, *_others, bad, double, _pending = csv.reader(file)
    assert heading[0] == "שורה"
    assert added[3:] == ["נוסף", "0", "OK", ""]
    assert (bad[3], double[3], double[6]) == ("שגוי", "כפול", "אותו מספר כמו בשורה 2")
