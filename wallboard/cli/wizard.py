"""`wallboard init`: asks, tries, writes."""

import os
import sys
from collections.abc import Mapping, Sequence
from getpass import getpass
from pathlib import Path
from typing import Any

import typer

from wallboard.assembly.loop import run_to_end
from wallboard.assembly.sources import probe
from wallboard.cli.common import CommonOptions, ExitCode, fail
from wallboard.cli.probes import table
from wallboard.cli.session import begin_log
from wallboard.config.errors import ConfigError
from wallboard.config.file import write_private
from wallboard.config.load import checked
from wallboard.config.location import locate
from wallboard.config.logs import keep_out
from wallboard.config.model import Settings, VoicenterSource, YemotSource
from wallboard.config.secrets import secret_values
from wallboard.config.template import new_configuration

Source = dict[str, Any]  # a [[source]] table

_KINDS: dict[str, type[YemotSource | VoicenterSource]] = {"yemot": YemotSource, "voicenter": VoicenterSource}
_FIRST_NAMES = {"yemot": "Yemot", "voicenter": "Voicenter"}
_URLS = {"yemot": ("base_url",), "voicenter": ("monitor_url", "extensions_url", "dialer_url")}


def ask_and_write(common: CommonOptions) -> None:
    """Ask for sources until there are no more, and write them."""
    if not sys.stdin.isatty():
        fail(
            "`wallboard init` asks questions and needs a terminal to hear the answers. Without one, write "
            f"{locate(common.config)} yourself: `wallboard config schema` tells what may stand in it.",
            ExitCode.USAGE,
        )
    path = locate(common.config)
    if path.exists() and not typer.confirm(f"{path} exists already. Replace it?", default=False):
        fail("Nothing was written.", ExitCode.FAULT)
    _require_writable(path)
    begin_log(common)
    sources: list[Source] = []
    while not sources or typer.confirm("Another source?", default=False):
        sources.append(_tried_source(sources))
    try:
        write_private(path, new_configuration(sources))
    except OSError as error:
        fail(f"{path}: cannot be written: {error.strerror or error}. Nothing was changed.", ExitCode.FAULT)
    typer.echo(f"Written: {path}, readable by you alone. Next: wallboard run")


def _require_writable(path: Path) -> None:
    """Said before the questions: nobody wants to answer them twice."""
    folder = next(folder for folder in path.absolute().parents if folder.exists())
    if not os.access(folder, os.W_OK):
        fail(f"{path}: {folder} cannot be written to. Choose another place: --config FILE", ExitCode.FAULT)


def _tried_source(others: Sequence[Source]) -> Source:
    """One source, asked for until it can be used and has answered, or is wanted all the same."""
    source: Source = {}
    while True:
        source = _ask_source(source)
        try:
            checked({"source": [*others, source]})
            settings = checked({"source": [source]})
            keep_out(secret_values(settings))
        except ConfigError as error:
            typer.echo(f"{error}\nOnce more, please.", err=True)
            continue
        if _answers(settings) or typer.confirm("Keep it all the same?", default=False):
            return source


def _answers(settings: Settings) -> bool:
    typer.echo("Trying it …")
    probes = run_to_end(probe, settings)
    typer.echo(table(probes))
    return not any(probe.fault for probe in probes)


def _ask_source(before: Mapping[str, Any]) -> Source:
    """The answers, with those of the last time as defaults; secrets are never shown again."""
    kind = _ask_kind(before.get("kind", "yemot"))
    before = before if before.get("kind") == kind else {}
    source: Source = {
        "kind": kind,
        "name": typer.prompt("Its name on the board", before.get("name", _FIRST_NAMES[kind])),
    }
    if kind == "yemot":
        source["token"] = _ask_secret("Token, best an API key", is_needed=True)
        paths = typer.prompt("Paths of its queues, separated by commas", ", ".join(before.get("queues", ["/1"])))
        source["queues"] = [path.strip() for path in paths.split(",") if path.strip()]
    else:
        source["code"] = _ask_secret("Code", is_needed=True)
        if dialer_code := _ask_secret("Code for campaigns, if it is another", is_needed=False):
            source["dialer_code"] = dialer_code
    return source | _ask_urls(kind, before)


def _ask_secret(label: str, *, is_needed: bool) -> str:
    """An answer that the terminal does not show; Typer's own prompt asks before it has stopped showing."""
    while True:
        try:
            secret = getpass(f"{label} (not shown): ").strip()
        except EOFError:
            raise typer.Abort from None
        if secret or not is_needed:
            return secret


def _ask_kind(default: str) -> str:
    while True:
        kind = str(typer.prompt(f"Which vendor: {' or '.join(_KINDS)}", default)).strip().lower()
        if near := [known for known in _KINDS if kind and known.startswith(kind)]:
            return near[0]
        typer.echo(f'"{kind}" is neither.', err=True)


def _ask_urls(kind: str, before: Mapping[str, Any]) -> Source:
    """The addresses that differ from the vendor's own."""
    usual = {key: str(_KINDS[kind].model_fields[key].default) for key in _URLS[kind]}
    if typer.confirm("At the vendor's usual addresses?", default=not any(key in before for key in usual)):
        return {}
    answers = {key: typer.prompt(key, before.get(key, url)) for key, url in usual.items()}
    return {key: url for key, url in answers.items() if url != usual[key]}
