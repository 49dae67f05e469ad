"""What went wrong on the way: from the libraries' exceptions to faults. Their texts hold addresses and stay here."""

import errno
import os
import socket
import ssl
from collections.abc import Iterator

import anyio
import httpx

from wallboard.domain.faults import Fault, FaultCode, exhaustion

TRANSPORT_ERRORS = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, ssl.SSLError, OSError)

_CUT_SHORT = "without sending complete message body"  # h11's words
_HUNG_UP = "disconnected without sending a response"  # httpcore's words


def fault_of(error: Exception, host: str) -> Fault:
    """The fault that a transport's exception means."""
    lacking = next(filter(None, map(exhaustion, _causes(error))), "")
    return Fault(FaultCode.MACHINE, host, words=lacking) if lacking else _of_transport(error, host)


def _of_transport(error: Exception, host: str) -> Fault:
    match error:
        case httpx.TimeoutException() | TimeoutError():
            return Fault(FaultCode.TIMEOUT, host)
        case httpx.ProxyError():
            return Fault(FaultCode.UNREACHABLE, host, words=f"proxy: {error}")
        case httpx.ConnectError():
            return _not_connected(error, host)
        case httpx.RemoteProtocolError():
            return Fault(_broken_protocol(str(error)), host)
        case ssl.SSLError():
            return _tls(error, host)
        case _:
            is_ours = isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol | httpx.LocalProtocolError)
            return Fault(FaultCode.INTERNAL if is_ours else FaultCode.NETWORK, host)


def is_refused_certificate(error: BaseException) -> bool:
    """Whether TLS failed because of the certificate that was shown."""
    return any(isinstance(cause, ssl.SSLCertVerificationError) for cause in _causes(error))


def _not_connected(error: Exception, host: str) -> Fault:
    for cause in _causes(error):
        match cause:
            case ssl.SSLError():
                return _tls(cause, host)
            case socket.gaierror():
                return Fault(FaultCode.NAME, host, words=cause.strerror or "")
            case ConnectionResetError() | BrokenPipeError() | anyio.EndOfStream():
                return Fault(FaultCode.NETWORK, host)
            case OSError(errno=int(number)) if number in errno.errorcode:
                return Fault(FaultCode.UNREACHABLE, host, words=os.strerror(number))
    return Fault(FaultCode.UNREACHABLE, host)


def _tls(error: ssl.SSLError, host: str) -> Fault:
    """A certificate is refused only where one was shown: a service without TLS has none that ca_file could mend."""
    match error:
        case ssl.SSLCertVerificationError():
            return Fault(FaultCode.TLS, host, words=error.verify_message)
        case ssl.SSLEOFError() | ssl.SSLZeroReturnError():
            return Fault(FaultCode.NETWORK, host)
    return Fault(FaultCode.PROTOCOL, host, words=(error.reason or "").replace("_", " ").lower())


def _broken_protocol(text: str) -> FaultCode:
    if _CUT_SHORT in text:
        return FaultCode.TRUNCATED
    return FaultCode.NETWORK if _HUNG_UP in text else FaultCode.PROTOCOL


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what led to it, every branch of a group."""
    waiting: list[BaseException | None] = [error]
    seen: set[int] = set()
    while waiting:
        cause = waiting.pop(0)
        if cause is None or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        if isinstance(cause, BaseExceptionGroup):
            waiting.extend(cause.exceptions)
        waiting.extend((cause.__cause__, cause.__context__))
