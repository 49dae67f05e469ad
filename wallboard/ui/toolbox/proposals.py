"""What messages, call-backs and new targets would do: commands frozen by numbers, with what they cost."""

from collections.abc import Sequence
from dataclasses import dataclass

from wallboard.domain.account_actions import CallBack, SendSms
from wallboard.domain.campaign_actions import AddTarget
from wallboard.domain.campaigns import Campaign
from wallboard.domain.feeds import FeedKey, Subject
from wallboard.domain.targets import NewTarget
from wallboard.domain.units import sms_cost
from wallboard.language.clean import clean
from wallboard.language.format import UNKNOWN
from wallboard.language.phones import as_sent
from wallboard.language.units import figure_of, units_words
from wallboard.ui.panels.picture import Picture
from wallboard.ui.proposals import Excluded, Proposal
from wallboard.ui.toolbox.contacts import Contact, number_words

MOST_QUOTED = 240  # characters of a message in a dialog
BRIDGE_UNITS = 0.1
BY_NUMBER = ("both calls by the minute", "The first call counts from its dialling, the second from its answer.")
BY_SIP = ("the second call by the minute", "The second call counts from its answer.")


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
    return f"{len(message)} character{'' if len(message) == 1 else 's'}"


def cost_words(message: str, numbers: int, left: float | None) -> str:
    """`92 characters: 0.2 units; 184.3 left`."""
    cost = sms_cost(message, numbers)
    to = f" to {numbers} numbers" if numbers > 1 else ""
    rest = f"{figure_of(left)} left" if left is not None else "how many are left is not known"
    warning = ": NOT ENOUGH" if left is not None and cost > left else ""
    return f"{length_words(message)}{to}: {units_words(cost)}; {rest}{warning}"


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
    told = (("To", commands[0].words), ("Message", quoted), ("Cost", cost), ("From", f"{source}’s main number"))
    return Proposal(
        question="Send this text message?" if is_single else "Send this text message to {}?",
        names=("one number", "numbers"),
        verb="send",
        effect="It cannot be called back." if is_single else f"“{quoted}”\n{cost}. It cannot be called back.",
        commands=commands,
        excluded=excluded,
        lines=told if is_single else (),
    )


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
    what_counts, since = BY_NUMBER if whom.digits else BY_SIP
    return Proposal(
        question="Call back?",
        names=("", ""),
        verb="call",
        effect=f"{whom.words} is rung at once, and connected when he answers. {since}",
        commands=(command,),
        lines=(
            ("First", whom.words),
            ("Then", words),
            ("Cost", f"{units_words(BRIDGE_UNITS)}, and {what_counts}"),
            ("Units left", figure_of(units_of(source, picture))),
            ("By", source),
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
        ("Number", numbers[0] if numbers else UNKNOWN),
        ("Name", picture.shown(one.name) if one and one.name else UNKNOWN),
        ("Priority", "the vendor’s own" if priority is None else str(priority)),
        ("Campaign", f"{words}, {state_words(campaign)}"),
        *((("In the list", known),) if known else ()),
    )
    return Proposal(
        question=f"Add {{}} to {words}?",
        names=("the number", "numbers"),
        verb="add",
        effect="The dialer calls it as the list comes to it. It can be removed again.",
        commands=commands,
        excluded=excluded,
        item_words={command.item: number for command, number in zip(commands, numbers, strict=True)},
        lines=told if is_single else (),
    )


def state_words(campaign: Campaign) -> str:
    """`running, 23 pending`."""
    state = {True: "running", False: "stopped", None: "in an unknown state"}[campaign.is_running]
    return f"{state}, {UNKNOWN if campaign.pending is None else f'{campaign.pending:,}'} pending"
