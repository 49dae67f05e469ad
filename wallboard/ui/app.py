"""The application: themes, the one screen, and messages from outside; nothing else."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.command import CommandPalette
from textual.filter import LineFilter

from wallboard.domain.actions import Ticket
from wallboard.domain.snapshot import Snapshot
from wallboard.ui.commands import BoardCommands
from wallboard.ui.messages import SnapshotArrived, TicketMoved
from wallboard.ui.screens.board import BoardScreen
from wallboard.ui.style import BoardStyle
from wallboard.ui.switchboard import Switchboard
from wallboard.ui.terminal.crash import QuietCrash
from wallboard.ui.text import SafeText, plain
from wallboard.ui.theming import FALLBACK, ThemeShelf


class WallboardApp(QuietCrash, inherit_bindings=False):
    """Shows what the stream brings. Quits by key; everything else ends outside of it."""

    ENABLE_COMMAND_PALETTE = False  # ours opens by the registry's key
    TITLE = "wallboard"
    CSS_PATH: ClassVar[list[str | PurePath]] = ["screens/board.tcss", "screens/overlay.tcss"]

    def __init__(
        self, switchboard: Switchboard, style: BoardStyle, shelf: ThemeShelf, theme: str, remarks: Sequence[str] = ()
    ) -> None:
        """
        Args:
            switchboard: where pictures come from and commands go.
            style: what holds for the whole life of the board.
            shelf: the themes.
            theme: which of them to begin with.
            remarks: what to tell once at the start.
        """
        self._shelf = shelf  # asked for the defaults of colours before anything else
        super().__init__()
        self._switchboard = switchboard
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
        return BoardScreen(self._style, self._switchboard)

    def on_mount(self) -> None:
        self._unsubscribe = (
            self._switchboard.stream.subscribe(self._pass_on),
            self._switchboard.sink.listen(self._pass_ticket_on),
        )
        for ticket in self._switchboard.sink.tickets():
            self._pass_ticket_on(ticket)
        if self._remarks:
            self.notify("\n".join(self._remarks), severity="warning", timeout=15, markup=False)

    def on_unmount(self) -> None:
        for unsubscribe in self._unsubscribe:
            unsubscribe()

    async def on_event(self, event: events.Event) -> None:
        """Whoever strikes a key or clicks is there: the lock counts from then on."""
        if isinstance(event, events.Key | events.MouseDown | events.Paste):
            self._switchboard.sink.touch()
        await super().on_event(event)

    def _pass_on(self, snapshot: Snapshot) -> None:
        """With the next, the only crossing from the engine into the ui."""
        self.post_message(SnapshotArrived(snapshot))

    def _pass_ticket_on(self, ticket: Ticket) -> None:
        self.post_message(TicketMoved(ticket))

    async def action_quit(self) -> None:
        self.leave()

    def leave(self) -> None:
        """End; what has not been sent never will be, and that is said, as is what is on its way."""
        lines = [plain(words).plain for words in self._board.acting.farewell] if self._board else []
        self.exit(message=Text("\n".join(lines)) if lines else None)

    def action_palette(self) -> None:
        """Everything by name."""
        self.push_screen(CommandPalette(providers=[BoardCommands], placeholder="action, theme, queue or agent"))

    def action_refresh(self) -> None:
        """Ask all sources now, as far as the vendors allow."""
        seconds = self._switchboard.stream.refresh()
        when = "now" if seconds < 1 else f"within {seconds:.0f} s, as the vendors allow"
        self.notify(f"asking all sources {when}", timeout=3, markup=False)

    def on_snapshot_arrived(self, message: SnapshotArrived) -> None:
        if board := self._board:
            board.show(message.snapshot)

    def on_ticket_moved(self, message: TicketMoved) -> None:
        if board := self._board:
            board.tell(message.ticket)

    @property
    def _board(self) -> BoardScreen | None:
        return next((screen for screen in self.screen_stack if isinstance(screen, BoardScreen)), None)
