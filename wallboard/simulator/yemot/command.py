"""What every command shares: how its parameters are read, and the envelope of its answer."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from wallboard.simulator.request_log import Upload
from wallboard.simulator.system.units import RefusedError
from wallboard.simulator.wire import Reply
from wallboard.simulator.world import World

QUEUE_ENGINE = {"yAfastVersion": "6.7.30"}
CLASSIC_ENGINE = {"yemotAPIVersion": 6}

Answer = dict[str, Any]


class Parameters(dict[str, Any]):
    """A request's parameters by name. What came in an address or a form is text, what came as JSON may be anything."""

    def text(self, name: str) -> str:
        """A text, "" where it is not given."""
        value = self.get(name)
        return "" if value is None or isinstance(value, Upload) else str(value).strip()

    def required(self, name: str) -> str:
        """A text that must be given.

        Raises:
            RefusedError: it is not.
        """
        value = self.text(name)
        if not value:
            raise RefusedError(f"Missing parameters: {name}")
        return value

    def number(self, name: str) -> int | None:
        """A whole number, None where it is not given.

        Raises:
            RefusedError: it is something else.
        """
        value = self.text(name)
        return self._whole(name, value) if value else None

    def numbers(self, name: str) -> list[int]:
        """Whole numbers, of an array or one alone.

        Raises:
            RefusedError: there is something else, or nothing.
        """
        values = self.array(name)
        if not values:
            raise RefusedError(f"Missing parameters: {name}")
        return [self._whole(name, value) for value in values]

    def bit(self, name: str) -> bool:
        """A switch, written as 0 and 1 or as words; off where it is not given."""
        return self.text(name).lower() in {"1", "true"}

    def array(self, name: str) -> list[Any]:
        """An array; also one that came as JSON in a text, or one value alone."""
        value = self.get(name)
        if isinstance(value, str) and value.strip().startswith("["):
            try:
                value = json.loads(value)
            except (ValueError, RecursionError):
                return [value]
        if value is None or value == "":
            return []
        return value if isinstance(value, list) else [value]

    @staticmethod
    def _whole(name: str, value: object) -> int:
        try:
            return int(str(value))
        except ValueError:
            raise RefusedError(f"Wrong parameters: {name}") from None


class Command(NamedTuple):
    """One command. `is_json_only`: it takes nothing but POST with a JSON body."""

    respond: Callable[[World, Parameters], Answer | Reply]
    is_json_only: bool = False


def error(message: str, code: int | None = None) -> Answer:
    """A failure as the vendor tells it, under HTTP 200."""
    told = {"responseStatus": "ERROR", "message": message, **QUEUE_ENGINE}
    return told if code is None else {**told, "messageCode": code}


def ok(**values: object) -> Answer:
    """A success with what it tells."""
    return {"responseStatus": "OK", **QUEUE_ENGINE, **values}
