"""Writes TOML: what `config show`, `simulate` and `init` print."""

import json
from collections.abc import Mapping
from typing import Any

_BARE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


def toml_text(tables: Mapping[str, Any]) -> str:
    """A mapping of tables and lists of tables as TOML; what is None is left out."""
    sections = [_section(f"[{_key(name)}]", table) for name, table in tables.items() if isinstance(table, Mapping)]
    for name, items in tables.items():
        if isinstance(items, list | tuple):
            sections += [_section(f"[[{_key(name)}]]", item) for item in items]
    return "\n".join(sections)


def _section(head: str, table: Mapping[str, Any]) -> str:
    return "\n".join([head, *(f"{_key(key)} = {toml_value(value)}" for key, value in _present(table)), ""])


def toml_value(value: Any) -> str:
    """One value; tables inside it stand on the same line."""
    if isinstance(value, Mapping):
        items = ", ".join(f"{_key(key)} = {toml_value(item)}" for key, item in _present(value))
        return f"{{ {items} }}" if items else "{}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(toml_value(item) for item in value) + "]"
    if isinstance(value, bool | int):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    # TOML's texts are JSON's, but for DEL, which must be escaped.
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _present(table: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(key, value) for key, value in table.items() if value is not None]


def _key(key: str) -> str:
    return key if key and _BARE.issuperset(key) else toml_value(key)
