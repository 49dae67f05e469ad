"""What a screen says in place of everything else where nothing could be read."""

from textual.widgets import Static

from wallboard.language.catalog import _
from wallboard.ui.columns import LEAST_HEIGHT, LEAST_WIDTH


class TooSmall(Static):
    """Says how much room is needed."""

    def __init__(self) -> None:
        super().__init__("", id="too-small", markup=False)

    def on_show(self) -> None:
        self.update(needed_room())


def needed_room() -> str:
    """How much, in words."""
    words = _("wallboard needs {width} × {height} characters")
    return words.format(width=LEAST_WIDTH, height=LEAST_HEIGHT)
