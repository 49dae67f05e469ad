"""What there is to call: all methods in a table or as JSON, and one with its parameters."""

import json
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from wallboard.language.width import padded
from wallboard.vendors.answer_fields import AnswerField
from wallboard.vendors.catalogue import METHODS
from wallboard.vendors.method import JSON, Method, Mode
from wallboard.vendors.parameter import Need, Parameter, ValueType
from wallboard.vendors.values import CREDENTIALS, ROWS

WIDTH = 100
CHANGES, COSTS = "CHANGES", "COSTS"

_NUMBER = "0500000001"
# What stands in an example for a parameter of this name; by its type where none does.
_EXAMPLES = {
    "phones": _NUMBER,
    "Phones": _NUMBER,
    "phone": _NUMBER,
    "BridgePhones": "0500000002",
    "Target": _NUMBER,
    "queuePath": "/1",
    "path": "/1",
    "pdfFile": "UPLOAD",
    "newUsage": "goto:/1",
    "setCoefficient": "2",
    "callIds": "'[\"CALL-ID\"]'",
    "wath": "/1/log.ymgr",
    "Campaign": "CODE",
}
_OF_TYPE = {ValueType.STRING: "TEXT", ValueType.INTEGER: "1", ValueType.NUMBER: "1", ValueType.BIT: "0"}
_IN_PART = " in some modes"


def catalogue() -> str:
    """A line for each method."""
    rows = [(name, _marks(method), method.description) for name, method in METHODS.items()]
    widest = [max(len(row[column]) for row in rows) for column in range(2)]
    return "\n".join(f"{padded(name, widest[0])}  {padded(marks, widest[1])}  {does}" for name, marks, does in rows)


def catalogue_json() -> str:
    """A JSON array with all that is declared."""
    return json.dumps([_record(name, method) for name, method in METHODS.items()], ensure_ascii=False, indent=2)


def method_help(vendor: str, method: Method[Any]) -> str:
    """What a method does, changes, costs and takes, with an example."""
    return "\n".join(_help(vendor, method))


def _marks(method: Method[Any]) -> str:
    return " ".join(([CHANGES] if method.is_mutating else []) + ([COSTS] if method.costs_units else []))


def _help(vendor: str, method: Method[Any]) -> Iterator[str]:
    own = [parameter for parameter in method.parameters if parameter.name not in CREDENTIALS[vendor]]
    yield f"{vendor}.{method.name}: {method.description}"
    if method.is_mutating:
        is_partial = any(not mode.is_mutating for mode in method.modes)
        yield f"{CHANGES} something{_IN_PART if is_partial else ''}: asks first, and is in the audit."
    if method.tariff:
        yield f"{COSTS} {method.tariff}."
    if method.limit:
        yield method.limit
    if method.command_setting:
        yield f"The documents do not name it: needs {method.command_setting} in the source's table."
    yield ""
    yield from _of_rows(method)
    yield "Parameters:" if own else "It takes no parameters."
    width = max((len(parameter.name) for parameter in own), default=0)
    for parameter in own:
        yield from _wrapped(f"  {parameter.name:<{width}}  {_described(method, parameter)}", " " * (width + 4))
    if method.modes:
        yield f"By {method.mode_parameter}:"
        for mode in method.modes:
            yield from _wrapped(f"  {mode.value}: {_of_mode(mode)}", "    ")
    yield from _answer(method)
    yield "Example:"
    yield f"  {example(vendor, method)}"


def _of_rows(method: Method[Any]) -> list[str]:
    if not method.most_rows:
        return []
    return _wrapped(
        f"Sends a list of up to {method.most_rows:,} objects: {ROWS}:=[…] or {ROWS}=@file.json, with what all of them "
        "have in common beside it; without it the parameters are the only object. "
        f"Above {method.most_rows_told:,} the vendor tells no row's own result.",
        "",
    )


def _answer(method: Method[Any]) -> Iterator[str]:
    """The fields of its answer, and those that a mode has besides."""
    yield "Its answer holds (* is a secret, masked):"
    yield from _wrapped(f"  {_compact(method.fields)}", "    ")
    for mode in method.modes:
        if mode.fields:
            yield from _wrapped(f"  {mode.value}: {_compact(mode.fields)}", "    ")


def _described(method: Method[Any], parameter: Parameter) -> str:
    needs = {
        Need.REQUIRED: "required",
        Need.DEFAULT: f"default: {parameter.default}",
        Need.OPTIONAL: f"optional; default: {parameter.default}" if parameter.default else "optional",
        Need.CONDITIONAL: "see below" if _is_of_mode(method, parameter) else "",
    }
    types = " or ".join(type_.words for type_ in parameter.types)
    modes = [mode.value for mode in method.modes] if parameter.name == method.mode_parameter else []
    choices = [str(choice) for choice in parameter.choices] or modes
    allowed = f" ({', '.join(choices)})" if choices else ""
    secret = ["a secret, or --campaign NAME"] if parameter.name == "Campaign" else []
    rules = [rule.words for rule in parameter.rules]
    rules += [rule.words for rule in method.together if rule.name == parameter.name]
    return "; ".join(filter(None, [f"{types}{allowed}", needs[parameter.need], *secret, *rules]))


def _is_of_mode(method: Method[Any], parameter: Parameter) -> bool:
    return any(parameter.name in (*mode.requires, *mode.takes) for mode in method.modes)


def _of_mode(mode: Mode) -> str:
    parts = [
        f"requires {', '.join(mode.requires)}" if mode.requires else "",
        f"takes {', '.join(mode.takes)}" if mode.takes else "",
        f"answers {mode.content}" if mode.content != JSON else "",
        CHANGES if mode.is_mutating else "changes nothing",
        f"{COSTS} {mode.tariff}" if mode.tariff else "",
    ]
    return "; ".join(filter(None, parts))


def _compact(fields: Sequence[AnswerField], within: str = "") -> str:
    """Fields in a line, those within another behind it: `lists[] (listName, subscribers)`; `*` is a secret."""
    shown = []
    for field in fields:
        name = field.path.removeprefix(within)
        if not field.path.startswith(within) or "." in name:
            continue
        below = next((end for end in (".", "[].") if any(f.path.startswith(field.path + end) for f in fields)), "")
        inner = f" ({_compact(fields, field.path + below)})" if below else ""
        shown.append(f"{name}{below.removesuffix('.')}{'*' * field.is_secret}{inner}")
    return ", ".join(shown)


def example(vendor: str, method: Method[Any]) -> str:
    """A command line that would be taken."""
    mode = method.modes[0] if method.modes else None
    wanted = [
        parameter
        for parameter in method.parameters
        if parameter.name not in CREDENTIALS[vendor]
        and (parameter.is_required or (mode is not None and parameter.name in mode.requires))
    ]
    words = [_example(parameter, mode.value if mode else "", method.mode_parameter) for parameter in wanted]
    if any(ValueType.FILE in parameter.types for parameter in method.parameters):
        words.append("fileToUpload=@page.pdf")
    return " ".join([f"wallboard call {vendor}.{method.name}", *words])


def _example(parameter: Parameter, mode: str, mode_parameter: str) -> str:
    if parameter.name == mode_parameter:
        return f"{parameter.name}={mode}"
    first = str(parameter.choices[0]) if parameter.choices else _OF_TYPE.get(parameter.types[0], "TEXT")
    equals = ":=" if ValueType.ARRAY in parameter.types and len(parameter.types) == 1 else "="
    return f"{parameter.name}{equals}{_EXAMPLES.get(parameter.name, first)}"


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False)


def _record(name: str, method: Method[Any]) -> dict[str, Any]:
    vendor = name.partition(".")[0]
    return {
        "name": name,
        "description": method.description,
        "changes": method.is_mutating,
        "costs": method.tariff or ("by mode" if method.costs_units else None),
        "verbs": [verb.value for verb in method.verbs],
        "most_rows": method.most_rows or None,
        "needs_setting": method.command_setting or None,
        "mode_parameter": method.mode_parameter or None,
        "modes": [
            {
                "value": mode.value,
                "changes": mode.is_mutating,
                "costs": mode.tariff or None,
                "requires": mode.requires,
                "takes": mode.takes,
                "content": mode.content,
                "answer": _fields(mode.fields),
            }
            for mode in method.modes
        ],
        "parameters": [_parameter(vendor, parameter) for parameter in method.parameters],
        "answer": _fields(method.fields),
    }


def _parameter(vendor: str, parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "types": [type_.value for type_ in parameter.types],
        "need": parameter.need.value,
        "default": parameter.default or None,
        "choices": parameter.choices,
        "rules": [rule.words for rule in parameter.rules],
        "secret": parameter.is_secret,
        "from_configuration": parameter.name in CREDENTIALS[vendor],
    }


def _fields(fields: Any) -> list[dict[str, Any]]:
    return [
        {"path": field.path, "types": [t.value for t in field.types], "secret": field.is_secret} for field in fields
    ]
