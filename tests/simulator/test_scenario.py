import re

import pytest
from pydantic import ValidationError

from wallboard.config.model import Settings
from wallboard.simulator.configuration import configuration
from wallboard.simulator.names import SCENARIO_NAMES
from wallboard.simulator.scenario import (
    DEFAULT_SCENARIO,
    FaultKind,
    FaultPlan,
    Scenario,
    ScenarioError,
    Vendor,
    load_scenario,
)

from .worlds import make_world, quiet

HEBREW = re.compile(r"[א-ת]")


def test_the_scenarios_are_these() -> None:
    assert set(SCENARIO_NAMES) == {"busy", "calm", "faulty", "huge", "night", "storm"}
    assert DEFAULT_SCENARIO in SCENARIO_NAMES


@pytest.mark.parametrize("name", SCENARIO_NAMES)
def test_every_scenario_loads_and_lives(name: str) -> None:
    scenario = load_scenario(name)
    assert scenario.name == name
    assert scenario.title


@pytest.mark.parametrize("name", ["", "Busy", "../busy", "nothing"])
def test_a_wrong_name_lists_the_right_ones(name: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        load_scenario(name)
    assert all(known in str(caught.value) for known in SCENARIO_NAMES)
    assert repr(name) in str(caught.value)


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(ValidationError, match="lode"):
        quiet(pace={"lode": 3})


@pytest.mark.parametrize(
    ("queue", "team"),
    [
        ({"vendor": "yemot", "name": "א", "id": 3, "calls_per_hour": 1}, None),
        ({"vendor": "voicenter", "name": "א", "path": "/1", "calls_per_hour": 1}, None),
        ({"vendor": "yemot", "name": "א", "path": "/1", "calls_per_hour": 1}, {"vendor": "voicenter", "queues": ["א"]}),
        ({"vendor": "yemot", "name": "א", "path": "/1", "calls_per_hour": 1}, {"vendor": "yemot", "queues": ["ב"]}),
    ],
)
def test_what_does_not_fit_together_is_an_error(queue: dict[str, object], team: dict[str, object] | None) -> None:
    teams = [{"name": "צוות", "agents": 1, **team}] if team else []
    with pytest.raises(ValidationError):
        Scenario.model_validate({"name": "x", "title": "x", "queue": [queue], "team": teams})


def test_a_fault_has_its_window() -> None:
    plan = FaultPlan(kind=FaultKind.ERROR, every_seconds=100, for_seconds=10, from_seconds=30)
    assert [plan.window(second) for second in (0, 29, 30, 39.9, 40, 129, 131)] == [None, None, 0, 0, None, None, 1]
    assert FaultPlan(kind=FaultKind.ERROR).window(1e6) == 0


def test_busy_is_the_size_of_a_large_board() -> None:
    floor = make_world("busy").floor
    assert len(floor.queues) == 9
    assert len(floor.agents) == 34
    assert len(floor.campaigns) == 5
    assert {campaign.is_running for campaign in floor.campaigns} == {True, False}
    assert {queue.vendor for queue in floor.queues} == set(Vendor)


def test_five_thousand_people_are_different_and_mostly_hebrew() -> None:
    agents = make_world("huge").floor.agents
    names = {agent.name for agent in agents}
    assert len(names) == len({agent.id for agent in agents}) == 5_000
    hebrew = sum(bool(HEBREW.search(name)) for name in names)
    assert 0.85 < hebrew / len(names) < 0.97


def test_the_board_can_be_configured_for_any_world() -> None:
    for name in ("busy", "night"):
        world = make_world(name)
        settings = Settings.model_validate(configuration(world, "http://127.0.0.1:4321"))
        yemot, voicenter = settings.source
        assert yemot.kind == "yemot"
        assert voicenter.kind == "voicenter"
        assert yemot.token.get_secret_value() == world.access.token
        assert voicenter.code.get_secret_value() == world.access.code
        assert str(voicenter.monitor_url) == "http://127.0.0.1:4321/comet/API/"
        assert [queue.path for queue in yemot.queues] == [q.key for q in world.floor.queues if q.vendor is Vendor.YEMOT]
        agent = world.floor.at(Vendor.YEMOT)[0]
        assert settings.agent_name(yemot.name, agent.id) == agent.name
