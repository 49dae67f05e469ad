"""A program of its own, to be killed: the real importer, dispatcher, audit and account, over a server of the test.

`python -m tests.engine.imports.import_child FOLDER URL FILE POINT` adds the file, dies at the point of the second
batch, or lives to the end and prints what came of it.
"""

import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio

from tests.vendors.accounts import voicenter_account
from wallboard.clock import SystemClock
from wallboard.engine import tickets
from wallboard.engine.audit.log import AuditLog
from wallboard.engine.dispatcher import Dispatcher
from wallboard.engine.engine import Engine
from wallboard.engine.enquiries import EnquiryDesk
from wallboard.engine.gate import Gate
from wallboard.engine.imports import shipment
from wallboard.engine.imports.importer import Importer
from wallboard.engine.imports.ledger import Ledger
from wallboard.engine.journal import Journal
from wallboard.vendors.http import HttpSession
from wallboard.vendors.voicenter.source import VoicenterAccount

DEADLINE_SECONDS = 50.0
# The server of the test is done with a batch, or never will be, when its answer is lost.
HURRY = {"GAP_SECONDS": 0.01, "SETTLE_AFTER_SECONDS": 0.6, "SETTLE_GAP_SECONDS": 0.1, "CLAIM_GAP_SECONDS": 0.1}
# Where it can be told to die: the class and its method, and whether that has been done by then.
POINTS: dict[str, tuple[type, str, bool]] = {
    "before_ledger_intent": (Ledger, "intend", False),
    "after_ledger_intent": (Ledger, "intend", True),
    "before_audit_intent": (Journal, "intend", False),
    "after_audit_intent": (Journal, "intend", True),
    "before_request": (HttpSession, "post_once", False),
    "after_answer": (VoicenterAccount, "perform", True),
    "before_audit_outcome": (Journal, "conclude", False),
    "before_ledger_outcome": (Ledger, "conclude", False),
    "after_ledger_outcome": (Ledger, "conclude", True),
}


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
    threading.Event().wait()  # of a thread the signal takes a moment


def set_up(point: str) -> None:
    logging.disable(logging.WARNING)  # the feeds that are not served
    tickets.CLAIM_SECONDS = 0.3
    for name, seconds in HURRY.items():
        setattr(shipment, name, seconds)
    if point not in POINTS:
        return
    owner, method, is_done = POINTS[point]
    work, times = getattr(owner, method), 0

    def is_time() -> bool:
        nonlocal times
        times += 1
        return times == 2

    def dying(*arguments: Any, **named: Any) -> Any:
        is_last = is_time()
        if is_last and not is_done:
            die()
        result = work(*arguments, **named)
        if is_last:
            die()
        return result

    async def dying_later(*arguments: Any, **named: Any) -> Any:
        is_last = is_time()
        if is_last and not is_done:
            die()
        result = await work(*arguments, **named)
        if is_last:
            die()
        return result

    setattr(owner, method, dying if owner is Ledger else dying_later)


async def live(folder: Path, url: str, path: Path) -> None:
    clock = SystemClock()
    account = voicenter_account(url, clock, max_requests_per_second=50)
    engine = Engine(clock, [account])
    log = AuditLog(folder / "audit.jsonl", clock, "dana", socket.gethostname())
    dispatcher = Dispatcher(clock, engine, [account], log, Gate(clock))
    importer = Importer(clock, engine, dispatcher, EnquiryDesk(engine, [account]), folder / "imports")
    async with anyio.create_task_group() as tasks:
        for run in (engine.run, dispatcher.run, importer.run):
            tasks.start_soon(run)
        await until(lambda: bool(engine.snapshot().floor.campaigns))
        (campaign,) = engine.snapshot().floor.campaigns
        plan = await importer.plan(path, campaign)
        importer.start(plan, campaign, "Warm leads")
        await until(lambda: not importer.all()[0].is_under_way)
        (progress,) = importer.all()
        told = (progress.stage, len(plan.good), len(plan.bad), len(plan.doubles), progress.refused, progress.unsure)
        sys.stdout.write(" ".join(map(str, told)) + f" {progress.words}\n")
        tasks.cancel_scope.cancel()
    await account.aclose()


async def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError
        await anyio.sleep(0.01)


if __name__ == "__main__":
    set_up(sys.argv[4])
    anyio.run(live, Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
