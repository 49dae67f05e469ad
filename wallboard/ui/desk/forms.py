"""The desk's forms: what a person types of a target or a pace, checked, and what becomes of it."""

from collections.abc import Callable, Mapping

from wallboard.domain.targets import NewTarget
from wallboard.language.phones import as_sent, dialable
from wallboard.ui.screens.form import Field

NOT_DIALABLE = "this is no telephone number that can be dialled"
NUMBER_HINT = "0501234567, or +44 … for abroad"
OWN_HINT = "empty: the vendor’s own"
DATA_HINT = "name=value, one in a line"
MOST_PRIORITY = 2_147_483_647
MOST_DIGITS = len(str(MOST_PRIORITY))
IsPending = Callable[[str], int]  # rows that a canonical number has in the list


def new_target() -> list[Field]:
    """Of a target to be added."""
    return [
        Field("number", "Number", hint=NUMBER_HINT, check=check_number),
        Field("name", "Name"),
        priority(),
        Field("caller_id", "Caller id", hint="empty: the campaign’s own", check=check_caller_id),
        Field("data", "Data", hint=DATA_HINT, check=check_data, is_long=True),
    ]


def changed_target(new: NewTarget) -> list[Field]:
    """Of a target as it is listed."""

    def check_kept(text: str) -> str:
        kept = "data that are not sent stay as they are: change their values instead" if new.custom and not text else ""
        return kept or check_data(text)

    data = "\n".join(f"{name}={value}" for name, value in new.custom)
    return [
        Field("name", "Name", new.name),
        priority("" if new.priority is None else str(new.priority)),
        Field("data", "Data", data, DATA_HINT, check_kept, is_long=True),
    ]


def priority(value: str = "") -> Field:
    """The only one for several targets at once."""
    return Field("priority", "Priority", value, OWN_HINT, check_priority)


def pace() -> list[Field]:
    """Of a smart dialer's pace."""
    return [
        Field("most_waiting", "Most waiting there", hint="above 0", check=_at_least(1)),
        Field("coefficient", "Coefficient", hint="above 1: the greater, the faster it dials", check=_at_least(2)),
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
    return "" if dialable(text) else NOT_DIALABLE


def check_caller_id(text: str) -> str:
    return check_number(text) if text else ""


def check_priority(text: str) -> str:
    if not text:
        return ""
    is_whole = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS and int(text) <= MOST_PRIORITY
    return "" if is_whole else f"a priority is a whole number, at most {MOST_PRIORITY:,}"


def check_data(text: str) -> str:
    """What is wrong with lines of `name=value`."""
    seen: set[str] = set()
    for number, line in enumerate(text.splitlines(), 1):
        name, sign, _ = line.partition("=")
        if line.strip() and not (sign and name.strip()):
            return f"line {number} is not like name=value"
        if line.strip() and name.strip() in seen:
            return f"line {number}: {name.strip()} stands above already"
        seen.add(name.strip())
    return ""


def data_typed(text: str) -> tuple[tuple[str, str], ...]:
    """Lines of `name=value`, as names and values."""
    parts = (line.partition("=") for line in text.splitlines() if line.strip())
    return tuple((name.strip(), value.strip()) for name, _, value in parts)


def priority_of(text: str) -> int | None:
    return int(text) if text else None


def pending_words(is_pending: IsPending) -> Callable[[Mapping[str, str]], str]:
    """What is said below the form of a number that is in the list already."""

    def words(values: Mapping[str, str]) -> str:
        digits = dialable(values["number"])
        rows = is_pending(digits) if digits else 0
        again = "" if rows < 2 else f" {rows:,} times"
        return f"▲ {values['number']} is already in the list{again}: it would be called once more." if rows else ""

    return words


def _at_least(least: int) -> Callable[[str], str]:
    def check(text: str) -> str:
        is_whole = text.isascii() and text.isdigit() and least <= int(text[:10])
        return "" if is_whole else f"a whole number above {least - 1}"

    return check
