"""What stands round the board's panels: header, banner, figures, troubles."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from textual.screen import Screen
from textual.widget import Widget

from wallboard.language.catalog import N_, _
from wallboard.ui.isolation import Isolation
from wallboard.ui.panels.picture import Picture
from wallboard.ui.style import BoardStyle
from wallboard.ui.switchboard import Switchboard
from wallboard.ui.widgets.bars import Banner, Header, TroubleLines
from wallboard.ui.widgets.summary import SummaryStrip

Shown = TypeVar("Shown", bound=Widget)
PARTS: Mapping[type[Widget], str] = {
    Header: N_("Header"),
    Banner: N_("Banner"),
    SummaryStrip: N_("Figures"),
    TroubleLines: N_("Troubles"),
}


class Edges:
    """Each is drawn by itself: one that cannot be is not seen, rather than seen as it was, and a trouble tells it."""

    def __init__(self, screen: Screen[Any], style: BoardStyle, switchboard: Switchboard) -> None:
        self._screen = screen
        self._style = style
        self._switchboard = switchboard
        self._isolations = {kind: Isolation(name) for kind, name in PARTS.items()}

    def show(self, picture: Picture, held: float | None) -> None:
        """Show a picture, held still for so many seconds."""
        self._draw(Header, lambda header: header.show(picture, self._switchboard.role))
        self._draw(Banner, lambda banner: banner.show(picture, self._style.kinds, held))
        self._draw(SummaryStrip, lambda strip: strip.show(picture))
        remarks = [*self._screen.query_one(SummaryStrip).remarks]
        remarks += [f"{_(PARTS[kind])} {each.words}" for kind, each in self._isolations.items() if each.is_broken]
        if reason := self._style.log_trouble():
            remarks.append(_("the log cannot be written: {reason}").format(reason=_(reason)))
        if version := self._style.newer_version():
            remarks.append(_("version {version} is installed: restart to update").format(version=version))
        self._draw(TroubleLines, lambda lines: lines.show(picture, remarks))

    def _draw(self, kind: type[Shown], show: Callable[[Shown], object]) -> None:
        isolation = self._isolations[kind]
        widget = self._screen.query_one(kind)
        with isolation.guard():
            show(widget)
        widget.visible = not isolation.is_broken
