"""Makes any text from outside harmless for a terminal, and leaves what a person wrote."""

import re
import unicodedata

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
ELLIPSIS = "…"
MARKS_IN_A_ROW = 2

# Nearly every name and number is of these alone; they need none of the work below.
_PLAIN = re.compile("[ -~\u05d0-\u05ea]*")
_BLANK = "\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029"
_BLANKS = re.compile(f"[{_BLANK}]")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
# Cf and the invisible letters: bidi, zero-width, tag and variation controls, fillers, musical and shorthand formats;
# and what makes another sign of the one before it, as wide as each terminal thinks: keycaps, tones of skin.
_INVISIBLES = re.compile(
    "[\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\u20e3\U0001f3fb-\U0001f3ff]"
)
_READ_AT_MOST = 8  # times the limit: a million zero-width characters must not cost a second


def clean(text: str, limit: int = 80) -> str:
    """Text without control characters, in NFC, of at most `limit` characters.

    Controls and lone surrogates become U+FFFD, tabs and line ends spaces; bidi, zero-width, tag and variation
    controls go; of combining marks in a row two stay, so niqqud does and a tower of accents does not. What is cut
    ends in `…`. Cleaning twice is cleaning once.
    """
    if len(text) <= limit and _PLAIN.fullmatch(text):
        return text
    text = _BLANKS.sub(" ", text[: limit * _READ_AT_MOST])
    text = _INVISIBLES.sub("", _CONTROLS.sub(REPLACEMENT, text))
    # After the removals, for what they bring together may compose.
    text = _few_marks(unicodedata.normalize("NFC", text))
    return text if len(text) <= limit else text[: limit - 1] + ELLIPSIS


def _few_marks(text: str) -> str:
    if text.isascii():
        return text
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if marks <= MARKS_IN_A_ROW:
            kept.append(character)
    return "".join(kept)
