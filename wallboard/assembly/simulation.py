"""The simulated call center: under a board, alone, or standing still for a picture."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio

from wallboard.assembly.board import ENDING_SIGNALS, BoardOptions, run_board
from wallboard.clock import SystemClock
from wallboard.config.model import Settings
from wallboard.simulator.configuration import configuration
from wallboard.simulator.scenario import load_scenario
from wallboard.simulator.server import serve
from wallboard.simulator.world import World


async def run_demo(scenario: str, seed: int, speed: float, options: BoardOptions, audit: Path) -> int:
    """Show the board on a simulated call center, served over real HTTP on a free loopback port."""
    world = World(load_scenario(scenario), seed, SystemClock(), speed)
    async with serve(world) as address:
        settings = Settings.model_validate(configuration(world, address))
        return await run_board(settings, options, audit, f"wallboard demo · {scenario}")


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
