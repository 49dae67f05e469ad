"""A mistake in one view stays there: the view says so, the others go on."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from wallboard.config.mishap import place_of
from wallboard.language.catalog import ngettext

_log = logging.getLogger(__name__)


class Isolation:
    """Round one view: what it raises is counted, and logged when it begins and when it is over.

    Of an error the type alone is told, and the place in the program: its text may hold anything.
    """

    def __init__(self, view: str) -> None:
        """`view`: its name in the log."""
        self._view = view
        self._count = 0
        self._error = ""

    @property
    def is_broken(self) -> bool:
        """Whether the view could not be drawn the last time."""
        return bool(self._count)

    @property
    def words(self) -> str:
        """What went wrong, for whoever looks at the view; empty where nothing did."""
        if not self._count:
            return ""
        words = ngettext(
            "cannot be shown: {error}, {count} time", "cannot be shown: {error}, {count} times", self._count
        )
        return words.format(error=self._error, count=self._count)

    @contextmanager
    def guard(self, *, heals: bool = True) -> Iterator[None]:
        """Keep what is raised inside. `heals`: what is drawn inside is the whole view, so that it is well again."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - the border of a view: a mistake of ours must not end the board
            self.fail(error)
        else:
            if heals:
                self._heal()

    def fail(self, error: Exception) -> None:
        """It could not be drawn."""
        name = type(error).__name__
        if name != self._error:
            _log.error("%s cannot be drawn: %s", self._view, name, extra=place_of(error))
        self._error = name
        self._count += 1

    def _heal(self) -> None:
        if self._count:
            _log.info("%s is drawn again after %d failures", self._view, self._count)
        self._count = 0
        self._error = ""
