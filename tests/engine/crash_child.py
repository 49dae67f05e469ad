"""A program of its own, to be killed: the real dispatcher, audit and account, over a server of the test.

`python -m tests.engine.crash_child FOLDER URL POINT CALL...` takes these calls out of the queue and dies at the point;
without calls it looks on until everything is settled, and prints its tickets.
"""

import os
import signal
import socket
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio

from tests.vendors.accounts import yemot_account
from wallboard.clock import SystemClock
from wallboard.domain.actions import KickCaller, Stage
from wallboard.domain.feeds import FeedKey
from wallboard.engine.audit import log
from wallboard.engine.audit.log import AuditLog
from wallboard.engine.disk import write_whole
from wallboard.engine.dispatcher import Dispatcher
from wallboard.engine.engine import Engine
from wallboard.engine.gate import Gate
from wallboard.engine.journal import Journal
from wallboard.vendors.http import HttpSession
from wallboard.vendors.yemot.source import YemotAccount

QUEUE = FeedKey("Main line", "GetQueueRealTime", "/1")
DEADLINE_SECONDS = 20.0
LOOKING_ON_SECONDS = 3.0  # a few polls
# Where it can be told to die: the class and its method, and whether that has been done by then.
POINTS: dict[str, tuple[type, str, bool]] = {
    "before_intent": (Journal, "intend", False),
    "after_intent": (Journal, "intend", True),
    "before_request": (HttpSession, "post_once", False),
    "after_answer": (YemotAccount, "perform", True),
    "before_outcome": (Journal, "conclude", False),
    "after_outcome": (Journal, "conclude", True),
}
TORN = {"torn_intent": 1, "torn_outcome": 2}  # which line is the torn one


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def dying(work: Callable[..., Awaitable[Any]], *, is_done: bool) -> Callable[..., Awaitable[Any]]:
    async def wrapped(*arguments: Any, **named: Any) -> None:
        if is_done:
            await work(*arguments, **named)
        die()

    return wrapped


def tearing(count: int) -> Callable[[int, bytes], None]:
    """Writes so many lines, the last one only in part."""
    write, left = write_whole, count

    def torn(descriptor: int, content: bytes) -> None:
        nonlocal left
        left -= 1
        if left:
            write(descriptor, content)
            return
        os.write(descriptor, content[: len(content) // 2])
        die()

    return torn


def set_up(point: str) -> None:
    if point in POINTS:
        owner, method, is_done = POINTS[point]
        setattr(owner, method, dying(getattr(owner, method), is_done=is_done))
    elif point in TORN:
        vars(log)["write_whole"] = tearing(TORN[point])


async def live(folder: Path, url: str, calls: list[str]) -> None:
    clock = SystemClock()
    account = yemot_account(url, clock, poll_seconds=1, max_requests_per_second=50)
    engine = Engine(clock, [account])
    log = AuditLog(folder / "audit.jsonl", clock, "dana", socket.gethostname())
    dispatcher = Dispatcher(clock, engine, [account], log, Gate(clock))
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(engine.run)
        tasks.start_soon(dispatcher.run)
        await until(lambda: engine.snapshot().feeds[QUEUE].succeeded_at is not None)
        if calls:
            commands = [KickCaller(source="Main line", target=c, words=c, feed=QUEUE, queue="/1") for c in calls]
            dispatcher.submit(commands)
            await until(lambda: all(ticket.stage is Stage.ENDED for ticket in dispatcher.tickets()))
        else:
            await anyio.sleep(LOOKING_ON_SECONDS)
            await until(lambda: not any(ticket.is_open for ticket in dispatcher.tickets()))
        for ticket in dispatcher.tickets():
            assert ticket.outcome
            sys.stdout.write(f"{ticket.command.target} {ticket.outcome.result} {ticket.settlement}\n")
        tasks.cancel_scope.cancel()
    await account.aclose()


async def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError
        await anyio.sleep(0.01)


if __name__ == "__main__":
    set_up(sys.argv[3])
    anyio.run(live, Path(sys.argv[1]), sys.argv[2], sys.argv[4:])
