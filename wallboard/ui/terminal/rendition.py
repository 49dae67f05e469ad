"""How a cell looks to the terminal, and the shortest sequence from one look to another."""

from functools import lru_cache
from typing import NamedTuple

from rich.color import Color, ColorSystem
from rich.style import Style

# SGR codes of what a style may be, and what ends them: one code for bold and dim, one for both kinds of blinking.
_CODE_OF = {
    "bold": "1",
    "dim": "2",
    "italic": "3",
    "underline": "4",
    "blink": "5",
    "blink2": "6",
    "reverse": "7",
    "conceal": "8",
    "strike": "9",
    "underline2": "21",
    "frame": "51",
    "encircle": "52",
    "overline": "53",
}
UNSEEN_ON_BLANKS = frozenset({"1", "2", "3"})
_ENDED_BY = {"1": "22", "2": "22", "6": "25", "21": "24", "51": "54", "52": "54", "53": "55"}
_ENDED_BY |= {code: f"2{code}" for code in "345789"}
_FOREGROUND, _BACKGROUND = "39", "49"  # the terminal's own


class Rendition(NamedTuple):
    """What SGR codes are in force for a cell.

    Args:
        attributes: bold, reverse and so on, in ascending order.
        foreground: a colour's codes; the terminal's own is 39.
        background: as above; 49.
    """

    attributes: tuple[str, ...] = ()
    foreground: str = _FOREGROUND
    background: str = _BACKGROUND


PLAIN = Rendition()


@lru_cache(4096)
def rendition_of(style: Style | None, colours: ColorSystem) -> Rendition:
    """The style as a terminal with these colours is told it. Links are not: no text of the board may be one."""
    if style is None:
        return PLAIN
    return Rendition(
        tuple(code for name, code in _CODE_OF.items() if getattr(style, name)),
        _codes(style.color, colours, is_foreground=True) or _FOREGROUND,
        _codes(style.bgcolor, colours, is_foreground=False) or _BACKGROUND,
    )


def _codes(colour: Color | None, colours: ColorSystem, *, is_foreground: bool) -> str:
    return "" if colour is None else ";".join(colour.downgrade(colours).get_ansi_codes(is_foreground))


@lru_cache(8192)
def change(before: Rendition | None, after: Rendition) -> str:
    """The shortest sequence that makes what is written next look like `after`; None: nothing is known of before."""
    anew = _anew(after)
    if before is None:
        return anew
    if before == after:
        return ""
    ended = {_ENDED_BY[code] for code in before.attributes if code not in after.attributes}
    codes = sorted(ended, key=int)
    codes += [code for code in after.attributes if code not in before.attributes or _ENDED_BY[code] in ended]
    if before.foreground != after.foreground:
        codes.append(after.foreground)
    if before.background != after.background:
        codes.append(after.background)
    return min(f"\x1b[{';'.join(codes)}m", anew, key=len)


def _anew(look: Rendition) -> str:
    codes = list(look.attributes)
    if look.foreground != _FOREGROUND:
        codes.append(look.foreground)
    if look.background != _BACKGROUND:
        codes.append(look.background)
    return f"\x1b[{';'.join(['0', *codes])}m" if codes else "\x1b[m"
