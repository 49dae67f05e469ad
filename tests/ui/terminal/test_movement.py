"""Every way leads where it should, and none is longer than the straight one."""

import random

import pyte

from wallboard.ui.terminal.movement import Place, move


def test_every_way_leads_there_and_is_no_longer_than_the_straight_one() -> None:
    random_ = random.Random(7)
    screen = pyte.Screen(200, 50)
    stream = pyte.Stream(screen)
    here: Place | None = None
    for _ in range(4000):
        near = here is not None and random_.random() < 0.7
        y = here.y + random_.randint(-2, 2) if near and here else random_.randrange(50)
        x = here.x + random_.randint(-4, 4) if near and here else random_.randrange(200)
        there = Place(min(49, max(0, y)), min(199, max(0, x)))
        way = move(here, there)
        stream.feed(way)
        assert (screen.cursor.y, screen.cursor.x) == there, (here, there, way)
        assert len(way) <= len(f"\x1b[{there.y + 1};{there.x + 1}H")
        here = there


def test_a_place_where_one_stands_takes_nothing() -> None:
    assert move(Place(3, 4), Place(3, 4)) == ""


def test_backspaces_come_behind_another_command_only() -> None:
    assert move(Place(3, 4), Place(4, 3)) == "\v\b"
    assert "\b" not in move(Place(3, 4), Place(3, 3))
