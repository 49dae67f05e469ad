"""A served world and the accounts that speak to it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from tests.vendors.accounts import closing, part_of
from wallboard.clock import ManualClock
from wallboard.config.model import Settings, VoicenterSource, YemotSource
from wallboard.domain.campaigns import Campaign
from wallboard.domain.ports import Feed, Part
from wallboard.simulator.configuration import configuration
from wallboard.simulator.server import serve
from wallboard.simulator.world import World
from wallboard.vendors.voicenter.source import VoicenterAccount
from wallboard.vendors.yemot.source import YemotAccount


@dataclass
class Floor:
    """A served world and its two accounts."""

    world: World
    yemot: YemotAccount
    voicenter: VoicenterAccount

    async def queue(self, path: str) -> Part:
        return await part_of(_feed(self.yemot.feeds, "GetQueueRealTime", path))

    async def phones(self, path: str) -> list[str | None]:
        return [caller.phone for caller in (await self.queue(path)).callers]

    async def campaigns(self) -> dict[str, Campaign]:
        part = await part_of(_feed(self.voicenter.feeds, "GetCampaignList"))
        return {campaign.name: campaign for campaign in part.campaigns}


def _feed(feeds: Sequence[Feed], method: str, queue: str | None = None) -> Feed:
    return next(feed for feed in feeds if (feed.key.method, feed.key.queue) == (method, queue))


@asynccontextmanager
async def serving(world: World) -> AsyncIterator[Floor]:
    async with serve(world) as address:
        settings = Settings.model_validate(configuration(world, address))
        yemot, voicenter = settings.source
        assert isinstance(yemot, YemotSource)
        assert isinstance(voicenter, VoicenterSource)
        clock = ManualClock()
        floor = Floor(world, YemotAccount(yemot, settings, clock), VoicenterAccount(voicenter, settings, clock))
        async with closing(floor.yemot, floor.voicenter):
            yield floor
