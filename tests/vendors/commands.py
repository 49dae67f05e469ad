"""Commands to accounts of the tests, and what came of them where the server is one of theirs."""

from tests.vendors.accounts import closing, voicenter_account, yemot_account
from tests.vendors.fault_server import Route, fault_server
from wallboard.domain.actions import (
    Command,
    KickCaller,
    Outcome,
    PauseAgent,
    ResumeAgent,
    StartCampaign,
    StopCampaign,
    TransferCaller,
)
from wallboard.domain.campaign_actions import CampaignCommand
from wallboard.domain.feeds import FeedKey
from wallboard.domain.ports import Source

CALL = "f6657b78a2f35d6d04dd203400828362"
AGENT = "SIP-0790000000-3"
CAMPAIGN_CODE = "CANARY-campaign/1+7"

_QUEUE = FeedKey("Main line", "GetQueueRealTime", "/2/5")
_CAMPAIGNS = FeedKey("Head office", "GetCampaignList")

KICK = KickCaller(source="Main line", target=CALL, words="0500000001", feed=_QUEUE, queue="/2/5")
PAUSE = PauseAgent(source="Main line", target=AGENT, words="נועה שלו", feed=_QUEUE, queue="/2/5")
RESUME = ResumeAgent(source="Main line", target=AGENT, words="נועה שלו", feed=_QUEUE, queue="/2/5")
STOP = StopCampaign(source="Head office", target="a1", words="סקר", feed=_CAMPAIGNS, code=CAMPAIGN_CODE)
START = StartCampaign(source="Head office", target="a1", words="סקר", feed=_CAMPAIGNS, code=CAMPAIGN_CODE)

KICKED = {"responseStatus": "OK", "yAfastVersion": "6.6.20", "status": {CALL: "OK"}}
SWITCHED = {"ErrorCode": 0, "Description": "OK"}


def transfer(destination: str) -> TransferCaller:
    return TransferCaller(
        source="Main line", target=CALL, words="0500000001", feed=_QUEUE, queue="/2/5", destination=destination
    )


async def outcome_of(command: Command, route: Route) -> Outcome:
    """What the command's vendor makes of it at such a server, asked once over one connection and never again."""
    async with fault_server(api=route) as server:
        url = server.url("api")
        account = account_for(command, url)
        async with closing(account):
            outcome = await account.perform(command)
        assert (server.connections, len(server.requests)) == (1, 1)
    assert_tells_no_secret(outcome)
    return outcome


def account_for(command: Command, url: str) -> Source:
    """An account of the vendor that can carry it out."""
    if isinstance(command, StopCampaign | CampaignCommand):
        return voicenter_account(url, smart_dialer_method="SetPace")
    return yemot_account(url)


def assert_tells_no_secret(outcome: Outcome) -> None:
    for text in (repr(outcome), str(outcome.fault)):
        assert "CANARY" not in text.upper()
        assert "canary-pass" not in text.lower()
