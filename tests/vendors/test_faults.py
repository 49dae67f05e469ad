"""Every way a vendor, a network or a stranger between them can answer badly."""

import asyncio
import gzip
import json
import logging
import resource
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import anyio
import httpx
import pytest

from tests.vendors.accounts import CANARY, closing, fault_of, fixture, part_of, poll, voicenter_account, yemot_account
from tests.vendors.fault_server import (
    Exchange,
    Route,
    answer,
    dripping,
    endless,
    fault_server,
    head,
    in_turn,
    raw,
    silence,
)
from wallboard.domain.faults import Fault, FaultCode
from wallboard.domain.feeds import NoteCode
from wallboard.domain.ports import Feed, Part
from wallboard.vendors.failures import fault_of as fault_of_error

GOOD = fixture("yemot/GetQueueRealTime.answer")
GOOD_BYTES = json.dumps(GOOD).encode()
HTML = "<!DOCTYPE html><html><head><title>NetFree &amp; blocked</title></head><body>no</body></html>"
BOMB = gzip.compress(b"\0" * 50_000_000)
LATEST = 8.5  # seconds


@pytest.fixture(autouse=True)
def _silent_logs(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    caplog.set_level(logging.DEBUG)
    yield
    assert "CANARY" not in caplog.text
    assert "127.0.0.1" not in caplog.text


async def fault_from(route: Route) -> Fault:
    async with fault_server(bad=route) as server:
        account = yemot_account(server.url("bad"))
        async with closing(account):
            fault = await fault_of(account.feeds[0])
            assert fault.code is FaultCode.TIMEOUT or fault.host == f"127.0.0.1:{server.port}"
            assert not [exchange.target for exchange in server.requests if "CANARY" in exchange.target]
            return fault


async def test_nothing_holds_a_poll_beyond_its_deadline() -> None:
    routes = {
        "silent": silence,
        "drips_headers": dripping(b"HTTP/1.1 200 OK\r\n", b"X-More: 1\r\n"),
        "drips_body": dripping(head(Content_Length=100_000), b"{"),
        "drips_chunks": dripping(head(Transfer_Encoding="chunked"), b"1\r\n{\r\n"),
    }
    async with fault_server(**routes) as server:
        urls = [*map(server.url, routes), server.url("silent").replace("http:", "https:")]
        patient = yemot_account(server.url("silent"), poll_seconds=60)
        accounts = [patient, *(yemot_account(url, poll_seconds=1) for url in urls)]
        begun = time.monotonic()
        async with closing(*accounts):
            answers = await asyncio.gather(*(_timed(account.feeds[0], begun) for account in accounts))
        assert [fault.code for fault, _ in answers] == [FaultCode.TIMEOUT] * 6
        (fault, seconds), *others = answers
        assert fault.host == f"127.0.0.1:{server.port}"
        assert 4.5 < seconds < LATEST, "a silent server is given up by reading, before the deadline of 8 s"
        assert all(2.5 < seconds < 4 for _, seconds in others)


async def _timed(feed: Feed, begun: float) -> tuple[Fault, float]:
    return await fault_of(feed), time.monotonic() - begun


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


@pytest.mark.parametrize(
    ("route", "code"),
    [
        pytest.param(raw(head(Content_Length=500), GOOD_BYTES[:90]), FaultCode.TRUNCATED, id="cut-length"),
        pytest.param(raw(head(Transfer_Encoding="chunked"), b'5\r\n{"a"'), FaultCode.TRUNCATED, id="cut-chunks"),
        pytest.param(raw(head(Connection="close"), GOOD_BYTES[:-40]), FaultCode.BAD_BODY, id="cut-without-length"),
        pytest.param(raw(head("204 No Content")), FaultCode.EMPTY, id="204"),
        pytest.param(answer(b""), FaultCode.EMPTY, id="empty"),
        pytest.param(answer(b" \r\n"), FaultCode.EMPTY, id="blank"),
        pytest.param(answer("null"), FaultCode.EMPTY, id="null"),
        pytest.param(answer("{}"), FaultCode.BAD_SHAPE, id="empty-object"),
        pytest.param(answer("[]"), FaultCode.BAD_SHAPE, id="empty-list"),
        pytest.param(answer("7"), FaultCode.BAD_SHAPE, id="number"),
        pytest.param(answer(HTML, Content_Type="text/html"), FaultCode.NOT_VENDOR, id="html"),
        pytest.param(answer(HTML), FaultCode.NOT_VENDOR, id="html-said-to-be-json"),
        pytest.param(answer("Blocked", Content_Type="text/html"), FaultCode.NOT_VENDOR, id="html-without-tags"),
        pytest.param(answer("Invalid WS request", Content_Type="text/plain"), FaultCode.BAD_BODY, id="text"),
        pytest.param(answer("x", "401 Unauthorized"), FaultCode.CREDENTIALS, id="401"),
        pytest.param(answer(HTML, "403 Forbidden"), FaultCode.ADDRESS, id="403"),
        pytest.param(answer("x", "404 Not Found"), FaultCode.STATUS, id="404"),
        pytest.param(answer("x", "201 Created"), FaultCode.STATUS, id="201"),
        pytest.param(answer("x", "500 Oops"), FaultCode.SERVER, id="500"),
        pytest.param(answer("x", "503 Busy"), FaultCode.SERVER, id="503"),
        pytest.param(answer("x", "503 Busy", Retry_After=9), FaultCode.RATE, id="503-with-retry-after"),
        pytest.param(raw(head(X="y" * 500_000)), FaultCode.PROTOCOL, id="huge-headers"),
        pytest.param(raw(b"ICY 200 OK\r\n\r\n"), FaultCode.PROTOCOL, id="garbage-status-line"),
        pytest.param(raw(b"\x16\x03\x01\x02"), FaultCode.PROTOCOL, id="binary"),
        pytest.param(raw(is_reset=True), FaultCode.NETWORK, id="reset"),
        pytest.param(raw(), FaultCode.NETWORK, id="hung-up"),
        pytest.param(raw(head(Content_Length=500), b"{", is_reset=True), FaultCode.NETWORK, id="reset-mid-body"),
        pytest.param(answer("[" * 200_000), FaultCode.BAD_BODY, id="deep"),
        pytest.param(answer('{"responseStatus": ' + "9" * 6_000 + "}"), FaultCode.BAD_BODY, id="long-number"),
        pytest.param(answer(b"\xff\xfe\xfa"), FaultCode.BAD_BODY, id="binary-body"),
    ],
)
async def test_is_known_for_what_it_is(route: Route, code: FaultCode) -> None:
    assert (await fault_from(route)).code is code


async def test_a_web_page_is_named_by_its_title() -> None:
    assert (await fault_from(answer(HTML))).words == "NetFree & blocked"


async def test_what_parses_and_is_too_deep_to_compare_does_no_harm() -> None:
    deep = "[" * 900 + "]" * 900
    document = f'{{"ERR":0,"EXTENSIONS":[{{"username":"S","onlineUserStatus":3,"calls":[],"customdata":{deep}}}]}}'
    async with fault_server(deep=answer(document)) as server:
        account = voicenter_account(server.url("deep"))
        async with closing(account):
            for _ in range(3):
                answered = await poll(account.feeds[0])
                assert answered.agents if isinstance(answered, Part) else answered.code is FaultCode.BAD_BODY


@pytest.mark.parametrize("key", ["queueData", "members", "entries"])
@pytest.mark.parametrize("value", [None, "", "abc", 0, True, {"a": 1}])
async def test_only_a_well_formed_list_empties_the_board(key: str, value: object) -> None:
    if key == "queueData" and isinstance(value, dict):
        return
    fault = await fault_from(answer({**GOOD, key: value}))
    assert (fault.code, fault.words) == (FaultCode.BAD_SHAPE, key)
    fault = await fault_from(answer({name: kept for name, kept in GOOD.items() if name != key}))
    assert (fault.code, fault.words) == (FaultCode.BAD_SHAPE, key)


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 Other", "307 Again", "308 There"])
async def test_a_redirect_is_not_followed(status: str) -> None:
    async with fault_server(portal=answer(GOOD)) as portal:
        target = portal.url("portal") + f"login?from={CANARY.replace(' ', '+')}"
        fault = await fault_from(answer("", status, Location=target))
        assert (fault.code, fault.words) == (FaultCode.REDIRECT, f"127.0.0.1:{portal.port}")
        assert not portal.requests


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry_After": "7"}, 7.0),
        ({"Retry_After": "1"}, 5.0),
        ({"Retry_After": "1000000000"}, 600.0),
        ({"Retry_After": "9" * 5_000}, 600.0),
        ({"Retry_After": "-3"}, None),
        ({"Retry_After": "soon"}, None),
        ({"Retry_After": "7.5"}, None),
        ({"Retry_After": ""}, None),
        ({}, None),
        ({"Retry_After": "Sun, 06 Nov 2044 08:49:37 GMT", "Date": "Sun, 06 Nov 2044 08:49:07 GMT"}, 30.0),
        ({"Retry_After": "Sun, 06 Nov 2044 08:49:07 GMT", "Date": "Sun, 06 Nov 2044 08:49:37 GMT"}, None),
        ({"Retry_After": "Fri, 31 Dec 9999 23:59:59 GMT"}, 600.0),
        ({"Retry_After": "Sun, 99 Nov 2044 08:49:37 GMT"}, None),
    ],
)
async def test_slows_down_as_asked(headers: dict[str, str], seconds: float | None) -> None:
    fault = await fault_from(answer("", "429 Slow", **headers))
    assert (fault.code, fault.retry_after, fault.status) == (FaultCode.RATE, seconds, 429)


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd", "deflate", "gzip, gzip", "identity, gzip"])
async def test_a_compressed_body_is_refused_unread(encoding: str) -> None:
    before = _peak_megabytes()
    fault = await fault_from(answer(gzip.compress(BOMB), Content_Encoding=encoding))
    assert (fault.code, fault.words) == (FaultCode.ENCODED, encoding)
    assert _peak_megabytes() - before < 60


async def test_a_body_without_end_is_cut() -> None:
    before = _peak_megabytes()
    piece = b" " * 1_000_000
    assert (await fault_from(endless(head(Connection="close"), piece, 1_000))).code is FaultCode.TOO_LARGE
    assert (await fault_from(endless(head(Content_Length=10**9), piece, 1_000))).code is FaultCode.TOO_LARGE
    assert _peak_megabytes() - before < 60


async def test_a_body_too_large_by_a_little_is_refused_and_one_just_within_is_read() -> None:
    padded = GOOD_BYTES + b" " * (8 * 1024 * 1024 - len(GOOD_BYTES))
    async with fault_server(whole=answer(padded), above=answer(padded + b" ")) as server:
        whole, above = yemot_account(server.url("whole")), yemot_account(server.url("above"))
        async with closing(whole, above):
            assert (await part_of(whole.feeds[0])).queues
            assert (await fault_of(above.feeds[0])).code is FaultCode.TOO_LARGE


async def test_identity_is_asked_for_and_accepted() -> None:
    async with fault_server(good=answer(GOOD, Content_Encoding="identity")) as server:
        account = yemot_account(server.url("good"))
        async with closing(account):
            await part_of(account.feeds[0])
        assert server.requests[0].headers["accept-encoding"] == "identity"


@pytest.mark.parametrize(
    ("name", "code", "retry_after"),
    [
        ("credentials", FaultCode.CREDENTIALS, None),
        ("forbidden", FaultCode.CREDENTIALS, None),
        ("session", FaultCode.SESSION, None),
        ("session_expired", FaultCode.SESSION, None),
        ("mfa", FaultCode.MFA, None),
        ("wait", FaultCode.RATE, 55.0),
        ("no_sip", FaultCode.VENDOR, None),
    ],
)
async def test_yemot_says_no_under_200(name: str, code: FaultCode, retry_after: float | None) -> None:
    said = fixture(f"yemot/failure.{name}")
    fault = await fault_from(answer(said))
    assert (fault.code, fault.words, fault.retry_after) == (code, said["message"].strip(), retry_after)


@pytest.mark.parametrize(
    ("number", "document", "code"),
    [
        (0, fixture("voicenter/GetExtensionsCalls.refused"), FaultCode.CREDENTIALS),
        (1, fixture("voicenter/GetQueuesCallers.internal_error"), FaultCode.VENDOR),
        (1, {"ERR": "1", "DESC": "bad value"}, FaultCode.VENDOR),
        (2, fixture("voicenter/GetExtensions.refused"), FaultCode.CREDENTIALS),
        (3, fixture("voicenter/GetCampaignList.refused"), FaultCode.CREDENTIALS),
        (3, {" ErrorCode": 1, "Description": "Campaign code missing"}, FaultCode.CREDENTIALS),
        (3, {"ErrorCode": 2, "Description": "Internal error occurred"}, FaultCode.VENDOR),
        (3, {"Data": [], "Description": "OK"}, FaultCode.BAD_SHAPE),
        (3, {"ErrorCode": False, "Data": []}, FaultCode.BAD_SHAPE),
        (0, {"EXTENSIONS": []}, FaultCode.BAD_SHAPE),
        (0, {"ERR": None, "EXTENSIONS": []}, FaultCode.BAD_SHAPE),
        (0, {"ERR": 0, "DESC": "OK"}, FaultCode.BAD_SHAPE),
        (1, {"ERR": 0, "QUEUES": None}, FaultCode.BAD_SHAPE),
        (1, {"ERR": 0, "QUEUES": {}}, FaultCode.BAD_SHAPE),
    ],
)
async def test_voicenter_says_no_under_200(number: int, document: object, code: FaultCode) -> None:
    async with fault_server(bad=answer(document)) as server:
        account = voicenter_account(server.url("bad"))
        async with closing(account):
            assert (await fault_of(account.feeds[number])).code is code


@pytest.mark.parametrize(
    "echo",
    [
        f"token {CANARY} is unknown",
        "token CANARY-5e%2Fc%2Br%20et%3ACanary-pass is unknown",
        "token CANARY-5e%2Fc%2Br+et%3ACanary-pass is unknown",
        "token CANARY-5e/c\u200b+r et:Canary-pass is unknown",
        "password Canary-pass is wrong",
        "TOKEN CANARY-5E/C+R ET:CANARY-PASS IS UNKNOWN",
    ],
)
async def test_an_echoed_secret_is_masked(echo: str) -> None:
    fault = await fault_from(answer({"responseStatus": "ERROR", "message": echo}))
    assert fault.code is FaultCode.VENDOR
    assert "anary" not in fault.words.lower()
    assert "***" in fault.words


async def test_hostile_words_are_harmless_and_short() -> None:
    said = "\x1b]52;c;QQ\x07\u202e" + "x" * 10_000
    fault = await fault_from(answer({"responseStatus": "ERROR", "message": said}))
    assert fault.words.startswith("�]52;c;QQ�xx")
    assert len(fault.words) <= 160


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


@pytest.mark.parametrize(
    ("body", "content_type", "is_guessed"),
    [
        (json.dumps(GOOD, ensure_ascii=False).encode("cp1255"), "application/json", True),
        (json.dumps(GOOD, ensure_ascii=False).encode("cp1255"), "application/json; charset=iso-8859-1", True),
        (json.dumps(GOOD, ensure_ascii=False).encode("cp1255"), "application/json; charset=utf-8", True),
        (json.dumps(GOOD, ensure_ascii=False).encode("cp1255"), "application/json; charset=windows-1255", False),
        (json.dumps(GOOD, ensure_ascii=False).encode("iso8859-8"), "text/plain; charset=ISO-8859-8-I", False),
        (b"\xef\xbb\xbf" + json.dumps(GOOD, ensure_ascii=False).encode(), "application/json", False),
        (json.dumps(GOOD, ensure_ascii=False).encode(), "application/json; charset=punycode", False),
        (json.dumps(GOOD, ensure_ascii=False).encode(), "text/html; charset=none-such", False),
    ],
)
async def test_charsets(body: bytes, content_type: str, is_guessed: bool) -> None:
    queue_name = "תור ראשי"
    body = body.replace(b"rrmemory", queue_name.encode("cp1255" if b"\xe3\xf7" in body else "utf-8"))
    async with fault_server(good=answer(body, Content_Type=content_type)) as server:
        account = yemot_account(server.url("good"))
        async with closing(account):
            part = await part_of(account.feeds[0])
    assert part.queues[0].strategy == queue_name
    assert [note.code for note in part.notes if note.code is NoteCode.CHARSET] == [NoteCode.CHARSET] * is_guessed


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
