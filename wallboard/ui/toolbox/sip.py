"""A Yemot system's telephones by internet: their extension numbers and how they connect."""

from wallboard.domain.account_actions import SetSipExtension, SetSipTransport, Transport
from wallboard.domain.actions import ActionKind
from wallboard.domain.enquiries import SipAccount, SipAccounts, SipDirectory
from wallboard.language.catalog import N_, _
from wallboard.language.format import UNKNOWN
from wallboard.ui.cells import Cell, Text
from wallboard.ui.columns import Column
from wallboard.ui.panels.picture import Picture
from wallboard.ui.proposals import Proposal
from wallboard.ui.roles import Role
from wallboard.ui.screens.form import Field
from wallboard.ui.toolbox.listing import Deed, ListDesk, Listing

LEAST_EXTENSION, MOST_EXTENSION = 200, 10_000
COLUMNS = (
    Column("number", N_("Account"), is_right=True),
    Column("extension", N_("Extension"), is_right=True),
    Column("transport", N_("Transport")),
    Column("user", N_("User name"), least=10, most=30),
    Column("caller_id", N_("Shows as"), importance=2, least=8, most=20),
    Column("created", N_("Created"), importance=3, least=10, most=19),
)
_WORDS = {Transport.UDP: "UDP", Transport.WSS: "WSS", None: UNKNOWN}


def _cells(account: SipAccount, picture: Picture) -> tuple[Cell, ...]:
    return (
        Text(account.number, Role.STRONG, _figure(account.number)),
        Text(account.extension or UNKNOWN, Role.TEXT, _figure(account.extension)),
        Text(_WORDS[account.transport]),
        Text(picture.shown(account.id), Role.MUTED),
        Text(picture.shown(account.caller_id), Role.MUTED),
        Text(account.created_at, Role.MUTED),
    )


def _figure(text: str) -> float | None:
    return -float(text) if text.isascii() and text.isdigit() else None  # the lowest first


def _opened(desk: ListDesk, account: SipAccount) -> None:
    shown = desk.picture.shown
    desk.show_item(
        name_of(account),
        (
            (_("User name"), shown(account.id)),
            (_("Account"), account.number),
            (_("Extension"), account.extension),
            (_("Transport"), _WORDS[account.transport]),
            (_("Shows as"), shown(account.caller_id)),
            (_("Created"), account.created_at),
        ),
    )


def name_of(account: SipAccount) -> str:
    return _("SIP account {number}").format(number=account.number)


def _set_extension(desk: ListDesk, account: SipAccount) -> None:
    taken = {each.extension for each in desk.items if each is not account and each.extension}

    ends = {"least": f"{LEAST_EXTENSION}", "most": f"{MOST_EXTENSION:,}"}

    def check(text: str) -> str:
        if not text:
            return "" if account.extension else _("a number from {least} to {most}").format(**ends)
        if not (text.isascii() and text.isdigit() and LEAST_EXTENSION <= int(text) <= MOST_EXTENSION):
            return _("an extension is a number from {least} to {most}").format(**ends)
        return _("{extension} is another account’s extension").format(extension=text) if text in taken else ""

    hint = _("{least} to {most}; empty takes it away") if account.extension else _("{least} to {most}")
    hint = hint.format(least=LEAST_EXTENSION, most=MOST_EXTENSION)
    field = Field("extension", _("Extension"), account.extension, hint, check)

    def filled_in(values: dict[str, str]) -> None:
        text = values["extension"]
        if text == account.extension:
            told = _("{account}: {extension} is its extension already")
            desk.tell(told.format(account=name_of(account), extension=text))
            return
        command = SetSipExtension(
            source=desk.source,
            target=account.number,
            words=name_of(account),
            feed=desk.feed,
            extension=int(text) if text else None,
        )
        verb = _("set {extension}").format(extension=text) if text else _("take away")
        desk.ask(_proposal(account, desk, _("Change the extension number?"), verb, text or _("none"), command))

    desk.fill_in(_("{account}: its extension number").format(account=name_of(account)), [field], filled_in)


def _set_transport(desk: ListDesk, account: SipAccount) -> None:
    """To the other one; where it is not known which it has, asks."""

    def ask(transport: Transport) -> None:
        command = SetSipTransport(
            source=desk.source, target=account.number, words=name_of(account), feed=desk.feed, transport=transport
        )
        words = _WORDS[transport]
        verb = _("change to {transport}").format(transport=words)
        desk.ask(_proposal(account, desk, _("Change how it connects?"), verb, words, command))

    if account.transport is None:
        title = _("{account}: connect by …").format(account=name_of(account))
        desk.choose(title, {"UDP": Transport.UDP, "WSS": Transport.WSS}, ask)
    else:
        ask(Transport.WSS if account.transport is Transport.UDP else Transport.UDP)


def _proposal(
    account: SipAccount, desk: ListDesk, question: str, verb: str, then: str, command: SetSipExtension | SetSipTransport
) -> Proposal:
    is_extension = isinstance(command, SetSipExtension)
    now = account.extension or _("none") if is_extension else _WORDS[account.transport]
    return Proposal(
        question=question,
        verb=verb,
        effect=(
            _("Other accounts reach it by the new number at once.")
            if is_extension
            else _("A telephone that connects by the other transport is cut off until it is set up anew.")
        ),
        commands=(command,),
        lines=(
            (_("Account"), f"{account.number}, {desk.picture.shown(account.id)}"),
            (_("Now"), now),
            (_("Then"), then),
            (_("System"), desk.source),
        ),
    )


def _remark(told: SipDirectory) -> str:
    return _("{count} at most").format(count=told.most) if told.most is not None else ""


SIP_ACCOUNTS = Listing(
    title=N_("SIP accounts"),
    query=SipAccounts(),
    items=lambda told: told.accounts,
    columns=COLUMNS,
    key=lambda account: f"{account.number} {account.id}",
    cells=_cells,
    empty=N_("this system has no SIP accounts"),
    opened=_opened,
    deeds=(
        Deed("e", N_("extension"), _set_extension, ActionKind.SET_SIP_EXTENSION),
        Deed("t", N_("transport"), _set_transport, ActionKind.SET_SIP_TRANSPORT),
    ),
    remark=_remark,
)
