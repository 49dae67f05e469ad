"""Units: their pace, their warnings, and what messages cost."""

from collections.abc import Mapping

import pytest

from wallboard.domain.campaigns import Account
from wallboard.domain.feeds import FeedKey, FeedStatus, Subject
from wallboard.domain.snapshot import Floor, Snapshot
from wallboard.domain.thresholds import Level
from wallboard.domain.units import DAY, HOUR, Readings, UnitsTrouble, noted, pace, parts_of, sms_cost, units_left

WALL = 1_750_000_000.0
KEY = FeedKey("Main line", "GetCustomerData")
OTHER = FeedKey("Branch", "GetCustomerData")


def snapshot(at: float, *accounts: Account, keys: tuple[FeedKey, ...] = (KEY,)) -> Snapshot:
    feeds: Mapping[FeedKey, FeedStatus] = {
        key: FeedStatus(key, 600.0, frozenset({Subject.ACCOUNT}), succeeded_at=at) for key in keys
    }
    return Snapshot(at, feeds, Floor(accounts=accounts))


def account(units: float | None, key: FeedKey = KEY, **changes: object) -> Account:
    return Account(key.source, key, units=units, **changes)  # type: ignore[arg-type]


def watched(*units: tuple[float, float]) -> Readings:
    readings: Readings = {}
    for at, left in units:
        readings = noted(readings, snapshot(at, account(left)))
    return readings


@pytest.mark.parametrize(("length", "parts"), [(0, 0), (1, 1), (70, 1), (71, 2), (140, 2), (141, 3)])
def test_a_message_costs_a_tenth_for_each_seventy_characters_and_number(length: int, parts: int) -> None:
    assert parts_of("א" * length) == parts
    assert sms_cost("א" * length, 3) == pytest.approx(parts * 0.3)


def test_a_pace_needs_an_hour_and_leaves_out_what_was_bought() -> None:
    assert pace(watched((0, 100), (HOUR - 1, 90))["Main line"]) is None
    assert pace(watched((0, 100), (HOUR, 90))["Main line"]) == pytest.approx(10 / HOUR)
    bought = watched((0, 100), (HOUR, 90), (HOUR + 1, 500), (2 * HOUR, 480))["Main line"]
    assert pace(bought) == pytest.approx(30 / (2 * HOUR))


def test_the_same_poll_is_noted_once_and_old_ones_are_forgotten() -> None:
    readings = watched((0, 100), (0, 90), (HOUR, 80), (7 * HOUR, 70))
    assert readings["Main line"] == ((HOUR, 80), (7 * HOUR, 70))


@pytest.mark.parametrize(
    ("changes", "level", "trouble"),
    [
        ({}, Level.OK, None),
        ({"units": 19.9}, Level.WARN, UnitsTrouble.FEW),
        ({"units": 4.9}, Level.BREACH, UnitsTrouble.FEW),
        ({"units": 0.0}, Level.BREACH, UnitsTrouble.FEW),
        ({"units_expire_at": WALL + 8 * DAY}, Level.OK, None),
        ({"units_expire_at": WALL + 6 * DAY}, Level.WARN, UnitsTrouble.EXPIRING),
        ({"units_expire_at": WALL + DAY / 2}, Level.BREACH, UnitsTrouble.EXPIRING),
        ({"units_expire_at": WALL - 1}, Level.BREACH, UnitsTrouble.EXPIRED),
        ({"has_expired": True}, Level.BREACH, UnitsTrouble.EXPIRED),
        ({"has_expired": True, "units": 10.0}, Level.BREACH, UnitsTrouble.EXPIRED),
    ],
)
def test_units_warn_before_they_end_or_expire(
    changes: dict[str, object], level: Level, trouble: UnitsTrouble | None
) -> None:
    [left] = units_left(snapshot(0, account(**{"units": 500.0, **changes})), {}, WALL)  # type: ignore[arg-type]
    assert (left.level, left.trouble) == (level, trouble)


@pytest.mark.parametrize(("fallen_an_hour", "level"), [(1.0, Level.OK), (20.0, Level.WARN), (150.0, Level.BREACH)])
def test_units_that_end_within_a_day_at_their_pace_warn(fallen_an_hour: float, level: Level) -> None:
    readings = watched((0, 300 + fallen_an_hour), (HOUR, 300))
    [left] = units_left(snapshot(HOUR, account(300.0)), readings, WALL)
    assert left.level is level
    assert left.trouble is (UnitsTrouble.ENDING if level else None)
    if level:
        assert left.seconds == pytest.approx(300 / fallen_an_hour * HOUR)


def test_what_is_not_known_is_not_a_warning_and_not_zero() -> None:
    assert units_left(snapshot(0), {}, WALL)[0].units is None
    [left] = units_left(snapshot(0, account(None)), {}, WALL)
    assert (left.units, left.level) == (None, Level.OK)


def test_the_worst_account_comes_first_then_the_fewest_units() -> None:
    both = snapshot(0, account(900.0), account(300.0, OTHER), keys=(KEY, OTHER))
    assert [left.source for left in units_left(both, {}, WALL)] == ["Branch", "Main line"]
    expiring = snapshot(0, account(900.0, has_expired=True), account(300.0, OTHER), keys=(KEY, OTHER))
    assert [left.source for left in units_left(expiring, {}, WALL)] == ["Main line", "Branch"]


def test_where_no_source_has_an_account_there_are_none() -> None:
    key = FeedKey("Head office", "GetExtensionsCalls")
    feeds = {key: FeedStatus(key, 5.0, frozenset({Subject.AGENTS}))}
    assert units_left(Snapshot(0, feeds, Floor()), {}, WALL) == []
