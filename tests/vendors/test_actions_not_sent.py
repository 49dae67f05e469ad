"""Where certainly nothing reached the vendor, and only there, an action is said not to have been sent."""

import asyncio
import socket
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import pytest
import trustme

from tests.vendors.accounts import closing, voicenter_account, yemot_account
from tests.vendors.commands import KICK, KICKED, PAUSE, START, STOP, assert_tells_no_secret
from tests.vendors.fault_server import answer, fault_server, raw, silence
from tests.vendors.test_tls import serving
from wallboard.domain.actions import ActionKind, Obstacle, Outcome, Result
from wallboard.domain.faults import FaultCode

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def not_sent(url: str, within: float = 4, **settings: Any) -> FaultCode:
    """Why a kick was not sent, or the test fails with what came of it."""
    account = yemot_account(url, **settings)
    async with closing(account):
        begun = time.monotonic()
        outcome = await account.perform(KICK)
        assert time.monotonic() - begun < within
    assert_tells_no_secret(outcome)
    assert outcome.result is Result.NOT_SENT, f"{outcome}"
    assert outcome.fault
    assert (outcome.obstacle, outcome.milliseconds) == (None, None)
    return outcome.fault.code


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


async def test_nobody_listens() -> None:
    assert await not_sent(f"http://127.0.0.1:{free_port()}/") is FaultCode.UNREACHABLE


async def test_the_name_does_not_resolve(monkeypatch: pytest.MonkeyPatch) -> None:
    def unresolved(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unresolved)
    assert await not_sent("http://vendor.example/") is FaultCode.NAME


async def test_the_name_service_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    is_over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: is_over.wait(20))
    try:
        assert await not_sent("http://vendor.example/") is FaultCode.TIMEOUT
    finally:
        is_over.set()


async def test_the_connection_is_never_accepted() -> None:
    with _full_listener() as port:
        assert await not_sent(f"http://127.0.0.1:{port}/") is FaultCode.TIMEOUT


@contextmanager
def _full_listener() -> Iterator[int]:
    """A port whose queue of connections is full, so that a further one gets no answer at all."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(listener.getsockname())
        try:
            yield listener.getsockname()[1]
        finally:
            for one in waiting:
                one.close()


async def test_the_certificate_is_refused() -> None:
    authority = trustme.CA(organization_name="סינון לדוגמה")
    async with fault_server(serving(authority.issue_cert("127.0.0.1")), api=answer(KICKED)) as server:
        assert await not_sent(server.url("api")) is FaultCode.TLS
        assert not server.requests


async def test_tls_is_not_spoken() -> None:
    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(4_096)
        writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()

    async with _serving(greet) as port:
        assert await not_sent(f"https://127.0.0.1:{port}/") is FaultCode.PROTOCOL


async def test_the_tls_handshake_hangs() -> None:
    async with fault_server(api=silence) as server:
        assert await not_sent(server.url("api").replace("http:", "https:")) is FaultCode.TIMEOUT


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", FaultCode.UNREACHABLE),
        (b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n", FaultCode.UNREACHABLE),
        (b"HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\nContent-Length: 0\r\n\r\n", FaultCode.UNREACHABLE),
        (b"HTTP/1.1 200 Connection established\r\n\r\nno TLS here", FaultCode.NETWORK),
        (b"SSH-2.0\r\n\r\n", FaultCode.PROTOCOL),
        (b"", FaultCode.NETWORK),
    ],
)
async def test_a_proxy_does_not_let_it_through(said: bytes, code: FaultCode) -> None:
    heard: list[bytes] = []

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(said)
        await writer.drain()

    async with _serving(refuse) as port:
        assert await not_sent("https://vendor.example/", proxy=f"http://127.0.0.1:{port}") is code
    (connect,) = heard
    assert connect.startswith(b"CONNECT vendor.example:443 HTTP/1.1\r\n")
    assert b"CANARY" not in connect


async def test_a_proxy_hangs_or_is_not_there() -> None:
    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async with _serving(hang) as port:
        gone, hangs = (f"http://127.0.0.1:{number}" for number in (free_port(), port))
        codes = await asyncio.gather(
            not_sent("https://vendor.example/", proxy=gone),
            not_sent("http://vendor.example/", proxy=gone),
            not_sent("https://vendor.example/", within=9, proxy=hangs),
        )
    assert tuple(codes) == (FaultCode.UNREACHABLE, FaultCode.UNREACHABLE, FaultCode.TIMEOUT)


async def test_what_went_through_a_proxy_was_sent() -> None:
    authority = trustme.CA()
    tls = serving(authority.issue_cert("127.0.0.1"))
    async with fault_server(tls, api=raw()) as server, _tunnel_to(server.port) as port:
        with authority.cert_pem.tempfile() as ca_file:
            account = yemot_account(server.url("api"), proxy=f"http://127.0.0.1:{port}", ca_file=ca_file)
            async with closing(account):
                outcome = await account.perform(KICK)
        assert (outcome.result, len(server.requests)) == (Result.UNKNOWN, 1)
    async with fault_server(**{"": raw()}) as proxy:
        account = yemot_account("http://vendor.example/", proxy=f"http://127.0.0.1:{proxy.port}")
        async with closing(account):
            outcome = await account.perform(KICK)
        assert (outcome.result, len(proxy.requests)) == (Result.UNKNOWN, 1)


async def test_what_a_vendor_has_no_method_for() -> None:
    yemot, voicenter = yemot_account("http://127.0.0.1:9/"), voicenter_account("http://127.0.0.1:9/")
    async with closing(yemot, voicenter):
        for account, commands in ((yemot, (STOP, START)), (voicenter, (KICK, PAUSE))):
            for command in commands:
                assert command.kind not in account.capabilities
                assert await account.perform(command) == Outcome(Result.NOT_SENT, obstacle=Obstacle.NOT_CAPABLE)
    assert yemot.capabilities | voicenter.capabilities == frozenset(ActionKind) - {ActionKind.SET_PACE}
    assert not yemot.capabilities & voicenter.capabilities


@asynccontextmanager
async def _serving(talk: Talk) -> AsyncIterator[int]:
    """A port of this machine at which each connection is talked to so, then closed."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await talk(reader, writer)
        except (OSError, asyncio.CancelledError):
            pass  # the client left, or the test is over
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1")
    async with server:
        yield server.sockets[0].getsockname()[1]


@asynccontextmanager
async def _tunnel_to(target: int) -> AsyncIterator[int]:
    """A proxy that connects everybody to this port."""

    async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(4_096):
            writer.write(data)
        writer.close()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        vendor_reader, vendor_writer = await asyncio.open_connection("127.0.0.1", target)
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await asyncio.gather(pipe(reader, vendor_writer), pipe(vendor_reader, writer))

    async with _serving(talk) as port:
        yield port
