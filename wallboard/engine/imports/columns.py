"""Which column of a table holds what, by the names in its heading."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from wallboard.engine.imports.sheet import Row, Sheet, SheetError
from wallboard.language.catalog import _, ngettext
from wallboard.language.clean import clean
from wallboard.language.phones import dialable, is_like_number

CUSTOM = "var_"  # how the vendor has custom data named

_MOST_NAME = 40  # characters of a column's name in a message
_MOST_NAMED = 20  # columns in a message
_MOST_CUSTOM_NAME = 100  # characters
_MOST_LOOKED_AT = 200  # rows, where no heading tells what a column holds


class Field(StrEnum):
    """What a column may hold, besides custom data."""

    NUMBER = "number"
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    CALLER_ID = "caller_id"
    PRIORITY = "priority"
    DIAL_AT = "dial_at"


# As people write them; case, spaces, signs and niqqud do not matter.
KNOWN_NAMES: dict[Field, tuple[str, ...]] = {
    Field.NUMBER: (
        *("phone", "phone number", "phone no", "telephone", "telephone number", "tel", "mobile", "mobile number"),
        *("mobile phone", "cell", "cellphone", "cell number", "number", "target", "target number"),
        *("טלפון", "מספר", "מספר טלפון", "מס טלפון", "טל", "נייד", "טלפון נייד", "מספר נייד", "סלולרי", "סלולארי"),
        *("טלפון סלולרי", "פלאפון", "יעד", "מספר יעד", "טלפון לקוח"),
    ),
    Field.NAME: (
        *("name", "full name", "customer", "customer name", "client", "client name", "contact", "contact name"),
        *("שם", "שם מלא", "שם לקוח", "שם הלקוח", "לקוח"),
    ),
    Field.FIRST_NAME: ("first name", "given name", "שם פרטי"),
    Field.LAST_NAME: ("last name", "family name", "surname", "שם משפחה", "משפחה"),
    Field.CALLER_ID: ("caller id", "cli", "זיהוי", "מזהה מתקשר", "זיהוי מתקשר", "שיחה מזוהה", "מספר מזוהה"),
    Field.PRIORITY: ("priority", "priorety", "עדיפות"),
    Field.DIAL_AT: (
        *("time", "dial at", "dial time", "call at", "call time", "originate time", "when"),
        *("זמן", "זמן חיוג", "מועד", "מועד חיוג", "תאריך חיוג", "שעת חיוג"),
    ),
}
_SHOWN_NAMES = ("phone", "phone number", "mobile", "tel", "target", "number", "טלפון", "מספר טלפון", "נייד", "סלולרי")
_JUST_NAMES = {"name", "שם"}  # beside a last name alone it is the first one


def _key(name: str) -> str:
    """A name without what does not matter in it."""
    return "".join(character for character in unicodedata.normalize("NFKC", name).casefold() if character.isalnum())


_FIELDS = {_key(name): field for field, names in KNOWN_NAMES.items() for name in names}


@dataclass(frozen=True, slots=True)
class Columns:
    """What a table's columns hold.

    Args:
        fields: of each column in order its name and a `Field`, or the name its cells have as custom data, `var_…`.
        rows: those that hold targets; without the heading, if there is one.
    """

    fields: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]

    def place(self, field: Field) -> int | None:
        """The column that holds this."""
        return next((place for place, (_, held) in enumerate(self.fields) if held == field), None)

    @property
    def custom(self) -> tuple[tuple[int, str], ...]:
        """The columns of custom data, and the names of these."""
        return tuple((place, held) for place, (_, held) in enumerate(self.fields) if held.startswith(CUSTOM))


def understood(sheet: Sheet) -> Columns:
    """The columns by their names, or, where a file has none, by what stands in them.

    Raises:
        SheetError: no column, or more than one, holds the number; or there is no row.
    """
    names = sheet.columns.cells
    known = [_FIELDS.get(_key(name)) for name in names]
    numbers = [name for name, field in zip(names, known, strict=True) if field is Field.NUMBER]
    if len(numbers) > 1:
        raise _too_many_claim(numbers)
    if not numbers:
        return _without_heading(sheet)
    if has_swallowed_rows(sheet.columns, known.index(Field.NUMBER), sheet.delimiter):
        words = _('line {line}: a quote (") is opened there and closed rows later. Take it out')
        raise SheetError(words.format(line=sheet.columns.line))
    if not sheet.rows:
        raise SheetError(_("the file has a heading and no row below it"))
    return Columns(_fields(names, known), sheet.rows)


def has_swallowed_rows(row: Row, place: int, delimiter: str) -> bool:
    """Whether a quote that is closed too late has taken rows into a cell: a line in it has a number at its place."""
    lines = chain.from_iterable(cell.splitlines()[1:] for cell in row.cells if "\n" in cell or "\r" in cell)
    split = (line.split(delimiter) for line in lines)
    return any(len(cells) > max(place, 1) and dialable(cells[place].strip('"')) for cells in split)


def _fields(names: tuple[str, ...], known: list[Field | None]) -> tuple[tuple[str, str], ...]:
    """Of two columns that claim the same, the first has it; the other is custom data, so that nothing is lost."""
    known = _names_settled(names, known)
    taken: set[str] = set()
    fields: list[tuple[str, str]] = []
    for place, (name, field) in enumerate(zip(names, known, strict=True)):
        held = field if field and field not in taken else _custom_name(name, place, taken)
        taken.add(held)
        fields.append((name, held))
    return tuple(fields)


def _names_settled(names: tuple[str, ...], known: list[Field | None]) -> list[Field | None]:
    """A whole name, or a first and a last one; never both."""
    if Field.NAME not in known:
        return known
    place = known.index(Field.NAME)
    if Field.FIRST_NAME not in known and Field.LAST_NAME in known and _key(names[place]) in _JUST_NAMES:
        return [*known[:place], Field.FIRST_NAME, *known[place + 1 :]]
    return [None if field in {Field.FIRST_NAME, Field.LAST_NAME} else field for field in known]


def _custom_name(name: str, place: int, taken: set[str]) -> str:
    words = "_".join(clean(name, _MOST_CUSTOM_NAME).split()) or f"column_{place + 1}"
    wanted = words if words.startswith(CUSTOM) else CUSTOM + words
    free, number = wanted, 2
    while free in taken:
        free, number = f"{wanted}_{number}", number + 1
    return free


def _without_heading(sheet: Sheet) -> Columns:
    """Where the first row holds a number already, the only column of numbers is the one."""
    first = sheet.columns
    rows = (first, *sheet.rows)
    likely = [place for place in range(len(first.cells)) if _holds_numbers(rows[:_MOST_LOOKED_AT], place)]
    if not likely or not any(is_like_number(cell) for cell in first.cells):
        words = _(
            "no column is named as the telephone number. The first row holds: {cells}. "
            "Give the right one such a name: {names}"
        )
        raise SheetError(words.format(cells=_listed(first.cells), names=", ".join(_SHOWN_NAMES)))
    if len(likely) > 1:
        raise _too_many_likely(len(likely))
    held = [Field.NUMBER if place in likely else f"{CUSTOM}column_{place + 1}" for place in range(len(first.cells))]
    return Columns(
        tuple((_("column {number}").format(number=place + 1), field) for place, field in enumerate(held)), rows
    )


def _too_many_claim(names: Sequence[str]) -> SheetError:
    words = ngettext(
        "{count} columns claim the telephone number: {names}. Rename all but the one to be dialled, or take them out",
        "{count} columns claim the telephone number: {names}. Rename all but the one to be dialled, or take them out",
        len(names),
    )
    return SheetError(words.format(count=len(names), names=_listed(names)))


def _too_many_likely(count: int) -> SheetError:
    words = ngettext(
        "the file has no row of names on top, and {count} columns look like telephone numbers. "
        "Put a row on top that gives the right one such a name: {names}",
        "the file has no row of names on top, and {count} columns look like telephone numbers. "
        "Put a row on top that gives the right one such a name: {names}",
        count,
    )
    return SheetError(words.format(count=count, names=", ".join(_SHOWN_NAMES)))


def _holds_numbers(rows: tuple[Row, ...], place: int) -> bool:
    """Whether most of what stands in a column are numbers that can be dialled."""
    cells = [row.cells[place] for row in rows if place < len(row.cells) and row.cells[place].strip()]
    return sum(dialable(cell) is not None for cell in cells) * 2 > len(cells)


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f'"{clean(name.strip(), _MOST_NAME)}"' for name in names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    if more <= 0:
        return shown
    return ngettext("{names} and {count} more", "{names} and {count} more", more).format(names=shown, count=more)
