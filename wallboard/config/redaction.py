"""What keeps secrets out of texts: they are known by their values, in whatever way a program has written them."""

import logging
import re
from collections.abc import Iterable
from typing import Any

from wallboard.config.mishap import told

MASK = "********"
SHORTEST_REDACTED = 4  # a shorter text would black out half of every line
MOST_LEARNT = 1_000  # of vendors' secrets; those that were told first are forgotten first
LONGEST_TEXT = 8_000  # characters of one text of a line

_UNTOUCHED = re.compile(r"[A-Za-z0-9_.~-]+")  # no way of quoting changes these


class RedactingFilter(logging.Filter):
    """For a log's handlers: blacks out known secrets in all that a record holds.

    An exception becomes `record.error`, see `mishap.told`: what is written of it is decided here and nowhere else.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._given = frozenset(secrets)
        self._learnt: dict[str, None] = {}  # in the order in which they were told
        self._sought = _sought(self._given)

    def learn(self, secrets: Iterable[str]) -> None:
        """Black out these too, from now on: secrets that a vendor tells, as campaigns' codes are."""
        new = [secret for secret in dict.fromkeys(secrets) if secret not in self._learnt and secret not in self._given]
        if not new:
            return
        kept = [*self._learnt, *new][-MOST_LEARNT:]
        self._learnt = dict.fromkeys(kept)
        self._sought = _sought({*self._given, *kept})

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = _message(record), ()
        if isinstance(record.exc_info, tuple) and record.exc_info[1] is not None:
            record.error = told(record.exc_info[1])
        record.exc_info = record.exc_text = None
        for name, value in vars(record).items():
            setattr(record, name, self._redacted(value))
        return True

    def redact(self, text: str) -> str:
        """The text with each known secret blacked out."""
        for sought in self._sought:
            text = text.replace(sought, MASK) if isinstance(sought, str) else sought.sub(MASK, text)
        return text

    def _redacted(self, value: Any) -> Any:
        """The same with all texts in it redacted; cut afterwards, or half of a secret could stand at the end."""
        match value:
            case str():
                return self.redact(value)[:LONGEST_TEXT]
            case dict():
                return {self._redacted(name): self._redacted(each) for name, each in value.items()}
            case list() | tuple():
                return [self._redacted(each) for each in value] if value else value
        return value


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # noqa: BLE001 - a library's mistake in its own log call, or in an object's words, is no harm
        return record.msg if isinstance(record.msg, str) else type(record.msg).__name__


def _sought(secrets: Iterable[str]) -> list[str | re.Pattern[str]]:
    """What to look for; the longest first, or the rest of a secret that holds another one would stay."""
    parts = {part for secret in secrets for part in (secret, secret.rpartition(":")[2])}  # number:password
    longest_first = sorted(
        (part for part in parts if len(part) >= SHORTEST_REDACTED), key=lambda part: (-len(part), part)
    )
    return [
        part if _UNTOUCHED.fullmatch(part) else re.compile("".join(map(_in_any_form, part))) for part in longest_first
    ]


def _in_any_form(character: str) -> str:
    """A pattern of one character: as it is, quoted for a URL, or escaped, once or again, for JSON or by `repr`."""
    if _UNTOUCHED.fullmatch(character):
        return re.escape(character)
    code, utf8 = ord(character), character.encode("utf-8", "surrogatepass")
    units = re.findall("....", character.encode("utf-16-be", "surrogatepass").hex())
    forms = ["".join(f"%{byte:02x}" for byte in utf8), "".join(rf"\\+x{byte:02x}" for byte in utf8)]
    forms += ["".join(rf"\\+u{unit}" for unit in units), rf"\\+x{code:02x}", rf"\\+U{code:08x}"]
    forms += [r"\+"] if character == " " else []
    forms += [r"\\+" if character == "\\" else r"\\*" + re.escape(character)]
    return f"(?i:{'|'.join(forms)})"
