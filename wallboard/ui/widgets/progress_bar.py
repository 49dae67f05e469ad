"""How much of something is done, in cells."""

from textual.content import Content

_EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")


def progress_bar(share: float, width: int, style: str = "$accent") -> Content:
    """A bar of so many cells of which a share, 0 to 1, is filled; full only when all is done."""
    eighths = max(0, min(width * 8, int(share * width * 8)))
    whole, rest = divmod(eighths, 8)
    filled = "█" * whole + _EIGHTHS[rest]
    return Content.assemble((filled, f"{style} on $panel"), (" " * (width - len(filled)), "on $panel"))
