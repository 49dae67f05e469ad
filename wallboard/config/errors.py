"""What is wrong with the configuration, said to a person."""

from collections.abc import Sequence
from dataclasses import dataclass

Location = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one setting. `text` never holds a value that could be a secret."""

    location: Location
    text: str


class ConfigError(Exception):
    """The configuration cannot be used; `problems` are whole lines, each with its file and key."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems: Sequence[str] = problems


class MissingConfigError(ConfigError):
    """There is no file at the place where the configuration was looked for."""


def dotted(location: Location) -> str:
    """A setting's name as a person would write it: `source[0].queues[1].path`."""
    name = ""
    for step in location:
        if isinstance(step, int):
            name += f"[{step}]"
        else:
            name += f".{step}" if name else step
    return name
