"""The board in a terminal that cannot draw everything: frames, blocks and signs become ASCII of the same width."""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from rich.cells import get_character_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_VARIABLES = ("LC_ALL", "LC_CTYPE", "LANG")  # the first that is set decides
_ASCII_LOCALES = frozenset({"C", "POSIX"})
_UTF_8 = frozenset({"utf8", "utf8mb4"})
_FOLDED = str.maketrans("", "", "-_")

# Signs stand beside words; those that may be told apart by sign alone keep that.
_TWINS = {
    "●": "*", "○": "o", "◎": "@", "◆": "#", "◇": "%", "‖": "=", "▲": "^", "▼": "v", "▶": ">", "▸": ">", "◀": "<",
    "■": "#", "□": "o", "✓": "v", "✔": "v", "✗": "x", "✘": "x", "…": ".", "·": ".", "•": "*", "×": "x", "–": "-",
    "—": "-", "‐": "-", "‑": "-", "‒": "-", "―": "-", "−": "-", "־": "-", "‘": "'", "’": "'", "“": '"', "”": '"',
    "„": '"', "׳": "'", "״": '"', "«": "<", "»": ">", "‹": "<", "›": ">", "←": "<", "→": ">", "↑": "^", "↓": "v",
    "⏎": "<", "≤": "<", "≥": ">", "≈": "~", "°": "o", "\N{NO-BREAK SPACE}": " ",
}  # fmt: skip
_UPPER, _LOWER = frozenset("▀▔"), frozenset("▁▂▃▄")
_UPRIGHT = frozenset("▌▍▎▏▐▕▊▋")
_SHADES = {"░": ".", "▒": ":", "▓": "#"}


class InTerms(LineFilter):
    """Replaces what a terminal cannot draw.

    Args:
        encoding: what is written in. `ascii`: signs become ASCII and letters stay: Python writes them as UTF-8, and a
            terminal that can show Hebrew at all shows them.
    """

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self.encoding = encoding

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Each character in its place: what is drawn stays as wide as it is."""
        if all(segment.control or segment.text.isascii() for segment in segments):
            return segments
        return [
            segment if segment.control else Segment(_written(segment.text, self.encoding), segment.style)
            for segment in segments
        ]


def drawing_filter(environ: Mapping[str, str], encoding: str | None) -> InTerms | None:
    """What has to be replaced in this terminal; None where it draws all.

    Where the environment does not say what the terminal shows, it is taken for one of today, as Python does.

    Args:
        environ: the environment.
        encoding: in which Python writes.
    """
    if encoding is not None and encoding.casefold().translate(_FOLDED) not in _UTF_8:
        return in_terms(encoding.casefold())
    locale = next((environ[name] for name in _VARIABLES if environ.get(name)), "")
    charset = locale.partition("@")[0].partition(".")[2].casefold().translate(_FOLDED)
    is_other = locale in _ASCII_LOCALES or (charset and charset not in _UTF_8)
    return in_terms("ascii") if is_other else None


@lru_cache
def in_terms(encoding: str) -> InTerms:
    """The one filter of its kind: lines remember by it what it made of them."""
    return InTerms(encoding)


@lru_cache(8192)
def _written(text: str, encoding: str) -> str:
    return text if text.isascii() else "".join(_character(each, encoding) for each in text)


@lru_cache(4096)
def _character(character: str, encoding: str) -> str:
    """The character, or ASCII as wide as it."""
    if character.isascii() or _can_write(character, encoding):
        return character
    if twin := _twin(character):
        return twin
    plain = unicodedata.normalize("NFKD", character)
    width = get_character_cell_size(character)
    return plain if plain.isascii() and len(plain) == width else "?" * width


def _can_write(character: str, encoding: str) -> bool:
    if encoding == "ascii":
        return unicodedata.category(character)[0] in "LM"
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _twin(character: str) -> str:
    if character in _TWINS:
        return _TWINS[character]
    if "─" <= character <= "╿":
        name = unicodedata.name(character)
        crosses = any(word in name for word in (" AND ", "ARC"))
        return "+" if crosses else "|" if "VERTICAL" in name or "UP" in name or "DOWN" in name else "-"
    if "▀" <= character <= "▟":
        return _block(character)
    return ""


def _block(character: str) -> str:
    if character in _UPPER:
        return '"'
    if character in _LOWER:
        return "_"
    return "|" if character in _UPRIGHT else _SHADES.get(character, "#")
