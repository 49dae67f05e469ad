"""A crash report without local variables: they may hold a token, a request, a caller's number."""

from rich.segment import Segments
from rich.traceback import Traceback
from textual.app import App


class QuietCrash(App[None]):
    """Textual's own report prints every local variable of every frame."""

    def _fatal_error(self) -> None:
        self.bell()
        report = Traceback(show_locals=False, width=None)
        self._exit_renderables.append(Segments(self.console.render(report, self.console.options)))
        self._close_messages_no_wait()
