"""Commands and what came of them, in words.

The tables are in English; whoever shows an entry of one looks it up with `_`.
"""

from wallboard.domain.actions import (
    ActionKind,
    Command,
    Obstacle,
    Outcome,
    Result,
    Settlement,
    Stage,
    Standing,
    Ticket,
)
from wallboard.domain.faults import Fault
from wallboard.domain.feeds import Freshness
from wallboard.language.catalog import N_, _
from wallboard.language.format import duration
from wallboard.language.phones import listed, national
from wallboard.language.words import FAULT_WORDS, fault_words

TASK_WORDS: dict[ActionKind, str] = {
    ActionKind.KICK_CALLER: N_("Take out {words}"),
    ActionKind.TRANSFER_CALLER: N_("Send {words} to {destination}"),
    ActionKind.PAUSE_AGENT: N_("Pause {words}"),
    ActionKind.RESUME_AGENT: N_("Resume {words}"),
    ActionKind.START_CAMPAIGN: N_("Start {words}"),
    ActionKind.STOP_CAMPAIGN: N_("Stop {words}"),
    ActionKind.ADD_TARGET: N_("Add {number} to {words}"),
    ActionKind.ADD_TARGETS: N_("Add {count} targets (lines {lines}) to {words}"),
    ActionKind.CHANGE_TARGET: N_("Change {number} in {words}"),
    ActionKind.REMOVE_TARGET: N_("Remove {number} from {words}"),
    ActionKind.CLEAR_TARGETS: N_("Empty {words}"),
    ActionKind.ADD_MEMBER: N_("Add {member} to {words}"),
    ActionKind.REMOVE_MEMBER: N_("Take {member} out of {words}"),
    ActionKind.SET_PACE: N_("Set the pace of {words}"),
    ActionKind.SEND_SMS: N_("Text message to {words}"),
    ActionKind.CALL_BACK: N_("Call {words} back"),
    ActionKind.CREATE_TASK: N_("Create the task {words}"),
    ActionKind.SWITCH_TASK: N_("Switch the task {words}"),
    ActionKind.DELETE_TASK: N_("Delete the task {words}"),
    ActionKind.SET_SIP_EXTENSION: N_("Set the extension number of {words}"),
    ActionKind.SET_SIP_TRANSPORT: N_("Let {words} connect by {transport}"),
    ActionKind.SET_NUMBER_USAGE: N_("Send calls to {words} to {usage}"),
    ActionKind.EMPTY_RING_LIST: N_("Empty the list {words}"),
}

_DIALER_ALONE = N_("{source}: Yemot has no dialer campaigns of this kind")
_YEMOT_ALONE = N_("{source}: Voicenter's documents have no method for this")
NOT_CAPABLE_WORDS: dict[ActionKind, str] = {
    ActionKind.KICK_CALLER: N_("{source}: Voicenter has no method that takes a waiting caller out"),
    ActionKind.TRANSFER_CALLER: N_("{source}: Voicenter has no method that sends a waiting caller elsewhere"),
    ActionKind.PAUSE_AGENT: N_("{source}: Voicenter has no method that pauses or resumes an agent"),
    ActionKind.RESUME_AGENT: N_("{source}: Voicenter has no method that pauses or resumes an agent"),
    ActionKind.START_CAMPAIGN: N_("{source}: Yemot has no method that starts a dialer campaign"),
    ActionKind.STOP_CAMPAIGN: N_("{source}: Yemot has no method that stops a dialer campaign"),
    **dict.fromkeys(
        (
            ActionKind.ADD_TARGET,
            ActionKind.ADD_TARGETS,
            ActionKind.CHANGE_TARGET,
            ActionKind.REMOVE_TARGET,
            ActionKind.CLEAR_TARGETS,
            ActionKind.ADD_MEMBER,
            ActionKind.REMOVE_MEMBER,
        ),
        _DIALER_ALONE,
    ),
    ActionKind.SET_PACE: N_(
        "{source}: the vendor's documents do not name the method that sets the pace; "
        "ask Voicenter for its name and set smart_dialer_method in this source's table"
    ),
    **dict.fromkeys(
        (
            ActionKind.SEND_SMS,
            ActionKind.CALL_BACK,
            ActionKind.CREATE_TASK,
            ActionKind.SWITCH_TASK,
            ActionKind.DELETE_TASK,
            ActionKind.SET_SIP_EXTENSION,
            ActionKind.SET_SIP_TRANSPORT,
            ActionKind.SET_NUMBER_USAGE,
            ActionKind.EMPTY_RING_LIST,
        ),
        _YEMOT_ALONE,
    ),
}

RESULT_WORDS: dict[Result, str] = {
    Result.OK: N_("the vendor says it is done"),
    Result.REFUSED: N_("refused by the vendor: {words}"),
    Result.GONE: N_("gone: the vendor does not find it any more ({words})"),
    Result.NOT_SENT: N_("not sent: {words}"),
    Result.UNKNOWN: N_("outcome unknown: {words}"),
}

SETTLEMENT_WORDS: dict[Settlement, str] = {
    Settlement.VERIFIED: N_("done: the next poll shows it"),
    Settlement.CONTRADICTED: N_("not done: a later poll shows all as it was"),
}
_VERIFIED_UNKNOWN = N_("it has come about, by this or by itself: the next poll shows it")

OBSTACLE_WORDS: dict[Obstacle, str] = {
    Obstacle.READ_ONLY: N_("this board is read-only"),
    Obstacle.LOCKED: N_("this board is locked; acting needs the PIN"),
    Obstacle.NO_AUDIT: "{words}",
    Obstacle.NOT_CAPABLE: N_("this vendor has no such method"),
    Obstacle.FEED_DOWN: N_("its feed does not answer, so nobody knows how things stand (see Feeds)"),
    Obstacle.FEED_STALE: N_("its data had become {time} old meanwhile; look again, then confirm anew"),
    Obstacle.TARGET_GONE: N_("it had gone by itself before"),
    Obstacle.TARGET_MOVED: N_("the caller waits in another queue now"),
    Obstacle.TARGET_CHANGED: N_("it was so already"),
    Obstacle.TOO_MANY: N_("too many actions one after the other; try again in {time}"),
    Obstacle.VENDOR_BUSY: N_("the vendor asks to wait {time}; try again then"),
    Obstacle.EXPIRED: N_("it waited too long for its turn; press the key again if it is still wanted"),
    Obstacle.STOPPED: N_("the one before it went wrong"),
    Obstacle.TAKEN_BACK: N_("taken back"),
}

STANDING_WORDS: dict[Standing, str] = {
    Standing.GONE: N_("{words} has left"),
    Standing.MOVED: N_("{words} waits in another queue now"),
}
CHANGED_WORDS: dict[ActionKind, str] = {
    ActionKind.PAUSE_AGENT: N_("{words} is paused already"),
    ActionKind.RESUME_AGENT: N_("{words} works already"),
    ActionKind.START_CAMPAIGN: N_("{words} runs already"),
    ActionKind.STOP_CAMPAIGN: N_("{words} is stopped already"),
    ActionKind.CLEAR_TARGETS: N_("{words} is empty already"),
}

_REASONS: dict[str, str] = {code.value: words for code, words in (*OBSTACLE_WORDS.items(), *FAULT_WORDS.items())}


def reason_words(reason: str) -> str:
    """A recorded reason: an obstacle or a fault, of which the audit keeps no particulars."""
    words = _REASONS.get(reason, "")
    return _(words) if words and "{" not in words else reason.replace("_", " ")


FRESHNESS_TROUBLES: dict[Freshness, str] = {
    Freshness.CONNECTING: N_("its feed has not answered yet, so nobody knows how things stand"),
    Freshness.DOWN: N_("its feed is DOWN, so nobody knows how things stand (see Feeds)"),
    Freshness.AUTH: N_("its vendor refuses this board (AUTH): a person must mend that first (see Feeds)"),
}


def standing_words(command: Command, standing: Standing) -> str:
    """What has become of a target that is not as it was named."""
    words = CHANGED_WORDS[command.kind] if standing is Standing.CHANGED else STANDING_WORDS[standing]
    return _(words).format(words=command.words)


def task_words(command: Command) -> str:
    """What is to be done, to whom."""
    parameters = command.parameters
    if digits := listed(parameters.get("number", "")):
        parameters["number"] = national(digits)
    return _(TASK_WORDS[command.kind]).format(words=command.words, **parameters)


def outcome_words(outcome: Outcome) -> str:
    """What came of it, as far as the vendor's answer tells."""
    if outcome.obstacle is not None:
        words = _(OBSTACLE_WORDS[outcome.obstacle])
        reason = words.format(words=outcome.words, time=duration(outcome.seconds))
    elif outcome.fault is not None and (outcome.result is not Result.REFUSED or outcome.fault.status is not None):
        reason = _fault_reason(outcome, outcome.fault)
    else:
        reason = outcome.words or outcome.vendor_code or _("no reason given")
    return _(RESULT_WORDS[outcome.result]).format(words=reason)


def _fault_reason(outcome: Outcome, fault: Fault) -> str:
    reason = fault_words(fault)
    if fault.lacking:
        reason = f"{reason}: {fault.lacking}"
    if outcome.result is Result.UNKNOWN and outcome.words:
        reason = _("{reason} (it says: {words})").format(reason=reason, words=outcome.words)
    if fault.retry_after is not None:
        reason = _("{reason}; wait {time}").format(reason=reason, time=duration(fault.retry_after))
    return reason


def ticket_words(ticket: Ticket, now: float) -> str:
    """How far it has come. `now` is the monotonic moment."""
    if ticket.stage is Stage.WAITING:
        left = ticket.due_at - now
        return _("is sent in {seconds} s").format(seconds=f"{left:.0f}") if left >= 1 else _("waits for its turn")
    if ticket.outcome is None:
        return _("is being sent …")
    if ticket.settlement is not None:
        is_known = ticket.outcome.result is not Result.UNKNOWN
        is_verified = ticket.settlement is Settlement.VERIFIED
        words = _(SETTLEMENT_WORDS[ticket.settlement] if is_known or not is_verified else _VERIFIED_UNKNOWN)
    else:
        words = outcome_words(ticket.outcome)
        if ticket.is_checking:
            words = _("{outcome}; checking …").format(outcome=words)
    return words if ticket.is_recorded else _("{outcome} (the audit could not record this)").format(outcome=words)
