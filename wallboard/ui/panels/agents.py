"""Agents: what each is doing, for how long, and with whom."""

import math
from bisect import bisect_left
from functools import partial
from operator import attrgetter

from wallboard.domain.agents import Agent, AgentCall, AgentState, CallStatus, Direction, StateGroup
from wallboard.language.catalog import N_, _
from wallboard.language.format import UNKNOWN
from wallboard.language.words import CALL_WORDS, DIRECTION_WORDS, state_words
from wallboard.ui.cells import NOTHING, Age, Cell, Row, Text, figure
from wallboard.ui.columns import Column
from wallboard.ui.panels.picture import Details, Picture, RowCache, or_never
from wallboard.ui.roles import GLYPH_OF_STATE, ROLE_OF_STATE, Role

COLUMNS = (
    Column("name", N_("Agent"), least=12, most=26),
    Column("number", N_("Number"), importance=7),
    Column("place", N_("Queue / team"), importance=6, least=14, most=22),
    Column("state", N_("State"), least=16, most=26),
    Column("since", N_("In state"), is_right=True),
    Column("with", N_("With"), importance=2, least=12, most=22),
    Column("talk", N_("Call"), importance=3, is_right=True),
    Column("direction", N_("Dir"), importance=4),
    Column("recording", N_("Rec"), importance=8),
    Column("taken", N_("Taken"), importance=5, is_right=True),
    Column("last_call", N_("Last call"), importance=9, is_right=True),
    Column("penalty", N_("Pen"), importance=10, is_right=True),
)
ARROW_OF_DIRECTION = {
    Direction.INCOMING: N_("→ in"),
    Direction.OUTGOING: N_("← out"),
    Direction.CLICK2CALL: N_("← c2c"),
    Direction.SPY: N_("spy"),
    Direction.UNKNOWN: "?",
}
_PAUSED = 4
# Whoever needs a supervisor's eye stands first.
_ORDER = {
    AgentState.ON_HOLD: 1,
    AgentState.RINGING: 2,
    AgentState.DIALING: 3,
    AgentState.ON_CALL: 3,
    AgentState.PAUSED_ON_CALL: 3,
    AgentState.AVAILABLE: 5,
    AgentState.UNKNOWN: 6,
    AgentState.UNAVAILABLE: 7,
    AgentState.LOGGED_OUT: 8,
}
_CALL_ORDER = list(CallStatus)
_ANSWERED = frozenset({CallStatus.TALKING, CallStatus.HOLD})


def key_of(agent: Agent) -> str:
    return f"{agent.source}/{agent.id}"


def rows(picture: Picture, cache: RowCache) -> list[Row]:
    """One row an agent: paused too long first, then live calls, other pauses, available, away."""
    names = {key: queue.name for key, queue in picture.queues.items()}
    made = cache.rows(picture.snapshot.floor.agents, (names, picture.held), partial(_row, picture))
    since = picture.now - picture.thresholds.paused_seconds.warn
    rank = attrgetter("rank")
    first = bisect_left(made, (_PAUSED,), key=rank)
    end = bisect_left(made, (_PAUSED, math.nextafter(since, math.inf)), key=rank)
    return [*made[first:end], *made[:first], *made[end:]] if end > first else made


def _row(picture: Picture, agent: Agent) -> Row:
    name = name_of(agent, picture)
    call = leading_call(agent)
    place = _place(agent, picture)
    return Row(
        key=key_of(agent),
        cells=(
            Text(name, Role.STRONG),
            Text(picture.shown(agent.number), Role.MUTED),
            Text(place, Role.MUTED),
            state_of(agent),
            age_of(agent, picture),
            Text(with_whom(call, picture)) if call else NOTHING,
            Age(call.answered_at) if call and call.answered_at is not None else NOTHING,
            Text(_(ARROW_OF_DIRECTION[call.direction]), Role.MUTED) if call else NOTHING,
            _recording(call),
            figure(agent.calls_taken),
            Age(agent.last_call_at, role=Role.MUTED),
            figure(agent.penalty, Role.MUTED),
        ),
        feeds=agent.feeds,
        as_of=picture.as_of(agent.feeds),
        words=f"{name} {agent.number} {agent.id} {place} {state_words(agent)} {agent.source}",
        rank=(_ORDER.get(agent.state, _PAUSED), or_never(agent.seen_since), agent.id),
    )


def name_of(agent: Agent, picture: Picture) -> str:
    return picture.shown(agent.name or agent.number)


def leading_call(agent: Agent) -> AgentCall | None:
    """The call that decides the agent's state: talking before hold, dialing and ringing; the oldest of equals."""
    return min(agent.calls, key=_prominence, default=None)


def _prominence(call: AgentCall) -> tuple[int, float]:
    began = call.answered_at if call.status in _ANSWERED else call.started_at
    return (_CALL_ORDER.index(call.status), or_never(began))


def with_whom(call: AgentCall, picture: Picture) -> str:
    return picture.shown(call.phone or call.name or UNKNOWN)


def state_of(agent: Agent) -> Text:
    role = ROLE_OF_STATE[agent.state]
    return Text(f"{GLYPH_OF_STATE[agent.state]} {state_words(agent)}", role)


def age_of(agent: Agent, picture: Picture) -> Age:
    """Time in the state; `>` where it began before we looked."""
    threshold = picture.thresholds.paused_seconds if agent.group is StateGroup.PAUSED else None
    return Age(agent.seen_since, threshold, is_least=agent.state_since is None)


def _place(agent: Agent, picture: Picture) -> str:
    if not agent.queues:
        return agent.team or ""
    first = picture.queue_name(agent.source, agent.queues[0])
    more = len(agent.queues) - 1
    return f"{first} +{more}" if more else first


def _recording(call: AgentCall | None) -> Text:
    if call is None or call.is_recording is None:
        return NOTHING
    return Text(_("● rec"), Role.TEXT) if call.is_recording else Text(_("muted"), Role.MUTED)


def find(picture: Picture, key: str) -> Details | None:
    """All that is known of one row; None when it is gone."""
    agent = next((each for each in picture.snapshot.floor.agents if key_of(each) == key), None)
    if agent is None:
        return None
    return Details(name_of(agent, picture), tuple(_details(agent, picture)), agent.feeds)


def _details(agent: Agent, picture: Picture) -> list[tuple[str, Cell]]:
    queues = ", ".join(picture.queue_name(agent.source, queue) for queue in agent.queues)
    lines: list[tuple[str, Cell]] = [
        (_("Name"), Text(name_of(agent, picture), Role.STRONG)),
        (_("Number"), Text(picture.shown(agent.number))),
        (_("Id"), Text(picture.shown(agent.id), Role.MUTED)),
        (_("Source"), Text(agent.source)),
        (_("Team"), Text(agent.team or UNKNOWN)),
        (_("Queues"), Text(queues or UNKNOWN)),
        (_("State"), state_of(agent)),
        (_("In state"), age_of(agent, picture)),
        (_("Calls taken"), figure(agent.calls_taken)),
        (_("Last call ended"), Age(agent.last_call_at)),
        (_("Penalty"), figure(agent.penalty)),
    ]
    for number, call in enumerate(agent.calls, start=1):
        lines += _call_details(number, call, picture)
    return lines


def _call_details(number: int, call: AgentCall, picture: Picture) -> list[tuple[str, Cell]]:
    status, direction = _(CALL_WORDS[call.status]), _(DIRECTION_WORDS[call.direction])
    who = " ".join(dict.fromkeys(filter(None, (call.phone, call.name))))
    return [
        (_("Call {number}").format(number=number), Text(f"{status}, {direction}", Role.CALL)),
        ("  " + _("with"), Text(picture.shown(who) or UNKNOWN)),
        ("  " + _("began"), Age(call.started_at)),
        ("  " + _("talking for"), Age(call.answered_at)),
        ("  " + _("recording"), _recording(call)),
    ]
