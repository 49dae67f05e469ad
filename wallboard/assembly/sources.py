"""Accounts of the settings, opened and closed; and asked once, for the commands that do not stay."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import anyio

from wallboard.clock import Clock, SystemClock
from wallboard.config.model import Settings, YemotSource
from wallboard.domain.faults import Fault
from wallboard.domain.feeds import FeedKey
from wallboard.domain.ports import Part, Source
from wallboard.domain.snapshot import Snapshot
from wallboard.engine.engine import Engine
from wallboard.engine.pace import Pace
from wallboard.engine.poller import fetch
from wallboard.vendors.voicenter.source import VoicenterAccount
from wallboard.vendors.yemot.source import YemotAccount


@dataclass(frozen=True, slots=True)
class Probe:
    """One feed, asked once: what came, or what went wrong."""

    key: FeedKey
    kind: str
    milliseconds: float | None
    part: Part | None
    fault: Fault | None


@asynccontextmanager
async def open_sources(settings: Settings, clock: Clock) -> AsyncIterator[list[Source]]:
    """The accounts of the settings, closed at the end."""
    sources: list[Source] = [
        YemotAccount(source, settings, clock)
        if isinstance(source, YemotSource)
        else VoicenterAccount(source, settings, clock)
        for source in settings.source
    ]
    try:
        yield sources
    finally:
        with anyio.CancelScope(shield=True):
            for source in sources:
                await source.aclose()


async def poll_once(settings: Settings) -> Snapshot:
    """Ask every feed once."""
    clock = SystemClock()
    async with open_sources(settings, clock) as sources:
        return await Engine(clock, sources).poll_once()


async def probe(settings: Settings) -> list[Probe]:
    """Ask every feed once, each with its own verdict, in the order of the configuration."""
    clock = SystemClock()
    found: dict[FeedKey, Probe] = {}
    async with open_sources(settings, clock) as sources:

        async def ask(source: Source, place: int, pace: Pace) -> None:
            feed = source.feeds[place]
            async with pace.turn():
                began = clock.monotonic()
                answer = await fetch(feed)
            milliseconds = (clock.monotonic() - began) * 1000
            part, fault = (answer, None) if isinstance(answer, Part) else (None, answer)
            found[feed.key] = Probe(feed.key, source.kind, milliseconds, part, fault)

        async with anyio.create_task_group() as tasks:
            for source in sources:
                pace = Pace(clock, source.requests_per_second, source.concurrency)
                for place in range(len(source.feeds)):
                    tasks.start_soon(ask, source, place, pace)
        return [found[feed.key] for source in sources for feed in source.feeds]
