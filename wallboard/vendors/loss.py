"""What a call destroys, said before it is sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Loss:
    """What is lost.

    Args:
        words: they follow `It`.
        typed: the parameter whose value, of a campaign whose name, a person types to confirm it.
        is_final: whether nothing brings it back.
    """

    words: str
    typed: str = ""
    is_final: bool = True


Loses = Callable[[Mapping[str, Any]], Loss | None]  # of sound values; None where nothing is lost


def loses(words: str, *, typed: str = "", is_final: bool = True) -> Loses:
    """The same whatever the values are; they stand in the words as `{name}`."""
    return lambda values: Loss(words.format_map(values), typed, is_final)
