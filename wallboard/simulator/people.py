"""Invented people and numbers; none of them is anybody's."""

import tomllib
from pathlib import Path
from random import Random

_NAMES = Path(__file__).with_name("people.toml")
_EVERY_NTH_IS_LATIN = 12
_CALLER_PREFIXES = ("0500000", "0520000", "0540000", "0550000", "0580000", "0790000")
_WITHHELD_SHARE = 0.04


def agent_names(count: int, random: Random) -> list[str]:
    """As many different full names as are asked for, mostly Hebrew."""
    names = tomllib.loads(_NAMES.read_text(encoding="utf-8"))
    hebrew, latin = (_combined(names[script], random) for script in ("hebrew", "latin"))
    return [(latin if number % _EVERY_NTH_IS_LATIN == 7 else hebrew).pop() for number in range(count)]


def _combined(names: dict[str, list[str]], random: Random) -> list[str]:
    full = [f"{first} {last}" for first in names["first"] for last in names["last"]]
    random.shuffle(full)
    return full


def caller_phone(random: Random) -> str:
    """A caller's number; now and then withheld, which the vendors show as nothing."""
    if random.random() < _WITHHELD_SHARE:
        return ""
    return f"{random.choice(_CALLER_PREFIXES)}{random.randrange(1000):03d}"


def agent_phone(number: int) -> str:
    """The telephone of the `number`-th agent who works from one."""
    return f"053{number // 1000:04d}{number % 1000:03d}"


def full_names(count: int, random: Random) -> list[str]:
    """As many full names as are asked for; some may be the same."""
    names = tomllib.loads(_NAMES.read_text(encoding="utf-8"))["hebrew"]
    return [f"{random.choice(names['first'])} {random.choice(names['last'])}" for _ in range(count)]
