"""The strip of figures: in big digits where there is room, in two lines where there is not."""

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Digits, Static

from wallboard.domain.feeds import Subject
from wallboard.domain.summary import Summary, summarise
from wallboard.domain.thresholds import Level
from wallboard.language.format import UNKNOWN, count, duration
from wallboard.ui.panels.picture import Picture
from wallboard.ui.panels.queues import levels_of
from wallboard.ui.roles import GLYPH_OF_LEVEL
from wallboard.ui.text import plain

PARTIAL = "~"  # an old or silent feed is part of the figure


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure: its field of the summary, its names where there is room and where not, what it depends on."""

    id: str
    label: str
    short: str
    subject: Subject


TILES = (
    Tile("waiting", "waiting", "waiting", Subject.QUEUES),
    Tile("longest_wait_seconds", "longest wait", "longest", Subject.QUEUES),
    Tile("agents_available", "available", "avail", Subject.AGENTS),
    Tile("agents_on_call", "on call", "on call", Subject.AGENTS),
    Tile("agents_paused", "paused", "paused", Subject.AGENTS),
    Tile("agents_away", "away", "away", Subject.AGENTS),
    Tile("live_calls", "live calls", "live", Subject.AGENTS),
    Tile("abandoned", "abandoned", "aband.", Subject.QUEUES),
    Tile("completed", "completed", "compl.", Subject.QUEUES),
)


class TileView(Vertical):
    """Draws one tile; only what changed is written."""

    DEFAULT_CSS = """
    TileView {
        width: 1fr; height: auto; padding-left: 1;
        & > Digits { display: none; width: 1fr; height: 3; text-style: bold; }
        & > .tile--figure { height: 1; text-style: bold; }
        & > .tile--label { height: 1; color: $heading; }
        &.-big > Digits { display: block; }
        &.-big > .tile--figure { display: none; }
        &.-available Digits, &.-available .tile--figure { color: $state-available; }
        &.-warn Digits, &.-warn .tile--figure { color: $sla-warn; }
        &.-breach Digits, &.-breach .tile--figure { color: $sla-breach-text; background: $sla-breach; }
        &.-partial Digits, &.-partial .tile--figure { color: $figure-old; text-style: italic; background: $background; }
    }
    """

    def __init__(self, tile: Tile) -> None:
        super().__init__(id=f"tile-{tile.id}")
        self._tile = tile
        self._said: object = None

    def compose(self) -> ComposeResult:
        yield Static(self._tile.label, classes="tile--label", markup=False)
        yield Static("", classes="tile--figure", markup=False)
        yield Digits("")

    def say(self, text: str, level: Level, *, is_partial: bool, is_good: bool, is_big: bool, is_short: bool) -> None:
        """Show a figure."""
        said = (text, level, is_partial, is_good, is_big, is_short)
        if said == self._said:
            return
        self._said = said
        self.set_class(is_big, "-big")
        self.set_class(is_partial, "-partial")
        self.set_class(is_good, "-available")
        self.set_class(level is Level.WARN, "-warn")
        self.set_class(level is Level.BREACH, "-breach")
        mark = GLYPH_OF_LEVEL[level].strip() + (PARTIAL if is_partial else "")
        name = self._tile.short if is_short else self._tile.label
        self.query_one(".tile--label", Static).update(
            plain(f"{name} {mark}" if is_big and mark else name), layout=False
        )
        self.query_one(".tile--figure", Static).update(plain(mark + text), layout=False)
        self.query_one(Digits).update("-" if text == UNKNOWN else text)


class SummaryStrip(Horizontal):
    """All tiles."""

    DEFAULT_CSS = """
    SummaryStrip { height: auto; background: $background; }
    """

    def compose(self) -> ComposeResult:
        for tile in TILES:
            yield TileView(tile)

    def show(self, picture: Picture) -> None:
        """Show a picture's figures; also called each second, for the longest wait grows."""
        summary = summarise(picture.snapshot.floor, picture.snapshot.feeds, picture.now)
        is_big = self.app.size.width >= 150 and self.app.size.height >= 40
        for tile, view in zip(TILES, self.query(TileView), strict=True):
            value = getattr(summary, tile.id)
            text = duration(value) if tile.id == "longest_wait_seconds" else count(value)
            view.say(
                text,
                _level(tile.id, summary, picture),
                is_partial=tile.subject in summary.partial,
                is_good=tile.id == "agents_available" and bool(value),
                is_big=is_big,
                is_short=self.app.size.width < 110,
            )


def _level(tile_id: str, summary: Summary, picture: Picture) -> Level:
    """The worst level any queue has in this figure."""
    queues = picture.snapshot.floor.queues
    if tile_id == "longest_wait_seconds":
        return max((levels_of(queue, picture.now)[1] for queue in queues), default=Level.OK)
    if tile_id == "waiting":
        return max((levels_of(queue, picture.now)[0] for queue in queues), default=Level.OK)
    if tile_id == "agents_available" and summary.agents_available == 0 and summary.waiting:
        return Level.BREACH
    return Level.OK
