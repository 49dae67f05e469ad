"""What can go wrong between the board and a vendor: a closed list of codes with their particulars."""

import errno
import os
from dataclasses import dataclass
from enum import StrEnum


class FaultCode(StrEnum):
    """Machine codes; the ui owns the words."""

    TIMEOUT = "timeout"  # no whole answer within the fetch's deadline
    UNREACHABLE = "unreachable"  # connection refused, no route
    MACHINE = "machine"  # no file or thread is left for another connection; `words` holds which
    NAME = "name"  # the host's name does not resolve
    TLS = "tls"  # certificate refused; `words` holds the issuer or the reason
    NETWORK = "network"  # reset or closed while talking
    PROTOCOL = "protocol"  # not HTTP, headers too large
    TRUNCATED = "truncated"  # the body ended before its announced length
    TOO_LARGE = "too_large"  # the body passed the cap
    ENCODED = "encoded"  # a Content-Encoding that was not asked for
    REDIRECT = "redirect"  # `words` holds the host it pointed to
    NOT_VENDOR = "not_vendor"  # HTML or another page: a portal, a content filter
    EMPTY = "empty"  # no body, or null
    BAD_BODY = "bad_body"  # not JSON
    BAD_SHAPE = "bad_shape"  # JSON, but not this method's answer
    SERVER = "server"  # HTTP 5xx
    STATUS = "status"  # any other unexpected HTTP status
    RATE = "rate"  # asked to slow down
    CREDENTIALS = "credentials"  # the secret was refused
    SESSION = "session"  # the token has expired
    MFA = "mfa"  # a second factor is wanted
    ADDRESS = "address"  # HTTP 403: this machine's address is not allowed
    VENDOR = "vendor"  # the vendor said no in its own words
    INTERRUPTED = "interrupted"  # the program ended before it was answered
    INTERNAL = "internal"  # a mistake of ours; the board goes on


_NOTHING_LEFT = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOBUFS})
_NO_THREAD = "can't start new thread"  # Python's own words

PERSON_NEEDED = frozenset({FaultCode.CREDENTIALS, FaultCode.SESSION, FaultCode.MFA, FaultCode.ADDRESS})


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `words` is the vendor's or the system's own text, cleaned, never a secret.

    `lacking`: with BAD_SHAPE, the field that the answer lacks, where it is known which.
    """

    code: FaultCode
    host: str = ""
    status: int | None = None  # HTTP status
    words: str = ""
    retry_after: float | None = None  # seconds the vendor asked us to wait, already clamped
    lacking: str = ""

    @property
    def needs_person(self) -> bool:
        """Whether asking again will not help until somebody changes something."""
        return self.code in PERSON_NEEDED


class VendorFault(Exception):  # noqa: N818 - it carries a fault, the word of this house
    """Raised by a feed's fetch; carries a `Fault` and nothing that could hold a secret."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code.value)
        self.fault = fault


def exhaustion(error: BaseException) -> str:
    """What this machine has no more of, in the system's words; empty where an error says nothing of that."""
    if isinstance(error, OSError) and error.errno in _NOTHING_LEFT:
        return os.strerror(error.errno)
    return _NO_THREAD if isinstance(error, RuntimeError) and str(error) == _NO_THREAD else ""
