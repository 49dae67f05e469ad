"""Where the figures of a page stand: whichever arrangement lets them be biggest in the room there is."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from wallboard.ui.wall.canvas import Area
from wallboard.ui.wall.figures import Figure
from wallboard.ui.wall.glyphs import can_draw, height_of, width_of

LABEL_ROWS = 1
PAD = 2  # columns at each side of a figure
FREE_SCALE = 4
LEAST_SHARE = 0.42  # of the screen's height: what a main figure's digits should take


class Place(NamedTuple):
    """A figure, its area with the label, and the scale of its digits; 0: as words."""

    figure: Figure
    area: Area
    scale: int


class _Grid(NamedTuple):
    area: Area
    columns: int
    rows: int
    scale: int


class _Arrangement(NamedTuple):
    main: Area
    main_scale: int
    others: _Grid


def arranged(main: Figure | None, figures: Sequence[Figure], body: Area, screen_height: int) -> list[Place]:
    """Places for all of them in `body`."""
    if main is None:
        return _in_grid(figures, _best_grid(figures, body))
    wanted = min(LEAST_SHARE * screen_height, height_of(_scale_for([main], body.width, body.height)))

    def worth(found: _Arrangement) -> tuple[bool, bool, int, int]:
        scale, other = found.main_scale, found.others.scale
        return (height_of(scale) >= wanted, other > 0, min(other, scale), scale)

    best = max(_arrangements(main, figures, body), key=worth)
    return [Place(main, best.main, best.main_scale), *_in_grid(figures, best.others)]


def _arrangements(main: Figure, figures: Sequence[Figure], body: Area) -> Iterator[_Arrangement]:
    """The main figure beside the others, or above them, at every scale."""
    for scale in _scales(_scale_for([main], body.width, body.height)):
        width, height = _needed([main], scale)
        if not figures:
            yield _Arrangement(body, scale, _Grid(body, 1, 1, 0))
            return
        rest = Area(body.x + width, body.y, body.width - width, body.height)
        yield _spread(body, width, scale, figures, _best_grid(figures, rest))
        below = Area(body.x, body.y + height, body.width, body.height - height)
        grid = _best_grid(figures, below)
        yield _Arrangement(Area(body.x, body.y, body.width, height), scale, grid)


def _spread(body: Area, width: int, scale: int, figures: Sequence[Figure], grid: _Grid) -> _Arrangement:
    """Side by side, with what is left over shared between them."""
    slack = max(0, grid.area.width - grid.columns * _needed(figures, grid.scale)[0])
    width += slack // 2
    others = grid._replace(area=Area(body.x + width, body.y, body.width - width, body.height))
    return _Arrangement(Area(body.x, body.y, width, body.height), scale, others)


def _best_grid(figures: Sequence[Figure], area: Area) -> _Grid:
    grids = []
    for columns in range(1, max(1, len(figures)) + 1):
        rows = -(-len(figures) // columns) or 1
        scale = _scale_for(figures, area.width // columns, area.height // rows)
        grids.append(_Grid(area, columns, rows, scale))
    return max(grids, key=lambda grid: (grid.scale, -grid.columns * grid.rows, -grid.columns))


def _in_grid(figures: Sequence[Figure], grid: _Grid) -> list[Place]:
    places = []
    for at, figure in enumerate(figures):
        row, column = divmod(at, grid.columns)
        left, right = (grid.area.width * step // grid.columns for step in (column, column + 1))
        top, bottom = (grid.area.height * step // grid.rows for step in (row, row + 1))
        area = Area(grid.area.x + left, grid.area.y + top, right - left, bottom - top)
        places.append(Place(figure, area, grid.scale))
    return places


def _scale_for(figures: Sequence[Figure], width: int, height: int) -> int:
    """The biggest at which each of them fits into a cell of that size."""
    scale = 0
    while _fits(figures, scale + 1, width, height):
        scale += 1
    return scale if scale in _scales(scale) else scale - 1


def _scales(most: int) -> Iterator[int]:
    """From the biggest on; big ones are even, so that no pixel ends half way down a row."""
    return (scale for scale in range(most, -1, -1) if scale <= FREE_SCALE or scale % 2 == 0)


def _fits(figures: Sequence[Figure], scale: int, width: int, height: int) -> bool:
    if not figures or not all(can_draw(figure.text) for figure in figures):
        return False
    needed_width, needed_height = _needed(figures, scale)
    return needed_width <= width and needed_height <= height


def _needed(figures: Sequence[Figure], scale: int) -> tuple[int, int]:
    """Columns and rows of the widest of them, with its label."""
    texts = [text for figure in figures for text in (figure.text, figure.room)]
    width = max((width_of(text, scale) if scale else len(text) for text in texts), default=0)
    return width + 2 * PAD, LABEL_ROWS + (height_of(scale) if scale else 1)
