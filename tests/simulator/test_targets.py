"""A campaign's list: what is added is pending, then dialled, then gone."""

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wallboard.clock import ManualClock
from wallboard.simulator.dialer import CALLED_AGAIN_AFTER_SECONDS, NEW_LIST_SECONDS
from wallboard.simulator.entities import Campaign
from wallboard.simulator.phones import international, national
from wallboard.simulator.scenario import Vendor
from wallboard.simulator.targets import Target, Targets
from wallboard.simulator.world import World

from .worlds import clock_of, make_world, quiet

AGENTS = {"name": "חידוש", "targets": 0, "calls_per_minute": 60, "team": "צוות ב"}
SMART = {"name": "סקר", "targets": 0, "calls_per_minute": 60, "queue": "מרכז"}


def empty_list() -> Targets:
    return Targets(0, 0, (1, 1), Random(1))


def campaign_world(plan: dict[str, Any], **changes: Any) -> tuple[World, Campaign, ManualClock]:
    team = {} if "team" in plan else {"team": ()}  # who waits for nobody waits on
    world = World(quiet(campaign=[{**plan, **changes}], **team), 1, clock := ManualClock())
    return world, world.floor.campaigns[0], clock


def phones(targets: Targets) -> list[str]:
    return [target.phone for target in targets.newest_first()]


def test_the_highest_priority_is_dialled_first_and_of_equal_ones_the_oldest() -> None:
    targets = empty_list()
    for phone, priority in (("1", 3), ("2", 9), ("3", 3), ("4", 9), ("5", 1)):
        targets.add(phone, 0, priority=priority)
    assert targets.priorities == (1, 9)
    assert [targets.take(0).phone for _ in range(5)] == ["2", "4", "1", "3", "5"]
    assert len(targets) == 0
    assert targets.priorities == (0, 0)
    with pytest.raises(LookupError):
        targets.take(0)


def test_a_changed_priority_counts_at_once_and_the_number_stays() -> None:
    targets = empty_list()
    for phone in "123":
        targets.add(phone, 0, priority=5)
    targets.update("3", 0, priority=8)
    targets.update("1", 0, priority=2)
    assert targets.priorities == (2, 8)
    taken = [targets.take(0) for _ in range(3)]
    assert [(target.phone, target.number) for target in taken] == [("3", 3), ("2", 2), ("1", 1)]


def test_who_has_a_time_is_not_dialled_before() -> None:
    targets = empty_list()
    targets.add("later", 0, priority=99, due_at=100.0)
    assert targets.due_at(0) == 100.0
    targets.add("now", 0)
    assert targets.take(50).phone == "now"
    assert targets.first(99.9) is None
    assert targets.take(100).phone == "later"
    assert targets.due_at(100) is None


def test_a_number_is_removed_wherever_it_stands_and_is_not_called_again() -> None:
    targets = empty_list()
    for phone in ("1", "2", "1", "1"):
        targets.add(phone, 0)
    dialled = targets.take(0)
    assert dialled.phone == "1"
    targets.remove("1")
    assert phones(targets) == ["2"]
    targets.put_back(dialled, 10, 5)
    assert phones(targets) == ["2"]
    targets.remove("unknown")
    assert not targets.is_renewed
    kept = targets.take(20)
    targets.put_back(kept, 20, 5)
    assert (kept.last_called_at, kept.due_at) == (20, 25)
    kept = targets.take(25)
    targets.clear()
    targets.put_back(kept, 30, 5)
    assert len(targets) == 0


@settings(max_examples=60, deadline=None)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["add", "update", "remove", "take", "back"]), st.integers(0, 5), st.integers(1, 4)),
        max_size=60,
    )
)
def test_any_story_of_a_list(steps: list[tuple[str, int, int]]) -> None:
    """Against a plain list that is searched from end to end."""
    targets, last = empty_list(), 0
    model: list[tuple[int, str, int]] = []
    dialled: list[Target] = []
    for now, (step, number, priority) in enumerate(steps):
        phone = str(number)
        if step == "update" and phone in {held[1] for held in model}:
            targets.update(phone, now, priority=priority)
            model = [(priority if held[1] == phone else held[0], held[1], held[2]) for held in model]
        elif step in {"add", "update"}:
            last += 1
            getattr(targets, step)(phone, now, priority=priority)
            model.append((priority, phone, last))
        elif step == "remove":
            targets.remove(phone)
            model = [held for held in model if held[1] != phone]
            dialled = [target for target in dialled if target.phone != phone]
        elif step == "take" and model:
            expected = min(model, key=lambda held: (-held[0], held[2]))
            taken = targets.take(now)
            assert (taken.priority, taken.phone, taken.number) == expected
            model.remove(expected)
            dialled.append(taken)
        elif step == "back" and dialled:
            target = dialled.pop(0)
            targets.put_back(target, now, 0)
            model.append((target.priority, target.phone, target.number))
        assert sorted((t.priority, t.phone, t.number) for t in targets.newest_first()) == sorted(model)
        assert targets.priorities == (min((h[0] for h in model), default=0), max((h[0] for h in model), default=0))


def test_a_scenarios_list_is_as_long_and_as_wide_as_it_was_counted() -> None:
    world = make_world("busy")
    for campaign in world.floor.campaigns:
        told = (campaign.pending, campaign.targets.priorities)
        rows = campaign.targets.newest_first()
        assert (len(rows), campaign.targets.priorities) == told
        assert {target.priority for target in rows} >= set(told[1])
        assert [target.number for target in rows] == sorted({target.number for target in rows}, reverse=True)
        assert rows[0].number == campaign.plan.targets or campaign.is_running


def test_looking_at_the_lists_leaves_the_day_the_same() -> None:
    looked_at, left_alone = make_world(seed=3), make_world(seed=3)
    for campaign in looked_at.floor.campaigns:
        assert len(campaign.targets.newest_first()) == campaign.pending
    for world in (looked_at, left_alone):
        clock_of(world).jump(1_200)
        world.advance()
    stories = [[(r.id, r.joined_at, r.outcome) for r in world.callers()] for world in (looked_at, left_alone)]
    assert stories[0] == stories[1]


def test_what_is_added_is_pending_dialled_and_gone() -> None:
    world, campaign, clock = campaign_world(AGENTS)
    world.dialer.add(campaign, "972500000001")
    world.dialer.add(campaign, "972500000002", priority=7)
    assert campaign.pending == 2
    rung = []
    for _ in range(600):
        clock.jump(1)
        legs = [leg for agent in world.advance().at(Vendor.VOICENTER) for leg in agent.legs]
        rung += [leg.phone for leg in legs if leg.name == campaign.name and leg.phone not in rung]
    assert rung[0] == "0500000002"  # the higher priority, as it is dialled in Israel
    assert set(rung) == {"0500000001", "0500000002"}
    clock.jump(7_200)
    world.advance()
    assert campaign.pending == 0


def test_who_did_not_answer_rests_and_has_a_last_call() -> None:
    world, campaign, clock = campaign_world(SMART)
    for number in range(200):
        world.dialer.add(campaign, f"97250{number:07d}")
    called: dict[int, float] = {}
    for _ in range(400):
        clock.jump(1)
        world.advance()
        numbers = [target.number for target in campaign.targets.newest_first()]
        assert numbers == sorted(numbers, reverse=True)
        called |= {t.number: t.last_called_at for t in campaign.targets.newest_first() if t.last_called_at is not None}
    assert called
    for target in campaign.targets.newest_first():
        if target.last_called_at is not None:
            assert target.due_at == target.last_called_at + CALLED_AGAIN_AFTER_SECONDS


def test_a_burnt_list_is_renewed_and_one_that_a_person_emptied_is_not() -> None:
    for is_cleared in (False, True):
        world, campaign, clock = campaign_world(SMART, targets=5)
        if is_cleared:
            campaign.targets.clear()
        lengths = set()
        for _ in range(3 * NEW_LIST_SECONDS):
            clock.jump(1)
            world.advance()
            lengths.add(campaign.pending)
        assert (max(lengths), min(lengths)) == ((0, 0) if is_cleared else (5, 0))
        if is_cleared:
            world.dialer.add(campaign, "972500000001")
            assert campaign.pending == 1
            clock.jump(4 * 3_600)
            world.advance()
            assert campaign.pending == 0


def test_a_full_queue_stops_the_dialling() -> None:
    world, campaign, clock = campaign_world(SMART)
    queue = campaign.queue
    assert queue is not None
    campaign.most_waiting = 2
    for _ in range(2):
        world.routing.join(queue, "0500000009", patience_seconds=1e6)
    for number in range(5):
        world.dialer.add(campaign, f"97250000000{number}")
    clock.jump(600)
    world.advance()
    assert campaign.pending == 5
    assert world.kick(queue, next(iter(queue.waiting)))
    clock.jump(60)
    world.advance()
    assert campaign.pending < 5


def test_the_members_decide_who_is_rung() -> None:
    world, campaign, clock = campaign_world(AGENTS)
    campaign.members = campaign.members[1:2]
    for number in range(9):
        world.dialer.add(campaign, f"97250000000{number}")
    rung = set()
    for _ in range(300):
        clock.jump(1)
        rung |= {agent.id for agent in world.advance().agents if agent.legs}
    assert rung == {campaign.members[0].id}
    campaign.members = []
    clock.jump(3_600)
    left = campaign.pending
    clock.jump(3_600)
    world.advance()
    assert campaign.pending == left


@pytest.mark.parametrize(
    ("given_", "digits"),
    [
        ("0500000001", "972500000001"),
        ("050-0000001", "972500000001"),
        ("+972 50 000 0001", "972500000001"),
        ("00972500000001", "972500000001"),
        ("039999999", "97239999999"),
        ("+44 20 7000 0000", "442070000000"),
        ("12025550100", "12025550100"),
        ("1800000001", "9721800000001"),
        ("*2700", None),
        ("050000000", "97250000000"),
        ("05000000011", None),
        ("0500", None),
        ("050000000a", None),
        ("٠٥٠٠٠٠٠٠٠١", None),
        ("", None),
        ("9720500000001", None),
    ],
)
def test_numbers(given_: str, digits: str | None) -> None:
    assert international(given_) == digits
    if digits is not None:
        assert international(national(digits)) == digits
