"""The four ways to name a secret, and how the JSON schema of the configuration tells of them."""

from collections.abc import Callable
from typing import Any

SECRET_WAYS = ("", "_env", "_file", "_command")


def with_secret_ways(*names: str) -> Callable[[dict[str, Any]], None]:
    """For a model that knows only the key a secret is resolved to: adds the other ways to its schema."""

    def add(schema: dict[str, Any]) -> None:
        required = [name for name in names if name in schema["required"]]
        for name in names:
            schema["properties"] |= _properties(name)
        schema["required"] = [name for name in schema["required"] if name not in names]
        schema["allOf"] = [_exactly_one(name, is_required=name in required) for name in names]

    return add


def _properties(name: str) -> dict[str, Any]:
    text = {"type": "string"}
    return {
        name: {**text, "writeOnly": True},
        f"{name}_env": {**text, "description": "environment variable that holds it"},
        f"{name}_file": {**text, "description": "file that holds it"},
        f"{name}_command": {
            "type": "array",
            "items": text,
            "minItems": 1,
            "description": "program and arguments that print it",
        },
    }


def _exactly_one(name: str, *, is_required: bool) -> dict[str, Any]:
    ways: list[dict[str, Any]] = [{"required": [name + way]} for way in SECRET_WAYS]
    return {"oneOf": ways if is_required else [*ways, {"not": {"anyOf": ways}}]}
