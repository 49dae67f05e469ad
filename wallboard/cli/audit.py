"""The commands that read the audit: what was done, by whom, to what; and whether it is as it was written."""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wallboard.cli.common import CommonOptions, ExitCode, fail
from wallboard.domain.actions import ActionRecord, Result, Settlement
from wallboard.language.clean import clean
from wallboard.language.width import cell_width, padded

if TYPE_CHECKING:
    from wallboard.engine.audit.trail import Entry

MOST_NAMED_LINES = 10
NOTED = "noted"
UNDER_WAY = "under way"
RESULT_WORDS: dict[str, str] = {
    Result.OK: "ok",
    Result.REFUSED: "refused",
    Result.GONE: "gone: the vendor did not find it any more",
    Result.NOT_SENT: "not sent",
    Result.UNKNOWN: "unknown: it may have been done",
}
SETTLEMENT_WORDS: dict[str, str] = {
    Settlement.VERIFIED: "a later poll showed that it was done",
    Settlement.CONTRADICTED: "a later poll showed that it was not done",
}
UNRECORDED = "unknown: no outcome was recorded"

_MOMENT = "2h, 3d, 2026-11-20 or 2026-11-20T08:00"
_SPAN = re.compile(r"([0-9]{1,6})([mhdw])")
_UNIT_SECONDS = {"m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_HEADINGS = ("TIME", "OPERATOR", "ACTION", "TARGET", "SOURCE", "OUTCOME")
_WIDEST = (19, 20, 38, 60, 24, 300)  # characters


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which actions are asked for; what is None does not matter. Moments are UTC seconds."""

    since: float | None
    until: float | None
    operator: str | None
    source: str | None
    action: str | None
    result: Result | None

    def admits(self, record: ActionRecord, result: str) -> bool:
        """Whether an action, of which this has come, is asked for."""
        return (
            (self.since is None or record.at >= self.since)
            and (self.until is None or record.at < self.until)
            and self.operator in {None, record.operator}
            and self.source in {None, record.source}
            and self.action in {None, record.action}
            and self.result in {None, result}
        )


@dataclass(slots=True)
class Found:
    """What the audit holds of what is asked for: a `Result`, or what stands for one, with each action."""

    actions: list[tuple[ActionRecord, str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)  # numbers of lines that cannot be read
    is_anything: bool = False  # recorded at all, whatever is asked for


def audit(  # noqa: PLR0913, PLR0917 - a command's options
    common: CommonOptions,
    context: typer.Context,
    since: Annotated[str | None, typer.Option(metavar="TIME", help=f"Only from then on: {_MOMENT}.")] = None,
    until: Annotated[str | None, typer.Option(metavar="TIME", help="Only before; a date: to its end.")] = None,
    operator: Annotated[str | None, typer.Option(metavar="NAME", help="Only what this person did.")] = None,
    source: Annotated[str | None, typer.Option(metavar="NAME", help="Only at this account.")] = None,
    action: Annotated[str | None, typer.Option(metavar="ID", help="Only such, as kick_caller.")] = None,
    outcome: Annotated[Result | None, typer.Option(help="Only what came to this.")] = None,
    limit: Annotated[int | None, typer.Option(metavar="N", min=1, help="Only so many, the newest.")] = None,
    is_json: Annotated[bool, typer.Option("--json", help="A JSON array of the audit's own lines.")] = False,
) -> None:
    """List what was done, by whom, to what, and what came of it.

    One row for each action, the newest last; times are this machine's. Ends with 1 if a line cannot be read.
    """
    if context.invoked_subcommand is not None:
        return
    from wallboard.config.paths import audit_file

    wanted = Wanted(_moment(since), _moment(until, is_end=True), operator, source, action, outcome)
    path = audit_file()
    with _faults_told():
        found = _find(path, wanted, limit, is_json=is_json)
    if is_json:
        typer.echo("[" + ",".join(f"\n{line}" for line in found.lines) + ("\n]" if found.lines else "]"))
    elif found.actions:
        typer.echo(table(found.actions))
    if not found.actions:
        typer.echo(f"{path}: nothing of the kind is recorded" if found.is_anything else _nothing_at(path), err=True)
    sys.stdout.flush()
    for number in found.broken[:MOST_NAMED_LINES]:
        typer.echo(f"{path}: line {number} cannot be read and is left out", err=True)
    if found.broken:
        fail(f"Lines that cannot be read: {len(found.broken)}. See `wallboard audit verify`.", ExitCode.FAULT)


def verify(common: CommonOptions) -> None:
    """Say whether the audit is as it was written.

    If not, names the first line that was altered, added or removed, and ends with 1.
    """
    from wallboard.config.paths import audit_file
    from wallboard.engine.audit.verdict import verify as verdict_on

    path = audit_file()
    with _faults_told():
        verdict = verdict_on(path)
    if verdict.fault:
        typer.echo(f"{path}: {verdict.fault}")
        typer.echo("Keep it and audit.head as they are, and compare them with a copy from elsewhere.", err=True)
    elif verdict.since is None:
        typer.echo(_nothing_at(path))
    else:
        lines = f"{verdict.lines:,} line" + ("" if verdict.lines == 1 else "s")
        typer.echo(f"{path}: {lines}, unaltered since {_local(verdict.since)}")
    if verdict.remark:
        typer.echo(verdict.remark, err=True)
    sys.stdout.flush()
    raise typer.Exit(ExitCode.FAULT if verdict.fault else ExitCode.FINE)


@contextmanager
def _faults_told() -> Iterator[None]:
    from wallboard.engine.audit.files import AuditError

    try:
        yield
    except AuditError as error:
        text = str(error)
        fail(text[:1].upper() + text[1:], ExitCode.FAULT)


def _nothing_at(path: Path) -> str:
    return f"Nothing has been recorded yet; it would be in {path}"


def _moment(text: str | None, *, is_end: bool = False) -> float | None:
    """What a person typed, as UTC seconds; a date alone is its beginning, or its end."""
    from wallboard.clock import SystemClock

    if text is None:
        return None
    if span := _SPAN.fullmatch(text):
        return SystemClock().now() - int(span[1]) * _UNIT_SECONDS[span[2]]
    try:
        with suppress(ValueError):
            day = date.fromisoformat(text) + timedelta(days=is_end)
            return datetime.combine(day, time()).timestamp()
        return datetime.fromisoformat(text).timestamp()
    except (ValueError, OverflowError):
        raise typer.BadParameter(f"{text!r} is no time; these are: {_MOMENT}, and 30m, 2w") from None


def _find(path: Path, wanted: Wanted, limit: int | None, *, is_json: bool) -> Found:
    import socket

    from wallboard.clock import SystemClock
    from wallboard.engine.audit.records import abandoned, records_of
    from wallboard.engine.audit.trail import audit_trail

    found = Found()
    with audit_trail(path) as trail:
        records = records_of(_readable(trail.forward(), found.broken))
        found.is_anything = bool(records or found.broken)
        is_any_open = any(record.is_intended and not record.outcome for record in records.values())
        entries = trail.forward() if is_any_open else ()
        ended = abandoned(entries, socket.gethostname(), SystemClock().now())
        results = {key: _result(record, is_ended=key in ended) for key, record in records.items()}
        keys = [key for key, record in records.items() if wanted.admits(record, results[key])]
        kept = set(keys[-limit:] if limit else keys)
        found.actions = [(records[key], results[key]) for key in keys if key in kept]
        if is_json:
            found.lines = [_line(entry) for entry in trail.forward() if entry.fields and entry.key in kept]
    return found


def _readable(entries: "Iterable[Entry]", broken: list[int]) -> "Iterator[Entry]":
    for number, entry in enumerate(entries, 1):
        if entry.fields is None:
            broken.append(number)
        else:
            yield entry


def _result(record: ActionRecord, *, is_ended: bool) -> str:
    """What came of an action: a `Result`, or that it is no action, or that its program is still at it."""
    if record.outcome:
        return record.outcome
    from wallboard.engine.audit.records import is_action

    if not is_action(record):
        return NOTED
    return Result.UNKNOWN if is_ended or record.settlement else UNDER_WAY


def _line(entry: "Entry") -> str:
    """A line as it is; where the output cannot carry it, escaped, which means the same."""
    from wallboard.engine.audit.log import harmless

    is_unicode = "utf" in (sys.stdout.encoding or "").lower()
    return harmless(entry.content.decode()) if is_unicode else json.dumps(entry.fields)


def table(actions: Sequence[tuple[ActionRecord, str]]) -> str:
    """Aligned rows, one for each action and what came of it."""
    rows = [_HEADINGS, *(_row(record, result) for record, result in actions)]
    rows = [tuple(clean(cell, most) for cell, most in zip(row, _WIDEST, strict=True)) for row in rows]
    widths = [max(map(cell_width, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _row(record: ActionRecord, result: str) -> tuple[str, ...]:
    parameters = ", ".join(f"{name} {value}" for name, value in record.parameters)
    target = (record.words or record.target) + (f" ({parameters})" if parameters else "")
    return _local(record.at), record.operator, record.action, target, record.source, _outcome(record, result)


def _outcome(record: ActionRecord, result: str) -> str:
    words = RESULT_WORDS.get(result, result) if record.outcome or result != Result.UNKNOWN else UNRECORDED
    vendor = ": ".join(filter(None, (record.vendor_code, record.vendor_message)))
    settlement = SETTLEMENT_WORDS.get(record.settlement, record.settlement) if record.settlement else ""
    return "; ".join(filter(None, (f"{words} ({vendor})" if vendor else words, settlement)))


def _local(at: float) -> str:
    return f"{datetime.fromtimestamp(at, UTC).astimezone():%Y-%m-%d %H:%M:%S}"
