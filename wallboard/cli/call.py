"""The command that calls any documented method of a vendor: call."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wallboard.cli.common import CommonOptions, ExitCode, fail

if TYPE_CHECKING:
    from wallboard.assembly.calling import Reply
    from wallboard.assembly.orders import Order
    from wallboard.cli.call_answer import Shown
    from wallboard.config.model import Settings


def call(  # noqa: PLR0913, PLR0917 - a command's options
    common: CommonOptions,
    context: typer.Context,
    method: Annotated[str | None, typer.Argument(metavar="VENDOR.METHOD", help="As yemot.SendSms.")] = None,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="KEY=VALUE …", help="Also KEY:=JSON, and KEY=@FILE for the text of a file or a file to upload."
        ),
    ] = None,
    is_list: Annotated[bool, typer.Option("--list", help="Every method: what it does, changes and costs.")] = False,
    is_json: Annotated[bool, typer.Option("--json", help="One JSON object with the outcome and the answer.")] = False,
    is_sure: Annotated[bool, typer.Option("--yes", help="Do not ask before what changes something or costs.")] = False,
    source: Annotated[str | None, typer.Option(metavar="NAME", help="Which account, where there are several.")] = None,
    campaign: Annotated[
        str | None, typer.Option(metavar="NAME", help="Voicenter: the campaign by its name or audit id, not its code.")
    ] = None,
    has_secrets: Annotated[bool, typer.Option("--show-secrets", help="Passwords and codes as they came.")] = False,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Where an answer goes that is a file.")] = None,
    is_help: Annotated[bool, typer.Option("--help", "-h", help="This text; with a method, its parameters.")] = False,
) -> None:
    """Call any documented method of a vendor, once.

    What changes something or costs units asks first, and is in the audit. The answer goes to stdout as JSON.
    Ends with 3 if a secret was refused, 1 if anything else went wrong or nobody knows, 2 if it was not even tried.
    """
    if is_list or method is None or is_help:
        _tell(context, method, is_list=is_list, is_json=is_json)
        return
    from wallboard.assembly.orders import order
    from wallboard.cli.call_answer import Shown
    from wallboard.cli.session import begin

    settings = begin(common).settings
    with _refusals_told():
        wanted = order(settings, method, words or [], source, has_campaign=campaign is not None)
        if wanted.is_consequential:
            _require_leave(settings, wanted, is_sure=is_sure)
        wanted = _looked_up(settings, wanted, campaign)
    if wanted.is_consequential:
        wanted = _confirm(settings, wanted, is_sure=is_sure)
    reply = _sent(settings, wanted)
    shown = Shown(wanted, reply.answer, has_secrets=has_secrets, is_json=is_json, out=out)
    raise typer.Exit(_end(shown, reply))


def _tell(context: typer.Context, method: str | None, *, is_list: bool, is_json: bool) -> None:
    """What there is to call, and how."""
    from wallboard.assembly.orders import find_method
    from wallboard.cli.call_help import catalogue, catalogue_json, method_help

    if is_list:
        typer.echo(catalogue_json() if is_json else catalogue())
    elif method is None:
        typer.echo(context.get_help())
    else:
        with _refusals_told():
            typer.echo(method_help(*find_method(method)))


@contextmanager
def _refusals_told() -> Iterator[None]:
    from wallboard.assembly.orders import OrderError

    try:
        yield
    except OrderError as error:
        fail("\n".join(error.lines), ExitCode.USAGE)


def _require_leave(settings: "Settings", wanted: "Order", *, is_sure: bool) -> None:
    """What changes something or costs needs somebody's word, at a board where anything may be done."""
    if settings.board.read_only:
        fail(f"{wanted.name}: changes something or costs units, and this board is read-only.", ExitCode.USAGE)
    if not is_sure and not (sys.stdin.isatty() and sys.stderr.isatty()):
        fail(
            f"{wanted.name}: changes something or costs units, and there is no terminal to ask: add --yes to send it.",
            ExitCode.USAGE,
        )


def _looked_up(settings: "Settings", wanted: "Order", campaign: str | None) -> "Order":
    """With what only the vendor can tell: a campaign's code, and whether there is room for one more active task."""
    from wallboard.assembly.calling import CampaignError, check_tasks, with_campaign
    from wallboard.assembly.loop import run_to_end
    from wallboard.cli.call_answer import exit_code_of, reply_words
    from wallboard.language.words import fault_remedy

    if campaign is None:
        run_to_end(check_tasks, settings, wanted)
        return wanted
    try:
        return run_to_end(with_campaign, settings, wanted, campaign)
    except CampaignError as error:
        outcome = error.answer.outcome
        remedy = f"\n{fault_remedy(outcome.fault, 'voicenter')}" if outcome.fault else ""
        fail(f"The campaign could not be looked up: {reply_words(outcome)}{remedy}", exit_code_of(outcome))


def _confirm(settings: "Settings", wanted: "Order", *, is_sure: bool) -> "Order":
    """A person's word, given in full knowledge; the order with what was looked up for that."""
    from wallboard.assembly.calling import with_name
    from wallboard.assembly.loop import run_to_end
    from wallboard.cli.call_question import LONGEST_VALUE, confirmed_by, question, untold
    from wallboard.language.clean import clean

    if is_sure:
        if remark := untold(wanted):
            typer.echo(remark, err=True)
        return wanted
    named = run_to_end(with_name, settings, wanted)
    typed = confirmed_by(named)
    ending = f"Type {typed} to confirm: " if typed else "Send it? [y/N]: "
    # Not by Typer's own, which writes a blank to stdout, among the data.
    typer.echo(f"{question(named)}\n{ending}", nl=False, err=True)
    said = clean(sys.stdin.readline(), LONGEST_VALUE).strip()
    if said != typed if typed else said.lower() not in {"y", "yes"}:
        fail("Not sent.", ExitCode.FAULT)
    return named


def _sent(settings: "Settings", wanted: "Order") -> "Reply":
    from wallboard.assembly.calling import carry_out
    from wallboard.assembly.loop import run_to_end
    from wallboard.config.paths import audit_file
    from wallboard.engine.audit.files import AuditError

    try:
        return run_to_end(carry_out, settings, wanted, audit_file())
    except AuditError as error:
        fail(f"Not sent: {error}. What cannot be recorded is not done.", ExitCode.FAULT)


def _end(shown: "Shown", reply: "Reply") -> ExitCode:
    """The answer on stdout, what is to be said of it on stderr."""
    code = shown.write()
    for line in shown.remarks():
        typer.echo(line, err=True)
    if not reply.is_recorded and shown.is_consequential:
        typer.echo("The audit could not record what came of it: see `wallboard audit`.", err=True)
        return max(code, ExitCode.FAULT)
    return code
