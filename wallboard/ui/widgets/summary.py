"""The strip of figures: in big digits where there is room, in two lines where there is not."""

from dataclasses import dataclass
from enum import Enum

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Digits, Static

from wallboard.clock import Clock
from wallboard.domain.feeds import Subject
from wallboard.domain.summary import Summary, summarise
from wallboard.domain.thresholds import Level
from wallboard.domain.units import Readings, UnitsLeft, noted, units_left
from wallboard.language.catalog import pgettext
from wallboard.language.format import UNKNOWN, count, duration
from wallboard.language.units import figure_of, trouble_words
from wallboard.ui.mirroring import Row
from wallboard.ui.panels.picture import Picture
from wallboard.ui.panels.queues import levels_of
from wallboard.ui.roles import GLYPH_OF_LEVEL
from wallboard.ui.sizes import is_big
from wallboard.ui.text import plain
from wallboard.ui.widgets.standing import StandingLines, StandingText

PARTIAL = "~"  # an old or silent feed is part of the figure


class Form(Enum):
    """How much room there is."""

    SHORT = "short"
    LONG = "long"
    BIG = "big"


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure: its field of the summary, and what it depends on. `is_wide`: it takes more room than a count."""

    id: str
    subject: Subject
    is_wide: bool = False

    def name(self, form: Form) -> str:
        """Above the figure; in the short form where there is little room."""
        return _names(is_short=form is Form.SHORT)[self.id]

    def share(self, form: Form) -> int:
        """How much of the strip it needs, beside the others."""
        if form is Form.BIG:
            return 13 if self.is_wide else 10
        return max(9 if self.is_wide else 5, cell_len(self.name(form))) + 1


def _names(*, is_short: bool) -> dict[str, str]:
    """Of the tiles by their ids, in the language in use."""
    return {
        "waiting": pgettext("summary", "waiting"),
        "longest_wait_seconds": pgettext("summary", "longest") if is_short else pgettext("summary", "longest wait"),
        "agents_available": pgettext("summary", "avail") if is_short else pgettext("summary", "available"),
        "agents_on_call": pgettext("summary", "on call"),
        "agents_paused": pgettext("summary", "paused"),
        "agents_away": pgettext("summary", "away"),
        "live_calls": pgettext("summary", "live") if is_short else pgettext("summary", "live calls"),
        "abandoned": pgettext("summary", "aband.") if is_short else pgettext("summary", "abandoned"),
        "completed": pgettext("summary", "compl.") if is_short else pgettext("summary", "completed"),
        "units": pgettext("summary", "units"),
    }


@dataclass(frozen=True, slots=True)
class Figure:
    """What a tile says. `more` stands behind the name where there is room."""

    text: str
    level: Level = Level.OK
    is_partial: bool = False
    is_good: bool = False
    more: str = ""


TILES = (
    Tile("waiting", Subject.QUEUES),
    Tile("longest_wait_seconds", Subject.QUEUES, is_wide=True),
    Tile("agents_available", Subject.AGENTS),
    Tile("agents_on_call", Subject.AGENTS),
    Tile("agents_paused", Subject.AGENTS),
    Tile("agents_away", Subject.AGENTS),
    Tile("live_calls", Subject.AGENTS),
    Tile("abandoned", Subject.QUEUES),
    Tile("completed", Subject.QUEUES),
)
UNITS = Tile("units", Subject.ACCOUNT, is_wide=True)  # where there is an account that has any


class TileDigits(Digits, StandingLines):
    """A figure in big digits."""


class TileView(Vertical, StandingLines):
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
        yield StandingText("", classes="tile--label", markup=False)
        yield StandingText("", classes="tile--figure", markup=False)
        yield TileDigits("")

    def say(self, figure: Figure, form: Form) -> None:
        """Show a figure."""
        name = self._tile.name(form)
        if (figure, form, name) == self._said:
            return
        self._said = (figure, form, name)
        self.styles.width = f"{self._tile.share(form)}fr"
        is_big = form is Form.BIG
        self.set_class(is_big, "-big")
        self.set_class(figure.is_partial, "-partial")
        self.set_class(figure.is_good, "-available")
        self.set_class(figure.level is Level.WARN, "-warn")
        self.set_class(figure.level is Level.BREACH, "-breach")
        mark = GLYPH_OF_LEVEL[figure.level].strip() + (PARTIAL if figure.is_partial else "")
        if form is not Form.SHORT:
            name = f"{name} {figure.more}".rstrip()
        self.query_one(".tile--label", Static).update(
            plain(f"{name} {mark}" if is_big and mark else name), layout=False
        )
        self.query_one(".tile--figure", Static).update(plain(mark + figure.text), layout=False)
        self.query_one(Digits).update("-" if figure.text == UNKNOWN else figure.text)


class SummaryStrip(Row, StandingLines):
    """All tiles."""

    DEFAULT_CSS = """
    SummaryStrip { height: auto; background: $background; }
    """

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._readings: Readings = {}
        self.remarks: list[str] = []

    def compose(self) -> ComposeResult:
        for tile in (*TILES, UNITS):
            yield TileView(tile)

    def show(self, picture: Picture) -> None:
        """Show a picture's figures; also called each second, for the longest wait grows. Then `remarks` are new."""
        width, height = self.app.size
        form = Form.BIG if is_big(width, height) else Form.LONG if width >= 110 else Form.SHORT
        summary = summarise(picture.snapshot.floor, picture.snapshot.feeds, picture.now)
        self._readings = noted(self._readings, picture.snapshot)
        left = units_left(picture.snapshot, self._readings, self._clock.now())
        self.remarks = [picture.shown(words) for each in left if (words := trouble_words(each))]
        *views, units = self.query(TileView)
        for tile, view in zip(TILES, views, strict=True):
            view.say(_figure(tile, summary, picture), form)
        units.display = bool(left)
        if left:
            units.say(_units(left, is_old=UNITS.subject in summary.partial), form)


def _units(left: list[UnitsLeft], *, is_old: bool) -> Figure:
    """Of several accounts the worst, else the one with the fewest: their sum buys nothing."""
    known = [each for each in left if each.units is not None]
    first = (known or left)[0]
    name = first.source if len(left) > 1 else ""
    return Figure(figure_of(first.units), first.level, is_old or 0 < len(known) < len(left), more=name)


def _figure(tile: Tile, summary: Summary, picture: Picture) -> Figure:
    value = getattr(summary, tile.id)
    return Figure(
        duration(value) if tile.id == "longest_wait_seconds" else count(value),
        _level(tile.id, summary, picture),
        is_partial=tile.subject in summary.partial,
        is_good=tile.id == "agents_available" and bool(value),
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
