"""The person's own data of a target, in whichever form the vendor tells it; pure."""

import json
from collections.abc import Iterator
from typing import Any

from wallboard.language.clean import clean

MOST_NAMES = 200
LONGEST_NAME = 200
LONGEST_VALUE = 4_000  # long enough to be sent back whole when the target is changed


def custom_data(told: Any) -> tuple[tuple[str, str], ...]:
    """Names and values of an object, or of a list of objects; () of anything else."""
    objects = told if isinstance(told, list) else [told]
    pairs = (pair for one in objects if isinstance(one, dict) for pair in _pairs(one))
    return tuple(dict(pair for pair, _ in zip(pairs, range(MOST_NAMES), strict=False)).items())


def _pairs(told: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in told.items():
        yield clean(name, LONGEST_NAME).strip(), as_text(value)


def as_text(value: Any) -> str:
    """A value of any JSON type in a line of text."""
    if value is None:
        return ""
    if not isinstance(value, str):
        value = json.dumps(value, ensure_ascii=False)
    return clean(value, LONGEST_VALUE).strip()
