"""HTTP as the vendors are spoken to: short-tempered, capped, and silent about secrets."""

import logging
import ssl
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.util import find_spec
from typing import Any

import anyio
import certifi
import httpx

from wallboard import __version__
from wallboard.clock import Clock
from wallboard.config.model import SourceBase
from wallboard.config.secrets import proxy_secrets
from wallboard.domain.faults import Fault, FaultCode, VendorFault
from wallboard.language.words import ISSUED_BY
from wallboard.vendors import headers
from wallboard.vendors.certificate import issuer_shown_by
from wallboard.vendors.discretion import Discretion
from wallboard.vendors.failures import TRANSPORT_ERRORS, fault_of, is_refused_certificate
from wallboard.vendors.method import Request
from wallboard.vendors.passage import Passage

MAX_CONNECTIONS = 4
ONCE_SECONDS = 8.0  # for what must not be repeated, from the look-up of the name to the last byte
LONGEST_ONCE_SECONDS = 55.0  # also with a file; after 60 s other programs take an action for abandoned
SLOWEST_UPLOAD = 100_000  # bytes a second of a file

_TIMEOUT = httpx.Timeout(connect=3, read=5, write=5, pool=2)
_LIMITS = httpx.Limits(max_connections=MAX_CONNECTIONS, max_keepalive_connections=MAX_CONNECTIONS, keepalive_expiry=60)
_LIMITS_ONCE = httpx.Limits(max_connections=1, max_keepalive_connections=0)

if find_spec("sniffio") is None:
    # httpcore looks for it at every lock; to find anew that it is not there takes longer than all else of a request.
    sys.modules["sniffio"] = None  # type: ignore[assignment]

_FAULTS_OF_STATUS = {204: FaultCode.EMPTY, 401: FaultCode.CREDENTIALS, 403: FaultCode.ADDRESS}


@dataclass(frozen=True, slots=True)
class Answer:
    """A body that arrived whole. `received_at` is monotonic, `received_on` our wall clock at the same moment."""

    body: bytes = field(repr=False)
    host: str
    media_type: str
    charset: str | None
    received_at: float
    received_on: float
    latency: float  # seconds from sending to the last byte
    clock_offset: float | None  # seconds that the answer's `Date` is ahead of our wall clock


class HttpSession:
    """One source's pool of connections, and its discretion.

    Args:
        settings: the source's table.
        clock: where time comes from.
        secrets: what must never be seen in a vendor's words.
    """

    def __init__(self, settings: SourceBase, clock: Clock, secrets: Iterable[str]) -> None:
        self.discreet = Discretion([*secrets, *proxy_secrets(settings.proxy)])
        self._proxy = settings.proxy
        self._clock = clock
        self._context = _ssl_context(settings.ca_file)
        for name in ("httpx", "httpcore"):
            logging.getLogger(name).setLevel(logging.WARNING)  # at INFO they print addresses
        self._client = self._new_client(_TIMEOUT, _LIMITS)

    def passage(self) -> Passage:
        """For one request."""
        return Passage(self._clock)

    async def post(self, sent: Request, passage: Passage | None = None) -> Answer:
        """Send a request, once, on a connection that is kept.

        Raises:
            VendorFault: no usable answer came; `passage` tells whether anything was sent.
        """
        return await self._exchange(self._client, sent, passage or self.passage())

    async def post_once(self, sent: Request, passage: Passage, seconds: float = ONCE_SECONDS) -> Answer:
        """Send a request that must not be repeated, on a connection of its own, within so many seconds.

        A kept connection may be dead without our knowing, which would make of a certain failure an uncertain one.
        What was sent is waited for as long as may be; for a file there is more time.

        Raises:
            VendorFault: no usable answer came; `passage` tells whether anything was sent.
        """
        uploaded = sum(len(file.content) for file in sent.files.values())
        most_seconds = max(seconds, min(LONGEST_ONCE_SECONDS, seconds + uploaded / SLOWEST_UPLOAD))
        client = self._new_client(httpx.Timeout(most_seconds, connect=3), _LIMITS_ONCE)
        try:
            with anyio.fail_after(most_seconds):
                return await self._exchange(client, sent, passage)
        except TimeoutError:
            raise VendorFault(Fault(FaultCode.TIMEOUT, sent.host)) from None
        finally:
            with anyio.move_on_after(1, shield=True):
                await client.aclose()

    async def aclose(self) -> None:
        """Close every connection; the session cannot be used afterwards."""
        await self._client.aclose()

    async def _exchange(self, client: httpx.AsyncClient, sent: Request, passage: Passage) -> Answer:
        timeout = client.timeout.as_dict()
        if sent.read_seconds is not None:
            timeout["read"] = sent.read_seconds
        extensions = {"trace": passage.trace, "timeout": timeout}
        request = client.build_request(
            "POST", sent.url, headers=_encoded(sent.headers), extensions=extensions, **_content(sent)
        )
        host = sent.host
        begun_at = self._clock.monotonic()
        try:
            response = await client.send(request, stream=True)
            try:
                return await self._received(response, host, begun_at, sent.max_bytes)
            finally:
                await response.aclose()
        except anyio.get_cancelled_exc_class():
            await passage.aclose()
            raise
        except httpx.PoolTimeout:
            await self._replace(client)
            raise VendorFault(Fault(FaultCode.TIMEOUT, host)) from None
        except TRANSPORT_ERRORS as error:
            words = await self._issuer(request.url) if is_refused_certificate(error) else ""
            raise VendorFault(_with_issuer(fault_of(error, host), words)) from None

    async def _received(self, response: httpx.Response, host: str, begun_at: float, max_bytes: int) -> Answer:
        now = self._clock.now()
        date = headers.http_date(response.headers.get("date"))
        if fault := _refusal(response, host, now, max_bytes):
            raise VendorFault(fault)
        body = bytearray()
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) > max_bytes:
                raise VendorFault(Fault(FaultCode.TOO_LARGE, host))
        received_at = self._clock.monotonic()
        return Answer(
            body=bytes(body),
            host=host,
            media_type=headers.content_type(response.headers),
            charset=headers.charset(response.headers),
            received_at=received_at,
            received_on=self._clock.now(),
            latency=received_at - begun_at,
            clock_offset=None if date is None else date - now,
        )

    async def _replace(self, client: httpx.AsyncClient) -> None:
        """A pool whose slots ran out never gives them back (httpcore): take a new one."""
        if client is self._client:
            self._client = self._new_client(_TIMEOUT, _LIMITS)
            with anyio.move_on_after(1, shield=True):
                await client.aclose()

    async def _issuer(self, url: httpx.URL) -> str:
        if self._proxy is not None:
            return ""
        return await issuer_shown_by(url.host, url.port or 443)

    def _new_client(self, timeout: httpx.Timeout, limits: httpx.Limits) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            verify=self._context,
            proxy=self._proxy,
            trust_env=False,
            follow_redirects=False,
            timeout=timeout,
            limits=limits,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            headers={
                "User-Agent": f"wallboard/{__version__}",
                "Accept": "application/json",
                "Accept-Encoding": "identity",
            },
        )


@cache
def _ssl_context(ca_file: str | None) -> ssl.SSLContext:
    # Not create_default_context(): it would write every key to the file that SSLKEYLOGFILE names.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_default_certs()
    context.load_verify_locations(certifi.where())
    if ca_file is not None:
        context.load_verify_locations(ca_file)
    return context


def _content(sent: Request) -> dict[str, Any]:
    """The body as httpx takes it."""
    if not sent.files or not isinstance(sent.body, Mapping):
        return {"json": sent.body}
    return {
        "data": {name: str(value) for name, value in sent.body.items()},
        "files": {name: (file.name, file.content) for name, file in sent.files.items()},
    }


def _encoded(sent: Mapping[str, str]) -> dict[bytes, bytes]:
    return {name.encode(): value.encode() for name, value in sent.items()}


def _refusal(response: httpx.Response, host: str, now: float, max_bytes: int) -> Fault | None:
    """Why the body is not worth reading, or None."""
    status = response.status_code
    if status == 200:
        return _refused_body(response.headers, host, max_bytes)
    if 300 <= status < 400:
        return Fault(FaultCode.REDIRECT, host, status, words=_redirect_host(response, host))
    retry_after = headers.retry_after(response.headers, now)
    if status == 429 or (status == 503 and retry_after is not None):
        return Fault(FaultCode.RATE, host, status, retry_after=retry_after)
    otherwise = FaultCode.SERVER if status >= 500 else FaultCode.STATUS
    return Fault(_FAULTS_OF_STATUS.get(status, otherwise), host, status)


def _refused_body(told: Mapping[str, str], host: str, max_bytes: int) -> Fault | None:
    encoding = told.get("content-encoding", "").strip().lower()
    if encoding not in {"", "identity"}:
        return Fault(FaultCode.ENCODED, host, words=encoding)
    length = told.get("content-length", "")
    if length.isdecimal() and (len(length) > 15 or int(length) > max_bytes):
        return Fault(FaultCode.TOO_LARGE, host)
    return None


def _redirect_host(response: httpx.Response, host: str) -> str:
    """Where to, by host alone: the rest of an address may hold anything."""
    target = response.next_request.url if response.next_request else None
    return headers.host_of(target.host, target.port) if target else host


def _with_issuer(fault: Fault, issuer: str) -> Fault:
    if not issuer:
        return fault
    return Fault(fault.code, fault.host, words=f"{fault.words}{ISSUED_BY}{issuer}")
