import signal
import time
from email.utils import parsedate_to_datetime

import anyio
import httpx
import pytest

from wallboard.clock import ManualClock, SystemClock
from wallboard.simulator.configuration import configuration
from wallboard.simulator.server import PortError, serve
from wallboard.simulator.world import World

from .worlds import DIALER, MONITOR, YEMOT, make_world, quiet, read


async def test_both_vendors_answer_at_the_configured_addresses() -> None:
    world = World(quiet(), 1, SystemClock())
    async with serve(world) as address, httpx.AsyncClient() as http:
        assert address.startswith("http://127.0.0.1:")
        yemot, voicenter = configuration(world, address)["source"]
        for queue in yemot["queues"]:
            body = {"token": yemot["token"], "queuePath": queue["path"]}
            said = read(await http.post(f"{yemot['base_url']}GetQueueRealTime", data=body))
            assert said["responseStatus"] == "OK"
        code = {"code": voicenter["code"]}
        assert read(await http.post(f"{voicenter['monitor_url']}GetExtensionsCalls", json=code))["EXTENSIONS"]
        assert read(await http.post(f"{voicenter['monitor_url']}GetQueuesCallers", json=code))["QUEUES"]
        assert read(await http.post(f"{voicenter['extensions_url']}GetExtensions", json=code))["EXTENSIONS"]
        said = read(
            await http.post(f"{voicenter['dialer_url']}GetCampaignList", json={"Code": voicenter["dialer_code"]})
        )
        assert said["ErrorCode"] == 0


async def test_the_date_is_the_worlds() -> None:
    world = World(quiet(), 1, ManualClock(now=1_700_000_000.0))
    async with serve(world) as address, httpx.AsyncClient() as http:
        answer = await http.get(f"{address}{YEMOT}GetCustomerData")
    assert parsedate_to_datetime(answer.headers["date"]).timestamp() == 1_700_000_000
    assert "server" not in answer.headers


async def test_a_taken_port_is_said_clearly() -> None:
    world = World(quiet(), 1, SystemClock())
    async with serve(world) as address:
        port = int(address.rpartition(":")[2])
        with pytest.raises(PortError, match=rf"127\.0\.0\.1:{port}.*another port"):
            async with serve(world, port):
                pass
    async with serve(world, port) as again:  # and is free afterwards
        assert again == address


@pytest.mark.parametrize("port", [-1, 70_000])
async def test_an_impossible_port_is_said_clearly(port: int) -> None:
    with pytest.raises(PortError, match=str(port)):
        async with serve(World(quiet(), 1, SystemClock()), port):
            pass


async def test_it_ends_promptly_with_idle_connections_and_leaves_signals_alone() -> None:
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    async with httpx.AsyncClient() as http:
        async with serve(make_world()) as address:
            await http.get(f"{address}{YEMOT}GetCustomerData")
            assert {number: signal.getsignal(number) for number in handlers} == handlers
            began = time.monotonic()
        assert time.monotonic() - began < 1
        with pytest.raises(httpx.ConnectError):
            await http.get(f"{address}{YEMOT}GetCustomerData")


async def test_it_ends_when_its_owner_is_cancelled() -> None:
    with anyio.move_on_after(0.2):
        async with serve(make_world()) as address:
            await anyio.sleep_forever()
    async with httpx.AsyncClient() as http:
        with pytest.raises(httpx.ConnectError):
            await http.get(f"{address}{YEMOT}GetCustomerData")


async def test_requests_are_remembered_without_their_values() -> None:
    world = make_world()
    async with serve(world) as address, httpx.AsyncClient() as http:
        header = {"authorization": world.access.token}
        await http.post(f"{address}{YEMOT}GetQueueRealTime", data={"queuePath": "/1"}, headers=header)
        await http.get(f"{address}{MONITOR}GetQueuesCallers", params={"code": world.access.code})
        assert world.requests.connections == 1  # it was kept alive
        async with httpx.AsyncClient() as other:
            await other.post(f"{address}{DIALER}GetCampaignList", json={"Code": world.access.dialer_code})
    first, second, third = world.requests.records
    assert (first.method, first.verb, first.body_names) == ("GetQueueRealTime", "POST", ("queuePath",))
    assert first.content_type == "application/x-www-form-urlencoded"
    assert first.has_authorization
    assert (second.verb, second.query_names, second.body_names) == ("GET", ("code",), ())
    assert third.path == f"{DIALER}GetCampaignList"
    assert world.requests.connections == 2
    told = repr(world.requests.records) + repr(world.access)
    assert not any(secret in told for secret in (world.access.token, world.access.code, world.access.dialer_code))


async def test_unknown_paths_and_verbs() -> None:
    async with serve(make_world()) as address, httpx.AsyncClient() as http:
        assert (await http.get(f"{address}/nothing")).status_code == 404
        assert (await http.put(f"{address}{YEMOT}GetQueueRealTime")).status_code == 405


async def test_broken_bodies_do_not_break_it() -> None:
    async with serve(make_world()) as address, httpx.AsyncClient() as http:
        for content_type in ("application/json", "application/x-www-form-urlencoded", "text/plain", ""):
            for body in (b"", b"{", b"[1,2]", b"null", b"\xff\xfe", b"[" * 100_000, b"token=%ff&queuePath=%00"):
                for path in (f"{YEMOT}GetQueueRealTime", f"{MONITOR}GetExtensionsCalls", f"{DIALER}StopCampaign"):
                    answer = await http.post(address + path, content=body, headers={"content-type": content_type})
                    assert answer.status_code == 200
                    assert read(answer)


async def test_an_answer_takes_milliseconds() -> None:
    world = make_world()
    async with serve(world) as address, httpx.AsyncClient() as http:
        seconds = []
        for _ in range(21):
            body = {"token": world.access.token, "queuePath": "/1"}
            seconds.append((await http.post(f"{address}{YEMOT}GetQueueRealTime", json=body)).elapsed.total_seconds())
    assert sorted(seconds)[10] < 0.03  # Nagle's delay alone would be 0.04


async def test_five_thousand_agents_are_cheap_to_serve() -> None:
    world = make_world("huge", clock=(clock := ManualClock()))
    async with serve(world) as address, httpx.AsyncClient() as http:
        costs = []
        for _ in range(6):
            clock.jump(5)
            began = time.process_time()
            answer = await http.post(f"{address}{MONITOR}GetExtensionsCalls", json={"code": world.access.code})
            costs.append(time.process_time() - began)
            assert len(answer.content) > 1_500_000
    assert sorted(costs)[2] < 0.2  # measured 0.02, of which the client takes a part
