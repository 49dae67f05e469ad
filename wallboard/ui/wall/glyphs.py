"""Big characters in block elements, at any whole scale.

A pixel is `scale` columns wide and half as many rows high: as a cell is twice as high as wide, pixels are square.
"""

from functools import lru_cache

from wallboard.ui.wall.font import ROWS, SHAPES

GAP = 1  # pixels between two characters
WHOLE = "█"
_BLOCKS = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): WHOLE}


def can_draw(text: str) -> bool:
    """Whether all of it has a shape."""
    return all(character.upper() in SHAPES for character in text)


def width_of(text: str, scale: int) -> int:
    """Columns."""
    return scale * (sum(len(SHAPES[character.upper()][0]) + GAP for character in text) - GAP) if text else 0


def height_of(scale: int) -> int:
    """Rows of the screen."""
    return -(-ROWS * scale // 2)


@lru_cache(maxsize=256)
def big(text: str, scale: int) -> tuple[str, ...]:
    """Rows of block elements, all of `width_of(text, scale)` columns. The text is in visual order, left to right."""
    blank = "." * GAP
    pixels = [blank.join(SHAPES[character.upper()][row] for character in text) for row in range(ROWS)]
    halves = [[pixel == "#" for pixel in line for _ in range(scale)] for line in pixels for _ in range(scale)]
    if len(halves) % 2:
        halves.append([False] * len(halves[0]))
    return tuple(
        "".join(_BLOCKS[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(halves[::2], halves[1::2], strict=True)
    )
