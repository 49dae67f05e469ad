"""A screen over the board, which lives on behind it."""

from collections.abc import Sequence

from textual.filter import LineFilter
from textual.screen import ModalScreen, ScreenResultType

from wallboard.ui.panels.picture import Picture
from wallboard.ui.reading import without_order


class Above(ModalScreen[ScreenResultType], inherit_bindings=False):
    """Shown every newer picture, and the same a second later, once it has something to show it on."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        return without_order(super().get_line_filters())

    def show(self, picture: Picture) -> None:
        """A newer picture; the board calls this whenever it has one."""
        if self.can_draw:
            self.draw(picture)

    @property
    def can_draw(self) -> bool:
        """Whether what it draws on is there: not yet before it is mounted, and no more once it is left."""
        return self.is_mounted and self.app.is_running and self in self.app.screen_stack

    def draw(self, picture: Picture) -> None:
        """Say what the picture tells; nothing by default."""

    def close(self, result: ScreenResultType | None = None) -> None:
        """Close once: keys that come faster than screens close would close what lies below."""
        if self.is_active:
            self.dismiss(result)
