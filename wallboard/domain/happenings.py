"""What happened on the floor between two snapshots."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol, TypeVar

from wallboard.domain.actions import ActionRecord
from wallboard.domain.agents import Agent, StateGroup
from wallboard.domain.callers import Caller
from wallboard.domain.campaigns import Campaign
from wallboard.domain.faults import Fault
from wallboard.domain.feeds import FeedKey, FeedStatus, Freshness, is_old, worst
from wallboard.domain.snapshot import Snapshot


class HappeningKind(StrEnum):
    """What can be seen by comparing two snapshots."""

    CALLER_JOINED = "caller_joined"
    CALLER_LEFT = "caller_left"  # answered, hung up or taken out: the vendors do not tell which
    CALLER_MOVED = "caller_moved"
    AGENT_APPEARED = "agent_appeared"
    AGENT_LEFT = "agent_left"  # the vendor lists him no more
    AGENT_CALL = "agent_call"  # between available and the states of a call: by far the most
    AGENT_CHANGED = "agent_changed"  # any other change of state: pauses, going, coming
    CAMPAIGN_STARTED = "campaign_started"
    CAMPAIGN_STOPPED = "campaign_stopped"
    FEED_LOST = "feed_lost"  # its figures are old now, or a person is needed
    FEED_BACK = "feed_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Noticed:
    """What all happenings have. `at` is when it was noticed, in UTC seconds."""

    at: float
    kind: HappeningKind
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerHappening(_Noticed):
    """A caller joined, left or moved. `seconds` is how long he has waited; `is_least`: or longer."""

    caller: Caller
    from_queue: str | None = None
    seconds: float | None = None
    is_least: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentHappening(_Noticed):
    """An agent as he is now, or as he was known last, and what he was before, for how many `seconds` or more."""

    agent: Agent
    before: Agent | None = None
    seconds: float | None = None
    is_least: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignHappening(_Noticed):
    """A campaign was started or stopped, by whomever."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHappening(_Noticed):
    """Feeds of one method were lost or came back together. `seconds` since the last good answer; None: there was none.

    `queue` where it is a single feed of a queue; else `count` says how many they are.
    """

    method: str
    queue: str | None
    count: int
    freshness: Freshness
    seconds: float | None
    fault: Fault | None = None


Happening = CallerHappening | AgentHappening | CampaignHappening | FeedHappening


class ReadRecords(NamedTuple):
    """The audit's newest records, newest last; `fault`: why they could not be read anew."""

    records: tuple[ActionRecord, ...]
    fault: str = ""


class ActivityStream(Protocol):
    """Where the board learns what was done and what happened."""

    def happenings(self) -> tuple[Happening, ...]:
        """The last ones, newest last; the same object as long as nothing has happened."""
        ...

    async def records(self) -> ReadRecords:
        """What was done, by whom, with what outcome; never raises."""
        ...


def happenings(before: Snapshot, after: Snapshot, wall: float) -> list[Happening]:
    """Compare the floor of `before.at` with that of `after.at`; the same snapshot later shows feeds that went old.

    A feed's first answer tells how things are and not that they happened; without an answer nothing has happened.

    Args:
        before: as it was seen at the last comparison.
        after: as it is seen now.
        wall: now in UTC seconds.
    """
    found = list(_of_feeds(before, after, wall))
    if before.floor is not after.floor:
        step = _Step(before, after, wall)
        found += _of_callers(step)
        found += _of_agents(step)
        found += _of_campaigns(step)
    return found


class _Step:
    """From one snapshot to the next: feeds that answered `again`, or had not before (`first`); sources `beginning`."""

    def __init__(self, before: Snapshot, after: Snapshot, wall: float) -> None:
        self.before = before
        self.after = after
        self.wall = wall
        self.again: set[FeedKey] = set()
        self.first: set[FeedKey] = set()
        for key, status in after.feeds.items():
            was = before.feeds.get(key)
            if was is None or was.succeeded_at is None:
                self.first.add(key)
            elif was.succeeded_at != status.succeeded_at:
                self.again.add(key)
        self.beginning = {key.source for key in self.first if after.feeds[key].succeeded_at is not None}

    def is_news(self, feeds: Sequence[FeedKey]) -> bool:
        """Whether a difference in what these feeds tell is a happening."""
        return not self.again.isdisjoint(feeds) and self.first.isdisjoint(feeds)


Entity = TypeVar("Entity", Agent, Caller, Campaign)


def _differences(before: Sequence[Entity], after: Sequence[Entity]) -> Iterator[tuple[Entity | None, Entity | None]]:
    """What each was and is, of all that are not the same object as before: on a large floor only few."""
    if before is after:
        return
    was_known, is_known = set(map(id, before)), set(map(id, after))
    gone = {(each.source, each.id): each for each in before if id(each) not in is_known}
    for each in after:
        if id(each) not in was_known:
            yield gone.pop((each.source, each.id), None), each
    for each in gone.values():
        yield each, None


def _of_callers(step: _Step) -> Iterator[Happening]:
    for was, now in _differences(step.before.floor.callers, step.after.floor.callers):
        if now is None:
            if was is not None and _has_left(was, step):
                yield _left(was, step)
        elif step.is_news((now.feed,)) and (was is None or was.queue != now.queue):
            yield CallerHappening(
                at=step.wall,
                kind=HappeningKind.CALLER_JOINED if was is None else HappeningKind.CALLER_MOVED,
                source=now.source,
                caller=now,
                from_queue=was.queue if was else None,
                seconds=_since(now.joined_at, step.after.at),
            )


def _has_left(caller: Caller, step: _Step) -> bool:
    """His feed lists him no more; or another, which is not just beginning, saw him answered while his is believed."""
    if caller.feed in step.again:
        return True
    is_lost = is_old(step.after.feeds[caller.feed].freshness(step.after.at))
    return not is_lost and caller.source not in step.beginning


def _left(caller: Caller, step: _Step) -> Happening:
    """Of one who went while his feed was lost, only how long he had waited at its last answer is certain."""
    status = step.before.feeds[caller.feed]
    was_lost = is_old(status.freshness(step.before.at))
    return CallerHappening(
        at=step.wall,
        kind=HappeningKind.CALLER_LEFT,
        source=caller.source,
        caller=caller,
        seconds=_since(caller.joined_at, status.succeeded_at if was_lost else step.after.at),
        is_least=was_lost,
    )


def _of_agents(step: _Step) -> Iterator[Happening]:
    for was, now in _differences(step.before.floor.agents, step.after.floor.agents):
        if was is not None and now is not None:
            if _doing(was) != _doing(now) and step.is_news(now.feeds):
                yield _changed(was, now, step)
        elif (agent := now or was) is not None and step.is_news(agent.feeds):
            kind = HappeningKind.AGENT_LEFT if now is None else HappeningKind.AGENT_APPEARED
            yield AgentHappening(at=step.wall, kind=kind, source=agent.source, agent=agent)


def _doing(agent: Agent) -> tuple[object, ...]:
    return (agent.state, agent.raw_state, agent.paused_queues if agent.is_partly_paused else ())


_OF_CALLS = frozenset({StateGroup.AVAILABLE, StateGroup.ON_CALL})


def _changed(was: Agent, now: Agent, step: _Step) -> AgentHappening:
    is_other_state = was.state is not now.state
    is_call = is_other_state and {was.group, now.group} <= _OF_CALLS
    return AgentHappening(
        at=step.wall,
        kind=HappeningKind.AGENT_CALL if is_call else HappeningKind.AGENT_CHANGED,
        source=now.source,
        agent=now,
        before=was,
        seconds=_since(was.seen_since, _end_of(was, now, step)) if is_other_state else None,
        is_least=was.state_since is None,
    )


def _end_of(was: Agent, now: Agent, step: _Step) -> float:
    """When the state ended: as the next began, unless the vendor counts that from before, as a call after its hold."""
    if now.state_since is None or (was.seen_since is not None and now.state_since <= was.seen_since):
        return step.after.at
    return now.state_since


def _of_campaigns(step: _Step) -> Iterator[Happening]:
    """A status that is not known is not a change."""
    for was, now in _differences(step.before.floor.campaigns, step.after.floor.campaigns):
        if was is None or now is None or None in {was.is_running, now.is_running}:
            continue
        if was.is_running is not now.is_running:
            kind = HappeningKind.CAMPAIGN_STARTED if now.is_running else HappeningKind.CAMPAIGN_STOPPED
            yield CampaignHappening(at=step.wall, kind=kind, source=now.source, id=now.id, name=now.name)


def _of_feeds(before: Snapshot, after: Snapshot, wall: float) -> Iterator[Happening]:
    """Feeds of one method that turn in one comparison are one happening: accounts of many queues have many feeds."""
    turned: dict[tuple[HappeningKind, str, str], list[FeedKey]] = defaultdict(list)
    for key, status in after.feeds.items():
        was = before.feeds.get(key)
        kind = _turn(was.freshness(before.at), status.freshness(after.at)) if was else None
        if kind is not None:
            turned[kind, key.source, key.method].append(key)
    for (kind, source, method), keys in turned.items():
        told = (before if kind is HappeningKind.FEED_BACK else after).feeds
        yield FeedHappening(
            at=wall,
            kind=kind,
            source=source,
            method=method,
            queue=keys[0].queue if len(keys) == 1 else None,
            count=len(keys),
            freshness=worst(after.feeds[key].freshness(after.at) for key in keys),
            seconds=_longest_silence((told[key] for key in keys), after.at),
            fault=next((fault for key in keys if (fault := after.feeds[key].fault)), None),
        )


def _turn(was: Freshness, now: Freshness) -> HappeningKind | None:
    """AUTH is told also of a feed already lost, for then somebody must do something."""
    if is_old(now):
        is_new = not is_old(was) or (now is Freshness.AUTH and was is not Freshness.AUTH)
        return HappeningKind.FEED_LOST if is_new else None
    return HappeningKind.FEED_BACK if is_old(was) else None


def _longest_silence(statuses: Iterable[FeedStatus], now: float) -> float | None:
    return max((age for status in statuses if (age := status.age(now)) is not None), default=None)


def _since(began: float | None, now: float | None) -> float | None:
    return None if began is None or now is None else max(0.0, now - began)
