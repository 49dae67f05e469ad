"""What can be configured. Unknown keys are errors; every default is what a call center would want."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, HttpUrl, SecretStr, model_validator

from wallboard.domain.thresholds import Threshold, Thresholds


class Section(BaseModel):
    """A table of the file: frozen, strict about its keys, silent about what was typed into secrets."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, str_strip_whitespace=True)


class Limits(Section):
    """One threshold: `{ warn = 60, breach = 120 }`."""

    warn: float = Field(ge=0, allow_inf_nan=False)
    breach: float = Field(ge=0, allow_inf_nan=False)

    @model_validator(mode="after")
    def _ordered(self) -> "Limits":
        if self.warn > self.breach:
            raise ValueError("warn must not be above breach")
        return self

    def threshold(self) -> Threshold:
        return Threshold(self.warn, self.breach)


class QueueLimits(Section):
    """A queue's own thresholds; what is not named is the floor's."""

    longest_wait_seconds: Limits | None = None
    waiting: Limits | None = None
    paused_seconds: Limits | None = None

    def over(self, floor: Thresholds) -> Thresholds:
        """These where set, else the floor's."""
        return Thresholds(
            longest_wait_seconds=_or(self.longest_wait_seconds, floor.longest_wait_seconds),
            waiting=_or(self.waiting, floor.waiting),
            paused_seconds=_or(self.paused_seconds, floor.paused_seconds),
        )


def _or(limits: Limits | None, otherwise: Threshold) -> Threshold:
    return limits.threshold() if limits else otherwise


def _queue_path(path: str) -> str:
    path = path.strip()
    if path != "." and not path.startswith("/"):
        raise ValueError('a queue\'s path is "." for the root extension or starts with "/", as in "/2/5"')
    return path.rstrip("/") or "."


def _source_name(name: str) -> str:
    if not name or "/" in name:
        raise ValueError('a source\'s name is needed, without "/"')
    return name


QueuePath = Annotated[str, AfterValidator(_queue_path)]
SourceName = Annotated[str, Field(max_length=40), AfterValidator(_source_name)]
PollSeconds = Annotated[float, Field(ge=0.5, le=86_400, allow_inf_nan=False)]


class YemotQueue(Section):
    path: QueuePath
    name: str | None = None
    thresholds: QueueLimits = QueueLimits()


class VoicenterQueue(Section):
    id: int
    name: str | None = None
    thresholds: QueueLimits = QueueLimits()
    hide: bool = False


class Destination(Section):
    """Where a caller may be sent; used by transfer."""

    path: QueuePath
    name: str | None = None


def _path_alone(value: Any) -> Any:
    return {"path": value} if isinstance(value, str) else value


class SourceBase(Section):
    """What both vendors' sources share."""

    name: SourceName
    poll_seconds: PollSeconds = 5
    proxy: str | None = None
    ca_file: str | None = None
    max_requests_per_second: float = Field(default=10, gt=0, le=1000)


class YemotSource(SourceBase):
    kind: Literal["yemot"]
    token: SecretStr  # resolved by config.secrets from token, token_env, token_file or token_command
    base_url: HttpUrl = HttpUrl("https://www.call2all.co.il/ym/api/")
    queues: tuple[Annotated[YemotQueue, BeforeValidator(_path_alone)], ...] = Field(min_length=1)
    transfer_to: tuple[Annotated[Destination, BeforeValidator(_path_alone)], ...] = ()


class VoicenterSource(SourceBase):
    kind: Literal["voicenter"]
    code: SecretStr
    dialer_code: SecretStr | None = None
    monitor_url: HttpUrl = HttpUrl("https://monapisec.voicenter.co.il/comet/API/")
    extensions_url: HttpUrl = HttpUrl("https://monitor.voicenter.co.il/Comet/api/")
    dialer_url: HttpUrl = HttpUrl("https://api.voicenter.com/ForwardDialer/Dialer/")
    time_zone: str = "Asia/Jerusalem"
    campaign_poll_seconds: PollSeconds = 30
    queues: tuple[VoicenterQueue, ...] = ()
    smart_dialer_method: str | None = None


SourceSettings = Annotated[YemotSource | VoicenterSource, Field(discriminator="kind")]


class Board(Section):
    theme: str = "night"
    language: Literal["auto", "en", "he"] = "auto"
    text_direction: Literal["auto", "visual", "logical", "words", "off"] = "auto"
    read_only: bool = False
    mask_phones: bool = False
    operator: str | None = None


class ThresholdSettings(Section):
    longest_wait_seconds: Limits = Limits(warn=60, breach=120)
    waiting: Limits = Limits(warn=3, breach=6)
    paused_seconds: Limits = Limits(warn=600, breach=900)

    def thresholds(self) -> Thresholds:
        return Thresholds(
            self.longest_wait_seconds.threshold(), self.waiting.threshold(), self.paused_seconds.threshold()
        )


class Settings(Section):
    """The whole configuration; tables are as in the README."""

    board: Board = Board()
    thresholds: ThresholdSettings = ThresholdSettings()
    agents: dict[str, str] = {}
    keys: dict[str, str] = {}
    source: tuple[SourceSettings, ...] = ()

    @model_validator(mode="after")
    def _names_differ(self) -> "Settings":
        names = [source.name for source in self.source]
        if twice := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"two sources are named {sorted(twice)[0]!r}: each needs a name of its own")
        return self

    def agent_name(self, source: str, agent_id: str) -> str | None:
        """The configured name of an agent: `"Head office/SIPSIP1"` before `"SIPSIP1"`."""
        return self.agents.get(f"{source}/{agent_id}") or self.agents.get(agent_id)
