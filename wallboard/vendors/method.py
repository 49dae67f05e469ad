"""How a vendor's method is declared: once, in one form, whoever then calls it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel

from wallboard.domain.feeds import Subject

AnswerModel = TypeVar("AnswerModel", bound=BaseModel)
Envelope = Callable[[dict[str, Any], str], None]  # of a host's document; raises where it reports a failure

MAX_BODY_BYTES = 8 * 1024 * 1024
MAX_ACTION_BODY_BYTES = 64 * 1024  # an action's answer is a line or two


class Verb(StrEnum):
    """Ways of sending that the vendor documents; this program sends POST-JSON wherever it may."""

    GET = "GET"
    POST_FORM = "POST-FORM"
    POST_JSON = "POST-JSON"


class ValueType(StrEnum):
    """What a parameter's value is."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    ARRAY = "array"
    OBJECT = "object"


class Pace(StrEnum):
    """How often a method is asked."""

    LIVE = "live"  # the source's `poll_seconds`
    CAMPAIGNS = "campaigns"  # its `campaign_poll_seconds`
    REFERENCE = "reference"  # what hardly changes: minutes
    ON_DEMAND = "on_demand"  # when a person asks for it


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter. A secret with a `header` travels there and not in the body."""

    name: str
    type: ValueType = ValueType.STRING
    is_required: bool = False
    is_secret: bool = False
    header: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A POST with a JSON body. Its representation must not show what it carries."""

    url: str
    headers: Mapping[str, str] = field(repr=False)
    body: Mapping[str, Any] = field(repr=False)
    max_bytes: int
    secrets: tuple[str, ...] = field(default=(), repr=False)

    @property
    def host(self) -> str:
        """Whom it goes to, with the port where that is not the usual one."""
        parts = urlsplit(self.url)
        return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)


@dataclass(frozen=True, slots=True)
class Method(Generic[AnswerModel]):
    """One method.

    Args:
        base: the setting with the address it is appended to.
        envelope: raises a fault where the vendor reports a failure; an action's raises BAD_SHAPE where the vendor's
            answer was never documented, so that nobody knows what was done.
        code_keys: where an action's answer holds the vendor's code; the first that is there counts.
    """

    name: str
    base: str
    verbs: tuple[Verb, ...]
    parameters: tuple[Parameter, ...]
    answer: type[AnswerModel]
    envelope: Envelope
    pace: Pace
    subjects: frozenset[Subject] = frozenset()
    is_mutating: bool = False
    costs_units: bool = False
    code_keys: tuple[str, ...] = ()
    max_bytes: int = MAX_BODY_BYTES

    def request(self, base_url: str, **values: Any) -> Request:
        """The request that carries these values.

        Raises:
            TypeError: a required parameter is missing or one is not declared.
        """
        declared = {parameter.name for parameter in self.parameters}
        required = {parameter.name for parameter in self.parameters if parameter.is_required}
        if wrong := (values.keys() - declared) | (required - values.keys()):
            raise TypeError(f"{self.name}: missing or not declared: {', '.join(sorted(wrong))}")
        secrets = tuple(str(values[p.name]) for p in self.parameters if p.is_secret and p.name in values)
        headers = {p.header: str(values.pop(p.name)) for p in self.parameters if p.header and p.name in values}
        return Request(f"{base_url}{self.name}", headers, values, self.max_bytes, secrets)
