"""More text at once than anybody types: pasted without a word, or sent by mistake. It must not become keys."""

FLOOD = 512  # characters that came together
_OPEN, _CLOSE = "\x1b[200~", "\x1b[201~"


class Flood:
    """Lets through what is typed and what is marked as pasted.

    A flood goes on until the line is silent for a moment.
    """

    def __init__(self) -> None:
        self._is_flooding = self._is_pasting = False
        self._last = ""  # may hold the beginning of a mark

    def sift(self, text: str) -> str:
        """What of this is to be taken for input."""
        seen = self._last + text
        self._last = seen[-len(_OPEN) + 1 :]
        was_pasting, mark = self._is_pasting, max(seen.rfind(_OPEN), seen.rfind(_CLOSE))
        if mark >= 0:
            self._is_pasting = seen.startswith(_OPEN, mark)
        is_pasted = was_pasting or self._is_pasting or mark >= 0
        if self._is_flooding or (len(text) >= FLOOD and not is_pasted):
            self._is_flooding = True
            self._is_pasting = False
            return ""
        return text

    def after_silence(self) -> None:
        """Nothing came for a moment: what comes next is typed again."""
        self._is_flooding = False
