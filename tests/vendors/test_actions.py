"""Whatever a server or the road to it does: one attempt, and done only what was confirmed."""

import asyncio
import gzip
import json
import logging
import time
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

import anyio
import pytest

from tests.vendors.accounts import CANARY, GOOD, closing, part_of, yemot_account
from tests.vendors.commands import CALL, KICK, KICKED, STOP, assert_tells_no_secret, outcome_of
from tests.vendors.fault_server import (
    Exchange,
    FaultServer,
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
from wallboard.domain.actions import Outcome, Result
from wallboard.domain.faults import Fault, FaultCode
from wallboard.vendors.yemot.methods import verdicts

KICKED_BYTES = json.dumps(KICKED).encode()
HTML = "<!DOCTYPE html><html><head><title>NetFree &amp; blocked</title></head></html>"


@dataclass(frozen=True)
class Row:
    """A way to answer, and what is to be said of it."""

    route: Route
    fault: FaultCode | None = None
    result: Result = Result.UNKNOWN


async def late(exchange: Exchange) -> None:
    await asyncio.sleep(6)
    await answer(KICKED)(exchange)


def after_continue(then: bytes) -> Route:
    return raw(b"HTTP/1.1 100 Continue\r\n\r\n", then)


WHOLE = head(Content_Length=len(KICKED_BYTES)) + KICKED_BYTES
ROWS: Mapping[str, Row] = {
    "good": Row(answer(KICKED), result=Result.OK),
    "good_said_to_be_html": Row(answer(KICKED, Content_Type="text/html"), result=Result.OK),
    "good_after_100": Row(after_continue(WHOLE), result=Result.OK),
    "good_after_6_seconds": Row(late, result=Result.OK),
    "silent": Row(silence, FaultCode.TIMEOUT),
    "drips_headers": Row(dripping(b"HTTP/1.1 200 OK\r\n", b"X-More: 1\r\n"), FaultCode.TIMEOUT),
    "drips_body": Row(dripping(head(Content_Length=60_000), b"{"), FaultCode.TIMEOUT),
    "drips_chunks": Row(dripping(head(Transfer_Encoding="chunked"), b"1\r\n{\r\n"), FaultCode.TIMEOUT),
    "closed": Row(raw(), FaultCode.NETWORK),
    "reset": Row(raw(is_reset=True), FaultCode.NETWORK),
    "reset_in_body": Row(raw(WHOLE[:-10], is_reset=True), FaultCode.NETWORK),
    "cut_length": Row(raw(WHOLE[:-10]), FaultCode.TRUNCATED),
    "cut_chunks": Row(raw(head(Transfer_Encoding="chunked"), b'5\r\n{"a"'), FaultCode.TRUNCATED),
    "cut_without_length": Row(raw(head(Connection="close"), KICKED_BYTES[:-10]), FaultCode.BAD_BODY),
    "garbage": Row(raw(b"220 mail.example ready\r\n\r\n"), FaultCode.PROTOCOL),
    "endless_headers": Row(raw(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 500_000 + b"\r\n\r\n"), FaultCode.PROTOCOL),
    "switching": Row(raw(head("101 Switching Protocols")), FaultCode.PROTOCOL),
    "no_content": Row(raw(head("204 No Content")), FaultCode.EMPTY),
    "empty": Row(answer(b""), FaultCode.EMPTY),
    "null": Row(answer("null"), FaultCode.EMPTY),
    "html": Row(answer(HTML, Content_Type="text/html"), FaultCode.NOT_VENDOR),
    "text": Row(answer("Invalid WS request", Content_Type="text/plain"), FaultCode.BAD_BODY),
    "list": Row(answer([KICKED]), FaultCode.BAD_SHAPE),
    "number": Row(answer("0"), FaultCode.BAD_SHAPE),
    "word": Row(answer('"OK"'), FaultCode.BAD_SHAPE),
    "no_envelope": Row(answer({"status": {CALL: "OK"}}), FaultCode.BAD_SHAPE),
    "two_answers": Row(answer(f'{{"responseStatus":"ERROR",{json.dumps(KICKED)[1:]}'), FaultCode.BAD_SHAPE),
    "deep": Row(answer('{"a":' * 10_000), FaultCode.BAD_BODY),
    "long_number": Row(answer(f'{{"responseStatus":"OK","a":{"9" * 6_000}}}'), FaultCode.BAD_BODY),
    "created": Row(answer(KICKED, "201 Created"), FaultCode.STATUS),
    "redirect": Row(answer(b"", "302 Found", Location="http://portal.example/login"), FaultCode.REDIRECT),
    "redirect_to_itself": Row(answer(b"", "307 Temporary Redirect", Location="/good/"), FaultCode.REDIRECT),
    "see_other": Row(answer(KICKED, "303 See Other"), FaultCode.REDIRECT),
    "bad_request": Row(answer(KICKED, "400 Bad Request"), FaultCode.STATUS),
    "unauthorized": Row(answer(KICKED, "401 Unauthorized"), FaultCode.CREDENTIALS, Result.REFUSED),
    "forbidden": Row(answer(KICKED, "403 Forbidden"), FaultCode.ADDRESS, Result.REFUSED),
    "not_found": Row(answer(KICKED, "404 Not Found"), FaultCode.STATUS),
    "too_many": Row(answer(b"", "429 Too Many Requests", Retry_After=30), FaultCode.RATE, Result.REFUSED),
    "failed": Row(answer(KICKED, "500 Internal Server Error"), FaultCode.SERVER),
    "gateway": Row(answer(HTML, "502 Bad Gateway", Content_Type="text/html"), FaultCode.SERVER),
    "busy": Row(answer(b"", "503 Service Unavailable", Retry_After=30), FaultCode.RATE),
    "gzipped": Row(answer(gzip.compress(KICKED_BYTES), Content_Encoding="gzip"), FaultCode.ENCODED),
    "too_long": Row(answer(KICKED_BYTES + b" " * 100_000), FaultCode.TOO_LARGE),
    "endless": Row(endless(head(Connection="close"), b" " * 9_000, 1_000), FaultCode.TOO_LARGE),
}


async def test_every_answer_is_told_apart_and_no_action_is_sent_twice() -> None:
    outcomes: dict[str, Outcome] = {}
    async with fault_server(**{name: row.route for name, row in ROWS.items()}) as server:

        async def perform(name: str) -> None:
            account = yemot_account(server.url(name))
            async with closing(account):
                outcomes[name] = await account.perform(KICK)

        begun = time.monotonic()
        async with anyio.create_task_group() as group:
            for name in ROWS:
                group.start_soon(perform, name)
        assert 7.5 < time.monotonic() - begun < 9.5
        await anyio.sleep(2)
        assert sorted(exchange.target for exchange in server.requests) == sorted(f"/{n}/QueueManagement" for n in ROWS)
        assert {exchange.connection for exchange in server.requests} == set(range(1, len(ROWS) + 1))
        assert server.connections == len(ROWS)
        host = f"127.0.0.1:{server.port}"
    told = {name: (o.result, o.fault.code if o.fault else None) for name, o in outcomes.items()}
    assert told == {name: (row.result, row.fault) for name, row in ROWS.items()}
    for outcome in outcomes.values():
        assert_tells_no_secret(outcome)
        assert outcome.fault is None or outcome.fault.host == host
        assert outcome.obstacle is None
        assert outcome.milliseconds is not None
    assert [outcomes[name].words for name in ("unauthorized", "forbidden", "too_many", "failed")] == [
        "HTTP 401",
        "HTTP 403",
        "HTTP 429",
        "",
    ]
    assert _retry_after(outcomes["too_many"]) == _retry_after(outcomes["busy"]) == 30


def _retry_after(outcome: Outcome) -> float | None:
    assert outcome.fault
    return outcome.fault.retry_after


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
async def test_no_other_host_gets_what_a_redirect_would_send_there(status: str) -> None:
    async with fault_server(other=answer(KICKED)) as other:
        outcome = await outcome_of(KICK, answer(b"", status, Location=other.url("other")))
        assert outcome.result is Result.UNKNOWN
        assert outcome.fault
        assert (outcome.fault.code, outcome.fault.words) == (FaultCode.REDIRECT, f"127.0.0.1:{other.port}")
        await anyio.sleep(0.2)
        assert other.connections == 0


async def test_polls_keep_their_connection_and_the_action_has_its_own() -> None:
    async with _vendor() as server:
        account = yemot_account(server.url("api"))
        async with closing(account):
            await part_of(account.feeds[0])
            assert (await account.perform(KICK)).result is Result.OK
            assert (await account.perform(KICK)).result is Result.OK
            await part_of(account.feeds[0])
        assert [exchange.connection for exchange in server.requests] == [1, 2, 3, 1]


async def test_a_kept_connection_gone_stale_does_not_make_an_action_uncertain() -> None:
    async def good_then_gone(exchange: Exchange) -> None:
        await answer(GOOD)(exchange)
        await raw(is_reset=True)(exchange)

    async with fault_server(api=in_turn(good_then_gone, answer(KICKED))) as server:
        account = yemot_account(server.url("api"))
        async with closing(account):
            await part_of(account.feeds[0])
            assert (await account.perform(KICK)).result is Result.OK
        assert [exchange.connection for exchange in server.requests] == [1, 2]


async def test_hanging_polls_do_not_hold_up_an_action() -> None:
    async def route(exchange: Exchange) -> None:
        await (answer(KICKED) if exchange.target.endswith("QueueManagement") else silence)(exchange)

    async with fault_server(api=route) as server:
        account = yemot_account(server.url("api"), queues=["/1", "/2", "/3", "/4"])
        async with closing(account), anyio.create_task_group() as group:
            for feed in account.feeds[:4]:
                group.start_soon(feed.fetch)
            with anyio.fail_after(2):
                while len(server.requests) < 4:  # noqa: ASYNC110 - there is no event to wait for
                    await anyio.sleep(0.01)
                assert (await account.perform(KICK)).result is Result.OK
            group.cancel_scope.cancel()


@pytest.mark.parametrize("scheme", ["http:", "https:"])
async def test_a_cancelled_action_closes_its_connection(scheme: str) -> None:
    async with fault_server(api=silence) as server:
        account = yemot_account(server.url("api").replace("http:", scheme))
        async with closing(account):
            before = _open_files()
            with anyio.move_on_after(0.3) as scope:
                await account.perform(KICK)
            assert scope.cancelled_caught
            assert server.connections == 1
            with anyio.fail_after(2):
                while _open_files() > before + 1:  # noqa: ASYNC110 - the server's own end stays until it is read
                    await anyio.sleep(0.01)


def _open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


async def test_milliseconds_run_from_sending_to_the_answer() -> None:
    async def slow(exchange: Exchange) -> None:
        await asyncio.sleep(0.3)
        await answer(KICKED)(exchange)

    outcome = await outcome_of(KICK, slow)
    assert outcome.milliseconds is not None
    assert 290 < outcome.milliseconds < 2_000


async def test_a_mistake_of_ours_says_whether_it_was_sent(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def mistaken(*_: object) -> None:
        raise RuntimeError(CANARY)

    with monkeypatch.context() as patch:
        patch.setattr(verdicts, "kicked", mistaken)
        outcome = await outcome_of(KICK, answer(KICKED))
    assert (outcome.result, outcome.fault) == (Result.UNKNOWN, Fault(FaultCode.INTERNAL, words="RuntimeError"))
    assert "QueueManagement: unexpected RuntimeError" in caplog.text
    async with fault_server(api=answer(KICKED)) as server:
        account = yemot_account(server.url("api"))
        monkeypatch.setattr(account._session, "_new_client", mistaken)
        outcome = await account.perform(KICK)
        assert (outcome.result, outcome.fault) == (Result.NOT_SENT, Fault(FaultCode.INTERNAL, words="RuntimeError"))
        assert server.connections == 0


async def test_neither_a_secret_nor_a_phone_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    await outcome_of(KICK, answer(KICKED))
    await outcome_of(STOP, answer({"ErrorCode": 1, "Description": "Invalid campaign code"}))
    assert CALL not in caplog.text
    assert "0500000001" not in caplog.text
    assert "CANARY" not in f"{caplog.text}{KICK}{STOP}"


def _vendor() -> AbstractAsyncContextManager[FaultServer]:
    """A queue that can be asked and managed."""

    async def route(exchange: Exchange) -> None:
        await answer(KICKED if exchange.target.endswith("QueueManagement") else GOOD)(exchange)

    return fault_server(api=route)
