"""What can be configured. Unknown keys are errors; every default is what a call center would want."""

from typing import Annotated, ClassVar, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    HttpUrl,
    SecretStr,
    model_validator,
)

from wallboard.config.fields import (
    CertificateFile,
    FolderUrl,
    PinHash,
    PollSeconds,
    ProxyUrl,
    QueuePath,
    SourceName,
    TimeZone,
    action_ids,
    path_alone,
)
from wallboard.config.schema import with_secret_ways
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


class YemotQueue(Section):
    """One queue extension of a Yemot system; in the file, its path alone will do."""

    path: QueuePath
    name: str | None = None
    thresholds: QueueLimits = QueueLimits()


class VoicenterQueue(Section):
    """What the board should know of a Voicenter queue beyond what the vendor tells."""

    id: int
    name: str | None = None
    thresholds: QueueLimits = QueueLimits()
    hide: bool = False


class Destination(Section):
    """Where a caller may be sent; used by transfer."""

    path: QueuePath
    name: str | None = None


class SourceBase(Section):
    """What both vendors' sources share."""

    SECRETS: ClassVar[tuple[str, ...]] = ()  # keys that config.secrets resolves from their four ways

    name: SourceName
    poll_seconds: PollSeconds = 5
    proxy: ProxyUrl | None = None
    ca_file: CertificateFile | None = None
    max_requests_per_second: float = Field(default=10, gt=0, le=1000)


class YemotSource(SourceBase):
    """One Yemot system."""

    SECRETS: ClassVar[tuple[str, ...]] = ("token",)
    model_config = ConfigDict(json_schema_extra=with_secret_ways(*SECRETS))

    kind: Literal["yemot"]
    token: SecretStr
    base_url: FolderUrl = HttpUrl("https://www.call2all.co.il/ym/api/")
    queues: tuple[Annotated[YemotQueue, BeforeValidator(path_alone, json_schema_input_type=str | YemotQueue)], ...] = (
        Field(min_length=1)
    )
    transfer_to: tuple[
        Annotated[Destination, BeforeValidator(path_alone, json_schema_input_type=str | Destination)], ...
    ] = ()

    @model_validator(mode="after")
    def _paths_differ(self) -> "YemotSource":
        if twice := _first_twice([queue.path for queue in self.queues]):
            raise ValueError(f"queue {twice} is listed twice")
        return self


class VoicenterSource(SourceBase):
    """One Voicenter account."""

    SECRETS: ClassVar[tuple[str, ...]] = ("code", "dialer_code")
    model_config = ConfigDict(json_schema_extra=with_secret_ways(*SECRETS))

    kind: Literal["voicenter"]
    code: SecretStr
    dialer_code: SecretStr | None = None
    monitor_url: FolderUrl = HttpUrl("https://monapisec.voicenter.co.il/comet/API/")
    extensions_url: FolderUrl = HttpUrl("https://monitor.voicenter.co.il/Comet/api/")
    dialer_url: FolderUrl = HttpUrl("https://api.voicenter.com/ForwardDialer/Dialer/")
    time_zone: TimeZone = "Asia/Jerusalem"
    campaign_poll_seconds: PollSeconds = 30
    queues: tuple[VoicenterQueue, ...] = ()
    smart_dialer_method: str | None = None

    @model_validator(mode="after")
    def _ids_differ(self) -> "VoicenterSource":
        if twice := _first_twice([str(queue.id) for queue in self.queues]):
            raise ValueError(f"queue {twice} is listed twice")
        return self


SourceSettings = Annotated[YemotSource | VoicenterSource, Field(discriminator="kind")]


class Board(Section):
    """How the board looks and who sits before it."""

    theme: str = "night"
    language: Literal["auto", "en", "he"] = "auto"
    text_direction: Literal["auto", "visual", "logical", "words", "off"] = "auto"
    ui_direction: Literal["auto", "rtl", "ltr"] = "auto"
    read_only: bool = False
    mask_phones: bool = False
    operator: str | None = None
    lock_after_minutes: float | None = Field(default=None, gt=0, allow_inf_nan=False)


class ActionSettings(Section):
    """What stands between a key and what it does."""

    confirm: Literal["always", "dangerous"] = "always"
    pin_hash: PinHash | None = None  # kept like a secret: a short PIN is soon guessed from it


class WallSettings(Section):
    """TV mode: the board for a floor that looks up at it."""

    page_seconds: float = Field(default=20, ge=5, le=3600, allow_inf_nan=False)
    message: str = Field(default="", max_length=200)
    allow_quit: bool = False


class ThresholdSettings(Section):
    """The two levels of everything that is watched."""

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
    actions: ActionSettings = ActionSettings()
    wall: WallSettings = WallSettings()
    thresholds: ThresholdSettings = ThresholdSettings()
    agents: dict[str, str] = {}
    keys: Annotated[dict[str, str], AfterValidator(action_ids)] = {}
    source: tuple[SourceSettings, ...] = ()

    @model_validator(mode="after")
    def _names_differ(self) -> "Settings":
        if twice := _first_twice([source.name for source in self.source]):
            raise ValueError(f'two sources are named "{twice}": each needs a name of its own')
        return self

    @model_validator(mode="after")
    def _lock_opens(self) -> "Settings":
        if self.board.lock_after_minutes is not None and self.actions.pin_hash is None:
            raise ValueError(
                "lock_after_minutes in [board] would lock a board that nothing unlocks: run `wallboard config pin`, "
                "and put the line it prints under [actions]"
            )
        return self

    def agent_name(self, source: str, agent_id: str) -> str | None:
        """The configured name of an agent: `"Head office/SIPSIP1"` before `"SIPSIP1"`."""
        return self.agents.get(f"{source}/{agent_id}") or self.agents.get(agent_id)


def _first_twice(values: list[str]) -> str | None:
    return next((value for index, value in enumerate(values) if value in values[:index]), None)
