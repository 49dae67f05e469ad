"""Whether values may be sent to a method: everything that is wrong with them, before anything is sent."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import chain
from typing import Any

from wallboard.language.clean import clean
from wallboard.vendors.method import Method
from wallboard.vendors.parameter import Parameter, must_be_one_of


def check(
    method: Method[Any], values: Mapping[str, Any] | Sequence[Any], supplied: Collection[str] = ()
) -> tuple[str, ...]:
    """Everything that is wrong, a line each, naming method, parameter and rule and never a value; () if nothing is.

    Args:
        method: what is to be called.
        values: by parameter, secrets among them; of a method with `most_rows` a sequence of such.
        supplied: parameters that the account adds by itself.
    """
    lines = chain(_unnamed(method), _lines(method, values, supplied))
    return tuple(f"{method.name}: {line}" for line in lines)


def _unnamed(method: Method[Any]) -> Iterator[str]:
    if method.command_setting and not method.command:
        yield f"the vendor's documents do not name this method: ask for its name, and set {method.command_setting}"


def _lines(method: Method[Any], values: Mapping[str, Any] | Sequence[Any], supplied: Collection[str]) -> Iterator[str]:
    if isinstance(values, Mapping):
        if method.most_rows:
            yield "takes a list of objects, one for each target"
        else:
            yield from _problems(method, values, supplied)
        return
    if not method.most_rows:
        yield "takes one object, not a list"
        return
    if not 1 <= len(values) <= method.most_rows:
        yield f"takes from 1 to {method.most_rows} objects, not {len(values)}"
    for number, row in enumerate(values, start=1):
        problems = _problems(method, row, supplied) if isinstance(row, Mapping) else ["must be an object"]
        yield from (f"object {number}: {problem}" for problem in problems)


def _problems(method: Method[Any], values: Mapping[str, Any], supplied: Collection[str]) -> Iterator[str]:
    """One line for each parameter that is wrong, in the order in which they are declared; unknown ones last."""
    found: dict[str, str] = {}
    declared = {parameter.name: parameter for parameter in method.parameters}
    for name, parameter in declared.items():
        if name not in supplied and (problem := _problem(method, parameter, values)):
            found[name] = problem
    unsound = found.keys() | (values.keys() - declared.keys())
    sound = {name: value for name, value in values.items() if name not in unsound}
    found = {**_of_mode(method, sound), **found}
    for rule in method.together:
        if rule.is_broken(sound):
            found.setdefault(rule.name, rule.refusal or rule.words)
    yield from (f"{name} {found[name]}" for name in declared if name in found)
    yield from (unknown(name, list(declared)) for name in values if name not in declared)


def _problem(method: Method[Any], parameter: Parameter, values: Mapping[str, Any]) -> str:
    if parameter.name not in values:
        return "is missing" if parameter.is_required else ""
    value = values[parameter.name]
    problem = parameter.problem(value)
    if not problem and parameter.name == method.mode_parameter and method.mode(values) is None:
        return must_be_one_of(mode.value for mode in method.modes)
    return problem


def _of_mode(method: Method[Any], sound: Mapping[str, Any]) -> Mapping[str, str]:
    """Against what the mode that is asked for requires and takes."""
    mode = method.mode(sound)
    if mode is None:
        return {}
    asked = f"{method.mode_parameter}={mode.value}"
    of_any = {name for one in method.modes for name in (*one.requires, *one.takes)}
    foreign = (sound.keys() & of_any) - {*mode.requires, *mode.takes}
    missing = {name: f"is missing: {asked} requires it" for name in mode.requires if name not in sound}
    return {**missing, **dict.fromkeys(foreign, f"is not for {asked}")}


def unknown(name: Any, declared: list[str]) -> str:
    """That there is no such parameter, and which one may have been meant."""
    shown = clean(str(name), 40)
    nearest = get_close_matches(shown.lower(), {known.lower(): known for known in declared}, n=1)
    meant = next((known for known in declared if nearest and known.lower() == nearest[0]), "")
    return f"{shown} is not a parameter of this method" + (f"; did you mean {meant}?" if meant else "")
