"""Voicenter's three services, with the habits of the real ones."""

from wallboard.simulator.voicenter.api import VoicenterApi

__all__ = ["VoicenterApi"]
