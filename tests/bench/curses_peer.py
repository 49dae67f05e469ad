"""Python curses showing the same screens at the same moments: `python -m tests.bench.curses_peer FILE`.

FILE is a pickle of `peers.Reel`. Each screen is drawn whole, as such programs do; ncurses finds out what differs. It
needs a terminal with direct colours, so that they are the very same ones.
"""

import curses
import locale
import pickle
import sys
import time
from pathlib import Path
from typing import Any

from tests.bench.peers import LEAD_SECONDS, Reel

_NAMES = ("black", "red", "green", "brown", "blue", "magenta", "cyan", "white")
_ATTRIBUTES = {
    "bold": curses.A_BOLD,
    "italic": curses.A_ITALIC,
    "underline": curses.A_UNDERLINE,
    "reverse": curses.A_REVERSE,
    "blink": curses.A_BLINK,
}


class Colours:
    """Pairs of colours, made as they are first used."""

    def __init__(self) -> None:
        self._attributes: dict[Any, int] = {}
        self._pairs: dict[tuple[int, int], int] = {(-1, -1): 0}

    def attribute(self, style: Any) -> int:
        known = self._attributes.get(style)
        if known is None:
            pair = _number(style.foreground), _number(style.background)
            if pair not in self._pairs:
                self._pairs[pair] = len(self._pairs)
                curses.init_pair(self._pairs[pair], *pair)
            known = curses.color_pair(self._pairs[pair])
            for name, attribute in _ATTRIBUTES.items():
                known |= attribute if getattr(style, name) else 0
            self._attributes[style] = known
        return known


def _number(colour: str) -> int:
    if colour == "default":
        return -1
    if colour in _NAMES:
        return _NAMES.index(colour)
    return int(colour, 16)


def _play(screen: curses.window, reel: Reel) -> None:
    curses.curs_set(0)
    curses.use_default_colors()
    screen.idlok(True)
    screen.leaveok(True)
    colours = Colours()
    began = time.monotonic() + LEAD_SECONDS
    for moment, lines in reel:
        if moment:
            time.sleep(max(0.0, began + moment - time.monotonic()))
        for y, parts in enumerate(lines):
            for x, text, style in parts:
                try:
                    screen.addstr(y, x, text, colours.attribute(style))
                except curses.error:  # after the last cell there is no place for the cursor
                    continue
        screen.refresh()
    time.sleep(600)


if __name__ == "__main__":
    locale.setlocale(locale.LC_ALL, "")
    told: Reel = pickle.loads(Path(sys.argv[1]).read_bytes())  # noqa: S301 - as above
    curses.wrapper(_play, told)
