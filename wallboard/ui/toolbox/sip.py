"""A Yemot system's telephones by internet: their extension numbers and how they connect."""

from wallboard.domain.account_actions import SetSipExtension, SetSipTransport, Transport
from wallboard.domain.actions import ActionKind
from wallboard.domain.enquiries import SipAccount, SipAccounts, SipDirectory
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
    Column("number", "Account", is_right=True),
    Column("extension", "Extension", is_right=True),
    Column("transport", "Transport"),
    Column("user", "User name", least=10, most=30),
    Column("caller_id", "Shows as", importance=2, least=8, most=20),
    Column("created", "Created", importance=3, least=10, most=19),
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
            ("User name", shown(account.id)),
            ("Account", account.number),
            ("Extension", account.extension),
            ("Transport", _WORDS[account.transport]),
            ("Shows as", shown(account.caller_id)),
            ("Created", account.created_at),
        ),
    )


def name_of(account: SipAccount) -> str:
    return f"SIP account {account.number}"


def _set_extension(desk: ListDesk, account: SipAccount) -> None:
    taken = {each.extension for each in desk.items if each is not account and each.extension}

    def check(text: str) -> str:
        if not text:
            return "" if account.extension else f"a number from {LEAST_EXTENSION} to {MOST_EXTENSION:,}"
        if not (text.isascii() and text.isdigit() and LEAST_EXTENSION <= int(text) <= MOST_EXTENSION):
            return f"an extension is a number from {LEAST_EXTENSION} to {MOST_EXTENSION:,}"
        return f"{text} is another account’s extension" if text in taken else ""

    hint = f"{LEAST_EXTENSION} to {MOST_EXTENSION}" + ("; empty takes it away" if account.extension else "")
    field = Field("extension", "Extension", account.extension, hint, check)

    def filled_in(values: dict[str, str]) -> None:
        text = values["extension"]
        if text == account.extension:
            desk.tell(f"{name_of(account)}: {text} is its extension already")
            return
        command = SetSipExtension(
            source=desk.source,
            target=account.number,
            words=name_of(account),
            feed=desk.feed,
            extension=int(text) if text else None,
        )
        verb = f"set {text}" if text else "take away"
        desk.ask(_proposal(account, desk, "Change the extension number?", verb, text or "none", command))

    desk.fill_in(f"{name_of(account)}: its extension number", [field], filled_in)


def _set_transport(desk: ListDesk, account: SipAccount) -> None:
    """To the other one; where it is not known which it has, asks."""

    def ask(transport: Transport) -> None:
        command = SetSipTransport(
            source=desk.source, target=account.number, words=name_of(account), feed=desk.feed, transport=transport
        )
        words = _WORDS[transport]
        desk.ask(_proposal(account, desk, "Change how it connects?", f"change to {words}", words, command))

    if account.transport is None:
        desk.choose(f"{name_of(account)}: connect by …", {"UDP": Transport.UDP, "WSS": Transport.WSS}, ask)
    else:
        ask(Transport.WSS if account.transport is Transport.UDP else Transport.UDP)


def _proposal(
    account: SipAccount, desk: ListDesk, question: str, verb: str, then: str, command: SetSipExtension | SetSipTransport
) -> Proposal:
    is_extension = isinstance(command, SetSipExtension)
    now = account.extension or "none" if is_extension else _WORDS[account.transport]
    return Proposal(
        question=question,
        names=("", ""),
        verb=verb,
        effect=(
            "Other accounts reach it by the new number at once."
            if is_extension
            else "A telephone that connects by the other transport is cut off until it is set up anew."
        ),
        commands=(command,),
        lines=(
            ("Account", f"{account.number}, {desk.picture.shown(account.id)}"),
            ("Now", now),
            ("Then", then),
            ("System", desk.source),
        ),
    )


def _remark(told: SipDirectory) -> str:
    return f"{told.most} at most" if told.most is not None else ""


SIP_ACCOUNTS = Listing(
    title="SIP accounts",
    query=SipAccounts(),
    items=lambda told: told.accounts,
    columns=COLUMNS,
    key=lambda account: f"{account.number} {account.id}",
    cells=_cells,
    empty="this system has no SIP accounts",
    opened=_opened,
    deeds=(
        Deed("e", "extension", _set_extension, ActionKind.SET_SIP_EXTENSION),
        Deed("t", "transport", _set_transport, ActionKind.SET_SIP_TRANSPORT),
    ),
    remark=_remark,
)
