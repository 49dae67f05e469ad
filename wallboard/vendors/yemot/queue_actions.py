"""From commands to QueueManagement, and what its answer says of a caller; pure."""

from typing import Any

from wallboard.domain.actions import ActionKind, Command, KickCaller, PauseAgent, Result, ResumeAgent, TransferCaller
from wallboard.vendors.yemot.answers import QueueManaged

KINDS = frozenset({ActionKind.KICK_CALLER, ActionKind.TRANSFER_CALLER, ActionKind.PAUSE_AGENT, ActionKind.RESUME_AGENT})

_RESULTS = {"ok": Result.OK, "call not found": Result.GONE}


def parameters(command: Command) -> dict[str, Any] | None:
    """What QueueManagement is given to carry this out; None where it cannot."""
    match command:
        case TransferCaller():
            return {**_kick(command), "moreData": f"GOTO:{command.destination}"}
        case KickCaller():
            return _kick(command)
        case ResumeAgent():
            return {"queuePath": command.queue, "action": "unpause", "agent": command.target}
        case PauseAgent():
            return {"queuePath": command.queue, "action": "pause", "agent": command.target}
    return None


def _kick(command: KickCaller) -> dict[str, Any]:
    return {"queuePath": command.queue, "action": "kick", "callIds": [command.target]}


def kicked(call_id: str, opened: QueueManaged) -> tuple[Result, str]:
    """What became of this call: an overall OK says nothing of it."""
    said = (opened.calls or {}).get(call_id)
    words = said.strip() if isinstance(said, str) else ""
    return _RESULTS.get(words.lower(), Result.UNKNOWN), words
