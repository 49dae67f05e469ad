"""Entries for text that may run from right to left: edited as it is read, drawn as it stands.

An entry turns its whole line itself, with the cursor and the selection in it, and keeps it from the filter that would
turn it again. The line's direction is that of its first letter; a line from the right begins at the right edge.

Of Textual's private names, `_cursor_visible`, `_cursor_offset` and `_cell_offset_to_index` are leant on.
"""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len, get_character_cell_size
from rich.style import Style
from textual.events import MouseEvent
from textual.filter import LineFilter
from textual.geometry import Offset
from textual.strip import Strip
from textual.widgets import Input, TextArea
from textual.widgets.text_area import Location

from wallboard.language.bidi import Direction, Shaped, base_direction, is_turned
from wallboard.ui.reading import LineOrder, joined, ordered, sentence_turned, styled
from wallboard.ui.terminal.direction import TextMode

_TURNED_HERE = frozenset({"visual", "words"})  # else the terminal turns, or nobody


class _Line(NamedTuple):
    """One line of an entry with the blanks behind its text, which fill its room and hold the cursor at the end."""

    text: str
    base: Direction
    mode: TextMode

    @property
    def shaped(self) -> Shaped:
        return sentence_turned(self.text, self.base, self.mode)

    def strip(self, styles: Sequence[Style | None]) -> Strip:
        """The line as it stands; one style for each character."""
        characters = list(zip(self.text, styles, strict=True))
        return Strip(joined(ordered(characters, self.base, self.mode)), cell_len(self.text))


def _cell_of(shaped: Shaped, place: int) -> int:
    """The cell where a character stands."""
    there = min(each for each in shaped.order if each >= place)  # direction marks stand nowhere: the next one
    start = end = 0
    for character, each in zip(shaped.text, shaped.order, strict=True):
        if width := get_character_cell_size(character):
            start, end = end, end + width
        if each == there:
            break
    return start


def _place_at(shaped: Shaped, cell: int) -> int:
    """The place of the character that stands in a cell; of the last one beyond them."""
    place = end = 0
    for character, each in zip(shaped.text, shaped.order, strict=True):
        if width := get_character_cell_size(character):
            place, end = each, end + width
        if cell < end:
            break
    return place


def _split(filters: Sequence[LineFilter]) -> tuple[TextMode, list[LineFilter]]:
    """How lines are turned, and the filters that do not."""
    modes: list[TextMode] = [each.mode for each in filters if isinstance(each, LineOrder)]
    return modes[0] if modes else "off", [each for each in filters if not isinstance(each, LineOrder)]


class BidiInput(Input):
    """One line. The left arrow goes to the left in a line from the right too."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        filters = super().get_line_filters()
        return filters if self._line is None else _split(filters)[1]

    def render_line(self, y: int) -> Strip:
        line = self._line
        if y or line is None:
            return super().render_line(y)
        width = self.scrollable_content_region.width
        x = self._first_cell(line)
        return line.strip(self._styles(len(line.text))).crop(x, x + width).apply_style(self.rich_style)

    @property
    def _line(self) -> _Line | None:
        """None where nothing is to be turned here."""
        text = self.value or self.placeholder
        if self.password or not is_turned(text):
            return None
        mode, _ = _split(super().get_line_filters())
        if mode not in _TURNED_HERE:
            return None
        blanks = max(1, self.scrollable_content_region.width - cell_len(text))
        return _Line(text + " " * blanks, base_direction(text), mode)

    def _first_cell(self, line: _Line) -> int:
        """The line's cell at the left edge: where it is scrolled to, or where it begins while nobody edits it."""
        most = cell_len(line.text) - self.scrollable_content_region.width
        is_at_start = line.base == "rtl" and not (self.has_focus and self.value)
        return most if is_at_start else min(int(self.scroll_offset.x), most)

    def _styles(self, count: int) -> list[Style | None]:
        ground = None if self.value else self.get_component_rich_style("input--placeholder")
        styles = [ground] * count
        if not self.has_focus:
            return styles
        start, end = sorted(self.selection)
        styles[start:end] = [self.get_component_rich_style("input--selection")] * (end - start)
        if self._cursor_visible:
            below = styles[self.cursor_position] or Style.null()
            styles[self.cursor_position] = below + self.get_component_rich_style("input--cursor")
        return styles

    @property
    def _cursor_offset(self) -> int:
        line = self._line
        return super()._cursor_offset if line is None else _cell_of(line.shaped, self.cursor_position)

    def _cell_offset_to_index(self, offset: int) -> int:
        line = self._line
        if line is None:
            return super()._cell_offset_to_index(offset)
        return min(_place_at(line.shaped, offset + self._first_cell(line)), len(self.value))

    @property
    def _is_from_right(self) -> bool:
        return self._line is not None and self._line.base == "rtl"

    def action_cursor_left(self, select: bool = False) -> None:
        (super().action_cursor_right if self._is_from_right else super().action_cursor_left)(select)

    def action_cursor_right(self, select: bool = False) -> None:
        (super().action_cursor_left if self._is_from_right else super().action_cursor_right)(select)

    def action_cursor_left_word(self, select: bool = False) -> None:
        (super().action_cursor_right_word if self._is_from_right else super().action_cursor_left_word)(select)

    def action_cursor_right_word(self, select: bool = False) -> None:
        (super().action_cursor_left_word if self._is_from_right else super().action_cursor_right_word)(select)


class BidiTextArea(TextArea):
    """Several lines, wrapped; each has its own direction, and its parts have that of the whole."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        filters = super().get_line_filters()
        mode, others = _split(filters)
        return others if mode in _TURNED_HERE else filters

    def render_line(self, y: int) -> Strip:
        strip = self._drawn(y)
        line = self._line(strip, y)
        if line is None:
            return strip
        return line.strip([style for _, style in styled(strip)])

    def _drawn(self, y: int) -> Strip:
        """A line as it is read."""
        return super().render_line(y).extend_cell_length(self.scrollable_content_region.width, self.rich_style)

    def _line(self, strip: Strip, y: int) -> _Line | None:
        """None where nothing is to be turned here."""
        mode, _ = _split(super().get_line_filters())
        if mode not in _TURNED_HERE or not is_turned(strip.text):
            return None
        row, _ = self.wrapped_document.offset_to_location(Offset(0, y + int(self.scroll_offset.y)))
        return _Line(strip.text, base_direction(self.document.get_line(row) or strip.text), mode)

    def get_target_document_location(self, event: MouseEvent) -> Location:
        y = event.y - self.gutter.top
        strip = self._drawn(y)
        line = self._line(strip, y)
        if line is None:
            return super().get_target_document_location(event)
        cell = cell_len(line.text[: _place_at(line.shaped, event.x - self.gutter.left)])
        return self.wrapped_document.offset_to_location(Offset(cell, y + int(self.scroll_offset.y)))

    @property
    def cursor_screen_offset(self) -> Offset:
        x, y = super().cursor_screen_offset
        left, top = self.content_region.offset
        strip = self._drawn(y - top)
        line = self._line(strip, y - top)
        if line is None:
            return Offset(x, y)
        place = _place_at(Shaped(line.text, range(len(line.text))), x - left)
        return Offset(left + _cell_of(line.shaped, place), y)

    @property
    def _is_from_right(self) -> bool:
        mode, _ = _split(super().get_line_filters())
        return mode in _TURNED_HERE and base_direction(self.document.get_line(self.cursor_location[0])) == "rtl"

    def action_cursor_left(self, select: bool = False) -> None:
        (super().action_cursor_right if self._is_from_right else super().action_cursor_left)(select)

    def action_cursor_right(self, select: bool = False) -> None:
        (super().action_cursor_left if self._is_from_right else super().action_cursor_right)(select)

    def action_cursor_word_left(self, select: bool = False) -> None:
        (super().action_cursor_word_right if self._is_from_right else super().action_cursor_word_left)(select)

    def action_cursor_word_right(self, select: bool = False) -> None:
        (super().action_cursor_word_left if self._is_from_right else super().action_cursor_word_right)(select)
