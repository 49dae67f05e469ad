"""Strips as cells: one object for each letter in each look, so that lines are compared without looking inside."""

from collections.abc import Iterable
from typing import NamedTuple

from rich.cells import get_character_cell_size
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style

from wallboard.ui.terminal.rendition import UNSEEN_ON_BLANKS, Rendition, rendition_of

MOST_LOOKS, MOST_LETTERS = 4096, 20_000  # kept; a board has some dozen looks and some hundred letters


class Cell(NamedTuple):
    """One cell of the screen.

    Args:
        text: a letter with the marks on it; empty for the second half of a wide one.
        look: how it looks.
    """

    text: str
    look: Rendition


Line = list[Cell | None]  # None: nothing is known of it


class _Letters(dict[str, Cell]):
    """The cells of one look, each made once."""

    def __init__(self, look: Rendition) -> None:
        super().__init__()
        self.look = look

    def __missing__(self, text: str) -> Cell:
        cell = self[text] = Cell(text, self.look)
        return cell


def _are_one(one: Rendition, other: Rendition) -> bool:
    """Whether blanks look alike in both: of a blank only the ground is seen, and what is drawn over it."""
    return one.background == other.background and not ({*one.attributes, *other.attributes} - UNSEEN_ON_BLANKS)


class CellTable:
    """Makes cells. The same letter in the same look is the same object, until too many are known."""

    def __init__(self, colours: ColorSystem) -> None:
        self._colours = colours
        self._of_style: dict[Style | None, _Letters] = {}
        self._of_look: dict[Rendition, _Letters] = {}
        self._narrow: set[str] = set()  # letters that take one cell and are no marks

    def cells(self, segments: Iterable[Segment]) -> list[Cell]:
        """What a line's segments put into its cells; blanks look like their neighbours where no difference is seen."""
        cells: list[Cell] = []
        segments = [segment for segment in segments if not segment.control]
        before = next((self._letters(style) for text, style, _ in segments if not text.isspace()), None)
        for text, style, _ in segments:
            letters = self._letters(style)
            if before is not None and letters is not before and text.isspace() and _are_one(before.look, letters.look):
                letters = before
            before = letters
            if text.isascii() or self._narrow.issuperset(text):
                cells += map(letters.__getitem__, text)
            else:
                self._spell(text, letters, cells)
        return cells

    def plain(self, text: str, style: Style | None) -> list[Cell]:
        """As above, for ASCII."""
        return list(map(self._letters(style).__getitem__, text))

    def _letters(self, style: Style | None) -> _Letters:
        if style in self._of_style:
            return self._of_style[style]
        if len(self._of_style) >= MOST_LOOKS or sum(map(len, self._of_look.values())) >= MOST_LETTERS:
            self._of_style.clear()
            self._of_look.clear()
            self._narrow.clear()
        look = rendition_of(style, self._colours)
        letters = self._of_style[style] = self._of_look.setdefault(look, _Letters(look))
        return letters

    def _spell(self, text: str, letters: _Letters, cells: list[Cell]) -> None:
        """Letter by letter: marks go with the letter before them, at a line's beginning with the one behind."""
        waiting = ""
        for character in text:
            width = get_character_cell_size(character)
            if width == 0:
                if cells and not waiting:
                    place = -2 if len(cells) > 1 and not cells[-1].text else -1
                    marked, look = cells[place]
                    cells[place] = self._of_look.setdefault(look, _Letters(look))[marked + character]
                else:
                    waiting += character
                continue
            if width == 1 and not waiting:
                self._narrow.add(character)
            cells.append(letters[waiting + character])
            waiting = ""
            if width == 2:
                cells.append(letters[""])
