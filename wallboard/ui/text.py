"""The only door through which a vendor's words reach the screen."""

import re
from string import Formatter

from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter

from wallboard.language.bidi import LRM, RLM
from wallboard.language.catalog import reads_from_right
from wallboard.language.clean import REPLACEMENT

# Controls, bidi and zero-width characters, tags, lone surrogates: nothing a figure or a name needs.
_COMMANDS = (
    "\x00-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2028-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff"
)
_UNSAFE = re.compile(f"[{_COMMANDS}{LRM}{RLM}]")
# Direction marks are ours there, and go when the line is put in order: words from outside have lost theirs.
_UNSAFE_IN_A_LINE = re.compile(f"[{_COMMANDS}]")
# They make another sign of the one before, as wide as each terminal thinks: variants, keycaps, tones of skin.
_JOINING = re.compile("[\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff]")


def safe(text: str) -> str:
    """Untrusted text without anything that commands a terminal, hides or turns text round."""
    if not text.isascii():
        text = _JOINING.sub("", text)
    return _UNSAFE.sub(REPLACEMENT, text)


def plain(text: str) -> Content:
    """Untrusted text as content: brackets are brackets, never markup."""
    return Content(safe(text))


def mark() -> str:
    """What says, standing beside words, that the line they stand in runs in the interface's own direction."""
    return RLM if reads_from_right() else LRM


def filled(sentence: str, **parts: Content) -> Content:
    """A sentence with named places, as content that keeps each part's own style."""
    told = []
    for words, name, _format, _conversion in Formatter().parse(sentence):
        told.append(Content(words))
        if name is not None:
            told.append(parts[name])
    return Content("").join(told)


class SafeText(LineFilter):
    """The belt over the braces: nothing unsafe is written, whichever widget drew it."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Replace unsafe characters; leaves clean lines as they are."""
        if not any(_UNSAFE_IN_A_LINE.search(segment.text) for segment in segments if not segment.control):
            return segments
        return [
            segment if segment.control else Segment(_UNSAFE_IN_A_LINE.sub(REPLACEMENT, segment.text), segment.style)
            for segment in segments
        ]
