"""Calls that the system makes for somebody: a bridge between two numbers, a fax."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from wallboard.simulator.desk import Desk
from wallboard.simulator.entities import Agent, Direction, Leg, LegStatus
from wallboard.simulator.floor import Floor
from wallboard.simulator.scenario import Vendor
from wallboard.simulator.system.units import Ledger

UNITS_TO_SET_UP = 0.1
SPARE_UNITS_FOR_A_FAX = 5.0

_AGENT_ANSWERS_SHARE = 0.95
_CUSTOMER_ANSWERS_SHARE = 0.8
_AGENT_RINGS_SECONDS = (3, 9)
_CUSTOMER_RINGS_SECONDS = (4, 18)
_TALK_SECONDS = 90
_FAX_SECONDS = (25, 160)


@dataclass(frozen=True, slots=True)
class Bridge:
    """A call to one number and, when it answers, to another. `agent` is who is rung, if he is on the floor."""

    id: str
    customer: str
    agent: Agent | None
    is_sip: bool  # then the agent's side is not charged


class SystemLines:
    """Rings, connects and charges on the timeline."""

    def __init__(self, floor: Floor, desk: Desk, ledger: Ledger, random: Random) -> None:
        self._floor = floor
        self._desk = desk
        self._ledger = ledger
        self._random = random

    def agent_at(self, phone: str) -> Agent | None:
        """Who works from an outside telephone."""
        return next((agent for agent in self._floor.at(Vendor.YEMOT) if agent.id == phone), None)

    def bridge(self, bridge: Bridge) -> None:
        """Ring the agent, then the customer, and charge by the minute when it ends.

        Raises:
            RefusedError: there are too few units.
        """
        self._ledger.require(UNITS_TO_SET_UP)
        self._ledger.charge(UNITS_TO_SET_UP, bridge.id)
        leg = None
        if bridge.agent is not None and bridge.agent.is_free:
            leg = self._floor.leg(Vendor.YEMOT, bridge.customer, Direction.CLICK2CALL, LegStatus.RINGING)
            self._desk.put(bridge.agent, leg)
        answers = (bridge.agent is None or leg is not None) and self._random.random() < _AGENT_ANSWERS_SHARE
        rings = self._random.uniform(*_AGENT_RINGS_SECONDS)
        self._after(rings, lambda: self._agent_rung(bridge, leg, rings, answers=answers))

    def _agent_rung(self, bridge: Bridge, leg: Leg | None, elapsed: float, *, answers: bool) -> None:
        if not answers:
            self._hang_up(bridge, leg, elapsed)
            return
        if bridge.agent is not None and leg is not None:
            self._desk.turn(bridge.agent, leg, LegStatus.DIALING)
        rings = self._random.uniform(*_CUSTOMER_RINGS_SECONDS)
        talks = self._random.random() < _CUSTOMER_ANSWERS_SHARE
        self._after(rings, lambda: self._customer_rung(bridge, leg, elapsed + rings, answers=talks))

    def _customer_rung(self, bridge: Bridge, leg: Leg | None, elapsed: float, *, answers: bool) -> None:
        if not answers:
            self._hang_up(bridge, leg, elapsed)
            return
        seconds = self._floor.about(_TALK_SECONDS)
        agent_side = 0.0 if bridge.is_sip else elapsed + seconds

        def end() -> None:
            self._charge_minutes(bridge.id, agent_side + seconds)

        if bridge.agent is not None and leg is not None:
            self._desk.talk(bridge.agent, leg, seconds, end)
        else:
            self._after(seconds, end)

    def _hang_up(self, bridge: Bridge, leg: Leg | None, elapsed: float) -> None:
        if bridge.agent is not None and leg is not None:
            self._desk.drop(bridge.agent, leg)
        self._charge_minutes(bridge.id, 0.0 if bridge.is_sip else elapsed)

    def fax(self, fax_id: str) -> None:
        """Send a fax, and charge by the minute when it is through.

        Raises:
            RefusedError: there are too few units, or too few would be left.
        """
        self._ledger.require(UNITS_TO_SET_UP, SPARE_UNITS_FOR_A_FAX)
        self._ledger.charge(UNITS_TO_SET_UP, fax_id)
        seconds = self._random.uniform(*_FAX_SECONDS)
        self._after(seconds, lambda: self._charge_minutes(fax_id, seconds))

    def _charge_minutes(self, description: str, seconds: float) -> None:
        self._ledger.charge(seconds / 60, description)

    def _after(self, seconds: float, action: Callable[[], None]) -> None:
        self._floor.timeline.after(seconds, action)
