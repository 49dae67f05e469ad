"""Settings from the environment: `WALLBOARD_BOARD__THEME=day`, lists by index: `WALLBOARD_SOURCE__0__TOKEN=…`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from wallboard.config.errors import Location
from wallboard.config.file import Tables
from wallboard.config.keys import Shapes, inside, is_container, is_list, nearest, of_kind, secret_keys, valid_keys
from wallboard.config.location import CONFIG_VARIABLE, PREFIX
from wallboard.config.model import Settings
from wallboard.config.schema import SECRET_WAYS


@dataclass(slots=True)
class Overlay:
    """What the environment set: by which variable, and what could not be set."""

    origins: dict[Location, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)  # variables that look like ours and set nothing


class _NoSuchKeyError(Exception):
    """`args`: what is wrong, said after the variable's name."""


def overlay(tables: Tables, environ: Mapping[str, str]) -> Overlay:
    """Set in `tables` what the environment says."""
    result = Overlay()
    spared = _named_as_secrets(tables) | {value for name, value in environ.items() if name.endswith("_ENV")}
    variables = [(name, name[len(PREFIX) :].split("__")) for name in environ if name.startswith(PREFIX)]
    for name, segments in sorted(variables, key=lambda variable: [_order(segment) for segment in variable[1]]):
        if name == CONFIG_VARIABLE or name in spared:
            continue
        if len(segments) == 1:
            result.unknown.append(name)
            continue
        try:
            location = _set(tables, (Settings,), segments, environ[name])
        except _NoSuchKeyError as error:
            result.problems.append(f"environment variable {name}: {error}")
        else:
            result.origins[location] = name
    _drop_other_ways(tables, result.origins)
    return result


def _is_number(segment: str) -> bool:
    return segment.isdecimal() and len(segment) < 10


def _order(segment: str) -> tuple[int, int, str]:
    """Items in the order of their numbers; a table's `kind` first, for it decides which keys it may have."""
    if _is_number(segment):
        return 0, int(segment), ""
    return 1, segment != "KIND", segment


def _set(holder: Any, places: Shapes, segments: list[str], text: str) -> Location:
    """Set one value, making the tables and lists on its way; returns where it stands."""
    places = of_kind(places, holder.get("kind") if isinstance(holder, dict) else None)
    key = _index(holder, segments[0]) if isinstance(holder, list) else _key(holder, places, segments[0])
    below = inside(places, key)
    if isinstance(key, int) and key == len(holder):
        holder.append({})
    if len(segments) == 1:
        holder[key] = _value(below, text)
        return (key,)
    if not is_container(below):
        raise _NoSuchKeyError(f'"{segments[0]}" is a single value: nothing may follow it')
    held = holder[key] if isinstance(key, int) else holder.get(key)
    if isinstance(held, str):
        holder[key] = {"path": held}  # a queue in its short form
    elif not isinstance(held, dict | list):
        holder[key] = [] if is_list(below) else {}
    return (key, *_set(holder[key], below, segments[1:], text))


def _index(items: list[Any], segment: str) -> int:
    if not _is_number(segment) or int(segment) > len(items):
        raise _NoSuchKeyError(f'"{segment}" is not the number of an item: 0 to {len(items)} may stand here')
    return int(segment)


def _key(table: dict[str, Any], places: Shapes, segment: str) -> str:
    known = valid_keys(places)
    if not known:  # a table of any keys: agents, keys
        same = (key for key in table if key.lower() == segment.lower())
        return next(same, segment)
    if segment.lower() not in known:
        raise _NoSuchKeyError(f'unknown key "{segment.lower()}"; the nearest valid key is "{nearest(segment, known)}"')
    return segment.lower()


def _value(places: Shapes, text: str) -> Any:
    """Lists and tables are written as in the file; all else is taken as it stands."""
    if not is_container(places):
        return text
    try:
        written = tomllib.loads(f"value = {text}")
    except (tomllib.TOMLDecodeError, RecursionError):
        return text
    value = written.get("value")
    return value if len(written) == 1 and isinstance(value, list | dict) else text


def _named_as_secrets(tables: Tables) -> set[str]:
    """The variables that a `token_env` names: theirs is a secret, not a setting."""
    sources = tables.get("source")
    return {
        value
        for source in (sources if isinstance(sources, list) else [])
        if isinstance(source, dict)
        for key, value in source.items()
        if key.endswith("_env") and isinstance(value, str)
    }


def _drop_other_ways(tables: Tables, origins: Mapping[Location, str]) -> None:
    """A secret set by the environment replaces the file's, in whatever way the file named it."""
    for location in origins:
        match location:
            case ("source", int(index), str(key)) if any(
                key in secret_keys(place) for place in inside(inside((Settings,), "source"), index)
            ):
                name = next(key.removesuffix(way) for way in reversed(SECRET_WAYS) if key.endswith(way))
                for way in SECRET_WAYS:
                    if ("source", index, name + way) not in origins:
                        tables["source"][index].pop(name + way, None)
            case _:
                pass
