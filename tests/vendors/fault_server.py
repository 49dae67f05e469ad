"""A raw TCP server that answers as badly as it is told to: one route for each way of going wrong."""

import asyncio
import json
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Route = Callable[["Exchange"], Awaitable[None]]


@dataclass
class Exchange:
    """One request as it came, and the socket to answer on."""

    connection: int
    target: str
    headers: dict[str, str]
    body: bytes
    writer: asyncio.StreamWriter

    async def write(self, *pieces: bytes) -> None:
        for piece in pieces:
            self.writer.write(piece)
            await self.writer.drain()

    @property
    def json(self) -> dict[str, object]:
        document = json.loads(self.body)
        assert isinstance(document, dict)
        return document


@dataclass
class FaultServer:
    """Serves `http://host/<route>/<Method>`; remembers what was asked."""

    port: int
    routes: Mapping[str, Route]
    scheme: str = "http"
    requests: list[Exchange] = field(default_factory=list)
    connections: int = 0

    def url(self, route: str, host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}/{route}/"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        connection = self.connections
        try:
            while exchange := await _request(reader, writer, connection):
                self.requests.append(exchange)
                await self.routes[exchange.target.split("/")[1]](exchange)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client left, as it should from most routes, or the test is over
        finally:
            writer.close()


@asynccontextmanager
async def fault_server(tls: ssl.SSLContext | None = None, /, **routes: Route) -> AsyncIterator[FaultServer]:
    """Run a server with these routes on a free port of this machine."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = FaultServer(listener.getsockname()[1], routes, "https" if tls else "http")
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        await server._serve(reader, writer)

    running = await asyncio.start_server(serve, sock=listener, ssl=tls)
    try:
        yield server
    finally:
        running.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _request(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, connection: int) -> Exchange | None:
    first = await reader.read(1)
    if first != b"P":  # the end, or a TLS handshake where none is spoken: silence until the client goes
        await reader.read()
        return None
    line = first + await reader.readline()
    headers: dict[str, str] = {}
    while (header := (await reader.readline()).strip()) != b"":
        name, _, value = header.decode().partition(":")
        headers[name.lower()] = value.strip()
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Exchange(connection, line.split()[1].decode(), headers, body, writer)


def head(status: str = "200 OK", **headers: object) -> bytes:
    lines = [f"HTTP/1.1 {status}", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def answer(body: bytes | str | object, status: str = "200 OK", **headers: object) -> Route:
    """A whole answer; what is not bytes or text is sent as JSON."""
    text = body if isinstance(body, bytes | str) else json.dumps(body)
    data = text.encode() if isinstance(text, str) else text
    told = {"Content_Type": "application/json", "Content_Length": len(data), **headers}

    async def route(exchange: Exchange) -> None:
        await exchange.write(head(status, **told), data)

    return route


def in_turn(*routes: Route) -> Route:
    """Each route once, the last for ever."""
    waiting = list(routes)

    async def route(exchange: Exchange) -> None:
        await (waiting.pop(0) if len(waiting) > 1 else waiting[0])(exchange)

    return route


def raw(*pieces: bytes, is_reset: bool = False) -> Route:
    """These bytes, then the end of the connection."""

    async def route(exchange: Exchange) -> None:
        await exchange.write(*pieces)
        if is_reset:  # RST in place of FIN
            connection = exchange.writer.get_extra_info("socket")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            exchange.writer.transport.abort()
        exchange.writer.close()
        await exchange.writer.wait_closed()
        raise ConnectionResetError

    return route


def dripping(before: bytes, drop: bytes, seconds: float = 0.2) -> Route:
    """Something for ever, a little at a time."""

    async def route(exchange: Exchange) -> None:
        await exchange.write(before)
        while True:
            await exchange.write(drop)
            await asyncio.sleep(seconds)

    return route


def endless(before: bytes, piece: bytes, times: int) -> Route:
    """A great deal, as fast as it is taken."""

    async def route(exchange: Exchange) -> None:
        await exchange.write(before)
        for _ in range(times):
            await exchange.write(piece)

    return route


async def silence(_: Exchange) -> None:
    """Nothing at all."""
    await asyncio.Event().wait()
