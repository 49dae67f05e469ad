"""A table whose cursor, marks and place belong to rows by their keys, however often the rows change."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.filter import LineFilter
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from wallboard.language.catalog import is_mirrored, spoken
from wallboard.ui.cells import Line
from wallboard.ui.columns import Column, Slot, arrange, slot_at
from wallboard.ui.reading import by_cells
from wallboard.ui.widgets.drawn_lines import DrawnLines
from wallboard.ui.widgets.line_painter import MARK, PENDING, LinePainter, Sign, finished
from wallboard.ui.widgets.look import LOOK_CLASSES, LOOK_CSS, look_of
from wallboard.ui.widgets.row_list import RowList
from wallboard.ui.widgets.scrolling import make_room
from wallboard.ui.widgets.standing import StandingLines

HEADER_HEIGHT = 1


class KeyedTable(ScrollView, StandingLines, can_focus=False, inherit_bindings=False):
    """Draws only the visible rows and redraws only the lines that changed. The screen owns the keys."""

    COMPONENT_CLASSES: ClassVar[set[str]] = LOOK_CLASSES
    DEFAULT_CSS = f"""
    KeyedTable {{
        height: 1fr; width: 1fr; overflow-x: hidden; overflow-y: auto;
        scrollbar-size-vertical: 1; scrollbar-gutter: stable;
        color: $foreground; background: $background;
        {LOOK_CSS}
    }}
    """

    ALLOW_SELECT: ClassVar[bool] = False  # ctrl+c copies the row under the cursor
    is_current = reactive(False, repaint=False)  # the screen says whether keys are for this table

    class HeaderPressed(Message):
        """A heading was clicked."""

        def __init__(self, column: str) -> None:
            super().__init__()
            self.column = column

    class RowOpened(Message):
        """The row under the cursor was double-clicked."""

    def __init__(self, columns: Sequence[Column], *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._columns = tuple(columns)
        self._list = RowList()
        self._widths = [0] * len(self._columns)
        self._measured_in = spoken()
        self._slots: tuple[Slot, ...] = ()
        self._laid_out_for: object = None
        self._drawn: DrawnLines | None = None
        self._filters: list[LineFilter] = []
        self._now = 0.0
        self._sorted_by: tuple[str, bool] | None = None
        self._empty_text = ""
        self._pending: frozenset[str] = frozenset()

    # What it shows

    def apply(self, rows: Sequence[Line], now: float) -> None:
        """Show these rows instead; cursor and marks stay with their keys, the view with the cursor."""
        self._now = now
        before, was = self.rows, self._list.place
        self._measure(self._list.replace(rows))
        if self._drawn is not None:
            self._drawn.forget_all_but(self._list.holds)
        make_room(self, Size(self.line_width, len(self.rows) + HEADER_HEIGHT))
        self._follow(was)
        self._refresh_changed(before)

    def forget_gone_marks(self, alive: frozenset[str]) -> None:
        """Drop marks of rows that exist no more; rows that a filter hides keep theirs."""
        if self.marks - alive:
            self._list.marks &= alive
            self.refresh()

    def tick(self, now: float) -> None:
        """Let ages grow; only lines that look different are drawn."""
        self._now = now
        self._refresh_changed(self.rows)

    def show_sorting(self, column: str | None, *, is_reversed: bool) -> None:
        """Mark the heading by which the rows are ordered; None: by what matters most."""
        self._sorted_by = None if column is None else (column, is_reversed)
        self.refresh(Region(0, 0, self.size.width, HEADER_HEIGHT))

    def show_pending(self, keys: frozenset[str]) -> None:
        """Put the sign of something under way before these rows."""
        if keys != self._pending:
            self._pending = keys
            self.refresh()

    def show_when_empty(self, text: str) -> None:
        """What to say in place of rows."""
        if text != self._empty_text:
            self._empty_text = text
            self.refresh()

    def watch_is_current(self) -> None:
        self._refresh_cursor_line()

    @property
    def line_width(self) -> int:
        """Cells of a line, without the scrollbar."""
        return self.scrollable_content_region.width

    @property
    def rows(self) -> tuple[Line, ...]:
        return self._list.rows

    @property
    def cursor_key(self) -> str | None:
        return self._list.cursor_key

    def admit_slide(self) -> bool:
        """Whether the cursor's row went since somebody put it there; asked again, it is no news."""
        has_slid, self._list.has_slid = self._list.has_slid, False
        return has_slid

    @property
    def marks(self) -> frozenset[str]:
        return self._list.marks

    @property
    def shown_columns(self) -> tuple[str, ...]:
        """Ids of the columns for which there is room."""
        return tuple(slot.column.id for slot in self._slots)

    # Where it stands

    def move(self, by: int) -> None:
        """Move the cursor by so many rows, within the table; the first move puts it on the first visible row.

        Until then there is none, and the view stays with the worst rows at the top, whatever is ordered anew.
        """
        here = self._list.place
        self._put_cursor(self.scroll_offset.y if here is None else here + by)

    @property
    def page(self) -> int:
        """Rows that are visible at once."""
        return max(1, self.size.height - HEADER_HEIGHT)

    def go_to(self, key: str) -> bool:
        """Put the cursor on a row by its key; False when it is not there."""
        place = self._list.place_of(key)
        if place is None:
            return False
        self._put_cursor(place)
        return True

    def drop_cursor(self) -> None:
        """Leave the rows to themselves again, the worst in view."""
        self._list.cursor_key = None
        self._scroll_to_row(0)
        self.refresh()

    def toggle_mark(self) -> None:
        """Mark the row under the cursor, or take its mark away, and go on to the next."""
        self._list.toggle_mark()
        self.move(1)

    def clear_marks(self) -> None:
        self._list.marks = frozenset()
        self.refresh()

    def _put_cursor(self, place: int) -> None:
        self._refresh_cursor_line()
        self._list.put_cursor(place)
        self._refresh_cursor_line()
        if self._list.place is not None:
            self._reveal(self._list.place)

    def _follow(self, was: int | None) -> None:
        """Keep the cursor's row on the line of the screen where it was; without a cursor, the view stays."""
        place = self._list.place
        if place is None or was is None:
            return
        top = self.scroll_offset.y
        if top and top <= was < top + self.page:
            self._scroll_to_row(top + place - was)
        if self.is_current:
            self._reveal(place)

    def _reveal(self, place: int) -> None:
        top = self.scroll_offset.y
        if place < top:
            self._scroll_to_row(place)
        elif place >= top + self.page:
            self._scroll_to_row(place - self.page + 1)

    def _scroll_to_row(self, top: int) -> None:
        self.scroll_to(y=max(0, min(top, len(self.rows) - self.page)), animate=False, immediate=True, force=True)

    # How it is drawn

    def lines(self, crop: Region) -> list[Strip]:
        """Without Textual's style cache: there is neither border nor padding here. Filters take each cell by itself."""
        if self._laid_out_for != self._circumstances:
            self._lay_out()
        before = self._drawn
        if self.drawn is not before:
            self.forget_lines()
        strips = [self.standing_line(y) for y in crop.line_range]
        is_whole = crop.x == 0 and crop.width >= self.size.width
        return strips if is_whole else [strip.crop(crop.x, crop.right) for strip in strips]

    def render_line(self, y: int) -> Strip:
        drawn = self.drawn
        if y < HEADER_HEIGHT:
            return drawn.painter.header(self._sorted_by)
        row = self._list.at(y - HEADER_HEIGHT + self.scroll_offset.y)
        if row is not None:
            is_cursor = self.is_current and row.key == self.cursor_key
            sign = PENDING if row.key in self._pending else MARK if row.key in self.marks else " "
            return drawn.strip(row, self._now, Sign(sign, is_cursor, row.is_old))
        is_place_of_remark = not self.rows and y == HEADER_HEIGHT + min(1, self.size.height - 2)
        return drawn.painter.words(self._empty_text if is_place_of_remark else "")

    @property
    def drawn(self) -> DrawnLines:
        """The rows as they were drawn, and their painter; none where anything about the look is another now."""
        filters = by_cells(self.app.get_line_filters())
        if self._drawn is None or filters != self._filters:
            self._filters = filters
            finish = finished(filters, self.background_colors[1])
            painter = LinePainter(look_of(self), self._slots, self.line_width, self.size.width, finish)
            self._drawn = DrawnLines(painter)
        return self._drawn

    def _measure(self, rows: Sequence[Line]) -> None:
        if self._measured_in != spoken():  # the words of another language are as wide as they are
            self._measured_in, self._widths, rows = spoken(), [0] * len(self._columns), self.rows
        widest = zip(self._widths, *{row.widths for row in rows}, strict=True)  # most rows are as wide as another
        widths = [max(each) for each in widest]
        if widths != self._widths or not self._slots:
            self._widths = widths
            self._lay_out()

    @property
    def _circumstances(self) -> object:
        """What the places of the columns depend on beside the rows."""
        return self.line_width, spoken(), is_mirrored()

    def _lay_out(self) -> None:
        self._laid_out_for = self._circumstances
        self._slots = arrange(self._columns, self._widths, self.line_width)
        self._drawn = None
        self.refresh()

    def _refresh_changed(self, before: tuple[Line, ...]) -> None:
        """Draw the visible lines whose row is another one now, or whose ages have grown."""
        top, drawn, width = self.scroll_offset.y, self._drawn, self.size.width
        changed = []
        for y in range(HEADER_HEIGHT, self.size.height):
            place = y - HEADER_HEIGHT + top
            old = before[place] if place < len(before) else None
            new = self._list.at(place)
            is_other = old is not new and old != new
            if is_other or (new is not None and drawn is not None and drawn.has_aged(new, self._now)):
                changed.append(Region(0, y, width, 1))
        if changed:
            self.refresh(*changed)

    def _refresh_cursor_line(self) -> None:
        place = self._list.place
        if place is not None:
            self.refresh(Region(0, place + HEADER_HEIGHT - self.scroll_offset.y, self.size.width, 1))

    # What happens to it

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._drawn = None

    def on_resize(self) -> None:
        self.virtual_size = Size(self.line_width, len(self.rows) + HEADER_HEIGHT)
        self._lay_out()

    def on_click(self, event: events.Click) -> None:
        if event.y < HEADER_HEIGHT:
            if (slot := slot_at(self._slots, event.x)) is not None:
                self.post_message(self.HeaderPressed(slot.column.id))
            return
        row = self._list.at(event.y - HEADER_HEIGHT + self.scroll_offset.y)
        if row is not None:
            self.go_to(row.key)
            if event.chain == 2:
                self.post_message(self.RowOpened())
