"""Yemot's envelope: `responseStatus` decides, HTTP 200 proves nothing."""

import re
from typing import Any

from wallboard.domain.faults import Fault, FaultCode, VendorFault
from wallboard.vendors.headers import clamped_retry
from wallboard.vendors.wire import whole_number

_LOST_SESSION = ("session token is invalid", "session is expired")
_WAIT = re.compile(r"\bwait ([0-9]{1,9}) ?s")
_BAD_CREDENTIALS = 1  # messageCode
_STATUSES = frozenset({"OK", "ERROR", "FORBIDDEN", "EXCEPTION"})
_FIELDS_OF_CUSTOMER = frozenset({"mainDid", "units", "unitsExpireDate"})


def check(document: dict[str, Any], host: str) -> None:
    """See that the document reports success.

    Raises:
        VendorFault: Yemot reports a failure, or nothing.
    """
    status = document.get("responseStatus")
    if not isinstance(status, str) or not status.strip():
        raise VendorFault(Fault(FaultCode.BAD_SHAPE, host, lacking="responseStatus"))
    if status.strip().upper() != "OK":
        raise VendorFault(_failure(document, status.strip().upper(), host))


def check_queue_management(document: dict[str, Any], host: str) -> None:
    """See that an action was taken; of an unknown status nobody knows whether it was.

    Raises:
        VendorFault: Yemot reports a failure; BAD_SHAPE: it reports nothing that is known.
    """
    status = document.get("responseStatus")
    if not isinstance(status, str) or status.strip().upper() not in _STATUSES:
        lacking = "a documented responseStatus" if status else "responseStatus"
        raise VendorFault(Fault(FaultCode.BAD_SHAPE, host, words=_words(document), lacking=lacking))
    check(document, host)


def check_customer_data(document: dict[str, Any], host: str) -> None:
    """See that GetCustomerData succeeded; its documented fields hold no status, so its own will do.

    Raises:
        VendorFault: Yemot reports a failure, or neither.
    """
    if "responseStatus" in document or _FIELDS_OF_CUSTOMER.isdisjoint(document):
        check(document, host)


def _failure(document: dict[str, Any], status: str, host: str) -> Fault:
    words = _words(document) or status
    text = words.lower()
    is_refused = status == "FORBIDDEN" or whole_number(document.get("messageCode")) == _BAD_CREDENTIALS
    # In this order: a lost session is reported as FORBIDDEN too.
    if any(sign in text for sign in _LOST_SESSION):
        return Fault(FaultCode.SESSION, host, words=words)
    if "mfa_required" in text:
        return Fault(FaultCode.MFA, host, words=words)
    if is_refused:
        return Fault(FaultCode.CREDENTIALS, host, words=words)
    if wait := _WAIT.search(text):
        return Fault(FaultCode.RATE, host, words=words, retry_after=clamped_retry(float(wait[1])))
    return Fault(FaultCode.VENDOR, host, words=words)


def _words(document: dict[str, Any]) -> str:
    """What Yemot says itself; an exception's text before the general one."""
    said = (document.get(key) for key in ("exceptionMessage", "message"))
    return next((text.strip() for text in said if isinstance(text, str) and text.strip()), "")
