"""Who turns Hebrew round, the board or the terminal, and how the terminal is told."""

from dataclasses import dataclass
from typing import Literal

# visual: as it stands from left to right. words: so, but the letters of a word as they are read, for a terminal that
# turns words. logical: as it is read, each text kept apart from its neighbours, for a terminal that turns lines.
# off: as it is read, and nothing else.
TextMode = Literal["visual", "logical", "words", "off"]
Setting = Literal["auto", "visual", "logical", "words", "off"]


@dataclass(frozen=True, slots=True)
class Switch:
    """What is written to the terminal while the board is shown.

    Args:
        name: for people.
        on: before the first frame.
        off: when the board leaves, in whatever way.
        is_through_tmux: it reaches the terminal behind tmux, which must then draw everything anew.
    """

    name: str = ""
    on: str = ""
    off: str = ""
    is_through_tmux: bool = False


NOTHING = Switch()
EXPLICIT = Switch("CSI 8 l", "\x1b[8l", "\x1b[8h")
IMPLICIT = Switch("CSI 8 h", "\x1b[8h", "\x1b[8h")
# Elsewhere OSC 50 sets the font: only for a terminal that has said its name.
KONSOLE = Switch(
    "CSI 8 l, OSC 50",
    "\x1b[8l\x1b]50;BidiRenderingEnabled=false\x07",
    "\x1b]50;BidiRenderingEnabled=true\x07\x1b[8h",
)
MLTERM = Switch("CSI 8 l, OSC 5379", "\x1b[8l\x1b]5379;use_ctl=false\x07", "\x1b]5379;use_ctl=true\x07\x1b[8h")
# VTE keeps the mode with each line, so the lines that are there must go before the mode means anything.
TMUX = Switch(
    "CSI 8 l, also through tmux",
    "\x1b[8l\x1bPtmux;\x1b\x1b[8l\x1b\x1b[2J\x1b\\",
    "\x1bPtmux;\x1b\x1b[8h\x1b\x1b[2J\x1b\\\x1b[8h",
    is_through_tmux=True,
)
