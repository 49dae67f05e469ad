"""From the words of a command line to what a method takes: `key=value`, `key:=json`, `key=@file`."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from wallboard.config.model import SourceBase
from wallboard.language.clean import clean
from wallboard.vendors.checking import unknown
from wallboard.vendors.method import AnswerModel, Method
from wallboard.vendors.parameter import Parameter, ValueType

ROWS = "rows"  # in place of a method's own parameters, where it takes several objects
# What the configuration says of an account, by vendor: the parameters that nobody gives by hand.
CREDENTIALS: Mapping[str, frozenset[str]] = MappingProxyType(
    {"yemot": frozenset({"token"}), "voicenter": frozenset({"code", "Code"})}
)
MOST_TEXT_BYTES = 1024 * 1024
MOST_JSON_BYTES = 64 * 1024 * 1024

_WHOLE = re.compile("[+-]?[0-9]{1,18}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?")
_ONLY_IN_JSON = frozenset({ValueType.ARRAY, ValueType.OBJECT})


class ValuesError(Exception):
    """`lines`: everything that is wrong, a line each, without a value."""

    def __init__(self, *lines: str) -> None:
        super().__init__("; ".join(lines))
        self.lines = lines


class _NoNumberError(Exception):
    """JSON of Python's own that no vendor reads."""


@dataclass(frozen=True, slots=True)
class Given:
    """What was given. `rows`: the objects, of a method that takes several and was given them at once."""

    values: dict[str, Any] = field(repr=False)
    rows: list[Any] | None = field(default=None, repr=False)


def given(vendor: str, method: Method[Any], words: Sequence[str]) -> Given:
    """The values of these words, by the types of the method's parameters; their rules are for `checking.check`.

    Raises:
        ValuesError: a word cannot be understood.
    """
    values: dict[str, Any] = {}
    problems: list[str] = []
    for word in words:
        try:
            name, value = _given(vendor, method, word)
        except ValuesError as error:
            problems.extend(error.lines)
            continue
        if name in values:
            problems.append(f"{method.name}: {name} is given twice")
        values[name] = value
    rows = values.pop(ROWS, None) if method.most_rows else None
    if problems:
        raise ValuesError(*problems)
    return Given(values, rows)


def named(method: Method[AnswerModel], settings: SourceBase) -> Method[AnswerModel]:
    """The method by the name this account's settings give it, where they have to and do.

    Raises:
        ValueError: no method can be called that.
    """
    command = getattr(settings, method.command_setting, None) if method.command_setting else None
    return method.named(command) if command else method


def _given(vendor: str, method: Method[Any], word: str) -> tuple[str, Any]:
    name, equals, text = word.partition("=")
    is_json = name.endswith(":")
    name = name.removesuffix(":")
    if not equals or not name:
        raise ValuesError(f"{method.name}: {clean(word, 40)!r} is not key=value, key:=json or key=@file")
    path = Path(text[1:]) if text.startswith("@") else None
    try:
        if method.most_rows and name == ROWS:
            return name, _rows(text, path)
        return name, _value(_parameter(vendor, method, name), text, path, is_json=is_json)
    except ValueError as error:
        raise ValuesError(f"{method.name}: {error}") from None


def _rows(text: str, path: Path | None) -> list[Any]:
    try:
        rows = _json(text, path)
    except ValueError as error:
        raise ValueError(f"{ROWS} {error}") from None
    if not isinstance(rows, list):
        raise ValueError(f"{ROWS} must be a list of objects")  # noqa: TRY004 - one kind of error for what was typed
    return rows


def _parameter(vendor: str, method: Method[Any], name: str) -> Parameter:
    if name in CREDENTIALS[vendor] and any(parameter.name == name for parameter in method.parameters):
        raise ValueError(f"{name} comes from the source's own table in the configuration: leave it out")
    known = [parameter.name for parameter in method.parameters if parameter.name not in CREDENTIALS[vendor]]
    if name not in known:
        raise ValueError(unknown(name, [*known, ROWS] if method.most_rows else known))
    return next(parameter for parameter in method.parameters if parameter.name == name)


def _value(parameter: Parameter, text: str, path: Path | None, *, is_json: bool) -> Any:
    """What a word stands for, by the parameter's types; a text is taken to the letter."""
    name = parameter.name
    try:
        if ValueType.FILE in parameter.types:
            return _file(path)
        if is_json:
            return _json(text, path)
        if ValueType.STRING in parameter.types:
            return text if path is None else _text_of(path, MOST_TEXT_BYTES)
        if path is not None and set(parameter.types) <= _ONLY_IN_JSON:
            return _json(text, path)
        return _typed(parameter, text if path is None else _text_of(path, MOST_TEXT_BYTES).strip())
    except ValueError as error:
        raise ValueError(f"{name} {error}") from None


def _typed(parameter: Parameter, text: str) -> Any:
    """A number, a truth; what has to be given as JSON is refused."""
    types = parameter.types
    if set(types) <= _ONLY_IN_JSON:
        raise ValueError(f"must be {_words(types)}, given as JSON: {parameter.name}:=… or {parameter.name}=@file.json")
    if ValueType.BOOLEAN in types and text.lower() in {"true", "false"}:
        return text.lower() == "true"
    if ValueType.BIT in types or ValueType.BOOLEAN in types:
        if text in {"0", "1"}:
            return int(text)
    elif _WHOLE.fullmatch(text) and (ValueType.INTEGER in types or ValueType.NUMBER in types):
        return int(text)
    elif ValueType.NUMBER in types and _NUMBER.fullmatch(text):
        return float(text)
    raise ValueError(f"must be {_words(types)}")


def _words(types: Sequence[ValueType]) -> str:
    return " or ".join(type_.words for type_ in types)


def _json(text: str, path: Path | None) -> Any:
    source = text if path is None else _text_of(path, MOST_JSON_BYTES)
    try:
        return json.loads(source, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON: {error.msg} at line {error.lineno}, column {error.colno}") from None
    except (_NoNumberError, RecursionError):
        raise ValueError("is not JSON that can be sent: it holds NaN or Infinity, or nests too deep") from None


def _refuse(word: str) -> None:
    raise _NoNumberError(word)


def _file(path: Path | None) -> Path:
    if path is None:
        raise ValueError("is a file: give its path after @, as fileToUpload=@page.pdf")
    _read(path, 1)
    return path


def _text_of(path: Path, most_bytes: int) -> str:
    content = _read(path, most_bytes + 1)
    if len(content) > most_bytes:
        raise ValueError(f"cannot be taken from {_shown(path)}: it is larger than {most_bytes // 1024**2} MB")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(f"cannot be taken from {_shown(path)}: it is not UTF-8 text") from None


def _read(path: Path, count: int) -> bytes:
    """The first bytes of a file."""
    try:
        with path.open("rb") as file:
            return file.read(count)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "no such file can be opened"
        raise ValueError(f"cannot be taken from {_shown(path)}: {reason}") from None


def _shown(path: Path) -> str:
    return clean(str(path), 200)
