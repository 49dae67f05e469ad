"""The movements of a Yemot system's units."""

import re

from wallboard.domain.enquiries import SmsTransaction, SmsTransactions
from wallboard.language.catalog import N_, _
from wallboard.language.format import UNKNOWN
from wallboard.ui.cells import Cell, Text
from wallboard.ui.columns import Column
from wallboard.ui.panels.picture import Picture
from wallboard.ui.roles import Role
from wallboard.ui.toolbox.listing import ListDesk, Listing

COLUMNS = (
    Column("at", N_("Time"), least=10, most=19),
    Column("amount", N_("Units"), is_right=True),
    Column("balance", N_("Balance"), importance=1, is_right=True),
    Column("description", N_("What"), least=14, most=60),
    Column("who", N_("By"), importance=3, least=6, most=24),
    Column("expires", N_("Expire"), importance=2, least=10, most=19),
)
_SORTABLE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _newest_first(told: tuple[SmsTransaction, ...]) -> tuple[SmsTransaction, ...]:
    """Where the vendor writes times that can be ordered; else as it lists them."""
    if not all(_SORTABLE.match(each.at) for each in told):
        return told
    return tuple(sorted(told, key=lambda each: each.at, reverse=True))


def _amount(value: float | None) -> Text:
    text = UNKNOWN if value is None else f"{value:+,.2f}".rstrip("0").rstrip(".")
    return Text(text, Role.MUTED if value is None else Role.STRONG, value)


def _balance(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:,.2f}".rstrip("0").rstrip(".")


def _cells(each: SmsTransaction, picture: Picture) -> tuple[Cell, ...]:
    return (
        Text(each.at or UNKNOWN, Role.MUTED),
        _amount(each.amount),
        Text(_balance(each.balance)),
        Text(picture.shown(each.description)),
        Text(picture.shown(each.who), Role.MUTED),
        Text(each.expires_on, Role.MUTED),
    )


def _opened(desk: ListDesk, each: SmsTransaction) -> None:
    shown = desk.picture.shown
    desk.show_item(
        _("Movement of units"),
        (
            (_("Time"), each.at),
            (_("Units"), _amount(each.amount).text),
            (_("Balance"), _balance(each.balance)),
            (_("What"), shown(each.description)),
            (_("By"), shown(each.who)),
            (_("Expire"), each.expires_on),
        ),
    )


TRANSACTIONS = Listing(
    title=N_("Units"),
    query=SmsTransactions(),
    items=_newest_first,
    columns=COLUMNS,
    key=lambda each: f"{each.at} {each.amount} {each.balance} {each.description}",
    cells=_cells,
    empty=N_("no units have been bought or spent yet"),
    opened=_opened,
)
