"""The board: everything at a glance, worst first."""

from collections.abc import Mapping
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from wallboard.domain.actions import Ticket
from wallboard.domain.snapshot import Snapshot
from wallboard.ui.acting import Acting
from wallboard.ui.actions import ACTING, actions_by_key
from wallboard.ui.arming import Repeats
from wallboard.ui.columns import LEAST_HEIGHT, LEAST_WIDTH
from wallboard.ui.desk.import_line import ImportLine
from wallboard.ui.desk.screen import CampaignDesk
from wallboard.ui.moving import MOVES, WHILE_TYPING
from wallboard.ui.panels.campaigns import key_of
from wallboard.ui.panels.catalog import CAMPAIGNS, PANELS
from wallboard.ui.panels.picture import Picture
from wallboard.ui.screens.above import Above
from wallboard.ui.screens.activity import ActivityScreen
from wallboard.ui.screens.detail import DetailScreen
from wallboard.ui.screens.edges import Edges
from wallboard.ui.screens.help import HelpScreen
from wallboard.ui.screens.question import Question
from wallboard.ui.screens.too_small import TooSmall
from wallboard.ui.style import BoardStyle
from wallboard.ui.switchboard import Switchboard
from wallboard.ui.terminal.pieces import draw_in_pieces
from wallboard.ui.wall.screen import is_on_wall
from wallboard.ui.widgets.bars import Banner, Footer, Header, TroubleLines
from wallboard.ui.widgets.floor import FloorView
from wallboard.ui.widgets.keyed_table import KeyedTable
from wallboard.ui.widgets.panel import Panel
from wallboard.ui.widgets.standing import StandingLines
from wallboard.ui.widgets.summary import SummaryStrip
from wallboard.ui.widgets.tray import ActionTray

PANEL_OF_ACTION = {f"focus_{kind.id}": kind.id for kind in PANELS}
TICK_SECONDS = 1.0
# Agents from which on snapshots are drawn panel by panel with every so many ticks, so that keys are answered meanwhile.
LARGE_FLOOR = 500
LARGE_FLOOR_TICKS = 2


class BoardScreen(Screen[None], StandingLines, inherit_bindings=False):
    """Shows the newest snapshot, lets its ages grow each second, and answers keys."""

    AUTO_FOCUS: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "app.copy", show=False)]

    def __init__(self, style: BoardStyle, switchboard: Switchboard) -> None:
        super().__init__()
        draw_in_pieces(self)
        self._style = style
        self._switchboard = switchboard
        self.acting = Acting(self, switchboard, style.destinations, is_fast=style.is_fast)
        self._newest = switchboard.stream.snapshot()
        self._frozen: Picture | None = None
        self._is_due = False
        self._ticks = 0
        self._shown_old: frozenset[object] = frozenset()
        self._actions = actions_by_key(style.keys)
        self._repeats = Repeats()
        self._edges = Edges(self, style, switchboard)

    def compose(self) -> ComposeResult:
        yield Header(self._style.title, self._style.clock, self._style.zone)
        yield Banner()
        yield SummaryStrip(self._style.clock)
        yield FloorView()
        yield ImportLine(self._switchboard.imports)
        yield ActionTray()
        yield TroubleLines()
        yield Footer(self._style.keys)
        yield TooSmall()

    def on_mount(self) -> None:
        self.redraw()
        self.set_interval(TICK_SECONDS, self._tick)

    # What it shows

    def show(self, snapshot: Snapshot) -> None:
        """A newer snapshot; kept for later while the picture is held still, for the next tick where it is large."""
        self._newest = snapshot
        self._is_due = True
        if isinstance(self.app.screen, Question):
            self.app.screen.show(self.live_picture)
        if self._frozen is None and len(snapshot.floor.agents) < LARGE_FLOOR:
            self.redraw()

    @property
    def keys(self) -> Mapping[str, tuple[str, ...]]:
        """The keys of each action."""
        return self._style.keys

    @property
    def picture(self) -> Picture:
        """What is on the screen."""
        return self.live_picture if self._frozen is None else self._frozen

    @property
    def live_picture(self) -> Picture:
        """How the floor stands, also while what is on the screen is held still."""
        style = self._style
        return Picture(self._newest, style.clock.monotonic(), style.thresholds, is_masking=style.is_masking)

    def redraw(self) -> None:
        """Show everything anew, as it stands or is held."""
        if self.app.return_code is not None or is_on_wall(self.app):  # told to leave before panels were there; hidden
            return
        picture = self.picture
        self._shown_old = frozenset(picture.held)
        self._is_due = False
        if len(picture.snapshot.floor.agents) < LARGE_FLOOR:
            with self.app.batch_update():
                for panel in self.floor:
                    panel.show(picture)
                self._show_edges(picture)
        else:  # one after the other, so that keys are answered in between
            for panel in self.floor:
                panel.call_later(panel.show, picture)
            self.call_later(self._show_edges, picture)

    def _tick(self) -> None:
        """Each second: ages grow; where a feed has just become old its rows are made anew."""
        if not self.app.is_running or is_on_wall(self.app):
            return
        picture = self.picture
        self._ticks += 1
        is_due = self._is_due and self._ticks % LARGE_FLOOR_TICKS == 0
        if self._frozen is None and (is_due or frozenset(picture.held) != self._shown_old):
            self.redraw()
        else:
            with self.app.batch_update():
                self.floor.tick(picture)
                self._show_edges(picture)
        self._show_above(picture)

    def _show_above(self, picture: Picture) -> None:
        """The screens over the board live too; one that asks before acting is never shown a picture held still."""
        for above in self.app.screen_stack:
            if isinstance(above, Above):
                above.show(self.live_picture if isinstance(above, Question) else picture)

    def tell(self, ticket: Ticket) -> None:
        """Something that was confirmed has come further."""
        self.acting.told(ticket)
        self._show_actions()

    def _show_actions(self) -> None:
        tickets = self._switchboard.sink.tickets()
        pending = frozenset(ticket.command.row_key for ticket in tickets if ticket.is_open)
        self.floor.show_pending(pending)
        self.query_one(ActionTray).show(tickets, self.live_picture)

    def _show_keys(self) -> None:
        self.query_one(Footer).show(self.panel.kind.id, self.acting.availability)

    def _show_edges(self, picture: Picture) -> None:
        now = self._style.clock.monotonic()
        held = None if self._frozen is None else now - self._frozen.now
        self._edges.show(picture, held)
        self._show_actions()
        self._show_keys()

    def on_resize(self, event: events.Resize) -> None:
        """Choose the arrangement for the size."""
        width, height = event.size
        self.set_class(width < LEAST_WIDTH or height < LEAST_HEIGHT, "-too-small")
        self.floor.fit(width, height)
        self.redraw()

    # What keys do

    async def on_key(self, event: events.Key) -> None:
        action = self._actions.get(event.key)
        is_unreadable = self.has_class("-too-small") and action != "quit"
        if not self.is_active or is_unreadable:  # struck before a dialog came up that it was not meant for
            event.stop()
            return
        if self.panel.is_filtering and action not in WHILE_TYPING and not event.key.startswith("ctrl+"):
            self._type(event)
        elif action is not None:
            event.stop()
            event.prevent_default()
            if not (self._repeats.strikes(event.key, event.time) and action in ACTING):
                await self.do(action)

    def on_screen_resume(self) -> None:
        self._repeats = Repeats()  # keys went elsewhere meanwhile

    def _type(self, event: events.Key) -> None:
        """A key for the filter line; what was typed ahead, before the line had the focus, is not lost."""
        if event.key == "escape":
            self.action_back()
        else:
            self.panel.type_ahead(event)

    async def do(self, action_id: str) -> None:
        """Do an action of the registry: go to a panel, act on rows, another of the board or of the application."""
        if action_id in PANEL_OF_ACTION:
            self.floor.go_to(PANEL_OF_ACTION[action_id])
        elif action_id in MOVES:
            self.panel.table.move(MOVES[action_id](self.panel.table))
        elif action_id in ACTING:
            self.acting.act(ACTING[action_id])
        else:
            await self._do_own(action_id)
        self._show_keys()

    async def _do_own(self, action_id: str) -> None:
        await self.run_action(action_id if hasattr(self, f"action_{action_id}") else f"app.{action_id}")

    @property
    def floor(self) -> FloorView:
        return self.query_one(FloorView)

    @property
    def panel(self) -> Panel:
        """The panel that the keys are for."""
        return self.floor.panel

    def action_next_panel(self) -> None:
        self.floor.go_by(1)

    def action_previous_panel(self) -> None:
        self.floor.go_by(-1)

    def action_filter(self) -> None:
        self.panel.open_filter()

    def action_sort(self) -> None:
        self.panel.sort_next()

    def action_reverse_sort(self) -> None:
        panel = self.panel
        panel.sort_by(panel.view.sort, is_reversed=not panel.view.is_reversed)

    def action_mark(self) -> None:
        self.panel.toggle_mark()

    @on(KeyedTable.RowOpened)
    def action_open_detail(self) -> None:
        panel = self.panel
        if panel.table.cursor_key is None:
            panel.table.move(0)
        row_key = panel.table.cursor_key
        if row_key is not None and panel.kind is CAMPAIGNS:
            self._open_desk(row_key)
        elif row_key is not None:
            screen = DetailScreen(self._style.keys, panel.kind, row_key, self.picture)
            self.app.push_screen(screen, self._act_from_detail)

    def _open_desk(self, row_key: str) -> None:
        campaign = next((each for each in self.picture.snapshot.floor.campaigns if key_of(each) == row_key), None)
        if campaign is not None:
            look = partial(getattr, self, "live_picture")
            self.app.push_screen(CampaignDesk(self._style, self._switchboard, campaign, look, self.acting.take_back))

    def _act_from_detail(self, action_id: str | None) -> None:
        if action_id is not None:
            self.acting.act(ACTING[action_id])

    def action_activity(self) -> None:
        """What was done, and what happened."""
        sink, style = self._switchboard.sink, self._style
        self.app.push_screen(
            ActivityScreen(style.keys, self._switchboard.activity, sink.tickets, self.picture, style.clock, style.zone)
        )

    def action_help(self) -> None:
        self.app.push_screen(HelpScreen(self._style.keys))

    def action_maximize(self) -> None:
        if self.floor.is_maximized:
            self.floor.restore()
        else:
            self.floor.maximize()

    def action_back(self) -> None:
        """Take back, in this order: what is not sent yet, filter, marks, maximised panel, cursor."""
        panel = self.panel
        if self.acting.take_back() or panel.clear_filter() or panel.clear_marks():
            return
        if self.floor.is_maximized:
            self.floor.restore()
        else:
            panel.table.drop_cursor()

    def action_freeze(self) -> None:
        """Hold the picture still, or go on with the newest."""
        self._frozen = self.picture if self._frozen is None else None
        self.redraw()
