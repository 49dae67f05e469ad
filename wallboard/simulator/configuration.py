"""The settings of a board that looks at a simulated world."""

from typing import Any

from wallboard.simulator.scenario import Vendor
from wallboard.simulator.voicenter.campaigns import SMART_DIALER_METHOD
from wallboard.simulator.world import World

YEMOT_SOURCE = "Main line"
VOICENTER_SOURCE = "Head office"


def configuration(world: World, address: str) -> dict[str, Any]:
    """The mapping of a wallboard.toml for both sources of a world served at `address`."""
    floor, access = world.floor, world.access
    queues = [{"path": q.key, "name": q.name} for q in floor.queues if q.vendor is Vendor.YEMOT]
    sources: list[dict[str, Any]] = []
    if queues:
        sources.append(
            {
                "kind": "yemot",
                "name": YEMOT_SOURCE,
                "token": access.token,
                "base_url": f"{address}/ym/api/",
                # The vendor gives one queue at a time; each should still come every 5 s.
                "max_requests_per_second": max(10, len(queues)),
                "queues": queues,
                "transfer_to": [{"path": "/9", "name": "תא קולי"}, {"path": "/8", "name": "משרד"}],
            }
        )
    if floor.at(Vendor.VOICENTER):
        sources.append(
            {
                "kind": "voicenter",
                "name": VOICENTER_SOURCE,
                "code": access.code,
                "dialer_code": access.dialer_code,
                "monitor_url": f"{address}/comet/API/",
                "extensions_url": f"{address}/Comet/api/",
                "dialer_url": f"{address}/ForwardDialer/Dialer/",
                "campaign_poll_seconds": 10,
                "smart_dialer_method": SMART_DIALER_METHOD,
            }
        )
    return {"agents": {agent.id: agent.name for agent in floor.at(Vendor.YEMOT)}, "source": sources}
