"""When a key in a dialog was meant: not one that was typed ahead, repeated by a key held down, or pasted."""

from enum import IntEnum

DEAD_SECONDS = 0.4  # after the dialog has come up
REPEAT_SECONDS = 0.75  # a key held down first repeats after half a second or so
ALONE_SECONDS = 0.1  # since the key before; a paste is faster, a person hardly


class Stroke(IntEnum):
    """How much a key may do; the more, the greater."""

    DEAD = 0  # nothing
    HEARD = 1  # type, move, leave
    DELIBERATE = 2  # also confirm


class Arming:
    """Judges keys by the moments at which they were struck, in seconds of one clock.

    Args:
        shown_at: when the dialog could be seen.
    """

    def __init__(self, shown_at: float) -> None:
        self._armed_at = shown_at + DEAD_SECONDS
        self._last_at = shown_at

    def judge(self, struck_at: float) -> Stroke:
        """To be asked once for every key, in their order."""
        gap = struck_at - self._last_at
        self._last_at = struck_at
        if struck_at < self._armed_at:
            self._armed_at = max(self._armed_at, struck_at + DEAD_SECONDS)  # a key held down never gets through
            return Stroke.DEAD
        return Stroke.DELIBERATE if gap >= ALONE_SECONDS else Stroke.HEARD


class Repeats:
    """Tells a key that is held down from one that is struck anew."""

    def __init__(self) -> None:
        self._key = ""
        self._struck_at = 0.0

    def strikes(self, key: str, struck_at: float) -> bool:
        """Whether this is the last key again, too soon to be meant. To be asked once for every key."""
        is_repeated = key == self._key and struck_at - self._struck_at < REPEAT_SECONDS
        self._key, self._struck_at = key, struck_at
        return is_repeated
