"""The simulated call center: under a board, alone, or standing still for a picture."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import anyio

from wallboard.clock import SystemClock
from wallboard.config.load import LoadedSettings
from wallboard.config.model import Settings
from wallboard.simulator.configuration import configuration
from wallboard.simulator.scenario import load_scenario
from wallboard.simulator.server import serve
from wallboard.simulator.world import World
from wallboard.ui.terminal.last_resort import ENDING_SIGNALS


@asynccontextmanager
async def simulated(scenario: str, seed: int, speed: float) -> AsyncIterator[LoadedSettings]:
    """A simulated call center, served over real HTTP on a free loopback port, and the settings for it."""
    world = World(load_scenario(scenario), seed, SystemClock(), speed)
    async with serve(world) as address:
        yield LoadedSettings(Settings.model_validate(configuration(world, address)), None)


async def serve_simulator(
    scenario: str, seed: int, speed: float, port: int, announce: Callable[[str, dict[str, Any]], None]
) -> int:
    """Serve a simulated call center alone until interrupted; `announce` is told its address and a configuration."""
    world = World(load_scenario(scenario), seed, SystemClock(), speed)
    async with serve(world, port) as address:
        with anyio.open_signal_receiver(*ENDING_SIGNALS) as signals:
            announce(address, configuration(world, address))
            async for _ in signals:
                break
    return 0
