"""What the model of least bytes writes makes the screen, and nothing that is known to be shorter is longer in it."""

from random import Random

import pytest

from tests.bench.least import Pen, least, look, move
from tests.bench.screens import PLAIN, Cell, Page, Replay, Style, text_of

SIZE = (40, 8)
STYLES = (
    PLAIN,
    Style("ff8000", "101010"),
    Style("ff8000", "101010", bold=True),
    Style("default", "5f87af", underline=True),
    Style("red", "brightblue", reverse=True),
    Style("00ff00", "default", italic=True, strike=True),
)


def shown(*writings: bytes) -> Page:
    replay = Replay(SIZE)
    for written in writings:
        replay.feed(written)
    return replay.page()


def random_page(random: Random, base: Page | None = None, changes: int = 400) -> Page:
    rows = [list(row) for row in base or shown(b"")]
    for _ in range(random.randrange(changes)):
        y, x = random.randrange(SIZE[1]), random.randrange(SIZE[0] - 12)
        style = random.choice(STYLES)
        for at in range(x, x + random.choice((1, 1, 1, 2, 5, 12))):
            text = random.choice("  אבגabc0123é")
            plain = not (style.underline or style.strike or style.reverse)
            rows[y][at] = Cell(text, Style(background=style.background) if text == " " and plain else style)
    return tuple(map(tuple, rows))


@pytest.mark.parametrize("seed", range(25))
def test_what_it_writes_makes_the_screen(seed: int) -> None:
    random = Random(seed)
    replay = Replay(SIZE)
    page, pen = replay.page(), Pen()
    for changes in (400, 5, 40, 1, 400):
        wanted = random_page(random, page if changes < 400 else None, changes + 1)
        written = least(page, wanted, pen)
        replay.feed(written.data)
        assert replay.page() == wanted
        page, pen = wanted, written.pen


def test_nothing_is_written_for_no_change() -> None:
    page = shown(b"text")
    assert least(page, page).data == b""


@pytest.mark.parametrize(
    ("start", "end", "way"),
    [
        (None, (0, 0), "\x1b[H"),
        (None, (4, 0), "\x1b[5H"),
        (None, (0, 9), "\x1b[;10H"),
        (None, (4, 9), "\x1b[5;10H"),
        ((4, 9), (4, 9), ""),
        ((4, 9), (4, 8), "\b"),
        ((4, 9), (4, 10), "\x1b[C"),
        ((4, 9), (5, 9), "\n"),
        ((4, 9), (5, 8), "\n\b"),
        ((4, 9), (5, 0), "\r\n"),
        ((4, 9), (3, 9), "\x1bM"),
        ((0, 0), (0, 16), "\t\t"),
        ((4, 40), (5, 0), ""),
    ],
)
def test_a_way_is_the_shortest(start: tuple[int, int] | None, end: tuple[int, int], way: str) -> None:
    assert len(move(start, end, SIZE[0])) == len(way)
    if start is not None and start[1] < SIZE[0]:
        replay = Replay(SIZE)
        replay.feed(b"\x1b[%d;%dH" % (start[0] + 1, start[1] + 1) + move(start, end, SIZE[0]).encode() + b"X")
        assert text_of(replay.page())[end[0]] == " " * end[1] + "X"


def test_a_look_names_what_differs_or_all_anew() -> None:
    red, bold_red = Style("ff0000", "000000"), Style("ff0000", "000000", bold=True)
    assert look(red, Cell("a", bold_red))[0] == "\x1b[1m"
    assert look(bold_red, Cell("a", red))[0] == "\x1b[22m"
    assert look(bold_red, Cell("a", PLAIN))[0] == "\x1b[m"
    assert look(None, Cell("a", Style(bold=True)))[0] == "\x1b[;1m"
    assert look(red, Cell(" ", Style(background="000000")))[0] == ""


def test_a_column_of_ticking_seconds_takes_four_bytes_a_row() -> None:
    before = shown(*(b"\x1b[%d;10H00:0%d" % (y, y) for y in range(1, 9)))
    after = shown(*(b"\x1b[%d;10H00:0%d" % (y, y + 1) for y in range(1, 9)))
    first_place, row = len("\x1b[;14H"), len("\b\n9")
    assert len(least(before, after, Pen(None, PLAIN)).data) == first_place + 1 + 7 * row


def test_erasing_is_shorter_than_writing_blanks() -> None:
    before, after = shown(b"x" * 40), shown(b"x" * 5)
    assert least(before, after, Pen((0, 5), PLAIN)).data == b"\x1b[K"
    before, after = shown(b"x" * 40), shown(b"x" * 5 + b" " * 15 + b"x" * 20)
    assert least(before, after, Pen((0, 5), PLAIN)).data == b"\x1b[15X"


def test_wide_letters_are_written_whole() -> None:
    before, after = shown(b"ab cd"), shown("a李cd".encode())
    replay = Replay(SIZE)
    replay.feed(b"ab cd")
    replay.feed(least(before, after).data)
    assert replay.page() == after
