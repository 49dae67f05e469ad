"""Voicenter's samples, and what a feed makes of them."""

from typing import Any

from tests.vendors.accounts import fixture, read, voicenter_account
from wallboard.clock import ManualClock
from wallboard.domain.ports import Part

URL = "http://vendor.example/comet/API/"
TWO_CALLS = fixture("voicenter/GetExtensionsCalls.two_calls")
EXTENSION = TWO_CALLS["EXTENSIONS"][0]
HELD, DIALED = EXTENSION["calls"]
QUEUES = fixture("voicenter/GetQueuesCallers.answer")
CAMPAIGNS = fixture("voicenter/GetCampaignList.answer")
QUEUE, EMPTY_QUEUE = QUEUES["QUEUES"]
CALLER, LATER_CALLER = QUEUE["Callers"]
LOCAL_IS_AHEAD = 7_200  # Israel, in winter
NOW = 1_703_760_926 - LOCAL_IS_AHEAD
AGENTS, WAITING, DIRECTORY, DIALER = range(4)


def extensions(*rows: Any) -> dict[str, Any]:
    return {"ERR": 0, "DESC": "OK", "EXTENSIONS": list(rows)}


def queues(*rows: Any) -> dict[str, Any]:
    return {"ERR": 0, "DESC": "OK", "QUEUES": list(rows)}


def part_of(document: dict[str, Any], feed: int = AGENTS, clock: ManualClock | None = None, **settings: Any) -> Part:
    clock = clock or ManualClock(now=NOW)
    return read(voicenter_account(URL, clock, **settings).feeds[feed], document, clock)


FEEDS = voicenter_account(URL, ManualClock(now=NOW)).feeds
