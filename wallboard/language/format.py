"""Durations, phones and figures as people read them on a board."""

import re

from wallboard.language.catalog import _

UNKNOWN = "–"
_PHONE = re.compile(r"\+?\d[\d\-\s]{5,}\d")
_KEPT_DIGITS = 3


def duration(seconds: float | None) -> str:
    """`03:12`, `1:02:33`, `3d 04h`; never negative; `–` when unknown."""
    if seconds is None:
        return UNKNOWN
    whole = max(0, int(seconds))
    minutes, second = divmod(whole, 60)
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    if days:
        return _("{days}d {hours}h").format(days=days, hours=f"{hour:02}")
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute:02}:{second:02}"


def count(value: float | None) -> str:
    """A whole figure with thousands apart; `–` when unknown."""
    return UNKNOWN if value is None else f"{value:,.0f}"


def milliseconds_words(milliseconds: float) -> str:
    """`1,234 ms`."""
    return _("{count} ms").format(count=f"{milliseconds:,.0f}")


def masked(text: str, *, is_masking: bool) -> str:
    """Hide phone numbers, also inside names, but for their last digits."""
    return _PHONE.sub(_mask, text) if is_masking else text


def _mask(match: re.Match[str]) -> str:
    digits = [char for char in match[0] if char.isdigit()]
    return "•" * (len(digits) - _KEPT_DIGITS) + "".join(digits[-_KEPT_DIGITS:])
