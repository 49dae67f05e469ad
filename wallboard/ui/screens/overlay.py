"""A screen over the board, closed by any key that means back."""

from collections.abc import Mapping

from textual import events
from textual.screen import ModalScreen

from wallboard.ui.actions import actions_by_key
from wallboard.ui.panels.picture import Picture

_CLOSING = frozenset({"back", "open_detail", "help", "quit"})


class Overlay(ModalScreen[None], inherit_bindings=False):
    """Shown above the board, which lives on behind it."""

    def __init__(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__()
        self._actions = actions_by_key(keys)

    def show(self, picture: Picture) -> None:
        """A newer picture, or the same a second later."""

    def on_key(self, event: events.Key) -> None:
        if self._actions.get(event.key) in _CLOSING:
            event.stop()
            if self.is_current:  # a key repeated faster than screens close would close what lies below
                self.dismiss()
