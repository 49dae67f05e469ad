"""What a terminal is asked about itself and how its answers look, in time or late."""

import re
from dataclasses import dataclass

QUESTIONS = b"\x1b[>q\x1b[8$p\x1b[>c\x1b[c"  # XTVERSION, DECRQM 8, DA2; and DA1, which all answer: the fence
LONGEST_REPLY = 256
LONGEST_NAME = 60

_VERSION = re.compile(r"\x1bP>\|([^\x1b\x07]*)(?:\x1b\\|\x07)")
_MODE_8 = re.compile(r"\x1b\[8;(\d)\$y")
_SECONDARY = re.compile(r"\x1b\[>([\d;]*)c")
_FENCE = re.compile(r"\x1b\[\?[\d;]*c")
_ANY = re.compile("|".join(f"(?:{each.pattern})" for each in (_VERSION, _MODE_8, _SECONDARY, _FENCE)))
_BEGUN = re.compile(r"\x1b(?:P(?:>(?:\|[^\x1b\x07]*\x1b?)?)?|\[(?:8(?:;(?:\d\$?)?)?|[>?][\d;]*)?)?\Z")
_ESCAPE = "\x1b"  # of all beginnings the only one that is a key of the board
_UNPRINTABLE = re.compile(r"[^ -~]")


@dataclass(frozen=True, slots=True)
class Replies:
    """A terminal's answers.

    Args:
        version: XTVERSION: its name and version; empty: not told.
        mode_8: DECRQM 8: 1 it turns text round, 2 it could, 0 it knows nothing of it; None: not told.
        secondary: DA2: `65;7006;1`; empty: not told.
        is_complete: the fence has answered: nothing more will come.
    """

    version: str = ""
    mode_8: int | None = None
    secondary: str = ""
    is_complete: bool = False

    @property
    def numbers(self) -> tuple[int, ...]:
        """Those of the DA2."""
        return tuple(int(number or 0) for number in self.secondary.split(";")) if self.secondary else ()


def has_fence(data: bytes) -> bool:
    return bool(_FENCE.search(data.decode("latin-1")))


def parse(data: bytes) -> tuple[Replies, bytes]:
    """The answers among what was read, in any order, and what is left: keys, or an answer that has only begun."""
    text = data.decode("latin-1")
    version, mode_8, secondary = (pattern.search(text) for pattern in (_VERSION, _MODE_8, _SECONDARY))
    replies = Replies(
        version=_UNPRINTABLE.sub("", version[1])[:LONGEST_NAME] if version else "",
        mode_8=int(mode_8[1]) if mode_8 else None,
        secondary=secondary[1][:LONGEST_NAME] if secondary else "",
        is_complete=bool(_FENCE.search(text)),
    )
    return replies, _ANY.sub("", text).encode("latin-1")


class LateReplies:
    """Takes answers that come late out of what is typed: a board must not obey them as keys."""

    def __init__(self, *, is_over: bool) -> None:
        """`is_over`: nothing is awaited any more."""
        self._held = ""
        self._is_over = is_over

    @property
    def is_holding(self) -> bool:
        """Whether something is kept back that may become an answer."""
        return bool(self._held)

    def sift(self, text: str) -> str:
        """What of this was typed; the beginning of an answer is kept back until its end is here."""
        if self._is_over:
            return text
        text = self._held + text
        self._held = ""
        self._is_over = bool(_FENCE.search(text))
        typed = _ANY.sub("", text)
        if not self._is_over and (begun := _BEGUN.search(typed)):
            typed, held = typed[: begun.start()], begun[0]
            self._held = held if len(held) <= LONGEST_REPLY else ""
        return typed

    def after_silence(self) -> str:
        """An escape that was kept back is a key after all; the rest of an answer may be slow."""
        if self._held != _ESCAPE:
            return ""
        self._held = ""
        return _ESCAPE

    def end(self) -> str:
        """Wait for answers no longer; what may be a key."""
        self._is_over = True
        typed = self.after_silence()
        self._held = ""
        return typed
