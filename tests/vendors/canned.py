"""What an account makes of a document, without a socket."""

import json
from typing import Any

from hypothesis import strategies as st

from tests.vendors.accounts import CANARY, voicenter_account, yemot_account
from tests.vendors.commands import assert_tells_no_secret
from wallboard.clock import ManualClock
from wallboard.domain.actions import Command, Outcome, StopCampaign
from wallboard.domain.campaign_actions import CampaignCommand
from wallboard.vendors.http import ONCE_SECONDS, Answer, HttpSession
from wallboard.vendors.method import Request
from wallboard.vendors.passage import Passage

HOST = "vendor.example"
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)

_CLOCK = ManualClock()


class _CannedSession(HttpSession):
    """Sends nothing; answers always the same."""

    body = b""

    async def post_once(self, sent: Request, passage: Passage, seconds: float = ONCE_SECONDS) -> Answer:
        passage.sent_at = _CLOCK.monotonic()
        return Answer(self.body, HOST, "application/json", None, _CLOCK.monotonic(), _CLOCK.now(), 0.1, None)


_YEMOT, _VOICENTER = yemot_account(f"http://{HOST}/", _CLOCK), voicenter_account(f"http://{HOST}/", _CLOCK)
_SESSION = _CannedSession(_YEMOT._settings, _CLOCK, [CANARY])
_YEMOT._session = _VOICENTER._session = _SESSION


async def performed(command: Command, document: object) -> Outcome:
    """The outcome of a command that is answered by this document (or text)."""
    body = document if isinstance(document, str) else json.dumps(document)
    _SESSION.body = body.encode()
    outcome = await (_VOICENTER if isinstance(command, StopCampaign | CampaignCommand) else _YEMOT).perform(command)
    assert_tells_no_secret(outcome)
    assert outcome.milliseconds == 0
    return outcome
