"""Whatever the parameters of a method hold, the stand-in answers as the vendor would: it does not break."""

import json
from typing import Any

import pytest

from tests.simulator.worlds import DIALER, DIRECTORY, MONITOR, YEMOT, Desk, make_patient_world
from wallboard.simulator.voicenter.campaigns import SMART_DIALER_METHOD
from wallboard.vendors.catalogue import METHODS
from wallboard.vendors.method import Method

BASES = {"base_url": YEMOT, "monitor_url": MONITOR, "extensions_url": DIRECTORY, "dialer_url": DIALER}
JUNK: list[Any] = [
    None, True, 0, -1, 1.5, 10**40, "", " ", "nan", "9" * 5_000, "\ud800", "tzl:", "tpl:", "sip:", "../..", "[",
    [], [[]], [None], {}, {"phones": 1}, [{"phones": [{}]}], [{"phone": None, "callerId": []}], "\u200f", "²",
]  # fmt: skip


@pytest.mark.parametrize("name", sorted(METHODS))
async def test_nonsense_is_answered(name: str) -> None:
    method: Method[Any] = METHODS[name]
    world = make_patient_world()
    desk, access = Desk(world), world.access
    own = {"token": access.token, "code": access.code, "Code": access.dialer_code}
    own["Campaign"] = world.floor.campaigns[0].code
    url = BASES[method.base] + (SMART_DIALER_METHOD if method.command_setting else method.name)
    modes = [{method.mode_parameter: mode.value} for mode in method.modes] or [{}]
    for mode in modes:
        for junk in JUNK:
            values = {p.name: own.get(p.name, junk) for p in method.parameters} | mode
            for body in (values, [values, junk]):
                headers = {"content-type": "application/json"}
                answer = await desk.http.post(url, content=json.dumps(body), headers=headers)
                assert answer.status_code == 200
                assert answer.headers["content-type"].startswith("text/") or isinstance(answer.json(), dict)
    world.floor.timeline.run_until(world.floor.now + 7_200)  # what was asked for can be carried out, too
