"""What can be done in an open list goes by this: dialogs, forms, further questions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textual.screen import Screen

from wallboard.domain.actions import Ticket
from wallboard.domain.enquiries import Query
from wallboard.domain.faults import Fault, FaultCode, VendorFault
from wallboard.domain.feeds import FeedKey
from wallboard.language.catalog import _
from wallboard.language.words import fault_remedy, fault_words
from wallboard.ui.asking import Asker, Ground
from wallboard.ui.panels.picture import Picture
from wallboard.ui.proposals import Proposal
from wallboard.ui.screens.choose import ChooseScreen, Option
from wallboard.ui.screens.form import Field, FormScreen, nothing_to_say
from wallboard.ui.switchboard import Switchboard
from wallboard.ui.toolbox.item_screen import ItemScreen
from wallboard.ui.toolbox.listing import Answer, Lines, Listing


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Whose list it is, and what is around it.

    Args:
        ground: the board.
        switchboard: where questions and commands go.
        asker: asks whether something is meant.
        source: a Yemot system.
        feed: its credit.
    """

    ground: Ground
    switchboard: Switchboard
    asker: Asker
    source: str
    feed: FeedKey


class OpenList:
    """Implements `listing.ListDesk` for the screen that shows the list.

    Args:
        place: whose list it is.
        screen: shows it; questions are given up with it.
        open_other: makes the screen of another list of the same source.
    """

    def __init__(
        self, place: ListPlace, screen: Screen[Any], open_other: Callable[[Listing[Any, Any]], Screen[Any]]
    ) -> None:
        self.items: Sequence[Any] = ()
        self.pressed = ""  # the key of what is being done
        self._place = place
        self._screen = screen
        self._open_other = open_other
        self._watched: set[str] = set()  # ids of tickets after whose end the list is another

    @property
    def source(self) -> str:
        return self._place.source

    @property
    def feed(self) -> FeedKey:
        return self._place.feed

    @property
    def picture(self) -> Picture:
        return self._place.ground.live_picture

    def has_ended(self) -> bool:
        """Whether something that was done here has ended since this was asked last."""
        tickets = self._place.switchboard.sink.tickets()
        ended = {ticket.id for ticket in tickets if not ticket.is_open} & self._watched
        self._watched -= ended
        return bool(ended)

    def tell(self, words: str) -> None:
        self._place.asker.say(words, "warning")

    def ask(self, proposal: Proposal) -> None:
        self._place.asker.ask(proposal, (self.pressed,), self._watch)

    def _watch(self, tickets: tuple[Ticket, ...]) -> None:
        self._watched |= {ticket.id for ticket in tickets}

    def fill_in(
        self,
        title: str,
        fields: Sequence[Field],
        then: Callable[[dict[str, str]], None],
        remark: Callable[[Mapping[str, str]], str] = nothing_to_say,
    ) -> None:
        self._screen.app.push_screen(FormScreen(title, fields, _("go on"), remark), _unless_left(then))

    def choose(self, title: str, options: Mapping[str, Answer], then: Callable[[Answer], None]) -> None:
        screen = ChooseScreen(title, [Option(words, "", value) for words, value in options.items()])
        self._screen.app.push_screen(screen, _unless_left(then))

    def inquire(self, query: Query[Answer], then: Callable[[Answer], None]) -> None:
        self._screen.run_worker(self._inquire(query, then), group="inquiry", exclusive=True)

    async def _inquire(self, query: Query[Answer], then: Callable[[Answer], None]) -> None:
        try:
            answer = await self._place.switchboard.enquiries.ask(self.source, query)
        except VendorFault as trouble:
            self._place.asker.say(trouble_words(trouble.fault, self.picture), "error")
        else:
            if self._screen.is_active:  # nobody has gone on to something else meanwhile
                then(answer)

    def go_on(self, listing: Listing[Any, Any]) -> None:
        self._screen.app.push_screen(self._open_other(listing))

    def show_item(self, title: str, lines: Lines) -> None:
        self._screen.app.push_screen(ItemScreen(self._place.ground.keys, title, lines))


def trouble_words(fault: Fault, picture: Picture) -> str:
    """What went wrong, and what to do; a vendor's own words say it all, and the remedy would speak of queues."""
    remedy = "" if fault.code is FaultCode.VENDOR else f". {fault_remedy(fault, 'yemot')}"
    return picture.shown(f"{fault_words(fault)}{remedy}")


def _unless_left(then: Callable[[Answer], None]) -> Callable[[Answer | None], None]:
    def chosen(answer: Answer | None) -> None:
        if answer is not None:
            then(answer)

    return chosen
