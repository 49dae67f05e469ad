"""The declarations of all methods as one text for people."""

from collections.abc import Iterable, Iterator
from typing import Any

from wallboard.vendors.answer_fields import AnswerField
from wallboard.vendors.catalogue import METHODS
from wallboard.vendors.method import JSON, Method, Mode
from wallboard.vendors.parameter import Parameter


def table() -> str:
    """All methods in the order in which they are declared."""
    parts = ["# Every method of both vendors, as it is declared\n", *(_method(name, METHODS[name]) for name in METHODS)]
    return "\n".join(parts)


def _method(name: str, method: Method[Any]) -> str:
    effects = ["changes something"] if method.is_mutating else []
    if method.tariff:
        effects.append(f"costs {method.tariff}")
    lines = [f"## {name}", "", method.description, "", f"Sent by: {', '.join(method.verbs)}"]
    if method.command_setting:
        lines.append(f"Named by: {method.command_setting}")
    if method.most_rows:
        lines.append(f"Body: an array of up to {method.most_rows}")
    if effects:
        lines.append(f"Effect: {'; '.join(effects)}")
    lines += ["", *_grid("Parameter | Type | Need | Default | Values", map(_parameter, method.parameters))]
    for mode in method.modes:
        lines += ["", *_mode(method, mode)]
    if method.fields:
        lines += ["", *_fields(method.fields)]
    if method.codes:
        lines += ["", *_grid("Code | Meaning", (f"{code} | {words}" for code, words in method.codes.items()))]
    return "\n".join([*lines, ""])


def _mode(method: Method[Any], mode: Mode) -> Iterator[str]:
    yield f"### {method.mode_parameter}={mode.value}"
    yield ""
    yield f"Requires: {', '.join(mode.requires) or 'nothing'}; takes: {', '.join(mode.takes) or 'nothing'}"
    if method.is_mutating and not mode.is_mutating:
        yield "Effect: none"
    if mode.tariff:
        yield f"Effect: costs {mode.tariff}"
    if mode.content != JSON:
        yield f"Answer: {mode.content}"
    if mode.fields:
        yield ""
        yield from _fields(mode.fields)


def _fields(fields: Iterable[AnswerField]) -> Iterator[str]:
    return _grid("Field | Type", (f"{f.path} | {' '.join(f.types)}{' secret' * f.is_secret}" for f in fields))


def _parameter(parameter: Parameter) -> str:
    kind = " or ".join(parameter.types) + " secret" * parameter.is_secret
    values = "; ".join(
        filter(None, [", ".join(map(str, parameter.choices)), *(rule.words for rule in parameter.rules)])
    )
    return f"{parameter.name} | {kind} | {parameter.need} | {parameter.default} | {values}"


def _grid(head: str, rows: Iterable[str]) -> Iterator[str]:
    yield f"| {head} |"
    yield "|" + " --- |" * (head.count("|") + 1)
    for row in rows:
        yield f"| {row} |"
