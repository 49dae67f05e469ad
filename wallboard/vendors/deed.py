"""How a command is carried out at a vendor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wallboard.domain.actions import Obstacle, Outcome, Result
from wallboard.vendors.method import Method

NOT_CAPABLE = Outcome(Result.NOT_SENT, obstacle=Obstacle.NOT_CAPABLE)


@dataclass(frozen=True, slots=True)
class Deed:
    """The method that does it, and what it is given besides credentials; `rows` of one that takes several."""

    method: Method[Any]
    values: Mapping[str, Any] = field(repr=False)
    rows: Sequence[Mapping[str, Any]] | None = field(default=None, repr=False)
