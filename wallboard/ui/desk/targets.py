"""Pending targets as rows of a table: tens of thousands, made in slices, their cells when they come into view."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from math import inf

from anyio.lowlevel import checkpoint
from rich.cells import cell_len

from wallboard.domain.targets import PendingList, PendingTarget
from wallboard.language.catalog import N_, _
from wallboard.language.format import UNKNOWN
from wallboard.language.phones import ISRAEL, national
from wallboard.ui.cells import MOST_MEASURED, Cell, Text, figure
from wallboard.ui.columns import Column
from wallboard.ui.panels.arrangement import View, folded, folded_once
from wallboard.ui.roles import Role

COLUMNS = (
    Column("number", N_("Number")),
    Column("name", N_("Name"), least=8, most=30),
    Column("priority", N_("Priority"), importance=1, is_right=True),
    Column("status", N_("Status"), importance=4, least=6, most=18),
    Column("added", N_("Added"), importance=5),
    Column("last_called", N_("Last called"), importance=3, least=10, most=24),
    Column("caller_id", N_("Caller id"), importance=6),
    Column("data", N_("Data"), importance=2, least=10, most=60),
)
SLICE = 500  # rows made before keys are answered again: a few milliseconds
_STAMP = "%d.%m.%Y %H:%M"
_LEAST_INTERNATIONAL = 11  # digits
_SEPARATORS = str.maketrans("", "", " -+().")
_CALLED = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2}) ([0-9]{2}:[0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)?")
_WIDEST_STAMP = "31.12.2000 23:59"
NO_WIDTHS = (0,) * len(COLUMNS)


@dataclass(frozen=True, slots=True)
class Manner:
    """How targets are written.

    Args:
        shown: hides phone numbers where that is asked for.
        zone: of the times; None: the machine's.
    """

    shown: Callable[[str], str]
    zone: tzinfo | None

    def stamp(self, at: float | None) -> str:
        """A moment in UTC seconds, by the wall's calendar."""
        if at is None:
            return UNKNOWN
        try:
            return datetime.fromtimestamp(at, UTC).astimezone(self.zone).strftime(_STAMP)
        except (OverflowError, ValueError, OSError):
            return UNKNOWN


class TargetRow:
    """One target; implements `ui.cells.Line`. Its words are folded, its number also without separators."""

    __slots__ = ("_cells", "_manner", "data", "key", "number", "target", "widths", "words")

    is_old = False  # the whole list is: the table looks old then

    def __init__(self, key: str, target: PendingTarget, manner: Manner) -> None:
        self.key = key
        self.target = target
        self.number = written(target.number)
        self.data = data_of(target)
        self.words = _words(target, self.number, self.data)
        self.widths = NO_WIDTHS
        self._manner = manner
        self._cells: tuple[Cell, ...] = ()

    @property
    def cells(self) -> tuple[Cell, ...]:
        if not self._cells:
            self._cells = self._made()
        return self._cells

    def _made(self) -> tuple[Cell, ...]:
        target, shown = self.target, self._manner.shown
        added = self._manner.stamp(target.inserted_at)
        return (
            Text(shown(self.number), Role.STRONG),
            Text(shown(target.name)),
            figure(target.priority),
            Text(shown(target.status), Role.MUTED),
            Text(added, Role.MUTED),
            Text(shown(called(target.last_called)) or UNKNOWN, Role.MUTED),
            Text(shown(written(target.caller_id)) or UNKNOWN, Role.MUTED),
            Text(shown(self.data), Role.MUTED),
        )

    def moment(self, now: float) -> float:
        return now


@dataclass(frozen=True, slots=True)
class TargetList:
    """All rows as they are dialled; by their `digits_of`, the first of each number, and its others."""

    rows: Sequence[TargetRow] = ()
    first: Mapping[str, TargetRow] = field(default_factory=dict)
    others: Mapping[str, Sequence[TargetRow]] = field(default_factory=dict)

    def rows_of(self, number: str) -> Sequence[TargetRow]:
        """Those that a canonical number has, however the vendor writes it."""
        first = self.first.get(number)
        return () if first is None else (first, *self.others.get(number, ()))


async def listed(answer: PendingList, manner: Manner, before: TargetList) -> TargetList:
    """Make the rows of an answer; those that are as they were `before` stay the same objects."""
    known = {row.key: row for row in before.rows}
    await checkpoint()
    made: list[TargetRow] = []
    first: dict[str, TargetRow] = {}
    others: defaultdict[str, list[TargetRow]] = defaultdict(list)
    taken: set[str] = set()
    for start in range(0, len(answer.targets), SLICE):
        slice_of_rows: list[TargetRow] = []
        for place, target in enumerate(answer.targets[start : start + SLICE], start):
            key = target.id if target.id and target.id not in taken else f"{target.id} #{place}"
            taken.add(key)
            row = known.get(key)
            if row is None or row.target != target:
                row = TargetRow(key, target, manner)
            slice_of_rows.append(row)
            number = digits_of(target.number)
            if first.setdefault(number, row) is not row:
                others[number].append(row)
        _share_widths(slice_of_rows)
        made += slice_of_rows
        await checkpoint()
    made.sort(key=_inserted)
    await checkpoint()
    made.sort(key=_urgency)  # keeps the order of equals
    await checkpoint()
    return TargetList(made, first, others)


async def arranged(rows: Sequence[TargetRow], view: View) -> Sequence[TargetRow]:
    """The rows that hold every word of the filter, in the order asked for; unknown ones last."""
    for word in folded(view.filter).split():
        digits = word.translate(_SEPARATORS)
        wanted = digits if digits.isdigit() else word
        rows = [row for row in rows if wanted in row.words]
        await checkpoint()
    if view.sort is None:
        return rows[::-1] if view.is_reversed else rows
    keys = list(map(SORTS[view.sort], rows))
    await checkpoint()
    places = [place for place, key in enumerate(keys) if key is not None]
    places.sort(key=keys.__getitem__, reverse=view.is_reversed)  # type: ignore[arg-type]
    await checkpoint()
    return [*(rows[place] for place in places), *(rows[place] for place, key in enumerate(keys) if key is None)]


def written(number: str) -> str:
    """A number as people write it, of what a vendor lists; anything else as it is."""
    if not (number.isascii() and number.isdigit()):
        return number
    is_international = number.startswith(ISRAEL) or (len(number) >= _LEAST_INTERNATIONAL and number[0] != "0")
    return national(number) if is_international else number


def digits_of(number: str) -> str:
    """Canonical digits of what a vendor lists, by its beginning alone: exact for every number that can be dialled."""
    digits = number.translate(_SEPARATORS)
    return ISRAEL + digits[1:] if digits.startswith("0") else digits


def called(text: str) -> str:
    """The vendor's time of the last call as the wall writes times; anything else as it is."""
    found = _CALLED.fullmatch(text)
    return "{2}.{1}.{0} {3}".format(*found.groups()) if found else text


def data_of(target: PendingTarget) -> str:
    """A target's own data in a line."""
    return ", ".join(f"{name}={value}" for name, value in target.custom)


def whole(target: PendingTarget, manner: Manner) -> str:
    """All that is known of a target, in a line."""
    parts = (
        ("", f"{written(target.number)} {target.name}".strip()),
        (_("data"), data_of(target)),
        (_("priority"), UNKNOWN if target.priority is None else str(target.priority)),
        (_("status"), target.status),
        (_("added"), manner.stamp(target.inserted_at)),
        (_("last called"), called(target.last_called)),
        (_("caller id"), written(target.caller_id)),
    )
    return manner.shown("   ".join(f"{name} {text}".strip() for name, text in parts if text))


def _urgency(row: TargetRow) -> float:
    """Higher priorities are dialled first."""
    return inf if row.target.priority is None else -row.target.priority


def _inserted(row: TargetRow) -> float:
    return inf if row.target.inserted_at is None else row.target.inserted_at


def _words(target: PendingTarget, number: str, data: str) -> str:
    digits = target.number.translate(_SEPARATORS)
    return f"{digits} {number} " + folded_once(f"{target.name} {target.status} {target.caller_id} {data}")


def _share_widths(rows: Sequence[TargetRow]) -> None:
    """Let each say the widths of the widest of them, so that the table measures few."""
    texts = [
        (row.number, t.name, str(t.priority), t.status, _WIDEST_STAMP, called(t.last_called), t.caller_id, row.data)
        for row in rows
        for t in (row.target,)
    ]
    longest = (max(column, key=len) for column in zip(*texts, strict=True))
    widths = tuple(cell_len(text[:MOST_MEASURED]) for text in longest)
    for row in rows:
        row.widths = widths


def _text(text: str) -> str | None:
    return text.casefold() or None


SORTS: Mapping[str, Callable[[TargetRow], float | str | None]] = {
    "number": lambda row: row.number,
    "name": lambda row: _text(row.target.name),
    "priority": lambda row: None if row.target.priority is None else -row.target.priority,
    "status": lambda row: _text(row.target.status),
    "added": lambda row: row.target.inserted_at,
    "last_called": lambda row: _text(row.target.last_called),
    "caller_id": lambda row: _text(row.target.caller_id),
    "data": lambda row: _text(row.data),
}
