"""The share of polls that fails is the one asked for, whatever else the scenario does."""

from math import prod

import pytest

from tests.soak.vendors import HARMLESS, SUDDEN, worsened
from wallboard.simulator.scenario import load_scenario


@pytest.mark.parametrize("share", [0.0, 0.05, 0.5])
def test_in_all_one_of_the_sudden_faults_strikes_that_share(share: float) -> None:
    faulty = load_scenario("faulty")
    worse = worsened(faulty, share)
    added = worse.fault[: len(SUDDEN)]
    assert worse.fault[len(SUDDEN) :] == faulty.fault
    assert {plan.kind for plan in added} == set(SUDDEN)
    assert {(plan.method, plan.every_seconds, plan.from_seconds) for plan in added} == {("*", None, 0)}
    assert 1 - prod(1 - plan.probability for plan in added) == pytest.approx(share)
    assert not set(SUDDEN) & set(HARMLESS)
