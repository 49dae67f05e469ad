"""Asks for the PIN of a locked board. A field of its own: Textual's would tell its value to any log of events."""

import math
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from wallboard.config.pin import LONGEST_PIN
from wallboard.domain.access import Lock
from wallboard.language.catalog import _
from wallboard.ui.screens.above import Above

COUNT_SECONDS = 0.25  # how often the seconds left are looked at
_BULLET, _CURSOR = "•", "▏"


class UnlockScreen(Above[bool], inherit_bindings=False):
    """Ends with True once the lock is open, with False when somebody leaves it."""

    AUTO_FOCUS: ClassVar[str] = ""
    DEFAULT_CSS = """
    UnlockScreen {
        align: center middle;
        background: $background 60%;
        & #pin { height: 1; margin: 1 0; color: $foreground; text-style: bold; }
        & #answer { height: 1; color: $sla-warn; }
    }
    """

    def __init__(self, lock: Lock) -> None:
        super().__init__()
        self._lock = lock
        self._typed = ""
        self._is_checking = False
        self._was_wrong = False
        self._said = ("", "")

    def compose(self) -> ComposeResult:
        with Vertical(classes="overlay"):
            yield Static(_("Locked"), classes="overlay--title", markup=False)
            yield Static(_("This board is locked. The figures live on; acting needs the PIN."), markup=False)
            yield Static("", id="pin", markup=False)
            yield Static("", id="answer", markup=False)
            yield Static(_("enter unlocks   escape leaves"), classes="overlay--hint", markup=False)

    def on_mount(self) -> None:
        self._show()
        self.set_interval(COUNT_SECONDS, self._show)

    def on_key(self, event: events.Key) -> None:
        """Every key ends here: what is meant for the PIN must do nothing else."""
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self.close(False)
        elif event.key == "enter":
            self._try()
        elif event.key == "backspace":
            self._typed = self._typed[:-1]
        elif event.character and event.is_printable and len(self._typed) < LONGEST_PIN:
            self._typed += event.character
        self._show()

    def _try(self) -> None:
        if self._typed and not self._is_checking and not self._lock.unlock_wait:
            pin, self._typed = self._typed, ""
            self._is_checking = True
            self.run_worker(self._unlock(pin))

    async def _unlock(self, pin: str) -> None:
        self._was_wrong = await self._lock.unlock(pin) is not None
        self._is_checking = False
        if self._was_wrong:
            self._show()
        else:
            self.app.notify(_("unlocked"), timeout=3, markup=False)
            self.close(True)

    def _show(self) -> None:
        said = _("PIN  {typed}").format(typed=_BULLET * len(self._typed) + _CURSOR), self._answer()
        if said != self._said:
            self._said = said
            for name, text in zip(("#pin", "#answer"), said, strict=True):
                self.query_one(name, Static).update(text, layout=False)

    def _answer(self) -> str:
        if self._is_checking:
            return _("checking …")
        if wait := math.ceil(self._lock.unlock_wait):
            wrong, right = _("Wrong PIN. The next try counts in {seconds} s."), _("The next try counts in {seconds} s.")
            return (wrong if self._was_wrong else right).format(seconds=wait)
        return _("Wrong PIN. Try again.") if self._was_wrong else ""
