"""An application whose frames are written as differences; Textual's own way is the fallback."""

import logging

from rich.color import ColorSystem
from rich.console import RenderableType
from textual import _compositor as compositor
from textual import events
from textual.screen import Screen
from textual.timer import Timer

from wallboard.ui.terminal.crash import QuietCrash
from wallboard.ui.terminal.driver import BoardDriver
from wallboard.ui.terminal.leaks import let_go_of_styles, let_go_of_toasts
from wallboard.ui.terminal.movement import Place
from wallboard.ui.terminal.pieces import Pieces

log = logging.getLogger("wallboard.terminal")

REDRAW_SECONDS = 600.0  # others may write on the screen, and only what changes is written: so sometimes all is
SETTLING_SECONDS = 0.1  # of a window whose edge is being dragged
_COLOURS = {"standard": ColorSystem.STANDARD, "256": ColorSystem.EIGHT_BIT, "truecolor": ColorSystem.TRUECOLOR}


class FramedApp(QuietCrash):
    """Textual writes every line it paints again, and waits for the terminal; here the driver does neither."""

    redraw_keys: frozenset[str] = frozenset()  # in whatever screen
    _settling: Timer | None = None

    def on_mount(self) -> None:
        let_go_of_styles()
        self.set_interval(REDRAW_SECONDS, self.action_redraw)

    def _refresh_notifications(self) -> None:
        let_go_of_toasts(self)
        super()._refresh_notifications()

    def leave(self) -> None:
        """End in good order."""
        self.exit()

    def action_redraw(self) -> None:
        """Write the whole picture, whatever the terminal shows."""
        if isinstance(self._driver, BoardDriver):
            self._driver.draw_anew()

    def abandon_terminal(self) -> None:
        """Give the terminal back at once."""
        if isinstance(self._driver, BoardDriver):
            self._driver.abandon()

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and event.key in self.redraw_keys:
            self.action_redraw()
            return
        if isinstance(event, events.Resize) and isinstance(self._driver, BoardDriver):
            self._driver.forget()  # terminals cut lines, wrap them anew, or both
            if self._settling is not None:
                self._settling.stop()
            self._settling = self.set_timer(SETTLING_SECONDS, self._driver.send)  # Textual draws for another size only
        await super().on_event(event)

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        driver = self._driver
        if not isinstance(driver, BoardDriver) or not self._running or self._closed or renderable is None:
            super()._display(screen, renderable)
        elif self._is_taken(driver, renderable):
            x, y = self.screen.outer_size.clamp_offset(self.cursor_position)
            is_composing = self.focused is not None
            driver.end_frames(Place(y, x) if is_composing else None, is_bracketed=self._sync_available)
            if not self._batch_count:
                driver.send()
            self.post_display_hook()
        else:
            driver.forget()
            super()._display(screen, renderable)

    def _is_taken(self, driver: BoardDriver, update: RenderableType) -> bool:
        """Whether the driver knows now what the screen is to show: not where Textual has other updates by now."""
        wanted = driver.wanted(self.size, _COLOURS.get(self.console.color_system or "", ColorSystem.TRUECOLOR))
        try:
            if isinstance(update, compositor.LayoutUpdate):
                wanted.take_whole(update)
            elif isinstance(update, Pieces):
                wanted.take_pieces(update.pieces)
            elif isinstance(update, compositor.ChopsUpdate):
                wanted.take_part(update)
            else:
                return False
        except (AttributeError, TypeError, ValueError, LookupError) as error:
            log.debug("an update of Textual's is drawn as Textual does: %s", type(error).__name__)
            return False
        return True
