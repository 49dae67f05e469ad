"""The campaign desk: one campaign over the whole screen, its targets and members; the board lives on behind it."""

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from wallboard.domain.actions import Stage, Ticket
from wallboard.domain.campaigns import Campaign
from wallboard.language.catalog import _
from wallboard.ui.actions import ACTIONS, AT_DESK, Action, actions_by_key
from wallboard.ui.arming import Repeats
from wallboard.ui.columns import LEAST_HEIGHT, LEAST_WIDTH
from wallboard.ui.desk.acting import DeskActing
from wallboard.ui.desk.foot import DeskFooter
from wallboard.ui.desk.head import Facts, head, trouble
from wallboard.ui.desk.lists import ListsView
from wallboard.ui.desk.panels import AskedPanel
from wallboard.ui.desk.targets import Manner
from wallboard.ui.messages import TicketMoved
from wallboard.ui.moving import MOVES, WHILE_TYPING
from wallboard.ui.panels.campaigns import key_of
from wallboard.ui.panels.picture import Picture
from wallboard.ui.screens.above import Above
from wallboard.ui.screens.activity import ActivityScreen
from wallboard.ui.screens.help import HelpScreen
from wallboard.ui.style import BoardStyle
from wallboard.ui.switchboard import Switchboard
from wallboard.ui.text import plain
from wallboard.ui.widgets.bars import Header
from wallboard.ui.widgets.tray import ActionTray

DESK_ACTIONS: Mapping[str, Action] = {
    **AT_DESK,
    **{action.id: action for action in ACTIONS if action.id == "toggle_campaign"},
}

TICK_SECONDS = 1.0


class CampaignDesk(Above[None], inherit_bindings=False):
    """Shows how the campaign stands now and answers keys; what they do to it is `DeskActing`'s."""

    AUTO_FOCUS: ClassVar[str] = ""
    DEFAULT_CSS = """
    CampaignDesk {
        background: $background; color: $foreground;
        & > #head { height: auto; max-height: 6; padding: 0 1; background: $surface; }
        & > #whole { height: 2; padding: 0 1; color: $heading; }
        & > #trouble { height: auto; max-height: 3; padding: 0 1; background: $surface; color: $sla-warn; }
        & > .-empty { display: none; }
        & > #too-small { display: none; width: 1fr; height: 1fr; content-align: center middle; text-align: center; }
        &.-too-small > * { display: none; }
        &.-too-small > #too-small { display: block; }
    }
    """

    def __init__(
        self,
        style: BoardStyle,
        switchboard: Switchboard,
        campaign: Campaign,
        look: Callable[[], Picture],
        take_back: Callable[[], bool],
    ) -> None:
        """
        Args:
            style: how the board is used.
            switchboard: what is behind it.
            campaign: whose desk it is.
            look: gives the newest picture, also while the board's is held still.
            take_back: takes back what was confirmed last and is not sent; False when there is nothing.
        """
        super().__init__()
        self._style = style
        self.switchboard = switchboard
        self._campaign = campaign
        self._look = look
        self._take_back = take_back
        self.lists = ListsView(campaign, switchboard.enquiries, style.clock, Manner(look().shown, style.zone))
        self._acting = DeskActing(self, is_fast=style.is_fast)
        self._actions = actions_by_key(style.keys)
        self._repeats = Repeats()
        self._said: dict[str, Content] = {}

    def compose(self) -> ComposeResult:
        yield Header(self._style.title, self._style.clock, self._style.zone)
        yield Static("", id="head", markup=False)
        yield self.lists
        yield Static("", id="whole", classes="-empty", markup=False)
        yield Static("", id="trouble", classes="-empty", markup=False)
        yield ActionTray()
        yield DeskFooter(self._style.keys)
        needs = _("wallboard needs {width} × {height} characters").format(width=LEAST_WIDTH, height=LEAST_HEIGHT)
        yield Static(needs, id="too-small", markup=False)

    def on_mount(self) -> None:
        self._unsubscribe = self.switchboard.sink.listen(self._pass_on)
        self.set_interval(TICK_SECONDS, self._tick)
        self._show()

    def _tick(self) -> None:
        """Live on also while a dialog lies over it; else the board has it drawn."""
        if not self.is_active:
            self._show()

    def _pass_on(self, ticket: Ticket) -> None:
        self.post_message(TicketMoved(ticket))

    def on_unmount(self) -> None:
        self._unsubscribe()

    def on_resize(self, event: events.Resize) -> None:
        width, height = event.size
        self.set_class(width < LEAST_WIDTH or height < LEAST_HEIGHT, "-too-small")
        self.lists.fit(width)
        self.call_after_refresh(self._show)

    # What acting and importing need of it

    @property
    def keys(self) -> Mapping[str, tuple[str, ...]]:
        """The keys of each action."""
        return self._style.keys

    @property
    def live_picture(self) -> Picture:
        """How the floor stands."""
        return self._look()

    @property
    def campaign(self) -> Campaign:
        """As it was told of last."""
        self._campaign = self._found or self._campaign
        return self._campaign

    @property
    def campaign_words(self) -> str:
        """As the person sees it."""
        return self._look().shown(self.campaign.name)

    @property
    def _found(self) -> Campaign | None:
        """As it stands among the campaigns now."""
        wanted = key_of(self._campaign)
        return next((each for each in self._look().snapshot.floor.campaigns if key_of(each) == wanted), None)

    @property
    def panel(self) -> AskedPanel:
        """The list that the keys are for."""
        return self.lists.panel

    # What it shows

    def draw(self, picture: Picture) -> None:
        """Always how things stand now: people act on it, also while the board's picture is held still."""
        self._show()

    def on_screen_resume(self) -> None:
        self._repeats = Repeats()  # keys went elsewhere meanwhile
        self._show()

    @on(ListsView.Answered)
    def _show(self) -> None:
        if not self.can_draw:
            return
        picture, campaign, sink = self._look(), self.campaign, self.switchboard.sink
        tickets = sink.tickets()
        mine = [each for each in tickets if each.is_open and each.command.row_key == key_of(campaign)]
        with self.app.batch_update():
            self.query_one(Header).show(picture, self.switchboard.role)
            self.lists.show(picture, campaign)
            self.lists.show_pending(frozenset(each.command.item for each in mine))
            self._say("#head", head(self._facts(), picture, self.size.width - 2))
            self._say("#whole", plain(self.panel.whole))
            self._say("#trouble", plain(trouble(self.lists.fault, self._style.kinds.get(campaign.source, ""))))
            self.query_one(ActionTray).show(tickets, picture)
            self._show_keys()

    def _show_keys(self) -> None:
        offered = [action for action in AT_DESK.values() if action.id in self.keys and self._acting.offers(action)]
        other = self.lists.other
        self.query_one(DeskFooter).show_actions(
            offered, self._acting.availability, _(other.kind.title).lower() if other else ""
        )

    def _facts(self) -> Facts:
        campaign, board = self.campaign, self.switchboard
        return Facts(
            campaign=campaign,
            is_gone=self._found is None,
            member_count=self.lists.member_count,
            burn=board.burn.burn(campaign.source, campaign.id),
            progress=board.imports.progress(campaign.source, campaign.id),
            wall=self._style.clock.now(),
            zone=self._style.zone,
        )

    def _say(self, place: str, content: Content) -> None:
        """Only what is new is laid out."""
        if self._said.get(place) != content:
            self._said[place] = content
            shown = self.query_one(place, Static)
            shown.update(content, layout=place != "#whole")  # which is as high whatever it says
            shown.set_class(not content.plain, "-empty")

    def on_ticket_moved(self, message: TicketMoved) -> None:
        """What was done to the campaign has ended: see what the vendor has now."""
        message.stop()
        ticket = message.ticket
        if ticket.stage is Stage.ENDED and ticket.command.row_key == key_of(self._campaign):
            self.lists.ask_again()
        self._show()

    # What keys do

    def on_key(self, event: events.Key) -> None:
        action = self._actions.get(event.key, "")
        is_unreadable = self.has_class("-too-small") and action not in {"back", "quit"}
        if not self.is_active or is_unreadable:
            event.stop()
            event.prevent_default()
        elif self.panel.is_filtering and action not in WHILE_TYPING and not event.key.startswith("ctrl+"):
            self._type(event)
        elif action:
            event.stop()
            event.prevent_default()
            if not (self._repeats.strikes(event.key, event.time) and action in DESK_ACTIONS):
                self._do(action)

    def _type(self, event: events.Key) -> None:
        if event.key == "escape":
            event.stop()
            event.prevent_default()
            self.panel.clear_filter()
        else:
            self.panel.type_ahead(event)

    def _do(self, action: str) -> None:
        if action in MOVES:
            self.panel.table.move(MOVES[action](self.panel.table))
        elif action in DESK_ACTIONS:
            self._acting.act(DESK_ACTIONS[action])
        elif action in self._own:
            self._own[action]()
        self._show()

    @property
    def _own(self) -> Mapping[str, Callable[[], object]]:
        panel = self.panel
        return {
            "next_panel": self._go_to_other,
            "previous_panel": self._go_to_other,
            "filter": panel.open_filter,
            "sort": panel.sort_next,
            "reverse_sort": lambda: panel.sort_by(panel.view.sort, is_reversed=not panel.view.is_reversed),
            "mark": panel.toggle_mark,
            "refresh": self._refresh,
            "activity": self._open_activity,
            "help": lambda: self.app.push_screen(HelpScreen(self.keys)),
            "back": self._back,
            "quit": self.close,
        }

    def _go_to_other(self) -> None:
        if self.lists.other is not None:
            self.lists.choose(self.lists.other)
        else:
            self.app.notify(_("a smart dialer has no members: it calls the target first"), timeout=4, markup=False)

    def _refresh(self) -> None:
        """Ask for the lists and all that the board shows, as far as the vendors allow."""
        self.lists.ask_again()
        self.switchboard.stream.refresh()
        self.app.notify(_("asking for the lists and all feeds, as the vendors allow"), timeout=3, markup=False)

    def _back(self) -> None:
        """In this order: what is not sent yet, filter, marks, cursor; then leave."""
        panel = self.panel
        if self._take_back() or panel.clear_filter() or panel.clear_marks():
            return
        if panel.table.cursor_key is not None:
            panel.table.drop_cursor()
        else:
            self.close()

    def _open_activity(self) -> None:
        board, style = self.switchboard, self._style
        self.app.push_screen(
            ActivityScreen(style.keys, board.activity, board.sink.tickets, self._look(), style.clock, style.zone)
        )
