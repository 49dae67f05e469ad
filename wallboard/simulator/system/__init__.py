"""A Yemot system beside its queues: its units, numbers, lists, SIP accounts, files, tasks, and what it sends."""

from wallboard.simulator.system.system import System

__all__ = ["System"]
