"""What a request asks of the dialer, and the dialer's short answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wallboard.simulator.entities import Campaign
from wallboard.simulator.request_log import ApiCall
from wallboard.simulator.wire import JSON, same_secret
from wallboard.simulator.world import World

Answer = dict[str, Any]

OK: Answer = {"ErrorCode": 0, "Description": "OK"}

_CUSTOM = "var_"


def refused(code: int, description: str) -> Answer:
    """The envelope of a refusal; the codes mean something else in each method."""
    return {"ErrorCode": code, "Description": description}


@dataclass(frozen=True, slots=True)
class DialerCall:
    """One request, or one row of a bulk: its parameters by their names in lower case.

    Args:
        custom: of a GET what came as `var_…`, of a JSON body its CustomData.
        rows: of a body that is an array; None of another.
    """

    values: Mapping[str, Any] = field(repr=False)
    custom: Any = field(repr=False)
    rows: Sequence[Any] | None = field(default=None, repr=False)
    is_json: bool = True

    @classmethod
    def of(cls, call: ApiCall) -> "DialerCall":
        """Of a POST only a JSON body counts."""
        if call.verb == "GET":
            custom = {name: value for name, value in call.query.items() if name.lower().startswith(_CUSTOM)}
            return cls(_lowered(call.query), custom or None, is_json=False)
        if call.content_type != JSON:
            return cls({}, None, is_json=False)
        return cls.of_row(call.body) if not call.rows else cls({}, None, call.rows)

    @classmethod
    def of_row(cls, row: object) -> "DialerCall":
        """Of a JSON object; anything else counts as empty."""
        values = _lowered(row) if isinstance(row, Mapping) else {}
        custom = values.get("customdata")
        return cls(values, custom if isinstance(custom, dict | list) else None)

    def text(self, name: str) -> str:
        """A parameter as text, "" where it is not given."""
        value = self.values.get(name)
        return "" if value is None else str(value).strip()

    def number(self, name: str) -> int | None:
        """A whole number, also where it came as text."""
        try:
            return int(self.text(name))
        except ValueError:
            return None

    def flag(self, name: str) -> bool:
        """A flag; the documents write it as the text "true"."""
        return self.text(name).lower() in {"true", "1"}

    def campaign(self, world: World) -> Campaign | None:
        """The campaign whose code was given."""
        code = self.text("campaign")
        return next((c for c in world.floor.campaigns if same_secret(code, c.code)), None) if code else None

    @property
    def campaign_refusal(self) -> str:
        """What most methods say where there is no such campaign."""
        return "Invalid campaign code" if self.text("campaign") else "Campaign code missing"


def _lowered(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name.lower(): value for name, value in values.items()}
