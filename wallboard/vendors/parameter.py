"""A method's parameter, declared: what it may hold, and when it must be there."""

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from wallboard.vendors.rules import Rule


class ValueType(StrEnum):
    """What a parameter or a field of an answer holds."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    BIT = "0_or_1"
    ARRAY = "array"
    OBJECT = "object"
    FILE = "file"
    NULL = "null"  # of answers alone

    @property
    def words(self) -> str:
        """The type for people."""
        return _IN_WORDS[self]


class Need(StrEnum):
    """When a parameter must be given."""

    REQUIRED = "required"
    DEFAULT = "default"  # the vendor has one
    OPTIONAL = "optional"
    CONDITIONAL = "conditional"  # a mode or another parameter decides


_IN_WORDS = {
    ValueType.STRING: "text",
    ValueType.INTEGER: "a whole number",
    ValueType.NUMBER: "a number",
    ValueType.BOOLEAN: "true or false",
    ValueType.BIT: "0 or 1",
    ValueType.ARRAY: "a list",
    ValueType.OBJECT: "an object",
    ValueType.FILE: "a file",
    ValueType.NULL: "nothing",
}
_WORDS_OF_BOOLEAN = frozenset({"true", "false"})
# A header is one line, and what is beyond ASCII in it is understood by no two servers alike.
_HEADER = re.compile("[!-~]([ -~]*[!-~])?")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was read, to be sent: its name and what it holds."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter, in the vendor's spelling.

    Args:
        types: any of these.
        default: what the vendor takes where it is not given, in the document's words.
        header: the header it travels in, instead of the body.
        choices: the only values allowed; () allows any.
        rules: what else its value must be.
        may_be_empty: whether an empty text is a value.
        is_worded: whether true and false are sent as words, as the vendor's samples have them.
    """

    name: str
    types: tuple[ValueType, ...] = (ValueType.STRING,)
    need: Need = Need.OPTIONAL
    default: str = ""
    is_secret: bool = False
    header: str | None = None
    choices: tuple[str | int, ...] = ()
    rules: tuple[Rule, ...] = ()
    may_be_empty: bool = False
    is_worded: bool = False

    @property
    def is_required(self) -> bool:
        """Whether it must be given whatever else is."""
        return self.need is Need.REQUIRED

    def sent(self, value: Any) -> Any:
        """A sound value as it goes to the vendor: truth as words where its samples have them, else never as words."""
        if ValueType.BOOLEAN not in self.types:
            return value
        if self.is_worded:
            return value.lower() if isinstance(value, str) else str(bool(value)).lower()
        return value.lower() == "true" if isinstance(value, str) else value

    def problem(self, value: Any) -> str:
        """What such a value must be instead, without telling the value; "" where it is fine."""
        if not any(_IS[type_](value) for type_ in self.types):
            return f"must be {' or '.join(type_.words for type_ in self.types)}"
        if not isinstance(value, Path) and not _is_json(value):
            return "must be of proper characters and numbers, or it cannot be sent as JSON"
        if self.choices and value not in self.choices:
            return must_be_one_of(self.choices)
        if self.header and not _HEADER.fullmatch(value):
            return "must be one line of plain characters: it is sent in a header"
        if isinstance(value, str) and not value.strip() and not self.may_be_empty:
            return "must not be empty"
        return next((rule.words for rule in self.rules if not rule.holds(value)), "")


def required(name: str, *types: ValueType, **more: Any) -> Parameter:
    """A parameter that must be given; a text where no type is named."""
    return Parameter(name, types or (ValueType.STRING,), Need.REQUIRED, **more)


def defaulted(name: str, default: str, *types: ValueType, **more: Any) -> Parameter:
    """A parameter the vendor has a default for."""
    return Parameter(name, types or (ValueType.STRING,), Need.DEFAULT, default, **more)


def optional(name: str, *types: ValueType, **more: Any) -> Parameter:
    """A parameter that may be left out."""
    return Parameter(name, types or (ValueType.STRING,), Need.OPTIONAL, **more)


def conditional(name: str, *types: ValueType, **more: Any) -> Parameter:
    """A parameter of some modes, or one that another calls for."""
    return Parameter(name, types or (ValueType.STRING,), Need.CONDITIONAL, **more)


def must_be_one_of(choices: Iterable[str | int]) -> str:
    """The rule in words."""
    return f"must be {' or '.join(map(str, choices))}"


def _is_whole(value: Any) -> bool:
    return type(value) is int  # not a bool, which Python takes for one


def _is_number(value: Any) -> bool:
    return _is_whole(value) or (isinstance(value, float) and math.isfinite(value))


def _is_bit(value: Any) -> bool:
    return _is_whole(value) and value in {0, 1}


def _is_boolean(value: Any) -> bool:
    """Also as 0 and 1, and as the words the vendors print in their samples."""
    if isinstance(value, str):
        return value.lower() in _WORDS_OF_BOOLEAN
    return isinstance(value, bool) or _is_bit(value)


def _is_json(value: Any) -> bool:
    """Whether it can be sent: no lone surrogates, no NaN, nothing that nests without end."""
    try:
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError):
        return False
    return True


_IS: Mapping[ValueType, Callable[[Any], bool]] = {
    ValueType.STRING: lambda value: isinstance(value, str),
    ValueType.INTEGER: _is_whole,
    ValueType.NUMBER: _is_number,
    ValueType.BOOLEAN: _is_boolean,
    ValueType.BIT: _is_bit,
    ValueType.ARRAY: lambda value: isinstance(value, list | tuple),
    ValueType.OBJECT: lambda value: isinstance(value, Mapping),
    ValueType.FILE: lambda value: isinstance(value, Path),
}
