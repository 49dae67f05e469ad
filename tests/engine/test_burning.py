"""How fast a campaign's list burns down, by its good polls."""

from dataclasses import replace

import pytest

from tests.engine.feeds import ScriptedFeed, ScriptedSource
from tests.ui.sinks import Sink
from wallboard.clock import ManualClock
from wallboard.domain.actions import Outcome, Result, Stage, Ticket
from wallboard.domain.campaign_actions import AddMember, CampaignCommand, ClearTargets, RemoveTarget
from wallboard.domain.campaigns import Burn, Campaign
from wallboard.domain.faults import Fault, FaultCode
from wallboard.domain.feeds import FeedKey, Subject
from wallboard.domain.ports import Part
from wallboard.engine.burning import Burning
from wallboard.engine.engine import Engine

LIST = FeedKey("Head office", "GetCampaignList")
WARM = Campaign("Head office", "Warm leads", LIST, "code-1")


class Watched:
    """An engine that is asked by hand, and what watches it."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.campaigns: tuple[Campaign, ...] = ()
        self.feed = ScriptedFeed(
            self.clock, key=LIST, subjects=frozenset({Subject.CAMPAIGNS}), least_interval=1.0, answers=[self._part]
        )
        self.engine = Engine(self.clock, [ScriptedSource([self.feed], requests_per_second=1000)])
        self.sink = Sink()
        self.burning = Burning(self.clock, self.engine, self.sink)

    async def poll(self, seconds: float, *pending: int | None) -> None:
        """A good poll for each figure, so many seconds apart."""
        for figure in pending:
            self.clock.jump(seconds)
            self.campaigns = (replace(WARM, pending=figure),)
            self.burning.look(await self.engine.poll_once())

    @property
    def burn(self) -> Burn | None:
        return self.burning.burn("Head office", WARM.id)

    def _part(self) -> Part:
        return Part(self.clock.monotonic(), campaigns=self.campaigns)


@pytest.fixture
def watched() -> Watched:
    return Watched()


async def test_nothing_is_said_before_a_minute_was_seen(watched: Watched) -> None:
    assert watched.burn is None
    await watched.poll(29, 100, 90, 80)
    assert watched.burn is None
    await watched.poll(2, 80)
    assert watched.burn == Burn(20.0, 60.0)


async def test_what_is_added_does_not_count_against_what_is_dialled(watched: Watched) -> None:
    await watched.poll(30, 100, 90, 590, 580, 570)
    assert watched.burn == Burn(15.0, 120.0)


async def test_a_list_that_only_grows_burns_at_nothing(watched: Watched) -> None:
    await watched.poll(30, 0, 10, 20)
    assert watched.burn == Burn(0.0, 60.0)


async def test_a_figure_that_is_missing_is_no_fall(watched: Watched) -> None:
    await watched.poll(30, 100, None, 90)
    assert watched.burn == Burn(10.0, 60.0)


async def test_only_the_last_ten_minutes_count(watched: Watched) -> None:
    await watched.poll(30, 10_000, *([500] * 21))
    assert watched.burn == Burn(0.0, 600.0)


async def test_a_feed_that_does_not_answer_adds_nothing_and_is_forgotten(watched: Watched) -> None:
    await watched.poll(30, 100, 90, 80)
    watched.feed.answers = [Fault(FaultCode.TIMEOUT)]
    await watched.poll(30, 70)
    assert watched.burn == Burn(20.0, 60.0), "of the good polls alone"
    watched.clock.jump(600)
    assert watched.burn is None


async def test_a_snapshot_without_a_new_answer_is_no_poll(watched: Watched) -> None:
    await watched.poll(30, 100, 90, 80)
    for _ in range(5):
        watched.clock.jump(1)
        watched.burning.look(watched.engine.snapshot())
    assert watched.burn == Burn(20.0, 60.0)


async def test_a_campaign_that_is_gone_or_never_was_has_no_rate(watched: Watched) -> None:
    await watched.poll(30, 100, 90, 80)
    assert watched.burning.burn("Elsewhere", WARM.id) is None
    watched.campaigns = ()
    watched.clock.jump(30)
    watched.burning.look(await watched.engine.poll_once())
    assert watched.burn is None


OURS = {"source": "Head office", "target": WARM.id, "words": "Warm leads", "feed": LIST, "code": "code-1"}


@pytest.mark.parametrize(
    ("command", "result", "is_new"),
    [
        (RemoveTarget(**OURS, number="972500000001"), Result.OK, True),  # type: ignore[arg-type]
        (ClearTargets(**OURS), Result.UNKNOWN, True),  # type: ignore[arg-type]
        (ClearTargets(**OURS), Result.REFUSED, False),  # type: ignore[arg-type]
        (AddMember(**OURS, member="SIP1"), Result.OK, False),  # type: ignore[arg-type]
    ],
)
async def test_what_is_taken_out_here_was_not_dialled(
    watched: Watched, command: CampaignCommand, result: Result, is_new: bool
) -> None:
    await watched.poll(30, 100, 90, 80)
    watched.clock.jump(1)
    watched.sink.put(Ticket("1", "b", command, Stage.ENDED, 0.0, outcome=Outcome(result)))
    await watched.poll(29, 20)
    assert watched.burn == (None if is_new else Burn(80 * 60 / 90, 90.0))
    await watched.poll(30, 20, 10)
    assert watched.burn == (Burn(10.0, 60.0) if is_new else Burn(90 * 60 / 150, 150.0))
