"""What the headers of an answer say."""

import codecs
import re
from collections.abc import Mapping
from email.message import Message
from email.utils import parsedate_to_datetime
from functools import lru_cache

LEAST_RETRY_SECONDS = 5.0
MOST_RETRY_SECONDS = 600.0
_CLOCK_WAS_NEVER_SET = 1_420_070_400.0  # 2015
# Only these: punycode and its like take minutes over a megabyte, and Latin-1 is what servers say without looking.
_CHARSETS = frozenset({"utf-8", "utf-16", "cp1255", "iso8859-8"})


def http_date(value: str | None) -> float | None:
    """An HTTP date as UTC seconds since the epoch."""
    if not value:
        return None
    try:
        moment = parsedate_to_datetime(value).timestamp()
    except (ValueError, TypeError, OverflowError, OSError):
        return None
    return moment if moment >= _CLOCK_WAS_NEVER_SET else None


def clamped_retry(seconds: float) -> float:
    """A vendor's wish to wait, kept between 5 seconds and 10 minutes."""
    return min(MOST_RETRY_SECONDS, max(LEAST_RETRY_SECONDS, seconds))


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds that `Retry-After` asks for, clamped; None where it makes no sense.

    A date counts from the answer's own `Date`, so that a wrong clock of ours (`now`) does not matter.
    """
    value = headers.get("retry-after", "").strip()
    if re.fullmatch("[0-9]+", value):
        return clamped_retry(float(value))
    moment = http_date(value)
    if moment is None:
        return None
    seconds = moment - (http_date(headers.get("date")) or now)
    return clamped_retry(seconds) if seconds >= 0 else None


def content_type(headers: Mapping[str, str]) -> str:
    """The media type alone, in lower case."""
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def charset(headers: Mapping[str, str]) -> str | None:
    """The declared charset by Python's name, if it is one to be believed."""
    return _charset(headers.get("content-type", ""))


@lru_cache(64)
def _charset(told: str) -> str | None:
    message = Message()
    message["content-type"] = told
    try:
        # "ISO-8859-8-I" tells the order of the letters, which in JSON is always the logical one.
        name = codecs.lookup((message.get_content_charset() or "").removesuffix("-i")).name
    except (LookupError, ValueError):
        return None
    return name if name in _CHARSETS else None


def host_of(host: str, port: int | None) -> str:
    """A host for people: with its port where that is not the usual one."""
    return host if port is None else f"{host}:{port}"
