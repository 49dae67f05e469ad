"""The desk's forms: what a person types of a target or a pace, checked, and what becomes of it."""

from collections.abc import Callable, Mapping

from wallboard.domain.targets import NewTarget
from wallboard.language.catalog import N_, _, ngettext
from wallboard.language.phones import as_sent, dialable
from wallboard.ui.screens.form import Field

NOT_DIALABLE = N_("this is no telephone number that can be dialled")
NUMBER_HINT = N_("0501234567, or +44 … for abroad")
OWN_HINT = N_("empty: the vendor’s own")
DATA_HINT = N_("name=value, one in a line")
MOST_PRIORITY = 2_147_483_647
MOST_DIGITS = len(str(MOST_PRIORITY))
IsPending = Callable[[str], int]  # rows that a canonical number has in the list


def new_target() -> list[Field]:
    """Of a target to be added."""
    return [
        Field("number", _("Number"), hint=_(NUMBER_HINT), check=check_number),
        Field("name", _("Name")),
        priority(),
        Field("caller_id", _("Caller id"), hint=_("empty: the campaign’s own"), check=check_caller_id),
        Field("data", _("Data"), hint=_(DATA_HINT), check=check_data, is_long=True),
    ]


def changed_target(new: NewTarget) -> list[Field]:
    """Of a target as it is listed."""

    def check_kept(text: str) -> str:
        if new.custom and not text:
            return _("data that are not sent stay as they are: change their values instead")
        return check_data(text)

    data = "\n".join(f"{name}={value}" for name, value in new.custom)
    return [
        Field("name", _("Name"), new.name),
        priority("" if new.priority is None else str(new.priority)),
        Field("data", _("Data"), data, _(DATA_HINT), check_kept, is_long=True),
    ]


def priority(value: str = "") -> Field:
    """The only one for several targets at once."""
    return Field("priority", _("Priority"), value, _(OWN_HINT), check_priority)


def pace() -> list[Field]:
    """Of a smart dialer's pace."""
    return [
        Field("most_waiting", _("Most waiting there"), hint=_("above {least}").format(least=0), check=_at_least(1)),
        Field(
            "coefficient",
            _("Coefficient"),
            hint=_("above {least}: the greater, the faster it dials").format(least=1),
            check=_at_least(2),
        ),
    ]


def typed_target(values: Mapping[str, str]) -> NewTarget:
    """What was typed into `new_target`, once it is checked."""
    caller_id = dialable(values["caller_id"])
    return NewTarget(
        line=0,
        number=dialable(values["number"]) or "",
        name=values["name"],
        caller_id=as_sent(caller_id) if caller_id else "",
        priority=priority_of(values["priority"]),
        custom=data_typed(values["data"]),
    )


def check_number(text: str) -> str:
    return "" if dialable(text) else _(NOT_DIALABLE)


def check_caller_id(text: str) -> str:
    return check_number(text) if text else ""


def check_priority(text: str) -> str:
    if not text:
        return ""
    is_whole = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS and int(text) <= MOST_PRIORITY
    return "" if is_whole else _("a priority is a whole number, at most {most}").format(most=f"{MOST_PRIORITY:,}")


def check_data(text: str) -> str:
    """What is wrong with lines of `name=value`."""
    seen: set[str] = set()
    for number, line in enumerate(text.splitlines(), 1):
        name, sign, _value = line.partition("=")
        if line.strip() and not (sign and name.strip()):
            return _("line {line} is not like name=value").format(line=number)
        if line.strip() and name.strip() in seen:
            return _("line {line}: {name} stands above already").format(line=number, name=name.strip())
        seen.add(name.strip())
    return ""


def data_typed(text: str) -> tuple[tuple[str, str], ...]:
    """Lines of `name=value`, as names and values."""
    parts = (line.partition("=") for line in text.splitlines() if line.strip())
    return tuple((name.strip(), value.strip()) for name, _sign, value in parts)


def priority_of(text: str) -> int | None:
    return int(text) if text else None


def pending_words(is_pending: IsPending) -> Callable[[Mapping[str, str]], str]:
    """What is said below the form of a number that is in the list already."""

    def words(values: Mapping[str, str]) -> str:
        digits = dialable(values["number"])
        rows = is_pending(digits) if digits else 0
        if not rows:
            return ""
        told = ngettext(
            "▲ {number} is already in the list: it would be called once more.",
            "▲ {number} is already in the list {count} times: it would be called once more.",
            rows,
        )
        return told.format(number=values["number"], count=f"{rows:,}")

    return words


def _at_least(least: int) -> Callable[[str], str]:
    def check(text: str) -> str:
        is_whole = text.isascii() and text.isdigit() and least <= int(text[:10])
        return "" if is_whole else _("a whole number above {least}").format(least=least - 1)

    return check
