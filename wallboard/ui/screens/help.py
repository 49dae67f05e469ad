"""Keys and what they do, from the registry."""

from collections.abc import Callable, Mapping, Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from wallboard.ui.actions import ACTIONS, PANEL_ACTIONS, Action, Group, shown
from wallboard.ui.screens.overlay import Overlay

SIGNS = (
    ("▲  !", "a warning and a breach; figures turn amber, then red"),
    ("»", "something that was confirmed is under way on this row"),
    ("~", "an old or silent feed is part of this figure"),
    (">03:12", "at least so long: it began before we looked"),
    ("–", "the vendor does not tell; never a zero"),
    ("LATE STALE DOWN AUTH", "the data are older than 2 intervals, than 6, than 5 minutes; a person is needed"),
)


_SCROLLS: Mapping[str, Callable[[VerticalScroll], object]] = {
    "row_up": lambda view: view.scroll_up(animate=False),
    "row_down": lambda view: view.scroll_down(animate=False),
    "page_up": lambda view: view.scroll_page_up(animate=False),
    "page_down": lambda view: view.scroll_page_down(animate=False),
    "first_row": lambda view: view.scroll_home(animate=False),
    "last_row": lambda view: view.scroll_end(animate=False),
}


class HelpScreen(Overlay):
    """One screenful; escape closes it."""

    def __init__(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(keys)
        self._keys = keys

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="overlay"):
            yield Static("Keys", classes="overlay--title", markup=False)
            yield Static(self._text(), markup=False)
            yield Static("↑ ↓ page   escape closes", classes="overlay--hint", markup=False)

    def on_key(self, event: events.Key) -> None:
        """It may be longer than the screen."""
        if scroll := _SCROLLS.get(self._actions.get(event.key, "")):
            event.stop()
            event.prevent_default()
            scroll(self.query_one(VerticalScroll))

    def _text(self) -> Content:
        lines: list[Content] = []
        for group in Group:
            offered = [action for action in ACTIONS if action.group is group and action.id in self._keys]
            alike = [action for action in offered if action.group is Group.MOVING or action.id in PANEL_ACTIONS]
            if offered:
                lines.append(Content.styled(group, "bold $heading"))
            if alike:
                names = ", ".join(action.label for action in alike)
                lines.append(
                    self._line(alike, f"Go to {names}." if group is Group.PANELS else "A row, a page, or all.")
                )
            lines += [self._line([action], action.help) for action in offered if action not in alike]
        lines.append(Content.styled("Signs", "bold $heading"))
        lines += [Content.assemble((f"  {sign:<22}", "bold $accent"), meaning) for sign, meaning in SIGNS]
        lines.append(Content("A letter works from the same physical key under a Hebrew layout too."))
        return Content("\n").join(lines)

    def _line(self, actions: Sequence[Action], words: str) -> Content:
        keys = " ".join(shown(key) for action in actions for key in self._keys[action.id])
        gap = " " * max(1, 12 - len(keys))
        return Content.assemble((f"  {keys}{gap}", "bold $accent"), words)
