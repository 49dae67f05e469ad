"""Field types for what vendors send: they take what can be understood and count what cannot, and never raise.

Only an `Id` and `Rows` refuse: without them a row or an answer is none.
"""

import math
import re
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Annotated, Any, Protocol, TypeVar, cast

from pydantic import BaseModel, ConfigDict, PlainValidator, ValidationError, ValidationInfo

from wallboard.language.clean import clean
from wallboard.vendors.tally import Tally

MAX_ROWS = 20_000

_LONGEST_ID = 200
_LONGEST_TEXT = 4_000
_LONGEST_NUMBER = 10**18
_GREATEST_EXACT_FLOAT = 2.0**53
_GREATEST_COUNT = 10**9
_GREATEST_WAIT_SECONDS = 30 * 86_400
_CLOCKS_DIFFER_SECONDS = 5  # two clocks of one vendor: a wait of -2 s is a wait that just began
_EPOCHS = range(946_684_800, 4_102_444_800)  # 2000 to 2100
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{0,15})?")
_FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


class Wire(BaseModel):
    """A piece of an answer: unknown keys are ignored, and no error holds what was sent."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


def _tally(info: ValidationInfo) -> Tally:
    return cast("Tally", info.context)


def _number(value: Any) -> float | None:
    """A finite number, also of a numeric string; never a bool. Whole numbers stay exact."""
    if type(value) is int:
        return value
    if isinstance(value, str) and _NUMBER.fullmatch(value := value.strip()):
        return float(value) if "." in value else int(value)
    return value if isinstance(value, float) and math.isfinite(value) else None


def whole_number(value: Any) -> int | None:
    """A whole number, also of a numeric string; never a bool."""
    number = _number(value)
    return int(number) if number is not None and number == int(number) else None


def _count(value: Any) -> int | None:
    number = whole_number(value)
    return number if number is not None and 0 <= number <= _GREATEST_COUNT else None


def _amount(value: Any) -> float | None:
    number = _number(value)
    return number if number is not None and abs(number) <= _GREATEST_COUNT else None


def _seconds(value: Any) -> int | None:
    number = _number(value)
    if number is None or not -_CLOCKS_DIFFER_SECONDS <= number <= _GREATEST_WAIT_SECONDS:
        return None
    return max(0, int(number))


def epoch(value: Any) -> int | None:
    """Whole seconds since 1970, of a moment of this century."""
    number = _number(value)
    return int(number) if number is not None and int(number) in _EPOCHS else None


def _digits(value: Any) -> str | None:
    """The digits of a whole number, also of one that was written as a float; never a bool."""
    if isinstance(value, float) and value.is_integer() and abs(value) < _GREATEST_EXACT_FLOAT:
        value = int(value)
    return str(value) if type(value) is int and abs(value) < _LONGEST_NUMBER else None


def flag(value: Any) -> bool | None:
    """Yes or no in any of the vendors' words."""
    word = str(value).strip().lower() if isinstance(value, bool | str) else _digits(value)
    return None if word is None else _FLAGS.get(word)


def _text(value: Any, info: ValidationInfo) -> str:
    if isinstance(value, str):
        return clean(value).strip()
    if (digits := _digits(value)) is not None:
        return digits
    if value is not None:
        _tally(info).values_dropped += 1
    return ""


def _long_text(value: Any, info: ValidationInfo) -> str:
    return clean(value, _LONGEST_TEXT).strip() if isinstance(value, str) else _text(value, info)


def _id(value: Any) -> str:
    """As it was sent, or refused: two ids that only cleaning makes alike must not become one."""
    if (digits := _digits(value)) is not None:
        return digits
    if not isinstance(value, str) or not value.strip() or clean(value, _LONGEST_ID) != value:
        raise ValueError("no usable id")
    return value


def object_or_none(value: Any) -> dict[str, Any] | None:
    """The value if it is a JSON object."""
    return value if isinstance(value, dict) else None


def _rows(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("no list")  # noqa: TRY004 - pydantic wants a ValueError
    return value


def _rows_or_empty_object(value: Any) -> list[Any]:
    return [] if value == {} else _rows(value)


def _rows_or_unknown(value: Any) -> list[Any] | None:
    return [] if value == {} else value if isinstance(value, list) else None


def _counted(read: Callable[[Any], Any], *absent: Any) -> PlainValidator:
    """`read`, with what it cannot understand counted; null, an empty string and `absent` mean "not told"."""

    def validate(value: Any, info: ValidationInfo) -> Any:
        if value is None or value == "" or (value in absent and value is not False):
            return None
        if (understood := read(value)) is None:
            _tally(info).values_dropped += 1
        return understood

    return PlainValidator(validate)


Count = Annotated[int | None, _counted(_count)]
Amount = Annotated[float | None, _counted(_amount)]
Seconds = Annotated[int | None, _counted(_seconds)]
Epoch = Annotated[int | None, _counted(epoch, 0, "0")]
Flag = Annotated[bool | None, _counted(flag)]
Text = Annotated[str, PlainValidator(_text)]  # "" where not told
LongText = Annotated[str, PlainValidator(_long_text)]  # of what is more than a name
Id = Annotated[str, PlainValidator(_id)]
Rows = Annotated[list[Any], PlainValidator(_rows)]
RowsOrEmptyObject = Annotated[list[Any], PlainValidator(_rows_or_empty_object)]  # some engines write [] as {}
RowsOrUnknown = Annotated[list[Any] | None, _counted(_rows_or_unknown)]

Piece = TypeVar("Piece", bound=Wire)


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


IdentifiedPiece = TypeVar("IdentifiedPiece", bound=_Identified)


def piece(model: type[Piece], raw: Any, tally: Tally) -> Piece | None:
    """One row; None, and counted, where it cannot be read."""
    try:
        return model.model_validate(raw, context=tally)
    except ValidationError:
        tally.rows_dropped += 1
        return None


def pieces(model: type[Piece], raws: Sequence[Any], tally: Tally) -> list[Piece]:
    """Every row that can be read, of the first 20,000."""
    tally.rows_hidden += max(0, len(raws) - MAX_ROWS)
    rows = (piece(model, raw, tally) for raw in islice(raws, MAX_ROWS))
    return [row for row in rows if row is not None]


def by_id(rows: Sequence[IdentifiedPiece], tally: Tally) -> dict[str, IdentifiedPiece]:
    """The rows by their ids; of several with one id the last, counted."""
    unique = {row.id: row for row in rows}
    tally.duplicates += len(rows) - len(unique)
    return unique
