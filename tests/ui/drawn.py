"""What the widgets of a screen draw, piece by piece, with its colours."""

from collections.abc import Iterator

from rich.segment import Segment
from textual.app import App
from textual.geometry import Region
from textual.widget import Widget


def pieces(app: App[None]) -> Iterator[tuple[Widget, Segment]]:
    """Everything that the widgets of the uppermost screen draw."""
    for widget in app.screen.walk_children(Widget):
        if widget.is_container or not widget.is_on_screen or not widget.size:
            continue
        for strip in widget.render_lines(Region(0, 0, *widget.outer_size)):
            for segment in strip:
                if segment.style is not None and not segment.control:
                    yield widget, segment


def is_text(segment: Segment) -> bool:
    """Letters, digits and signs; neither blanks nor the lines and blocks of frames and bars."""
    return any(not "\u2500" <= character <= "\u259f" for character in segment.text.strip())
