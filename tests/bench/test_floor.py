"""The scripted floor changes as much as the script says, and nothing else."""

import json
from typing import Any

import pytest

from tests.bench.floor import Floor, Script
from tests.bench.load import slope

NOW = 1_700_000_000.0


def extensions(floor: Floor, now: float) -> dict[str, Any]:
    return {row["username"]: row for row in json.loads(floor.extensions_calls(now))["EXTENSIONS"]}


@pytest.mark.parametrize("change", ["phones", "calls"])
@pytest.mark.parametrize(("share", "changed"), [(0.0, 0), (0.05, 5), (1.0, 100)])
def test_the_scripted_share_of_the_rows_changes(change: Any, share: float, changed: int) -> None:
    floor = Floor(Script(agents=100, share=share, change=change), NOW)
    before, after = extensions(floor, NOW), extensions(floor, NOW + 1)
    assert sum(after[name] != row for name, row in before.items()) == changed
    began = [after[name]["calls"][0]["callStarted"] != row["calls"][0]["callStarted"] for name, row in before.items()]
    assert any(began) == (change == "calls" and share > 0)


def test_what_is_spared_does_not_change() -> None:
    floor = Floor(Script(agents=100, share=0.5, spared=40), NOW)
    before, after = extensions(floor, NOW), extensions(floor, NOW + 1)
    changed = {name for name, row in before.items() if after[name] != row}
    assert len(changed) == 50
    assert min(changed) >= "SIP00040"


def test_what_did_not_change_is_the_same_bytes() -> None:
    floor = Floor(Script(), NOW)
    assert floor.extensions_calls(NOW) is floor.extensions_calls(NOW + 1)


def test_callers_wait_longer_or_move_up() -> None:
    def callers(floor: Floor, now: float) -> list[dict[str, Any]]:
        floor.extensions_calls(now)
        (queue,) = json.loads(floor.queues_callers(now))["QUEUES"]
        waiting: list[dict[str, Any]] = queue["Callers"]
        return waiting

    still = Floor(Script(queues=1, callers=3), NOW)
    first, second = callers(still, NOW), callers(still, NOW + 1)
    assert [after["Duration"] - before["Duration"] for before, after in zip(first, second, strict=True)] == [1, 1, 1]
    moving = Floor(Script(queues=1, callers=3, is_moving=True), NOW)
    first, second = callers(moving, NOW), callers(moving, NOW + 1)
    assert second[:2] == first[1:]


def test_the_slope_of_a_line_is_found() -> None:
    assert slope([(0, 10), (10, 30), (20, 50)]) == 2
    assert slope([(5, 10)]) == 0
