"""What came of each row of a file, saved beside it as a CSV file for a spreadsheet."""

import csv
import io
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path

from wallboard.domain.actions import ItemOutcome, Result
from wallboard.domain.imports import ImportPlan, RowResult
from wallboard.language.catalog import N_, _
from wallboard.language.clean import clean
from wallboard.language.imports import FLAW_WORDS
from wallboard.language.phones import as_sent
from wallboard.language.rows import ROW_REASON_WORDS, ROW_RESULT_WORDS

HEADING = (
    N_("line"),
    N_("number as written"),
    N_("number as sent"),
    N_("result"),
    N_("vendor's code"),
    N_("vendor's words"),
    N_("reason"),
)

_MOST_CELL = 300  # characters
_MOST_STEM_BYTES = 200  # of the file's name; the rest of 255 is for what the report's has behind it
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_RESULTS = {
    Result.OK: RowResult.ADDED,
    Result.REFUSED: RowResult.REFUSED,
    Result.GONE: RowResult.REFUSED,
    Result.NOT_SENT: RowResult.NOT_SENT,
    Result.UNKNOWN: RowResult.MAYBE_DIALLED,
}

_Cells = tuple[str, str, str, str, str]  # of a row, from the number as sent on


def write_report(
    plan: ImportPlan,
    results: Mapping[int, ItemOutcome],
    *,
    now: float,
    fallback: Path,
    unsettled: frozenset[int] = frozenset(),
) -> Path:
    """Save what came of each row, and say where. A report is its owner's alone, is whole, and replaces nothing.

    Args:
        plan: the file, checked.
        results: by line, of this run and of earlier ones; UNKNOWN: nobody will ever tell.
        now: UTC seconds.
        fallback: a folder for it where the file's own cannot be written; made if it is not there.
        unsettled: lines that were sent, of which it can still be found out what came of them.

    Raises:
        OSError: neither folder can be written.
    """
    content = _content(plan, results, unsettled).encode("utf-8-sig", "replace")
    stamp = f"{datetime.fromtimestamp(now, UTC).astimezone():%Y%m%d-%H%M%S}"
    name = f"{_short(plan.path.stem)}.report-{stamp}"
    try:
        return _save(content, plan.path.parent, name)
    except OSError:
        fallback.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _save(content, fallback, name)


def _content(plan: ImportPlan, results: Mapping[int, ItemOutcome], unsettled: frozenset[int]) -> str:
    cells = dict(chain(_cells_of_others(plan), _cells_of_good(plan, results, unsettled)))
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(map(_, HEADING))
    for line, written in plan.rows:
        writer.writerow(_harmless(cell) for cell in (str(line), written, *cells[line]))
    return text.getvalue()


def _cells_of_others(plan: ImportPlan) -> Iterator[tuple[int, _Cells]]:
    for flaw in plan.bad:
        yield flaw.line, ("", _(ROW_RESULT_WORDS[RowResult.BAD]), "", "", _(FLAW_WORDS[flaw.reason]))
    for double in plan.doubles:
        reason = _(ROW_REASON_WORDS[RowResult.DOUBLE]).format(line=double.first_line)
        yield double.line, ("", _(ROW_RESULT_WORDS[RowResult.DOUBLE]), "", "", reason)
    for target in plan.already_pending:
        reason = _(ROW_REASON_WORDS[RowResult.ALREADY_PENDING])
        yield target.line, ("", _(ROW_RESULT_WORDS[RowResult.ALREADY_PENDING]), "", "", reason)


def _cells_of_good(
    plan: ImportPlan, results: Mapping[int, ItemOutcome], unsettled: frozenset[int]
) -> Iterator[tuple[int, _Cells]]:
    for target in plan.good:
        outcome = results.get(target.line)
        result = _result(plan, target.line, outcome, is_unsettled=target.line in unsettled)
        sent = "" if result is RowResult.NOT_SENT else as_sent(target.number)
        code, words = (outcome.vendor_code, outcome.words) if outcome else ("", "")
        yield target.line, (sent, _(ROW_RESULT_WORDS[result]), code, words, _(ROW_REASON_WORDS[result]))


def _result(plan: ImportPlan, line: int, outcome: ItemOutcome | None, *, is_unsettled: bool) -> RowResult:
    if outcome:
        return _RESULTS[outcome.result]
    if is_unsettled:
        return RowResult.UNKNOWN
    known = {RowResult.ADDED: plan.done, RowResult.REFUSED: plan.refused, RowResult.MAYBE_DIALLED: plan.unsure}
    return next((result for result, lines in known.items() if line in lines), RowResult.NOT_SENT)


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet shows and never computes."""
    text = clean(cell, _MOST_CELL)
    return f"'{text}" if text.lstrip().startswith(_FORMULA_STARTS) else text


def _short(stem: str) -> str:
    while len(os.fsencode(stem)) > _MOST_STEM_BYTES:
        stem = stem[:-1]
    return stem


def _save(content: bytes, folder: Path, name: str) -> Path:
    descriptor, temporary = tempfile.mkstemp(dir=folder, prefix=".wallboard-report-")  # mode 0600
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        return _named(Path(temporary), folder, name)
    finally:
        with suppress(FileNotFoundError):
            Path(temporary).unlink()


def _named(temporary: Path, folder: Path, name: str) -> Path:
    """Give the file its name, or the next that is free."""
    for number in count(1):
        path = folder / (f"{name}.csv" if number == 1 else f"{name}-{number}.csv")
        with suppress(FileExistsError):
            _give_name(temporary, path)
            return path
    raise AssertionError


def _give_name(temporary: Path, path: Path) -> None:
    """Raises FileExistsError where there is something of that name, which a rename would replace."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a file system that knows no second name, as of a memory stick
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        temporary.replace(path)
