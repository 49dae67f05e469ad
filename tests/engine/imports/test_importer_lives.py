"""Real processes over real HTTP, killed at every step and at any moment: the vendor has each number exactly once."""

import asyncio
import csv
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import anyio

from tests.engine.imports.import_child import POINTS
from tests.vendors.fault_server import Exchange, FaultServer, answer, fault_server, raw
from wallboard.language.phones import dialable

ROOT = Path(__file__).parents[3]
CODE = "CANARY-campaign-code"
AT_ONCE = 3  # processes
GOOD, BAD, DOUBLE = 19_200, 300, 500
LIVES = 6
_cut = raw()

# What happens to a batch: it may be added, in whole or in part, and answered, or the connection is cut.
Fate = Callable[["Dialer", Exchange], Awaitable[None]]


@dataclass
class Dialer:
    """A campaign at a stand-in of the vendor. `fates`: of the batches by their place; the others are added."""

    is_running: bool = True
    fates: dict[int, Fate] = field(default_factory=dict)
    targets: list[str] = field(default_factory=list)
    batches: list[int] = field(default_factory=list)  # how many targets each had
    refused: set[str] = field(default_factory=set)
    seconds: Callable[[], float] = lambda: 0.0  # how long a batch takes
    on_batch: Callable[[], None] = lambda: None
    before_answer: Callable[[], Awaitable[None]] | None = None

    async def serve(self, exchange: Exchange) -> None:
        match exchange.target.rpartition("/")[2]:
            case "GetCampaignList":
                await answer({"Data": [self._campaign()], "ErrorCode": 0, "Description": "OK"})(exchange)
            case "GetCampaignPendingCalls":
                calls = [{"CallID": str(place), "Phone": phone} for place, phone in enumerate(self.targets)]
                data = {"Campaign": self._campaign() | {"Status": 1 if self.is_running else 2}, "Calls": calls}
                await answer({"Data": data, "ErrorCode": 0, "Description": "OK"})(exchange)
            case "AddCallsBulk":
                await self._add(exchange)
            case _:
                await answer({"ERR": 2, "DESC": "Internal error"})(exchange)

    def take(self, exchange: Exchange, *, until: int | None = None) -> object:
        """Add a request's rows; the whole answer."""
        rows = json.loads(exchange.body)[:until]
        results = []
        for row in rows:
            phone = dialable(row["Target"])
            assert phone is not None
            is_refused = phone in self.refused
            if not is_refused:
                self.targets.append(phone)
            told = {"ErrorCode": -2, "Description": "Number is invalid"} if is_refused else {"ErrorCode": 0}
            results.append({"Target": row["Target"], "Description": "OK", "CustomData": {}, **told})
        return {"AddResult": results, "ErrorCode": 0, "Description": "OK"}

    async def _add(self, exchange: Exchange) -> None:
        self.batches.append(len(json.loads(exchange.body)))
        self.on_batch()
        await asyncio.sleep(self.seconds())
        if fate := self.fates.get(len(self.batches)):
            await fate(self, exchange)
            return
        told = self.take(exchange)
        if self.before_answer:
            await self.before_answer()
        await answer(told)(exchange)

    def _campaign(self) -> dict[str, object]:
        status = "Enabled" if self.is_running else "Disabled"
        return {"Name": "Warm leads", "Code": CODE, "StatusName": status, "TotalPendingCalls": len(self.targets)}


async def add_and_cut(dialer: Dialer, exchange: Exchange) -> None:
    dialer.take(exchange)
    await _cut(exchange)


async def add_half_and_cut(dialer: Dialer, exchange: Exchange) -> None:
    dialer.take(exchange, until=len(json.loads(exchange.body)) // 2)
    await _cut(exchange)


async def cut(dialer: Dialer, exchange: Exchange) -> None:
    await _cut(exchange)


async def add_and_err(dialer: Dialer, exchange: Exchange) -> None:
    dialer.take(exchange)
    await answer("<html>Bad gateway</html>", "502 Bad Gateway", Content_Type="text/html")(exchange)


async def add_and_tell_half(dialer: Dialer, exchange: Exchange) -> None:
    told = dialer.take(exchange)
    assert isinstance(told, dict)
    told["AddResult"] = told["AddResult"][::2]
    await answer(told)(exchange)


def number(place: int) -> str:
    return f"050{place:07}"


def small_file(folder: Path, count: int = 1_200) -> Path:
    path = folder / "small.csv"
    path.write_text("phone\n" + "".join(f"{number(place)}\n" for place in range(count)))
    return path


def large_file(folder: Path) -> Path:
    """20,000 rows, of which 300 are bad and 500 double."""
    random = Random(4)
    rows = [number(place) for place in range(GOOD)]
    rows += [random.choice(["", "12", "no number", "050-12", "*2700"]) for _ in range(BAD)]
    random.shuffle(rows)
    good = [row for row in rows if row.startswith("0500")]
    for _ in range(DOUBLE):
        rows.insert(random.randrange(len(rows)), f"+972 {random.choice(good)[1:]}")
    path = folder / "large.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["טלפון", "שם"], *([row, f"לקוח {place}"] for place, row in enumerate(rows))])
    return path


@asynccontextmanager
async def serving(**dialers: Dialer) -> AsyncIterator[FaultServer]:
    async with fault_server(**{name: dialer.serve for name, dialer in dialers.items()}) as server:
        yield server


async def child(folder: Path, url: str, path: Path, point: str = "none") -> asyncio.subprocess.Process:
    command = [sys.executable, "-m", "tests.engine.imports.import_child", str(folder), url, str(path), point]
    environ = {**os.environ, "PYTHONWARNINGS": "error"}
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environ, stdout=pipe, stderr=pipe)


async def ended(process: asyncio.subprocess.Process) -> tuple[int | None, str]:
    """How it ended, and what it said."""
    with anyio.fail_after(60):
        said, complaint = await process.communicate()
    assert not complaint, complaint.decode()
    return process.returncode, said.decode().strip()


def report(folder: Path, *, newest: bool) -> list[dict[str, str]]:
    """The rows of the newest or the oldest report there."""
    paths = sorted(folder.glob("*.report-*.csv"))
    with paths[-1 if newest else 0].open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# Killed at every step


# Requests by the program that dies, and by the next one.
STEPS = {
    "before_ledger_intent": (1, 2),
    "after_ledger_intent": (1, 2),
    "before_audit_intent": (1, 2),
    "after_audit_intent": (1, 2),
    "before_request": (1, 2),
    "server_has_it_and_does_nothing": (2, 2),
    "server_has_done_half": (2, 1),
    "server_has_done_it": (2, 1),
    "after_answer": (2, 1),
    "before_audit_outcome": (2, 1),
    "before_ledger_outcome": (2, 1),
    "after_ledger_outcome": (2, 1),
}


async def test_wherever_the_program_dies_the_next_makes_it_whole(tmp_path: Path) -> None:
    assert STEPS.keys() >= POINTS.keys()
    # Of a part that arrived in a running campaign it could not be told what became of the rest: see below.
    dialers = {point: Dialer(is_running=point != "server_has_done_half") for point in STEPS}
    steps: dict[str, tuple[int, int]] = {}
    async with serving(**dialers) as server:
        places = anyio.CapacityLimiter(AT_ONCE)

        async def tell(point: str) -> None:
            async with places:
                (tmp_path / point).mkdir()
                steps[point] = await _two_lives(tmp_path / point, server.url(point), point, dialers[point])

        async with anyio.create_task_group() as tasks:
            for point in STEPS:
                tasks.start_soon(tell, point)
    assert steps == STEPS


async def _two_lives(folder: Path, url: str, point: str, dialer: Dialer) -> tuple[int, int]:
    path = small_file(folder)
    process = await child(folder / "state", url, path, point)

    async def kill() -> None:
        process.send_signal(signal.SIGKILL)
        await process.wait()

    async def die_before(dialer: Dialer, exchange: Exchange) -> None:
        if point != "server_has_it_and_does_nothing":
            dialer.take(exchange, until=250 if point == "server_has_done_half" else None)
        await kill()

    if point.startswith("server"):
        dialer.fates[2] = die_before
    assert (await ended(process))[0] == -signal.SIGKILL
    requests = len(dialer.batches)
    code, said = await ended(await child(folder / "state", url, path))
    assert (code, said) == (0, "ended 1200 0 0 0 0"), point
    assert sorted(dialer.targets) == [f"972{number(place)[1:]}" for place in range(1_200)], point
    return requests, len(dialer.batches) - requests


# Killed at any moment, by a bad vendor


async def test_twenty_thousand_rows_through_many_lives_are_there_exactly_once(tmp_path: Path) -> None:
    random = Random(1)
    fates = {4: add_and_cut, 17: cut, 23: add_and_err, 31: add_and_tell_half}
    dialer = Dialer(fates=fates, seconds=lambda: random.uniform(0.0, 0.08))  # type: ignore[arg-type]
    path = large_file(tmp_path)
    kills = []
    async with serving(dialer=dialer) as server:
        for _ in range(LIVES):
            kills.append(await _killed_life(tmp_path / "state", server.url("dialer"), path, dialer, random))
            assert not [phone for phone, count in Counter(dialer.targets).items() if count > 1]
        code, said = await ended(await child(tmp_path / "state", server.url("dialer"), path))
    assert (code, said) == (0, f"ended {GOOD} {BAD} {DOUBLE} 0 0")
    assert kills == [-signal.SIGKILL] * LIVES
    assert len(dialer.targets) == GOOD
    assert sorted(dialer.targets) == [f"972{number(place)[1:]}" for place in range(GOOD)]
    results = Counter(row["result"] for row in report(tmp_path, newest=True))
    assert sorted(results.values()) == [BAD, DOUBLE, GOOD]
    assert results["added"] == GOOD


async def _killed_life(folder: Path, url: str, path: Path, dialer: Dialer, random: Random) -> int | None:
    """One that is killed a moment after it sent its first batch, or before."""
    begun = asyncio.Event()
    dialer.on_batch = begun.set
    process = await child(folder, url, path)
    with anyio.move_on_after(random.choice([1.0, 30.0, 30.0, 30.0])):
        await begun.wait()
    await asyncio.sleep(random.uniform(0.0, 0.9))
    process.send_signal(signal.SIGKILL)
    return (await ended(process))[0]


async def test_rows_refused_under_a_good_answer_are_told_singly(tmp_path: Path) -> None:
    refused = {f"972{number(place)[1:]}" for place in range(0, 1_200, 100)}
    dialer = Dialer(refused=refused)
    async with serving(dialer=dialer) as server:
        code, said = await ended(await child(tmp_path / "state", server.url("dialer"), small_file(tmp_path)))
        assert (code, said) == (0, "ended 1200 0 0 12 0")
        code, said = await ended(await child(tmp_path / "state", server.url("dialer"), small_file(tmp_path)))
    assert (code, said) == (0, "ended 1200 0 0 0 0")
    assert len(dialer.batches) == 3
    assert len(dialer.targets) == 1_188
    rows = [row for row in report(tmp_path, newest=False) if row["result"] != "added"]
    assert len(rows) == 12
    assert {(row["vendor's code"].strip("'"), row["vendor's words"]) for row in rows} == {("-2", "Number is invalid")}


async def test_what_is_missing_of_a_batch_that_arrived_in_a_running_campaign_is_never_sent_again(
    tmp_path: Path,
) -> None:
    dialer = Dialer(fates={2: add_half_and_cut})
    async with serving(dialer=dialer) as server:
        for unsure in (250, 0):  # in this life, and nothing is left for the next
            code, said = await ended(await child(tmp_path / "state", server.url("dialer"), small_file(tmp_path)))
            assert (code, said) == (0, f"ended 1200 0 0 0 {unsure}")
    assert len(dialer.batches) == 3
    assert (len(dialer.targets), len(set(dialer.targets))) == (950, 950)
    results = Counter(row["result"] for row in report(tmp_path, newest=False))
    assert sorted(results.values()) == [250, 950]


async def test_a_stopped_campaign_is_whole_after_every_kind_of_lost_answer(tmp_path: Path) -> None:
    fates: dict[int, Fate] = {1: add_half_and_cut, 2: cut, 4: add_and_cut, 5: add_and_err}
    dialer = Dialer(is_running=False, fates=fates)
    async with serving(dialer=dialer) as server:
        code, said = await ended(await child(tmp_path / "state", server.url("dialer"), small_file(tmp_path)))
    assert (code, said) == (0, "ended 1200 0 0 0 0")
    assert sorted(dialer.targets) == [f"972{number(place)[1:]}" for place in range(1_200)]
