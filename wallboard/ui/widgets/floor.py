"""The panels of the board: which of them the keys are for, and how they share the screen."""

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult
from textual.containers import Container

from wallboard.ui.mirroring import Mirroring
from wallboard.ui.panels.catalog import PANELS
from wallboard.ui.panels.picture import Picture
from wallboard.ui.sizes import is_small
from wallboard.ui.widgets.panel import Panel
from wallboard.ui.widgets.standing import StandingLines

SECOND = frozenset({"campaigns", "feeds"})  # hidden on a small screen until they are asked for


class FloorView(Container, Mirroring, StandingLines):
    """All panels, or one of them alone. One is current, whatever has Textual's focus."""

    def __init__(self) -> None:
        super().__init__(id="floor")
        self._panels = {kind.id: Panel(kind) for kind in PANELS}
        self._current = self._panels["queues"]

    def compose(self) -> ComposeResult:
        yield from self._panels.values()

    def on_mount(self) -> None:
        self.choose(self._current)

    def __iter__(self) -> Iterator[Panel]:
        return iter(self._panels.values())

    # What it shows

    def tick(self, picture: Picture) -> None:
        """Let ages grow; rows are as they were."""
        for panel in self:
            panel.tick(picture)

    def show_pending(self, row_keys: frozenset[str]) -> None:
        """Put the sign of something under way before these rows."""
        for panel in self:
            panel.table.show_pending(row_keys)

    def fit(self, width: int, height: int) -> None:
        """Choose the arrangement for a screen of so many cells."""
        self.set_class(is_small(width, height), "-small")

    # Which panel the keys are for

    @property
    def panel(self) -> Panel:
        """The current one."""
        return self._current

    def choose(self, panel: Panel) -> None:
        self._current.set_current(False)
        self._current = panel
        panel.set_current(True)
        self.set_class(panel.kind.id in SECOND, "-second")
        if self.is_maximized:
            self.maximize()

    @on(Panel.Chosen)
    def _on_chosen(self, event: Panel.Chosen) -> None:
        event.stop()
        self.choose(event.panel)

    def go_to(self, panel_id: str, row_key: str | None = None) -> None:
        """Go to a panel, showing it first where it is hidden, and to a row of it."""
        panel = self._panels[panel_id]
        self.choose(panel)
        if panel.table.cursor_key is None:
            panel.table.move(0)
        if row_key is not None and not panel.table.go_to(row_key):
            panel.clear_filter()
            panel.table.go_to(row_key)

    def go_by(self, step: int) -> None:
        """Go so many panels on, round and round."""
        ids = list(self._panels)
        self.go_to(ids[(ids.index(self._current.kind.id) + step) % len(ids)])

    @property
    def is_maximized(self) -> bool:
        return self.has_class("-maximized")

    def maximize(self) -> None:
        """Show the current panel alone."""
        self.add_class("-maximized")
        for panel in self:
            panel.set_class(panel is self._current, "-alone")

    def restore(self) -> None:
        """Show all panels again."""
        self.remove_class("-maximized")
        for panel in self:
            panel.remove_class("-alone")
