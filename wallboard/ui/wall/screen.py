"""TV mode over the board: page after page, a breach at once; nothing can be done here but to leave it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import ClassVar

from textual import events
from textual.app import App, ComposeResult
from textual.screen import Screen

from wallboard.domain.feeds import Freshness, is_old, worst_feed
from wallboard.language.catalog import _, is_mirrored
from wallboard.language.format import duration
from wallboard.language.words import fault_words, freshness_words
from wallboard.ui.actions import actions_by_key
from wallboard.ui.columns import LEAST_HEIGHT, LEAST_WIDTH
from wallboard.ui.isolation import Isolation
from wallboard.ui.panels.picture import Picture
from wallboard.ui.roles import GLYPH_OF_FRESHNESS
from wallboard.ui.screens.too_small import needed_room
from wallboard.ui.style import BoardStyle
from wallboard.ui.wall.canvas import Canvas, Line, Tone, fitted
from wallboard.ui.wall.figures import feeds_of_floor
from wallboard.ui.wall.layout import Frame, composed
from wallboard.ui.wall.pages import Alarms, Rotation, regular_pages
from wallboard.ui.wall.view import WallView

TICK_SECONDS = 1.0
_LEAVING = frozenset({"wall", "back", "quit"})


def is_on_wall(app: App[object]) -> bool:
    """Whether the wall hides the board: nothing of it needs to be drawn."""
    return isinstance(app.screen, WallScreen)


class WallScreen(Screen[None], inherit_bindings=False):
    """Shows one page of the live picture; ticks once a second.

    As a kiosk it cannot be left by key unless the configuration allows it.
    """

    ALLOW_SELECT: ClassVar[bool] = False
    AUTO_FOCUS: ClassVar[str] = ""

    def __init__(self, style: BoardStyle, look: Callable[[], Picture], leave: Callable[[], None]) -> None:
        """
        Args:
            style: what holds for the whole life of the board.
            look: tells how the floor stands.
            leave: ends the program.
        """
        super().__init__()
        self._style = style
        self._look = look
        self._leave = leave
        self._actions = actions_by_key(style.keys)
        self._rotation = Rotation(style.wall.page_seconds)
        self._alarms = Alarms()
        self._isolation = Isolation("the wall")

    def compose(self) -> ComposeResult:
        yield WallView()

    def on_mount(self) -> None:
        self.show()
        self.set_interval(TICK_SECONDS, self.show)

    def on_resize(self) -> None:
        self.show()

    def show(self) -> None:
        """Draw how the floor stands now, on the page whose turn it is."""
        if self.is_mounted and self.app.is_running and self.app.return_code is None and self in self.app.screen_stack:
            with self._isolation.guard():
                self.query_one(WallView).draw(self._lines(self._look()))
            if self._isolation.is_broken:  # no figures at all, rather than old ones
                self.query_one(WallView).draw(_words_alone(*self.app.size, f"! {self._isolation.words}"))

    def _lines(self, picture: Picture) -> list[Line]:
        width, height = self.app.size
        frame = self._frame(picture)
        if width < LEAST_WIDTH or height < LEAST_HEIGHT:
            return _words_alone(width, height, needed_room())
        return composed(frame, width, height)

    def _frame(self, picture: Picture) -> Frame:
        pages = {page.key: page for page in regular_pages(picture)}
        alarms, is_new = self._alarms.pages(picture)
        turn = self._rotation.turn(picture.now, list(pages), [page.key for page in alarms], is_new=is_new)
        page = (pages | {page.key: page for page in alarms})[turn.key]
        clock = datetime.fromtimestamp(self._style.clock.now(), UTC).astimezone(self._style.zone)
        return Frame(
            self._style.title,
            clock.strftime("%H:%M:%S"),
            page.content(picture),
            turn,
            self._style.wall.message,
            troubles(picture),
        )

    def on_key(self, event: events.Key) -> None:
        """Nothing but to leave, and that not from a kiosk that stays."""
        event.stop()
        event.prevent_default()
        wall, action = self._style.wall, self._actions.get(event.key)
        if action not in _LEAVING or not wall.may_leave:
            return
        if action == "quit" and wall.is_kiosk:
            self._leave()
        elif self.is_active:
            self.dismiss()


def troubles(picture: Picture) -> list[str]:
    """One sentence for each source with old data of what stands on the wall, the worst first."""
    found = []
    about = feeds_of_floor(picture)
    for source in dict.fromkeys(status.key.source for status in about):
        worst = worst_feed((status for status in about if status.key.source == source), picture.now)
        if worst is not None and is_old(worst.freshness(picture.now)):
            found.append(worst)
    order = list(Freshness)
    found.sort(key=lambda status: -order.index(status.freshness(picture.now)))
    lines = []
    for status in found:
        state = status.freshness(picture.now)
        age = status.age(picture.now)
        word = freshness_words(state) if age is None else f"{freshness_words(state)} {duration(age)}"
        what = fault_words(status.fault) if status.fault is not None else _("no newer answer yet")
        lines.append(picture.shown(f"{GLYPH_OF_FRESHNESS[state]} {word}  {status.key.source}: {what}"))
    return lines


def _words_alone(width: int, height: int, words: str) -> list[Line]:
    canvas = Canvas(width, height, is_mirrored=is_mirrored())
    words = fitted(words, width)
    canvas.write(max(0, (width - len(words)) // 2), height // 2, words, Tone.PLAIN)
    return canvas.lines()
