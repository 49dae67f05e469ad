"""The command that calls any documented method of a vendor: call."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

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
    from wallboard.cli.call_answer import Shown
    from wallboard.cli.session import begin

    settings = begin(common).settings
    wanted = _wanted(settings, method, words or [], source, campaign)
    if wanted.is_consequential:
        _confirm(settings, wanted, is_sure=is_sure)
    reply = _sent(settings, wanted)
    shown = Shown(wanted, reply.answer, has_secrets=has_secrets, is_json=is_json, out=out)
    raise typer.Exit(_end(shown, reply))


def _tell(context: typer.Context, method: str | None, *, is_list: bool, is_json: bool) -> None:
    """What there is to call, and how."""
    from wallboard.assembly.orders import OrderError, find_method
    from wallboard.cli.call_help import catalogue, catalogue_json, method_help

    if is_list:
        typer.echo(catalogue_json() if is_json else catalogue())
    elif method is None:
        typer.echo(context.get_help())
    else:
        try:
            vendor, declared = find_method(method)
        except OrderError as error:
            _refuse(error.lines)
        typer.echo(method_help(vendor, declared))


def _wanted(settings: "Settings", method: str, words: list[str], source: str | None, campaign: str | None) -> "Order":
    from wallboard.assembly.calling import CampaignError, with_campaign
    from wallboard.assembly.loop import run_to_end
    from wallboard.assembly.orders import OrderError, order
    from wallboard.cli.call_answer import exit_code_of, reply_words

    try:
        wanted = order(settings, method, words, source, has_campaign=campaign is not None)
        return wanted if campaign is None else run_to_end(with_campaign, settings, wanted, campaign)
    except OrderError as error:
        _refuse(error.lines)
    except CampaignError as error:
        outcome = error.answer.outcome
        fail(f"The campaign could not be looked up: {reply_words(outcome, 'voicenter')}", exit_code_of(outcome))


def _confirm(settings: "Settings", wanted: "Order", *, is_sure: bool) -> None:
    from wallboard.cli.call_question import question

    if settings.board.read_only:
        fail(f"{wanted.name}: changes something or costs units, and this board is read-only.", ExitCode.USAGE)
    if is_sure:
        return
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        fail(
            f"{wanted.name}: changes something or costs units, and there is no terminal to ask: add --yes to send it.",
            ExitCode.USAGE,
        )
    # Not by Typer's own, which writes a blank to stdout, among the data.
    typer.echo(f"{question(wanted)}\nSend it? [y/N]: ", nl=False, err=True)
    if sys.stdin.readline().strip().lower() not in {"y", "yes"}:
        fail("Not sent.", ExitCode.FAULT)


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


def _refuse(lines: tuple[str, ...]) -> NoReturn:
    fail("\n".join(lines), ExitCode.USAGE)
