"""The board: everything at a glance, worst first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.screen import Screen
from textual.widgets import Static

from wallboard.clock import Clock
from wallboard.domain.snapshot import Snapshot
from wallboard.domain.thresholds import Thresholds
from wallboard.ui.actions import actions_by_key
from wallboard.ui.panels.catalog import PANELS
from wallboard.ui.panels.picture import Picture
from wallboard.ui.screens.detail import DetailScreen
from wallboard.ui.screens.help import HelpScreen
from wallboard.ui.screens.overlay import Overlay
from wallboard.ui.widgets.bars import Banner, Footer, Header, TroubleLines
from wallboard.ui.widgets.keyed_table import KeyedTable
from wallboard.ui.widgets.panel import Panel
from wallboard.ui.widgets.summary import SummaryStrip

SECOND = frozenset({"campaigns", "feeds"})  # hidden on a small screen until they are asked for
PANEL_OF_ACTION = {f"focus_{kind.id}": kind.id for kind in PANELS}
LEAST_WIDTH, LEAST_HEIGHT = 60, 16
SMALL_WIDTH, SMALL_HEIGHT = 100, 30
WHILE_TYPING = frozenset({"row_up", "row_down", "page_up", "page_down", "next_panel", "previous_panel"})
TICK_SECONDS = 1.0
# Agents from which on snapshots are drawn panel by panel with every so many ticks, so that keys are answered meanwhile.
LARGE_FLOOR = 500
LARGE_FLOOR_TICKS = 2


@dataclass(frozen=True, slots=True)
class BoardStyle:
    """What holds for the whole life of a board."""

    title: str
    clock: Clock
    thresholds: Thresholds
    keys: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, str]  # the vendor of each source
    is_masking: bool = False
    zone: tzinfo | None = None  # of the clock in the header; None: the machine's


class BoardScreen(Screen[None], inherit_bindings=False):
    """Shows the newest snapshot, lets its ages grow each second, and answers keys."""

    AUTO_FOCUS: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "copy_text", show=False)]

    def __init__(self, style: BoardStyle, snapshot: Snapshot) -> None:
        super().__init__()
        self._style = style
        self._newest = snapshot
        self._frozen: Picture | None = None
        self._current: Panel | None = None
        self._is_due = False
        self._ticks = 0
        self._shown_old: frozenset[object] = frozenset()
        self._actions = actions_by_key(style.keys)

    def compose(self) -> ComposeResult:
        yield Header(self._style.title, self._style.clock, self._style.zone)
        yield Banner()
        yield SummaryStrip()
        with Container(id="floor"):
            for kind in PANELS:
                yield Panel(kind)
        yield TroubleLines()
        yield Footer(self._style.keys)
        yield Static(f"wallboard needs {LEAST_WIDTH} × {LEAST_HEIGHT} characters", id="too-small", markup=False)

    def on_mount(self) -> None:
        self._choose(self.panel)
        self._show()
        self.set_interval(TICK_SECONDS, self._tick)

    # What it shows

    def show(self, snapshot: Snapshot) -> None:
        """A newer snapshot; kept for later while the picture is held still, for the next tick where it is large."""
        self._newest = snapshot
        self._is_due = True
        if self._frozen is None and len(snapshot.floor.agents) < LARGE_FLOOR:
            self._show()

    @property
    def keys(self) -> Mapping[str, tuple[str, ...]]:
        """The keys of each action."""
        return self._style.keys

    @property
    def picture(self) -> Picture:
        """What is on the screen."""
        if self._frozen is not None:
            return self._frozen
        style = self._style
        return Picture(self._newest, style.clock.monotonic(), style.thresholds, is_masking=style.is_masking)

    def _show(self) -> None:
        if self.app.return_code is not None:  # told to leave before the panels were there
            return
        picture = self.picture
        self._shown_old = frozenset(picture.held)
        self._is_due = False
        if len(picture.snapshot.floor.agents) < LARGE_FLOOR:
            with self.app.batch_update():
                for panel in self.query(Panel):
                    panel.show(picture)
                self._show_edges(picture)
        else:  # one after the other, so that keys are answered in between
            for panel in self.query(Panel):
                panel.call_later(panel.show, picture)
            self.call_later(self._show_edges, picture)

    def _tick(self) -> None:
        """Each second: ages grow; where a feed has just become old its rows are made anew."""
        picture = self.picture
        self._ticks += 1
        is_due = self._is_due and self._ticks % LARGE_FLOOR_TICKS == 0
        if self._frozen is None and (is_due or frozenset(picture.held) != self._shown_old):
            self._show()
        else:
            with self.app.batch_update():
                for panel in self.query(Panel):
                    panel.tick(picture)
                self._show_edges(picture)
        if isinstance(self.app.screen, Overlay):
            self.app.screen.show(picture)

    def _show_edges(self, picture: Picture) -> None:
        now = self._style.clock.monotonic()
        held = None if self._frozen is None else now - self._frozen.now
        self.query_one(Header).show(picture)
        self.query_one(Banner).show(picture, self._style.kinds, held)
        self.query_one(SummaryStrip).show(picture)
        self.query_one(TroubleLines).show(picture)

    def on_resize(self, event: events.Resize) -> None:
        """Choose the arrangement for the size."""
        width, height = event.size
        self.set_class(width < LEAST_WIDTH or height < LEAST_HEIGHT, "-too-small")
        self.query_one("#floor").set_class(width < SMALL_WIDTH or height < SMALL_HEIGHT, "-small")
        self._show()

    # What keys do

    async def on_key(self, event: events.Key) -> None:
        action = self._actions.get(event.key)
        if self.panel.is_filtering and action not in WHILE_TYPING and not event.key.startswith("ctrl+"):
            self._type(event)
        elif action is not None:
            event.stop()
            event.prevent_default()
            await self.do(action)

    def _type(self, event: events.Key) -> None:
        """A key for the filter line; what was typed ahead, before the line had the focus, is not lost."""
        panel = self.panel
        if event.key == "escape":
            panel.clear_filter()
        elif self.focused is not panel.filter_line:
            if event.key == "enter":
                panel.close_filter()
            elif event.character and event.is_printable:
                panel.filter_line.insert_text_at_cursor(event.character)

    async def do(self, action_id: str) -> None:
        """Do an action of the registry: go to a panel, another of the board's own, or the application's."""
        if action_id in PANEL_OF_ACTION:
            self.go_to(PANEL_OF_ACTION[action_id])
            return
        await self.run_action(action_id if hasattr(self, f"action_{action_id}") else f"app.{action_id}")

    @property
    def panel(self) -> Panel:
        """The panel that the keys are for."""
        return self._current or self.query_one("#queues", Panel)

    def _choose(self, panel: Panel) -> None:
        if self._current is not None:
            self._current.set_current(False)
        self._current = panel
        panel.set_current(True)
        floor = self.query_one("#floor")
        floor.set_class(panel.kind.id in SECOND, "-second")
        if floor.has_class("-maximized"):
            self._maximize(panel)

    @on(Panel.Chosen)
    def _on_chosen(self, event: Panel.Chosen) -> None:
        self._choose(event.panel)

    def go_to(self, panel_id: str, row_key: str | None = None) -> None:
        """Go to a panel, showing it first where it is hidden, and to a row of it."""
        panel = self.query_one(f"#{panel_id}", Panel)
        self._choose(panel)
        if panel.table.cursor_key is None:
            panel.table.move(0)
        if row_key is not None and not panel.table.go_to(row_key):
            panel.clear_filter()
            panel.table.go_to(row_key)

    def action_next_panel(self) -> None:
        self._go_by(1)

    def action_previous_panel(self) -> None:
        self._go_by(-1)

    def _go_by(self, step: int) -> None:
        ids = [kind.id for kind in PANELS]
        self.go_to(ids[(ids.index(self.panel.kind.id) + step) % len(ids)])

    def action_row_up(self) -> None:
        self.panel.table.move(-1)

    def action_row_down(self) -> None:
        self.panel.table.move(1)

    def action_page_up(self) -> None:
        self.panel.table.move(-self.panel.table.page)

    def action_page_down(self) -> None:
        self.panel.table.move(self.panel.table.page)

    def action_first_row(self) -> None:
        self.panel.table.move(-len(self.panel.table.rows))

    def action_last_row(self) -> None:
        self.panel.table.move(len(self.panel.table.rows))

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
        if panel.table.cursor_key is not None:
            self.app.push_screen(DetailScreen(self._style.keys, panel.kind, panel.table.cursor_key, self.picture))

    def action_help(self) -> None:
        self.app.push_screen(HelpScreen(self._style.keys))

    def action_maximize(self) -> None:
        if self.query_one("#floor").has_class("-maximized"):
            self._restore()
        else:
            self._maximize(self.panel)

    def _maximize(self, panel: Panel) -> None:
        self.query_one("#floor").add_class("-maximized")
        for each in self.query(Panel):
            each.set_class(each is panel, "-alone")

    def _restore(self) -> None:
        self.query_one("#floor").remove_class("-maximized")
        self.query(Panel).remove_class("-alone")

    def action_back(self) -> None:
        """Take back, in this order: filter, marks, maximised panel, cursor."""
        panel = self.panel
        if panel.clear_filter() or panel.clear_marks():
            return
        if self.query_one("#floor").has_class("-maximized"):
            self._restore()
        else:
            panel.table.drop_cursor()

    def action_freeze(self) -> None:
        """Hold the picture still, or go on with the newest."""
        self._frozen = self.picture if self._frozen is None else None
        self._show()
