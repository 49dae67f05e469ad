"""The floor as it is at the timeline's moment, with the world's dice and calendar."""

import math
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

from wallboard.simulator.entities import Agent, Caller, Campaign, Direction, Leg, LegStatus, Queue, Team
from wallboard.simulator.people import caller_phone
from wallboard.simulator.scenario import Scenario, Vendor
from wallboard.simulator.timeline import Timeline

ZONE = ZoneInfo("Asia/Jerusalem")
FINISHED_CALLERS_KEPT = 20_000


@dataclass(slots=True)
class Floor:
    """Everybody and everything. `started_at` is the wall time of moment 0, in seconds since the epoch, UTC."""

    scenario: Scenario
    random: Random
    timeline: Timeline
    started_at: float
    queues: list[Queue] = field(default_factory=list)
    teams: list[Team] = field(default_factory=list)
    agents: list[Agent] = field(default_factory=list)
    campaigns: list[Campaign] = field(default_factory=list)
    finished: deque[Caller] = field(default_factory=lambda: deque(maxlen=FINISHED_CALLERS_KEPT))
    calls: int = 0

    def at(self, vendor: Vendor) -> list[Agent]:
        """The agents of one vendor, in the order of their numbers."""
        return [agent for agent in self.agents if agent.vendor is vendor]

    @property
    def now(self) -> float:
        return self.timeline.now

    def wall(self, moment: float) -> float:
        """Seconds since the epoch, UTC."""
        return self.started_at + moment

    def local(self, moment: float) -> datetime:
        """The wall clock in Israel."""
        return datetime.fromtimestamp(self.wall(moment), ZONE)

    def new_call_id(self, vendor: Vendor) -> str:
        """An id as the vendor makes them: Yemot 32 hex digits, Voicenter the local time and a number."""
        if vendor is Vendor.YEMOT:
            return f"{self.random.getrandbits(128):032x}"
        self.calls += 1
        return f"{self.local(self.now):%Y%m%d%H%M%S}{self.calls:018d}"

    def phone(self) -> str:
        return caller_phone(self.random)

    def happens(self, probability: float) -> bool:
        return self.random.random() < probability

    def about(self, mean: float) -> float:
        """A duration in seconds as calls have them: many short, few long."""
        spread = 0.6
        return min(max(self.random.lognormvariate(math.log(mean) - spread**2 / 2, spread), 4.0), mean * 6)

    def leg(self, vendor: Vendor, phone: str, direction: Direction, status: LegStatus) -> Leg:
        """A new call that is not at an agent yet."""
        return Leg(
            call_id=self.new_call_id(vendor),
            phone=phone,
            name=phone,
            direction=direction,
            status=status,
            started_at=self.now,
            dialed=self._as_dialed(phone),
            is_muted=self.happens(0.08),
        )

    def _as_dialed(self, phone: str) -> str | int | None:
        """Voicenter writes the number mostly as text, now and then as a number, or leaves it out."""
        draw = self.random.random()
        if draw < 0.15:
            return None
        return int(phone) if draw < 0.2 and phone.isdigit() else phone
