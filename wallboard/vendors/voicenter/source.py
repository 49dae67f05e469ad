"""A Voicenter account: its agents, its queues, its directory and its campaigns."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from wallboard.clock import Clock
from wallboard.config.logs import keep_out
from wallboard.config.model import Settings, VoicenterSource
from wallboard.domain.actions import Command, Outcome
from wallboard.domain.campaign_actions import AddTargets
from wallboard.domain.enquiries import Query
from wallboard.domain.feeds import FeedKey
from wallboard.domain.ports import Feed, Part, Told
from wallboard.vendors.asking import Question, ask
from wallboard.vendors.calling import MethodAnswer, call
from wallboard.vendors.deed import NOT_CAPABLE
from wallboard.vendors.feed import MakePart, MethodFeed
from wallboard.vendors.http import MAX_CONNECTIONS, Answer, HttpSession
from wallboard.vendors.method import AnswerModel, Method
from wallboard.vendors.tally import Tally
from wallboard.vendors.voicenter import enquiries, mapping
from wallboard.vendors.voicenter.agent_reader import AgentReader
from wallboard.vendors.voicenter.answers import CampaignList, CampaignRow, DirectoryRow, Extensions
from wallboard.vendors.voicenter.bulk_reader import bulk_outcome
from wallboard.vendors.voicenter.campaign_actions import KINDS, KINDS_BY_NAME, deed
from wallboard.vendors.voicenter.epoch import VendorTime
from wallboard.vendors.voicenter.methods import (
    GET_CAMPAIGN_LIST,
    GET_EXTENSIONS,
    GET_EXTENSIONS_CALLS,
    GET_QUEUES_CALLERS,
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
    answers = enquiries.QUERIES

    def __init__(self, settings: VoicenterSource, whole: Settings, clock: Clock) -> None:
        self.name = settings.name
        self.requests_per_second = settings.max_requests_per_second
        self._settings = settings
        self._whole = whole
        self._code = settings.code.get_secret_value()
        self._dialer_code = (settings.dialer_code or settings.code).get_secret_value()
        self._session = HttpSession(settings, clock, [self._code, self._dialer_code])
        self.capabilities = KINDS | KINDS_BY_NAME if settings.smart_dialer_method else KINDS
        self._zone = ZoneInfo(settings.time_zone)
        time = VendorTime(self._zone)  # the two monitoring methods are one server's
        self.feeds: Sequence[Feed] = (
            self._agents_feed(time),
            self._queues_feed(time),
            self._directory_feed(),
            self._campaigns_feed(),
        )

    async def perform(self, command: Command) -> Outcome:
        """Carry a command about a campaign out: one attempt, on a connection of its own, within its seconds."""
        done = deed(command)
        if done is None or command.kind not in self.capabilities:
            return NOT_CAPABLE
        told = await self.call(done.method, done.values, done.rows, command.seconds)
        if not isinstance(command, AddTargets):
            return told.outcome
        discreet = self._session.discreet.including(told.secrets)
        host = self._settings.dialer_url.host or ""
        return bulk_outcome([new.number for new in command.new], told, done.method.codes, discreet, host)

    async def ask(self, query: Query[Told]) -> Told:
        """Ask the dialer once, over a kept connection.

        Raises:
            VendorFault: whatever went wrong.
            LookupError: it is none of what it `answers`.
        """
        question: Question[Told] = enquiries.question(query, self._zone)
        return await ask(self._session, question, str(self._settings.dialer_url))

    async def call(
        self,
        method: Method[Any],
        values: Mapping[str, Any],
        rows: Sequence[Mapping[str, Any]] | None = None,
        seconds: float | None = None,
    ) -> MethodAnswer:
        """Call any of Voicenter's methods; the account's codes are its own. See `vendors.calling.call`."""
        credentials = {"code": self._code, "Code": self._dialer_code}
        return await call(self._session, self._settings, credentials, method, values, rows, seconds)

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
            keep_out(row.code for row in rows.values())
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
