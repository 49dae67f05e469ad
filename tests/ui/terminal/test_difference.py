"""What is written as differences is what a whole repaint would have written, cell by cell."""

import random
from collections.abc import Iterator, Sequence

import pyte
import pytest
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual._compositor import LayoutUpdate
from textual.geometry import Region, Size
from textual.strip import Strip

from wallboard.ui.terminal.difference import Shown
from wallboard.ui.terminal.movement import Place
from wallboard.ui.terminal.wanted import Wanted

WIDTH, HEIGHT = 60, 14
SIZE = Size(WIDTH, HEIGHT)
STYLES = [
    None,
    Style(color="#ff8800", bgcolor="#101018"),
    Style(color="#e0e0e0", bgcolor="#101018"),
    Style(bold=True, color="#e0e0e0", bgcolor="#101018"),
    Style(bold=True, dim=True, bgcolor="#303040"),
    Style(dim=True, underline=True, color="red"),
    Style(reverse=True, color="bright_blue", bgcolor="bright_black"),
    Style(italic=True, strike=True, color="color(200)"),
]
WORDS = ["00:07", "Dana", "דנה לוי", "שָׁלוֹם", "日本語", "…", "● ok", "─" * 9, "a", " ", "     ", "é", "e\u0301", "🙂"]

Picture = list[Strip]


class Glass:
    """A terminal, and the writer that knows what stands on it."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(WIDTH, HEIGHT)
        self.stream = pyte.Stream(self.screen)
        self.wanted = Wanted(SIZE, ColorSystem.TRUECOLOR)
        self.shown = Shown(SIZE, is_reordering=False)

    def show(self, picture: Picture, cursor: Place | None = None) -> str:
        self.wanted.take_whole(LayoutUpdate([[strip] for strip in picture], Region(0, 0, WIDTH, HEIGHT)))
        written = self.shown.difference(self.wanted, cursor)
        self.stream.feed(written)
        return written

    @property
    def cells(self) -> list[list[tuple[object, ...]]]:
        return cells_of(self.screen)


def cells_of(screen: pyte.Screen) -> list[list[tuple[object, ...]]]:
    return [[_seen(screen.buffer[y][x]) for x in range(WIDTH)] for y in range(HEIGHT)]


def _seen(cell: pyte.screens.Char) -> tuple[object, ...]:
    """All of a cell that anybody sees: of a blank, the ground."""
    if cell.data == " " and not (cell.underscore or cell.strikethrough or cell.reverse):
        cell = cell._replace(fg="default", bold=False, italics=False)
    return tuple(cell)


def repainted(picture: Picture) -> list[list[tuple[object, ...]]]:
    """What Textual's own sequences for the whole picture leave on the screen."""
    screen = pyte.Screen(WIDTH, HEIGHT)
    stream = pyte.Stream(screen)
    for y, strip in enumerate(picture):
        stream.feed(f"\x1b[{y + 1};1H")
        for text, style, _ in strip:
            stream.feed("\x1b[0m" if style is None else style.render(text, color_system=ColorSystem.TRUECOLOR))
            stream.feed(text if style is None else "")
    return cells_of(screen)


def line(random_: random.Random) -> Strip:
    segments = [Segment(random_.choice(WORDS), random_.choice(STYLES)) for _ in range(random_.randrange(1, 9))]
    return Strip(segments).adjust_cell_length(WIDTH)


def walk(seed: int) -> Iterator[Picture]:
    """Pictures, each made of the one before: some lines are new, change in one place, or move."""
    random_ = random.Random(seed)
    picture = [line(random_) for _ in range(HEIGHT)]
    for _ in range(40):
        yield picture
        picture = list(picture)
        kind = random_.randrange(5)
        if kind == 0:
            picture[random_.randrange(HEIGHT)] = line(random_)
        elif kind == 1:
            y = random_.randrange(HEIGHT)
            at = random_.randrange(1, WIDTH - 8)
            piece = Strip([Segment(random_.choice(WORDS), random_.choice(STYLES))])
            before, after = picture[y].crop(0, at), picture[y].crop(at + piece.cell_length)
            picture[y] = Strip.join([before, piece, after]).adjust_cell_length(WIDTH)
        elif kind == 2:
            top, bottom = sorted(random_.sample(range(HEIGHT), 2))
            picture.insert(bottom, picture.pop(top))
        elif kind == 3:
            top, bottom = sorted(random_.sample(range(HEIGHT), 2))
            picture.insert(top, picture.pop(bottom))
        else:
            picture = [line(random_) for _ in range(HEIGHT)]


@pytest.mark.parametrize("seed", range(30))
def test_every_picture_of_a_walk_stands_as_if_repainted(seed: int) -> None:
    glass = Glass()
    for picture in walk(seed):
        glass.show(picture)
        assert glass.cells == repainted(picture)


def text(*lines: str, style: Style | None = None) -> Picture:
    strips = [Strip([Segment(each, style)]).adjust_cell_length(WIDTH) for each in lines]
    return strips + [Strip([Segment(" " * WIDTH)])] * (HEIGHT - len(lines))


def test_nothing_is_written_where_nothing_changed() -> None:
    glass = Glass()
    glass.show(text("Queue  4", "Queue  5"))
    assert glass.show(text("Queue  4", "Queue  5")) == ""


def test_a_changed_digit_is_written_and_no_more() -> None:
    glass = Glass()
    glass.show(text("waiting 00:07"), Place(0, 0))
    assert glass.show(text("waiting 00:08")) == "\x1b[12C8"


def test_ages_in_a_column_are_written_one_below_the_other() -> None:
    glass = Glass()
    before, after = (
        [f"agent {n:2} on call 00:0{digit} and so long 00:0{digit}" for n in range(12)] for digit in (7, 8)
    )
    glass.show(text(*before))
    written = glass.show(text(*after))
    assert glass.cells == repainted(text(*after))
    assert written.count("\v\b8") == 22
    assert len(written) < 12 * 2 * 4


def rows(first: int) -> Sequence[str]:
    """Lines that have little in common with their neighbours."""
    return [
        f"{n:3} 05500{n * 7919 % 100000:05} {'caller' if n % 2 else 'agent '} of {WORDS[n % 6]} {'x' * (n % 7)} {n**3}"
        for n in range(first, first + 12)
    ]


@pytest.mark.parametrize("by", [1, -1, 3, -2])
def test_lines_that_only_move_are_moved_by_the_terminal(by: int) -> None:
    glass = Glass()
    glass.show(text("heading", *rows(100)))
    written = glass.show(text("heading", *rows(100 + by)))
    assert glass.cells == repainted(text("heading", *rows(100 + by)))
    assert len(written) < 40 + abs(by) * 80
    assert "\x1b[r" in written


def test_what_others_wrote_is_written_over_once_it_is_forgotten() -> None:
    glass = Glass()
    picture = text("Queue  4", "Queue  5", style=STYLES[1])
    glass.show(picture)
    glass.stream.feed("\x1b[H\x1b[mBroadcast message from root: the machine goes down")
    glass.shown.forget()
    glass.show(picture)
    assert glass.cells == repainted(picture)


def test_the_cursor_ends_where_letters_are_composed() -> None:
    glass = Glass()
    glass.show(text("filter: ab"), Place(0, 10))
    glass.show(text("filter: abc", "and more"), Place(0, 11))
    assert (glass.screen.cursor.y, glass.screen.cursor.x) == (0, 11)
    assert glass.show(text("filter: abc", "and more"), Place(0, 11)) == ""


def test_a_terminal_that_turns_lines_gets_them_whole() -> None:
    wanted, shown = Wanted(SIZE, ColorSystem.TRUECOLOR), Shown(SIZE, is_reordering=True)

    def show(*lines: str) -> str:
        wanted.take_whole(LayoutUpdate([[strip] for strip in text(*lines)], Region(0, 0, WIDTH, HEIGHT)))
        return shown.difference(wanted)

    show("שלום 00:07", "hello 00:07")
    written = show("שלום 00:08", "hello 00:08")
    assert "שלום 00:08" in written
    assert "hello" not in written


def test_marks_and_wide_letters_keep_their_cells() -> None:
    glass = Glass()
    for words in ("日本x", "x日本", "a日本", "שָׁלוֹם x", "שׁלוֹם x", "🙂🙂", "x🙂x"):
        glass.show(text(words))
        assert glass.cells == repainted(text(words)), words


def test_a_letter_seen_once_more_is_the_same_object_until_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wallboard.ui.terminal.cells.MOST_LETTERS", 40)
    glass = Glass()
    for picture in walk(5):
        glass.show(picture)
        assert glass.cells == repainted(picture)
