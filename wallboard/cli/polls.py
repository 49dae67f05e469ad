"""The commands that ask the vendors once: once, check."""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from wallboard.cli.common import CommonOptions, ExitCode

if TYPE_CHECKING:
    from wallboard.domain.faults import Fault


def once(
    common: CommonOptions,
    is_json: Annotated[bool, typer.Option("--json", help="One JSON object; the default.")] = False,
    is_plain: Annotated[bool, typer.Option("--plain", help="Plain text, for screen readers and cron.")] = False,
    is_schema: Annotated[bool, typer.Option("--schema", help="Only the JSON schema of the object.")] = False,
) -> None:
    """Poll each feed once and print the board.

    Ends with 3 if a secret was refused, else 1 if anything failed, else 0.
    """
    if is_json and is_plain:
        raise typer.BadParameter("--json and --plain exclude each other")
    if is_schema:
        _print_schema()
        return
    from wallboard.assembly.loop import run_to_end
    from wallboard.assembly.sources import poll_once
    from wallboard.cli.document import document
    from wallboard.cli.plain import plain_text
    from wallboard.cli.session import begin
    from wallboard.clock import SystemClock

    settings = begin(common).settings
    snapshot = run_to_end(poll_once, settings)
    record = document(snapshot, SystemClock(), is_masking=settings.board.mask_phones)
    typer.echo(plain_text(record, snapshot.floor.agents) if is_plain else _json(record))
    sys.stdout.flush()
    raise typer.Exit(exit_code(feed.fault for feed in snapshot.feeds.values()))


def check(common: CommonOptions) -> None:
    """Try every feed and setting, and say what is wrong.

    A table: feed, answer, milliseconds, what was seen; under a row, what is wrong and how to mend it.
    Ends with 3 if a secret was refused, else 1 if anything failed, else 0.
    """
    from wallboard.assembly.loop import run_to_end
    from wallboard.assembly.sources import probe
    from wallboard.cli.probes import table
    from wallboard.cli.session import begin
    from wallboard.config.paths import themes_dir
    from wallboard.ui.theming import load_themes

    loaded = begin(common)
    typer.echo(f"Configuration: {loaded.path or 'the environment'}\n")
    theme, shelf = loaded.settings.board.theme, load_themes(themes_dir())
    if theme not in shelf.themes:
        typer.echo(f'Warning: there is no theme "{theme}": {", ".join(shelf.themes)}', err=True)
    probes = run_to_end(probe, loaded.settings)
    typer.echo(table(probes))
    failed = sum(1 for probe in probes if probe.fault)
    typer.echo(f"\n{len(probes) - failed} of {len(probes)} feeds answered.")
    sys.stdout.flush()
    raise typer.Exit(exit_code(probe.fault for probe in probes))


def exit_code(faults: Iterable["Fault | None"]) -> ExitCode:
    """3 if a vendor refused a secret, else 1 if anything failed, else 0."""
    from wallboard.domain.faults import FaultCode

    refused = {FaultCode.CREDENTIALS, FaultCode.SESSION, FaultCode.MFA}
    codes = {fault.code for fault in faults if fault}
    if codes & refused:
        return ExitCode.REFUSED
    return ExitCode.FAULT if codes else ExitCode.FINE


def _print_schema() -> None:
    import json

    from pydantic import TypeAdapter

    from wallboard.cli.records import Document

    typer.echo(json.dumps(TypeAdapter(Document).json_schema(), indent=2))


def _json(record: object) -> str:
    import dataclasses
    import json

    # Hebrew as it is where the output can carry it; escaped, which means the same, where it cannot.
    is_unicode = "utf" in (sys.stdout.encoding or "").lower()
    return json.dumps(dataclasses.asdict(record), ensure_ascii=not is_unicode, indent=2)  # type: ignore[call-overload]
