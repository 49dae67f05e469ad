"""Watches how fast the campaigns' lists burn down."""

from collections import deque
from itertools import pairwise

from wallboard.clock import Clock
from wallboard.domain.actions import ActionKind, Result, Ticket
from wallboard.domain.campaigns import Burn, Campaign
from wallboard.domain.ports import ActionSink, SnapshotStream
from wallboard.domain.snapshot import Snapshot

WINDOW_SECONDS = 600.0
LEAST_SECONDS = 60.0
_TAKING_OUT = frozenset({ActionKind.REMOVE_TARGET, ActionKind.CLEAR_TARGETS})
_MAYBE_DONE = frozenset({Result.OK, Result.UNKNOWN})

# One good poll of one campaign: when it was answered, and how many targets were pending.
_Readings = deque[tuple[float, int]]


class Burning:
    """Implements `domain.ports.BurnRates` from the good polls of the last ten minutes.

    What a list falls between two polls has been dialled, or taken out elsewhere; what it rises has been added, and
    says nothing of the dialling. Once targets are taken out here, watching begins anew.
    """

    def __init__(self, clock: Clock, stream: SnapshotStream, sink: ActionSink) -> None:
        self._clock = clock
        self._readings: dict[tuple[str, str], _Readings] = {}
        self._taken_out_at: dict[tuple[str, str], float] = {}  # of campaigns of which no poll began since
        self._unsubscribe = stream.subscribe(self.look)
        sink.listen(self._take)
        self.look(stream.snapshot())

    def look(self, snapshot: Snapshot) -> None:
        """Note what the campaigns' polls told; one that was noted before is not noted again."""
        self._readings = {
            (campaign.source, campaign.id): self._noted(campaign, snapshot) for campaign in snapshot.floor.campaigns
        }

    def burn(self, source: str, campaign: str) -> Burn | None:
        """Targets a minute of the campaign with this id; None while less than a minute of it was seen."""
        readings = self._readings.get((source, campaign), _Readings())
        since = self._clock.monotonic() - WINDOW_SECONDS
        recent = [reading for reading in readings if reading[0] >= since]
        seconds = recent[-1][0] - recent[0][0] if recent else 0.0
        if seconds < LEAST_SECONDS:
            return None
        fallen = sum(max(0, before - after) for (_, before), (_, after) in pairwise(recent))
        return Burn(fallen * 60 / seconds, seconds)

    def _take(self, ticket: Ticket) -> None:
        """What was sent and may have been done makes a fall that nobody dialled."""
        outcome = ticket.outcome
        if ticket.command.kind in _TAKING_OUT and outcome is not None and outcome.result in _MAYBE_DONE:
            self._taken_out_at[ticket.command.source, ticket.command.target] = self._clock.monotonic()

    def _noted(self, campaign: Campaign, snapshot: Snapshot) -> _Readings:
        readings = self._readings.get((campaign.source, campaign.id), _Readings())
        status = snapshot.feeds.get(campaign.feed)
        if campaign.pending is None or status is None or status.succeeded_at is None:
            return readings
        if not readings or readings[-1][0] < status.succeeded_at:
            if (taken_out_at := self._taken_out_at.get((campaign.source, campaign.id))) is not None:
                readings.clear()
                if status.succeeded_at - (status.latency or 0.0) > taken_out_at:
                    del self._taken_out_at[campaign.source, campaign.id]
            readings.append((status.succeeded_at, campaign.pending))
        while readings[0][0] < snapshot.at - WINDOW_SECONDS:
            readings.popleft()
        return readings
