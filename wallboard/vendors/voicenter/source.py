"""A Voicenter account: its agents, its queues, its directory and its campaigns."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from wallboard.clock import Clock
from wallboard.config.model import Settings, VoicenterSource
from wallboard.domain.actions import ActionKind, Command, Outcome, StartCampaign, StopCampaign
from wallboard.domain.feeds import FeedKey
from wallboard.domain.ports import Feed, Part
from wallboard.vendors.action import NOT_CAPABLE, perform
from wallboard.vendors.feed import MakePart, MethodFeed
from wallboard.vendors.http import MAX_CONNECTIONS, Answer, HttpSession
from wallboard.vendors.method import AnswerModel, Method
from wallboard.vendors.tally import Tally
from wallboard.vendors.voicenter import mapping
from wallboard.vendors.voicenter.agent_reader import AgentReader
from wallboard.vendors.voicenter.answers import CampaignList, CampaignRow, DirectoryRow, Extensions
from wallboard.vendors.voicenter.epoch import VendorTime
from wallboard.vendors.voicenter.methods import (
    GET_CAMPAIGN_LIST,
    GET_EXTENSIONS,
    GET_EXTENSIONS_CALLS,
    GET_QUEUES_CALLERS,
    START_CAMPAIGN,
    STOP_CAMPAIGN,
)
from wallboard.vendors.voicenter.queue_reader import QueueReader
from wallboard.vendors.wire import by_id, pieces

LEAST_INTERVAL_SECONDS = 5.0  # the vendor's; a configured shorter one is the person's own will
DIRECTORY_INTERVAL_SECONDS = 1200.0
LEAST_DIRECTORY_INTERVAL_SECONDS = 30.0


class VoicenterAccount:
    """One Voicenter account; implements `domain.ports.Source`.

    Args:
        settings: this source's own table.
        whole: the whole configuration, for thresholds and agents' names.
        clock: where time comes from.
    """

    kind = "voicenter"
    concurrency = MAX_CONNECTIONS
    capabilities = frozenset({ActionKind.START_CAMPAIGN, ActionKind.STOP_CAMPAIGN})

    def __init__(self, settings: VoicenterSource, whole: Settings, clock: Clock) -> None:
        self.name = settings.name
        self.requests_per_second = settings.max_requests_per_second
        self._settings = settings
        self._whole = whole
        self._code = settings.code.get_secret_value()
        self._dialer_code = (settings.dialer_code or settings.code).get_secret_value()
        self._session = HttpSession(settings, clock, [self._code, self._dialer_code])
        time = VendorTime(ZoneInfo(settings.time_zone))  # the two monitoring methods are one server's
        self.feeds: Sequence[Feed] = (
            self._agents_feed(time),
            self._queues_feed(time),
            self._directory_feed(),
            self._campaigns_feed(),
        )

    async def perform(self, command: Command) -> Outcome:
        """Stop or start a campaign: one attempt, on a connection of its own, within 8 s."""
        match command:
            case StartCampaign():
                method = START_CAMPAIGN
            case StopCampaign():
                method = STOP_CAMPAIGN
            case _:
                return NOT_CAPABLE
        return await perform(self._session, method, str(self._settings.dialer_url), {"Campaign": command.code})

    async def aclose(self) -> None:
        """Close the connections."""
        await self._session.aclose()

    def _agents_feed(self, time: VendorTime) -> Feed:
        method, poll_seconds = GET_EXTENSIONS_CALLS, self._settings.poll_seconds
        reader = AgentReader(self._key(method), self._whole.agent_name, time)
        least_interval = min(LEAST_INTERVAL_SECONDS, poll_seconds)
        return self._feed(method, poll_seconds, least_interval, reader.part, code=self._code)

    def _queues_feed(self, time: VendorTime) -> Feed:
        method, poll_seconds = GET_QUEUES_CALLERS, self._settings.poll_seconds
        floor = self._whole.thresholds.thresholds()
        places = {
            str(queue.id): mapping.QueuePlace(queue.name, queue.thresholds.over(floor), queue.hide)
            for queue in self._settings.queues
        }
        reader = QueueReader(self._key(method), places, mapping.QueuePlace(None, floor, is_hidden=False), time)
        least_interval = min(LEAST_INTERVAL_SECONDS, poll_seconds)
        return self._feed(method, poll_seconds, least_interval, reader.part, code=self._code)

    def _directory_feed(self) -> Feed:
        def part(opened: Extensions, answer: Answer, tally: Tally) -> Part:
            rows = by_id(pieces(DirectoryRow, opened.extensions, tally), tally)
            directory = tuple(map(mapping.directory_entry, rows.values()))
            return Part(answer.received_at, answer.latency, directory=directory, notes=tally.notes())

        return self._feed(
            GET_EXTENSIONS,
            DIRECTORY_INTERVAL_SECONDS,
            LEAST_DIRECTORY_INTERVAL_SECONDS,
            part,
            code=self._code,
        )

    def _campaigns_feed(self) -> Feed:
        key, interval = self._key(GET_CAMPAIGN_LIST), self._settings.campaign_poll_seconds

        def part(opened: CampaignList, answer: Answer, tally: Tally) -> Part:
            rows = by_id(pieces(CampaignRow, opened.campaigns, tally), tally)
            campaigns = tuple(mapping.campaign(row, key, tally) for row in rows.values())
            return Part(answer.received_at, answer.latency, campaigns=campaigns, notes=tally.notes())

        least_interval = min(LEAST_INTERVAL_SECONDS, interval)
        return self._feed(GET_CAMPAIGN_LIST, interval, least_interval, part, Code=self._dialer_code)

    def _key(self, method: Method[Any]) -> FeedKey:
        return FeedKey(self.name, method.name)

    def _feed(
        self,
        method: Method[AnswerModel],
        interval: float,
        least_interval: float,
        make_part: MakePart[AnswerModel],
        **values: Any,
    ) -> Feed:
        request = method.request(str(getattr(self._settings, method.base)), **values)
        return MethodFeed(
            self._key(method),
            method,
            request,
            make_part,
            self._session,
            interval=interval,
            least_interval=least_interval,
        )
