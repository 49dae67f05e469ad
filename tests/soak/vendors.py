"""Both vendors in a process of their own, worse than their scenario: a share of all polls fails besides.

`python -m tests.soak.vendors --scenario NAME --seed N --speed X --share P`

The first line on stdout holds `configuration`; then each second one tells how often each method was asked (`asked`)
and which faults were done to how many (`faults`). The line `heal` on stdin ends all faults, its end the process.
"""

import argparse
import json
import os
import sys
from typing import Any

import anyio

from wallboard.clock import SystemClock
from wallboard.simulator.configuration import configuration
from wallboard.simulator.scenario import FaultKind, FaultPlan, Scenario, load_scenario
from wallboard.simulator.server import serve
from wallboard.simulator.world import World

# What makes a poll fail at once; a hanging one takes its whole deadline, and the scenario has those.
SUDDEN = (FaultKind.ERROR, FaultKind.TRUNCATED, FaultKind.GARBAGE, FaultKind.PAGE, FaultKind.EMPTY)
HARMLESS = (FaultKind.SLOW, FaultKind.FROZEN)
PERIOD_SECONDS = 1.0


def worsened(scenario: Scenario, share: float) -> Scenario:
    """The scenario in which this share of all polls fails in each of the sudden ways in turn, besides its own."""
    each = 1 - (1 - share) ** (1 / len(SUDDEN))  # they are drawn one after another
    plans = tuple(FaultPlan(kind=kind, probability=each) for kind in SUDDEN)
    return scenario.model_copy(update={"fault": plans + scenario.fault})


async def live(world: World) -> None:
    """Serve until stdin ends."""
    async with serve(world) as address, anyio.create_task_group() as tasks:
        _tell({"configuration": configuration(world, address)})
        tasks.start_soon(_count, world)
        while (line := await anyio.to_thread.run_sync(sys.stdin.readline)) == "heal\n":
            world.scenario = world.scenario.model_copy(update={"fault": ()})
        assert not line, f"what is {line!r}?"
        tasks.cancel_scope.cancel()


async def _count(world: World) -> None:
    while True:
        _tell({"asked": world.requests.counts, "faults": world.requests.faults})
        await world.clock.sleep(PERIOD_SECONDS)


def _tell(values: dict[str, Any]) -> None:
    os.write(1, json.dumps(values).encode() + b"\n")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--scenario", required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--speed", type=float, required=True)
    parser.add_argument("--share", type=float, required=True)
    given = parser.parse_args()
    world = World(worsened(load_scenario(given.scenario), given.share), given.seed, SystemClock(), given.speed)
    anyio.run(live, world)


if __name__ == "__main__":
    main()
