"""What an answer holds, by the paths of the declared fields."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from wallboard.vendors.answer_fields import AnswerField
from wallboard.vendors.parameter import ValueType

HOLDS: Mapping[ValueType, Callable[[Any], bool]] = {
    ValueType.STRING: lambda held: isinstance(held, str),
    ValueType.INTEGER: lambda held: type(held) is int,
    ValueType.NUMBER: lambda held: type(held) in {int, float},
    ValueType.BOOLEAN: lambda held: held is True or held is False or (type(held) is int and held in {0, 1}),
    ValueType.BIT: lambda held: type(held) is int and held in {0, 1},
    ValueType.ARRAY: lambda held: isinstance(held, list),
    ValueType.OBJECT: lambda held: isinstance(held, dict),
    ValueType.NULL: lambda held: held is None,
}


def held(document: Any, declared: Sequence[AnswerField], path: str = "") -> Iterator[tuple[str, Any]]:
    """Every field of an answer by its path. Where no field is declared inside an object, its keys are data."""
    if isinstance(document, list):
        for item in document:
            yield from held(item, declared, f"{path}[]")
        return
    if not isinstance(document, dict) or (path and not any(field.path.startswith(f"{path}.") for field in declared)):
        return
    for key, value in document.items():
        below = f"{path}.{key}" if path else key
        yield below, value
        yield from held(value, declared, below)


def wrong(found: Sequence[tuple[str, Any]], declared: Sequence[AnswerField], also: Mapping[str, str]) -> list[str]:
    """What is held in another type than its field is declared with; `also`: further types by path."""
    types = {field.path: field.types for field in declared}
    return [
        f"{path}: {type(value).__name__}"
        for path, value in found
        if types.get(path)
        and not any(HOLDS[type_](value) for type_ in (*types[path], *map(ValueType, also.get(path, "").split())))
    ]
