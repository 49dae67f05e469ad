"""From tables to settings, or to one clear line for each thing that is wrong."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from wallboard.config.errors import ConfigError, Location, Problem, dotted
from wallboard.config.file import Tables
from wallboard.config.keys import inside, nearest, of_kind, valid_keys
from wallboard.config.model import Settings

_TYPE_WORDS = {
    "missing": "is missing",
    "string_type": "must be a text in quotation marks",
    "tuple_type": "must be a list: [ … ]",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "model_attributes_type": "must be a table",
    "union_tag_not_found": 'is missing: "yemot" or "voicenter"',
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
    "float_parsing": "must be a number",
    "float_type": "must be a number",
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
}


@dataclass(frozen=True, slots=True)
class Naming:
    """How problems name the place they speak of."""

    file: str
    tables: Tables
    origins: dict[Location, str]  # which environment variable set what

    def line(self, problem: Problem) -> str:
        """One line: file or environment variable, key, the source's own name, what is wrong."""
        location = problem.location
        for length in range(len(location), 0, -1):
            if variable := self.origins.get(location[:length]):
                return f"environment variable {variable}: {problem.text}"
        key = f"{dotted(location)}: " if location else ""
        return f"{self.file}: {key}{self._source_name(location)}{problem.text}"

    def _source_name(self, location: Location) -> str:
        match location:
            case ("source", int(index), *_):
                name = self.tables["source"][index]
                name = name.get("name") if isinstance(name, dict) else None
                return f'(source "{name}") ' if isinstance(name, str) else ""
        return ""


def validated(tables: Tables, naming: Naming, found: Iterable[Problem] = ()) -> Settings:
    """The settings of these tables, whose secrets are resolved.

    Raises:
        ConfigError: with all that is wrong, the problems `found` before included.
    """
    problems = list(found)
    settings = None
    try:
        settings = Settings.model_validate(tables)
    except ValidationError as error:
        problems += [_problem(details, tables) for details in error.errors(include_url=False, include_input=False)]
    if problems or settings is None:
        raise ConfigError(*(naming.line(problem) for problem in problems))
    return settings


def _problem(details: ErrorDetails, tables: Tables) -> Problem:
    location = _written(details["loc"], tables)
    kind, context = details["type"], details.get("ctx", {})
    if kind == "extra_forbidden":
        return Problem(location, _unknown_key(location, tables))
    if kind in {"union_tag_invalid", "union_tag_not_found"}:
        location = (*location, "kind")
    if kind == "tuple_type" and location == ("source",):
        return Problem(location, "each source is a table of its own: write [[source]], with two brackets")
    if kind == "value_error":
        return Problem(location, str(context["error"]))
    if expected := context.get("expected", context.get("expected_tags")):
        return Problem(location, f"must be {expected}")
    return Problem(location, _TYPE_WORDS.get(kind) or details["msg"].replace("Input should", "must"))


def _written(location: Location, tables: Tables) -> Location:
    """The location as in the file: pydantic puts the kind of a source behind its number."""
    match location:
        case ("source", int(index), str(kind), *rest) if _at(tables, ("source", index, "kind")) == kind:
            return ("source", index, *rest)
    return location


def _unknown_key(location: Location, tables: Tables) -> str:
    places: tuple[Any, ...] = (Settings,)
    for depth, step in enumerate(location[:-1]):
        places = of_kind(inside(places, step), _at(tables, (*location[: depth + 1], "kind")))
    key = str(location[-1])
    if head := _table_with(key, besides=location[0]):
        return f'unknown key "{key}"; the nearest valid key is "{key}" in {head}'
    near = nearest(key, valid_keys(places))
    return f'unknown key "{key}"' + (f'; the nearest valid key is "{near}"' if near else "")


def _table_with(key: str, besides: str | int) -> str | None:
    """The head of another table that knows this very key."""
    for name in Settings.model_fields:
        below = inside((Settings,), name)
        head = "[[source]]" if name == "source" else f"[{name}]"
        if name != besides and key in valid_keys(below) + valid_keys(inside(below, 0)):
            return head
    return None


def _at(tables: Any, location: Location) -> Any:
    for step in location:
        try:
            tables = tables[step]
        except (KeyError, IndexError, TypeError):
            return None
    return tables
