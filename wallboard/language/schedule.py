"""When a scheduled task runs, as people write it and read it."""

import re
from datetime import date

from wallboard.domain.account_actions import Schedule
from wallboard.language.catalog import N_, _

# The vendor's 0 is Sunday.
DAY_NAMES = (N_("Sun"), N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"))
_HEBREW_DAYS = "אבגדהוש"
_GERESH = "'׳"  # as behind the letter of a Hebrew day
_NUMBER_OF = {name.lower(): number for number, name in enumerate(DAY_NAMES)} | {
    letter: number for number, letter in enumerate(_HEBREW_DAYS)
}
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_DATE = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})")
_RANGE = re.compile(rf"([\w{_GERESH}]+)-([\w{_GERESH}]+)")
_SEPARATORS = re.compile(r"[\s,]+")


def time_of(text: str) -> tuple[int, int] | None:
    """Hour and minute of `14:30`; None where it is no time of a day."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2])
    return (hour, minute) if hour < 24 and minute < 60 else None


def date_of(text: str) -> date | None:
    """The day of `24/12/2026`; None where there is no such day."""
    found = _DATE.fullmatch(text.strip())
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def days_of(text: str) -> frozenset[int] | None:
    """Days of the week of `sun tue`, `0-4`, `sun-thu`, `א-ה`; empty for none; None where a word is no day."""
    days: set[int] = set()
    for word in filter(None, _SEPARATORS.split(text.strip())):
        ends = _RANGE.fullmatch(word)
        first, last = (_day(ends[1]), _day(ends[2])) if ends else (_day(word), _day(word))
        if first is None or last is None:
            return None
        days |= {(first + step) % 7 for step in range((last - first) % 7 + 1)}
    return frozenset(days)


def _day(word: str) -> int | None:
    if word.isascii() and word.isdigit():
        return int(word) if int(word) < 7 else None
    return _NUMBER_OF.get(word.rstrip(_GERESH).lower()[:3])


def schedule_of(time: str, days: str) -> Schedule | None:
    """What was written of the time and the days, or the date; None where it makes no sense."""
    at, on, week = time_of(time), date_of(days), days_of(days)
    if at is None or (on is None and week is None):
        return None
    if on is not None:
        return Schedule(hour=at[0], minute=at[1], day=on.day, month=on.month, year=on.year)
    return Schedule(hour=at[0], minute=at[1], days=week or frozenset())


def schedule_words(schedule: Schedule) -> str:
    """`Sun–Thu at 14:30`, `24/12/2026 at 08:00`, `every day, every hour at :30`."""
    hour, minute = schedule.hour, schedule.minute
    return _time_words(hour, minute).format(
        days=_day_words(schedule),
        hour="" if hour is None else f"{hour:02}",
        minute="" if minute is None else f"{minute:02}",
    )


def _day_words(schedule: Schedule) -> str:
    parts = (schedule.day, schedule.month, schedule.year)
    if any(part is not None for part in parts):
        widths = (2, 2, 4)
        written = ["*" if part is None else f"{part:0{width}}" for part, width in zip(parts, widths, strict=True)]
        day = "/".join(written)
        return _("{date} if {days}").format(date=day, days=_week(schedule.days)) if schedule.days else day
    return _week(schedule.days) if schedule.days and len(schedule.days) < 7 else _("every day")


def _week(days: frozenset[int]) -> str:
    """`Sun, Tue`; three or more in a row as `Sun–Thu`."""
    runs: list[list[int]] = []
    for day in sorted(day for day in days if day < 7):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    names = [_(name) for name in DAY_NAMES]
    return ", ".join(
        f"{names[run[0]]}–{names[run[-1]]}" if len(run) > 2 else ", ".join(names[day] for day in run) for run in runs
    )


def _time_words(hour: int | None, minute: int | None) -> str:
    """With places for the days, the hour and the minute."""
    if hour is None:
        return _("{days}, every minute") if minute is None else _("{days}, every hour at :{minute}")
    return _("{days}, every minute from {hour}:00") if minute is None else _("{days} at {hour}:{minute}")
