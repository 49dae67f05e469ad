"""Accounts that talk to a server of the test, and what the engine's poller does with a feed."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import pytest

from tests.vendors.fault_server import Route, fault_server
from wallboard.clock import Clock, SystemClock
from wallboard.config.model import Settings, VoicenterSource, YemotSource
from wallboard.domain.faults import Fault, FaultCode, VendorFault
from wallboard.domain.feeds import Note, NoteCode
from wallboard.domain.ports import Feed, Part, Source
from wallboard.vendors.feed import MethodFeed
from wallboard.vendors.http import Answer
from wallboard.vendors.voicenter.source import VoicenterAccount
from wallboard.vendors.yemot.source import YemotAccount

CANARY = "CANARY-5e/c+r et:Canary-pass"
FIXTURES = Path(__file__).parents[1] / "fixtures"


def fixture(name: str) -> dict[str, Any]:
    """A document of `tests/fixtures`, such as `yemot/GetQueueRealTime.answer`."""
    document = json.loads((FIXTURES / f"{name}.json").read_text())
    assert isinstance(document, dict)
    return document


GOOD = fixture("yemot/GetQueueRealTime.answer")


def yemot_account(url: str, clock: Clock | None = None, **settings: Any) -> YemotAccount:
    table = {"kind": "yemot", "name": "Main line", "token": CANARY, "base_url": url, "queues": ["/1"], **settings}
    whole = Settings.model_validate({"source": [table], "agents": {"0500000001": "דנה לוי"}})
    source = whole.source[0]
    assert isinstance(source, YemotSource)
    return YemotAccount(source, whole, clock or SystemClock())


def voicenter_account(url: str, clock: Clock | None = None, **settings: Any) -> VoicenterAccount:
    urls = dict.fromkeys(("monitor_url", "extensions_url", "dialer_url"), url)
    table = {"kind": "voicenter", "name": "Head office", "code": CANARY, **urls, **settings}
    whole = Settings.model_validate({"source": [table], "agents": {"Head office/SIPSIP7": "רות בר"}})
    source = whole.source[0]
    assert isinstance(source, VoicenterSource)
    return VoicenterAccount(source, whole, clock or SystemClock())


@asynccontextmanager
async def closing(*accounts: Source) -> AsyncIterator[None]:
    try:
        yield
    finally:
        for account in accounts:
            await account.aclose()


async def poll(feed: Feed) -> Part | Fault:
    """Ask once as the poller does."""
    try:
        with anyio.fail_after(feed.deadline):
            return await feed.fetch()
    except TimeoutError:
        return Fault(FaultCode.TIMEOUT)
    except VendorFault as raised:
        assert_discreet(raised)
        return raised.fault


async def part_of(feed: Feed) -> Part:
    """A good answer, or the test fails with the fault."""
    part = await poll(feed)
    if isinstance(part, Fault):
        pytest.fail(f"{part}")
    return part


async def fault_of(feed: Feed) -> Fault:
    """A fault, or the test fails with the part."""
    fault = await poll(feed)
    if isinstance(fault, Part):
        pytest.fail(f"{fault}")
    return fault


async def fault_from(route: Route) -> Fault:
    """What a Yemot queue makes of such a server."""
    async with fault_server(bad=route) as server:
        account = yemot_account(server.url("bad"))
        async with closing(account):
            fault = await fault_of(account.feeds[0])
            assert fault.code is FaultCode.TIMEOUT or fault.host == f"127.0.0.1:{server.port}"
            assert not [exchange.target for exchange in server.requests if "CANARY" in exchange.target]
            return fault


def assert_discreet(error: BaseException) -> None:
    """No secret in an exception, in what it holds, or in what led to it."""
    assert error.__context__ is None
    assert error.__cause__ is None
    for secret in (CANARY, "Canary-pass", "CANARY"):
        assert secret not in f"{error!r} {error} {error.args}"


def read(feed: Feed, document: Any, clock: Clock, clock_offset: float | None = None) -> Part:
    """What the feed makes of a document (or body) that arrives now, from a server whose `Date` differs so much."""
    assert isinstance(feed, MethodFeed)
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    return feed._part(
        Answer(
            body=body,
            host="vendor.example",
            media_type="application/json",
            charset=None,
            received_at=clock.monotonic(),
            received_on=clock.now(),
            latency=0.1,
            clock_offset=clock_offset,
        )
    )


def notes(part: Part) -> dict[NoteCode, Note]:
    """The part's notes by their codes."""
    return {note.code: note for note in part.notes}
