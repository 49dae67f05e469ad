"""`wallboard call` as a process of its own, against a stand-in for both vendors."""

import asyncio
import fcntl
import json
import os
import pty
import select
import signal
import sys
import termios
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import anyio

from tests.vendors.fault_server import Exchange, FaultServer, Route, answer, fault_server

ROOT = Path(__file__).parents[2]
DEADLINE = 30.0
TOKEN, CODE, DIALER_CODE = "CANARY-token", "CANARY-code", "CANARY-dialer"
SURVEY, SALES = "CANARY-survey", "CANARY-sales"
CAMPAIGNS = {
    "ErrorCode": 0,
    "Description": "OK",
    "Data": [
        {"Name": "סקר", "StatusName": "Enabled", "Code": SURVEY},
        {"Name": "Twin", "StatusName": "Enabled", "Code": "CANARY-twin-1"},
        {"Name": "Twin", "StatusName": "Enabled", "Code": "CANARY-twin-2"},
        {"Name": "Sales", "StatusName": "Disabled", "Code": SALES},
    ],
}


@dataclass(frozen=True)
class Ended:
    """How a process ended."""

    code: int
    stdout: str
    stderr: str

    @property
    def answer(self) -> Any:
        return json.loads(self.stdout)


@dataclass(frozen=True)
class Desk:
    """A user's places, his configuration, and the vendors behind it."""

    home: Path
    server: FaultServer

    @property
    def config(self) -> Path:
        return self.home / "wallboard" / "wallboard.toml"

    @property
    def audit(self) -> Path:
        return self.home / "wallboard" / "audit.jsonl"

    @property
    def sent(self) -> list[str]:
        """The methods that were asked for."""
        return [exchange.target.rpartition("/")[2] for exchange in self.server.requests]

    def lines(self) -> list[dict[str, Any]]:
        """Of the audit."""
        return [json.loads(line) for line in self.audit.read_text().splitlines()] if self.audit.exists() else []

    def environ(self, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("WALLBOARD_", "XDG_"))}
        places = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"), str(self.home))
        return {**kept, **places, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error", "COLUMNS": "200", **more}

    async def start(self, *arguments: str, **more: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "wallboard",
            "call",
            *arguments,
            env=self.environ(**more),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )

    async def call(self, *arguments: str, **more: str) -> Ended:
        """Without a terminal."""
        return await ended(await self.start(*arguments, **more))

    async def call_at_terminal(self, typed: Sequence[str], *arguments: str) -> Ended:
        """At a terminal where this is typed, each piece when a question stands there; stderr is what it showed."""
        ours, theirs = pty.openpty()
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "wallboard",
            "call",
            *arguments,
            env=self.environ(),
            stdin=theirs,
            stdout=asyncio.subprocess.PIPE,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=_take_terminal,
        )
        os.close(theirs)
        try:
            shown = await asyncio.to_thread(_talk, ours, list(typed))
            with anyio.fail_after(DEADLINE):
                stdout, _ = await process.communicate()
        finally:
            os.close(ours)
        assert process.returncode is not None
        return Ended(process.returncode, stdout.decode(), shown)


def _take_terminal() -> None:
    """In the child: what is on stdin is its terminal, so that ctrl+c is a signal."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _talk(terminal: int, typed: list[str]) -> str:
    shown = b""
    while True:
        ready, _, _ = select.select([terminal], [], [], DEADLINE)
        assert ready, f"nothing more came after: {shown.decode()}"
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # the other side is closed
            return shown.decode()
        if not piece:
            return shown.decode()
        shown += piece
        if typed and shown.rstrip().endswith((b"[y/N]:", b"to confirm:")):
            os.write(terminal, typed.pop(0).encode())


async def ended(process: asyncio.subprocess.Process) -> Ended:
    """How it ended, which it must in time and without telling a secret."""
    try:
        with anyio.fail_after(DEADLINE):
            stdout, stderr = await process.communicate()
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
    assert process.returncode is not None
    assert "CANARY" not in stderr.decode()
    assert "Traceback" not in stderr.decode()
    return Ended(process.returncode, stdout.decode(), stderr.decode())


def by_method(routes: dict[str, Route]) -> Route:
    """A route for each method."""

    async def route(exchange: Exchange) -> None:
        await routes[exchange.target.rpartition("/")[2]](exchange)

    return route


@asynccontextmanager
async def desk(home: Path, more: str = "", **documents: object) -> AsyncIterator[Desk]:
    """Vendors that answer so, by method, and a configuration for them; `more` goes before the sources."""
    told: dict[str, Route] = {"GetCampaignList": answer(CAMPAIGNS)}
    for method, document in documents.items():
        told[method] = cast("Route", document) if callable(document) else answer(document)
    async with fault_server(ym=by_method(told), vc=by_method(told)) as server:
        urls = "\n".join(f'{name} = "{server.url("vc")}"' for name in ("monitor_url", "extensions_url", "dialer_url"))
        text = f"""{more}
[[source]]
kind = "yemot"
name = "Main line"
token = "{TOKEN}"
base_url = "{server.url("ym")}"
queues = ["/1"]

[[source]]
kind = "voicenter"
name = "Head office"
code = "{CODE}"
dialer_code = "{DIALER_CODE}"
{urls}
"""
        place = Desk(home, server)
        place.config.parent.mkdir(exist_ok=True)
        place.config.write_text(text)
        place.config.chmod(0o600)
        yield place
