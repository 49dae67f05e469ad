"""Connections: kept, given back, and owing nothing to the environment."""

import asyncio
import socket
import time
from pathlib import Path

import anyio
import httpx
import pytest

from tests.vendors.accounts import (
    CANARY,
    GOOD,
    closing,
    fault_of,
    part_of,
    poll,
    yemot_account,
)
from tests.vendors.fault_server import (
    Exchange,
    Route,
    answer,
    dripping,
    fault_server,
    head,
    in_turn,
    raw,
    silence,
)
from wallboard.domain.faults import Fault, FaultCode
from wallboard.vendors.failures import fault_of as fault_of_error


async def test_a_cancelled_handshake_leaves_nothing_open() -> None:
    async with fault_server(silent=silence) as server:
        account = yemot_account(server.url("silent").replace("http:", "https:"))
        async with closing(account):
            before = _open_files()
            for _ in range(5):
                with anyio.move_on_after(0.1):
                    await account.feeds[0].fetch()
            assert server.connections == 5
            with anyio.fail_after(2):
                while _open_files() > before:  # noqa: ASYNC110 - the server's ends close after ours
                    await anyio.sleep(0.01)


def _open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


async def test_no_server_and_no_name() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    nowhere, nameless = yemot_account(f"http://127.0.0.1:{port}/"), yemot_account("http://nobody.invalid/")
    async with closing(nowhere, nameless):
        fault = await fault_of(nowhere.feeds[0])
        assert (fault.code, fault.host) == (FaultCode.UNREACHABLE, f"127.0.0.1:{port}")
        assert "refused" in fault.words
        fault = await fault_of(nameless.feeds[0])
        assert (fault.code, fault.host) == (FaultCode.NAME, "nobody.invalid")


async def test_connections_are_kept_and_replaced_when_they_go_stale() -> None:
    async def good_then_gone(exchange: Exchange) -> None:
        await answer(GOOD)(exchange)
        await raw()(exchange)

    async with fault_server(good=in_turn(answer(GOOD), answer(GOOD), good_then_gone, answer(GOOD))) as server:
        account = yemot_account(server.url("good"))
        async with closing(account):
            for _ in range(3):
                await part_of(account.feeds[0])
            assert server.connections == 1
            with anyio.fail_after(5):
                while isinstance(await poll(account.feeds[0]), Fault):
                    pass
        assert server.connections == 2


@pytest.mark.parametrize(
    "until_then",
    [silence, dripping(head(Content_Length=9_000), b"{", 0.001), dripping(b"HTTP/1.1 200 OK\r\n", b"X: 1\r\n", 0.001)],
)
async def test_a_cancelled_poll_costs_no_connection(until_then: Route) -> None:
    speaks = False

    async def route(exchange: Exchange) -> None:
        await (answer(GOOD) if speaks else until_then)(exchange)

    async with fault_server(route=route) as server:
        account = yemot_account(server.url("route"), queues=["/1", "/2", "/3", "/4"])
        async with closing(account):
            for number in range(30):
                with anyio.move_on_after(0.001 * number):
                    async with anyio.create_task_group() as group:
                        for feed in account.feeds[:4]:
                            group.start_soon(feed.fetch)
            speaks = True
            await asyncio.gather(*(part_of(feed) for feed in account.feeds[:4]))


async def test_a_pool_without_a_free_connection_is_replaced() -> None:
    async with fault_server(silent=silence, good=answer(GOOD)) as server:
        account = yemot_account(server.url("silent"), queues=["/1", "/2", "/3", "/4", "/5"], poll_seconds=60)
        async with closing(account), anyio.create_task_group() as group:
            for feed in account.feeds[:4]:
                group.start_soon(poll, feed)
            await anyio.sleep(0.2)
            begun = time.monotonic()
            assert (await fault_of(account.feeds[4])).code is FaultCode.TIMEOUT
            assert 1.5 < time.monotonic() - begun < 3.5
            assert server.connections == 4
            with anyio.move_on_after(0.5):
                await account.feeds[4].fetch()
            assert server.connections == 5
            group.cancel_scope.cancel()


async def test_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    keys, netrc = tmp_path / "keys", tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login nobody password nothing\n")
    netrc.chmod(0o600)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("SSLKEYLOGFILE", str(keys))
    monkeypatch.setenv("NETRC", str(netrc))
    async with fault_server(good=answer(GOOD)) as server:
        account = yemot_account(server.url("good"))
        async with closing(account):
            await part_of(account.feeds[0])
        assert server.requests[0].headers["authorization"] == CANARY
    assert not keys.exists()


async def test_a_configured_proxy_is_used() -> None:
    async with fault_server(**{"": answer(GOOD)}) as proxy:
        account = yemot_account("http://vendor.invalid/api/", proxy=f"http://127.0.0.1:{proxy.port}")
        async with closing(account):
            await part_of(account.feeds[0])
        assert proxy.requests[0].target == "http://vendor.invalid/api/GetQueueRealTime"


async def test_a_proxy_that_refuses_is_named_so() -> None:
    fault = fault_of_error(httpx.ProxyError("407 Proxy Authentication Required"), "vendor.example")
    assert fault == Fault(FaultCode.UNREACHABLE, "vendor.example", words="proxy: 407 Proxy Authentication Required")


async def test_cookies_are_not_kept() -> None:
    async with fault_server(good=answer(GOOD, Set_Cookie="session=1; Path=/")) as server:
        account = yemot_account(server.url("good"))
        async with closing(account):
            await part_of(account.feeds[0])
            await part_of(account.feeds[0])
        assert "cookie" not in server.requests[1].headers
