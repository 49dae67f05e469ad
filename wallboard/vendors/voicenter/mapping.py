"""From Voicenter's answers to the language of the floor; pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from wallboard.domain.agents import Agent, AgentCall, AgentState, CallStatus, Direction
from wallboard.domain.callers import Caller
from wallboard.domain.campaigns import Campaign, CampaignKind, DirectoryEntry
from wallboard.domain.feeds import FeedKey
from wallboard.domain.queues import Queue
from wallboard.domain.thresholds import Thresholds
from wallboard.vendors.tally import Tally
from wallboard.vendors.voicenter.answers import Call, CampaignRow, DirectoryRow, Extension, QueueCaller, QueueRow
from wallboard.vendors.wire import by_id, pieces

Moment = Callable[[int], float | None]  # a vendor's epoch on our monotonic clock; None if it cannot be

_STATES = {
    "1": AgentState.AVAILABLE,
    "2": AgentState.LOGGED_OUT,
    "3": AgentState.LUNCH,
    "5": AgentState.ADMIN,
    "7": AgentState.BREAK,
    "9": AgentState.OTHER,
    "11": AgentState.TRAINING,
    "12": AgentState.MEETING,
    "13": AgentState.BRIEFING,
}
_NOBODY = "0"
# The documents number the words; the numbers may be sent.
_CALL_STATUSES = {
    "ringing": CallStatus.RINGING,
    "1": CallStatus.RINGING,
    "dialing": CallStatus.DIALING,
    "2": CallStatus.DIALING,
    "talking": CallStatus.TALKING,
    "3": CallStatus.TALKING,
    "hold": CallStatus.HOLD,
    "4": CallStatus.HOLD,
}
_STATES_IN_CALL = {  # what is shown of several calls at once comes first
    CallStatus.TALKING: AgentState.ON_CALL,
    CallStatus.HOLD: AgentState.ON_HOLD,
    CallStatus.DIALING: AgentState.DIALING,
    CallStatus.RINGING: AgentState.RINGING,
    CallStatus.UNKNOWN: AgentState.UNKNOWN,
}
_PRECEDENCE = {status: rank for rank, status in enumerate(_STATES_IN_CALL)}
_ANSWERED = frozenset({CallStatus.TALKING, CallStatus.HOLD})
_DIRECTIONS = {
    "incoming": Direction.INCOMING,
    "outgoing": Direction.OUTGOING,
    "click2call": Direction.CLICK2CALL,
    "spy": Direction.SPY,
}
_RUNNING = {"enabled": True, "disabled": False}


@dataclass(frozen=True, slots=True)
class QueuePlace:
    """What is configured of a queue."""

    name: str | None
    thresholds: Thresholds
    is_hidden: bool


def call(row: Call, moment: Moment, tally: Tally) -> AgentCall:
    """One live leg."""
    status = _CALL_STATUSES.get(row.status.lower(), CallStatus.UNKNOWN)
    if status is CallStatus.UNKNOWN:
        tally.unknown(row.status)
    direction = _DIRECTIONS.get(row.direction.lower(), Direction.UNKNOWN)
    if direction is Direction.UNKNOWN and row.direction:
        tally.unknown(row.direction)
    is_muted = row.recording.is_muted if row.recording else None
    return AgentCall(
        id=row.id,
        phone=row.phone or None,
        name=row.name or None,
        direction=direction,
        status=status,
        started_at=_moment(row.started, moment, tally),
        answered_at=_moment(row.answered, moment, tally),
        is_recording=None if is_muted is None else not is_muted,
        queue=None if row.queue == _NOBODY else row.queue or None,
    )


def _moment(epoch: int | None, moment: Moment, tally: Tally) -> float | None:
    if epoch is None:
        return None
    if (at := moment(epoch)) is None:
        tally.values_dropped += 1
    return at


def agent(row: Extension, key: FeedKey, name: str | None, moment: Moment, tally: Tally) -> Agent:
    """One agent. A live call says more than his status: people talk during breaks and even logged out."""
    dropped_before = tally.rows_dropped
    legs = by_id(pieces(Call, row.calls or (), tally), tally)
    calls = tuple(call(leg, moment, tally) for leg in legs.values())
    if calls:
        shown = min(calls, key=_prominence)
        state, since = _STATES_IN_CALL[shown.status], _since(shown)
        raw_state = legs[shown.id].status if state is AgentState.UNKNOWN else ""
    else:
        are_calls_known = row.calls is not None and tally.rows_dropped == dropped_before
        state, raw_state = _state_without_call(row, are_calls_known, tally)
        since = None
    return Agent(
        source=key.source,
        id=row.id,
        name=name or row.representative or row.name or None,
        number=row.id,
        state=state,
        raw_state=raw_state,
        feeds=(key,),
        calls=calls,
        state_since=since,
    )


def _prominence(leg: AgentCall) -> tuple[int, float]:
    since = _since(leg)
    return _PRECEDENCE[leg.status], float("inf") if since is None else since


def _since(leg: AgentCall) -> float | None:
    return leg.answered_at if leg.status in _ANSWERED else leg.started_at


def _state_without_call(row: Extension, are_calls_known: bool, tally: Tally) -> tuple[AgentState, str]:
    if row.online_user == _NOBODY:
        return AgentState.LOGGED_OUT, ""
    state = _STATES.get(row.status, AgentState.UNKNOWN)
    if state is AgentState.UNKNOWN and row.status:
        tally.unknown(row.status)
    if state is AgentState.AVAILABLE and not are_calls_known:
        state = AgentState.UNKNOWN
    return state, row.status if state is AgentState.UNKNOWN else ""


def caller(row: QueueCaller, queue_id: str, key: FeedKey, joined_at: float | None) -> Caller:
    """One waiting caller. His position is not told."""
    return Caller(
        source=key.source,
        id=row.id,
        queue=queue_id,
        phone=row.phone or None,
        position=None,
        joined_at=joined_at,
        feed=key,
    )


def queue(row: QueueRow, key: FeedKey, place: QueuePlace, waiting: int | None, callers: Iterable[Caller]) -> Queue:
    """One queue with its waiting callers."""
    joined = (caller.joined_at for caller in callers)
    return Queue(
        source=key.source,
        id=row.id,
        name=place.name or row.name or row.id,
        feed=key,
        waiting=waiting,
        longest_joined_at=min((moment for moment in joined if moment is not None), default=None),
        weight=row.weight,
        thresholds=place.thresholds,
        is_hidden=place.is_hidden,
    )


def directory_entry(row: DirectoryRow) -> DirectoryEntry:
    """Who sits at an extension, and in which team."""
    return DirectoryEntry(
        id=row.id, name=row.name or None, number=row.speed_dial or None, team=row.account_name or None
    )


def campaign(row: CampaignRow, key: FeedKey, tally: Tally) -> Campaign:
    """One dialer campaign; only those that call the target first tell how many await a call."""
    is_running = _RUNNING.get(row.status.lower())
    if is_running is None and row.status:
        tally.unknown(row.status)
    agent_dialer = CampaignKind.AGENT if "awaiting" in row.model_fields_set else None  # null where it has no meaning
    return Campaign(
        source=key.source,
        name=row.name,
        feed=key,
        code=row.code,
        is_running=is_running,
        raw_status="" if is_running is not None else row.status,
        pending=row.pending,
        awaiting=row.awaiting,
        min_priority=row.min_priority,
        max_priority=row.max_priority,
        kind=agent_dialer if row.awaiting is None else CampaignKind.SMART,
    )
