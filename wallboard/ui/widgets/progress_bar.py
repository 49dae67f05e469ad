"""How much of something is done, in cells."""

from textual.content import Content

from wallboard.language.catalog import is_mirrored
from wallboard.ui.mirroring import in_order, is_turned

_EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")


def progress_bar(share: float, width: int, style: str = "$accent", words: str = "") -> Content:
    """A bar of so many cells of which a share, 0 to 1, is filled from where reading begins; full only when all is done.

    `words`: what else stands in its line.
    """
    eighths = max(0, min(width * 8, int(share * width * 8)))
    whole, rest = divmod(eighths, 8)
    filled, ground = f"{style} on $panel", "on $panel"
    # There are no blocks for the right part of a cell: the empty left part is drawn in its place.
    begun = (_EIGHTHS[8 - rest], f"$panel on {style}") if rest and is_mirrored() else (_EIGHTHS[rest], filled)
    # A line's own blanks stay where they are when it is turned; the bar's go with it.
    empty = ("\N{NO-BREAK SPACE}" if is_turned(words) else " ") * (width - whole - bool(rest))
    return Content.assemble(*in_order((("█" * whole, filled), begun, (empty, ground)), words))
