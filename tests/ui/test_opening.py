"""The opening stands where the board will, in every size, and gives way to the very board that comes without it."""

from collections.abc import Iterator

import pytest

from tests.ui.boards import SUBJECTS, board
from wallboard.domain.feeds import FeedStatus
from wallboard.domain.snapshot import Floor, Snapshot
from wallboard.language.catalog import use
from wallboard.ui.app import WallboardApp
from wallboard.ui.opening import TITLES, Opening, OpeningScreen
from wallboard.ui.panels.catalog import PANELS
from wallboard.ui.theming import FALLBACK, load_themes

SIZES = [(200, 50), (151, 41), (120, 35), (100, 30), (99, 37), (80, 24), (61, 17)]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    use("en")


def opening(theme: str = FALLBACK) -> Opening:
    return Opening("wallboard", load_themes(None).themes[theme], frozenset({"q"}))


def lines_of(app: WallboardApp) -> list[str]:
    return ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]


def grounds_of(app: WallboardApp, y: int) -> list[object]:
    """The ground of each cell of a line."""
    strip = app.screen._compositor.render_strips()[y]
    return [segment.style.bgcolor if segment.style else None for segment in strip for _ in segment.text]


def nothing_yet() -> Snapshot:
    """Of a floor on which no feed has answered."""
    feeds = {key: FeedStatus(key, 5, frozenset(subjects)) for key, subjects in SUBJECTS.items()}
    return Snapshot(0, feeds, Floor())


def test_it_has_the_panels_of_the_board() -> None:
    assert [(str(number), *item) for number, item in enumerate(TITLES.items(), 1)] == [
        (kind.number, kind.id, kind.title) for kind in PANELS
    ]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "he"])
@pytest.mark.parametrize("theme", ["night", "ansi"])
async def test_its_titles_stand_where_the_boards_will(size: tuple[int, int], language: str, theme: str) -> None:
    use("he" if language == "he" else "en")
    async with board(nothing_yet(), size=size, theme=theme, text_mode="visual") as shown:
        places = {panel.kind.id: panel.region for panel in shown.screen.floor if panel.region}
        expected = {y: grounds_of(shown.app, y) for y in {region.y for region in places.values()}}
    app = WallboardApp(opening(theme))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        lines = lines_of(app)
        assert sum(line.count("1 ") for line in lines) >= 1
        for region in places.values():
            words = lines[region.y][region.x : region.right]
            assert words.strip(), region
        assert {y: grounds_of(app, y) for y in expected} == expected


async def test_the_board_that_comes_is_the_one_that_comes_at_once() -> None:
    async with board() as shown:
        furniture, expected = shown.app._furniture, lines_of(shown.app)
        assert furniture is not None
    app = WallboardApp(opening())
    app.text_reading = shown.app.text_reading
    async with app.run_test(size=(200, 50), notifications=True) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, OpeningScreen)
        app.furnish(furniture)
        for _ in range(20):
            await pilot.pause()
        assert lines_of(app)[1:] == expected[1:]  # the first has the clock


async def test_keys_are_held_but_those_that_leave() -> None:
    app = WallboardApp(opening())
    async with app.run_test() as pilot:
        await pilot.press("3", *"x" * 100)
        assert isinstance(app.screen, OpeningScreen)
        assert [key.key for key in app.screen.held][:2] == ["3", "x"]
        assert len(app.screen.held) < 100
        assert app.return_code is None
        await pilot.press("q")
    assert app.return_code == 0
