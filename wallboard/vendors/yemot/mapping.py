"""From Yemot's answers to the language of the floor; pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from wallboard.domain.agents import Agent, AgentState
from wallboard.domain.callers import Caller
from wallboard.domain.campaigns import Account
from wallboard.domain.feeds import FeedKey
from wallboard.domain.queues import Queue
from wallboard.domain.thresholds import Thresholds
from wallboard.vendors.tally import Tally
from wallboard.vendors.yemot.answers import CustomerData, Entry, Member, QueueData
from wallboard.vendors.yemot.dates import moment_of

# Asterisk's device states and QPanel's 10; Yemot documents 1 and 2 alone.
_STATES = {
    "1": AgentState.AVAILABLE,
    "2": AgentState.ON_CALL,
    "3": AgentState.ON_CALL,
    "4": AgentState.UNAVAILABLE,
    "5": AgentState.UNAVAILABLE,
    "6": AgentState.RINGING,
    "7": AgentState.ON_CALL,
    "8": AgentState.ON_HOLD,
    "10": AgentState.ON_CALL,
}
_KNOWN_AS_UNKNOWN = "0"
_STATES_WHEN_PAUSED = {
    AgentState.ON_CALL: AgentState.PAUSED_ON_CALL,
    AgentState.ON_HOLD: AgentState.PAUSED_ON_CALL,
    AgentState.RINGING: AgentState.RINGING,
}
_WITHHELD = "unknown"  # Asterisk's word for no number


@dataclass(frozen=True, slots=True)
class QueuePlace:
    """The queue that is asked, as configured."""

    key: FeedKey
    path: str
    name: str
    thresholds: Thresholds

    @property
    def source(self) -> str:
        return self.key.source


def state_of(member: Member, tally: Tally) -> tuple[AgentState, str]:
    """An agent's state, and the vendor's word where it is UNKNOWN. Free only where nothing speaks against it."""
    state = _STATES.get(member.status, AgentState.UNKNOWN)
    if state is AgentState.UNKNOWN and member.status not in {"", _KNOWN_AS_UNKNOWN}:
        tally.unknown(member.status)
    if member.is_paused:
        return _STATES_WHEN_PAUSED.get(state, AgentState.PAUSED), ""
    if member.is_paused is None and state is AgentState.AVAILABLE:
        state = AgentState.UNKNOWN
    return state, member.status if state is AgentState.UNKNOWN else ""


def agent(member: Member, place: QueuePlace, name: str | None, last_call_at: float | None, tally: Tally) -> Agent:
    """One agent as this queue sees him."""
    state, raw_state = state_of(member, tally)
    return Agent(
        source=place.source,
        id=member.id,
        name=name,
        number=member.id,
        state=state,
        raw_state=raw_state,
        feeds=(place.key,),
        queues=(place.path,),
        paused_queues=(place.path,) if member.is_paused else (),
        is_paused=member.is_paused,
        calls_taken=member.calls_taken,
        last_call_at=last_call_at,
        penalty=member.penalty,
    )


def caller(entry: Entry, place: QueuePlace, joined_at: float | None) -> Caller:
    """One waiting caller."""
    return Caller(
        source=place.source,
        id=entry.id,
        queue=place.path,
        phone=None if entry.phone.lower() == _WITHHELD else entry.phone or None,
        position=entry.position or None,
        joined_at=joined_at,
        feed=place.key,
    )


def queue(
    data: QueueData, place: QueuePlace, agents: tuple[Agent, ...], joined: Mapping[str, float], entry_count: int
) -> Queue:
    """The queue itself; `joined` holds the moments that are known, `entry_count` all entries."""
    return Queue(
        source=place.source,
        id=place.path,
        name=place.name,
        feed=place.key,
        waiting=entry_count if data.calls is None else data.calls,
        longest_joined_at=min(joined.values(), default=None),
        max=data.max,
        strategy=data.strategy or None,
        completed=data.completed,
        abandoned=data.abandoned,
        average_hold_seconds=data.hold_time,
        average_talk_seconds=data.talk_time,
        agents_ready=sum(agent.state is AgentState.AVAILABLE for agent in agents),
        agents_total=len(agents),
        thresholds=place.thresholds,
    )


def account(data: CustomerData, key: FeedKey) -> Account:
    """The system and its credit."""
    return Account(
        source=key.source,
        feed=key,
        name=data.name or None,
        units=data.units,
        units_expire_on=data.units_expire_on or None,
        units_expire_at=moment_of(data.units_expire_on),
        has_expired=data.has_expired,
    )
