"""Times and days of tasks, as people write them."""

import pytest

from wallboard.domain.account_actions import Schedule
from wallboard.language.schedule import days_of, schedule_of, schedule_words, time_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14:30", (14, 30)),
        ("0:00", (0, 0)),
        (" 7:05 ", (7, 5)),
        ("24:00", None),
        ("12:60", None),
        ("12", None),
        ("", None),
    ],
)
def test_times(text: str, expected: tuple[int, int] | None) -> None:
    assert time_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", frozenset()),
        ("0", {0}),
        ("sun, tue", {0, 2}),
        ("Sunday Tuesday", {0, 2}),
        ("0-4", {0, 1, 2, 3, 4}),
        ("sun-thu", {0, 1, 2, 3, 4}),
        ("fri-sun", {5, 6, 0}),
        ("7", None),
        ("0-7", None),
        ("someday", None),
        ("٣", None),
    ],
)
def test_days(text: str, expected: set[int] | None) -> None:
    assert days_of(text) == expected


@pytest.mark.parametrize(
    ("time", "days", "expected"),
    [
        ("14:30", "", Schedule(hour=14, minute=30)),
        ("14:30", "0,2", Schedule(hour=14, minute=30, days=frozenset({0, 2}))),
        ("8:00", "24/12/2026", Schedule(hour=8, minute=0, day=24, month=12, year=2026)),
        ("8:00", "31/02/2026", None),
        ("", "0", None),
    ],
)
def test_schedules(time: str, days: str, expected: Schedule | None) -> None:
    assert schedule_of(time, days) == expected


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        (Schedule(hour=14, minute=30), "every day at 14:30"),
        (Schedule(hour=14, minute=5, days=frozenset({2, 0})), "Sun, Tue at 14:05"),
        (Schedule(hour=14, minute=5, days=frozenset({0, 1, 2, 3, 5})), "Sun–Wed, Fri at 14:05"),
        (Schedule(hour=14, minute=5, days=frozenset({0, 1, 9})), "Sun, Mon at 14:05"),
        (Schedule(hour=14, minute=5, days=frozenset(range(7))), "every day at 14:05"),
        (Schedule(hour=8, minute=0, day=24, month=12, year=2026), "24/12/2026 at 08:00"),
        (Schedule(hour=8, minute=0, day=1), "01/*/* at 08:00"),
        (Schedule(minute=30), "every day, every hour at :30"),
        (Schedule(), "every day, every minute"),
    ],
)
def test_schedules_in_words(schedule: Schedule, words: str) -> None:
    assert schedule_words(schedule) == words
