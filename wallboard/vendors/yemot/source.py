"""A Yemot system: one feed for each of its queues, one for its credit."""

from collections.abc import Mapping, Sequence
from typing import Any

from wallboard.clock import Clock
from wallboard.config.model import Settings, YemotQueue, YemotSource
from wallboard.domain.actions import Command, Outcome
from wallboard.domain.enquiries import Query
from wallboard.domain.feeds import FeedKey, Note, NoteCode
from wallboard.domain.ports import Feed, Part, Told
from wallboard.vendors.asking import Question, ask
from wallboard.vendors.calling import MethodAnswer, call
from wallboard.vendors.deed import NOT_CAPABLE, Deed
from wallboard.vendors.feed import MakePart, MethodFeed
from wallboard.vendors.http import MAX_CONNECTIONS, Answer, HttpSession
from wallboard.vendors.method import AnswerModel, Method
from wallboard.vendors.tally import Tally
from wallboard.vendors.timekeeping import ServerClock
from wallboard.vendors.yemot import account_actions, enquiries, mapping, queue_actions
from wallboard.vendors.yemot.answers import CustomerData
from wallboard.vendors.yemot.methods import GET_CUSTOMER_DATA, GET_QUEUE_REAL_TIME, QUEUE_MANAGEMENT
from wallboard.vendors.yemot.queue_reader import QueueReader

LEAST_INTERVAL_SECONDS = 1.0
CREDIT_INTERVAL_SECONDS = 600.0


class YemotAccount:
    """One Yemot system; implements `domain.ports.Source`.

    Args:
        settings: this source's own table.
        whole: the whole configuration, for thresholds and agents' names.
        clock: where time comes from.
    """

    kind = "yemot"
    concurrency = MAX_CONNECTIONS
    capabilities = queue_actions.KINDS | account_actions.KINDS
    answers = enquiries.QUERIES

    def __init__(self, settings: YemotSource, whole: Settings, clock: Clock) -> None:
        self.name = settings.name
        self.requests_per_second = settings.max_requests_per_second
        self._settings = settings
        self._whole = whole
        self._token = settings.token.get_secret_value()
        self._session = HttpSession(settings, clock, [self._token])
        self._server_clock = ServerClock()
        self.feeds: Sequence[Feed] = (*map(self._queue_feed, settings.queues), self._credit_feed())

    async def perform(self, command: Command) -> Outcome:
        """Carry a command out: one attempt, on a connection of its own, within its seconds."""
        managed = queue_actions.parameters(command)
        done = account_actions.deed(command) if managed is None else Deed(QUEUE_MANAGEMENT, managed)
        if done is None:
            return NOT_CAPABLE
        return (await self.call(done.method, done.values, seconds=command.seconds)).outcome

    async def ask(self, query: Query[Told]) -> Told:
        """Ask once, over a kept connection.

        Raises:
            VendorFault: whatever went wrong.
            LookupError: it is none of what it `answers`.
        """
        question: Question[Told] = enquiries.question(query)
        return await ask(self._session, question, str(self._settings.base_url), token=self._token)

    async def call(
        self,
        method: Method[Any],
        values: Mapping[str, Any],
        rows: Sequence[Mapping[str, Any]] | None = None,
        seconds: float | None = None,
    ) -> MethodAnswer:
        """Call any of Yemot's methods; the token is the account's. See `vendors.calling.call`."""
        return await call(self._session, self._settings, {"token": self._token}, method, values, rows, seconds)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._session.aclose()

    def _queue_feed(self, queue: YemotQueue) -> Feed:
        thresholds = queue.thresholds.over(self._whole.thresholds.thresholds())
        key = FeedKey(self.name, GET_QUEUE_REAL_TIME.name, queue.path)
        place = mapping.QueuePlace(key, queue.path, queue.name or queue.path, thresholds)
        # One request serves one queue, so many queues together must not ask faster than the account allows.
        poll_seconds = self._settings.poll_seconds
        interval = max(poll_seconds, len(self._settings.queues) / self.requests_per_second)
        notes = (Note(NoteCode.RATE_STRETCHED, seconds=interval),) if interval > poll_seconds else ()
        reader = QueueReader(place, self._whole.agent_name, self._server_clock, notes)
        return self._feed(key, GET_QUEUE_REAL_TIME, interval, reader.part, queuePath=queue.path)

    def _credit_feed(self) -> Feed:
        key = FeedKey(self.name, GET_CUSTOMER_DATA.name)

        def part(opened: CustomerData, answer: Answer, tally: Tally) -> Part:
            account = mapping.account(opened, key)
            return Part(answer.received_at, answer.latency, account=account, notes=tally.notes())

        return self._feed(key, GET_CUSTOMER_DATA, CREDIT_INTERVAL_SECONDS, part)

    def _feed(
        self,
        key: FeedKey,
        method: Method[AnswerModel],
        interval: float,
        make_part: MakePart[AnswerModel],
        **values: Any,
    ) -> Feed:
        request = method.request(str(getattr(self._settings, method.base)), token=self._token, **values)
        return MethodFeed(
            key, method, request, make_part, self._session, interval=interval, least_interval=LEAST_INTERVAL_SECONDS
        )
