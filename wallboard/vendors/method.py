"""How a vendor's method is declared: once, in one form, whoever then calls it."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict

from wallboard.domain.feeds import Subject
from wallboard.vendors.answer_fields import AnswerField
from wallboard.vendors.finding import Finding
from wallboard.vendors.loss import Loses, Loss
from wallboard.vendors.parameter import Parameter, Upload
from wallboard.vendors.rules import Together

AnswerModel = TypeVar("AnswerModel", bound=BaseModel)
Envelope = Callable[[dict[str, Any], str], None]  # of a host's document; raises where it reports a failure
Verdict = Callable[[Any, Any], Finding]  # of what was sent, an object or rows, and of a good answer
Estimate = Callable[[Mapping[str, Any]], str]

MAX_BODY_BYTES = 8 * 1024 * 1024
MAX_ACTION_BODY_BYTES = 64 * 1024  # an action's answer is a line or two
JSON = "application/json"

_COMMAND = re.compile("[A-Za-z][A-Za-z0-9]{0,63}")  # nothing that could lead to another address


class Verb(StrEnum):
    """Ways of sending that the vendor documents; this program sends POST-JSON wherever it may."""

    GET = "GET"
    POST_FORM = "POST-FORM"
    POST_JSON = "POST-JSON"
    POST_MULTIPART = "POST-MULTIPART"  # with a file


class Pace(StrEnum):
    """How often a method is asked."""

    LIVE = "live"  # the source's `poll_seconds`
    CAMPAIGNS = "campaigns"  # its `campaign_poll_seconds`
    REFERENCE = "reference"  # what hardly changes: minutes
    ON_DEMAND = "on_demand"  # when a person asks for it


@dataclass(frozen=True, slots=True)
class Request:
    """A POST with a JSON body, or with a form and its `files` by field. It must not show what it carries."""

    url: str
    headers: Mapping[str, str] = field(repr=False)
    body: Mapping[str, Any] | Sequence[Mapping[str, Any]] = field(repr=False)
    max_bytes: int
    secrets: tuple[str, ...] = field(default=(), repr=False)
    files: Mapping[str, Upload] = field(default_factory=dict, repr=False)
    read_seconds: float | None = None

    @property
    def host(self) -> str:
        """Whom it goes to, with the port where that is not the usual one."""
        parts = urlsplit(self.url)
        return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)


class PlainAnswer(BaseModel):
    """An answer that is handed on as it came; `Method.fields` tell what it holds."""

    model_config = ConfigDict(frozen=True, extra="allow", hide_input_in_errors=True)


@dataclass(frozen=True, slots=True)
class Mode:
    """One of the things a method does, by the value of its mode parameter.

    Args:
        value: of the mode parameter.
        requires: the parameters it calls for.
        takes: those it takes besides; what other modes require or take is refused.
        fields: of its answer, besides those of the method.
        tariff: what it costs; "" is nothing.
        content: the media type of its answer.
        loses: what it destroys.
    """

    value: str
    requires: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    is_mutating: bool = True
    fields: tuple[AnswerField, ...] = ()
    tariff: str = ""
    content: str = JSON
    loses: Loses | None = None


@dataclass(frozen=True, slots=True)
class Method(Generic[AnswerModel]):
    """One method.

    Args:
        description: what it does, in a sentence.
        base: the setting with the address it is appended to.
        envelope: raises a fault where the vendor reports a failure; an action's raises BAD_SHAPE where the vendor's
            answer was never documented, so that nobody knows what was done.
        code_keys: where an action's answer holds the vendor's code; the first that is there counts.
        codes: what the vendor's codes mean in this method; in another they may mean something else.
        fields: of its answer, in every mode.
        mode_parameter: the parameter that decides which of its `modes` is meant.
        together: rules over several parameters.
        verdict: what a good answer says of the very targets; None where its envelope tells all.
        tariff: what a call costs, in the vendor's units; "" is nothing, or for the mode to say.
        most_rows: a body of so many objects at most; 0: of one, not in an array.
        most_rows_told: of more, the answer tells of none singly.
        command_setting: the setting that holds its name at the vendor, where no document tells it.
        command: that name; see `named`.
        estimate: of sound values: what a call costs, worked out, in words; None where nobody can say before.
        read_seconds: how long its answer may keep one waiting; None: as long as every other.
        once_seconds: how long the vendor has for it as a whole where it must not be repeated; None: as for every other.
        loses: what it destroys, in every mode.
        limit: a limit that the vendor alone can tell the state of, in words.
        long_list: the key of a list of thousands in its answer, which a feed is given as `SentRow`s.
    """

    name: str
    base: str
    verbs: tuple[Verb, ...]
    parameters: tuple[Parameter, ...]
    answer: type[AnswerModel]
    envelope: Envelope
    pace: Pace
    description: str = ""
    subjects: frozenset[Subject] = frozenset()
    is_mutating: bool = False
    code_keys: tuple[str, ...] = ()
    codes: Mapping[int, str] = field(default_factory=dict, hash=False)
    fields: tuple[AnswerField, ...] = ()
    mode_parameter: str = ""
    modes: tuple[Mode, ...] = ()
    together: tuple[Together, ...] = ()
    verdict: Verdict | None = None
    tariff: str = ""
    most_rows: int = 0
    most_rows_told: int = 0
    command_setting: str = ""
    command: str = ""
    estimate: Estimate | None = None
    max_bytes: int = MAX_BODY_BYTES
    read_seconds: float | None = None
    once_seconds: float | None = None
    loses: Loses | None = None
    limit: str = ""
    long_list: str = ""

    @property
    def costs_units(self) -> bool:
        """Whether a call may cost something."""
        return bool(self.tariff or any(mode.tariff for mode in self.modes))

    def mode(self, values: Mapping[str, Any]) -> Mode | None:
        """The mode these values ask for; None where the method has none, or not this one."""
        asked = values.get(self.mode_parameter)
        return next((mode for mode in self.modes if mode.value == asked), None)

    def changes(self, values: Mapping[str, Any]) -> bool:
        """Whether a call with these values changes something."""
        mode = self.mode(values)
        return self.is_mutating if mode is None else mode.is_mutating

    def cost(self, values: Mapping[str, Any]) -> str:
        """What a call with these values costs, in words; "" is nothing."""
        mode = self.mode(values)
        return self.tariff or (mode.tariff if mode else "")

    def loss(self, values: Mapping[str, Any]) -> Loss | None:
        """What a call with these values destroys."""
        mode = self.mode(values)
        loses = self.loses or (mode.loses if mode else None)
        return loses(values) if loses else None

    def answer_fields(self, values: Mapping[str, Any]) -> tuple[AnswerField, ...]:
        """What the answer to these values holds."""
        mode = self.mode(values)
        return self.fields + (mode.fields if mode else ())

    def named(self, command: str) -> "Method[AnswerModel]":
        """This method by the name the configuration gives it.

        Raises:
            ValueError: no method can be called that, or the documents name this one.
        """
        if not self.command_setting:
            raise ValueError(f"{self.name}: is named by the vendor's documents")
        if not _COMMAND.fullmatch(command):
            raise ValueError(f"{self.name}: {self.command_setting} must be a method's name: letters and digits alone")
        return replace(self, command=command)

    def request(self, base_url: str, /, **values: Any) -> Request:
        """The request that carries these values.

        Raises:
            TypeError: a required parameter is missing or one is not declared, or it cannot be sent in this way.
        """
        if self.most_rows:
            raise TypeError(f"{self.name}: takes rows")
        self._expect(values)
        secrets = self._secrets(values)
        headers = {p.header: str(values.pop(p.name)) for p in self.parameters if p.header and p.name in values}
        mode = self.mode(values)
        if mode and mode.content != JSON:
            headers["Accept"] = f"{mode.content}, {JSON}"
        files = {name: values.pop(name) for name, value in list(values.items()) if isinstance(value, Upload)}
        if files and Verb.POST_MULTIPART not in self.verbs:
            raise TypeError(f"{self.name}: takes no file")
        return self._request(base_url, headers, self._sent(values), secrets, files)

    def request_of_rows(self, base_url: str, rows: Sequence[Mapping[str, Any]], /) -> Request:
        """The request that carries these rows, each with its own values.

        Raises:
            TypeError: as of `request`, of any row; or it takes none.
        """
        if not self.most_rows:
            raise TypeError(f"{self.name}: takes no rows")
        for row in rows:
            self._expect(row)
        secrets = [secret for row in rows for secret in self._secrets(row)]
        return self._request(base_url, {}, [self._sent(row) for row in rows], secrets, {})

    def _expect(self, values: Mapping[str, Any]) -> None:
        declared = {parameter.name for parameter in self.parameters}
        needed = {parameter.name for parameter in self.parameters if parameter.is_required}
        if wrong := (values.keys() - declared) | (needed - values.keys()):
            raise TypeError(f"{self.name}: missing or not declared: {', '.join(sorted(wrong))}")
        if any(isinstance(value, Path) for value in values.values()):
            raise TypeError(f"{self.name}: a file must have been read to be sent")

    def _sent(self, values: Mapping[str, Any]) -> dict[str, Any]:
        declared = {parameter.name: parameter for parameter in self.parameters}
        return {name: declared[name].sent(value) for name, value in values.items()}

    def _secrets(self, values: Mapping[str, Any]) -> list[str]:
        return [str(values[p.name]) for p in self.parameters if p.is_secret and p.name in values]

    def _request(
        self,
        base_url: str,
        headers: Mapping[str, str],
        body: Mapping[str, Any] | Sequence[Mapping[str, Any]],
        secrets: Iterable[str],
        files: Mapping[str, Upload],
    ) -> Request:
        if self.command_setting and not self.command:
            raise TypeError(f"{self.name}: {self.command_setting} does not name it")
        unique = tuple(dict.fromkeys(secrets))
        url = f"{base_url}{self.command or self.name}"
        return Request(url, headers, body, self.max_bytes, unique, files, self.read_seconds)
