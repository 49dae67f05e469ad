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
from wallboard.language.catalog import N_, _
from wallboard.language.format import duration, milliseconds_words
from wallboard.language.outcomes import RESULT_WORDS, SETTLEMENT_WORDS, reason_words
from wallboard.language.words import fault_words, freshness_words, state_words

QueueName = Callable[[str, str], str]  # of a source's name and a queue's id

_LEAST_TOLD_SECONDS = 15  # of a wait that had begun before the caller was first seen; below, it is just the poll

_CALLER_WORDS = {
    HappeningKind.CALLER_JOINED: N_("joined {queue}"),
    HappeningKind.CALLER_LEFT: N_("left {queue}"),
    HappeningKind.CALLER_MOVED: N_("moved from {from_queue} to {queue}"),
}
_WAITED_WORDS = {
    HappeningKind.CALLER_JOINED: N_("joined {queue}, waiting for {time} already"),
    HappeningKind.CALLER_LEFT: N_("left {queue} after {time}"),
    HappeningKind.CALLER_MOVED: N_("moved from {from_queue} to {queue}, waiting for {time} already"),
}
_AGENT_WORDS = {
    HappeningKind.AGENT_APPEARED: N_("is listed now: {state}"),
    HappeningKind.AGENT_LEFT: N_("is not listed any more; was {state}"),
}
_CAMPAIGN_WORDS = {
    HappeningKind.CAMPAIGN_STARTED: N_("runs now"),
    HappeningKind.CAMPAIGN_STOPPED: N_("is stopped now"),
}
_ACTION_WORDS: dict[str, str] = {
    ActionKind.KICK_CALLER: N_("take out of {queue}"),
    ActionKind.TRANSFER_CALLER: N_("send from {queue} to {destination}"),
    ActionKind.PAUSE_AGENT: N_("pause in {queue}"),
    ActionKind.RESUME_AGENT: N_("resume in {queue}"),
    ActionKind.START_CAMPAIGN: N_("start"),
    ActionKind.STOP_CAMPAIGN: N_("stop"),
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
            return _(_CAMPAIGN_WORDS[happening.kind])
        case FeedHappening():
            return _feed_words(happening, queue_name)


def _caller_words(happening: CallerHappening, queue_name: QueueName) -> str:
    def name(queue: str) -> str:
        return queue_name(happening.source, queue)

    seconds, has_left = happening.seconds, happening.kind is HappeningKind.CALLER_LEFT
    is_told = seconds is not None and (has_left or seconds >= _LEAST_TOLD_SECONDS)
    words = _(_WAITED_WORDS[happening.kind] if is_told else _CALLER_WORDS[happening.kind])
    return words.format(
        queue=name(happening.caller.queue),
        from_queue=name(happening.from_queue or ""),
        time=_lasting(seconds, is_least=happening.is_least),
    )


def _agent_words(happening: AgentHappening) -> str:
    state = state_words(happening.agent)
    if happening.before is None:
        return _(_AGENT_WORDS[happening.kind]).format(state=state)
    before, seconds = state_words(happening.before), happening.seconds
    if seconds is None or seconds < 1:
        return _("{state}, was {before}").format(state=state, before=before)
    time = _lasting(seconds, is_least=happening.is_least)
    return _("{state}, was {before} for {time}").format(state=state, before=before, time=time)


def _feed_words(happening: FeedHappening, queue_name: QueueName) -> str:
    feed, silent = happening.method, happening.seconds
    if happening.queue is not None:
        feed = _("{feed} of {queue}").format(feed=feed, queue=queue_name(happening.source, happening.queue))
    elif happening.count > 1:
        feed = f"{feed} ×{happening.count}"
    if happening.kind is HappeningKind.FEED_BACK:
        words = _("{feed} answers for the first time") if silent is None else _("{feed} answers again after {time}")
        return words.format(feed=feed, time=duration(silent))
    if happening.freshness is Freshness.AUTH:
        words = _("{feed} {state}, a person is needed")
    elif silent is None:
        words = _("{feed} {state}, no answer yet")
    else:
        words = _("{feed} {state} {time}")
    told = words.format(feed=feed, state=freshness_words(happening.freshness), time=duration(silent))
    return f"{told}: {fault_words(happening.fault)}" if happening.fault else told


def _lasting(seconds: float | None, *, is_least: bool) -> str:
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
    task = _(known).format(queue=queue, destination=particulars.get("destination", "")) if known else record.action
    if record.operator:
        task = _("{task}, by {operator}").format(task=task, operator=record.operator)
    return f"{task} – {progress}"


def record_words(record: ActionRecord) -> str:
    """What came of an action, as the audit tells it."""
    if record.settlement:
        return _(_SETTLEMENT_WORDS.get(record.settlement, record.settlement))
    if record.outcome is None:
        return _("what came of it was not written down")
    known = _RESULT_WORDS.get(record.outcome)
    recorded = dict(record.parameters).get("reason")
    reason = _answer(record) or (reason_words(recorded) if recorded else _("no reason given"))
    return _(known).format(words=reason) if known else record.outcome


def record_particulars(record: ActionRecord) -> str:
    """Where, with what answer of the vendor, how fast and on what data."""
    answer, age = _answer(record), record.data_age_seconds
    told = (
        record.source,
        _("vendor: {answer}").format(answer=answer) if answer else "",
        "" if record.milliseconds is None else milliseconds_words(record.milliseconds),
        "" if age is None else _("on data {age} old").format(age=duration(age)),
        _("at {host}").format(host=record.host) if record.host else "",
    )
    return ", ".join(filter(None, told))


def _answer(record: ActionRecord) -> str:
    return " ".join(filter(None, (record.vendor_code, record.vendor_message)))
