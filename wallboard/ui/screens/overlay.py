"""A screen over the board, closed by any key that means back."""

from collections.abc import Mapping

from textual import events

from wallboard.ui.actions import actions_by_key
from wallboard.ui.screens.above import Above

_CLOSING = frozenset({"back", "open_detail", "help", "quit"})


class Overlay(Above[str | None], inherit_bindings=False):
    """Something to read."""

    def __init__(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__()
        self._actions = actions_by_key(keys)

    def on_key(self, event: events.Key) -> None:
        if self._actions.get(event.key) in _CLOSING:
            event.stop()
            self.close()
