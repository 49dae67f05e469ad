"""Who can be rung first: agents who have a telephone, the system's SIP accounts, or a number that is typed."""

from collections.abc import Iterable

from wallboard.domain.agents import Agent, StateGroup
from wallboard.domain.enquiries import SipAccounts
from wallboard.domain.faults import VendorFault
from wallboard.domain.ports import Enquiries
from wallboard.language.catalog import _
from wallboard.language.phones import dialable, national
from wallboard.language.words import fault_words, state_words
from wallboard.ui.panels import agents
from wallboard.ui.panels.picture import Picture
from wallboard.ui.screens.choose import ChooseScreen, Option
from wallboard.ui.toolbox.contacts import number_words
from wallboard.ui.toolbox.proposals import Whom
from wallboard.ui.toolbox.sip import name_of

LEAST_DIGITS = 7  # shorter ones are extensions
_ORDER = (StateGroup.AVAILABLE, StateGroup.PAUSED, StateGroup.ON_CALL, StateGroup.AWAY)


def choose_whom(title: str, source: str, enquiries: Enquiries, picture: Picture) -> ChooseScreen[Whom]:
    """Asks who is rung; the SIP accounts come when the vendor has told them."""
    options = telephones(picture.snapshot.floor.agents, picture)
    can_ask = enquiries.can_ask(source, SipAccounts)
    remark = _("asking {source} for its SIP accounts …").format(source=source) if can_ask else ""
    hint = _("a name, or a telephone number")
    screen = _ChooseWhom(title, options, other=_typed, hint=hint, remark=remark)
    if can_ask:
        screen.source, screen.enquiries = source, enquiries
    return screen


class _ChooseWhom(ChooseScreen[Whom], inherit_bindings=False):
    """Asks the vendor once it is there; the question goes with it."""

    source = ""
    enquiries: Enquiries | None = None

    def on_mount(self) -> None:
        self.run_worker(self._ask(), exclusive=True)

    async def _ask(self) -> None:
        if self.enquiries is None:
            return
        try:
            directory = await self.enquiries.ask(self.source, SipAccounts())
        except VendorFault as trouble:
            self.offer_more((), _("SIP accounts: {fault}").format(fault=fault_words(trouble.fault)))
            return
        options = [
            Option(name, called, Whom(f"{name} ({called})", sip_account=number))
            for account in directory.accounts
            if (number := _number(account.number)) is not None
            for name, called in ((name_of(account), account.extension or account.id),)
        ]
        none = "" if options else _("{source} has no SIP accounts").format(source=self.source)
        self.offer_more(options, none)


def telephones(people: Iterable[Agent], picture: Picture) -> list[Option[Whom]]:
    """The agents who can be rung at a number of their own, the free ones first."""
    reachable = [(agent, digits) for agent in people if (digits := _digits(agent.number))]
    reachable.sort(key=lambda pair: (_ORDER.index(pair[0].group), pair[0].name or pair[0].number))
    return [
        Option(
            name, f"{state_words(agent)}, {number_words(digits, picture)}", Whom(_words(name, digits, picture), digits)
        )
        for agent, digits in reachable
        for name in (agents.name_of(agent, picture),)
    ]


def _words(name: str, digits: str, picture: Picture) -> str:
    number = number_words(digits, picture)
    return number if name == number else f"{name} ({number})"


def _digits(number: str) -> str:
    is_long = sum(character.isdigit() for character in number) >= LEAST_DIGITS
    return (dialable(number) or "") if is_long else ""


def _typed(text: str) -> Option[Whom] | None:
    digits = dialable(text)
    return Option(national(digits), _("telephone, as typed"), Whom(national(digits), digits)) if digits else None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None
