"""A Yemot system's own numbers, and where calls to the secondary ones go."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from wallboard.domain.account_actions import SetNumberUsage
from wallboard.domain.actions import ActionKind
from wallboard.domain.enquiries import Numbers, OwnNumbers
from wallboard.language.catalog import N_, _
from wallboard.language.format import UNKNOWN
from wallboard.ui.cells import Cell, Text
from wallboard.ui.columns import Column
from wallboard.ui.panels.picture import Picture
from wallboard.ui.proposals import Proposal
from wallboard.ui.roles import Role
from wallboard.ui.screens.form import Field
from wallboard.ui.toolbox.listing import Deed, ListDesk, Listing

COLUMNS = (
    Column("number", N_("Number"), least=10, most=20),
    Column("kind", N_("Kind")),
    Column("usage", N_("Calls go to"), least=10, most=40),
    Column("until", N_("Approved until"), importance=1, least=10, most=19),
)
USAGE = re.compile(r"goto:/[A-Za-z0-9א-ת/]*|sip:[0-9]+")
HINT = N_("goto:/1/2 for an extension, sip:5 for a SIP account")


class OwnNumber(NamedTuple):
    """One of the system's numbers.

    Args:
        kind: looked up where it is shown.
        id: a secondary one's; "" of all others.
    """

    number: str
    kind: str
    usage: str = ""
    until: str = ""
    id: str = ""


def _items(told: OwnNumbers) -> list[OwnNumber]:
    main = [OwnNumber(told.main, N_("main"))] if told.main else []
    return [
        *main,
        *(OwnNumber(each.number, N_("secondary"), each.usage, id=each.id) for each in told.secondary),
        *(OwnNumber(number, N_("approved to call from"), until=until) for number, until in told.caller_ids),
    ]


def _cells(each: OwnNumber, picture: Picture) -> tuple[Cell, ...]:
    return (
        Text(picture.shown(each.number), Role.STRONG),
        Text(_(each.kind), Role.MUTED),
        Text(each.usage or (UNKNOWN if each.id else "")),
        Text(each.until, Role.MUTED),
    )


def _opened(desk: ListDesk, each: OwnNumber) -> None:
    lines = [(_("Number"), desk.picture.shown(each.number)), (_("Kind"), _(each.kind))]
    if each.id:
        lines += [(_("Calls go to"), each.usage), (_("Id"), each.id)]
    if each.until:
        lines.append((_("Approved until"), each.until))
    desk.show_item(desk.picture.shown(each.number), lines)


def _send_elsewhere(desk: ListDesk, each: OwnNumber) -> None:
    shown = desk.picture.shown(each.number)
    if not each.id:
        desk.tell(_("{number}: only secondary numbers can be sent elsewhere").format(number=shown))
        return
    if not USAGE.fullmatch(each.usage):
        known = _("{number}: its use is “{use}”; the vendor changes only goto: and sip: uses.")
        told = (
            known if each.usage else _("{number}: its use is not known; the vendor changes only goto: and sip: uses.")
        )
        remedy = _("Change it in its management.")
        desk.tell(f"{told.format(number=shown, use=each.usage)} {remedy}")
        return

    def filled_in(values: dict[str, str]) -> None:
        usage = values["usage"]
        if usage == each.usage:
            desk.tell(_("{number}: its calls go to {usage} already").format(number=shown, usage=usage))
            return
        command = SetNumberUsage(source=desk.source, target=each.id, words=shown, feed=desk.feed, usage=usage)
        desk.ask(
            Proposal(
                question=_("Send this number’s calls elsewhere?"),
                verb=_("send to {place}").format(place=usage),
                effect=_("New calls to the number go there at once; calls that are on go on."),
                commands=(command,),
                lines=((_("Number"), shown), (_("Now"), each.usage), (_("Then"), usage), (_("System"), desk.source)),
            )
        )

    title = _("{number}: its calls go to …").format(number=shown)
    desk.fill_in(title, [Field("usage", _("To"), each.usage, _(HINT), _check)], filled_in, _remark)


def _check(text: str) -> str:
    return "" if USAGE.fullmatch(text) else _("write {hint}").format(hint=_(HINT))


def _remark(values: Mapping[str, str]) -> str:
    return _("Works only where the system’s server has SIP.") if values["usage"].startswith("sip:") else ""


OWN_NUMBERS = Listing(
    title=N_("Numbers"),
    query=Numbers(),
    items=_items,
    columns=COLUMNS,
    key=lambda each: f"{each.kind} {each.id} {each.number}",
    cells=_cells,
    empty=N_("the vendor tells no numbers of this system"),
    opened=_opened,
    deeds=(Deed("e", N_("send elsewhere"), _send_elsewhere, ActionKind.SET_NUMBER_USAGE),),
)
