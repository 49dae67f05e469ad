"""Cells and rows: what a panel says, before any table draws it. Moments are monotonic seconds."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from rich.cells import cell_len

from wallboard.domain.feeds import FeedKey
from wallboard.domain.thresholds import Level, Threshold
from wallboard.language.catalog import _
from wallboard.language.format import UNKNOWN, count, duration
from wallboard.ui.roles import GLYPH_OF_LEVEL, ROLE_OF_LEVEL, Role

SortValue = tuple[int, float, str]
MOST_MEASURED = 200  # characters; no column is as wide
AGE_WIDTH = 8  # a level's glyph and 1:02:03


class Painted(NamedTuple):
    """A cell's text at one moment, and what it means."""

    text: str
    role: Role


class Cell(Protocol):
    """Anything that stands in a column."""

    @property
    def width(self) -> int: ...

    @property
    def is_ageing(self) -> bool: ...

    @property
    def sort_value(self) -> SortValue:
        """Orders a column: the largest figure or the longest time first, then words, unknown last."""
        ...

    def at(self, now: float) -> Painted: ...


@dataclass(frozen=True, slots=True)
class Text:
    """Words or a figure that stays until the next snapshot."""

    text: str
    role: Role = Role.TEXT
    number: float | None = None

    @property
    def is_ageing(self) -> bool:
        return False

    @property
    def width(self) -> int:
        return cell_len(self.text[:MOST_MEASURED])

    @property
    def sort_value(self) -> SortValue:
        if self.number is not None:
            return (0, -self.number, "")
        return (1, 0.0, self.text.casefold()) if self.text.strip(UNKNOWN + " ") else (2, 0.0, "")

    def at(self, now: float) -> Painted:
        return Painted(self.text, self.role)


NOTHING = Text("")
UNTOLD = Text(UNKNOWN, Role.MUTED)


def figure(value: float | None, role: Role = Role.TEXT) -> Text:
    """A count; unknown is `–`, never 0."""
    return UNTOLD if value is None else Text(count(value), role, value)


def levelled(value: float | None, threshold: Threshold) -> Text:
    """A count that is coloured, with a glyph, as it passes its thresholds."""
    level = threshold.level(value)
    return Text(GLYPH_OF_LEVEL[level] + count(value), Role.MUTED if value is None else ROLE_OF_LEVEL[level], value)


@dataclass(frozen=True, slots=True)
class Age:
    """Time since a moment, ticking. `is_least`: it has lasted at least that long."""

    since: float | None
    threshold: Threshold | None = None
    is_least: bool = False
    role: Role = Role.TEXT

    @property
    def width(self) -> int:
        return AGE_WIDTH + self.is_least

    @property
    def is_ageing(self) -> bool:
        return self.since is not None

    @property
    def sort_value(self) -> SortValue:
        return (2, 0.0, "") if self.since is None else (0, -self.since, "")

    def level(self, now: float) -> Level:
        if self.since is None or self.threshold is None:
            return Level.OK
        return self.threshold.level(now - self.since)

    def at(self, now: float) -> Painted:
        if self.since is None:
            return Painted(UNKNOWN, Role.MUTED)
        level = self.level(now)
        glyph = GLYPH_OF_LEVEL[level].strip()
        text = f"{glyph}{'>' if self.is_least else ''}{duration(now - self.since)}"
        return Painted(text, self.role if level is Level.OK else ROLE_OF_LEVEL[level])


@dataclass(frozen=True, slots=True)
class Countdown:
    """Time left until a moment. When it has passed: for a limit by how much, as a breach; else `now`."""

    until: float | None
    warn_seconds: float = 0.0
    is_limit: bool = True

    @property
    def width(self) -> int:
        return AGE_WIDTH

    @property
    def is_ageing(self) -> bool:
        return self.until is not None

    @property
    def sort_value(self) -> SortValue:
        return (2, 0.0, "") if self.until is None else (0, self.until, "")

    def at(self, now: float) -> Painted:
        if self.until is None:
            return Painted(UNKNOWN, Role.MUTED)
        left = self.until - now
        if left <= 0 and not self.is_limit:
            return Painted(_("now"), Role.MUTED)
        if left <= 0:
            return Painted(f"+{duration(-left)}", Role.BREACH)
        return Painted(duration(left), Role.WARN if left <= self.warn_seconds else Role.MUTED)


class Line(Protocol):
    """What a table can show: a row made, or one that makes its cells when it comes into view."""

    @property
    def key(self) -> str: ...

    @property
    def cells(self) -> tuple[Cell, ...]: ...

    @property
    def widths(self) -> tuple[int, ...]:
        """Of its cells, or of the widest that any row of its kind has."""
        ...

    @property
    def words(self) -> str: ...

    @property
    def is_old(self) -> bool: ...

    def moment(self, now: float) -> float: ...


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table. `as_of` holds the ages of old data still at the moment they became old."""

    key: str
    cells: tuple[Cell, ...]
    feeds: tuple[FeedKey, ...] = ()
    as_of: float | None = None
    words: str = ""  # what the filter looks in
    rank: tuple[Any, ...] = field(default=(), compare=False)  # the panel's own order, worst first
    _widths: tuple[int, ...] = field(default=(), init=False, repr=False, compare=False)

    @property
    def is_old(self) -> bool:
        return self.as_of is not None

    @property
    def widths(self) -> tuple[int, ...]:
        if not self._widths:  # measured once
            object.__setattr__(self, "_widths", tuple(cell.width for cell in self.cells))
        return self._widths

    def moment(self, now: float) -> float:
        """The moment its ages are told for."""
        return now if self.as_of is None else min(now, self.as_of)
