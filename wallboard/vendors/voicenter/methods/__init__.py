"""Voicenter's methods, declared."""

from typing import Any

from wallboard.vendors.method import Method
from wallboard.vendors.voicenter.methods import campaigns, monitoring, targets
from wallboard.vendors.voicenter.methods.campaigns import GET_CAMPAIGN_LIST, START_CAMPAIGN, STOP_CAMPAIGN
from wallboard.vendors.voicenter.methods.monitoring import GET_EXTENSIONS, GET_EXTENSIONS_CALLS, GET_QUEUES_CALLERS

__all__ = [
    "GET_CAMPAIGN_LIST",
    "GET_EXTENSIONS",
    "GET_EXTENSIONS_CALLS",
    "GET_QUEUES_CALLERS",
    "METHODS",
    "START_CAMPAIGN",
    "STOP_CAMPAIGN",
]

METHODS: tuple[Method[Any], ...] = (*monitoring.METHODS, *campaigns.METHODS, *targets.METHODS)
