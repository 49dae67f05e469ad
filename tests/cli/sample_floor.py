"""A small invented floor, as it comes out of the engine."""

from wallboard.assembly.sources import Probe
from wallboard.domain.agents import Agent, AgentCall, AgentState, CallStatus, Direction
from wallboard.domain.callers import Caller
from wallboard.domain.campaigns import Account, Campaign, CampaignKind
from wallboard.domain.faults import Fault, FaultCode
from wallboard.domain.feeds import FeedKey, FeedStatus, Note, NoteCode, Subject
from wallboard.domain.ports import Part
from wallboard.domain.queues import Queue
from wallboard.domain.snapshot import Floor, Snapshot

NOW = 10_000.0
CAMPAIGN_CODE = "campaign-code-must-stay-hidden"
SUPPORT = FeedKey("Main line", "GetQueueRealTime", "/1")
CREDIT = FeedKey("Main line", "GetCustomerData")
AGENTS = FeedKey("Head office", "GetExtensionsCalls")
DIALER = FeedKey("Head office", "GetCampaignList")

FLOOR = Floor(
    queues=(
        Queue("Main line", "/1", "תמיכה", SUPPORT, waiting=2, longest_joined_at=NOW - 192.7, max=0, completed=41),
        Queue("Main line", "/2", "Sales", SUPPORT, waiting=0, abandoned=3, agents_ready=1, agents_total=4),
        Queue("Main line", "/3", "Unknown", SUPPORT),
    ),
    callers=(
        Caller("Main line", "f665", "/1", "0500000002", 1, NOW - 192.7, SUPPORT, is_ringing=True),
        Caller("Main line", "f666", "/1", None, 2, None, SUPPORT),
    ),
    agents=(
        Agent(
            "Main line",
            "0500000101",
            "דנה לוי",
            "0500000101",
            AgentState.PAUSED,
            (SUPPORT,),
            queues=("/1", "/2"),
            is_paused=True,
            calls_taken=12,
            last_call_at=NOW - 60,
            penalty=0,
        ),
        Agent(
            "Head office",
            "SIPSIP1",
            None,
            "600",
            AgentState.ON_CALL,
            (AGENTS,),
            calls=(
                AgentCall(
                    "20250615",
                    "0500000003",
                    "Gil",
                    Direction.INCOMING,
                    CallStatus.TALKING,
                    NOW - 90,
                    NOW - 75.5,
                    is_recording=True,
                ),
            ),
            state_since=NOW - 75.5,
        ),
    ),
    campaigns=(
        Campaign(
            "Head office", "Renewals", DIALER, CAMPAIGN_CODE, True, "Enabled", 120, None, 1, 3, CampaignKind.AGENT
        ),
    ),
)


def status(key: FeedKey, subject: Subject, *, fault: Fault | None = None) -> FeedStatus:
    answered = None if fault else NOW - 1.5
    return FeedStatus(key, 5, frozenset({subject}), NOW, answered, None if fault else 0.1234, fault)


def snapshot(*faults: Fault) -> Snapshot:
    """The floor; each fault is of one more feed, which never answered."""
    feeds = [status(SUPPORT, Subject.QUEUES), status(AGENTS, Subject.AGENTS)]
    feeds += [
        status(FeedKey("Broken", f"Method{index}"), Subject.ACCOUNT, fault=fault) for index, fault in enumerate(faults)
    ]
    return Snapshot(NOW, {feed.key: feed for feed in feeds}, FLOOR)


def probes(*faults: Fault) -> list[Probe]:
    """One good probe of each kind, then those with faults."""
    account = Account("Main line", CREDIT, "Main", 1234.5, "2026-12-01")
    skewed = Note(NoteCode.SKEW, seconds=-310)
    good = [
        Probe(SUPPORT, "yemot", 123.4, Part(NOW, queues=FLOOR.queues[:2], agents=FLOOR.agents, notes=(skewed,)), None),
        Probe(CREDIT, "yemot", 88, Part(NOW, account=account), None),
        Probe(AGENTS, "voicenter", 1250, Part(NOW), None),
        Probe(DIALER, "voicenter", 5, Part(NOW, campaigns=FLOOR.campaigns), None),
    ]
    bad = [
        Probe(FeedKey("Head office", f"Broken{index}"), "voicenter", None, None, fault)
        for index, fault in enumerate(faults)
    ]
    return [*good, *bad]


REFUSED = Fault(FaultCode.CREDENTIALS, "monitor.example")
TIMEOUT = Fault(FaultCode.TIMEOUT, "monitor.example")
