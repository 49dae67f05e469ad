"""Which page of the wall is shown when: rotation, interruption by a breach, and its hold."""

from dataclasses import replace

import pytest

from tests.ui.boards import QUEUES, REAL_TIME, START, queue, snapshot
from wallboard.domain.snapshot import Floor
from wallboard.domain.thresholds import DEFAULT_THRESHOLDS
from wallboard.ui.panels.picture import Picture
from wallboard.ui.wall.figures import State, overview
from wallboard.ui.wall.pages import (
    GROUP_SIZE,
    MOST_ALARM_PAGES,
    MOST_SINGLE,
    OVERVIEW,
    Alarms,
    Rotation,
    regular_pages,
)

ABC = ["a", "b", "c"]
PAGE = 20.0


def picture(*queues: tuple[str, int, float], now: float = START, age: float = 2.0) -> Picture:
    """Yemot's queues by name: how many wait there, and how long the first has waited at the start."""
    rows = tuple(queue(name, f"/{name}", waiting, waited) for name, waiting, waited in queues)
    return Picture(snapshot(Floor(queues=rows), ages={REAL_TIME: age}), now, DEFAULT_THRESHOLDS)


def keys(picture: Picture) -> list[str]:
    return [page.key for page in regular_pages(picture)]


def shown(rotation: Rotation, seconds: range, pool: list[str]) -> list[str]:
    """What each second shows, without repetition."""
    turns = [rotation.turn(START + second, pool).key for second in seconds]
    return [key for at, key in enumerate(turns) if at == 0 or turns[at - 1] != key]


# Pages


def test_the_floor_comes_first_then_the_queues_in_trouble() -> None:
    mixed = picture(("calm", 0, 0), ("breached", 7, 10), ("warned", 3, 10))
    assert keys(mixed) == [OVERVIEW, *(f"queue/Main line//{name}" for name in ("breached", "warned", "calm"))]


def test_many_queues_share_pages_by_source() -> None:
    many = picture(*((f"{number:02}", 0, 0) for number in range(MOST_SINGLE + 1)))
    pages = regular_pages(many)
    assert [len(page.queues) for page in pages] == [0, GROUP_SIZE, GROUP_SIZE, 1]
    assert all(len(page.content(many).figures) <= GROUP_SIZE for page in pages)


def test_without_data_there_is_one_page_and_no_zero_on_it() -> None:
    nothing = Picture(replace(snapshot(Floor()), feeds={}), START, DEFAULT_THRESHOLDS)
    assert keys(nothing) == [OVERVIEW]
    content = overview(nothing)
    assert content.state is State.UNKNOWN
    assert content.main is not None
    assert {figure.text for figure in (content.main, *content.figures)} == {"–"}


def test_no_page_has_more_than_six_figures() -> None:
    full = queue("full", "/1", 3, 5, completed=1, abandoned=2, agents_ready=3)
    for page in regular_pages(Picture(snapshot(Floor(queues=(full,))), START, DEFAULT_THRESHOLDS)):
        content = page.content(picture(("full", 3, 5)))
        assert len(content.figures) + (content.main is not None) + 1 <= 6  # and the service state


# Rotation


def test_each_page_stays_its_time_and_has_its_turn_once_a_round() -> None:
    assert shown(Rotation(PAGE), range(80), ABC) == ["a", "b", "c", "a"]


def test_pages_that_change_places_are_still_shown_once_a_round() -> None:
    rotation = Rotation(PAGE)
    assert rotation.turn(START, ABC).key == "a"
    assert rotation.turn(START + 20, ["c", "b", "a"]).key == "c"
    assert rotation.turn(START + 40, ["c", "a", "b"]).key == "b"


def test_a_page_that_vanishes_makes_room_at_once() -> None:
    rotation = Rotation(PAGE)
    rotation.turn(START, ABC)
    turn = rotation.turn(START + 1, ["b", "c"])
    assert (turn.key, turn.place, turn.total) == ("b", 1, 2)


def test_the_time_left_shrinks() -> None:
    rotation = Rotation(PAGE)
    assert [rotation.turn(START + second, ABC).left for second in (0, 5, 15)] == [1.0, 0.75, 0.25]


def test_an_alarm_interrupts_at_once_and_is_held() -> None:
    rotation = Rotation(PAGE)
    rotation.turn(START, ABC)
    assert rotation.turn(START + 1, ABC, ["c"], is_new=True).key == "c"
    held = [rotation.turn(START + 1 + second, ABC, ["c"]) for second in range(100)]
    assert {turn.key for turn in held} == {"c"}
    assert all(turn.is_held for turn in held)
    assert rotation.turn(START + 102, ABC).key == "a"


def test_of_several_alarms_the_newest_is_shown_at_once_then_the_others_take_turns() -> None:
    rotation = Rotation(PAGE)
    rotation.turn(START, ABC, ["b"], is_new=True)
    assert rotation.turn(START + 5, ABC, ["c", "b"], is_new=True).key == "c"
    assert shown(rotation, range(6, 70), ["c", "b"]) == ["c", "b", "c", "b"]


# Alarms


def test_a_breach_begins_with_the_picture_that_tells_of_it() -> None:
    alarms = Alarms()
    assert alarms.pages(picture(("q", 1, 119))) == ([], False)
    pages, is_new = alarms.pages(picture(("q", 1, 119), now=START + 1))  # the wait grows between two polls
    assert [page.key for page in pages] == ["queue/Main line//q"]
    assert is_new
    assert alarms.pages(picture(("q", 1, 119), now=START + 2))[1] is False


def test_after_its_end_a_breach_is_held_for_two_polls() -> None:
    alarms = Alarms()
    alarms.pages(picture(("q", 7, 10)))
    held = [bool(alarms.pages(picture(("q", 1, 10), now=START + after))[0]) for after in (1, 9, 10)]
    assert held == [True, True, False]


def test_a_breach_that_flickers_is_no_new_one() -> None:
    alarms = Alarms()
    alarms.pages(picture(("q", 7, 10)))
    alarms.pages(picture(("q", 1, 10), now=START + 5))
    assert alarms.pages(picture(("q", 7, 10), now=START + 9))[1] is False


def test_old_data_raise_no_alarm_and_a_queue_that_is_gone_holds_none() -> None:
    alarms = Alarms()
    assert alarms.pages(picture(("q", 7, 10), age=45.0)) == ([], False)
    alarms.pages(picture(("q", 7, 10)))
    assert alarms.pages(picture(("other", 0, 0), now=START + 1)) == ([], False)


@pytest.mark.parametrize("count", [MOST_ALARM_PAGES, MOST_ALARM_PAGES + 1])
def test_a_storm_of_breaches_shares_pages_the_newest_on_the_first(count: int) -> None:
    alarms = Alarms()
    old = [(f"{number}", 7, 10.0) for number in range(count - 1)]
    alarms.pages(picture(*old))
    pages, is_new = alarms.pages(picture(*old, ("new", 7, 10)))
    assert is_new
    assert pages[0].queues[0].name == "new"
    assert len(pages) == (count if count <= MOST_ALARM_PAGES else 2)


def test_a_stale_queue_is_unknown_and_the_floor_tells_what_is_certain() -> None:
    rows = (queue("calm", "/1", 0, None), queue("breached", "1", 9, 10))
    stale_calm = snapshot(Floor(queues=rows), ages={REAL_TIME: 45.0})
    assert overview(Picture(stale_calm, START, DEFAULT_THRESHOLDS)).state is State.BREACH
    stale_breach = snapshot(Floor(queues=rows), ages={QUEUES: 45.0})
    assert overview(Picture(stale_breach, START, DEFAULT_THRESHOLDS)).state is State.UNKNOWN
