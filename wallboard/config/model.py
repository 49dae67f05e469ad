"""What can be configured. Unknown keys are errors; every default is what a call center would want."""

from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

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
    if not name or "/" in name or not name.isprintable():
        raise ValueError('a source needs a name, without "/" and control characters')
    return name


def _folder_url(url: HttpUrl) -> HttpUrl:
    """Methods are appended to it, so it must end with a slash."""
    if url.query or url.fragment:
        raise ValueError('must end with the folder of the methods, without "?" and "#"')
    return url if str(url).endswith("/") else HttpUrl(f"{url}/")


def _proxy(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError('must be the URL of an HTTP proxy, as in "http://proxy.example:3128"')
    return url


def _certificates(path: str) -> str:
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context.load_verify_locations(path)
    except ssl.SSLError:
        raise ValueError(f"{path} holds no certificate in PEM form") from None
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}") from None
    return str(Path(path))


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError('must be the name of a time zone, as in "Asia/Jerusalem"') from None
    return name


def _action_ids(keys: dict[str, str]) -> dict[str, str]:
    """An environment variable shouts: WALLBOARD_KEYS__KICK_CALLER."""
    return {action.lower(): key for action, key in keys.items()}


QueuePath = Annotated[str, AfterValidator(_queue_path)]
SourceName = Annotated[str, Field(max_length=40), AfterValidator(_source_name)]
PollSeconds = Annotated[float, Field(ge=0.5, le=86_400, allow_inf_nan=False)]
FolderUrl = Annotated[HttpUrl, AfterValidator(_folder_url)]


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


SECRET_WAYS = ("", "_env", "_file", "_command")


def _with_secret_ways(schema: dict[str, Any], section: "type[SourceBase]") -> None:
    """The file may name a secret in four ways; the model knows only the one they are resolved to."""
    properties = schema["properties"]
    one_each = []
    for name in section.SECRETS:
        properties[name] = {"type": "string", "writeOnly": True}
        properties[f"{name}_env"] = {"type": "string", "description": "environment variable that holds it"}
        properties[f"{name}_file"] = {"type": "string", "description": "file that holds it"}
        properties[f"{name}_command"] = {
            "type": "array",
            "items": {"type": "string"},
            "minItems": 1,
            "description": "program and arguments that print it",
        }
        ways: list[dict[str, Any]] = [{"required": [name + way]} for way in SECRET_WAYS]
        if name not in schema["required"]:
            ways.append({"not": {"anyOf": list(ways)}})
        one_each.append({"oneOf": ways})
    schema["required"] = [name for name in schema["required"] if name not in section.SECRETS]
    schema["allOf"] = one_each


class SourceBase(Section):
    """What both vendors' sources share."""

    SECRETS: ClassVar[tuple[str, ...]] = ()  # keys that config.secrets resolves from their four ways

    name: SourceName
    poll_seconds: PollSeconds = 5
    proxy: Annotated[str, AfterValidator(_proxy)] | None = None
    ca_file: Annotated[str, AfterValidator(_certificates)] | None = None
    max_requests_per_second: float = Field(default=10, gt=0, le=1000)


class YemotSource(SourceBase):
    model_config = ConfigDict(json_schema_extra=lambda schema: _with_secret_ways(schema, YemotSource))
    SECRETS: ClassVar[tuple[str, ...]] = ("token",)

    kind: Literal["yemot"]
    token: SecretStr
    base_url: FolderUrl = HttpUrl("https://www.call2all.co.il/ym/api/")
    queues: tuple[Annotated[YemotQueue, BeforeValidator(_path_alone, json_schema_input_type=str | YemotQueue)], ...] = (
        Field(min_length=1)
    )
    transfer_to: tuple[
        Annotated[Destination, BeforeValidator(_path_alone, json_schema_input_type=str | Destination)], ...
    ] = ()

    @model_validator(mode="after")
    def _paths_differ(self) -> "YemotSource":
        if twice := _first_twice([queue.path for queue in self.queues]):
            raise ValueError(f"queue {twice} is listed twice")
        return self


class VoicenterSource(SourceBase):
    model_config = ConfigDict(json_schema_extra=lambda schema: _with_secret_ways(schema, VoicenterSource))
    SECRETS: ClassVar[tuple[str, ...]] = ("code", "dialer_code")

    kind: Literal["voicenter"]
    code: SecretStr
    dialer_code: SecretStr | None = None
    monitor_url: FolderUrl = HttpUrl("https://monapisec.voicenter.co.il/comet/API/")
    extensions_url: FolderUrl = HttpUrl("https://monitor.voicenter.co.il/Comet/api/")
    dialer_url: FolderUrl = HttpUrl("https://api.voicenter.com/ForwardDialer/Dialer/")
    time_zone: Annotated[str, AfterValidator(_time_zone)] = "Asia/Jerusalem"
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
    keys: Annotated[dict[str, str], AfterValidator(_action_ids)] = {}
    source: tuple[SourceSettings, ...] = ()

    @model_validator(mode="after")
    def _names_differ(self) -> "Settings":
        if twice := _first_twice([source.name for source in self.source]):
            raise ValueError(f'two sources are named "{twice}": each needs a name of its own')
        return self

    def agent_name(self, source: str, agent_id: str) -> str | None:
        """The configured name of an agent: `"Head office/SIPSIP1"` before `"SIPSIP1"`."""
        return self.agents.get(f"{source}/{agent_id}") or self.agents.get(agent_id)


def _first_twice(values: list[str]) -> str | None:
    return next((value for index, value in enumerate(values) if value in values[:index]), None)
