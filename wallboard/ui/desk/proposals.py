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
from wallboard.language.catalog import N_, _, ngettext
from wallboard.language.format import UNKNOWN, count
from wallboard.language.outcomes import NOT_CAPABLE_WORDS
from wallboard.language.phones import as_sent, listed, national
from wallboard.ui.desk.targets import TargetRow, digits_of, written
from wallboard.ui.panels.picture import Picture
from wallboard.ui.proposals import Excluded, Proposal, campaign_names, number_names

GONE = N_("{words} is not in the list any more: it has been dialled or removed")
RowsOf = Callable[[str], Sequence[TargetRow]]  # the newest list's, by canonical number


def member_names(count: int) -> str:
    """What so many members are called in a question."""
    return ngettext("the member", "{count} members", count).format(count=count)


def add(campaign: Campaign, new: NewTarget, row_count: int, picture: Picture) -> Proposal:
    """Add one target. `row_count`: rows that its number has in the list already."""
    number = picture.shown(national(new.number))
    return Proposal(
        question=_("Add {whom} to {campaign}?").format(whom=number, campaign=_name(campaign, picture)),
        names=number_names,
        verb=_("add"),
        effect=_calling(campaign),
        commands=(_command(AddTarget, campaign, picture, new=new),),
        lines=(
            *_lines(new, picture),
            *(((_("In the list"), _("already: it would be called once more")),) if row_count else ()),
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
        question=_("Change {whom}?").format(whom=words[new.number] if len(pairs) == 1 else "{}"),
        names=number_names,
        verb=_("change"),
        effect=_("A number that is dialled meanwhile would be added anew: the list is looked at until you confirm."),
        commands=tuple(_command(ChangeTarget, campaign, picture, new=new) for _row, new in pairs),
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
        (_("Number"), picture.shown(row.number)),
        (_("Name"), picture.shown(row.target.name) or UNKNOWN),
        (_("Priority"), UNKNOWN if row.target.priority is None else str(row.target.priority)),
        (_("In the list"), ngettext("once", "{count} times: all of them go", of_number).format(count=of_number)),
    ]
    effect = _("It is not dialled any more.") if len(numbers) == 1 else _("They are not dialled any more.")
    if all_rows > len(numbers) > 1:
        they = ngettext("They stand in {count} row, which goes.", "They stand in {count} rows, which all go.", all_rows)
        effect = f"{effect} {they.format(count=f'{all_rows:,}')}"
    whom = words[row.target.number] if len(numbers) == 1 else "{}"
    return Proposal(
        question=_("Remove {whom} from {campaign}?").format(whom=whom, campaign=_name(campaign, picture)),
        names=number_names,
        verb=_("remove"),
        effect=effect,
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
        question=_("Empty {campaign}?").format(campaign=name),
        names=campaign_names,
        verb=_("empty it"),
        effect=_("All its targets are removed at once. They cannot be put back, but by adding them again."),
        commands=(_command(ClearTargets, campaign, picture),),
        lines=((_("Pending targets"), count(campaign.pending)), (_("Source"), picture.shown(campaign.source))),
        word=name if name.strip() else "empty",
    )


def add_members(campaign: Campaign, members: Mapping[str, str], picture: Picture) -> Proposal:
    """Let the campaign ring more extensions. `members`: names by SIP identifier."""
    return _members(AddMember, campaign, members, picture, _("Let {campaign} ring {whom}?"), _("add"))


def remove_members(campaign: Campaign, members: Mapping[str, str], picture: Picture) -> Proposal:
    """Let the campaign ring extensions no more. `members`: names by SIP identifier."""
    return _members(RemoveMember, campaign, members, picture, _("Remove {whom} from {campaign}?"), _("remove"))


def set_pace(
    campaign: Campaign, queue: tuple[str, str], most_waiting: int, coefficient: int, picture: Picture
) -> Proposal:
    """Set how a smart dialer paces itself. `queue`: its id and name."""
    queue_id, queue_name = queue
    command = _command(SetPace, campaign, picture, queue=queue_id, most_waiting=most_waiting, coefficient=coefficient)
    return Proposal(
        question=_("Set the pace of {campaign}?").format(campaign=_name(campaign, picture)),
        names=campaign_names,
        verb=_("set the pace"),
        effect=_("The dialer keeps to it from its next calls on. How it is paced now, the vendor does not tell."),
        commands=(command,),
        lines=(
            (_("Watches the queue"), queue_name),
            (_("Most waiting there"), str(most_waiting)),
            (_("Coefficient"), str(coefficient)),
        ),
    )


def able(proposal: Proposal, capable: frozenset[ActionKind]) -> Proposal:
    """Without what the vendor cannot do."""
    for command in proposal.commands:
        if command.kind not in capable:
            proposal = proposal.without(command, _(NOT_CAPABLE_WORDS[command.kind]).format(source=command.source))
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
    return Excluded(picture.shown(row.number), _("the vendor takes no number that is written like this"))


def _members(
    kind: type[AddMember], campaign: Campaign, members: Mapping[str, str], picture: Picture, question: str, verb: str
) -> Proposal:
    """`question`: with places for the campaign and for whom it is about."""
    [one, *others] = members.items()
    return Proposal(
        question=question.format(campaign=_name(campaign, picture), whom="{}" if others else one[1]),
        names=member_names,
        verb=verb,
        effect=(
            _("The dialer rings its agent for this campaign no more; a call that is on goes on.")
            if kind is RemoveMember
            else _("While the campaign runs, the dialer rings its agent, then calls a target.")
        ),
        commands=tuple(_command(kind, campaign, picture, member=member) for member in members),
        lines=((_("Member"), one[1]), (_("SIP id"), one[0])),
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
        value = picture.shown(text or UNKNOWN)
        if was is None or text == before:
            return value
        return _("{value}   (was {before})").format(value=value, before=picture.shown(before or UNKNOWN))

    old = as_listed(was) if was is not None else None
    return (
        (_("Number"), picture.shown(national(new.number))),
        (_("Name"), both(new.name, old.name if old else "")),
        (_("Priority"), both(_priority(new.priority), _priority(old.priority) if old else "")),
        (_("Caller id"), picture.shown(written(new.caller_id) or _("the campaign’s own"))),
        (_("Its data"), both(_data(new.custom), _data(old.custom) if old else "")),
    )


def _priority(priority: int | None) -> str:
    return _("the vendor’s own") if priority is None else str(priority)


def _data(custom: Sequence[tuple[str, str]]) -> str:
    return ", ".join(f"{name}={value}" for name, value in custom)


def _gone(rows_of: RowsOf, words: Mapping[str, str]) -> Callable[[Command], str]:
    def trouble(command: Command) -> str:
        is_there = bool(rows_of(digits_of(command.item)))
        return "" if is_there else _(GONE).format(words=words.get(command.item, command.item))

    return trouble


def _calling(campaign: Campaign) -> str:
    """What becomes of a target that is added."""
    if campaign.is_running is None:
        return _("Whether the campaign runs is not known. If it does, the dialer calls it in its turn, and calls cost.")
    if campaign.is_running:
        return _("The campaign runs: the dialer calls it in its turn, and calls cost.")
    return _("The campaign is stopped: nobody calls it before it is started.")


def _name(campaign: Campaign, picture: Picture) -> str:
    return picture.shown(campaign.name)


def with_priority(new: NewTarget, priority: int | None) -> NewTarget:
    """The same, dialled sooner or later."""
    return replace(new, priority=priority)
