"""One thing of a list, whole."""

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from wallboard.language.catalog import _
from wallboard.language.format import UNKNOWN
from wallboard.ui.mirroring import named
from wallboard.ui.screens.overlay import Overlay
from wallboard.ui.text import plain
from wallboard.ui.toolbox.listing import Lines

NAME_WIDTH = 20


class ItemScreen(Overlay):
    """Names and values, as they were told when it was opened."""

    def __init__(self, keys: Mapping[str, tuple[str, ...]], title: str, lines: Lines) -> None:
        super().__init__(keys)
        self._title = title
        self._lines = lines

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="overlay"):
            yield Static(plain(self._title), classes="overlay--title")
            for name, value in self._lines:
                yield Static(named(name, plain(value or UNKNOWN), NAME_WIDTH))
            yield Static(_("escape closes"), classes="overlay--hint", markup=False)
