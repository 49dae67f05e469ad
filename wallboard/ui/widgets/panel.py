"""The frame of a panel: a title line that tells how fresh its rows are, the table, and a filter line."""

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static

from wallboard.domain.feeds import Freshness
from wallboard.language.catalog import _
from wallboard.language.format import duration
from wallboard.language.words import freshness_words
from wallboard.ui.isolation import Isolation
from wallboard.ui.mirroring import two_sided
from wallboard.ui.panels.arrangement import View, arranged
from wallboard.ui.panels.catalog import PanelKind
from wallboard.ui.panels.picture import Picture, RowCache
from wallboard.ui.roles import GLYPH_OF_FRESHNESS
from wallboard.ui.text import plain
from wallboard.ui.widgets.entry import BidiInput
from wallboard.ui.widgets.keyed_table import KeyedTable
from wallboard.ui.widgets.panel_table import PanelTable
from wallboard.ui.widgets.standing import StandingLines, StandingText

_UNTOLD = frozenset({Freshness.LIVE, Freshness.CONNECTING})


class FilterLine(BidiInput):
    """Where the filter is typed; the board hears escape."""


class Panel(Vertical, StandingLines):
    """One panel of the board. It is shown pictures; what its rows say is given from outside."""

    DEFAULT_CSS = """
    Panel {
        height: 1fr; width: 1fr;
        & > .panel--title { height: 1; width: 1fr; background: $title; color: $title-text; padding: 0 1; }
        &.-old > .panel--title { color: $sla-warn; text-style: bold; }
        &.-current > .panel--title { background: $title-focused; color: $title-focused-text; text-style: bold; }
        & > FilterLine { display: none; height: 1; border: none; padding: 0 1; background: $surface;
            &:focus { border: none; }
        }
        &.-filtering > FilterLine { display: block; }
    }
    """

    class Chosen(Message):
        """Somebody clicked into the panel."""

        def __init__(self, panel: "Panel") -> None:
            super().__init__()
            self.panel = panel

    def __init__(self, kind: PanelKind) -> None:
        super().__init__(id=kind.id)
        self.kind = kind
        self.table = PanelTable(kind.columns)
        self.view = View()
        self._cache = RowCache()
        self._title_text = ""
        self._count = 0
        self._picture: Picture | None = None
        self._isolation = Isolation(f"the panel {kind.title}")

    def compose(self) -> ComposeResult:
        yield StandingText(plain(self._heading), classes="panel--title")
        yield self.table
        yield FilterLine(select_on_focus=False)

    def show(self, picture: Picture) -> None:
        """Show a picture; where that cannot be done, say so in place of rows."""
        self._picture = picture
        with self._isolation.guard():
            self._show_rows(picture)
            if self.is_broken:  # what was raised while it was drawn is raised here
                self.table.draw_rows()
            self._show_title(picture)
        self._show_mishap()

    def _show_rows(self, picture: Picture) -> None:
        rows = self.kind.rows(picture, self._cache)
        self._count = len(rows)
        self.table.show_when_empty(self._remark(picture))
        self.table.apply(arranged(rows, self.kind.columns, self.view), picture.now)
        if self.table.marks:
            self.table.forget_gone_marks(frozenset(row.key for row in rows))

    def tick(self, picture: Picture) -> None:
        """Let ages grow; rows are as they were."""
        self._picture = picture
        if not self.is_broken:
            with self._isolation.guard(heals=False):
                self.table.tick(picture.now)
                self._show_title(picture)
            self._show_mishap()

    @property
    def is_broken(self) -> bool:
        """Whether its rows cannot be shown."""
        return self._isolation.is_broken

    @on(PanelTable.Failed)
    def _fail(self, event: PanelTable.Failed) -> None:
        event.stop()
        if not self.is_broken:
            self._isolation.fail(event.error)
            self._show_mishap()

    def _show_mishap(self) -> None:
        """Say what went wrong, or nothing."""
        words = ""
        if self.is_broken:
            words = _("! {mishap}. The other panels go on. Each answer is tried anew: r asks for it. See the log.")
            self._title_text = f"{self._heading}  !"
            self.query_one(".panel--title", Static).update(plain(self._title_text), layout=False)
            self.add_class("-old")
        self.table.show_mishap(words.format(mishap=self._isolation.words))

    def set_current(self, is_current: bool) -> None:
        """Whether the keys are for this panel."""
        self.set_class(is_current, "-current")
        self.table.is_current = is_current

    def on_mouse_down(self) -> None:
        self.post_message(self.Chosen(self))

    @property
    def is_filtering(self) -> bool:
        """Whether the filter line is open."""
        return self.has_class("-filtering")

    @property
    def filter_line(self) -> FilterLine:
        return self.query_one(FilterLine)

    def open_filter(self) -> None:
        self.filter_line.placeholder = _("type to narrow; enter keeps, escape clears")
        self.add_class("-filtering")
        self.filter_line.focus()

    def close_filter(self) -> None:
        """Go back to the rows; they stay as narrow as they are."""
        self.remove_class("-filtering")
        self.screen.set_focus(None)

    def type_ahead(self, event: events.Key) -> None:
        """A key for the filter line that was struck before the line had the focus; it is not lost."""
        if self.screen.focused is self.filter_line:
            return
        if event.key == "enter":
            self.close_filter()
        elif event.character and event.is_printable:
            self.filter_line.insert_text_at_cursor(event.character)

    def clear_filter(self) -> bool:
        """Take the filter away; False when there was none."""
        had = bool(self.view.filter)
        self.filter_line.value = ""
        self.close_filter()
        self._narrow_to("")
        return had

    def toggle_mark(self) -> None:
        """Mark the row under the cursor, or take its mark away."""
        self.table.toggle_mark()
        self._show_title_again()

    @property
    def acted_on(self) -> tuple[str, ...]:
        """Keys of the rows that an action is for: the marked ones in their order, else the one under the cursor."""
        if self.is_broken:  # nobody sees them
            return ()
        if not self.table.marks:
            return (self.table.cursor_key,) if self.table.cursor_key is not None else ()
        shown = [row.key for row in self.table.rows if row.key in self.table.marks]
        return (*shown, *sorted(self.table.marks - set(shown)))  # a filter may hide some

    @property
    def row_text(self) -> str:
        """The row under the cursor as it is read, its cells apart; empty without one."""
        row = next((row for row in self.table.rows if row.key == self.table.cursor_key), None)
        if row is None or self._picture is None:
            return ""
        return "\t".join(cell.at(row.moment(self._picture.now)).text for cell in row.cells)

    def clear_marks(self) -> bool:
        """Take all marks away; False when there were none."""
        had = bool(self.table.marks)
        self.table.clear_marks()
        self._show_title_again()
        return had

    def sort_by(self, column: str | None, *, is_reversed: bool) -> None:
        self.view = View(self.view.filter, column, is_reversed)
        self.table.show_sorting(column, is_reversed=is_reversed)
        self._show_again()

    def sort_next(self) -> None:
        """The next visible column; after the last, worst first again."""
        order: list[str | None] = [None, *self.table.shown_columns]
        here = order.index(self.view.sort) if self.view.sort in order else 0
        self.sort_by(order[(here + 1) % len(order)], is_reversed=False)

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        event.stop()
        self._narrow_to(event.value)

    def _narrow_to(self, text: str) -> None:
        if text != self.view.filter:
            self.view = View(text, self.view.sort, self.view.is_reversed)
            self._show_again()

    @on(Input.Submitted)
    def _keep(self, event: Input.Submitted) -> None:
        event.stop()
        self.close_filter()

    @on(KeyedTable.HeaderPressed)
    def _sort(self, event: KeyedTable.HeaderPressed) -> None:
        event.stop()
        again = self.view.sort == event.column
        self.sort_by(event.column, is_reversed=again and not self.view.is_reversed)

    def _show_again(self) -> None:
        if self._picture is not None:
            self.show(self._picture)

    def _show_title_again(self) -> None:
        if self._picture is not None:
            self._show_title(self._picture)

    def _remark(self, picture: Picture) -> str:
        if self.view.filter and self._count:
            told = _("nothing here matches “{filter}”; escape shows all {count}")
            return told.format(filter=self.view.filter, count=self._count)
        worst = picture.worst_feed(self.kind.subject) if self.kind.subject else None
        if worst is None:
            return _(self.kind.empty) if self.kind.subject is None else _("no source tells about this")
        status, freshness = worst
        if status.succeeded_at is None:
            source = picture.shown(status.key.source)
            is_first = freshness is Freshness.CONNECTING
            return (_("waiting for {source}") if is_first else _("no answer from {source} yet")).format(source=source)
        return _(self.kind.empty)

    def _show_title(self, picture: Picture) -> None:
        text = self._compose_title(picture)
        self.set_class(self._is_old(picture), "-old")
        if text != self._title_text:
            self._title_text = text
            self.query_one(".panel--title", Static).update(plain(text), layout=False)

    def _compose_title(self, picture: Picture) -> str:
        count = f"{self._count:,}"
        if self.view.filter:
            count = _("{shown} of {count}").format(shown=f"{len(self.table.rows):,}", count=count)
        first = [piece for piece in (self._heading, count, self._freshness(picture)) if piece]
        parts = []
        if self.table.marks:
            parts.append(_("{count} marked").format(count=f"{len(self.table.marks):,}"))
        if self.view.filter:
            parts.append(f"/{self.view.filter}")
        if self.view.sort:
            heading = next(column.shown_heading for column in self.kind.columns if column.id == self.view.sort)
            parts.append(_("by {column}").format(column=heading))
        return two_sided(first, parts, self.size.width - 2)

    @property
    def _heading(self) -> str:
        return f"{self.kind.number} {_(self.kind.title)}".strip()

    def _is_old(self, picture: Picture) -> bool:
        """Whether the title warns."""
        return bool(self._freshness(picture))

    def _freshness(self, picture: Picture) -> str:
        """`STALE 00:43`, with the source's name where there are several."""
        worst = picture.worst_feed(self.kind.subject) if self.kind.subject else None
        if worst is None or worst[1] in _UNTOLD:
            return ""
        status, freshness = worst
        source = f" {picture.shown(status.key.source)}" if picture.has_several_sources else ""
        age = status.age(picture.now)
        return f"{GLYPH_OF_FRESHNESS[freshness]} {freshness_words(freshness)} {duration(age)}{source}"
