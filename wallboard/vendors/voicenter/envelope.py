"""Voicenter's envelopes: monitoring says `ERR` and `DESC`, the dialer `ErrorCode` and `Description`."""

from typing import Any

from wallboard.domain.faults import Fault, FaultCode, VendorFault
from wallboard.vendors.wire import whole_number

_REFUSED = 1  # in every method used here: the code is missing, malformed or not known
_UNAUTHORIZED = frozenset({"authorization failed", "unauthorized"})
_DIALER_KEYS = ("ErrorCode", "Description")
_INVALID_CODE = frozenset({"invalid campaign code", "campaign code missing"})


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
    _check(document, host, _DIALER_KEYS, _UNAUTHORIZED | _INVALID_CODE)


def check_campaign_switch(document: dict[str, Any], host: str) -> None:
    """See that StopCampaign or StartCampaign succeeded; of an unknown code nobody knows what was done.

    Raises:
        VendorFault: Voicenter reports a failure; BAD_SHAPE: it reports nothing that is known.
    """
    code_key, words_key = _DIALER_KEYS
    if whole_number(document.get(code_key)) not in {0, _REFUSED}:
        raise VendorFault(Fault(FaultCode.BAD_SHAPE, host, words=_words(document, words_key)))
    # A wrong campaign code says nothing about the account's.
    _check(document, host, _DIALER_KEYS, _UNAUTHORIZED)


def _check(document: dict[str, Any], host: str, keys: tuple[str, str], refusals: frozenset[str]) -> None:
    code_key, words_key = keys
    code = whole_number(document.get(code_key))
    if code is None:
        raise VendorFault(Fault(FaultCode.BAD_SHAPE, host, words=code_key))
    if code == 0:
        return
    words = _words(document, words_key) or f"{code_key} {code}"
    is_refused = code == _REFUSED and words.lower() in refusals
    raise VendorFault(Fault(FaultCode.CREDENTIALS if is_refused else FaultCode.VENDOR, host, words=words))


def _words(document: dict[str, Any], key: str) -> str:
    said = document.get(key)
    return said.strip() if isinstance(said, str) else ""
