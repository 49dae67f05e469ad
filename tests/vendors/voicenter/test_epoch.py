"""Voicenter's wall-clock epochs: right ages in winter, in summer, at the change, and with wrong clocks."""

import math
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vendors.accounts import notes, read, voicenter_account
from wallboard.clock import ManualClock
from wallboard.domain.feeds import NoteCode
from wallboard.domain.ports import Feed, Part
from wallboard.vendors.voicenter.epoch import candidates, latest_past

JERUSALEM = ZoneInfo("Asia/Jerusalem")
WINTER = datetime(2026, 1, 15, 10, 0, tzinfo=UTC)
SUMMER = datetime(2026, 7, 15, 10, 0, tzinfo=UTC)
SPRING_FORWARD = datetime(2026, 3, 27, 0, 0, tzinfo=UTC)  # 02:00 becomes 03:00
FALL_BACK = datetime(2026, 10, 24, 23, 0, tzinfo=UTC)  # 02:00 becomes 01:00


def wall(moment: datetime | float, zone: ZoneInfo = JERUSALEM) -> int:
    """What Voicenter writes for a moment."""
    if not isinstance(moment, datetime):
        moment = datetime.fromtimestamp(moment, UTC)
    return int(moment.astimezone(zone).replace(tzinfo=UTC).timestamp())


class World:
    """An account, a clock of ours that may be wrong by `error` seconds, and the vendor's, which is `skewed`."""

    def __init__(self, now: datetime, *, error: float = 0, skewed: float = 0, zone: ZoneInfo = JERUSALEM) -> None:
        self.clock = ManualClock(now=now.timestamp() + error)
        self.error = error
        self.skewed = skewed
        self.zone = zone
        account = voicenter_account("http://vendor.example/", self.clock)
        self.agents_feed, self.queues_feed = account.feeds[:2]
        self.has_date = True

    @property
    def now(self) -> float:
        return self.clock.now() - self.error

    def pass_time(self, seconds: float) -> None:
        self.clock.jump(seconds)

    def age(self, begun_ago: float) -> float:
        """The age that the board sees of a call that began so long ago."""
        started = wall(self.now + self.skewed - begun_ago, self.zone)
        row = {"username": "S", "calls": [{"ivrid": f"{started}", "callstatus": "Ringing", "callStarted": started}]}
        part = self._read(self.agents_feed, {"ERR": 0, "EXTENSIONS": [row]})
        self.remarks = notes(part)
        started_at = part.agents[0].calls[0].started_at
        assert started_at is not None
        return self.clock.monotonic() - started_at

    def waits(self, *waited: float, **changes: Any) -> None:
        """The queues' answer, with callers who have waited so long."""
        callers = [
            {"CallID": f"c{number}", "JoinTime": wall(self.now + self.skewed - ago, self.zone), "Duration": int(ago)}
            | changes
            for number, ago in enumerate(waited)
        ]
        self.remarks = notes(self._read(self.queues_feed, {"ERR": 0, "QUEUES": [{"ID": 1, "Callers": callers}]}))

    def _read(self, feed: Feed, document: Any) -> Part:
        date = math.floor(self.now + self.skewed)  # whole seconds, as in HTTP
        return read(feed, document, self.clock, date - self.clock.now() if self.has_date else None)


@pytest.mark.parametrize("now", [WINTER, SUMMER, SPRING_FORWARD, FALL_BACK])
@pytest.mark.parametrize("has_date", [True, False])
@pytest.mark.parametrize("ago", [0, 1, 59, 3_600, 7_200, 10_801, 86_400])
def test_calls_are_as_old_as_they_are(now: datetime, has_date: bool, ago: int) -> None:
    world = World(now)
    world.has_date = has_date
    assert abs(world.age(ago) - ago) <= 1 or (now is FALL_BACK and ago == 3_600)
    assert not world.remarks


@pytest.mark.parametrize("change", [SPRING_FORWARD, FALL_BACK])
@pytest.mark.parametrize("minutes", range(-70, 130, 10))
@pytest.mark.parametrize("ago", [20, 600, 2_400])
def test_ages_survive_the_hours_round_the_change(change: datetime, minutes: int, ago: int) -> None:
    world = World(change + timedelta(minutes=minutes, seconds=5))
    assert abs(world.age(ago) - ago) <= 1
    world.waits(ago, 3)
    assert abs(world.age(ago) - ago) <= 1
    assert not world.remarks


def test_a_call_that_goes_on_through_the_change_keeps_its_beginning() -> None:
    world = World(FALL_BACK - timedelta(minutes=30))
    row = {"username": "S", "calls": [{"ivrid": "1", "callstatus": "Ringing", "callStarted": wall(world.now - 5_000)}]}
    begun = world.clock.monotonic() - 5_000
    for _ in range(12):
        part = world._read(world.agents_feed, {"ERR": 0, "EXTENSIONS": [row]})
        assert part.agents[0].state_since == begun
        world.pass_time(600)


@pytest.mark.parametrize("error", [-600, 600, -3_600, 90_000])
def test_our_clock_may_be_wrong_where_the_vendor_tells_the_date(error: float) -> None:
    world = World(SUMMER, error=error)
    assert abs(world.age(45) - 45) <= 1
    assert abs(world.remarks[NoteCode.SKEW].seconds + error) <= 1
    world.clock.set_back(3_600)
    world.error -= 3_600
    assert abs(world.age(45) - 45) <= 1


@pytest.mark.parametrize("error", [-600, 600, -2_000])
def test_our_clock_may_be_wrong_where_somebody_waits(error: float) -> None:
    world = World(SUMMER, error=error)
    world.has_date = False
    world.waits(200, 21)
    assert abs(world.age(45) - 45) <= 2
    assert abs(world.remarks[NoteCode.SKEW].seconds + error) <= 2


@pytest.mark.parametrize("skewed", [-600, 600])
def test_the_vendors_clock_may_be_wrong(skewed: float) -> None:
    world = World(WINTER, skewed=skewed)
    assert abs(world.age(45) - 45) <= 1
    assert abs(world.remarks[NoteCode.SKEW].seconds - skewed) <= 1
    world.has_date = False
    world.waits(30)
    assert abs(world.age(45) - 45) <= 1


@pytest.mark.parametrize("has_date", [True, False])
@pytest.mark.parametrize("is_somebody_waiting", [True, False])
@pytest.mark.parametrize("back", [3_600, -3_600, 90_000])
def test_setting_our_clock_changes_no_age(back: float, is_somebody_waiting: bool, has_date: bool) -> None:
    world = World(SUMMER)
    world.has_date = has_date
    for number in range(20):
        if number == 5:
            world.clock.set_back(back)
            world.error -= back
        if is_somebody_waiting:
            world.waits(200 + number * 5, 21)
        assert abs(world.age(45) - 45) <= 2
        told = [note.seconds for note in world.remarks.values()]
        assert [round(seconds, -1) for seconds in told] == ([back] if has_date and number >= 5 else [])
        world.pass_time(5)


@pytest.mark.parametrize("fraction", [0, 0.3, 0.6, 0.95])
@pytest.mark.parametrize("skewed", [-600, -60, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 60, 600])
@pytest.mark.parametrize("is_somebody_waiting", [True, False])
def test_however_far_the_vendors_clock_is_off_ages_are_right(
    skewed: float, fraction: float, is_somebody_waiting: bool
) -> None:
    world = World(WINTER, skewed=skewed)
    world.pass_time(fraction)
    for interval in (5, 5.37, 4.9, 5, 5.61, 30):
        if is_somebody_waiting:
            world.waits(200, 21)
        assert abs(world.age(45) - 45) <= 2
        assert (NoteCode.SKEW in world.remarks) == (abs(skewed) > 5) or abs(skewed) in {5, 6}
        world.pass_time(interval)


def test_a_clock_that_is_right_is_left_alone() -> None:
    """The date's missing fraction and a slow answer are no difference; ages would flicker."""
    world = World(WINTER)
    begun = world.clock.monotonic() - 45
    row = {"username": "S", "calls": [{"ivrid": "1", "callstatus": "Ringing", "callStarted": wall(world.now - 45)}]}
    for _ in range(30):
        part = world._read(world.agents_feed, {"ERR": 0, "EXTENSIONS": [row]})
        assert part.agents[0].state_since == begun
        world.pass_time(5.13)


def test_a_zone_that_is_not_the_configured_one_is_learnt_from_who_waits() -> None:
    world = World(SUMMER, zone=ZoneInfo("UTC"))
    assert world.age(45) > 3_600
    world.waits(12)
    assert abs(world.age(45) - 45) <= 1
    assert not world.remarks, "a zone is no skew"
    world.pass_time(3_600)  # and remembered while nobody waits
    assert abs(world.age(45) - 45) <= 1


@pytest.mark.parametrize(
    "changes",
    [
        {"JoinTime": 0},
        {"JoinTime": 1_000_000_000},
        {"JoinTime": 1_768_500_000_000},
        {"JoinTime": wall(WINTER) - 2 * 3_600 - 420},
        {"JoinTime": wall(WINTER) + 30 * 3_600},
        {"Duration": 86_400},
        {"Duration": None},
    ],
)
def test_nonsense_poisons_no_age(changes: dict[str, Any]) -> None:
    world = World(WINTER)
    for _ in range(3):
        world.waits(30, **changes)
        assert abs(world.age(45) - 45) <= 1
        world.pass_time(5)


def test_one_mistaken_answer_poisons_no_age() -> None:
    world = World(WINTER)
    world.waits(30)
    world.pass_time(5)
    world.waits(30, JoinTime=wall(WINTER) - 1_800)
    assert abs(world.age(45) - 45) <= 1
    world.pass_time(5)
    world.waits(30)
    assert abs(world.age(45) - 45) <= 1


@pytest.mark.parametrize("interval", [1, 2, 5, 30])
def test_frozen_queues_poison_no_age(interval: float) -> None:
    world = World(WINTER)
    frozen = {"JoinTime": wall(world.now - 30), "Duration": 30}
    for _ in range(40):
        world.waits(30, **frozen)
        assert abs(world.age(45) - 45) <= 1
        world.pass_time(interval)


def test_a_call_of_the_future_has_just_begun() -> None:
    assert World(WINTER).age(-3) == 0
    assert World(WINTER).age(-900) == 0


@pytest.mark.parametrize("ago", [-2 * 86_400, -20 * 365 * 86_400])
def test_a_beginning_that_cannot_be_is_not_known(ago: float) -> None:
    world = World(WINTER)
    started = wall(world.now - ago)
    calls = [{"ivrid": "1", "callstatus": "Talking", "callStarted": started, "callAnswered": wall(world.now - 3)}]
    part = world._read(world.agents_feed, {"ERR": 0, "EXTENSIONS": [{"username": "S", "calls": calls}]})
    (call,) = part.agents[0].calls
    assert (call.started_at, call.answered_at) == (None, world.clock.monotonic() - 3)
    assert notes(part)[NoteCode.VALUES_DROPPED].count == 1


@given(st.integers(0, 2**31), st.integers(0, 2**31))
def test_a_wall_clock_is_read_as_the_latest_moment_that_has_been(moment: int, later: int) -> None:
    now = moment + later
    read_as = latest_past(JERUSALEM, wall(moment), now)
    assert moment in candidates(JERUSALEM, wall(moment))
    assert read_as >= moment
    assert read_as <= now + 5
    assert wall(read_as) == wall(moment)
