"""The gate: it locks when left alone, only the PIN opens it, and wrong tries cost time."""

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import anyio
import pytest

from wallboard.clock import ManualClock
from wallboard.domain.access import Lock
from wallboard.domain.actions import Obstacle
from wallboard.engine.gate import Gate

PIN = "8046"
MINUTE = 60.0


@dataclass
class Keeper:
    """Knows the PIN, and keeps the records."""

    checked: list[str] = field(default_factory=list)
    records: list[str] = field(default_factory=list)
    threads: set[int] = field(default_factory=set)
    at_once: int = 0
    most_at_once: int = 0
    takes_seconds: float = 0.0

    def is_pin(self, pin: str) -> bool:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        time.sleep(self.takes_seconds)
        self.checked.append(pin)
        self.threads.add(threading.get_ident())
        self.at_once -= 1
        return pin == PIN

    def record(self, event: str) -> None:
        self.threads.add(threading.get_ident())
        self.records.append(event)


def gate(
    clock: ManualClock, keeper: Keeper, idle_seconds: float | None = MINUTE, *, is_read_only: bool = False
) -> Gate:
    return Gate(clock, is_read_only=is_read_only, idle_seconds=idle_seconds, is_pin=keeper.is_pin, record=keeper.record)


def locked(clock: ManualClock, keeper: Keeper) -> Gate:
    made = gate(clock, keeper)
    clock.jump(MINUTE)
    assert made.is_locked
    return made


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.005)


def test_it_is_what_the_ui_takes_for_a_lock() -> None:
    lock: Lock = Gate(ManualClock())
    assert not lock.is_locked
    assert lock.unlock_wait == 0


def test_a_read_only_terminal_lets_nobody_act_and_has_nothing_to_lock() -> None:
    clock, keeper = ManualClock(), Keeper()
    viewer = gate(clock, keeper, is_read_only=True)
    clock.jump(10 * MINUTE)
    assert viewer.is_read_only
    assert viewer.obstacle() is Obstacle.READ_ONLY
    assert not viewer.is_locked
    assert keeper.records == []


def test_it_starts_open_and_stays_so_unless_it_is_to_lock() -> None:
    clock = ManualClock()
    never = gate(clock, Keeper(), None)
    clock.jump(1e9)
    assert never.obstacle() is None


def test_it_locks_once_it_was_left_alone_and_keys_hold_it_open() -> None:
    clock, keeper = ManualClock(), Keeper()
    made = gate(clock, keeper)
    for _ in range(5):
        clock.jump(MINUTE - 1)
        assert made.obstacle() is None
        made.touch()
    clock.jump(MINUTE)
    assert made.obstacle() is Obstacle.LOCKED
    until(lambda: keeper.records == ["locked"])


def test_a_key_after_the_time_never_unlocks_even_if_nobody_had_looked() -> None:
    clock, keeper = ManualClock(), Keeper()
    made = gate(clock, keeper)
    clock.jump(MINUTE)
    made.touch()
    assert made.is_locked
    clock.set_back(10 * MINUTE)
    for _ in range(3):
        made.touch()
        assert made.is_locked
    until(lambda: keeper.records == ["locked"])


async def test_the_pin_opens_it_until_it_is_left_alone_again() -> None:
    clock, keeper = ManualClock(), Keeper()
    made = locked(clock, keeper)
    clock.jump(10 * MINUTE)
    assert await made.unlock(PIN) is None
    assert made.obstacle() is None
    clock.jump(MINUTE - 1)
    assert not made.is_locked
    clock.jump(1)
    assert made.is_locked
    until(lambda: keeper.records == ["locked", "unlocked", "locked"])
    assert threading.get_ident() not in keeper.threads


async def test_wrong_pins_cost_growing_time_up_to_five_minutes_and_a_right_one_forgets_them() -> None:
    clock, keeper = ManualClock(), Keeper()
    made = locked(clock, keeper)
    waits = []
    for _ in range(12):
        wait = await made.unlock("0000")
        assert wait is not None
        assert made.unlock_wait == wait
        waits.append(wait)
        clock.jump(wait)
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]
    assert await made.unlock(PIN) is None
    clock.jump(MINUTE)
    assert await made.unlock("0000") == 1
    assert keeper.records == ["locked", *["wrong_pin"] * 12, "unlocked", "locked", "wrong_pin"]


async def test_a_pin_that_comes_too_early_is_not_looked_at_even_when_it_is_right() -> None:
    clock, keeper = ManualClock(), Keeper()
    made = locked(clock, keeper)
    await made.unlock("0000")
    clock.jump(0.75)
    assert await made.unlock(PIN) == 0.25
    assert (made.is_locked, keeper.checked) == (True, ["0000"])
    clock.set_back(1000)
    assert await made.unlock(PIN) == 0.25, "the wall clock does not count"
    clock.jump(0.25)
    assert await made.unlock(PIN) is None


async def test_tries_at_the_same_time_gain_nothing() -> None:
    clock, keeper = ManualClock(), Keeper(takes_seconds=0.05)
    made = locked(clock, keeper)
    answers: list[float | None] = []

    async def attempt(pin: str) -> None:
        answers.append(await made.unlock(pin))

    async with anyio.create_task_group() as tasks:
        for number in range(50):
            tasks.start_soon(attempt, f"{number:04}")
        tasks.start_soon(attempt, PIN)
    assert answers == [1.0] * 51
    assert (len(keeper.checked), keeper.most_at_once) == (1, 1)
    assert made.is_locked


async def test_leaving_in_the_middle_of_a_try_does_not_make_it_free_or_unrecorded() -> None:
    clock, keeper = ManualClock(), Keeper(takes_seconds=0.1)
    made = locked(clock, keeper)
    task = asyncio.create_task(made.unlock("0000"))
    await asyncio.to_thread(until, lambda: keeper.at_once == 1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await made.unlock(PIN) == 1
    until(lambda: keeper.records == ["locked", "wrong_pin"])


async def test_an_open_gate_looks_at_no_pin() -> None:
    keeper = Keeper()
    assert await gate(ManualClock(), keeper).unlock("0000") is None
    assert keeper.checked == []


async def test_without_a_pin_nothing_opens_it() -> None:
    clock = ManualClock()
    made = Gate(clock, idle_seconds=MINUTE)
    clock.jump(MINUTE)
    assert await made.unlock("") == 1


async def test_a_record_that_fails_neither_keeps_out_nor_tells_why(caplog: pytest.LogCaptureFixture) -> None:
    def fail(event: str) -> None:
        raise OSError(28, f"no space for {event} of {PIN}")

    clock, keeper = ManualClock(), Keeper()
    made = Gate(clock, idle_seconds=MINUTE, is_pin=keeper.is_pin, record=fail)
    clock.jump(MINUTE)
    with caplog.at_level(logging.DEBUG):
        assert await made.unlock("0000") == 1
        clock.jump(1)
        assert await made.unlock(PIN) is None
    assert not made.is_locked
    assert [record.getMessage() for record in caplog.records if record.name.startswith("wallboard")] == [
        f"the record of {event} failed: OSError" for event in ("locked", "wrong_pin", "unlocked")
    ]
