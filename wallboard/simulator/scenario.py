"""Scenarios: what kind of day the simulated call centre has. One TOML file each, in `scenarios/`."""

import tomllib
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from wallboard.simulator.names import FOLDER, SCENARIO_NAMES

DEFAULT_SCENARIO = "busy"

Share = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
NotNegative = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class ScenarioError(ValueError):
    """There is no scenario of that name; the text lists those that are."""


class Vendor(StrEnum):
    """Whose telephone exchange something lives at."""

    YEMOT = "yemot"
    VOICENTER = "voicenter"


class Table(BaseModel):
    """A table of a scenario's file: frozen, strict about its keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class QueuePlan(Table):
    """A queue. At Yemot it lives at a `path`, at Voicenter it has an `id`; `copies` makes numbered ones of it."""

    vendor: Vendor
    name: str
    path: str | None = Field(default=None, pattern=r"^(\.|(/\w+)+)$")
    id: int | None = None
    calls_per_hour: NotNegative
    talk_seconds: Positive = 180
    patience_seconds: Positive = 600
    # Told as it is; ringall rings several agents at once, all others the one who is idle longest.
    strategy: Literal["ringall", "linear", "rrmemory", "leastrecent", "fewestcalls", "random"] = "leastrecent"
    weight: int = 0
    max: int = 0
    copies: int = Field(default=1, ge=1)

    @model_validator(mode="after")
    def _placed(self) -> "QueuePlan":
        if (self.path is None) is (self.vendor is Vendor.YEMOT) or (self.id is None) is (
            self.vendor is Vendor.VOICENTER
        ):
            raise ValueError(f"queue {self.name!r}: a Yemot queue has a path, a Voicenter queue an id, and not both")
        return self


class TeamPlan(Table):
    """Agents who sit together and serve the same queues; the n-th copy serves the n-th copies of its queues."""

    vendor: Vendor
    name: str
    agents: int = Field(ge=1)
    queues: tuple[str, ...] = ()
    copies: int = Field(default=1, ge=1)


class CampaignPlan(Table):
    """A Voicenter dialer campaign: an agent dialer works for a `team`, a smart one fills a `queue`."""

    name: str
    targets: int = Field(ge=0)
    calls_per_minute: Positive
    team: str | None = None
    queue: str | None = None
    is_running: bool = True
    min_priority: int = 1
    max_priority: int = 1
    copies: int = Field(default=1, ge=1)

    @model_validator(mode="after")
    def _of_one_kind(self) -> "CampaignPlan":
        if (self.team is None) is (self.queue is None):
            raise ValueError(f"campaign {self.name!r} needs a team (agent dialer) or a queue (smart dialer), not both")
        return self


class FaultKind(StrEnum):
    """What can go wrong with one request."""

    HANG = "hang"  # the request is taken and never answered
    SLOW = "slow"  # the answer comes `seconds` late
    ERROR = "error"  # HTTP 500
    LIMITED = "limited"  # HTTP 429 with Retry-After: `seconds`
    PAGE = "page"  # somebody else's HTML under HTTP 200
    EMPTY = "empty"  # HTTP 200 without a body
    GARBAGE = "garbage"  # bytes that are not JSON
    TRUNCATED = "truncated"  # the body ends in the middle and the connection closes
    FROZEN = "frozen"  # the first answer of the window, again and again


class FaultPlan(Table):
    """A fault of one method (`*` for all): for `for_seconds` of every `every_seconds`, or always where none are given.

    These are seconds of the machine's time, whatever the world's speed.
    """

    kind: FaultKind
    method: str = "*"
    probability: Share = 1.0
    every_seconds: Positive | None = None
    for_seconds: Positive = 20
    from_seconds: NotNegative = 0
    seconds: NotNegative = 5

    def window(self, elapsed: float) -> int | None:
        """The number of the window that is open, from 0."""
        if elapsed < self.from_seconds:
            return None
        if self.every_seconds is None:
            return 0
        number, inside = divmod(elapsed - self.from_seconds, self.every_seconds)
        return int(number) if inside < self.for_seconds else None


class Rota(Table):
    """How agents come and go."""

    minutes_between_breaks: Positive = 30
    away_share: Share = 0.15  # on a break at the start
    logged_out_share: Share = 0.05  # not at work at the start
    logged_out_minutes: Positive = 45


class Pace(Table):
    """How the calls behave on the whole floor."""

    load: NotNegative = 1.0  # multiplies every queue's calls_per_hour
    wave_seconds: Positive = 900  # arrivals swell and ebb with about this period, each queue for itself
    wave_depth: Share = 0.4
    answer_share: Share = 0.9  # of the agents that are rung
    wrap_up_seconds: NotNegative = 12
    outgoing_per_agent_hour: NotNegative = 1.0
    direct_per_agent_hour: NotNegative = 0.5


class Quirks(Table):
    """The vendors' habits that some tests want otherwise."""

    empty_as_object: bool = False  # Yemot's empty lists come as {}
    has_sip: bool = True  # Yemot's server supports SIP accounts
    throttle_seconds: NotNegative = 5  # Voicenter's monitoring answers are this old at most before they are made anew


class AccountPlan(Table):
    """The Yemot system's credit."""

    name: str = "חברת אופק שירותים"
    units: NotNegative = 4_820.5
    units_per_hour: NotNegative = 36
    expires_in_days: int = 143


class Scenario(Table):
    """A whole day's plan."""

    name: str
    title: str
    warm_seconds: Positive = 1_500  # lived through before the world is shown
    pace: Pace = Pace()
    rota: Rota = Rota()
    quirks: Quirks = Quirks()
    account: AccountPlan = AccountPlan()
    queue: tuple[QueuePlan, ...] = Field(min_length=1)
    team: tuple[TeamPlan, ...] = ()
    campaign: tuple[CampaignPlan, ...] = ()
    fault: tuple[FaultPlan, ...] = ()

    @model_validator(mode="after")
    def _names_known(self) -> "Scenario":
        queues = {queue.name: queue.vendor for queue in self.queue}
        teams = {team.name: team.vendor for team in self.team}
        if len(queues) < len(self.queue) or len(teams) < len(self.team):
            raise ValueError("two queues or two teams have the same name")
        for team in self.team:
            if any(queues.get(queue) is not team.vendor for queue in team.queues):
                raise ValueError(f"team {team.name!r} serves a queue that its vendor does not have")
        for plan in self.campaign:
            where = queues.get(plan.queue) if plan.queue else teams.get(plan.team or "")
            if where is not Vendor.VOICENTER:
                raise ValueError(f"campaign {plan.name!r} needs a team or a queue at Voicenter")
        return self


def load_scenario(name: str) -> Scenario:
    """Read one of `SCENARIO_NAMES`.

    Raises:
        ScenarioError: there is none of that name.
    """
    if name not in SCENARIO_NAMES:
        raise ScenarioError(f"There is no scenario {name!r}. Choose one of: {', '.join(SCENARIO_NAMES)}.")
    return Scenario.model_validate({**_tables(name), "name": name})


def _tables(name: str) -> dict[str, Any]:
    """A file's tables; those of the scenario it is `based_on` stand where it has none of its own."""
    tables = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    base = tables.pop("based_on", None)
    return {**_tables(base), **tables} if base else tables
