"""The board's line on files that are on their way into campaigns; says what became of each when it is over."""

from textual.content import Content
from textual.widgets import Static

from wallboard.domain.imports import ImportProgress
from wallboard.domain.ports import Imports
from wallboard.language.catalog import _, ngettext
from wallboard.language.sending import import_line, is_whole, verdict
from wallboard.ui.screens.sending import SendingScreen
from wallboard.ui.text import plain

LOOK_SECONDS = 1.0
MOST_LINES = 3


class ImportLine(Static):
    """One line for each, while it is under way."""

    DEFAULT_CSS = """
    ImportLine {
        display: none; height: auto; max-height: 3; padding: 0 1;
        background: $surface; color: $accent; text-style: bold;
        &.-shown { display: block; }
    }
    """

    def __init__(self, imports: Imports) -> None:
        super().__init__("", markup=False)
        self._imports = imports
        self._said: list[str] = []
        self._under_way: frozenset[tuple[str, str]] = frozenset()

    def on_mount(self) -> None:
        self._under_way = _under_way(self._imports.all())
        self.look()
        self.set_interval(LOOK_SECONDS, self.look)

    def look(self) -> None:
        """Say how far they are now."""
        known = self._imports.all()
        under_way = [progress for progress in known if progress.is_under_way]
        lines = [f"» {import_line(progress)}" for progress in under_way]
        if len(lines) > MOST_LINES:
            more = len(lines) - MOST_LINES + 1
            words = ngettext("… and {count} more file under way", "… and {count} more files under way", more)
            lines = [*lines[: MOST_LINES - 1], words.format(count=more)]
        if lines != self._said:
            is_as_high = len(lines) == len(self._said)
            self._said = lines
            self.set_class(bool(lines), "-shown")
            self.update(Content("\n").join(map(plain, lines)), layout=not is_as_high)
        for progress in known:
            if not progress.is_under_way and _key(progress) in self._under_way:
                self._tell_end(progress)
        self._under_way = _under_way(known)

    def _tell_end(self, progress: ImportProgress) -> None:
        """Unless somebody looks at it."""
        screen = self.app.screen
        if isinstance(screen, SendingScreen) and screen.tells_of(progress):
            return
        words = " ".join(filter(None, (f"{progress.campaign_words}: {verdict(progress)}", progress.words)))
        if progress.report is not None:
            words += "\n" + _("Report: {path}").format(path=progress.report)
        self.app.notify(words, severity="information" if is_whole(progress) else "warning", timeout=15, markup=False)


def _key(progress: ImportProgress) -> tuple[str, str]:
    return (progress.source, progress.campaign)


def _under_way(known: tuple[ImportProgress, ...]) -> frozenset[tuple[str, str]]:
    return frozenset(_key(progress) for progress in known if progress.is_under_way)
