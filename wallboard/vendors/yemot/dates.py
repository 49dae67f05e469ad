"""Yemot's dates: texts in more than one form, on Israel's clock."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

_ZONE = ZoneInfo("Asia/Jerusalem")
_TIME = r"(?:[ T+]+(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?.*)?"
_FORMS = (
    re.compile(r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})" + _TIME),
    re.compile(r"(?P<day>[0-9]{1,2})[-/.](?P<month>[0-9]{1,2})[-/.](?P<year>[0-9]{4})" + _TIME),
)
_YEARS = range(2000, 2100)


def moment_of(text: str) -> float | None:
    """UTC seconds of a date, at its beginning where no time is told; None where it cannot be understood."""
    found = next(filter(None, (form.fullmatch(text.strip()) for form in _FORMS)), None)
    if found is None:
        return None
    told = {name: int(value) for name, value in found.groupdict(default="0").items()}
    if told["year"] not in _YEARS:
        return None
    try:
        return datetime(**told, tzinfo=_ZONE).timestamp()
    except ValueError:
        return None
