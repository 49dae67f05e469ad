"""Yemot's classic interface: `/ym/api/<Command>`, as reality has it and not only the document."""

from wallboard.simulator.yemot.api import answer
from wallboard.simulator.yemot.queues import hebrew_duration

__all__ = ["answer", "hebrew_duration"]
