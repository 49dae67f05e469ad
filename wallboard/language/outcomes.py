"""Commands and what came of them, in words."""

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
from wallboard.domain.feeds import Freshness
from wallboard.language.format import duration
from wallboard.language.phones import listed, national
from wallboard.language.words import FAULT_WORDS, fault_words

TASK_WORDS: dict[ActionKind, str] = {
    ActionKind.KICK_CALLER: "Take out {words}",
    ActionKind.TRANSFER_CALLER: "Send {words} to {destination}",
    ActionKind.PAUSE_AGENT: "Pause {words}",
    ActionKind.RESUME_AGENT: "Resume {words}",
    ActionKind.START_CAMPAIGN: "Start {words}",
    ActionKind.STOP_CAMPAIGN: "Stop {words}",
    ActionKind.ADD_TARGET: "Add {number} to {words}",
    ActionKind.ADD_TARGETS: "Add {count} targets (lines {lines}) to {words}",
    ActionKind.CHANGE_TARGET: "Change {number} in {words}",
    ActionKind.REMOVE_TARGET: "Remove {number} from {words}",
    ActionKind.CLEAR_TARGETS: "Empty {words}",
    ActionKind.ADD_MEMBER: "Add {member} to {words}",
    ActionKind.REMOVE_MEMBER: "Take {member} out of {words}",
    ActionKind.SET_PACE: "Set the pace of {words}",
    ActionKind.SEND_SMS: "Text message to {words}",
    ActionKind.CALL_BACK: "Call {words} back",
    ActionKind.CREATE_TASK: "Create the task {words}",
    ActionKind.SWITCH_TASK: "Switch the task {words}",
    ActionKind.DELETE_TASK: "Delete the task {words}",
    ActionKind.SET_SIP_EXTENSION: "Set the extension number of {words}",
    ActionKind.SET_SIP_TRANSPORT: "Let {words} connect by {transport}",
    ActionKind.SET_NUMBER_USAGE: "Send calls to {words} to {usage}",
    ActionKind.EMPTY_RING_LIST: "Empty the list {words}",
}

_DIALER_ALONE = "{source}: Yemot has no dialer campaigns of this kind"
_YEMOT_ALONE = "{source}: Voicenter's documents have no method for this"
NOT_CAPABLE_WORDS: dict[ActionKind, str] = {
    ActionKind.KICK_CALLER: "{source}: Voicenter has no method that takes a waiting caller out",
    ActionKind.TRANSFER_CALLER: "{source}: Voicenter has no method that sends a waiting caller elsewhere",
    ActionKind.PAUSE_AGENT: "{source}: Voicenter has no method that pauses or resumes an agent",
    ActionKind.RESUME_AGENT: "{source}: Voicenter has no method that pauses or resumes an agent",
    ActionKind.START_CAMPAIGN: "{source}: Yemot has no method that starts a dialer campaign",
    ActionKind.STOP_CAMPAIGN: "{source}: Yemot has no method that stops a dialer campaign",
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
    ActionKind.SET_PACE: (
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
    Result.OK: "the vendor says it is done",
    Result.REFUSED: "refused by the vendor: {words}",
    Result.GONE: "gone: the vendor does not find it any more ({words})",
    Result.NOT_SENT: "not sent: {words}",
    Result.UNKNOWN: "outcome unknown: {words}",
}

SETTLEMENT_WORDS: dict[Settlement, str] = {
    Settlement.VERIFIED: "done: the next poll shows it",
    Settlement.CONTRADICTED: "not done: a later poll shows all as it was",
}
_VERIFIED_UNKNOWN = "it has come about, by this or by itself: the next poll shows it"

OBSTACLE_WORDS: dict[Obstacle, str] = {
    Obstacle.READ_ONLY: "this board is read-only",
    Obstacle.LOCKED: "this board is locked; acting needs the PIN",
    Obstacle.NO_AUDIT: "{words}",
    Obstacle.NOT_CAPABLE: "this vendor has no such method",
    Obstacle.FEED_DOWN: "its feed does not answer, so nobody knows how things stand (see Feeds)",
    Obstacle.FEED_STALE: "its data had become {time} old meanwhile; look again, then confirm anew",
    Obstacle.TARGET_GONE: "it had gone by itself before",
    Obstacle.TARGET_MOVED: "the caller waits in another queue now",
    Obstacle.TARGET_CHANGED: "it was so already",
    Obstacle.TOO_MANY: "too many actions one after the other; try again in {time}",
    Obstacle.VENDOR_BUSY: "the vendor asks to wait {time}; try again then",
    Obstacle.EXPIRED: "it waited too long for its turn; press the key again if it is still wanted",
    Obstacle.STOPPED: "the one before it went wrong",
    Obstacle.TAKEN_BACK: "taken back",
}

STANDING_WORDS: dict[Standing, str] = {
    Standing.GONE: "{words} has left",
    Standing.MOVED: "{words} waits in another queue now",
}
CHANGED_WORDS: dict[ActionKind, str] = {
    ActionKind.PAUSE_AGENT: "{words} is paused already",
    ActionKind.RESUME_AGENT: "{words} works already",
    ActionKind.START_CAMPAIGN: "{words} runs already",
    ActionKind.STOP_CAMPAIGN: "{words} is stopped already",
    ActionKind.CLEAR_TARGETS: "{words} is empty already",
}

_REASONS: dict[str, str] = {code.value: words for code, words in (*OBSTACLE_WORDS.items(), *FAULT_WORDS.items())}


def reason_words(reason: str) -> str:
    """A recorded reason: an obstacle or a fault, of which the audit keeps no particulars."""
    words = _REASONS.get(reason, "")
    return words if words and "{" not in words else reason.replace("_", " ")


FRESHNESS_TROUBLES: dict[Freshness, str] = {
    Freshness.CONNECTING: "its feed has not answered yet, so nobody knows how things stand",
    Freshness.DOWN: "its feed is DOWN, so nobody knows how things stand (see Feeds)",
    Freshness.AUTH: "its vendor refuses this board (AUTH): a person must mend that first (see Feeds)",
}


def standing_words(command: Command, standing: Standing) -> str:
    """What has become of a target that is not as it was named."""
    words = CHANGED_WORDS[command.kind] if standing is Standing.CHANGED else STANDING_WORDS[standing]
    return words.format(words=command.words)


def task_words(command: Command) -> str:
    """What is to be done, to whom."""
    parameters = command.parameters
    if digits := listed(parameters.get("number", "")):
        parameters["number"] = national(digits)
    return TASK_WORDS[command.kind].format(words=command.words, **parameters)


def outcome_words(outcome: Outcome) -> str:
    """What came of it, as far as the vendor's answer tells."""
    if outcome.obstacle is not None:
        reason = OBSTACLE_WORDS[outcome.obstacle].format(words=outcome.words, time=duration(outcome.seconds))
    elif outcome.fault is not None and (outcome.result is not Result.REFUSED or outcome.fault.status is not None):
        reason = fault_words(outcome.fault)
        if outcome.fault.lacking:
            reason = f"{reason}: {outcome.fault.lacking}"
        if outcome.result is Result.UNKNOWN and outcome.words:
            reason = f"{reason} (it says: {outcome.words})"
        if outcome.fault.retry_after is not None:
            reason = f"{reason}; wait {duration(outcome.fault.retry_after)}"
    else:
        reason = outcome.words or outcome.vendor_code or "no reason given"
    return RESULT_WORDS[outcome.result].format(words=reason)


def ticket_words(ticket: Ticket, now: float) -> str:
    """How far it has come. `now` is the monotonic moment."""
    if ticket.stage is Stage.WAITING:
        left = ticket.due_at - now
        return f"is sent in {left:.0f} s" if left >= 1 else "waits for its turn"
    if ticket.outcome is None:
        return "is being sent …"
    if ticket.settlement is not None:
        is_known = ticket.outcome.result is not Result.UNKNOWN
        is_verified = ticket.settlement is Settlement.VERIFIED
        words = SETTLEMENT_WORDS[ticket.settlement] if is_known or not is_verified else _VERIFIED_UNKNOWN
    else:
        words = outcome_words(ticket.outcome)
        if ticket.is_checking:
            words += "; checking …"
    return words if ticket.is_recorded else f"{words} (the audit could not record this)"
