"""How well colours are told apart: by contrast, by distance, on few colours, by eyes that see fewer of them."""

from enum import StrEnum
from functools import cache
from math import dist

from rich.color import ColorSystem
from rich.color_triplet import ColorTriplet
from textual.color import Color

Linear = tuple[float, float, float]  # light of red, green, blue; 0 to 1 each
Matrix = tuple[Linear, Linear, Linear]

# What a sixteen-colour console shows by itself; a terminal may have other shades of the same names.
_CONSOLE = (
    *("#000000", "#aa0000", "#00aa00", "#aa5500", "#0000aa", "#aa00aa", "#00aaaa", "#aaaaaa"),
    *("#555555", "#ff5555", "#55ff55", "#ffff55", "#5555ff", "#ff55ff", "#55ffff", "#ffffff"),
)


class Depth(StrEnum):
    """How many colours a terminal has."""

    FULL = "full colour"
    FEW = "256 colours"
    LEAST = "16 colours"


class Vision(StrEnum):
    """How an eye sees."""

    NORMAL = "normal sight"
    PROTANOPIA = "protanopia"
    DEUTERANOPIA = "deuteranopia"
    TRITANOPIA = "tritanopia"


# Machado, Oliveira, Fernandes 2009, severity 1.0; on linear light.
_SEEN: dict[Vision, Matrix] = {
    Vision.NORMAL: ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    Vision.PROTANOPIA: (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    Vision.DEUTERANOPIA: (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    Vision.TRITANOPIA: (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
# Björn Ottosson 2020: linear light to the cones' answers, and these, by their cube root, to lightness and two hues.
_CONES: Matrix = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_OKLAB: Matrix = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)


@cache
def shown(colour: str, depth: Depth = Depth.FULL) -> ColorTriplet:
    """What a terminal of that depth shows for a theme's colour; by the reduction that writes to terminals."""
    parsed = Color.parse(colour).rich_color
    if depth is Depth.FULL:
        return parsed.get_truecolor()
    reduced = parsed.downgrade(ColorSystem.EIGHT_BIT if depth is Depth.FEW else ColorSystem.STANDARD)
    if depth is Depth.LEAST and reduced.number is not None:
        return Color.parse(_CONSOLE[reduced.number]).rich_color.get_truecolor()
    return reduced.get_truecolor()


def contrast(one: ColorTriplet, other: ColorTriplet) -> float:
    """By WCAG 2: 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def distance(one: ColorTriplet, other: ColorTriplet, vision: Vision = Vision.NORMAL) -> float:
    """How far apart two colours look to such an eye, in OKLab times 100: black and white 100, a just visible step 2."""
    return 100.0 * dist(_oklab(one, vision), _oklab(other, vision))


def is_grey(colour: str) -> bool:
    """Whether it has no hue."""
    return len(set(shown(colour))) == 1


def _linear(colour: ColorTriplet) -> Linear:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized)
    return red, green, blue


def _luminance(colour: ColorTriplet) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@cache
def _oklab(colour: ColorTriplet, vision: Vision) -> Linear:
    seen = [min(1.0, max(0.0, value)) for value in _times(_SEEN[vision], _linear(colour))]
    first, second, third = (max(0.0, value) ** (1 / 3) for value in _times(_CONES, (seen[0], seen[1], seen[2])))
    return _times(_OKLAB, (first, second, third))


def _times(matrix: Matrix, vector: Linear) -> Linear:
    first, second, third = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return first, second, third
