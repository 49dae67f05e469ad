"""The application: themes, the one screen, and messages from outside; nothing else."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import ClassVar

from textual.command import CommandPalette
from textual.filter import LineFilter

from wallboard.domain.ports import SnapshotStream
from wallboard.domain.snapshot import Snapshot
from wallboard.ui.commands import BoardCommands
from wallboard.ui.messages import SnapshotArrived
from wallboard.ui.screens.board import BoardScreen, BoardStyle
from wallboard.ui.terminal.crash import QuietCrash
from wallboard.ui.text import SafeText
from wallboard.ui.theming import FALLBACK, ThemeShelf


class WallboardApp(QuietCrash, inherit_bindings=False):
    """Shows what the stream brings. Quits by key; everything else ends outside of it."""

    ENABLE_COMMAND_PALETTE = False  # ours opens by the registry's key
    TITLE = "wallboard"
    CSS_PATH: ClassVar[list[str | PurePath]] = ["screens/board.tcss", "screens/overlay.tcss"]

    def __init__(
        self, stream: SnapshotStream, style: BoardStyle, shelf: ThemeShelf, theme: str, remarks: Sequence[str] = ()
    ) -> None:
        """
        Args:
            stream: where pictures come from.
            style: what holds for the whole life of the board.
            shelf: the themes.
            theme: which of them to begin with.
            remarks: what to tell once at the start.
        """
        self._shelf = shelf  # asked for the defaults of colours before anything else
        super().__init__()
        self._stream = stream
        self._style = style
        self._remarks = list(remarks)
        for theme_file in shelf.themes.values():
            self.register_theme(theme_file.theme())
        for name in set(self.available_themes) - set(shelf.themes):
            self.unregister_theme(name)
        if theme not in shelf.themes:
            self._remarks.append(f'there is no theme "{theme}"; showing {FALLBACK}. `wallboard themes list` names them')
        self.theme = theme if theme in shelf.themes else FALLBACK
        self._remarks += shelf.faults

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Every meaning has a colour, whatever a theme leaves out."""
        return self._shelf.themes[FALLBACK].variables.model_dump(by_alias=True)

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), SafeText()]

    def get_default_screen(self) -> BoardScreen:
        return BoardScreen(self._style, self._stream.snapshot())

    def on_mount(self) -> None:
        self._unsubscribe = self._stream.subscribe(self._pass_on)
        if self._remarks:
            self.notify("\n".join(self._remarks), severity="warning", timeout=15, markup=False)

    def on_unmount(self) -> None:
        self._unsubscribe()

    def _pass_on(self, snapshot: Snapshot) -> None:
        """The only crossing from the engine into the ui."""
        self.post_message(SnapshotArrived(snapshot))

    def action_palette(self) -> None:
        """Everything by name."""
        self.push_screen(CommandPalette(providers=[BoardCommands], placeholder="action, theme, queue or agent"))

    def action_refresh(self) -> None:
        """Ask all sources now, as far as the vendors allow."""
        seconds = self._stream.refresh()
        when = "now" if seconds < 1 else f"within {seconds:.0f} s, as the vendors allow"
        self.notify(f"asking all sources {when}", timeout=3, markup=False)

    def on_snapshot_arrived(self, message: SnapshotArrived) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, BoardScreen):
                screen.show(message.snapshot)
