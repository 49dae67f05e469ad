"""The kinds of values that settings hold, each with what it must be like."""

from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, HttpUrl, SecretStr

from wallboard.config.pin import is_pin_hash


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
    return path


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError('must be the name of a time zone, as in "Asia/Jerusalem"') from None
    return name


def _pin_hash(text: SecretStr) -> SecretStr:
    if not is_pin_hash(text.get_secret_value()):
        raise ValueError("is not what `wallboard config pin` prints: run it, and copy the whole text")
    return text


def action_ids(keys: dict[str, str]) -> dict[str, str]:
    """An environment variable shouts: WALLBOARD_KEYS__KICK_CALLER."""
    return {action.lower(): key for action, key in keys.items()}


def path_alone(value: Any) -> Any:
    """A queue in its short form: its path."""
    return {"path": value} if isinstance(value, str) else value


QueuePath = Annotated[str, AfterValidator(_queue_path)]
SourceName = Annotated[str, Field(max_length=40), AfterValidator(_source_name)]
PollSeconds = Annotated[float, Field(ge=0.5, le=86_400, allow_inf_nan=False)]
FolderUrl = Annotated[HttpUrl, AfterValidator(_folder_url)]
ProxyUrl = Annotated[str, AfterValidator(_proxy)]
CertificateFile = Annotated[str, AfterValidator(_certificates)]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
PinHash = Annotated[SecretStr, AfterValidator(_pin_hash)]
