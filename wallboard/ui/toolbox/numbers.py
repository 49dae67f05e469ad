"""A Yemot system's own numbers, and where calls to the secondary ones go."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from wallboard.domain.account_actions import SetNumberUsage
from wallboard.domain.actions import ActionKind
from wallboard.domain.enquiries import Numbers, OwnNumbers
from wallboard.language.format import UNKNOWN
from wallboard.ui.cells import Cell, Text
from wallboard.ui.columns import Column
from wallboard.ui.panels.picture import Picture
from wallboard.ui.proposals import Proposal
from wallboard.ui.roles import Role
from wallboard.ui.screens.form import Field
from wallboard.ui.toolbox.listing import Deed, ListDesk, Listing

COLUMNS = (
    Column("number", "Number", least=10, most=20),
    Column("kind", "Kind"),
    Column("usage", "Calls go to", least=10, most=40),
    Column("until", "Approved until", importance=1, least=10, most=19),
)
USAGE = re.compile(r"goto:/[A-Za-z0-9א-ת/]*|sip:[0-9]+")
HINT = "goto:/1/2 for an extension, sip:5 for a SIP account"


class OwnNumber(NamedTuple):
    """One of the system's numbers. `id` is a secondary one's; "" of all others."""

    number: str
    kind: str
    usage: str = ""
    until: str = ""
    id: str = ""


def _items(told: OwnNumbers) -> list[OwnNumber]:
    main = [OwnNumber(told.main, "main")] if told.main else []
    return [
        *main,
        *(OwnNumber(each.number, "secondary", each.usage, id=each.id) for each in told.secondary),
        *(OwnNumber(number, "approved to call from", until=until) for number, until in told.caller_ids),
    ]


def _cells(each: OwnNumber, picture: Picture) -> tuple[Cell, ...]:
    return (
        Text(picture.shown(each.number), Role.STRONG),
        Text(each.kind, Role.MUTED),
        Text(each.usage or (UNKNOWN if each.id else "")),
        Text(each.until, Role.MUTED),
    )


def _opened(desk: ListDesk, each: OwnNumber) -> None:
    lines = [("Number", desk.picture.shown(each.number)), ("Kind", each.kind)]
    if each.id:
        lines += [("Calls go to", each.usage), ("Id", each.id)]
    if each.until:
        lines.append(("Approved until", each.until))
    desk.show_item(desk.picture.shown(each.number), lines)


def _send_elsewhere(desk: ListDesk, each: OwnNumber) -> None:
    shown = desk.picture.shown(each.number)
    if not each.id:
        desk.tell(f"{shown}: only secondary numbers can be sent elsewhere")
        return
    if not USAGE.fullmatch(each.usage):
        use = f"“{each.usage}”" if each.usage else "not known"
        desk.tell(
            f"{shown}: its use is {use}; the vendor changes only goto: and sip: uses. Change it in its management."
        )
        return

    def filled_in(values: dict[str, str]) -> None:
        usage = values["usage"]
        if usage == each.usage:
            desk.tell(f"{shown}: its calls go to {usage} already")
            return
        command = SetNumberUsage(source=desk.source, target=each.id, words=shown, feed=desk.feed, usage=usage)
        desk.ask(
            Proposal(
                question="Send this number’s calls elsewhere?",
                names=("", ""),
                verb=f"send to {usage}",
                effect="New calls to the number go there at once; calls that are on go on.",
                commands=(command,),
                lines=(("Number", shown), ("Now", each.usage), ("Then", usage), ("System", desk.source)),
            )
        )

    desk.fill_in(f"{shown}: its calls go to …", [Field("usage", "To", each.usage, HINT, _check)], filled_in, _remark)


def _check(text: str) -> str:
    return "" if USAGE.fullmatch(text) else f"write {HINT}"


def _remark(values: Mapping[str, str]) -> str:
    return "Works only where the system’s server has SIP." if values["usage"].startswith("sip:") else ""


OWN_NUMBERS = Listing(
    title="Numbers",
    query=Numbers(),
    items=_items,
    columns=COLUMNS,
    key=lambda each: f"{each.kind} {each.id} {each.number}",
    cells=_cells,
    empty="the vendor tells no numbers of this system",
    opened=_opened,
    deeds=(Deed("e", "send elsewhere", _send_elsewhere, ActionKind.SET_NUMBER_USAGE),),
)
