"""The requests that came, for tests and trainings: what was asked and how, never the values."""

from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_RECORDS_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in a multipart body."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ApiCall:
    """One request. `content_type` is without its parameters.

    `body` is empty unless it was a form, multipart or a JSON object, `rows` unless it was a JSON array.
    """

    method: str
    path: str
    verb: str
    content_type: str
    query: Mapping[str, str] = field(repr=False)
    body: Mapping[str, Any] = field(repr=False)
    authorization: str | None = field(default=None, repr=False)
    client: tuple[str, int] | None = None
    rows: Sequence[Any] = field(default=(), repr=False)

    @property
    def parameters(self) -> dict[str, Any]:
        return {**self.query, **self.body}


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """One request remembered, without its values. `moment` is in machine seconds since the world's start."""

    moment: float
    method: str
    path: str
    verb: str
    content_type: str
    query_names: tuple[str, ...]
    body_names: tuple[str, ...]
    has_authorization: bool
    client: tuple[str, int] | None


class RequestLog:
    """The last requests of a world."""

    def __init__(self) -> None:
        self.records: deque[RequestRecord] = deque(maxlen=_RECORDS_KEPT)
        self.counts: Counter[str] = Counter()  # requests by method
        self.too_fast: Counter[str] = Counter()  # Voicenter polls that got the previous answer again, by method
        self.faults: Counter[str] = Counter()  # faults that were done to requests, by kind

    @property
    def connections(self) -> int:
        """How many connections the remembered requests came by."""
        return len({record.client for record in self.records})

    def add(self, moment: float, call: ApiCall) -> None:
        self.counts[call.method] += 1
        self.records.append(
            RequestRecord(
                moment=moment,
                method=call.method,
                path=call.path,
                verb=call.verb,
                content_type=call.content_type,
                query_names=tuple(call.query),
                body_names=tuple(call.body),
                has_authorization=call.authorization is not None,
                client=call.client,
            )
        )
