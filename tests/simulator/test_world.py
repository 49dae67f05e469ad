import statistics
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wallboard.clock import ManualClock
from wallboard.simulator.entities import LegStatus, Outcome, Presence
from wallboard.simulator.scenario import Vendor, load_scenario
from wallboard.simulator.world import World

from .worlds import Desk, clock_of, longest_queue, make_patient_world, make_world, quiet, statuses

SMALL = ("busy", "calm", "storm", "night")


async def everything(world: World) -> list[bytes]:
    """Every byte that both vendors say of a world now."""
    desk = Desk(world)
    access = world.access
    bodies = []
    for queue in world.floor.queues:
        if queue.vendor is Vendor.YEMOT:
            body = {"token": access.token, "queuePath": queue.key}
            bodies.append((await desk.http.post("/ym/api/GetQueueRealTime", json=body)).content)
    for path, parameters in (
        ("/ym/api/GetCustomerData", {"token": access.token}),
        ("/comet/API/GetExtensionsCalls", {"code": access.code}),
        ("/comet/API/GetQueuesCallers", {"code": access.code}),
        ("/Comet/api/GetExtensions", {"code": access.code}),
        ("/ForwardDialer/Dialer/GetCampaignList", {"Code": access.dialer_code}),
    ):
        bodies.append((await desk.http.post(path, json=parameters)).content)
    return bodies


async def test_the_same_seed_says_the_same_bytes() -> None:
    one, two, other = make_world(seed=7), make_world(seed=7), make_world(seed=8)
    for _ in range(4):
        said = await everything(one)
        assert said == await everything(two)
        assert said != await everything(other)
        for world in (one, two, other):
            clock_of(world).jump(97.3)


@settings(max_examples=25, deadline=None)
@given(steps=st.lists(st.floats(0.001, 400), max_size=12), seed=st.integers(0, 5))
def test_looking_does_not_change_the_world(steps: list[float], seed: int) -> None:
    looked_at, left_alone = make_world(seed=seed), make_world(seed=seed)
    for step in steps:
        clock_of(looked_at).jump(step)
        looked_at.advance()
    # The two clocks must show the very same moment: sums of floats depend on their order.
    total = clock_of(looked_at).monotonic() - clock_of(left_alone).monotonic()
    clock_of(left_alone).jump(total)
    assert clock_of(left_alone).monotonic() == pytest.approx(clock_of(looked_at).monotonic())
    assert _story(looked_at) == _story(left_alone)


def _story(world: World) -> list[tuple[object, ...]]:
    return [(record.id, record.joined_at, record.outcome, record.agent, record.queue) for record in world.callers()]


@settings(max_examples=30, deadline=None)
@given(name=st.sampled_from(SMALL), seed=st.integers(0, 1_000), seconds=st.floats(0, 4_000))
def test_no_caller_is_lost_or_made_up(name: str, seed: int, seconds: float) -> None:
    world = make_world(name, seed)
    clock_of(world).jump(seconds)
    records = world.callers()
    counts = world.counts()
    assert len({record.id for record in records}) == len(records)
    for key, count in counts.items():
        assert count.joined == count.answered + count.abandoned + count.kicked + count.waiting
        of_queue = [record.outcome for record in records if record.queue == key]
        assert count.joined == len(of_queue)
        assert count.answered == of_queue.count(Outcome.ANSWERED)
        assert count.waiting == of_queue.count(Outcome.WAITING)
    assert all(record.wait_seconds >= 0 for record in records)
    assert all((record.agent is not None) is (record.outcome is Outcome.ANSWERED) for record in records)


@settings(max_examples=20, deadline=None)
@given(name=st.sampled_from(SMALL), seed=st.integers(0, 1_000), seconds=st.floats(0, 4_000))
def test_nobody_is_at_two_places(name: str, seed: int, seconds: float) -> None:
    world = make_world(name, seed)
    clock_of(world).jump(seconds)
    floor = world.advance()
    waiting = {caller.id for queue in floor.queues for caller in queue.waiting.values()}
    for agent in floor.agents:
        assert len(agent.legs) <= 3
        talking = [leg for leg in agent.legs if leg.status == "Talking"]
        assert len(talking) <= 1
        assert not waiting & {leg.call_id for leg in talking}
        assert all((leg.answered_at is not None) is (leg.status in {"Talking", "Hold"}) for leg in agent.legs)


def test_the_first_look_at_busy_is_rich() -> None:
    waiting, late = [], []
    for seed in range(16):
        floor = make_world("busy", seed).floor
        waits = [max((floor.now - c.joined_at for c in q.waiting.values()), default=0.0) for q in floor.queues]
        waiting.append(sum(len(queue.waiting) for queue in floor.queues))
        late.append(sum(wait >= 60 for wait in waits))  # the board's own threshold for a warning
        on_call = [agent for agent in floor.agents if agent.legs]
        assert 12 <= len(on_call) <= 31
        assert len({leg.answered_at for agent in on_call for leg in agent.legs}) > 8
        assert len({agent.presence for agent in floor.agents}) >= 3
    assert min(waiting) >= 3
    assert max(waiting) <= 30
    assert 10 <= statistics.median(waiting) <= 18
    assert sum(count >= 2 for count in late) >= 12


def test_within_hours_everything_an_agent_can_do_is_seen() -> None:
    seen: set[object] = set()
    most_calls = most_ringing = 0
    for seed in range(3):
        world = make_world("busy", seed)
        for _ in range(900):
            clock_of(world).jump(5)
            floor = world.advance()
            seen |= {status for agent in floor.agents for status in statuses(agent)}
            seen |= {agent.presence for agent in floor.agents}
            seen |= {("busy", agent.presence) for agent in floor.agents if agent.legs}
            most_calls = max(most_calls, *(len(agent.legs) for agent in floor.agents))
            ringing = Counter(leg.call_id for a in floor.agents for leg in a.legs if leg.status == "Ringing")
            most_ringing = max(most_ringing, *ringing.values(), 0)
    assert set(LegStatus) | set(Presence) <= seen
    assert {("busy", Presence.BREAK), ("busy", Presence.ADMIN)} <= seen  # the status does not tell who is busy
    assert most_calls >= 2
    assert most_ringing >= 2  # one call id on several extensions


def test_storm_abandons_more_than_calm() -> None:
    shares = []
    for name in ("calm", "busy", "storm"):
        world = make_world(name)
        clock_of(world).jump(3_600)
        counts = world.counts().values()
        shares.append(sum(c.abandoned for c in counts) / sum(c.joined for c in counts))
    assert shares[0] < shares[1] < shares[2]
    assert shares[0] < 0.12
    assert shares[2] > 0.3


def test_night_is_nearly_empty() -> None:
    floor = make_world("night").floor
    assert sum(len(queue.waiting) for queue in floor.queues) <= 2
    assert sum(agent.presence is Presence.LOGGED_OUT for agent in floor.agents) >= 15


def test_callers_come_at_the_planned_rate() -> None:
    scenario = load_scenario("calm")
    hours = 24
    world = World(scenario, 3, clock := ManualClock())
    clock.jump(hours * 3600)
    planned = sum(queue.calls_per_hour for queue in scenario.queue if queue.vendor is Vendor.YEMOT)
    joined = sum(world.counts()[queue.key].joined for queue in world.floor.queues if queue.vendor is Vendor.YEMOT)
    expected = planned * scenario.pace.load * (hours + scenario.warm_seconds / 3600)
    assert joined == pytest.approx(expected, rel=0.08)


def test_speed_makes_waits_grow_faster() -> None:
    clock = ManualClock()
    world = World(quiet(team=()), 1, clock, speed=30)
    world.routing.join(world.floor.queues[0], "0500000001", patience_seconds=1e9)
    clock.jump(10)
    assert world.callers()[0].wait_seconds == pytest.approx(300)


@pytest.mark.parametrize("speed", [0, -1, float("nan"), float("inf")])
def test_an_impossible_speed_is_refused(speed: float) -> None:
    with pytest.raises(ValueError, match="speed"):
        World(quiet(), 1, ManualClock(), speed)


def test_a_wall_clock_set_back_does_not_stop_the_world() -> None:
    world = make_world()
    before = len(world.callers())
    clock_of(world).set_back(3_600)
    clock_of(world).jump(600)
    assert len(world.callers()) > before


def test_a_kick_takes_the_caller_and_stops_the_ringing() -> None:
    world = World(quiet(), 1, clock := ManualClock())
    queue = world.floor.queues[2]
    caller = world.routing.join(queue, "0500000001", patience_seconds=100)
    assert sum(statuses(agent) == ["Ringing"] for agent in world.floor.agents) == 3
    assert world.kick(queue, caller.id)
    assert not any(agent.legs for agent in world.floor.agents)
    assert not world.kick(queue, caller.id)
    clock.jump(300)
    assert [record.outcome for record in world.callers()] == [Outcome.KICKED]


def test_a_kick_can_send_the_caller_to_another_queue() -> None:
    world = World(quiet(team=()), 1, ManualClock())
    first, second, _ = world.floor.queues
    caller = world.routing.join(first, "0500000001", patience_seconds=1e6)
    assert world.kick(first, caller.id, "/2")
    assert [waiting.phone for waiting in second.waiting.values()] == ["0500000001"]
    assert world.callers()[0].sent_to == "/2"


def test_a_paused_agent_is_not_rung_until_he_is_unpaused() -> None:
    world = World(quiet(), 1, clock := ManualClock())
    queue = world.floor.queues[0]
    for membership in queue.members:
        world.set_paused(membership, is_paused=True)
    world.routing.join(queue, "0500000001", patience_seconds=1e6)
    clock.jump(600)
    world.advance()
    assert not any(agent.legs for agent in world.floor.agents)
    world.set_paused(queue.members[1], is_paused=False)
    assert statuses(queue.members[1].agent) == ["Ringing"]


def test_nobody_but_the_operator_ends_his_pause() -> None:
    world = make_world("busy")
    members = [membership for queue in world.floor.queues for membership in queue.members]
    for membership in members:
        world.set_paused(membership, is_paused=True)
    clock_of(world).jump(3 * 3_600)
    world.advance()
    assert all(membership.is_paused for membership in members)


def test_what_an_operator_does_leaves_the_later_callers_the_same() -> None:
    one, two = make_world(seed=2), make_world(seed=2)
    queue = longest_queue(one, "yemot")
    assert one.kick(queue, next(iter(queue.waiting)))
    for world in (one, two):
        clock_of(world).jump(900)
    arrivals = [
        {(r.phone, round(r.joined_at, 6)) for r in world.callers() if r.vendor is Vendor.YEMOT} for world in (one, two)
    ]
    assert arrivals[0] == arrivals[1]


def test_asterisk_averages_move_by_a_quarter() -> None:
    world = World(quiet(), 1, clock := ManualClock())
    queue = world.floor.queues[0]
    samples = []
    for _ in range(2):
        world.routing.join(queue, "0500000001", patience_seconds=1e6)
        clock.jump(2_000)
        world.advance()
        samples.append(world.callers()[-1].wait_seconds)
    assert queue.hold_seconds == (3 * int(samples[0]) + int(samples[1])) >> 2
    assert queue.completed == 2


async def test_huge_is_huge() -> None:
    world = make_patient_world("huge")
    floor = world.floor
    assert [len(floor.at(vendor)) for vendor in Vendor] == [1_000, 4_000]
    assert [sum(queue.vendor is vendor for queue in floor.queues) for vendor in Vendor] == [100, 100]
    assert 1_500 <= sum(len(queue.waiting) for queue in floor.queues) <= 2_600
    desk = Desk(world)
    assert len((await desk.voicenter("GetExtensionsCalls"))["EXTENSIONS"]) == 4_000
    assert len((await desk.voicenter("GetQueuesCallers"))["QUEUES"]) == 100
