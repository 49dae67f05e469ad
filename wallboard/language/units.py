"""Yemot's units in words."""

from wallboard.domain.units import UnitsLeft, UnitsTrouble
from wallboard.language.catalog import N_, _, ngettext
from wallboard.language.format import UNKNOWN, duration

_TROUBLE_WORDS: dict[UnitsTrouble, str] = {
    UnitsTrouble.EXPIRED: N_("{source}: the units have expired ({units} left); renew them with the vendor"),
    UnitsTrouble.EXPIRING: N_("{source}: {units} units expire in {time}"),
    UnitsTrouble.ENDING: N_("{source}: {units} units left; at the pace of the last hours they end in {time}"),
    UnitsTrouble.FEW: N_("{source}: {units} units left"),
}
_MOST_WITH_TENTHS = 1_000.0
_SINGLE = frozenset({0.1, 1.0})  # as the vendor says it
_PLURAL = 3  # any number that is neither one nor two


def figure_of(units: float | None) -> str:
    """As short as a tile needs it: `184.3`, `12,345`; `–` when unknown."""
    if units is None:
        return UNKNOWN
    return f"{units:,.0f}" if abs(units) >= _MOST_WITH_TENTHS else f"{units:.1f}".removesuffix(".0")


def units_words(units: float | None) -> str:
    """`0.1 unit`, `184.3 units`, `12,345 units`; unknown is `–`."""
    one_or_many = 1 if units in _SINGLE else _PLURAL
    return ngettext("{figure} unit", "{figure} units", one_or_many).format(figure=figure_of(units))


def trouble_words(left: UnitsLeft) -> str:
    """What is wrong with an account's units; "" where nothing is."""
    if left.trouble is None:
        return ""
    words = _(_TROUBLE_WORDS[left.trouble])
    return words.format(source=left.source, units=figure_of(left.units), time=duration(left.seconds))
