"""What is allowed and better otherwise."""

from collections.abc import Iterable
from ipaddress import ip_address

from pydantic import HttpUrl

from wallboard.config.keys import nearest
from wallboard.config.model import Settings, SourceBase, VoicenterSource, YemotSource

VOICENTER_LEAST_SECONDS = 5


def advice(settings: Settings) -> list[str]:
    """One line for each setting that will do harm or nothing."""
    lines = [line for source in settings.source for line in _of_source(source)]
    return [*lines, *_of_agents(settings)]


def _of_source(source: SourceBase) -> Iterable[str]:
    for key, value in source:
        if isinstance(value, HttpUrl) and value.scheme == "http" and not _is_loopback(value.host or ""):
            yield (
                f'source "{source.name}": {key} is plain http to {value.host}: anybody on the way can read the secret. '
                "Use https."
            )
    if isinstance(source, VoicenterSource) and source.poll_seconds < VOICENTER_LEAST_SECONDS:
        yield (
            f'source "{source.name}": poll_seconds = {source.poll_seconds:g} is below the {VOICENTER_LEAST_SECONDS} s '
            "that Voicenter asks for: it may answer with old figures or slow down. Use 5 or more."
        )
    if isinstance(source, YemotSource) and ":" in source.token.get_secret_value():
        yield (
            f'source "{source.name}": the token is a number with its password. Each poll may open a new session, and '
            "too many block the whole system. Make an API key at https://www.call2all.co.il/firewall."
        )


def _of_agents(settings: Settings) -> Iterable[str]:
    names = [source.name for source in settings.source]
    for agent_id in settings.agents:
        source, slash, _ = agent_id.partition("/")
        if slash and source not in names:
            near = nearest(source, names)
            hint = f'; the nearest is "{near}"' if near else ""
            yield f'agents."{agent_id}": no source is named "{source}", so the name is never used{hint}.'


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
