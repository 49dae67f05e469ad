"""The fields of a vendor's answer, declared as the document's tables have them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from wallboard.vendors.discretion import LEAST_SECRET, MASK
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


def masked(document: Any, declared: Iterable[AnswerField], sent: Sequence[str] = ()) -> Any:
    """A copy of an answer in which every secret that was told is hidden.

    Args:
        document: the answer.
        declared: its fields.
        sent: secrets of the request, which a vendor may repeat anywhere.
    """
    parts = {part for secret in sent for part in (secret, secret.rpartition(":")[2]) if len(part) >= LEAST_SECRET}
    hidden = _without_sent(document, sorted(parts, key=len, reverse=True)) if parts else document
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
    # Vendors send a list for an object and an object for a list; neither may bring a secret to light.
    if isinstance(value, list):
        return [_without(item, steps[1:] if steps[0] == _EACH else steps) for item in value]
    if not isinstance(value, dict):
        return value
    step, *rest = steps
    if step == _EACH:
        return _without({key: _without(item, rest) for key, item in value.items()}, rest) if rest else value
    # Some pad their keys with blanks.
    return {key: _without(item, rest) if key.strip() == step else item for key, item in value.items()}


def _without_sent(value: Any, secrets: list[str]) -> Any:
    match value:
        case str():
            for secret in secrets:
                value = value.replace(secret, MASK)
            return value
        case list():
            return [_without_sent(item, secrets) for item in value]
        case dict():
            return {_without_sent(key, secrets): _without_sent(item, secrets) for key, item in value.items()}
    return value
