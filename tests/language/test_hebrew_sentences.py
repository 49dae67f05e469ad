"""What happened, what was done and what a file came to, told in Hebrew with all that is known."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from wallboard.domain.actions import ActionKind, ActionRecord, KickCaller, Obstacle, Outcome, Result, Stage, Ticket
from wallboard.domain.agents import Agent, AgentState
from wallboard.domain.callers import Caller
from wallboard.domain.faults import Fault, FaultCode
from wallboard.domain.feeds import FeedKey, Freshness
from wallboard.domain.happenings import (
    AgentHappening,
    CallerHappening,
    CampaignHappening,
    FeedHappening,
    Happening,
    HappeningKind,
)
from wallboard.domain.imports import ImportProgress, ImportStage
from wallboard.language.catalog import use
from wallboard.language.happenings import action_words, happening_words, record_particulars, record_words
from wallboard.language.outcomes import (
    outcome_words,
    reason_words,
    ticket_words,
)
from wallboard.language.sending import (
    batches_words,
    calling_words,
    import_line,
    pace_words,
    verdict,
)
from wallboard.language.words import (
    state_words,
)

HEBREW = re.compile("[\u05d0-\u05ea]")
# Names of settings, methods and products, and what stands in a place of a sentence.
LATIN_ALLOWED = re.compile(r"[\w.]*_\w+|[A-Z][A-Za-z]+\.?\w*|https?://\S+|\{[^}]*\}|wallboard|proxy|queues|token")
FEED = FeedKey("Main line", "GetQueueRealTime", "/1")
CALLER = Caller("Main line", "1", "/1", "050-0000001", 1, 0.0, FEED)
AGENT = Agent("Main line", "1", "דנה", "101", AgentState.ON_CALL, (FEED,), queues=("/1", "/2"))
KICK = KickCaller(source="Main line", target="1", words="050-0000001", feed=FEED, queue="/1")
RECORD = ActionRecord(
    id="1",
    at=0.0,
    operator="דנה",
    host="desk",
    source="Main line",
    action=ActionKind.KICK_CALLER,
    target="1",
    words="050-0000001",
    parameters=(("queue", "/1"),),
)


@pytest.fixture(autouse=True)
def hebrew() -> Iterator[None]:
    use("he")
    yield
    use("en")


def in_english(words: object) -> str:
    assert callable(words)
    use("en")
    try:
        return str(words())
    finally:
        use("he")


def assert_hebrew(words: str) -> None:
    assert HEBREW.search(words), words
    assert not re.search("[a-z]{2,}", LATIN_ALLOWED.sub("", words)), words
    assert "{" not in words, words


def test_an_agent_paused_in_some_queues() -> None:
    agent = replace(AGENT, paused_queues=("/1",), is_paused=None)
    assert in_english(lambda: state_words(agent)) == "on call, paused 1 of 2"
    assert state_words(agent) == "בשיחה, בהפסקה 1 מתוך 2"


def happenings() -> list[Happening]:
    kind = HappeningKind
    callers = [
        CallerHappening(at=0, kind=each, source="Main line", caller=CALLER, from_queue="/2", seconds=seconds)
        for each in (kind.CALLER_JOINED, kind.CALLER_LEFT, kind.CALLER_MOVED)
        for seconds in (None, 3.0, 80.0)
    ]
    agents = [
        AgentHappening(at=0, kind=each, source="Main line", agent=AGENT, before=before, seconds=seconds, is_least=True)
        for each, before in (
            (kind.AGENT_APPEARED, None),
            (kind.AGENT_LEFT, None),
            (kind.AGENT_CHANGED, replace(AGENT, state=AgentState.LUNCH)),
        )
        for seconds in (None, 80.0)
    ]
    campaigns = [
        CampaignHappening(at=0, kind=each, source="Head office", id="1", name="חידושים")
        for each in (kind.CAMPAIGN_STARTED, kind.CAMPAIGN_STOPPED)
    ]
    feeds = [
        FeedHappening(
            at=0,
            kind=each,
            source="Main line",
            method="GetQueueRealTime",
            queue=queue,
            count=3,
            freshness=freshness,
            seconds=seconds,
            fault=Fault(FaultCode.TIMEOUT, "vendor.EXAMPLE"),
        )
        for each in (kind.FEED_LOST, kind.FEED_BACK)
        for queue in (None, "/1")
        for freshness in (Freshness.STALE, Freshness.AUTH)
        for seconds in (None, 80.0)
    ]
    return [*callers, *agents, *campaigns, *feeds]


@pytest.mark.parametrize("place", range(len(happenings())))
def test_what_happened_is_told_in_hebrew_with_all_that_is_known(place: int) -> None:
    happening = happenings()[place]

    def told() -> str:
        return happening_words(happening, lambda _source, queue: {"/1": "תמיכה", "/2": "מכירות", "": ""}[queue])

    words, english = told(), in_english(told)
    assert_hebrew(words.replace("vendor.EXAMPLE", ""))
    for known in ("תמיכה", "מכירות", "01:20", ">01:20", "GetQueueRealTime", "×3", "vendor.EXAMPLE"):
        assert (known in words) == (known in english), (known, words, english)


@pytest.mark.parametrize("result", Result)
def test_outcomes_and_records_are_told_in_hebrew(result: Result) -> None:
    fault = Fault(FaultCode.TIMEOUT, "vendor.EXAMPLE", retry_after=30.0)
    outcome = Outcome(result, fault=fault, words="OK")
    ticket = Ticket("1", "1", KICK, Stage.ENDED, 0.0, outcome=outcome, is_checking=True, is_recorded=False)
    for words in (
        outcome_words(outcome),
        outcome_words(Outcome(result)),
        ticket_words(ticket, 0.0),
        record_words(replace(RECORD, outcome=result)),
        record_words(RECORD),
        record_particulars(replace(RECORD, host="", milliseconds=120.0, data_age_seconds=4.0)),
        action_words(RECORD, ticket_words(replace(ticket, outcome=None), 0.0), lambda _source, queue: queue),
    ):
        assert_hebrew(words.replace("vendor.EXAMPLE", "").replace("Main line", "").replace("OK", ""))


def test_a_recorded_reason_is_told_in_hebrew_and_an_unknown_one_as_it_is() -> None:
    assert_hebrew(reason_words(Obstacle.TARGET_GONE.value))
    assert reason_words("a_newer_reason") == "a newer reason"


@pytest.mark.parametrize("stage", ImportStage)
def test_a_file_on_its_way(stage: ImportStage) -> None:
    progress = ImportProgress("Head office", "1", "חידושים", Path("FILE"), stage, 100, added=40, refused=2, unsure=1)
    for words in (import_line(progress), verdict(progress), pace_words(progress, 10.0)):
        assert_hebrew(words)
    assert "57" in verdict(progress)
    for count in (10, 60_000):
        assert_hebrew(batches_words(count, 500))
    assert_hebrew(calling_words(None))
