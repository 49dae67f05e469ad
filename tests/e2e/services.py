"""Servers for a board in another process: each lives in a thread, so that a test may wait for the terminal."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from wallboard.clock import SystemClock
from wallboard.config.toml import toml_text
from wallboard.simulator.configuration import configuration
from wallboard.simulator.scenario import load_scenario
from wallboard.simulator.server import serve
from wallboard.simulator.world import World

Served = TypeVar("Served")


@contextmanager
def in_thread(service: AbstractAsyncContextManager[Served]) -> Iterator[Served]:
    """Keep a service open in an event loop of its own while the block runs."""
    opened: list[Served | BaseException] = []
    is_open, loop, leaving = threading.Event(), asyncio.new_event_loop(), asyncio.Event()

    async def live() -> None:
        try:
            async with service as value:
                opened.append(value)
                is_open.set()
                await leaving.wait()
        except BaseException as error:
            opened.append(error)
            raise
        finally:
            is_open.set()

    thread = threading.Thread(target=lambda: loop.run_until_complete(live()))
    thread.start()
    assert is_open.wait(10)
    try:
        first = opened[0]
        if isinstance(first, BaseException):
            raise first
        yield first
    finally:
        loop.call_soon_threadsafe(leaving.set)
        thread.join(10)
        loop.close()


def living_world(scenario: str = "busy", seed: int = 3) -> World:
    return World(load_scenario(scenario), seed, SystemClock())


@contextmanager
def served(world: World, port: int = 0) -> Iterator[str]:
    """A world under its address."""
    with in_thread(serve(world, port)) as address:
        yield address


def configured(world: World, address: str, home: Path, **changes: Any) -> Path:
    """A wallboard.toml for the world; `changes` hold for every source that knows such a key."""
    tables = configuration(world, address)
    for source in tables["source"]:
        source |= {key: value for key, value in changes.items() if key in source or key == "poll_seconds"}
    return written(tables, home)


def written(tables: dict[str, Any], home: Path) -> Path:
    path = home / "board.toml"
    path.write_text(toml_text(tables), "utf-8")
    path.chmod(0o600)
    return path


def secrets_of(world: World) -> tuple[str, ...]:
    access = world.access
    return (access.token, access.code, access.dialer_code, *(campaign.code for campaign in world.floor.campaigns))
