"""Lists of those who want to be told by one ring (tzintuk): their members, their log, and emptying them."""

from wallboard.domain.account_actions import EmptyRingList
from wallboard.domain.actions import ActionKind
from wallboard.domain.enquiries import (
    RingList,
    RingListEvent,
    RingListEventsOf,
    RingListMember,
    RingListMembersOf,
    RingLists,
)
from wallboard.language.catalog import N_, _
from wallboard.ui.cells import Cell, Text, figure
from wallboard.ui.columns import Column
from wallboard.ui.panels.picture import Picture
from wallboard.ui.proposals import Proposal
from wallboard.ui.roles import Role
from wallboard.ui.toolbox.listing import Deed, ListDesk, Listing

COLUMNS = (Column("name", N_("List"), least=10, most=40), Column("subscribers", N_("Subscribers"), is_right=True))
MEMBER_COLUMNS = (
    Column("number", N_("Number"), least=10, most=20),
    Column("name", N_("Name"), least=8, most=40),
)
EVENT_COLUMNS = (
    Column("at", N_("Time"), least=10, most=20),
    Column("what", N_("What"), least=14, most=40),
    Column("number", N_("Number"), importance=1, least=10, most=20),
    Column("by", N_("By"), importance=2, least=10, most=20),
    Column("folder", N_("Extension"), importance=3, least=4, most=16),
)
WORDS_OF_EVENT = {
    "AddToListTzintuk": N_("added"),
    "RunTzintuk": N_("rung"),
    "RemovingToListTzintuk": N_("removed"),
    "AdminRemovingToListTzintuk": N_("removed by an administrator"),
    "ResetToListTzintuk": N_("emptied"),
}


def _cells(each: RingList, _picture: Picture) -> tuple[Cell, ...]:
    return (Text(each.name, Role.STRONG), figure(each.subscribers))


def _member_cells(each: RingListMember, picture: Picture) -> tuple[Cell, ...]:
    return (Text(picture.shown(each.number), Role.STRONG), Text(picture.shown(each.name)))


def _event_words(what: str) -> str:
    """ "" for what is not known."""
    return _(WORDS_OF_EVENT.get(what, ""))


def _event_cells(each: RingListEvent, picture: Picture) -> tuple[Cell, ...]:
    return (
        Text(each.at, Role.MUTED),
        Text(_event_words(each.what) or each.what),
        Text(picture.shown(each.number)),
        Text(picture.shown(each.by), Role.MUTED),
        Text(each.folder, Role.MUTED),
    )


def _member_opened(desk: ListDesk, each: RingListMember) -> None:
    shown = desk.picture.shown
    desk.show_item(_("Subscriber"), ((_("Number"), shown(each.number)), (_("Name"), shown(each.name))))


def _event_opened(desk: ListDesk, each: RingListEvent) -> None:
    shown = desk.picture.shown
    words = _event_words(each.what)
    desk.show_item(
        _("What was done"),
        (
            (_("Time"), each.at),
            (_("What"), f"{words} ({each.what})" if words else each.what),
            (_("Number"), shown(each.number)),
            (_("By"), shown(each.by)),
            (_("Extension"), each.folder),
        ),
    )


def members_of(name: str) -> Listing[tuple[RingListMember, ...], RingListMember]:
    return Listing(
        title=N_("Subscribers of {name}"),
        query=RingListMembersOf(name),
        items=lambda told: told,
        columns=MEMBER_COLUMNS,
        key=lambda each: each.number,
        cells=_member_cells,
        empty=N_("nobody is subscribed to this list"),
        opened=_member_opened,
        name=name,
    )


def events_of(name: str) -> Listing[tuple[RingListEvent, ...], RingListEvent]:
    return Listing(
        title=N_("Log of {name}"),
        query=RingListEventsOf(name),
        items=lambda told: told,
        columns=EVENT_COLUMNS,
        key=lambda each: f"{each.at} {each.what} {each.number}",
        cells=_event_cells,
        empty=N_("nothing has been done to this list yet"),
        opened=_event_opened,
        name=name,
    )


def _empty(desk: ListDesk, each: RingList) -> None:
    if each.subscribers == 0:
        desk.tell(_("{list}: nobody is subscribed to it").format(list=each.name))
        return
    count = _("all, it is not known how many") if each.subscribers is None else f"{each.subscribers:,}"
    desk.ask(
        Proposal(
            question=_("Empty the list {list}?").format(list=each.name.replace("{}", "")),
            verb=_("empty it"),
            effect=_("All subscribers are taken out at once. They cannot be put back from here."),
            commands=(EmptyRingList(source=desk.source, target=each.name, words=each.name, feed=desk.feed),),
            word=each.name,
            lines=((_("List"), each.name), (_("Subscribers"), count), (_("System"), desk.source)),
        )
    )


RING_LISTS = Listing(
    title=N_("One-ring lists"),
    query=RingLists(),
    items=lambda told: told,
    columns=COLUMNS,
    key=lambda each: each.name,
    cells=_cells,
    empty=N_("this system has no one-ring lists"),
    opened=lambda desk, each: desk.go_on(members_of(each.name)),
    enter=N_("subscribers"),
    deeds=(
        Deed("l", N_("log"), lambda desk, each: desk.go_on(events_of(each.name))),
        Deed("x", N_("empty"), _empty, ActionKind.EMPTY_RING_LIST),
    ),
)
