"""Adding numbers to a campaign: which one, and whether they are in its list already."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from wallboard.domain.actions import ActionKind, Ticket
from wallboard.domain.campaigns import Campaign
from wallboard.domain.enquiries import PendingTargetsOf
from wallboard.domain.faults import VendorFault
from wallboard.domain.ports import Enquiries
from wallboard.domain.targets import PendingList
from wallboard.language.catalog import N_, _, ngettext
from wallboard.language.phones import dialable, listed
from wallboard.language.words import fault_words
from wallboard.ui.asking import Asker, Ground
from wallboard.ui.panels.picture import Picture
from wallboard.ui.proposals import Excluded
from wallboard.ui.screens.choose import ChooseScreen, Option
from wallboard.ui.screens.form import Field, FormScreen
from wallboard.ui.switchboard import Switchboard
from wallboard.ui.toolbox.contacts import Contact
from wallboard.ui.toolbox.proposals import state_words, to_campaign

IN_LIST = N_("it is in the list already")


@dataclass
class Look:
    """What is known of a campaign's list: its numbers, or why they cannot be told."""

    numbers: frozenset[str] | None = None
    trouble: str = ""

    def of(self, digits: str) -> str:
        """Whether a number is in it, in words."""
        if self.numbers is None:
            return self.trouble
        return _(IN_LIST) if digits in self.numbers else _("not yet")


@dataclass(frozen=True, slots=True)
class Enlistment:
    """What is to be added, to where, as far as it is settled."""

    contacts: Sequence[Contact]
    excluded: tuple[Excluded, ...]
    campaign: Campaign
    opened_by: tuple[str, ...]
    submitted: Callable[[tuple[Ticket, ...]], object]
    look: Look = field(default_factory=Look)


class Enlisting:
    """Asks which campaign, then what the target is called, then whether it is meant."""

    def __init__(self, ground: Ground, switchboard: Switchboard, asker: Asker) -> None:
        self._ground = ground
        self._sink = switchboard.sink
        self._enquiries = switchboard.enquiries
        self._asker = asker

    def choose(
        self,
        contacts: Sequence[Contact],
        excluded: tuple[Excluded, ...],
        fields: Sequence[Field],
        opened_by: tuple[str, ...],
        submitted: Callable[[tuple[Ticket, ...]], object],
    ) -> None:
        """Begin: which of the floor's campaigns. `fields`: what is to be asked of the number itself."""
        picture = self._ground.live_picture
        able = [
            campaign
            for campaign in picture.snapshot.floor.campaigns
            if ActionKind.ADD_TARGET in self._sink.capabilities(campaign.source)
        ]
        if not able:
            words = _("to campaign: no source of this board tells of a campaign that takes numbers")
            self._asker.say(words, "warning")
            return
        able.sort(key=lambda campaign: (campaign.is_running is not True, campaign.name))

        def chosen(campaign: Campaign | None) -> None:
            if campaign is not None:
                self._fill_in(Enlistment(contacts, excluded, campaign, opened_by, submitted), fields)

        title = ngettext("Add the number to …", "Add {count} numbers to …", len(contacts)).format(count=len(contacts))
        self._ground.app.push_screen(ChooseScreen(title, _options(able, picture)), chosen)

    def _fill_in(self, enlistment: Enlistment, fields: Sequence[Field]) -> None:
        contacts, campaign, look = enlistment.contacts, enlistment.campaign, enlistment.look
        is_single = len(contacts) == 1 and not enlistment.excluded
        picture = self._ground.live_picture
        name = [Field("name", _("Name"), contacts[0].name)] if is_single and not picture.is_masking else []
        hint = _("a whole number; empty: the vendor’s own")
        priority = Field("priority", _("Priority"), hint=hint, check=_check_priority)

        def remark(values: Mapping[str, str]) -> str:
            if not is_single:
                return look.trouble
            told = look.of(dialable(values.get("number", "")) or contacts[0].digits)
            return _("In the list: {told}").format(told=told) if told else ""

        count = len(contacts)
        several = ngettext("Add {count} number to {campaign}", "Add {count} numbers to {campaign}", count)
        title = _("Add a number to {campaign}") if is_single else several
        title = title.format(count=count, campaign=picture.shown(campaign.name))
        rest = [*name, priority]  # what is typed first must not go into a number that is there already
        screen = _TargetForm(title, [*rest, *fields] if contacts[0].digits else [*fields, *rest], _("go on"), remark)
        if self._enquiries.can_ask(campaign.source, PendingTargetsOf):
            look.trouble = _("looking whether it is there …") if is_single else ""
            screen.look = partial(_look, look, campaign, self._enquiries)
        self._ground.app.push_screen(screen, partial(self._filled_in, enlistment))

    def _filled_in(self, enlistment: Enlistment, values: dict[str, str] | None) -> None:
        if values is None:
            return
        priority = int(values["priority"]) if values["priority"] else None
        contacts = [_as_typed(contact, values) for contact in enlistment.contacts]
        excluded = enlistment.excluded
        look, known = enlistment.look, ""
        if len(contacts) + len(excluded) == 1:
            known = look.of(contacts[0].digits) if look.numbers is not None else _("not known") if look.trouble else ""
        elif look.numbers is not None:
            there = [contact for contact in contacts if contact.digits in look.numbers]
            contacts = [contact for contact in contacts if contact not in there]
            excluded = (*excluded, *(Excluded(contact.words, _(IN_LIST)) for contact in there))
        picture = self._ground.live_picture
        proposal = to_campaign(contacts, enlistment.campaign, priority, known, picture, *excluded)
        self._asker.ask(proposal, enlistment.opened_by, enlistment.submitted)


class _TargetForm(FormScreen, inherit_bindings=False):
    """Looks into the list meanwhile; that goes with it."""

    look: Callable[[], Awaitable[None]] | None = None

    def on_mount(self) -> None:
        if self.look is not None:
            self.run_worker(self._look(self.look), exclusive=True)

    async def _look(self, look: Callable[[], Awaitable[None]]) -> None:
        await look()
        self._show_remark()


async def _look(look: Look, campaign: Campaign, enquiries: Enquiries) -> None:
    try:
        told = await enquiries.ask(campaign.source, PendingTargetsOf(campaign.code))
    except VendorFault as trouble:
        look.trouble = _("cannot be told: {fault}").format(fault=fault_words(trouble.fault))
        return
    look.numbers = await asyncio.to_thread(_numbers, told)


def _numbers(told: PendingList) -> frozenset[str]:
    """Of thousands of targets, too many for the board's own thread."""
    return frozenset(digits for target in told.targets if (digits := listed(target.number)))


def _options(campaigns: Sequence[Campaign], picture: Picture) -> list[Option[Campaign]]:
    return [
        Option(picture.shown(campaign.name), f"{state_words(campaign)}, {campaign.source}", campaign)
        for campaign in campaigns
    ]


def _check_priority(text: str) -> str:
    return "" if not text or (text.isascii() and text.isdigit()) else _("a priority is a whole number")


def _as_typed(contact: Contact, values: Mapping[str, str]) -> Contact:
    digits = dialable(values["number"]) or "" if "number" in values else contact.digits
    return replace(contact, digits=digits, name=values.get("name", contact.name))
