"""What a key would do to the rows it is pressed on: commands frozen by the targets' ids."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from wallboard.domain.actions import (
    ActionKind,
    Command,
    KickCaller,
    PauseAgent,
    ResumeAgent,
    StartCampaign,
    StopCampaign,
    TransferCaller,
)
from wallboard.domain.agents import Agent
from wallboard.domain.callers import Caller
from wallboard.domain.campaigns import Campaign
from wallboard.domain.destinations import Destination
from wallboard.domain.feeds import Freshness, worst
from wallboard.language.catalog import _, ngettext
from wallboard.language.outcomes import NOT_CAPABLE_WORDS
from wallboard.ui.panels import agents, callers
from wallboard.ui.panels.picture import Picture

Capable = Callable[[str], frozenset[ActionKind]]  # what can be done at a source
USABLE = frozenset({Freshness.LIVE, Freshness.LATE, Freshness.STALE})  # else nobody knows how things stand


def caller_names(count: int) -> str:
    """What so many callers are called in a question."""
    return ngettext("the caller", "{count} callers", count).format(count=count)


def agent_names(count: int) -> str:
    """What so many agents are called in a question."""
    return ngettext("the agent", "{count} agents", count).format(count=count)


def campaign_names(count: int) -> str:
    """What so many campaigns are called in a question."""
    return ngettext("the campaign", "{count} campaigns", count).format(count=count)


def number_names(count: int) -> str:
    """What so many telephone numbers are called in a question."""
    return ngettext("the number", "{count} numbers", count).format(count=count)


@dataclass(frozen=True, slots=True)
class Excluded:
    """A row that the key does nothing to, and why."""

    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Not yet confirmed.

    Args:
        question: what is asked, with a place for whom it is about.
        verb: what confirming does, in a few words.
        effect: what will happen, and whether it can be undone.
        commands: one for each request; one agent in two queues is two.
        names: what so many targets are called, where the question has a place for them.
        excluded: rows it leaves as they are.
        word: what must be typed to confirm; "" is nothing for one target, their number for several.
        lines: what is told of the only target, where it is no row of a panel: names and values.
        item_words: what the items of a target are called, by `Command.item`.
        trouble: why a command makes no sense any more, though the floor shows nothing of it; "" while it does.
    """

    question: str
    verb: str
    effect: str
    commands: tuple[Command, ...]
    names: Callable[[int], str] = lambda _: ""
    excluded: tuple[Excluded, ...] = ()
    word: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    item_words: Mapping[str, str] = field(default_factory=dict)
    trouble: Callable[[Command], str] = lambda _: ""

    @property
    def title(self) -> str:
        """The question, about so many."""
        return self.question.replace("{}", self.names(self.target_count), 1)

    @property
    def target_count(self) -> int:
        """Callers, agents or campaigns; of a campaign, its targets or members."""
        return len({(command.row_key, command.item) for command in self.commands})

    @property
    def is_of_several(self) -> bool:
        """Whether it was asked for several rows, however many of them can be acted on."""
        return self.target_count + len(self.excluded) > 1

    def without(self, command: Command, reason: str) -> "Proposal":
        """The same, with this one left as it is."""
        rest = tuple(each for each in self.commands if each != command)
        return replace(self, commands=rest, excluded=(*self.excluded, Excluded(self.words_of(command), reason)))

    def words_of(self, command: Command) -> str:
        """What the one that a command is about is called."""
        return self.item_words.get(command.item, command.words)

    def leaving(self, *excluded: Excluded) -> "Proposal":
        """The same, with more rows named that it does nothing to."""
        return replace(self, excluded=(*self.excluded, *excluded))


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the data behind a proposal are to be believed; `age` in seconds, of the oldest feed."""

    freshness: Freshness
    age: float | None


def reach_of(commands: Iterable[Command], picture: Picture) -> Reach:
    """By the worst of the feeds that told of the targets."""
    statuses = [picture.snapshot.feeds[command.feed] for command in commands]
    ages = [age for status in statuses if (age := status.age(picture.now)) is not None]
    return Reach(worst(status.freshness(picture.now) for status in statuses), max(ages, default=None))


def kick(chosen: Iterable[Caller], picture: Picture, capable: Capable) -> Proposal:
    """Take callers out of their queues."""
    able, excluded = _able(chosen, ActionKind.KICK_CALLER, capable, lambda caller: _caller(caller, picture))
    commands = tuple(
        KickCaller(source=each.source, target=each.id, words=_caller(each, picture), feed=each.feed, queue=each.queue)
        for each in able
    )
    return Proposal(
        question=_("Take {} out of the queue?"),
        names=caller_names,
        verb=_("take out"),
        effect=_("The call leaves the queue at once. It cannot be put back."),
        commands=commands,
        excluded=excluded,
    )


def transfer(chosen: Iterable[Caller], to: Destination, picture: Picture, capable: Capable) -> Proposal:
    """Take callers out of their queues and send them to an extension."""
    place = f"{to.name} ({to.path})" if to.name else to.path
    able, excluded = _able(chosen, ActionKind.TRANSFER_CALLER, capable, lambda caller: _caller(caller, picture))
    commands = tuple(
        TransferCaller(
            source=each.source,
            target=each.id,
            words=_caller(each, picture),
            feed=each.feed,
            queue=each.queue,
            destination=to.path,
        )
        for each in able
    )
    return Proposal(
        question=_("Send {callers} to {place}?").format(callers="{}", place=place),
        names=caller_names,
        verb=_("send to {place}").format(place=place),
        effect=_("The call leaves the queue at once and goes on at {place}. It cannot be put back.").format(
            place=place
        ),
        commands=commands,
        excluded=excluded,
    )


def set_paused(
    chosen: Iterable[tuple[Agent, Sequence[str]]], is_pausing: bool, picture: Picture, capable: Capable
) -> Proposal:
    """Give agents no new calls of these queues, or let them have some again; queues where it is so stay as they are."""
    kind = PauseAgent if is_pausing else ResumeAgent
    queues_of = {(agent.source, agent.id): queues for agent, queues in chosen}
    agents_chosen = [agent for agent, _queues in chosen]
    able, excluded = _able(agents_chosen, kind.kind, capable, lambda agent: agents.name_of(agent, picture))
    commands: list[Command] = []
    for agent in able:
        queues = [q for q in queues_of[agent.source, agent.id] if (q in agent.paused_queues) is not is_pausing]
        commands += (_pause(kind, agent, queue, picture) for queue in queues)
        if not queues:
            state = _("paused already") if is_pausing else _("works already")
            excluded = (*excluded, Excluded(agents.name_of(agent, picture), state))
    return Proposal(
        question=_("Pause {}?") if is_pausing else _("Resume {}?"),
        names=agent_names,
        verb=_("pause") if is_pausing else _("resume"),
        effect=(
            _("No new calls come from the queue; a call that is on goes on.")
            if is_pausing
            else _("Calls of the queue come again.")
        ),
        commands=tuple(commands),
        excluded=excluded,
    )


def set_running(chosen: Iterable[Campaign], is_starting: bool, picture: Picture, capable: Capable) -> Proposal:
    """Start campaigns or stop them; those that are so already, or in no known state, stay as they are."""
    kind = StartCampaign if is_starting else StopCampaign
    able, excluded = _able(chosen, kind.kind, capable, lambda campaign: picture.shown(campaign.name))
    commands = []
    for each in able:
        name = picture.shown(each.name)
        if each.is_running is not is_starting and each.is_running is not None:
            commands.append(kind(source=each.source, target=each.id, words=name, feed=each.feed, code=each.code))
        else:
            known = _("runs already") if is_starting else _("is stopped already")
            reason = _("its state is not known") if each.is_running is None else known
            excluded = (*excluded, Excluded(name, reason))
    return Proposal(
        question=_("Start {}?") if is_starting else _("Stop {}?"),
        names=campaign_names,
        verb=_("start") if is_starting else _("stop"),
        effect=(
            _("The dialer begins to place calls for it, which cost. It can be stopped again.")
            if is_starting
            else _("The dialer places no more calls for it. It can be started again.")
        ),
        commands=tuple(commands),
        excluded=excluded,
    )


def _pause(kind: type[PauseAgent], agent: Agent, queue: str, picture: Picture) -> PauseAgent:
    return kind(
        source=agent.source,
        target=agent.id,
        words=f"{agents.name_of(agent, picture)} ({picture.queue_name(agent.source, queue)})",
        feed=next(feed for feed in agent.feeds if feed.queue == queue),
        queue=queue,
    )


def _caller(caller: Caller, picture: Picture) -> str:
    return f"{callers.recorded_name(caller, picture)} ({picture.queue_name(caller.source, caller.queue)})"


class _Sourced(Protocol):
    @property
    def source(self) -> str: ...


Entity = TypeVar("Entity", bound=_Sourced)


def _able(
    chosen: Iterable[Entity], kind: ActionKind, capable: Capable, words: Callable[[Entity], str]
) -> tuple[list[Entity], tuple[Excluded, ...]]:
    """Those at whose vendor it can be done, and the others with the reason."""
    able, excluded = [], []
    for each in chosen:
        if kind in capable(each.source):
            able.append(each)
        else:
            excluded.append(Excluded(words(each), _(NOT_CAPABLE_WORDS[kind]).format(source=each.source)))
    return able, tuple(excluded)
