"""The real board on a scripted vendor, in a pseudo-terminal."""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.bench.floor import Script
from tests.bench.vendor import vendor_of
from tests.e2e.services import written
from tests.e2e.terminal import environment
from tests.programs import Program

SIZE = (200, 50)
FIRST_TITLE = b"Queues"
FIRST_FIGURE = b"SIP000"  # an agent's number, which only the vendor knows
CTRL_L = "\x0c"


def configuration(port: int, script: Script, poll_seconds: float) -> dict[str, Any]:
    """A wallboard.toml for a scripted vendor."""
    address = f"http://127.0.0.1:{port}"
    sources: list[dict[str, Any]] = [
        {
            "kind": "voicenter",
            "name": "Head office",
            "code": "bench-code-0000001",
            "monitor_url": f"{address}/comet/API/",
            "extensions_url": f"{address}/Comet/api/",
            "dialer_url": f"{address}/ForwardDialer/Dialer/",
            "time_zone": "UTC",
            "poll_seconds": poll_seconds,
            "campaign_poll_seconds": poll_seconds,
            "max_requests_per_second": 1000,
        }
    ]
    if script.yemot_queues:
        sources.append(
            {
                "kind": "yemot",
                "name": "Main line",
                "token": "bench-token",
                "base_url": f"{address}/ym/api/",
                "poll_seconds": poll_seconds,
                "max_requests_per_second": 1000,
                "queues": [{"path": f"/{number}"} for number in range(1, script.yemot_queues + 1)],
            }
        )
    return {"board": {"language": "en"}, "source": sources}


@contextmanager
def board(
    script: Script, *, poll_seconds: float = 1, rate: float | None = None, size: tuple[int, int] = SIZE
) -> Iterator[tuple[Program, int]]:
    """`wallboard run`, started, in its first second; and the vendor's port."""
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as home,
        vendor_of(script) as port,
    ):
        place = Path(home)
        path = written(configuration(port, script, poll_seconds), place)
        argv = [sys.executable, "-m", "wallboard", "run", "--config", str(path)]
        environ = environment(place, {"PYTHONWARNINGS": "ignore"})
        with Program(argv, environ, size=size, rate=rate) as program:
            yield program, port


@contextmanager
def settled_board(
    script: Script, *keys: str, poll_seconds: float = 1, rate: float | None = None, size: tuple[int, int] = SIZE
) -> Iterator[tuple[Program, int]]:
    """The same with its first figures, after these keys, at rest but for its ticks."""
    with board(script, poll_seconds=poll_seconds, rate=rate, size=size) as (program, port):
        program.until_written(FIRST_FIGURE, seconds=60)
        time.sleep(0.5)
        for key in keys:
            program.send(key)
            time.sleep(0.3)
        time.sleep(1.5)
        yield program, port
