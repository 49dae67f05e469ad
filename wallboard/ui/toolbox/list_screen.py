"""A list of a vendor's over the board: asked for when it is opened, as often as it is wanted, and after each deed."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from wallboard.domain.faults import VendorFault
from wallboard.language.catalog import _, spoken
from wallboard.language.keyboard import latin
from wallboard.language.outcomes import NOT_CAPABLE_WORDS
from wallboard.ui.actions import shown
from wallboard.ui.cells import Row
from wallboard.ui.desk.asked import Asked
from wallboard.ui.moving import MOVES
from wallboard.ui.panels.arrangement import View, arranged
from wallboard.ui.panels.picture import Picture
from wallboard.ui.screens.overlay import Overlay
from wallboard.ui.screens.unlock import UnlockScreen
from wallboard.ui.text import plain
from wallboard.ui.toolbox.listing import Deed, Listing
from wallboard.ui.toolbox.open_list import ListPlace, OpenList, trouble_words
from wallboard.ui.widgets.keyed_table import KeyedTable
from wallboard.ui.widgets.panel import FilterLine


class ListScreen(Overlay):
    """Old rows stay, and look old, while there is no newer answer."""

    AUTO_FOCUS: ClassVar[str] = ""
    DEFAULT_CSS = """
    ListScreen {
        & FilterLine { display: none; height: 1; border: none; padding: 0 1; background: $background;
            &:focus { border: none; }
        }
        &.-filtering FilterLine { display: block; }
        & .list--trouble { display: none; height: auto; color: $sla-warn; text-style: bold; }
        & .list--trouble.-shown { display: block; }
    }
    """

    def __init__(self, place: ListPlace, listing: Listing[Any, Any]) -> None:
        """
        Args:
            place: whose list it is, and what is around it.
            listing: which one.
        """
        super().__init__(place.ground.keys)
        self._place = place
        self._listing = listing
        self._desk = OpenList(place, self, lambda other: ListScreen(place, other))
        self._asked: Asked[Any] = Asked(place.source, type(listing.query).__name__, None)
        self._item_of: dict[str, Any] = {}
        self._view = View()
        self._shown: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        with Vertical(classes="overlay -tall"):
            yield Static("", classes="overlay--title", markup=False)
            yield KeyedTable(self._listing.columns)
            yield FilterLine(placeholder=_("type to narrow; enter keeps, escape clears"), select_on_focus=False)
            yield Static("", classes="list--trouble", markup=False)
            yield Static("", classes="overlay--hint", markup=False)

    def on_mount(self) -> None:
        self.table.is_current = True
        self.draw(self.picture)

    @property
    def table(self) -> KeyedTable:
        return self.query_one(KeyedTable)

    @property
    def picture(self) -> Picture:
        """How the floor stands now; a list never stands still with the board."""
        return self._place.ground.live_picture

    # What it shows

    def draw(self, picture: Picture) -> None:
        """Ask where it is time to, and let the age grow."""
        now = self.picture.now
        if self._desk.has_ended():
            self._asked.want()
        if self._asked.is_due(now):
            self._asked.begin(now)
            self.run_worker(self._fetch(), group="list", exclusive=True)
        self._show_rows(now)
        self._say(".overlay--title", self._title(now))
        self._say(".overlay--hint", self._hint)
        self._show_trouble()

    def _show_rows(self, now: float) -> None:
        """Made anew only where they are others."""
        is_old = self._asked.is_old(now) or (self._asked.is_answered and self._asked.status.fault is not None)
        state = (self._desk.items, self._view, is_old, self.picture.is_masking, spoken())
        if state == self._shown:
            return
        self._shown = state
        picture = self.picture
        rows = []
        self._item_of = dict(self._keyed())
        for key, item in self._item_of.items():
            cells = self._listing.cells(item, picture)
            words = " ".join(cell.at(now).text for cell in cells)
            rows.append(Row(key, cells, as_of=now if is_old else None, words=words))
        self.table.show_when_empty(self._empty())
        self.table.apply(arranged(rows, self._listing.columns, self._view), now)

    def _keyed(self) -> Iterator[tuple[str, Any]]:
        seen: Counter[str] = Counter()
        for item in self._desk.items:
            key = self._listing.key(item)
            seen[key] += 1
            yield (key if seen[key] == 1 else f"{key} {seen[key]}"), item

    def _empty(self) -> str:
        if not self._asked.is_answered:
            is_asking = self._asked.status.fault is None
            return _("asking {source} …").format(source=self._place.source) if is_asking else _("not known")
        if self._view.filter and self._desk.items:
            return _("nothing here matches “{filter}”").format(filter=self._view.filter)
        return _(self._listing.empty)

    def _title(self, now: float) -> str:
        if not self._asked.is_answered:
            count = ""
        elif self._view.filter:
            shown, total = f"{len(self.table.rows):,}", f"{len(self._desk.items):,}"
            count = _("{count} of {total}").format(count=shown, total=total)
            count = f"{count}  /{self._view.filter}"
        else:
            count = f"{len(self._desk.items):,}"
        remark = self._listing.remark(self._asked.answer) if self._asked.is_answered else ""
        age = self._asked.words(now).partition("  ▲")[0]
        title = _(self._listing.title).format(name=self._listing.name)
        parts = (title, self.picture.shown(self._place.source), count, remark, age)
        return "   ".join(part for part in parts if part)

    @property
    def _hint(self) -> Content:
        keys = self._place.ground.keys
        entries = [(deed.key, _(deed.label)) for deed in self._offered]
        entries.append((shown(keys["open_detail"][0]), _(self._listing.enter)))
        entries.append((shown(keys["filter"][0]), _("filter")))
        entries.append((shown(keys["refresh"][0]), _("again")))
        entries.append((shown(keys["back"][0]), _("back")))
        return Content("  ").join(Content.assemble((key, "bold $accent"), f" {label}") for key, label in entries)

    def _show_trouble(self) -> None:
        fault = None if self._asked.is_asking else self._asked.status.fault
        self.query_one(".list--trouble").set_class(fault is not None, "-shown")
        if fault is not None:
            self._say(".list--trouble", f"▲ {trouble_words(fault, self.picture)}")

    def _say(self, place: str, words: str | Content) -> None:
        self.query_one(place, Static).update(plain(words) if isinstance(words, str) else words)

    # Where it comes from

    async def _fetch(self) -> None:
        try:
            answer = await self._place.switchboard.enquiries.ask(self._place.source, self._listing.query)
        except VendorFault as trouble:
            self._asked.fail(trouble.fault)
        else:
            self._asked.keep(answer, self.picture.now)
            self._desk.items = tuple(self._listing.items(answer))
        self._shown = ()
        self.draw(self.picture)

    # What keys do

    def on_key(self, event: events.Key) -> None:
        action = self._actions.get(event.key, "")
        if self.has_class("-filtering") and action not in MOVES:
            self._type(event)
        elif deed := next((each for each in self._offered if each.key == latin(event.key)), None):
            self._do(deed)
        elif action in MOVES:
            self.table.move(MOVES[action](self.table))
        elif action == "filter":
            self.add_class("-filtering")
            self.query_one(FilterLine).focus()
        elif action == "refresh":
            self._asked.want()
            self.draw(self.picture)
        elif action == "open_detail":
            self._open()
        elif action == "back" and (self._view.filter or self.table.cursor_key is not None):
            self._clear()
        else:
            return
        event.stop()
        event.prevent_default()

    def _type(self, event: events.Key) -> None:
        """A key for the filter line; what was typed ahead, before the line had the focus, is not lost."""
        line = self.query_one(FilterLine)
        if event.key == "escape":
            self._clear()
        elif self.focused is not line and event.key == "enter":
            self._keep_filter()
        elif self.focused is not line and event.character and event.is_printable:
            line.insert_text_at_cursor(event.character)

    def _clear(self) -> None:
        """The filter, else the cursor."""
        had = bool(self._view.filter) or self.has_class("-filtering")
        self.query_one(FilterLine).value = ""
        self._keep_filter()
        self._view = View()
        if not had:
            self.table.drop_cursor()
        self.draw(self.picture)

    @on(Input.Submitted)
    def _keep_filter(self) -> None:
        self.remove_class("-filtering")
        self.set_focus(None)

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        event.stop()
        self._view = View(event.value)
        self.draw(self.picture)

    @on(KeyedTable.RowOpened)
    def _open(self) -> None:
        if self.table.cursor_key is None:
            self.table.move(0)
        if self.table.cursor_key is not None:
            self._listing.opened(self._desk, self._item_of[self.table.cursor_key])

    @property
    def _offered(self) -> list[Deed[Any]]:
        """What changes something is not offered at all where nothing may be changed."""
        is_read_only = self._place.switchboard.sink.is_read_only
        return [deed for deed in self._listing.deeds if deed.kind is None or not is_read_only]

    def _do(self, deed: Deed[Any]) -> None:
        key, sink = self.table.cursor_key, self._place.switchboard.sink
        if deed.kind is not None and sink.is_locked:
            self.app.push_screen(UnlockScreen(sink))
        elif deed.kind is not None and deed.kind not in sink.capabilities(self._place.source):
            self._desk.tell(_(NOT_CAPABLE_WORDS[deed.kind]).format(source=self._place.source))
        elif deed.needs_row and key is None:
            self._desk.tell(_("{action}: choose a row first, with the arrows or a click").format(action=_(deed.label)))
        elif deed.needs_row and self.table.admit_slide():
            words = _("the row you were on has gone; the cursor stands on another now: press again to mean that")
            self._desk.tell(words)
        else:
            self._desk.pressed = deed.key
            deed.begin(self._desk, self._item_of[key] if key is not None else None)
