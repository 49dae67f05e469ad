"""The view of what was done and what happened, newest first, live."""

from collections.abc import Callable, Mapping
from datetime import tzinfo
from typing import NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static
from textual.worker import Worker

from wallboard.clock import Clock
from wallboard.domain.actions import ActionRecord, Ticket
from wallboard.domain.happenings import (
    ActivityStream,
    AgentHappening,
    CallerHappening,
    CampaignHappening,
    FeedHappening,
    ReadRecords,
)
from wallboard.language.catalog import N_, _
from wallboard.ui.actions import shown
from wallboard.ui.cells import Line, Row
from wallboard.ui.moving import MOVES
from wallboard.ui.panels.happenings import COLUMNS, Attempt, Calendar, Event, actions, newest_first, rows
from wallboard.ui.panels.picture import Picture, RowCache
from wallboard.ui.screens.overlay import Overlay
from wallboard.ui.text import plain
from wallboard.ui.widgets.keyed_table import KeyedTable

READ_EVERY_SECONDS = 5.0  # other programs write the audit too


class Chapter(NamedTuple):
    """One of the lists that the view can show, and what it says while there is nothing in it."""

    title: str
    holds: tuple[type, ...]
    empty: str


_ACTIONS = (ActionRecord, Attempt)
_FEEDS = (FeedHappening, CampaignHappening)
CHAPTERS = (
    Chapter(
        N_("All"),
        (*_ACTIONS, CallerHappening, AgentHappening, *_FEEDS),
        N_("nothing has happened yet; what does will stand here"),
    ),
    Chapter(N_("Actions"), _ACTIONS, N_("nobody has done anything yet; who did what will stand here")),
    Chapter(N_("Callers"), (CallerHappening,), N_("no caller has come or gone yet; who does will stand here")),
    Chapter(N_("Agents"), (AgentHappening,), N_("no agent has changed yet; who does will stand here")),
    Chapter(N_("Feeds, campaigns"), _FEEDS, N_("no feed was lost, no campaign switched; it will stand here")),
)
_TURNS = {"next_panel": 1, "previous_panel": -1}


class ActivityScreen(Overlay):
    """New rows come in at the top while one is there; whoever reads further down keeps his line where it is."""

    def __init__(
        self,
        keys: Mapping[str, tuple[str, ...]],
        stream: ActivityStream,
        tickets: Callable[[], tuple[Ticket, ...]],
        picture: Picture,
        clock: Clock,
        zone: tzinfo | None,
    ) -> None:
        """
        Args:
            keys: the keys of each action.
            stream: what happened, and the audit.
            tickets: the actions of this board that are under way or have just ended.
            picture: what is on the board.
            clock: tells which day is today.
            zone: of the times shown; None: the machine's.
        """
        super().__init__(keys)
        self._keys = keys
        self._stream = stream
        self._tickets = tickets
        self._picture = picture
        self._clock = clock
        self._zone = zone
        self._wall_offset = clock.now() - clock.monotonic()
        self._chapter = 0
        self._records = ReadRecords(())
        self._reading: Worker[None] | None = None
        self._read_at = clock.monotonic()
        self._seen_tickets: tuple[Ticket, ...] = ()
        self._cache = RowCache()
        self._said: dict[str, Content] = {}

    def compose(self) -> ComposeResult:
        with Vertical(classes="overlay -tall"):
            yield Static("", classes="overlay--title", markup=False)
            yield KeyedTable(COLUMNS, id="activity")
            yield Static("", classes="overlay--whole", markup=False)
            yield Static("", classes="overlay--hint", markup=False)

    def on_mount(self) -> None:
        self.table.is_current = True
        self._read()
        self.draw(self._picture)

    @property
    def table(self) -> KeyedTable:
        return self.query_one("#activity", KeyedTable)

    # What it shows

    def draw(self, picture: Picture) -> None:
        """Show what has come since, with the names of a newer picture."""
        self._picture = picture
        tickets = self._tickets()
        now = self._clock.monotonic()
        if tickets != self._seen_tickets or now - self._read_at >= READ_EVERY_SECONDS:
            self._seen_tickets = tickets
            self._read()
        done = actions(self._records.records, tickets, now, self._wall_offset)
        self._show_events(newest_first(self._stream.happenings(), done))

    def _show_events(self, all_events: list[Event]) -> None:
        chapter = CHAPTERS[self._chapter]
        chosen = [event for event in all_events if isinstance(event, chapter.holds)]
        self.table.show_when_empty(_(chapter.empty))
        calendar = Calendar.at(self._clock.now(), self._zone)
        self._apply(rows(chosen, self._picture, calendar, self._cache))
        self._say(".overlay--title", _title(self._chapter, len(chosen)))
        self._show_row()
        self._show_hint()

    def _apply(self, new_rows: list[Row]) -> None:
        """Show these rows instead; where somebody reads further down, his line stays on its line of the screen."""
        table = self.table
        anchor, top = self._anchor(), table.scroll_offset.y
        was = _place(table.rows, anchor)
        table.apply(new_rows, self._picture.now)
        place = _place(table.rows, anchor)
        if anchor is None and table.cursor_key is not None:
            table.move(-len(table.rows))
        elif was is not None and place is not None:
            table.scroll_to(y=top + place - was, animate=False, immediate=True, force=True)

    def _anchor(self) -> str | None:
        """The row that must not move: the one under the cursor, else the first visible; None: the newest are read."""
        table = self.table
        top, cursor = table.scroll_offset.y, _place(table.rows, table.cursor_key)
        if not table.rows or (top == 0 and not cursor):
            return None
        is_visible = cursor is not None and top <= cursor < top + table.page
        return table.cursor_key if is_visible else table.rows[top].key

    def _show_row(self) -> None:
        """The row under the cursor, whole: on a narrow screen its end is cut in the table."""
        place = _place(self.table.rows, self.table.cursor_key)
        whole = "" if place is None else self.table.rows[place].words
        self._say(".overlay--whole", plain(whole))

    def _show_hint(self) -> None:
        fault = self._records.fault
        hint = (
            _("! {fault}. Actions are shown as they were read last.").format(fault=fault)
            if fault
            else _("{tab}: next list   ↑ ↓: read a line whole   escape closes").format(
                tab=shown(self._keys["next_panel"][0])
            )
        )
        self.query_one(".overlay--hint").set_class(bool(fault), "-fault")
        self._say(".overlay--hint", plain(hint))

    def _say(self, place: str, content: Content) -> None:
        """Only what is new is laid out."""
        if self._said.get(place) != content:
            self._said[place] = content
            self.query_one(place, Static).update(content)

    # Where it comes from

    def _read(self) -> None:
        """Read the audit, unless the last reading has not come back yet."""
        if self._reading is None or self._reading.is_finished:
            self._read_at = self._clock.monotonic()
            self._reading = self.run_worker(self._read_records())

    async def _read_records(self) -> None:
        self._records = await self._stream.records()
        self.draw(self._picture)

    # What keys do

    def on_key(self, event: events.Key) -> None:
        action = self._actions.get(event.key, "")
        if action in MOVES:
            self._move(action)
        elif action in _TURNS:
            self._chapter = (self._chapter + _TURNS[action]) % len(CHAPTERS)
            self.table.drop_cursor()
            self.draw(self._picture)
        elif action == "activity":
            self.close()
        elif action != "open_detail":  # which closes other overlays: here nobody wants that of `enter`
            return
        event.stop()
        event.prevent_default()

    def _move(self, action: str) -> None:
        table = self.table
        had_cursor = table.cursor_key is not None
        if not had_cursor:
            table.move(0)  # on the first visible row, wherever one goes from there
        if had_cursor or action not in {"row_up", "row_down"}:
            table.move(MOVES[action](table))
        self._show_row()

    def on_click(self) -> None:
        self._show_row()


def _title(current: int, count: int) -> Content:
    """The lists by name, the one that is shown with how much is in it."""
    parts: list[Content | tuple[str, str]] = [(_("What happened") + "   ", "bold $accent")]
    for number, chapter in enumerate(CHAPTERS):
        is_current = number == current
        title = _(chapter.title)
        text = f" {title} {count:,} " if is_current else f" {title} "
        parts.append((text, "bold $title-focused-text on $title-focused" if is_current else "$muted"))
    return Content.assemble(*parts)


def _place(shown_rows: tuple[Line, ...], key: str | None) -> int | None:
    if key is None:
        return None
    return next((place for place, row in enumerate(shown_rows) if row.key == key), None)
