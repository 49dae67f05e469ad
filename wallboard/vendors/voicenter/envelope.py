"""Voicenter's envelopes: monitoring says `ERR` and `DESC`, the dialer `ErrorCode` and `Description`."""

import re
from typing import Any

from wallboard.domain.faults import Fault, FaultCode, VendorFault
from wallboard.vendors.wire import whole_number

_REFUSED = 1  # in every method used here: the code is missing, malformed or not known
_UNAUTHORIZED = re.compile("authorization failed|unauthorized")
# No document tells how a wrong code of the account is refused; whatever speaks of a code means it.
_INVALID_CODE = re.compile(rf"{_UNAUTHORIZED.pattern}|.*\bcode\b.*", re.DOTALL)
_DIALER_KEYS = ("ErrorCode", "Description")


def check_monitor(document: dict[str, Any], host: str) -> None:
    """See that a monitoring method succeeded.

    Raises:
        VendorFault: Voicenter reports a failure, or nothing.
    """
    _check(document, host, ("ERR", "DESC"), _UNAUTHORIZED)


def check_campaign_list(document: dict[str, Any], host: str) -> None:
    """See that GetCampaignList succeeded. The only code in it is the account's, whatever the vendor calls it.

    Raises:
        VendorFault: Voicenter reports a failure, or nothing.
    """
    _check(document, host, _DIALER_KEYS, _INVALID_CODE)


def check_campaign_switch(document: dict[str, Any], host: str) -> None:
    """See that StopCampaign or StartCampaign succeeded; of an unknown code nobody knows what was done.

    Raises:
        VendorFault: Voicenter reports a failure; BAD_SHAPE: it reports nothing that is known.
    """
    code_key, words_key = _DIALER_KEYS
    code = whole_number(document.get(code_key))
    if code not in {0, _REFUSED}:
        lacking = code_key if code is None else f"a documented {code_key}"
        raise VendorFault(Fault(FaultCode.BAD_SHAPE, host, words=_words(document, words_key), lacking=lacking))
    # A wrong campaign code says nothing about the account's.
    _check(document, host, _DIALER_KEYS, _UNAUTHORIZED)


def _check(document: dict[str, Any], host: str, keys: tuple[str, str], refusals: re.Pattern[str]) -> None:
    code_key, words_key = keys
    code = whole_number(document.get(code_key))
    if code is None:
        raise VendorFault(Fault(FaultCode.BAD_SHAPE, host, lacking=code_key))
    if code == 0:
        return
    words = _words(document, words_key) or f"{code_key} {code}"
    is_refused = code == _REFUSED and refusals.fullmatch(words.lower()) is not None
    raise VendorFault(Fault(FaultCode.CREDENTIALS if is_refused else FaultCode.VENDOR, host, words=words))


def _words(document: dict[str, Any], key: str) -> str:
    said = document.get(key)
    return said.strip() if isinstance(said, str) else ""
