"""A table checked, row by row: what would be added to a campaign, what not, and why not. Nothing is sent."""

import re
from datetime import UTC, datetime
from pathlib import Path

from wallboard.domain.imports import Double, Flaw, FlawReason, ImportPlan
from wallboard.domain.targets import NewTarget
from wallboard.engine.imports.columns import Columns, Field, has_swallowed_rows
from wallboard.engine.imports.sheet import Row, Sheet
from wallboard.language.phones import as_sent, dialable, examined

MOST_CELL = 4000  # characters of what is sent of a cell

_WHOLE = re.compile(r"([+-]?[0-9]{1,9})(?:\.0+)?")
_CLOCK = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]+)?)?"
_MOMENTS = (
    re.compile(rf"(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{1,2}})-(?P<day>[0-9]{{1,2}})[T ]{_CLOCK}"),
    re.compile(rf"(?P<day>[0-9]{{1,2}})[/.-](?P<month>[0-9]{{1,2}})[/.-](?P<year>[0-9]{{4}})[, ] ?{_CLOCK}"),
)


class _FlawedRowError(Exception):
    """Why a row is no target."""

    def __init__(self, reason: FlawReason) -> None:
        super().__init__(reason)
        self.reason = reason


def plan(path: Path, sheet: Sheet, columns: Columns, pending: frozenset[str]) -> ImportPlan:
    """Sort a file's rows into what would be added and what would not.

    Args:
        path: the file.
        sheet: what it holds.
        columns: what its columns hold.
        pending: canonical digits that the campaign has to dial already.
    """
    reader = _Reader(columns, sheet.delimiter)
    good: dict[str, NewTarget] = {}
    bad: list[Flaw] = []
    doubles: list[Double] = []
    already_pending: list[NewTarget] = []
    for row in columns.rows:
        try:
            target = reader.target(row)
        except _FlawedRowError as flaw:
            bad.append(Flaw(row.line, reader.written(row), flaw.reason))
            continue
        if target.number in pending:
            already_pending.append(target)
        elif first := good.get(target.number):
            doubles.append(Double(row.line, target.number, first.line))
        else:
            good[target.number] = target
    return ImportPlan(
        path=path,
        digest=sheet.digest,
        encoding=sheet.encoding,
        delimiter=sheet.delimiter,
        fields=columns.fields,
        good=tuple(good.values()),
        bad=tuple(bad),
        doubles=tuple(doubles),
        already_pending=tuple(already_pending),
        rows=tuple((row.line, reader.written(row)) for row in columns.rows),
    )


class _Reader:
    """Reads targets from rows; knows where everything stands."""

    def __init__(self, columns: Columns, delimiter: str) -> None:
        self._places = {field: columns.place(field) for field in Field}
        self._number = self._places[Field.NUMBER] or 0
        self._custom = columns.custom
        self._width = len(columns.fields)
        self._delimiter = delimiter
        self._caller_ids: dict[str, str | None] = {}  # as sent; nearly always one for all rows

    def written(self, row: Row) -> str:
        """The number's cell, as it is."""
        return row.cells[self._number] if self._number < len(row.cells) else ""

    def target(self, row: Row) -> NewTarget:
        """The target of a row.

        Raises:
            _FlawedRowError: it holds none.
        """
        self._look_over(row)
        number, flaw = examined(self.written(row))
        if flaw:
            raise _FlawedRowError(flaw)
        cells = {field: self._cell(row, place) for field, place in self._places.items()}
        both = f"{cells[Field.FIRST_NAME]} {cells[Field.LAST_NAME]}"
        custom = ((name, self._cell(row, place)) for place, name in self._custom)
        return NewTarget(
            line=row.line,
            number=number,
            name=cells[Field.NAME] or both.strip(),
            caller_id=self._caller_id(cells[Field.CALLER_ID]),
            priority=_priority(cells[Field.PRIORITY]),
            custom=tuple((name, value) for name, value in custom if value),
            dial_at=_dial_at(cells[Field.DIAL_AT]),
        )

    def _look_over(self, row: Row) -> None:
        if any("\0" in cell for cell in row.cells):
            raise _FlawedRowError(FlawReason.DAMAGED)
        if has_swallowed_rows(row, self._number, self._delimiter):
            raise _FlawedRowError(FlawReason.OPEN_QUOTE)
        if any(cell.strip() for cell in row.cells[self._width :]):
            raise _FlawedRowError(FlawReason.WRONG_WIDTH)
        if any(len(cell) > MOST_CELL for cell in row.cells):
            raise _FlawedRowError(FlawReason.TOO_LONG)

    def _cell(self, row: Row, place: int | None) -> str:
        return row.cells[place].strip() if place is not None and place < len(row.cells) else ""

    def _caller_id(self, text: str) -> str:
        if not text:
            return ""
        if text not in self._caller_ids:
            digits = dialable(text)
            self._caller_ids[text] = as_sent(digits) if digits else None
        caller_id = self._caller_ids[text]
        if caller_id is None:
            raise _FlawedRowError(FlawReason.BAD_CALLER_ID)
        return caller_id


def _priority(text: str) -> int | None:
    if not text:
        return None
    found = _WHOLE.fullmatch(text)
    if found is None:
        raise _FlawedRowError(FlawReason.BAD_PRIORITY)
    return int(found[1])


def _dial_at(text: str) -> int | None:
    if not text:
        return None
    at = moment(text)
    if at is None:
        raise _FlawedRowError(FlawReason.BAD_TIME)
    return at


def moment(text: str) -> int | None:
    """`2026-11-20 14:30` or `20/11/2026 14:30`, as seconds since the epoch on the same wall clock; None for others.

    A time with a zone (Z, +02:00) is none of these: which zone the account's clock is in, nobody here knows.
    """
    found = next(filter(None, (pattern.fullmatch(text) for pattern in _MOMENTS)), None)
    if found is None:
        return None
    parts = {name: int(digits or 0) for name, digits in found.groupdict().items()}
    try:
        return int(datetime(**parts, tzinfo=UTC).timestamp())
    except ValueError:  # no such day or hour
        return None
