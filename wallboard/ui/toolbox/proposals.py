"""What messages, call-backs and new targets would do: commands frozen by numbers, with what they cost."""

from collections.abc import Sequence
from dataclasses import dataclass

from wallboard.domain.account_actions import CallBack, SendSms
from wallboard.domain.campaign_actions import AddTarget
from wallboard.domain.campaigns import Campaign
from wallboard.domain.feeds import FeedKey, Subject
from wallboard.domain.targets import NewTarget
from wallboard.domain.units import sms_cost
from wallboard.language.catalog import N_, _, ngettext
from wallboard.language.clean import clean
from wallboard.language.format import UNKNOWN
from wallboard.language.phones import as_sent
from wallboard.language.units import figure_of, units_words
from wallboard.ui.panels.picture import Picture
from wallboard.ui.proposals import Excluded, Proposal, number_names
from wallboard.ui.toolbox.contacts import Contact, number_words

MOST_QUOTED = 240  # characters of a message in a dialog
BRIDGE_UNITS = 0.1
BY_NUMBER = (  # what happens, and what it costs
    N_(
        "{whom} is rung at once, and connected when he answers. "
        "The first call counts from its dialling, the second from its answer."
    ),
    N_("{units}, and both calls by the minute"),
)
BY_SIP = (
    N_("{whom} is rung at once, and connected when he answers. The second call counts from its answer."),
    N_("{units}, and the second call by the minute"),
)


def account_feed(source: str, picture: Picture) -> FeedKey | None:
    """The feed that tells a source's credit; None where it has none."""
    feeds = picture.snapshot.feeds.items()
    return next((key for key, status in feeds if key.source == source and Subject.ACCOUNT in status.subjects), None)


def units_of(source: str, picture: Picture) -> float | None:
    """What an account has left; None where that is not known."""
    accounts = picture.snapshot.floor.accounts
    return next((account.units for account in accounts if account.source == source), None)


def length_words(message: str) -> str:
    """`92 characters`."""
    return ngettext("{count} character", "{count} characters", len(message)).format(count=len(message))


def cost_words(message: str, numbers: int, left: float | None) -> str:
    """`92 characters: 0.2 units; 184.3 left`."""
    cost = sms_cost(message, numbers)
    length = length_words(message)
    if numbers > 1:
        to = ngettext("{length} to {count} number", "{length} to {count} numbers", numbers)
        length = to.format(length=length, count=numbers)
    if left is None:
        rest = _("how many are left is not known")
    else:
        told = _("{units} left: NOT ENOUGH") if cost > left else _("{units} left")
        rest = told.format(units=figure_of(left))
    return f"{length}: {units_words(cost)}; {rest}"


def text_message(
    contacts: Sequence[Contact], message: str, source: str, feed: FeedKey, picture: Picture, *excluded: Excluded
) -> Proposal:
    """One message to each number, each by a request of its own."""
    cost = cost_words(message, len(contacts), units_of(source, picture))
    quoted = clean(message, MOST_QUOTED)
    commands = tuple(
        SendSms(
            source=source,
            target=as_sent(contact.digits),
            words=number_words(contact.digits, picture),
            feed=feed,
            message=message,
        )
        for contact in contacts
    )
    is_single = len(commands) + len(excluded) == 1
    told = (
        (_("To"), commands[0].words),
        (_("Message"), quoted),
        (_("Cost"), cost),
        (_("From"), _("{source}’s main number").format(source=source)),
    )
    final = _("It cannot be called back.")
    return Proposal(
        question=_("Send this text message?")
        if is_single
        else _("Send this text message to {whom}?").format(whom="{}"),
        names=_so_many_numbers,
        verb=_("send"),
        effect=final if is_single else f"“{quoted}”\n{cost}. {final}",
        commands=commands,
        excluded=excluded,
        lines=told if is_single else (),
    )


def _so_many_numbers(count: int) -> str:
    return ngettext("one number", "{count} numbers", count).format(count=count)


@dataclass(frozen=True, slots=True)
class Whom:
    """Who is rung first: a telephone, or a SIP account by its number."""

    words: str
    digits: str = ""
    sip_account: int | None = None


def call_back(contact: Contact, whom: Whom, source: str, feed: FeedKey, picture: Picture) -> Proposal:
    """Ring one, then connect him with the other."""
    words = number_words(contact.digits, picture)
    command = CallBack(
        source=source,
        target=as_sent(contact.digits),
        words=words,
        feed=feed,
        agent_number=as_sent(whom.digits) if whom.digits else "",
        sip_account=whom.sip_account,
    )
    effect, cost = BY_NUMBER if whom.digits else BY_SIP
    return Proposal(
        question=_("Call back?"),
        verb=_("call"),
        effect=_(effect).format(whom=whom.words),
        commands=(command,),
        lines=(
            (_("First"), whom.words),
            (_("Then"), words),
            (_("Cost"), _(cost).format(units=units_words(BRIDGE_UNITS))),
            (_("Units left"), figure_of(units_of(source, picture))),
            (_("By"), source),
        ),
    )


def to_campaign(
    contacts: Sequence[Contact],
    campaign: Campaign,
    priority: int | None,
    known: str,
    picture: Picture,
    *excluded: Excluded,
) -> Proposal:
    """Add numbers to a campaign's list. `known`: whether the only one is in it already; "" where nobody looked."""
    words = picture.shown(campaign.name)
    commands = tuple(
        AddTarget(
            source=campaign.source,
            target=campaign.id,
            words=words,
            feed=campaign.feed,
            code=campaign.code,
            new=NewTarget(0, contact.digits, contact.name, priority=priority),
        )
        for contact in contacts
    )
    numbers = [number_words(contact.digits, picture) for contact in contacts]
    is_single = len(commands) + len(excluded) == 1
    one = contacts[0] if contacts else None
    told = (
        (_("Number"), numbers[0] if numbers else UNKNOWN),
        (_("Name"), picture.shown(one.name) if one and one.name else UNKNOWN),
        (_("Priority"), _("the vendor’s own") if priority is None else str(priority)),
        (_("Campaign"), f"{words}, {state_words(campaign)}"),
        *(((_("In the list"), known),) if known else ()),
    )
    return Proposal(
        question=_("Add {whom} to {campaign}?").format(whom="{}", campaign=words),
        names=number_names,
        verb=_("add"),
        effect=_("The dialer calls it as the list comes to it. It can be removed again."),
        commands=commands,
        excluded=excluded,
        item_words={command.item: number for command, number in zip(commands, numbers, strict=True)},
        lines=told if is_single else (),
    )


def state_words(campaign: Campaign) -> str:
    """`running, 23 pending`."""
    words = {
        True: _("running, {count} pending"),
        False: _("stopped, {count} pending"),
        None: _("in an unknown state, {count} pending"),
    }[campaign.is_running]
    return words.format(count=UNKNOWN if campaign.pending is None else f"{campaign.pending:,}")
