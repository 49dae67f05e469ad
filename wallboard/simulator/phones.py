"""Telephone numbers as the vendors take and show them."""

import re

_SEPARATORS = str.maketrans("", "", " -().\t")
_ISRAELI = re.compile(r"0([2-9][0-9]{7,8})|(1[5-9]00[0-9]{6})")
_ISRAELI_ABROAD = re.compile(r"972([2-9][0-9]{7,8}|1[5-9]00[0-9]{6})")
_ABROAD = re.compile(r"[1-9][0-9]{6,14}")


def international(given: object) -> str | None:
    """The digits from the country's code on, `972…` for an Israeli number; None for what is no number."""
    digits = str(given).translate(_SEPARATORS)
    if digits.startswith("+"):
        digits = digits[1:]
    elif digits.startswith("00"):
        digits = digits[2:]
    if israeli := _ISRAELI.fullmatch(digits):
        return f"972{israeli[1] or israeli[2]}"
    if digits.startswith("972"):
        return digits if _ISRAELI_ABROAD.fullmatch(digits) else None
    return digits if _ABROAD.fullmatch(digits) else None


def national(digits: str) -> str:
    """International digits as they are dialled in Israel."""
    if not digits.startswith("972"):
        return digits
    return digits[3:] if digits[3] == "1" else f"0{digits[3:]}"
