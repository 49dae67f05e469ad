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
from wallboard.ui.cells import Cell, Text, figure
from wallboard.ui.columns import Column
from wallboard.ui.panels.picture import Picture
from wallboard.ui.proposals import Proposal
from wallboard.ui.roles import Role
from wallboard.ui.toolbox.listing import Deed, ListDesk, Listing

COLUMNS = (Column("name", "List", least=10, most=40), Column("subscribers", "Subscribers", is_right=True))
MEMBER_COLUMNS = (Column("number", "Number", least=10, most=20), Column("name", "Name", least=8, most=40))
EVENT_COLUMNS = (
    Column("at", "Time", least=10, most=20),
    Column("what", "What", least=14, most=40),
    Column("number", "Number", importance=1, least=10, most=20),
    Column("by", "By", importance=2, least=10, most=20),
    Column("folder", "Extension", importance=3, least=4, most=16),
)
WORDS_OF_EVENT = {
    "AddToListTzintuk": "added",
    "RunTzintuk": "rung",
    "RemovingToListTzintuk": "removed",
    "AdminRemovingToListTzintuk": "removed by an administrator",
    "ResetToListTzintuk": "emptied",
}


def _cells(each: RingList, _: Picture) -> tuple[Cell, ...]:
    return (Text(each.name, Role.STRONG), figure(each.subscribers))


def _member_cells(each: RingListMember, picture: Picture) -> tuple[Cell, ...]:
    return (Text(picture.shown(each.number), Role.STRONG), Text(picture.shown(each.name)))


def _event_cells(each: RingListEvent, picture: Picture) -> tuple[Cell, ...]:
    return (
        Text(each.at, Role.MUTED),
        Text(WORDS_OF_EVENT.get(each.what, each.what)),
        Text(picture.shown(each.number)),
        Text(picture.shown(each.by), Role.MUTED),
        Text(each.folder, Role.MUTED),
    )


def _member_opened(desk: ListDesk, each: RingListMember) -> None:
    shown = desk.picture.shown
    desk.show_item("Subscriber", (("Number", shown(each.number)), ("Name", shown(each.name))))


def _event_opened(desk: ListDesk, each: RingListEvent) -> None:
    shown = desk.picture.shown
    words = WORDS_OF_EVENT.get(each.what)
    desk.show_item(
        "What was done",
        (
            ("Time", each.at),
            ("What", f"{words} ({each.what})" if words else each.what),
            ("Number", shown(each.number)),
            ("By", shown(each.by)),
            ("Extension", each.folder),
        ),
    )


def members_of(name: str) -> Listing[tuple[RingListMember, ...], RingListMember]:
    return Listing(
        title=f"Subscribers of {name}",
        query=RingListMembersOf(name),
        items=lambda told: told,
        columns=MEMBER_COLUMNS,
        key=lambda each: each.number,
        cells=_member_cells,
        empty="nobody is subscribed to this list",
        opened=_member_opened,
    )


def events_of(name: str) -> Listing[tuple[RingListEvent, ...], RingListEvent]:
    return Listing(
        title=f"Log of {name}",
        query=RingListEventsOf(name),
        items=lambda told: told,
        columns=EVENT_COLUMNS,
        key=lambda each: f"{each.at} {each.what} {each.number}",
        cells=_event_cells,
        empty="nothing has been done to this list yet",
        opened=_event_opened,
    )


def _empty(desk: ListDesk, each: RingList) -> None:
    if each.subscribers == 0:
        desk.tell(f"{each.name}: nobody is subscribed to it")
        return
    count = "all, it is not known how many" if each.subscribers is None else f"{each.subscribers:,}"
    desk.ask(
        Proposal(
            question=f"Empty the list {each.name.replace('{}', '')}?",
            names=("", ""),
            verb="empty it",
            effect="All subscribers are taken out at once. They cannot be put back from here.",
            commands=(EmptyRingList(source=desk.source, target=each.name, words=each.name, feed=desk.feed),),
            word=each.name,
            lines=(("List", each.name), ("Subscribers", count), ("System", desk.source)),
        )
    )


RING_LISTS = Listing(
    title="One-ring lists",
    query=RingLists(),
    items=lambda told: told,
    columns=COLUMNS,
    key=lambda each: each.name,
    cells=_cells,
    empty="this system has no one-ring lists",
    opened=lambda desk, each: desk.go_on(members_of(each.name)),
    enter="subscribers",
    deeds=(
        Deed("l", "log", lambda desk, each: desk.go_on(events_of(each.name))),
        Deed("x", "empty", _empty, ActionKind.EMPTY_RING_LIST),
    ),
)
