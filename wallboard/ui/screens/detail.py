"""All that is known of one row, live; when the row goes, it says so and keeps what was known last."""

from collections.abc import Mapping

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from wallboard.domain.feeds import worst
from wallboard.domain.queues import Queue
from wallboard.language.catalog import N_, _
from wallboard.language.format import duration
from wallboard.language.words import freshness_words
from wallboard.ui.actions import ACTING
from wallboard.ui.cells import Row
from wallboard.ui.mirroring import named
from wallboard.ui.panels import agents, callers
from wallboard.ui.panels.catalog import PanelKind
from wallboard.ui.panels.picture import Details, Picture, RowCache
from wallboard.ui.roles import GLYPH_OF_FRESHNESS, STYLE_OF_ROLE
from wallboard.ui.screens.overlay import Overlay
from wallboard.ui.text import plain
from wallboard.ui.widgets.keyed_table import KeyedTable

_NAME_WIDTH = 26
_TITLES = {  # by the panel's id
    "queues": N_("Queue: {name}"),
    "callers": N_("Caller: {name}"),
    "agents": N_("Agent: {name}"),
    "campaigns": N_("Campaign: {name}"),
    "feeds": N_("Feed: {name}"),
}


class DetailScreen(Overlay):
    """One row's particulars; of a queue also its callers and agents."""

    def __init__(self, keys: Mapping[str, tuple[str, ...]], kind: PanelKind, row_key: str, picture: Picture) -> None:
        super().__init__(keys)
        self._kind = kind
        self._row_key = row_key
        self._picture = picture
        self._details = kind.find(picture, row_key)
        self._callers_cache = RowCache()
        self._agents_cache = RowCache()

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="overlay"):
            yield Static("", classes="overlay--title", markup=False)
            yield Static("", classes="overlay--lines", markup=False)
            if self._details is not None and self._details.queue is not None:
                yield Static(_("Callers"), classes="overlay--section", markup=False)
                yield KeyedTable(callers.COLUMNS, id="callers-of-queue")
                yield Static(_("Agents"), classes="overlay--section", markup=False)
                yield KeyedTable(agents.COLUMNS, id="agents-of-queue")
            yield Static(_("escape closes"), classes="overlay--hint", markup=False)

    def on_mount(self) -> None:
        self.draw(self._picture)

    def on_key(self, event: events.Key) -> None:
        """What acts on the row does so from here too: closes with the action's id."""
        action = self._actions.get(event.key, "")
        if action in ACTING:
            event.stop()
            event.prevent_default()
            self.close(action)

    def draw(self, picture: Picture) -> None:
        """Show the row as it is now."""
        found = self._kind.find(picture, self._row_key)
        self._details = found or self._details
        self._picture = picture
        if self._details is None:
            return
        self.query_one(".overlay--title", Static).update(plain(self._title(self._details, picture, is_gone=not found)))
        self.query_one(".overlay--lines", Static).update(
            _lines(self._details, picture.as_of(self._details.feeds) or picture.now)
        )
        if self._details.queue is not None:
            self._show_people(self._details.queue, picture)

    def _title(self, details: Details, picture: Picture, *, is_gone: bool) -> str:
        title = _(_TITLES[self._kind.id]).format(name=details.title)
        if is_gone:
            return _("{title}   — gone; this is what was known last").format(title=title)
        feeds = [picture.snapshot.feeds[feed] for feed in details.feeds]
        state = worst(feed.freshness(picture.now) for feed in feeds)
        ages = [age for feed in feeds if (age := feed.age(picture.now)) is not None]
        if not ages:
            return title
        words = _("{state} {age} old").format(state=freshness_words(state), age=duration(max(ages)))
        return f"{title}   {GLYPH_OF_FRESHNESS[state]} {words}"

    def _show_people(self, queue: Queue, picture: Picture) -> None:
        waiting, serving = (
            self.query_one("#callers-of-queue", KeyedTable),
            self.query_one("#agents-of-queue", KeyedTable),
        )
        floor = picture.snapshot.floor
        mine = {callers.key_of(c) for c in floor.callers if (c.source, c.queue) == (queue.source, queue.id)}
        ours = {agents.key_of(a) for a in floor.agents if a.source == queue.source and queue.id in a.queues}
        _fill(waiting, callers.rows(picture, self._callers_cache), mine, picture.now, _("nobody is waiting"))
        _fill(
            serving,
            agents.rows(picture, self._agents_cache),
            ours,
            picture.now,
            _("the vendor tells no agents of this queue"),
        )


def _fill(table: KeyedTable, rows: list[Row], keys: set[str], now: float, empty: str) -> None:
    chosen = [row for row in rows if row.key in keys]
    table.show_when_empty(empty)
    table.apply(chosen, now)
    table.tick(now)
    table.styles.height = min(14, max(2, len(chosen) + 1))


def _lines(details: Details, now: float) -> Content:
    lines = []
    for name, cell in details.lines:
        text, role = cell.at(now)
        lines.append(named(name, Content.styled(plain(text).plain, STYLE_OF_ROLE.get(role, "")), _NAME_WIDTH))
    return Content("\n").join(lines)
