"""What values must be besides their type: each rule with its words, for whoever breaks it and for the help."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

_FULL_URL = r"https?://[^\s/?#].*"


@dataclass(frozen=True, slots=True)
class Rule:
    """Of one value whose type is right. `words` follow the parameter's name: `must be from 0 to 16`."""

    words: str
    holds: Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Together:
    """Of values that are sound by themselves, and wrong together.

    Args:
        name: the parameter that is then told of.
        words: the rule.
        is_broken: by these values.
        refusal: what is said where it is broken, if not the rule itself.
    """

    name: str
    words: str
    is_broken: Callable[[Mapping[str, Any]], bool]
    refusal: str = ""


def between(least: float, most: float, unit: str = "") -> Rule:
    """A number within these bounds, both included."""
    return Rule(f"must be from {least:g} to {most:g}{unit and f' {unit}'}", lambda value: least <= value <= most)


def above(bound: int) -> Rule:
    """A number greater than this."""
    return Rule(f"must be greater than {bound}", lambda value: value > bound)


def matching(pattern: str, words: str) -> Rule:
    """A text of this pattern; `words` tell a person which."""
    compiled = re.compile(pattern, re.DOTALL)
    return Rule(words, lambda value: bool(compiled.fullmatch(value)))


FULL_URL = matching(_FULL_URL, "must be a whole address, with http:// or https:// and the host")


def required_when(name: str, other: str, value: Any = None) -> Together:
    """A parameter must be there when another is; with a value, when it has this one."""
    asked = other if value is None else f"{other}={value}"

    def is_broken(sound: Mapping[str, Any]) -> bool:
        is_called_for = other in sound and (value is None or sound[other] == value)
        return is_called_for and name not in sound

    return Together(name, f"required with {asked}", is_broken, f"is missing: {asked} requires it")


def only_when(name: str, other: str, value: Any) -> Together:
    """A parameter makes sense beside one of another's values alone."""
    return Together(
        name,
        f"is for {other}={value} alone",
        lambda sound: name in sound and other in sound and sound[other] != value,
    )
