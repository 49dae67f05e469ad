"""What was done and what happened, a row each: when, to whom, what, and of an action by whom and with what outcome."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from functools import partial
from heapq import merge

from wallboard.domain.actions import ActionRecord, Result, Settlement, Ticket
from wallboard.domain.happenings import (
    AgentHappening,
    CallerHappening,
    CampaignHappening,
    FeedHappening,
    Happening,
    HappeningKind,
)
from wallboard.language.catalog import N_
from wallboard.language.format import UNKNOWN
from wallboard.language.happenings import action_words, happening_words, record_particulars, record_words
from wallboard.language.outcomes import ticket_words
from wallboard.ui.cells import Row, Text
from wallboard.ui.columns import Column
from wallboard.ui.panels import agents, callers
from wallboard.ui.panels.picture import Picture, RowCache
from wallboard.ui.roles import GLYPH_OF_FRESHNESS, GLYPH_OF_STATE, ROLE_OF_FRESHNESS, ROLE_OF_STATE, Role

COLUMNS = (
    Column("at", N_("Time"), is_right=True),
    Column("sign", ""),
    Column("who", N_("Who or what"), least=8, most=22),
    Column("what", N_("What happened"), least=13, most=140),
)
ACTION_GLYPH = "»"
_SIGN_OF_KIND = {
    HappeningKind.CALLER_JOINED: Text("+", Role.RINGING),
    HappeningKind.CALLER_LEFT: Text("-", Role.MUTED),
    HappeningKind.CALLER_MOVED: Text("→", Role.HOLD),
    HappeningKind.AGENT_LEFT: Text("-", Role.AWAY),
    HappeningKind.CAMPAIGN_STARTED: Text("▶", Role.OK),
    HappeningKind.CAMPAIGN_STOPPED: Text("■", Role.MUTED),
}
_ROLE_OF_RESULT: dict[str | None, Role] = {
    Result.OK: Role.OK,
    Result.REFUSED: Role.WARN,
    Result.GONE: Role.WARN,
    Result.NOT_SENT: Role.WARN,
}


@dataclass(frozen=True, slots=True)
class Attempt:
    """An action under way, or just ended: what the audit knows of it by now, and its ticket at a monotonic moment."""

    record: ActionRecord
    ticket: Ticket
    now: float


Action = ActionRecord | Attempt
Event = Happening | Action


def actions(records: Sequence[ActionRecord], tickets: Iterable[Ticket], now: float, wall_offset: float) -> list[Action]:
    """All actions, newest last; of those that have a ticket the ticket knows better what came of them.

    Args:
        records: of the audit, newest last.
        tickets: those of this board.
        now: the monotonic moment.
        wall_offset: what a monotonic moment lacks to UTC seconds.
    """
    by_id: dict[str, Action] = {record.id: record for record in records}
    for ticket in tickets:
        known = by_id.get(ticket.id)
        record = known if isinstance(known, ActionRecord) else _unwritten(ticket, wall_offset)
        by_id[ticket.id] = Attempt(record, ticket, now)
    return sorted(by_id.values(), key=_moment)


def _unwritten(ticket: Ticket, wall_offset: float) -> ActionRecord:
    """Nothing of it is in the audit, or not yet."""
    command = ticket.command
    return ActionRecord(
        id=ticket.id,
        at=wall_offset + (ticket.due_at if ticket.ended_at is None else ticket.ended_at),
        operator="",
        host="",
        source=command.source,
        action=command.kind,
        target=command.target,
        words=command.words,
        parameters=tuple(command.parameters.items()),
    )


def newest_first(happenings: Iterable[Happening], done: Iterable[Action]) -> list[Event]:
    """Both in one list; each stays in its own order, whatever the wall clock did."""
    return list(merge(happenings, done, key=_moment))[::-1]


def _moment(event: Event) -> float:
    return event.record.at if isinstance(event, Attempt) else event.at


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which day is today where the board hangs; None: the machine's zone."""

    today: date
    zone: tzinfo | None

    @classmethod
    def at(cls, wall: float, zone: tzinfo | None) -> "Calendar":
        """That of a moment in UTC seconds."""
        return cls(datetime.fromtimestamp(wall, UTC).astimezone(zone).date(), zone)

    def stamp(self, at: float) -> tuple[str, str]:
        """A moment as short as can be, and whole."""
        try:
            moment = datetime.fromtimestamp(at, UTC).astimezone(self.zone)
        except (OverflowError, ValueError, OSError):  # anybody may have written the audit's times
            return UNKNOWN, UNKNOWN
        if moment.date() == self.today:
            short = "%H:%M:%S"
        else:
            short = "%d.%m %H:%M" if moment.year == self.today.year else "%d.%m.%Y"
        return moment.strftime(short), moment.strftime("%Y-%m-%d %H:%M:%S")


def rows(events: Iterable[Event], picture: Picture, calendar: Calendar, cache: RowCache) -> list[Row]:
    """One row an event."""
    names = {key: queue.name for key, queue in picture.queues.items()}
    return cache.rows(list(events), (names, calendar, picture.has_several_sources), partial(_row, picture, calendar))


def _row(picture: Picture, calendar: Calendar, event: Event) -> Row:
    match event:
        case ActionRecord():
            return _action_row(event, record_words(event), _role_of(event.outcome, event.settlement), picture, calendar)
        case Attempt():
            words = ticket_words(event.ticket, event.now)
            return _action_row(event.record, words, _role_of_ticket(event.ticket), picture, calendar)
        case _:
            return _happening_row(event, picture, calendar)


def _happening_row(happening: Happening, picture: Picture, calendar: Calendar) -> Row:
    time, whole_time = calendar.stamp(happening.at)
    subject, target = _subject(happening, picture)
    words = picture.shown(happening_words(happening, picture.queue_name))
    source = picture.shown(happening.source)
    is_lost = happening.kind is HappeningKind.FEED_LOST
    where = f"  ({source})" if picture.has_several_sources and subject != source else ""
    return Row(
        key=f"{happening.at}/{happening.kind}/{happening.source}/{target}",
        cells=(
            Text(time, Role.MUTED),
            _sign(happening),
            Text(subject),
            Text(words + where, Role.WARN if is_lost else Role.TEXT),
        ),
        words=f"{whole_time}  {subject}: {words}  ({source})",
    )


def _subject(happening: Happening, picture: Picture) -> tuple[str, str]:
    """Whom or what it happened to: as people call it, and what tells it apart from others of the source."""
    match happening:
        case CallerHappening():
            return callers.phone_of(happening.caller, picture), happening.caller.id
        case AgentHappening():
            return agents.name_of(happening.agent, picture), happening.agent.id
        case CampaignHappening():
            return picture.shown(happening.name), happening.id
        case FeedHappening():
            return picture.shown(happening.source), f"{happening.method}/{happening.queue}"


def _sign(happening: Happening) -> Text:
    if isinstance(happening, FeedHappening):
        return Text(GLYPH_OF_FRESHNESS[happening.freshness], ROLE_OF_FRESHNESS[happening.freshness])
    if isinstance(happening, AgentHappening) and happening.kind is not HappeningKind.AGENT_LEFT:
        state = happening.agent.state
        return Text(GLYPH_OF_STATE[state], ROLE_OF_STATE[state])
    return _SIGN_OF_KIND[happening.kind]


def _action_row(record: ActionRecord, progress: str, role: Role, picture: Picture, calendar: Calendar) -> Row:
    time, whole_time = calendar.stamp(record.at)
    subject = picture.shown(record.words or record.target)
    words = picture.shown(action_words(record, progress, picture.queue_name))
    where = f"  ({picture.shown(record.source)})" if picture.has_several_sources else ""
    return Row(
        key=f"action/{record.id}",
        cells=(
            Text(time, Role.MUTED),
            Text(ACTION_GLYPH, role),
            Text(subject, Role.STRONG),
            Text(words + where, role),
        ),
        words=f"{whole_time}  {subject}: {words}  ({picture.shown(record_particulars(record))})",
    )


def _role_of_ticket(ticket: Ticket) -> Role:
    if ticket.outcome is None:
        return Role.STRONG
    return _role_of(ticket.outcome.result, ticket.settlement)


def _role_of(result: str | None, settlement: str | None) -> Role:
    """What is not known for certain is a breach: somebody has to look."""
    if settlement is not None:
        return Role.OK if settlement == Settlement.VERIFIED else Role.BREACH
    return _ROLE_OF_RESULT.get(result, Role.BREACH)
