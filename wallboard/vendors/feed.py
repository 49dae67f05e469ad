"""A feed of any vendor: asks one method and makes a part of the answer."""

from collections.abc import Callable
from typing import Generic

import anyio.to_thread

from wallboard.domain.faults import Fault, FaultCode, VendorFault
from wallboard.domain.feeds import FeedKey
from wallboard.domain.ports import Part
from wallboard.vendors.body import opened, parsed
from wallboard.vendors.http import Answer, HttpSession
from wallboard.vendors.method import AnswerModel, Method, Request
from wallboard.vendors.sent_rows import SentRows
from wallboard.vendors.tally import Tally

LEAST_DEADLINE_SECONDS = 3.0
MOST_DEADLINE_SECONDS = 8.0
LARGE_BODY_BYTES = 200_000  # from there on it is read in a thread, so that keys are answered meanwhile

MakePart = Callable[[AnswerModel, Answer, Tally], Part]


class MethodFeed(Generic[AnswerModel]):
    """One method of one account, ready to be polled; implements `domain.ports.Feed`."""

    def __init__(
        self,
        key: FeedKey,
        method: Method[AnswerModel],
        request: Request,
        make_part: MakePart[AnswerModel],
        session: HttpSession,
        *,
        interval: float,
        least_interval: float,
    ) -> None:
        self.key = key
        self.subjects = method.subjects
        self.host = request.host
        self.interval = interval
        self.least_interval = least_interval
        self.deadline = max(LEAST_DEADLINE_SECONDS, min(MOST_DEADLINE_SECONDS, interval))
        self._method = method
        self._request = request
        self._make_part = make_part
        self._session = session
        self._rows = SentRows(method.long_list) if method.long_list else None

    async def fetch(self) -> Part:
        """Ask once.

        Raises:
            VendorFault: whatever went wrong, with words that hold no secret.
        """
        try:
            answer = await self._session.post(self._request)
            if len(answer.body) > LARGE_BODY_BYTES:
                return await anyio.to_thread.run_sync(self._part, answer)
            return self._part(answer)
        except VendorFault as raised:
            fault = raised.fault
        # Outside of the except: an exception's context would keep the request, and with it the secret.
        raise VendorFault(self._session.discreet.of_fault(fault))

    def _part(self, answer: Answer) -> Part:
        tally = Tally()
        try:
            document = parsed(answer, tally, self._rows)
            self._method.envelope(document, answer.host)
            return self._make_part(opened(self._method, document, answer.host, tally), answer, tally)
        except RecursionError:  # nested just so deep that it parses and cannot be compared
            raise VendorFault(Fault(FaultCode.BAD_BODY, answer.host)) from None
