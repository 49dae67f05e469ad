"""What a person sees in the board's terminal from some moment on."""

import pyte

from tests.e2e.terminal import _PRIVATE_MODE, _UNFINISHED, _UNKNOWN_TO_PYTE, _row
from tests.soak.stage import Stage


class Seen:
    """The screen, drawn from all that is written from now on.

    What was there before is not on it until the board draws it anew, as it does at every new size.
    """

    def __init__(self, stage: Stage, size: tuple[int, int]) -> None:
        self._stage = stage
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._drawn = len(stage.program.raw)

    @property
    def text(self) -> str:
        data = bytes(self._stage.program.raw[self._drawn :])
        unfinished = _UNFINISHED.search(data)
        data = data[: unfinished.start()] if unfinished else data
        self._drawn += len(data)
        self._stream.feed(_UNKNOWN_TO_PYTE.sub(lambda m: m[0] if _PRIVATE_MODE.fullmatch(m[0]) else b"", data))
        screen = self._screen
        return "\n".join(_row(screen.buffer[y], screen.columns).rstrip() for y in range(screen.lines))
