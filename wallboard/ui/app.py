"""The application: themes, the one screen, and messages from outside; nothing else."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text
from textual import events
from textual.filter import LineFilter, NoColor
from textual.screen import Screen

from wallboard.language.catalog import NAMES, Language, _, change, is_mirrored, reads_from_right
from wallboard.language.clean import clean
from wallboard.ui.messages import SnapshotArrived, TicketMoved
from wallboard.ui.mirroring import MIRRORED_CLASS, lay_out_anew
from wallboard.ui.opening import Opening, OpeningScreen
from wallboard.ui.reading import line_order
from wallboard.ui.terminal.detection import NOT_ASKED, TextReading, remark
from wallboard.ui.terminal.frames import FramedApp
from wallboard.ui.text import SafeText, plain
from wallboard.ui.theming import FALLBACK

if TYPE_CHECKING:
    from wallboard.domain.actions import Ticket
    from wallboard.domain.snapshot import Snapshot
    from wallboard.ui.furniture import Furniture
    from wallboard.ui.screens.board import BoardScreen
    from wallboard.ui.style import BoardStyle
    from wallboard.ui.switchboard import Switchboard

SIXTEEN_CLASS = "-sixteen"  # of a terminal that has no more colours
_LONGEST_REMARK = 200  # characters
_NO_COLOUR = NoColor()
_SAFE = SafeText()  # the one of its kind: lines remember by it what it made of them
_HERE = Path(__file__).parent
_BOARD_CSS = [
    _HERE / "screens/board.tcss",
    _HERE / "screens/overlay.tcss",
    _HERE / "screens/mirrored.tcss",
    _HERE / "screens/themes.tcss",
    _HERE / "wall/wall.tcss",
]


class WallboardApp(FramedApp, inherit_bindings=False):
    """Shows what the stream brings. Quits by key; everything else ends outside of it.

    What only the board needs is imported where it is used, by when it is loaded: nothing of it delays the opening.
    """

    ENABLE_COMMAND_PALETTE = False  # ours opens by the registry's key
    TITLE = "wallboard"
    text_reading: TextReading = NOT_ASKED  # what is known of the terminal
    drawing: LineFilter | None = None  # replaces what the terminal cannot draw
    _switchboard: "Switchboard"
    _style: "BoardStyle"

    def __init__(self, first: "Opening | Furniture", on_open: Callable[[], object] | None = None) -> None:
        """
        Args:
            first: the opening, over which the board comes by `furnish`; or the board, at once.
            on_open: called when the first picture has been drawn.
        """
        self._first = first
        self._furniture: Furniture | None = None
        theme = first.theme if isinstance(first, Opening) else first.shelf.themes[FALLBACK]
        self._defaults = theme.variables  # of colours; asked for before anything else
        super().__init__(css_path=None if isinstance(first, Opening) else [*_BOARD_CSS])
        self.set_class(is_mirrored(), MIRRORED_CLASS, update=False)
        self._on_open = on_open
        self._remarks: list[str] = []
        self._unsubscribe: Sequence[Callable[[], None]] = ()
        if isinstance(first, Opening):
            self.register_theme(theme.theme())
            self.theme = theme.name
        else:
            self._take(first)

    def _take(self, furniture: "Furniture") -> None:
        """Everything but the screens."""
        self._furniture = furniture
        self._switchboard = furniture.switchboard
        self._style = furniture.style
        self.redraw_keys = frozenset(furniture.style.keys["redraw"])
        self._keep_theme = furniture.keep_theme
        self._remarks = list(furniture.remarks)
        shelf, theme = furniture.shelf, furniture.theme
        self._defaults = shelf.themes[FALLBACK].variables
        for theme_file in shelf.themes.values():
            self.register_theme(theme_file.theme())
        if theme not in shelf.themes:
            words = _('there is no theme "{theme}"; showing {fallback}. `wallboard themes list` names them')
            self._remarks.append(words.format(theme=theme, fallback=FALLBACK))
        self.theme = theme if theme in shelf.themes else FALLBACK
        for name in set(self.available_themes) - set(shelf.themes):
            self.unregister_theme(name)
        if len(shelf.faults) > 1:
            words = _("{count} themes cannot be read; `wallboard themes check` tells why")
            self._remarks.append(words.format(count=len(shelf.faults)))
        else:
            self._remarks += [clean(fault, _LONGEST_REMARK) for fault in shelf.faults]

    def furnish(self, furniture: "Furniture") -> None:
        """Put the board over the opening, and give it the keys that were struck meanwhile."""
        self.call_later(self._furnish, furniture)

    async def _furnish(self, furniture: "Furniture") -> None:
        opening = self.screen
        self._take(furniture)
        self.set_class(is_mirrored(), MIRRORED_CLASS, update=False)
        self.stylesheet.read_all(_BOARD_CSS)
        with self.batch_update():
            await self.push_screen(self._made_board(furniture))  # the first screen cannot be taken away
            self._begin()
        for key in opening.held if isinstance(opening, OpeningScreen) else ():
            self.post_message(events.Key(key.key, key.character))

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Every meaning has a colour, whatever a theme leaves out."""
        return dict(self._defaults)

    def get_line_filters(self) -> Sequence[LineFilter]:
        order = line_order(self.text_reading.mode, is_from_right=reads_from_right())
        return [*self._colour_filters(), _SAFE, order, *([self.drawing] if self.drawing else [])]

    def _colour_filters(self) -> Sequence[LineFilter]:
        """Textual's own; for NO_COLOR it would write greys, which are colours, too."""
        return [_NO_COLOUR] if self.no_color else super().get_line_filters()

    @property
    def text_remark(self) -> str:
        """How this terminal is given Hebrew, in a line; empty where it was not asked."""
        return remark(self.text_reading)

    def get_default_screen(self) -> Screen[None]:
        if isinstance(self._first, Opening):
            return OpeningScreen(self._first)
        return self._made_board(self._first)

    @staticmethod
    def _made_board(furniture: "Furniture") -> Screen[None]:
        from wallboard.ui.screens.board import BoardScreen

        return BoardScreen(furniture.style, furniture.switchboard)

    def on_mount(self) -> None:
        self.set_class(self.console.color_system == "standard" and not self.is_headless, SIXTEEN_CLASS)
        if self._furniture is not None:
            self._begin()
        if self._on_open is not None:
            self.call_after_refresh(self._on_open)

    def _begin(self) -> None:
        """The board stands: let it live."""
        self._unsubscribe = (
            self._switchboard.stream.subscribe(self._pass_on),
            self._switchboard.sink.listen(self._pass_ticket_on),
        )
        if self._style.wall.is_kiosk:
            self.action_wall()
        for ticket in self._switchboard.sink.tickets():
            self._pass_ticket_on(ticket)
        if self._remarks and not self._style.wall.is_kiosk:  # nobody is there to read them, and figures are under them
            self.notify("\n".join(self._remarks), severity="warning", timeout=15, markup=False)

    def on_unmount(self) -> None:
        for unsubscribe in self._unsubscribe:
            unsubscribe()

    async def on_event(self, event: events.Event) -> None:
        """Whoever strikes a key or clicks is there: the lock counts from then on."""
        if isinstance(event, events.Key | events.MouseDown | events.Paste) and self._furniture is not None:
            self._furniture.switchboard.sink.touch()
        await super().on_event(event)

    def _pass_on(self, snapshot: "Snapshot") -> None:
        """With the next, the only crossing from the engine into the ui."""
        self.post_message(SnapshotArrived(snapshot))

    def _pass_ticket_on(self, ticket: "Ticket") -> None:
        self.post_message(TicketMoved(ticket))

    async def action_quit(self) -> None:
        self.leave()

    def leave(self) -> None:
        """End; what has not been sent never will be, and that is said, as is what is on its way."""
        lines = [plain(words).plain for words in self._board.acting.farewell] if self._board else []
        self.exit(message=Text("\n".join(lines)) if lines else None)

    def action_palette(self) -> None:
        """Everything by name."""
        from wallboard.ui.commands import Palette

        self.push_screen(Palette())

    def action_wall(self) -> None:
        """TV mode, over the board, which catches up when it is seen again."""
        from wallboard.ui.wall.screen import WallScreen

        if board := self._board:
            look = partial(getattr, board, "live_picture")
            wall = WallScreen(self._style, look, self.leave)
            self.push_screen(wall, lambda _: board.show(look().snapshot))

    def action_themes(self) -> None:
        """Try the themes on; what is not kept is taken off again."""
        from wallboard.ui.screens.themes import ThemesScreen

        if self._furniture is None:
            return
        before = self.theme

        def ended(name: str | None) -> None:
            if name is None:
                self.theme = before
            else:
                self.action_use_theme(name)

        self.push_screen(ThemesScreen(self._furniture.shelf, before), ended)

    def action_use_theme(self, name: str) -> None:
        """Show this theme from now on."""
        self.theme = name
        self.notify(self._keep_theme(name), timeout=4, markup=False)

    def action_speak(self, language: Language) -> None:
        """Go on in this language."""
        change(language)
        lay_out_anew(self)
        if board := self._board:
            board.redraw()
        self.notify(_("the board speaks {language}").format(language=NAMES[language]), timeout=4, markup=False)

    def action_copy(self) -> None:
        """What is selected, else the row one stands on, to the terminal's clipboard; as it is read."""
        board = self._board
        text = self.screen.get_selected_text() or (board.panel.row_text if board and board.is_active else "")
        if text:
            self.copy_to_clipboard(text)
            self.notify(_("copied: {words}").format(words=clean(text)), timeout=3, markup=False)

    def action_refresh(self) -> None:
        """Ask all sources now, as far as the vendors allow."""
        seconds = self._switchboard.stream.refresh()
        soon, later = _("asking all sources now"), _("asking all sources within {seconds:.0f} s, as the vendors allow")
        self.notify(soon if seconds < 1 else later.format(seconds=seconds), timeout=3, markup=False)

    def on_snapshot_arrived(self, message: SnapshotArrived) -> None:
        if board := self._board:
            board.show(message.snapshot)
        from wallboard.ui.wall.screen import WallScreen

        if isinstance(self.screen, WallScreen):
            self.screen.show()

    def on_ticket_moved(self, message: TicketMoved) -> None:
        if board := self._board:
            board.tell(message.ticket)

    @property
    def _board(self) -> "BoardScreen | None":
        if self._furniture is None:
            return None
        from wallboard.ui.screens.board import BoardScreen

        return next((screen for screen in self.screen_stack if isinstance(screen, BoardScreen)), None)
