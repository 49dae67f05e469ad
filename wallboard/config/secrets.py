"""Secrets: found in one of four ways, kept out of every message and log."""

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from pydantic import SecretStr

from wallboard.config.command import CommandError, output_of
from wallboard.config.errors import Location, Problem
from wallboard.config.file import Tables, exposure, read_bytes
from wallboard.config.keys import Shapes, inside, of_kind, secret_keys
from wallboard.config.model import Settings, SourceBase
from wallboard.config.redaction import MASK
from wallboard.config.schema import SECRET_WAYS

UNKNOWN = SecretStr("-")  # stands in where finding one failed, so that its absence is not reported twice


class _SecretError(Exception):
    """`args`: what is wrong, said after the key's name; never the secret."""


def resolve_secrets(tables: Tables, folder: Path, environ: Mapping[str, str]) -> list[Problem]:
    """Put a `SecretStr` under each secret's own key, in place of `_env`, `_file` and `_command`.

    Args:
        tables: The whole configuration; changed in place.
        folder: Where relative paths of secret files begin.
        environ: The environment that `_env` speaks of.
    """
    problems: list[Problem] = []
    for index, source in source_tables(tables):
        sections = _sections(source.get("kind"))
        if len(sections) > 1:
            continue  # of no kind: that is said elsewhere
        for name in sections[0].SECRETS:
            is_required = sections[0].model_fields[name].is_required()
            problems += _resolve(source, ("source", index, name), folder, environ, is_required=is_required)
    return problems


def source_tables(tables: Tables) -> list[tuple[int, Tables]]:
    """The `[[source]]` tables with their numbers, as far as they are tables."""
    sources = tables.get("source")
    items = enumerate(sources if isinstance(sources, list) else [])
    return [(index, source) for index, source in items if isinstance(source, dict)]


def literal_secrets(tables: Tables) -> bool:
    """Whether a file's own text holds a secret."""
    names = {name for section in _sections(None) for name in section.SECRETS}
    sources = [source for _, source in source_tables(tables)]
    actions = tables.get("actions")
    if isinstance(actions, dict) and "pin_hash" in actions:  # all short PINs are tried on it within an hour
        return True
    return any(not names.isdisjoint(source) or _has_password(source.get("proxy")) for source in sources)


def names_programs(tables: Tables) -> bool:
    """Whether a file says what to run."""
    keys = {key for section in _sections(None) for key in secret_keys(section) if key.endswith("_command")}
    return any(not keys.isdisjoint(source) for _, source in source_tables(tables))


def secret_values(settings: Settings) -> list[str]:
    """Every secret of the settings, for those who keep them out of texts."""
    found = []
    for source in settings.source:
        found += [value.get_secret_value() for _, value in source if isinstance(value, SecretStr)]
        found += proxy_secrets(source.proxy)
    if settings.actions.pin_hash:
        found.append(settings.actions.pin_hash.get_secret_value())
    return found


def proxy_secrets(url: str | None) -> list[str]:
    """What of a proxy's address nobody may see: its password, and what a program sends to it in that place."""
    parts = urlsplit(url or "")
    if not parts.password:
        return []
    user, password = unquote(parts.username or ""), unquote(parts.password)
    return [parts.password, password, b64encode(f"{user}:{password}".encode()).decode()]


def masked_tables(settings: Settings) -> Tables:
    """The settings as tables of a file, without a secret in them."""
    tables = settings.model_dump(mode="json", exclude_none=True)
    for source in tables["source"]:
        if _has_password(source.get("proxy")):
            source["proxy"] = re.sub("//.*@", f"//{MASK}@", source["proxy"])
    return tables


def _sections(kind: object) -> list[type[SourceBase]]:
    """The table of this kind of source; of all kinds when it is not one of them."""
    places: Shapes = of_kind(inside(inside((Settings,), "source"), 0), kind)
    return [place for place in places if issubclass(place, SourceBase)]


def _has_password(url: object) -> bool:
    return isinstance(url, str) and "@" in url


def _resolve(
    source: dict[str, Any], location: Location, folder: Path, environ: Mapping[str, str], *, is_required: bool
) -> list[Problem]:
    name = str(location[-1])
    ways = [name + way for way in SECRET_WAYS]
    given = [(way, source.pop(way)) for way in ways if way in source]
    if not given:
        if not is_required:
            return []
        source[name] = UNKNOWN
        return [Problem(location, f"is missing: give one of {', '.join(ways)}")]
    source[name] = UNKNOWN
    if len(given) > 1:
        return [Problem(location, f"is given twice, by {' and '.join(way for way, _ in given)}: keep one")]
    way, value = given[0]
    readers: dict[str, Callable[[], str]] = {
        name: lambda: _text(value),
        f"{name}_env": lambda: _from_variable(_text(value), environ),
        f"{name}_file": lambda: _from_file(folder / Path(_text(value)).expanduser()),
        f"{name}_command": lambda: _from_command(value),
    }
    try:
        source[name] = SecretStr(_checked(readers[way]()))
    except _SecretError as error:
        return [Problem((*location[:-1], way), str(error))]
    return []


def _text(value: Any) -> str:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if not isinstance(value, str):
        raise _SecretError("must be a text in quotation marks")
    return value


def _from_variable(name: str, environ: Mapping[str, str]) -> str:
    if not environ.get(name, "").strip():
        raise _SecretError(f"the environment variable {name} is not set, or is empty: export it before starting")
    return environ[name]


def _from_file(path: Path) -> str:
    try:
        content, status = read_bytes(path)
        if reason := exposure(path, status, is_secret=True):
            raise _SecretError(f"{path} {reason}")
        return content.decode("utf-8-sig")
    except OSError as error:
        raise _SecretError(f"{path} cannot be read: {error.strerror or error}") from None
    except (UnicodeDecodeError, RuntimeError):
        raise _SecretError(f"{path} is not text") from None


def _from_command(argv: Any) -> str:
    if not (isinstance(argv, list) and argv and all(isinstance(word, str) for word in argv)):
        raise _SecretError('must be a list of texts, the program and its arguments, as in ["pass", "show", "yemot"]')
    try:
        return output_of(argv)
    except CommandError as error:
        raise _SecretError(str(error)) from None


def _checked(text: str) -> str:
    """One line that can go into a header; says what is wrong with it without saying what it is."""
    text = text.strip()
    if not text:
        raise _SecretError("is empty")
    if len(text.splitlines()) > 1:
        raise _SecretError("holds more than one line; a secret is exactly one")
    for position, character in enumerate(text, 1):
        if not " " <= character <= "~":
            # Copied off a Hebrew page, a secret easily brings an invisible direction mark with it.
            raise _SecretError(f"character {position} is U+{ord(character):04X}, which no secret has: copy it again")
    return text
