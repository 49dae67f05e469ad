"""When a task runs: what it names must be so, what it leaves out may be anything."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

WEEK = tuple(range(7))  # 0 is Sunday

_YEARS_LOOKED_AHEAD = 5


@dataclass(frozen=True, slots=True)
class RunTimes:
    """A task's run times; None is any."""

    minute: int | None = None
    hour: int | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    days: tuple[int, ...] = WEEK

    def next_after(self, local: datetime) -> datetime | None:
        """The first minute after `local` at which to run, of the same clock and without a zone; None if there is none.

        A task that names no time at all never runs.
        """
        if all(part is None for part in (self.minute, self.hour, self.day, self.month, self.year)):
            return None
        begin = local.replace(tzinfo=None, second=0, microsecond=0) + timedelta(minutes=1)
        for number in range(_YEARS_LOOKED_AHEAD * 366):
            midnight = begin.replace(hour=0, minute=0) + timedelta(days=number)
            if self._is_day(midnight) and (moment := self._first_of(midnight, begin)):
                return moment
        return None

    def _is_day(self, date: datetime) -> bool:
        named = ((self.day, date.day), (self.month, date.month), (self.year, date.year))
        return all(asked in {None, found} for asked, found in named) and (date.weekday() + 1) % 7 in self.days

    def _first_of(self, midnight: datetime, begin: datetime) -> datetime | None:
        hours = range(24) if self.hour is None else (self.hour,)
        minutes = range(60) if self.minute is None else (self.minute,)
        moments = (midnight.replace(hour=hour, minute=minute) for hour in hours for minute in minutes)
        return next((moment for moment in moments if moment >= begin), None)


def week_of(days: object) -> tuple[int, ...]:
    """The days of `{"0":1,"5":0}`, a JSON text; every day where it is not understood, as the vendor does."""
    try:
        told = json.loads(days) if isinstance(days, str) else days
    except (ValueError, RecursionError):
        return WEEK
    if not isinstance(told, Mapping) or not told or not told.keys() <= set("0123456"):
        return WEEK
    return tuple(day for day in WEEK if str(told.get(str(day), 0)) == "1")
