"""The fields of a vendor's answer, declared as the document's tables have them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from wallboard.vendors.discretion import MASK
from wallboard.vendors.parameter import ValueType

_SECRET = "secret"  # noqa: S105 - the word that marks one
_EACH = "[]"


@dataclass(frozen=True, slots=True)
class AnswerField:
    """One field. `path` is like `accounts[].password`; without `types` the document tells none."""

    path: str
    types: tuple[ValueType, ...] = ()
    is_secret: bool = False


def fields(table: str) -> tuple[AnswerField, ...]:
    """Fields out of a table with a line for each: its path, its types, and `secret` where it is one.

    Raises:
        ValueError: a type is not known.
    """
    return tuple(_field(*line.split()) for line in table.splitlines() if line.strip())


def masked(document: Any, declared: Iterable[AnswerField]) -> Any:
    """A copy of an answer in which every secret that was told is hidden."""
    hidden = document
    for field in declared:
        if field.is_secret:
            hidden = _without(hidden, list(_steps(field.path)))
    return hidden


def _field(path: str, *words: str) -> AnswerField:
    types = tuple(ValueType(word) for word in words if word != _SECRET)
    return AnswerField(path, types, is_secret=_SECRET in words)


def _steps(path: str) -> Iterator[str]:
    for name in path.split("."):
        yield name.removesuffix(_EACH)
        if name.endswith(_EACH):
            yield _EACH


def _without(value: Any, steps: list[str]) -> Any:
    if not steps:
        return value if value is None or value == "" else MASK
    step, *rest = steps
    if step == _EACH:
        return [_without(item, rest) for item in value] if isinstance(value, list) else value
    if not isinstance(value, dict):
        return value
    # Some vendors pad their keys with blanks.
    return {key: _without(item, rest) if key.strip() == step else item for key, item in value.items()}
