"""The world: a seeded floor that lives on a clock, whoever asks and whenever."""

import math
from random import Random

from wallboard.clock import Clock
from wallboard.simulator.access import access_of
from wallboard.simulator.dialer import Dialer
from wallboard.simulator.entities import Campaign, Membership, Queue
from wallboard.simulator.floor import Floor
from wallboard.simulator.lines import Lines
from wallboard.simulator.people import caller_phone
from wallboard.simulator.request_log import RequestLog
from wallboard.simulator.rota import Rota
from wallboard.simulator.routing import Routing
from wallboard.simulator.scenario import Scenario, Vendor
from wallboard.simulator.staffing import staff
from wallboard.simulator.system import System
from wallboard.simulator.timeline import Timeline
from wallboard.simulator.truth import CallerRecord, QueueCount, counts, records


class World:
    """A call centre at both vendors.

    Nothing runs in the background: whoever asks first lets happen what is due by then. The same scenario, seed and
    start tell the same story, however often it is looked at. `floor`, `routing`, `dialer` and `system` are open to the
    vendors' methods and to tests that want to arrange a moment; call `advance` first.

    Args:
        scenario: what kind of day.
        seed: which such day.
        clock: where time comes from.
        speed: simulated seconds per second.
    """

    def __init__(self, scenario: Scenario, seed: int, clock: Clock, speed: float = 1.0) -> None:
        if not 0 < speed < math.inf:
            raise ValueError(f"the simulator's speed must be a number above 0, not {speed}")
        key = f"{scenario.name}/{seed}"
        self.scenario = scenario
        self.seed = seed
        self.clock = clock
        self.speed = speed
        self.access = access_of(key)
        self.requests = RequestLog()
        self._began_at = clock.monotonic()
        self.floor = Floor(scenario, Random(key), Timeline(-scenario.warm_seconds), clock.now())
        staff(self.floor, key)
        self.routing = Routing(self.floor)
        self.dialer = Dialer(self.floor, self.routing)
        self._open()
        self.floor.timeline.run_until(0)
        self.system = System(self.floor, self.routing.desk, key)

    def _open(self) -> None:
        for queue in self.floor.queues:
            self._plan_arrival(queue)
        rota = Rota(self.floor, self.routing.desk)
        for agent in self.floor.agents:
            rota.begin(agent)
        Lines(self.floor, self.routing.desk).open()
        for campaign in self.floor.campaigns:
            if campaign.is_running:
                self.dialer.start(campaign)

    def _plan_arrival(self, queue: Queue) -> None:
        """A Poisson process whose rate swells and ebbs: drawn at the highest rate, then thinned."""
        pace = self.scenario.pace
        highest = queue.plan.calls_per_hour * pace.load * (1 + pace.wave_depth) / 3600
        if highest:
            self.floor.timeline.after(queue.random.expovariate(highest), lambda: self._arrive(queue))

    def _arrive(self, queue: Queue) -> None:
        pace = self.scenario.pace
        wave = math.sin(2 * math.pi * self.floor.now / queue.wave_seconds + queue.wave_phase)
        if queue.random.random() * (1 + pace.wave_depth) < 1 + pace.wave_depth * wave:
            self.routing.join(queue, caller_phone(queue.random))
        self._plan_arrival(queue)

    @property
    def elapsed(self) -> float:
        """Seconds of the machine's time since the start, whatever the speed."""
        return self.clock.monotonic() - self._began_at

    def advance(self) -> Floor:
        """Let everything happen that is due by now, and show the floor."""
        self.floor.timeline.run_until(self.elapsed * self.speed)
        return self.floor

    def wall(self) -> float:
        """The vendors' wall time: seconds since the epoch, UTC."""
        return self.floor.wall(self.elapsed * self.speed)

    def queue(self, vendor: Vendor, key: str) -> Queue | None:
        """The queue at a path (Yemot) or of an id (Voicenter)."""
        return next((q for q in self.floor.queues if q.vendor is vendor and q.key == key), None)

    def kick(self, queue: Queue, call_id: str, sent_to: str | None = None) -> bool:
        """Take a caller out of a queue; False if he does not wait there any more."""
        self.advance()
        caller = queue.waiting.get(call_id)
        if caller is None:
            return False
        self.routing.kick(caller, sent_to, self.queue(queue.vendor, sent_to) if sent_to else None)
        return True

    def set_paused(self, membership: Membership, is_paused: bool) -> None:
        """Pause an agent in one queue, or let him work; as he is already is no error."""
        self.advance()
        membership.is_paused, membership.is_paused_by_rota = is_paused, False
        self.routing.desk.look_free(membership.agent)

    def set_running(self, campaign: Campaign, is_running: bool) -> None:
        """Start or stop a campaign; as it is already is no error."""
        self.advance()
        if is_running:
            self.dialer.start(campaign)
        else:
            self.dialer.stop(campaign)

    def callers(self) -> tuple[CallerRecord, ...]:
        """The truth about those who wait now and the last 20,000 who did."""
        return records(self.advance())

    def counts(self) -> dict[str, QueueCount]:
        """The truth about every queue since the world began, by path or id."""
        return counts(self.advance().queues)
