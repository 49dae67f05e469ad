"""Every way a vendor, a network or a stranger between them can answer badly."""

import asyncio
import gzip
import json
import resource
import time

import pytest

from tests.vendors.accounts import (
    CANARY,
    GOOD,
    closing,
    fault_from,
    fault_of,
    part_of,
    yemot_account,
)
from tests.vendors.fault_server import (
    Route,
    answer,
    dripping,
    endless,
    fault_server,
    head,
    raw,
    silence,
)
from wallboard.domain.faults import Fault, FaultCode
from wallboard.domain.ports import Feed

GOOD_BYTES = json.dumps(GOOD).encode()
HTML = "<!DOCTYPE html><html><head><title>NetFree &amp; blocked</title></head><body>no</body></html>"
BOMB = gzip.compress(b"\0" * 50_000_000)
LATEST = 8.5  # seconds


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


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
