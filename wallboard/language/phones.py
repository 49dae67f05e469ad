"""Telephone numbers as people and spreadsheets write them, and the one form in which they are compared and sent.

Canonical digits are international ones without a plus: 972501234567.
"""

import re
from typing import TYPE_CHECKING

from wallboard.domain.imports import FlawReason
from wallboard.language.clean import clean

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

ISRAEL = "972"

_MOST_CHARACTERS = 100
_MOST_DIGITS = 15  # of any number on earth, by E.164
_LEAST_DIGITS = 7  # of what is meant for a whole number
_MOST_WRITTEN_DIGITS = _MOST_DIGITS + 4  # with 00 and a needless 0 behind the country's code
_LEAST_BARE_DIGITS = 11  # of a foreign number without + or 00: a shorter one is rather a mistyped Israeli one

# Nearly every number of a file is of this kind, and needs none of the work below. Mobiles and numbers over the
# internet are known by the plan alone: ranges are given out faster than any library of them is renewed.
_PLAIN = re.compile(r"(?:\+?972|0)?[ -]?([57][0-9])[ -]?([0-9]{3})[ -]?([0-9]{4})")
_BY_PLAN = re.compile(r"5[0-9]{8}|7[1-9][0-9]{7}")
_BY_PLAN_ABROAD = re.compile(rf"{ISRAEL}(?:{_BY_PLAN.pattern})")
_SHORT_ABROAD = re.compile(rf"{ISRAEL}1[0-9]{{6,7}}")  # such as 1255 and three digits
_LENGTHS = {"5": 9, "7": 9} | dict.fromkeys("23489", 8)  # of Israeli numbers without the 0, by their first digit
# Without a 0: a spreadsheet ate it, or the number has none (1-800). No landline goes on with 0 or 1, but dates do.
_BARE_ISRAELI = re.compile(rf"{_BY_PLAN.pattern}|[23489][2-9][0-9]{{6}}|1[0-9]{{9}}")

_FORMULA = re.compile(r"""=?\s*(["'])(.*)\1""")
_SCIENTIFIC = re.compile(r"([0-9]+)(?:[.,]([0-9]+))?[eE]\+?([0-9]{1,3})")
_WHOLE = re.compile(r"([0-9]{7,})\.0+")  # a whole number that passed through a program as a fraction
_WRITTEN = re.compile(r"[( ]*\+?[0-9() ./‐-―−־-]*")
_SHORT_CODE = re.compile(r"[*#][0-9*# -]+|[0-9 -]+[*#]")
_SIGNS = {"\N{FULLWIDTH PLUS SIGN}": "+", "\N{FULLWIDTH HYPHEN-MINUS}": "-"}
_SPACES = re.compile(r"\s+")
_NO_DIGITS = re.compile("[^0-9]+")


def dialable(text: str) -> str | None:
    """Canonical digits of what a person or a spreadsheet wrote; None where it is no number that can be dialled.

    Without a country's code it is an Israeli number. Short codes (*2700) and emergency numbers are none.
    """
    return examined(text)[0] or None


def listed(text: str) -> str | None:
    """Canonical digits of what a vendor lists: digits with the country's code and no plus, now and then national."""
    return dialable(f"+{text}") or dialable(text)


def same(one: str, other: str) -> bool:
    """Whether two writings are of one number."""
    digits = dialable(one)
    return digits is not None and digits == dialable(other)


def national(digits: str) -> str:
    """Canonical digits for people: `0501234567`, `+442079460958`."""
    return as_sent(digits) if digits.startswith(ISRAEL) else f"+{digits}"


def as_sent(digits: str) -> str:
    """Canonical digits as a vendor is sent them: Israeli ones national, others with their country's code."""
    if not digits.startswith(ISRAEL):
        return digits
    subscriber = digits.removeprefix(ISRAEL)
    return subscriber if subscriber.startswith("1") else f"0{subscriber}"


def examined(text: str) -> tuple[str, FlawReason | None]:
    """Canonical digits, or "" and why there are none."""
    if digits := _plain(text):
        return digits, None
    if len(text) > _MOST_CHARACTERS:
        return "", FlawReason.NOT_A_NUMBER
    text = _bare(text)
    if scientific := _SCIENTIFIC.fullmatch(text):
        whole, fraction, exponent = scientific[1], scientific[2] or "", int(scientific[3])
        if len(fraction) < exponent:
            return "", FlawReason.LOST_DIGITS
        text = whole + fraction
    elif fractional := _WHOLE.fullmatch(text):
        text = fractional[1]
    if digits := _plain(text):
        return digits, None
    digits = _NO_DIGITS.sub("", text)
    flaw = _flaw_of_writing(text, digits)
    return ("", flaw) if flaw else _judged(digits, is_international="+" in text)


def is_like_number(text: str) -> bool:
    """Whether somebody meant a telephone number, be it a wrong one."""
    text = _bare(text)
    digits = _NO_DIGITS.sub("", text)
    return bool(_SCIENTIFIC.fullmatch(text)) or (len(digits) >= _LEAST_DIGITS and bool(_WRITTEN.fullmatch(text)))


def _plain(text: str) -> str:
    found = _PLAIN.fullmatch(text)
    subscriber = "".join(found.groups()) if found else ""
    return ISRAEL + subscriber if _BY_PLAN.fullmatch(subscriber) else ""


def _bare(text: str) -> str:
    """Without marks of direction, odd spaces and signs, and what makes a spreadsheet take a number for text."""
    text = _SPACES.sub(" ", clean(text[:_MOST_CHARACTERS], _MOST_CHARACTERS)).strip()
    if formula := _FORMULA.fullmatch(text):
        text = formula[2].strip()
    text = text.removeprefix("'").strip()
    return text if text.isascii() else "".join(_ascii(character) for character in text)


def _ascii(character: str) -> str:
    return str(int(character)) if character.isdecimal() else _SIGNS.get(character, character)


def _flaw_of_writing(text: str, digits: str) -> FlawReason | None:
    if not text:
        return FlawReason.NO_NUMBER
    if _SHORT_CODE.fullmatch(text):
        return FlawReason.NOT_DIALABLE
    if not digits or not _WRITTEN.fullmatch(text):
        return FlawReason.NOT_A_NUMBER
    return FlawReason.TOO_LONG if len(digits) > _MOST_WRITTEN_DIGITS else None


def _judged(digits: str, *, is_international: bool) -> tuple[str, FlawReason | None]:
    """What a library of the world's numbers says; it is loaded with the first number that needs it."""
    from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, is_valid_number, parse

    if not is_international and not digits.startswith("0"):
        if _BARE_ISRAELI.fullmatch(digits):
            digits = ISRAEL + digits
        elif len(digits) < _LEAST_BARE_DIGITS:
            return "", _flaw_of_israeli(digits)
        is_international = True
    try:
        number = parse(f"+{digits}" if is_international else digits, "IL")
    except NumberParseException as error:
        lengths = {
            error.TOO_SHORT_AFTER_IDD: FlawReason.TOO_SHORT,
            error.TOO_SHORT_NSN: FlawReason.TOO_SHORT,
            error.TOO_LONG: FlawReason.TOO_LONG,
        }
        return "", lengths.get(error.error_type, FlawReason.NOT_DIALABLE)
    canonical = format_number(number, PhoneNumberFormat.E164).removeprefix("+")
    if _BY_PLAN_ABROAD.fullmatch(canonical) or (is_valid_number(number) and not _SHORT_ABROAD.fullmatch(canonical)):
        return canonical, None
    return "", _flaw_of_length(number, canonical)


def _flaw_of_length(number: "PhoneNumber", canonical: str) -> FlawReason:
    from phonenumbers import ValidationResult, is_possible_number_with_reason

    if canonical.startswith(ISRAEL):
        return _flaw_of_israeli(canonical.removeprefix(ISRAEL).lstrip("0"))
    verdict = is_possible_number_with_reason(number)
    if verdict == ValidationResult.TOO_SHORT:
        return FlawReason.TOO_SHORT
    return FlawReason.TOO_LONG if verdict == ValidationResult.TOO_LONG else FlawReason.NOT_DIALABLE


def _flaw_of_israeli(subscriber: str) -> FlawReason:
    """Of an Israeli number without its 0 that is none."""
    proper = _LENGTHS.get(subscriber[:1])
    if len(subscriber) < (proper or _LEAST_DIGITS):
        return FlawReason.TOO_SHORT
    return FlawReason.TOO_LONG if proper and len(subscriber) > proper else FlawReason.NOT_DIALABLE
