"""A table whose cursor, marks and place belong to rows by their keys, however often the rows change."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from wallboard.ui.cells import Painted, Row
from wallboard.ui.columns import Column, Slot, arrange
from wallboard.ui.roles import Role
from wallboard.ui.widgets.line_painter import LinePainter, Look

HEADER_HEIGHT = 1


@dataclass(slots=True)
class _Line:
    """What stands on the screen for one row, and why."""

    token: object
    strip: Strip
    painted: tuple[Painted, ...] = field(default=())


class KeyedTable(ScrollView, can_focus=True, inherit_bindings=False):
    """Draws only the visible rows and redraws only the lines that changed. The screen owns the keys."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "keyed-table--header",
        "keyed-table--cursor",
        "keyed-table--mark",
        "keyed-table--old",
        *(f"role--{role}" for role in Role),
    }
    DEFAULT_CSS = """
    KeyedTable {
        height: 1fr; width: 1fr; overflow-x: hidden; overflow-y: auto;
        scrollbar-size-vertical: 1; scrollbar-gutter: stable;
        scrollbar-background: $background; scrollbar-background-hover: $background;
        scrollbar-color: $title; scrollbar-color-hover: $heading; scrollbar-color-active: $accent;
        color: $foreground; background: $background;
        & > .keyed-table--header { color: $heading; text-style: bold; }
        & > .keyed-table--cursor { background: $row-cursor; }
        & > .keyed-table--mark { color: $accent; text-style: bold; }
        & > .keyed-table--old { color: $figure-old; text-style: italic; }
        & > .role--text { color: $foreground; }
        & > .role--strong { color: $foreground; text-style: bold; }
        & > .role--muted { color: $muted; }
        & > .role--ok { color: $sla-ok; }
        & > .role--warn { color: $sla-warn; text-style: bold; }
        & > .role--breach { color: $sla-breach-text; background: $sla-breach; text-style: bold; }
        & > .role--available { color: $state-available; }
        & > .role--ringing { color: $state-ringing; }
        & > .role--call { color: $state-call; }
        & > .role--hold { color: $state-hold; }
        & > .role--paused { color: $state-paused; }
        & > .role--away { color: $state-away; }
        & > .role--unknown { color: $state-unknown; text-style: bold; }
    }
    """

    class HeaderPressed(Message):
        """A heading was clicked."""

        def __init__(self, table: "KeyedTable", column: str) -> None:
            super().__init__()
            self.table = table
            self.column = column

        @property
        def control(self) -> "KeyedTable":
            return self.table

    class RowOpened(Message):
        """A row was double-clicked."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, columns: Sequence[Column], *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._columns = tuple(columns)
        self._rows: tuple[Row, ...] = ()
        self._position: dict[str, int] = {}
        self._by_key: dict[str, Row] = {}
        self._widths = [0] * len(self._columns)
        self._slots: tuple[Slot, ...] = ()
        self._laid_out_width = 0
        self._lines: dict[str, _Line] = {}
        self._look: Look | None = None
        self._now = 0.0
        self._sorted_by: tuple[str, bool] | None = None
        self._empty_text = ""
        self.cursor_key: str | None = None
        self.marks: frozenset[str] = frozenset()

    # What it shows

    def apply(self, rows: Sequence[Row], now: float) -> None:
        """Show these rows instead; cursor and marks stay with their keys, the view with the cursor."""
        self._now = now
        before, old_position = self._rows, self._position
        self._rows = tuple(rows)
        self._position = {row.key: index for index, row in enumerate(self._rows)}
        by_key = {row.key: row for row in self._rows}
        self._measure([row for row in self._rows if self._by_key.get(row.key) is not row])
        self._by_key = by_key
        self._lines = {key: line for key, line in self._lines.items() if key in by_key}
        self.virtual_size = Size(self.line_width, len(self._rows) + HEADER_HEIGHT)
        self._keep_cursor(old_position)
        self._refresh_changed(before)

    def forget_gone_marks(self, alive: frozenset[str]) -> None:
        """Drop marks of rows that exist no more; rows that a filter hides keep theirs."""
        if self.marks - alive:
            self.marks &= alive
            self.refresh()

    def tick(self, now: float) -> None:
        """Let ages grow; only lines that look different are drawn."""
        self._now = now
        self._refresh_changed(self._rows)

    def show_sorting(self, column: str | None, *, is_reversed: bool) -> None:
        """Mark the heading by which the rows are ordered; None: by what matters most."""
        self._sorted_by = None if column is None else (column, is_reversed)
        self.refresh(Region(0, 0, self.size.width, HEADER_HEIGHT))

    def show_when_empty(self, text: str) -> None:
        """What to say in place of rows."""
        if text != self._empty_text:
            self._empty_text = text
            self.refresh()

    @property
    def line_width(self) -> int:
        """Cells of a line, without the scrollbar."""
        return self.scrollable_content_region.width

    @property
    def row_count(self) -> int:
        return len(self._rows)

    @property
    def shown_columns(self) -> tuple[str, ...]:
        """Ids of the columns for which there is room."""
        return tuple(slot.column.id for slot in self._slots)

    # Where it stands

    def move(self, by: int) -> None:
        """Move the cursor by so many rows, within the table; the first move puts it on the first visible row.

        Until then there is none, and the view stays with the worst rows at the top, whatever is ordered anew.
        """
        if self._rows:
            here = self._position.get(self.cursor_key or "")
            aim = min(self.scroll_offset.y, len(self._rows) - 1) if here is None else here + by
            self._put_cursor(max(0, min(len(self._rows) - 1, aim)))

    @property
    def page(self) -> int:
        """Rows that are visible at once."""
        return max(1, self.size.height - HEADER_HEIGHT)

    def go_to(self, key: str) -> bool:
        """Put the cursor on a row by its key; False when it is not there."""
        if key not in self._position:
            return False
        self._put_cursor(self._position[key])
        return True

    def drop_cursor(self) -> None:
        """Leave the rows to themselves again, the worst in view."""
        self.cursor_key = None
        self._scroll_to_row(0)
        self.refresh()

    def toggle_mark(self) -> None:
        """Mark the row under the cursor, or take its mark away, and go on to the next."""
        if self.cursor_key in self._position and self.cursor_key is not None:
            self.marks ^= {self.cursor_key}
            self._refresh_row(self.cursor_key)
            self.move(1)

    def clear_marks(self) -> None:
        self.marks = frozenset()
        self.refresh()

    def _put_cursor(self, index: int) -> None:
        before, self.cursor_key = self.cursor_key, self._rows[index].key
        if before is not None:
            self._refresh_row(before)
        self._refresh_row(self.cursor_key)
        self._reveal(index)

    def _keep_cursor(self, old_position: dict[str, int]) -> None:
        """The cursor stays on its row; when that is gone, on the row that took its place."""
        if not self._rows:
            if old_position:
                self.cursor_key = None
            return
        key = self.cursor_key
        if key is None:
            return
        was = old_position.get(key)
        if key not in self._position:
            index = min(was or 0, len(self._rows) - 1)
            self.cursor_key = self._rows[index].key
        index = self._position[self.cursor_key or key]
        top = self.scroll_offset.y
        if was is not None and top and top <= was < top + self.page:
            self._scroll_to_row(top + index - was)
        if self.has_focus:
            self._reveal(index)

    def _reveal(self, index: int) -> None:
        top = self.scroll_offset.y
        if index < top:
            self._scroll_to_row(index)
        elif index >= top + self.page:
            self._scroll_to_row(index - self.page + 1)

    def _scroll_to_row(self, top: int) -> None:
        self.scroll_to(y=max(0, min(top, len(self._rows) - self.page)), animate=False, immediate=True, force=True)

    # How it is drawn

    def render_lines(self, crop: Region) -> list[Strip]:
        """Without Textual's style cache: there is neither border nor padding here."""
        if self._laid_out_width != self.line_width:
            self._lay_out()
        whole = crop.x == 0 and crop.width >= self.size.width
        strips = [self.render_line(y) for y in range(crop.y, crop.bottom)]
        return strips if whole else [strip.crop(crop.x, crop.right) for strip in strips]

    def render_line(self, y: int) -> Strip:
        painter = LinePainter(self._styles(), self._slots, self.size.width)
        if y < HEADER_HEIGHT:
            return painter.header(self._sorted_by)
        index = y - HEADER_HEIGHT + self.scroll_offset.y
        if index < len(self._rows):
            return self._row_strip(self._rows[index], painter)
        is_place_of_remark = not self._rows and y == HEADER_HEIGHT + min(1, self.size.height - 2)
        return painter.words("  " + self._empty_text if is_place_of_remark else "")

    def _row_strip(self, row: Row, painter: LinePainter) -> Strip:
        painted = self._painted(row)
        is_cursor = self.has_focus and row.key == self.cursor_key
        is_marked = row.key in self.marks
        token = (painted, is_cursor, is_marked, row.is_old)
        line = self._lines.get(row.key)
        if line is None or line.token != token:
            strip = painter.row(painted, is_cursor=is_cursor, is_marked=is_marked, is_old=row.is_old)
            line = self._lines[row.key] = _Line(token, strip, painted)
        return line.strip

    def _painted(self, row: Row) -> tuple[Painted, ...]:
        now = row.moment(self._now)
        return tuple(row.cells[slot.place].at(now) for slot in self._slots)

    def _measure(self, rows: Sequence[Row]) -> None:
        widths = list(self._widths)
        for row in rows:
            for i, width in enumerate(row.widths):
                widths[i] = max(widths[i], width)
        if widths != self._widths or not self._slots:
            self._widths = widths
            self._lay_out()

    def _lay_out(self) -> None:
        self._laid_out_width = self.line_width
        self._slots = arrange(self._columns, self._widths, self.line_width)
        self._lines.clear()
        self.refresh()

    def _styles(self) -> Look:
        if self._look is None:
            component = self.get_component_rich_style
            self._look = Look(
                base=self.rich_style,
                header=component("keyed-table--header", partial=True),
                cursor=component("keyed-table--cursor", partial=True),
                mark=component("keyed-table--mark", partial=True),
                old=component("keyed-table--old", partial=True),
                roles={role: component(f"role--{role}", partial=True) for role in Role},
            )
        return self._look

    def _refresh_changed(self, before: tuple[Row, ...]) -> None:
        """Draw the visible lines whose row is another one now, or whose ages have grown."""
        top = self.scroll_offset.y
        for y in range(HEADER_HEIGHT, self.size.height):
            index = y - HEADER_HEIGHT + top
            old = before[index] if index < len(before) else None
            new = self._rows[index] if index < len(self._rows) else None
            if old is not new or (new is not None and self._has_aged(new)):
                self.refresh(Region(0, y, self.size.width, 1))

    def _has_aged(self, row: Row) -> bool:
        line = self._lines.get(row.key)
        return line is not None and line.painted != self._painted(row)

    def _refresh_row(self, key: str) -> None:
        index = self._position.get(key)
        if index is not None:
            y = index + HEADER_HEIGHT - self.scroll_offset.y
            if HEADER_HEIGHT <= y < self.size.height:
                self.refresh(Region(0, y, self.size.width, 1))

    # What happens to it

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._look = None
        self._lines.clear()

    def on_resize(self) -> None:
        self.virtual_size = Size(self.line_width, len(self._rows) + HEADER_HEIGHT)
        self._lay_out()

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        if event.y < HEADER_HEIGHT:
            for slot in self._slots:
                if slot.x <= event.x < slot.x + max(slot.width, cell_len(slot.column.heading)):
                    self.post_message(self.HeaderPressed(self, slot.column.id))
            return
        index = event.y - HEADER_HEIGHT + self.scroll_offset.y
        if index < len(self._rows):
            self._put_cursor(index)
            if event.chain == 2:
                self.post_message(self.RowOpened(self._rows[index].key))
