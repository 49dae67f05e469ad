"""The lists of Yemot systems, one line each, and the way to them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wallboard.language.catalog import N_, _
from wallboard.ui.asking import Asker, Ground
from wallboard.ui.screens.choose import ChooseScreen, Option
from wallboard.ui.switchboard import Switchboard
from wallboard.ui.toolbox.list_screen import ListScreen
from wallboard.ui.toolbox.listing import Listing
from wallboard.ui.toolbox.numbers import OWN_NUMBERS
from wallboard.ui.toolbox.open_list import ListPlace
from wallboard.ui.toolbox.proposals import account_feed
from wallboard.ui.toolbox.ring_lists import RING_LISTS
from wallboard.ui.toolbox.sip import SIP_ACCOUNTS
from wallboard.ui.toolbox.tasks import TASKS
from wallboard.ui.toolbox.transactions import TRANSACTIONS


@dataclass(frozen=True, slots=True)
class Offer:
    """A list, as the palette names it; looked up where it is shown. `more`: words by which it is found, too."""

    name: str
    help: str
    more: str
    listing: Listing[Any, Any]


OFFERS = (
    Offer(
        N_("units"), N_("what was bought and spent, and the balance after it"), "sms transactions credit", TRANSACTIONS
    ),
    Offer(N_("scheduled tasks"), N_("what the system does by itself: look, create, switch, delete"), "cron log", TASKS),
    Offer(
        N_("SIP accounts"),
        N_("telephones by internet: extension numbers and transport"),
        "udp wss phones",
        SIP_ACCOUNTS,
    ),
    Offer(
        N_("numbers"),
        N_("the system’s numbers, and where calls to the secondary ones go"),
        "did secondary further",
        OWN_NUMBERS,
    ),
    Offer(N_("one-ring lists"), N_("tzintuk lists: subscribers, log, empty"), "tzintuk צינתוק", RING_LISTS),
)


class Lists:
    """One for each board.

    Args:
        ground: the board.
        switchboard: where questions and commands go.
        asker: asks whether something is meant.
    """

    def __init__(self, ground: Ground, switchboard: Switchboard, asker: Asker) -> None:
        self._ground = ground
        self._switchboard = switchboard
        self._asker = asker

    def offered(self) -> Iterator[Offer]:
        """Those which some source of the board can tell."""
        return (offer for offer in OFFERS if self._places(offer))

    def open(self, offer: Offer) -> None:
        """Show a list; where several systems have one, ask whose."""
        places = self._places(offer)
        if len(places) == 1:
            self._show(offer, places[0])
        elif places:
            shown = self._ground.live_picture.shown
            options = [Option(shown(place.source), "", place) for place in places]
            name = _(offer.name)
            title = _("{list}: of which system?").format(list=f"{name[0].upper()}{name[1:]}")
            self._ground.app.push_screen(
                ChooseScreen(title, options), lambda place: self._show(offer, place) if place else None
            )

    def _show(self, offer: Offer, place: ListPlace) -> None:
        self._ground.app.push_screen(ListScreen(place, offer.listing))

    def _places(self, offer: Offer) -> list[ListPlace]:
        picture, query = self._ground.live_picture, type(offer.listing.query)
        sources = dict.fromkeys(key.source for key in picture.snapshot.feeds)
        return [
            ListPlace(self._ground, self._switchboard, self._asker, source, feed)
            for source in sources
            if self._switchboard.enquiries.can_ask(source, query) and (feed := account_feed(source, picture))
        ]
