"""The requests that came, as a test or a training wants to see them: never their secrets."""

from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class ApiCall:
    """One request, read: the parameters of the query and of the body together."""

    method: str
    path: str
    verb: str
    content_type: str
    parameters: Mapping[str, Any] = field(repr=False)
    authorization: str | None = field(default=None, repr=False)
    client: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """One request, remembered. `moment` is in machine seconds since the world's start."""

    moment: float
    method: str
    path: str
    verb: str
    content_type: str
    parameter_names: tuple[str, ...]
    query_names: tuple[str, ...]
    has_authorization: bool
    client: tuple[str, int] | None


class RequestLog:
    """The last requests, and the connections they came by."""

    def __init__(self) -> None:
        self.records: deque[RequestRecord] = deque(maxlen=_KEPT)
        self.counts: Counter[str] = Counter()
        self.too_fast: Counter[str] = Counter()  # Voicenter polls that got the previous answer again
        self._clients: set[tuple[str, int]] = set()
