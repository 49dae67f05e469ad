"""The layout from right to left: containers turned round, and lines whose pieces run in the layout's direction.

A line filter turns texts when they are written: in a language that reads from the right a line with such letters is one
paragraph, turned as a whole. So what is put together here stays logical, in the order that comes out right.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

from rich.cells import cell_len
from textual.app import App
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size, Spacing
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget

from wallboard.language.bidi import holds
from wallboard.language.catalog import is_mirrored, reads_from_right

MIRRORED_CLASS = "-rtl"  # of the application, while the layout is mirrored; the rules are in mirrored.tcss
Piece = TypeVar("Piece")


class MirroredLayout(Layout):
    """Another layout, with right and left exchanged."""

    name = "mirrored"

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        placements = self._layout.arrange(parent, children, size, greedy)
        if not greedy:  # only measured, in no width yet
            return placements
        return [_turned(placement, size.width) for placement in placements]


def _turned(placement: WidgetPlacement, width: int) -> WidgetPlacement:
    region = placement.region
    top, right, bottom, left = placement.margin
    return placement._replace(
        region=region.at_offset((width - region.right, region.y)), margin=Spacing(top, left, bottom, right)
    )


class Mirroring(Widget):
    """Beside a container, after it: what the container holds stands the other way round while the layout is mirrored.

    The container comes first, for Textual takes default CSS from the first base alone.
    """

    @property
    def layout(self) -> Layout:
        layout = super().layout
        return MirroredLayout(layout) if is_mirrored() else layout


class Row(Horizontal, Mirroring):
    """Children side by side, the first where reading begins."""


class Stack(Vertical, Mirroring):
    """Children one below the other; the narrow ones stand where reading begins."""


def lay_out_anew(app: App[Any]) -> None:
    """Show everything in the language and the direction in use, after a change of them."""
    app.set_class(is_mirrored(), MIRRORED_CLASS)
    app.refresh_css(animate=False)
    for screen in app.screen_stack:
        for widget in screen.walk_children(Widget, with_self=True):
            widget.refresh(layout=True)


# Lines of several pieces


def is_turned(text: str) -> bool:
    """Whether the filter turns a line of these words round as a whole."""
    return reads_from_right() and holds(text, "rtl")


def in_order(pieces: Sequence[Piece], words: str) -> Sequence[Piece]:
    """Pieces of a line, the first where reading begins, in the order in which they are to be written.

    `words`: all that stands in the line.
    """
    return pieces if is_turned(words) is is_mirrored() else pieces[::-1]


def two_sided(start: Sequence[str], end: Sequence[str], width: int, gap: str = "  ", least: int = 2) -> str:
    """A line of exactly so many cells: pieces at the edge where reading begins, and pieces at the other one.

    Too long ones keep the least of blanks between them. Where nothing is at the other edge, just the first ones.
    """
    words = "".join((*start, *end))
    near, far = (gap.join(in_order(pieces, words)) for pieces in (start, end))
    if not far:
        return near
    blanks = " " * max(least, width - cell_len(near) - cell_len(far))
    return "".join(in_order((near, blanks, far), words))


def named(name: str, value: Content, width: int) -> Content:
    """A value behind its name, which takes at least so many cells."""
    blanks = " " * (width - cell_len(name))
    pieces = (Content.styled(name, "$heading"), Content(blanks), value)
    return Content.assemble(*in_order(pieces, f"{name}{value.plain}"))
