"""What of the screen has changed, in pieces as the widgets drew them.

With each frame Textual cuts every line of every widget at all edges of all widgets, and draws those too that nothing is
seen of. Here a widget is asked where it can be seen, and its lines are cut where another one lies over them.
"""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.control import Control
from textual import _compositor as compositor
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from wallboard.ui.terminal.wanted import Piece

LEANT_ON = ("_dirty_regions", "visible_widgets", "size", "render_partial_update")  # Textual's
Span = tuple[int, int]  # columns from … up to


class Pieces(compositor.CompositorUpdate):
    """An update like Textual's own."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces

    def render_segments(self, console: Console) -> str:
        return "".join(
            f"{Control.move_to(x, y).segment.text}{strip.crop(0, end - x).render(console)}"
            for y, x, end, strip in self.pieces
        )


class _Line:
    """A line of which something has changed, from front to back."""

    def __init__(self, width: int) -> None:
        self.changed: list[Span] = []
        self.free: list[Span] = [(0, width)]  # where nothing lies yet

    def seen(self, span: Span) -> list[Span]:
        """Where something that lies here is seen, if it has changed anywhere."""
        if not _cut(self.changed, span):
            return []
        return _cut(self.free, span)

    def cover(self, start: int, end: int) -> None:
        """Something lies here: what comes later lies behind it."""
        free: list[Span] = []
        for first, last in self.free:
            free += [(a, b) for a, b in ((first, min(last, start)), (max(first, end), last)) if a < b]
        self.free = free


class PieceCompositor(compositor.Compositor):
    """Textual's, but for what has changed."""

    def render_partial_update(self) -> "Pieces | None":  # type: ignore[override]
        dirty, whole = self._dirty_regions.copy(), self.size.region
        self._dirty_regions.clear()
        lines: dict[int, _Line] = {}
        for region in (each.intersection(whole) for each in dirty):
            for y in region.line_range:
                lines.setdefault(y, _Line(whole.width)).changed.append(region.column_span)
        return Pieces(list(self._pieces(lines))) if lines else None

    def _pieces(self, lines: dict[int, _Line]) -> Iterator[Piece]:
        for widget, (region, clip) in self.visible_widgets.items():
            shown = region.intersection(clip)
            own = [y for y in shown.line_range if y in lines]
            span = shown.column_span
            parts = [(y, seen) for y in own if (seen := lines[y].seen(span))]
            if parts:
                yield from _cut_out(widget, region, shown, parts)
            for y in own:
                lines[y].cover(*span)


def _cut_out(widget: Widget, region: Region, shown: Region, parts: Iterable[tuple[int, list[Span]]]) -> Iterator[Piece]:
    strips: list[Strip] = widget.render_lines(Region(shown.x - region.x, shown.y - region.y, shown.width, shown.height))
    for y, spans in parts:
        if y - shown.y >= len(strips):
            continue
        strip = strips[y - shown.y]
        for start, end in spans:
            yield Piece(y, start, end, strip if start == shown.x else strip.crop(start - shown.x))


def _cut(spans: Iterable[Span], span: Span) -> list[Span]:
    """What lies within."""
    start, end = span
    return [(a, b) for first, last in spans if (a := max(first, start)) < (b := min(last, end))]


def draw_in_pieces(screen: Screen[None]) -> None:
    """Let a screen tell what has changed in pieces; before anything is laid out on it. Not where Textual has moved."""
    known = getattr(screen, "_compositor", None)
    if type(known) is compositor.Compositor and all(hasattr(known, name) for name in LEANT_ON):
        screen._compositor = PieceCompositor()
