"""From a row to a message, a call-back or a campaign: whom it stands for, what is still to be said, and the dialog."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import Protocol

from wallboard.domain.actions import ActionKind
from wallboard.domain.feeds import FeedKey
from wallboard.language.catalog import N_, _, ngettext
from wallboard.language.outcomes import NOT_CAPABLE_WORDS
from wallboard.language.phones import dialable, national
from wallboard.ui.actions import Action
from wallboard.ui.asking import Asker
from wallboard.ui.asking import Ground as AskingGround
from wallboard.ui.panels import agents
from wallboard.ui.panels.picture import Picture
from wallboard.ui.proposals import Excluded
from wallboard.ui.screens.choose import ChooseScreen, Option, Value
from wallboard.ui.screens.form import Field, FormScreen
from wallboard.ui.switchboard import Switchboard
from wallboard.ui.toolbox import contacts as people
from wallboard.ui.toolbox.contacts import Contact, number_words
from wallboard.ui.toolbox.enlisting import Enlisting
from wallboard.ui.toolbox.proposals import Whom, account_feed, call_back, cost_words, text_message, units_of
from wallboard.ui.toolbox.ringing import choose_whom
from wallboard.ui.widgets.panel import Panel

KIND_OF_ACTION = {
    "send_sms": ActionKind.SEND_SMS,
    "call_back": ActionKind.CALL_BACK,
    "add_to_campaign": ActionKind.ADD_TARGET,
}
NOT_DIALABLE = N_("this is no telephone number that can be dialled")
HINT = N_("0501234567, or +44 … for abroad")


class Ground(AskingGround, Protocol):
    """What it needs of the board."""

    @property
    def panel(self) -> Panel:
        """The one whose rows are acted on."""
        ...


_NOTHING_TYPED: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Errand:
    """One press of a key, as far as it has come.

    Args:
        action: the key's.
        opened_by: its keys.
        panel: whose rows are meant.
        contacts: whom they stand for.
        excluded: rows that stand for nobody.
    """

    action: Action
    opened_by: tuple[str, ...]
    panel: Panel
    contacts: Sequence[Contact]
    excluded: tuple[Excluded, ...] = ()

    @property
    def is_of_one(self) -> bool:
        """Whether it was asked for a single row, be its number known or not."""
        return len(self.contacts) == 1 and not self.excluded

    def clear(self, _tickets: object) -> None:
        """Once it is confirmed, the rows need their marks no more."""
        self.panel.clear_marks()


class Reaching:
    """One for each board."""

    def __init__(self, board: Ground, switchboard: Switchboard, asker: Asker) -> None:
        self._board = board
        self._sink = switchboard.sink
        self._enquiries = switchboard.enquiries
        self._asker = asker
        self._enlisting = Enlisting(board, switchboard, asker)

    def availability(self, action: Action, keys: tuple[str, ...], picture: Picture) -> bool:
        """Whether the key could do something for these rows."""
        if not self._sources(KIND_OF_ACTION[action.id], picture) or not keys:
            return False
        if self._board.panel.kind.id == "agents":
            return any(agent.calls for agent in people.agents_of(keys, picture))
        return True

    # What the keys do

    def send_sms(self, action: Action, keys: tuple[str, ...], picture: Picture) -> None:
        """A text message to each row's number; one message for all of them."""
        self._begin(action, keys, picture, partial(self._with_source, self._write))

    def call_back(self, action: Action, keys: tuple[str, ...], picture: Picture) -> None:
        """Ring somebody, then connect him with the row's number."""
        if len(keys) > 1:
            words = _("{action}: one at a time; take the marks away first (escape)")
            self._asker.say(words.format(action=_(action.label)), "warning")
        else:
            self._begin(action, keys, picture, partial(self._with_source, self._ring))

    def add_to_campaign(self, action: Action, keys: tuple[str, ...], picture: Picture) -> None:
        """Add each row's number to a campaign."""
        self._begin(action, keys, picture, self._enlist)

    # Whom it is for, and by which system

    def _begin(self, action: Action, keys: tuple[str, ...], picture: Picture, go_on: Callable[[Errand], None]) -> None:
        panel, opened_by = self._board.panel, self._board.keys[action.id]
        excluded: tuple[Excluded, ...] = ()
        if panel.kind.id == "callers":
            found = people.callers_of(keys, picture)
        else:
            chosen = people.agents_of(keys, picture)
            if len(keys) == 1 and chosen and len(chosen[0].calls) > 1:
                title = _("{agent}: which call?").format(agent=agents.name_of(chosen[0], picture))
                self._choose(
                    ChooseScreen(title, people.calls_of(chosen[0], picture)),
                    lambda contact: go_on(Errand(action, opened_by, panel, [contact])),
                )
                return
            found, excluded = people.spoken_with(chosen, picture)
        if len(keys) > 1:
            found, doubtful = people.without_doubles(found)
            excluded = (*excluded, *doubtful)
        if found:
            go_on(Errand(action, opened_by, panel, found, excluded))
        else:
            reasons = "\n".join(f"{each.words}: {each.reason}" for each in excluded)
            told = reasons or _("the row has gone: nothing was done")
            self._asker.say(f"{_(action.label)}: {told}", "warning")

    def _with_source(self, go_on: Callable[[Errand, str, FeedKey], None], errand: Errand) -> None:
        """The callers' own system where it can, else the only one that can, else asks."""
        picture = self._board.live_picture
        kind = KIND_OF_ACTION[errand.action.id]
        able = self._sources(kind, picture)
        own = {contact.source for contact in errand.contacts}

        def via(source: str) -> None:
            feed = account_feed(source, picture)
            if feed is not None:
                go_on(errand, source, feed)

        if not able:
            words = {_(NOT_CAPABLE_WORDS[kind]).format(source=source) for source in sorted(own)}
            self._asker.say("\n".join(words), "warning")
        elif len(own) == 1 and own <= set(able):
            via(own.pop())
        elif len(able) == 1:
            via(able[0])
        else:
            options = [Option(source, _left(source, picture), source) for source in able]
            title = _("{action}: by which system?").format(action=_(errand.action.label).capitalize())
            self._choose(ChooseScreen(title, options), via)

    def _sources(self, kind: ActionKind, picture: Picture) -> list[str]:
        """Those that can, in their order."""
        sources = dict.fromkeys(key.source for key in picture.snapshot.feeds)
        return [source for source in sources if kind in self._sink.capabilities(source)]

    # What is still to be said

    def _write(self, errand: Errand, source: str, feed: FeedKey, typed: Mapping[str, str] = _NOTHING_TYPED) -> None:
        """`typed`: what was typed before, by somebody who left the question."""
        picture = self._board.live_picture
        left = units_of(source, picture)
        fields = _with_known_last(errand, self._number_field(errand, picture), [_message()])
        fields = [replace(field, value=typed.get(field.id, field.value)) for field in fields]

        def remark(values: Mapping[str, str]) -> str:
            return cost_words(values["message"], len(errand.contacts), left)

        def written(values: dict[str, str] | None) -> None:
            if values is not None:
                found = _with_number(errand.contacts, values)
                now = self._board.live_picture
                proposal = text_message(found, values["message"], source, feed, now, *errand.excluded)
                again = partial(self._write, errand, source, feed, values)
                self._asker.ask(proposal, errand.opened_by, errand.clear, left=again)

        title = _("Text message to {whom}").format(whom=_who(errand))
        self._board.app.push_screen(FormScreen(title, fields, _("go on"), remark), written)

    def _ring(self, errand: Errand, source: str, feed: FeedKey) -> None:
        fields = [] if errand.contacts[0].digits else self._number_field(errand, self._board.live_picture)
        if fields:
            screen = FormScreen(_("Call back {whom}").format(whom=_who(errand)), fields, _("go on"))
            self._board.app.push_screen(screen, partial(self._ring_number, errand, source, feed))
        else:
            self._ring_number(errand, source, feed, {})

    def _ring_number(self, errand: Errand, source: str, feed: FeedKey, values: dict[str, str] | None) -> None:
        if values is None:
            return
        [contact] = _with_number(errand.contacts, values)

        def chosen(whom: Whom) -> None:
            proposal = call_back(contact, whom, source, feed, self._board.live_picture)
            self._asker.ask(proposal, errand.opened_by, errand.clear)

        picture = self._board.live_picture
        title = _("Call {number} back: who is rung first?").format(number=number_words(contact.digits, picture))
        self._choose(choose_whom(title, source, self._enquiries, picture), chosen)

    def _enlist(self, errand: Errand) -> None:
        fields = self._number_field(errand, self._board.live_picture)
        self._enlisting.choose(errand.contacts, errand.excluded, fields, errand.opened_by, errand.clear)

    def _number_field(self, errand: Errand, picture: Picture) -> list[Field]:
        """A number that is known is offered, unless numbers are hidden here; of several, none is asked."""
        if not errand.is_of_one:
            return []
        digits = errand.contacts[0].digits
        if digits and picture.is_masking:
            return []
        return [Field("number", _("Number"), national(digits) if digits else "", _(HINT), _check_number)]

    def _choose(self, screen: ChooseScreen[Value], go_on: Callable[[Value], None]) -> None:
        def chosen(value: Value | None) -> None:
            if value is not None:
                go_on(value)

        self._board.app.push_screen(screen, chosen)


def _check_number(text: str) -> str:
    return "" if dialable(text) else _(NOT_DIALABLE)


def _message() -> Field:
    return Field("message", _("Message"), check=_check_message, is_long=True)


def _check_message(text: str) -> str:
    return "" if text else _("there is nothing to be sent yet")


def _with_known_last(errand: Errand, number: list[Field], fields: list[Field]) -> list[Field]:
    """What is typed first must not go into a number that is there already."""
    return [*fields, *number] if errand.contacts[0].digits else [*number, *fields]


def _with_number(contacts: Sequence[Contact], values: Mapping[str, str]) -> list[Contact]:
    """With the number and the name that were typed for the only one."""
    if "number" not in values:
        return list(contacts)
    return [replace(contacts[0], digits=dialable(values["number"]) or "")]


def _who(errand: Errand) -> str:
    one = errand.contacts[0]
    if not errand.is_of_one:
        count = len(errand.contacts)
        return ngettext("{count} number", "{count} numbers", count).format(count=count)
    return one.words if one.digits else _("{who} ({reason}: type one)").format(who=one.words, reason=one.reason)


def _left(source: str, picture: Picture) -> str:
    left = units_of(source, picture)
    return "" if left is None else _("{units} units left").format(units=f"{left:,.1f}")
