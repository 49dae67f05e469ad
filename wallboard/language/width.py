"""How wide text is on a terminal, for those who print without drawing."""

import unicodedata


def cell_width(text: str) -> int:
    """Cells that cleaned text takes: marks none, wide letters two."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def padded(text: str, width: int) -> str:
    """The text with blanks behind it, up to so many cells."""
    return text + " " * (width - cell_width(text))
