"""What the desk's keys would do to a campaign: commands frozen by its code, and numbers or members by their ids."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from wallboard.domain.actions import ActionKind, Command
from wallboard.domain.campaign_actions import (
    AddMember,
    AddTarget,
    CampaignCommand,
    ChangeTarget,
    ClearTargets,
    RemoveMember,
    RemoveTarget,
    SetPace,
)
from wallboard.domain.campaigns import Campaign
from wallboard.domain.targets import NewTarget, PendingTarget
from wallboard.language.format import UNKNOWN, count
from wallboard.language.outcomes import NOT_CAPABLE_WORDS
from wallboard.language.phones import as_sent, listed, national
from wallboard.ui.desk.targets import TargetRow, digits_of, written
from wallboard.ui.panels.picture import Picture
from wallboard.ui.proposals import Excluded, Proposal

NUMBERS = ("the number", "numbers")
MEMBERS = ("the member", "members")
GONE = "{words} is not in the list any more: it has been dialled or removed"
RowsOf = Callable[[str], Sequence[TargetRow]]  # the newest list's, by canonical number


def add(campaign: Campaign, new: NewTarget, row_count: int, picture: Picture) -> Proposal:
    """Add one target. `row_count`: rows that its number has in the list already."""
    number = picture.shown(national(new.number))
    return Proposal(
        question=f"Add {number} to {_name(campaign, picture)}?",
        names=NUMBERS,
        verb="add",
        effect=_calling(campaign, "it"),
        commands=(_command(AddTarget, campaign, picture, new=new),),
        lines=(
            *_lines(new, picture),
            *((("In the list", "already: it would be called once more"),) if row_count else ()),
        ),
        item_words={new.number: number},
    )


def change(
    campaign: Campaign, pairs: Sequence[tuple[TargetRow, NewTarget]], rows_of: RowsOf, picture: Picture
) -> Proposal:
    """Give targets another priority, name or data; of several rows of a number the vendor knows only the number.

    Args:
        campaign: whose they are.
        pairs: each as it is listed, and as it is to be.
        rows_of: what is listed now: a target that has gone would be added anew.
        picture: how the floor stands.
    """
    wanted = {new.number: (row, new) for row, new in reversed(pairs)}
    pairs = list(wanted.values())[::-1]
    words = {new.number: picture.shown(row.number) for row, new in pairs}
    row, new = pairs[0]
    lines = _lines(new, picture, row.target)
    return Proposal(
        question=f"Change {words[new.number]}?" if len(pairs) == 1 else "Change {}?",
        names=NUMBERS,
        verb="change",
        effect="A number that is dialled meanwhile would be added anew: the list is looked at until you confirm.",
        commands=tuple(_command(ChangeTarget, campaign, picture, new=new) for _, new in pairs),
        lines=lines,
        item_words=words,
        trouble=_gone(rows_of, words),
    )


def remove(campaign: Campaign, rows: Sequence[TargetRow], rows_of: RowsOf, picture: Picture) -> Proposal:
    """Take numbers out, with every row that they have."""
    numbers = {digits_of(row.target.number): row for row in reversed(rows)}
    words = {row.target.number: picture.shown(row.number) for row in numbers.values()}
    row, all_rows = rows[0], sum(len(rows_of(number)) for number in numbers)
    of_number = len(rows_of(digits_of(row.target.number)))
    lines = [
        ("Number", picture.shown(row.number)),
        ("Name", picture.shown(row.target.name) or UNKNOWN),
        ("Priority", UNKNOWN if row.target.priority is None else str(row.target.priority)),
        ("In the list", "once" if of_number == 1 else f"{of_number} times: all of them go"),
    ]
    more = f" They stand in {all_rows:,} rows, which all go." if all_rows > len(numbers) > 1 else ""
    return Proposal(
        question=f"Remove {words[row.target.number]} from {_name(campaign, picture)}?"
        if len(numbers) == 1
        else f"Remove {{}} from {_name(campaign, picture)}?",
        names=NUMBERS,
        verb="remove",
        effect=f"{'It is' if len(numbers) == 1 else 'They are'} not dialled any more.{more}",
        commands=tuple(
            _command(RemoveTarget, campaign, picture, number=each.target.number)
            for each in list(numbers.values())[::-1]
        ),
        lines=tuple(lines),
        item_words=words,
        trouble=_gone(rows_of, words),
    )


def clear(campaign: Campaign, picture: Picture) -> Proposal:
    """Take all targets out; the campaign's name must be typed."""
    name = _name(campaign, picture)
    return Proposal(
        question=f"Empty {name}?",
        names=("the campaign", "campaigns"),
        verb="empty it",
        effect="All its targets are removed at once. They cannot be put back, but by adding them again.",
        commands=(_command(ClearTargets, campaign, picture),),
        lines=(("Pending targets", count(campaign.pending)), ("Source", picture.shown(campaign.source))),
        word=name if name.strip() else "empty",
    )


def add_members(campaign: Campaign, members: Mapping[str, str], picture: Picture) -> Proposal:
    """Let the campaign ring more extensions. `members`: names by SIP identifier."""
    return _members(AddMember, campaign, members, picture, f"Let {_name(campaign, picture)} ring {{}}?", "add")


def remove_members(campaign: Campaign, members: Mapping[str, str], picture: Picture) -> Proposal:
    """Let the campaign ring extensions no more. `members`: names by SIP identifier."""
    return _members(RemoveMember, campaign, members, picture, f"Remove {{}} from {_name(campaign, picture)}?", "remove")


def set_pace(
    campaign: Campaign, queue: tuple[str, str], most_waiting: int, coefficient: int, picture: Picture
) -> Proposal:
    """Set how a smart dialer paces itself. `queue`: its id and name."""
    queue_id, queue_name = queue
    command = _command(SetPace, campaign, picture, queue=queue_id, most_waiting=most_waiting, coefficient=coefficient)
    return Proposal(
        question=f"Set the pace of {_name(campaign, picture)}?",
        names=("the campaign", "campaigns"),
        verb="set the pace",
        effect="The dialer keeps to it from its next calls on. How it is paced now, the vendor does not tell.",
        commands=(command,),
        lines=(
            ("Watches the queue", queue_name),
            ("Most waiting there", str(most_waiting)),
            ("Coefficient", str(coefficient)),
        ),
    )


def able(proposal: Proposal, capable: frozenset[ActionKind]) -> Proposal:
    """Without what the vendor cannot do."""
    for command in proposal.commands:
        if command.kind not in capable:
            proposal = proposal.without(command, NOT_CAPABLE_WORDS[command.kind].format(source=command.source))
    return proposal


def as_listed(target: PendingTarget) -> NewTarget | None:
    """A listed target as it would be sent again, unchanged; None where its number cannot be."""
    number = listed(target.number)
    if number is None:
        return None
    caller_id = listed(target.caller_id)
    return NewTarget(
        line=0,
        number=number,
        name=target.name,
        caller_id=as_sent(caller_id) if caller_id else target.caller_id,
        priority=target.priority,
        custom=target.custom,
        dial_at=target.dial_at,
    )


def unsendable(row: TargetRow, picture: Picture) -> Excluded:
    """A row whose number cannot be sent again."""
    return Excluded(picture.shown(row.number), "the vendor takes no number that is written like this")


def _members(
    kind: type[AddMember], campaign: Campaign, members: Mapping[str, str], picture: Picture, question: str, verb: str
) -> Proposal:
    [one, *others] = members.items()
    return Proposal(
        question=question if others else question.replace("{}", one[1]),
        names=MEMBERS,
        verb=verb,
        effect=(
            "The dialer rings its agent for this campaign no more; a call that is on goes on."
            if kind is RemoveMember
            else "While the campaign runs, the dialer rings its agent, then calls a target."
        ),
        commands=tuple(_command(kind, campaign, picture, member=member) for member in members),
        lines=(("Member", one[1]), ("SIP id", one[0])),
        item_words=members,
    )


def _command(kind: type[CampaignCommand], campaign: Campaign, picture: Picture, **more: Any) -> Command:
    return kind(
        source=campaign.source,
        target=campaign.id,
        words=_name(campaign, picture),
        feed=campaign.feed,
        code=campaign.code,
        **more,
    )


def _lines(new: NewTarget, picture: Picture, was: PendingTarget | None = None) -> tuple[tuple[str, str], ...]:
    """A target as it is to be, with what it was where that changes."""

    def both(text: str, before: str) -> str:
        return picture.shown(text or UNKNOWN) + (
            "" if was is None or text == before else f"   (was {picture.shown(before or UNKNOWN)})"
        )

    old = as_listed(was) if was is not None else None
    return (
        ("Number", picture.shown(national(new.number))),
        ("Name", both(new.name, old.name if old else "")),
        ("Priority", both(_priority(new.priority), _priority(old.priority) if old else "")),
        ("Caller id", picture.shown(written(new.caller_id) or "the campaign’s own")),
        ("Its data", both(_data(new.custom), _data(old.custom) if old else "")),
    )


def _priority(priority: int | None) -> str:
    return "the vendor’s own" if priority is None else str(priority)


def _data(custom: Sequence[tuple[str, str]]) -> str:
    return ", ".join(f"{name}={value}" for name, value in custom)


def _gone(rows_of: RowsOf, words: Mapping[str, str]) -> Callable[[Command], str]:
    def trouble(command: Command) -> str:
        is_there = bool(rows_of(digits_of(command.item)))
        return "" if is_there else GONE.format(words=words.get(command.item, command.item))

    return trouble


def _calling(campaign: Campaign, it: str) -> str:
    if campaign.is_running is None:
        return f"Whether the campaign runs is not known. If it does, the dialer calls {it} in its turn, and calls cost."
    if campaign.is_running:
        return f"The campaign runs: the dialer calls {it} in its turn, and calls cost."
    return f"The campaign is stopped: nobody calls {it} before it is started."


def _name(campaign: Campaign, picture: Picture) -> str:
    return picture.shown(campaign.name)


def with_priority(new: NewTarget, priority: int | None) -> NewTarget:
    """The same, dialled sooner or later."""
    return replace(new, priority=priority)
