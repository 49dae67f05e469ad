"""Keys and what they do, from the registry."""

from collections.abc import Callable, Mapping, Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from wallboard.domain.feeds import Freshness
from wallboard.language.catalog import N_, _
from wallboard.language.width import padded
from wallboard.language.words import freshness_words
from wallboard.ui.actions import ACTIONS, PANEL_ACTIONS, Action, Group, shown
from wallboard.ui.screens.overlay import Overlay

SIGNS = (
    ("▲  !", N_("a warning and a breach; figures turn amber, then red")),
    ("»", N_("something that was confirmed is under way on this row")),
    ("~", N_("an old or silent feed is part of this figure")),
    (">03:12", N_("at least so long: it began before we looked")),
    ("–", N_("the vendor does not tell; never a zero")),
)
_SIGN_WIDTH = 22

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
            yield Static(_("Keys"), classes="overlay--title", markup=False)
            yield Static(self._text(), markup=False)
            yield Static(_("↑ ↓ page   escape closes"), classes="overlay--hint", markup=False)

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
                lines.append(Content.styled(_(group.value), "bold $heading"))
            if alike:
                names = ", ".join(_(action.label) for action in alike)
                go = _("Go to {names}.").format(names=names)
                lines.append(self._line(alike, go if group is Group.PANELS else _("A row, a page, or all.")))
            lines += [self._line([action], _(action.help)) for action in offered if action not in alike]
        lines.append(Content.styled(_("Signs"), "bold $heading"))
        lines += [_sign_line(sign, _(meaning)) for sign, meaning in SIGNS]
        old = _("the data are older than 2 intervals, than 6, than 5 minutes; a person is needed")
        lines.append(_sign_line(_old_words(), old))
        lines.append(Content(_("A letter works from the same physical key under a Hebrew layout too.")))
        if text_remark := getattr(self.app, "text_remark", ""):
            lines.append(Content(text_remark))
        return Content("\n").join(lines)

    def _line(self, actions: Sequence[Action], words: str) -> Content:
        keys = " ".join(shown(key) for action in actions for key in self._keys[action.id])
        gap = " " * max(1, 12 - len(keys))
        return Content.assemble((f"  {keys}{gap}", "bold $accent"), words)


def _sign_line(sign: str, meaning: str) -> Content:
    return Content.assemble((f"  {padded(sign, _SIGN_WIDTH - 1)} ", "bold $accent"), meaning)


def _old_words() -> str:
    """What is said of feeds that are not to be believed as they are, the worst last."""
    return _("{late} {stale} {down} {auth}").format(
        late=freshness_words(Freshness.LATE),
        stale=freshness_words(Freshness.STALE),
        down=freshness_words(Freshness.DOWN),
        auth=freshness_words(Freshness.AUTH),
    )
