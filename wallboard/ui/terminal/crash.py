"""What is said when the board stops by an error nobody foresaw: neither local variables nor the error's own words."""

import logging
import sys

from rich.text import Text
from textual.app import App

LAST_FRAMES = 6


class QuietCrash(App[None]):
    """Textual's own report prints local variables: they may hold a token, a request, a caller's number."""

    def _fatal_error(self) -> None:
        from wallboard.config.logs import log_file  # not needed for the first frame
        from wallboard.config.mishap import place_of

        self.bell()
        error = sys.exc_info()[1]
        name = type(error).__name__
        report = place_of(error) if error is not None else {}
        # With its words: the log blacks out what is secret.
        logging.getLogger("wallboard").critical("the board stopped by an unexpected %s", name, exc_info=error)
        path = log_file()
        lines = [
            f"wallboard: stopped by an unexpected {name}; "
            + (f"details are in {path}" if path else "no log could be written"),
            *(
                f'  File "{frame["file"]}", line {frame["line"]}, in {frame["function"]}'
                for frame in report.get("error", {}).get("frames", [])[-LAST_FRAMES:]
            ),
        ]
        self._exit_renderables.append(Text("\n".join(lines), no_wrap=True, overflow="ignore"))
        self._close_messages_no_wait()
