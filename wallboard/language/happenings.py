"""What happened and what was done, in words."""

from collections.abc import Callable

from wallboard.domain.actions import ActionKind, ActionRecord
from wallboard.domain.feeds import Freshness
from wallboard.domain.happenings import (
    AgentHappening,
    CallerHappening,
    CampaignHappening,
    FeedHappening,
    Happening,
    HappeningKind,
)
from wallboard.language.format import duration
from wallboard.language.outcomes import RESULT_WORDS, SETTLEMENT_WORDS, reason_words
from wallboard.language.words import FRESHNESS_WORDS, fault_words, state_words

QueueName = Callable[[str, str], str]  # of a source's name and a queue's id

_LEAST_TOLD_SECONDS = 15  # of a wait that had begun before the caller was first seen; below, it is just the poll

_CALLER_WORDS = {
    HappeningKind.CALLER_JOINED: "joined {queue}",
    HappeningKind.CALLER_LEFT: "left {queue}",
    HappeningKind.CALLER_MOVED: "moved from {from_queue} to {queue}",
}
_AGENT_WORDS = {
    HappeningKind.AGENT_APPEARED: "is listed now: {state}",
    HappeningKind.AGENT_LEFT: "is not listed any more; was {state}",
}
_CAMPAIGN_WORDS = {
    HappeningKind.CAMPAIGN_STARTED: "runs now",
    HappeningKind.CAMPAIGN_STOPPED: "is stopped now",
}
_ACTION_WORDS: dict[str, str] = {
    ActionKind.KICK_CALLER: "take out of {queue}",
    ActionKind.TRANSFER_CALLER: "send from {queue} to {destination}",
    ActionKind.PAUSE_AGENT: "pause in {queue}",
    ActionKind.RESUME_AGENT: "resume in {queue}",
    ActionKind.START_CAMPAIGN: "start",
    ActionKind.STOP_CAMPAIGN: "stop",
}
_RESULT_WORDS = {result.value: words for result, words in RESULT_WORDS.items()}
_SETTLEMENT_WORDS = {settlement.value: words for settlement, words in SETTLEMENT_WORDS.items()}


def happening_words(happening: Happening, queue_name: QueueName) -> str:
    """What happened, in a sentence whose subject stands before it."""
    match happening:
        case CallerHappening():
            return _caller_words(happening, queue_name)
        case AgentHappening():
            return _agent_words(happening)
        case CampaignHappening():
            return _CAMPAIGN_WORDS[happening.kind]
        case FeedHappening():
            return _feed_words(happening, queue_name)


def _caller_words(happening: CallerHappening, queue_name: QueueName) -> str:
    def name(queue: str) -> str:
        return queue_name(happening.source, queue)

    words = _CALLER_WORDS[happening.kind].format(
        queue=name(happening.caller.queue), from_queue=name(happening.from_queue or "")
    )
    if happening.seconds is None:
        return words
    waited = _lasting(happening.seconds, is_least=happening.is_least)
    if happening.kind is HappeningKind.CALLER_LEFT:
        return f"{words} after {waited}"
    return f"{words}, waiting for {waited} already" if happening.seconds >= _LEAST_TOLD_SECONDS else words


def _agent_words(happening: AgentHappening) -> str:
    state = state_words(happening.agent)
    if happening.before is None:
        return _AGENT_WORDS[happening.kind].format(state=state)
    words = f"{state}, was {state_words(happening.before)}"
    if happening.seconds is None or happening.seconds < 1:
        return words
    return f"{words} for {_lasting(happening.seconds, is_least=happening.is_least)}"


def _feed_words(happening: FeedHappening, queue_name: QueueName) -> str:
    feed = happening.method
    if happening.queue is not None:
        feed = f"{feed} of {queue_name(happening.source, happening.queue)}"
    elif happening.count > 1:
        feed = f"{feed} ×{happening.count}"
    silent = happening.seconds
    if happening.kind is HappeningKind.FEED_BACK:
        return f"{feed} answers " + ("for the first time" if silent is None else f"again after {duration(silent)}")
    state = FRESHNESS_WORDS[happening.freshness]
    if happening.freshness is Freshness.AUTH:
        state += ", a person is needed"
    else:
        state += ", no answer yet" if silent is None else f" {duration(silent)}"
    why = f": {fault_words(happening.fault)}" if happening.fault else ""
    return f"{feed} {state}{why}"


def _lasting(seconds: float, *, is_least: bool) -> str:
    return f"{'>' if is_least else ''}{duration(seconds)}"


def action_words(record: ActionRecord, progress: str, queue_name: QueueName) -> str:
    """What was to be done to the target, by whom, and what came of it.

    Args:
        record: the action as the audit tells it, or as it is under way.
        progress: how far it has come, in words; what came of it when it has ended.
        queue_name: names a source's queue.
    """
    particulars = dict(record.parameters)
    queue = queue_name(record.source, particulars.get("queue", ""))
    known = _ACTION_WORDS.get(record.action)
    # A newer version may have written kinds that this one does not know.
    words = known.format(queue=queue, destination=particulars.get("destination", "")) if known else record.action
    by = f", by {record.operator}" if record.operator else ""
    return f"{words}{by} – {progress}"


def record_words(record: ActionRecord) -> str:
    """What came of an action, as the audit tells it."""
    if record.settlement:
        return _SETTLEMENT_WORDS.get(record.settlement, record.settlement)
    if record.outcome is None:
        return "what came of it was not written down"
    known = _RESULT_WORDS.get(record.outcome)
    reason = _answer(record) or reason_words(dict(record.parameters).get("reason", "no reason given"))
    return known.format(words=reason) if known else record.outcome


def record_particulars(record: ActionRecord) -> str:
    """Where, with what answer of the vendor, how fast and on what data."""
    answer = _answer(record)
    told = (
        record.source,
        f"vendor: {answer}" if answer else "",
        "" if record.milliseconds is None else f"{record.milliseconds:,.0f} ms",
        "" if record.data_age_seconds is None else f"on data {duration(record.data_age_seconds)} old",
        f"at {record.host}" if record.host else "",
    )
    return ", ".join(filter(None, told))


def _answer(record: ActionRecord) -> str:
    return " ".join(filter(None, (record.vendor_code, record.vendor_message)))
