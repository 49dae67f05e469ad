"""A question over the board: nothing typed ahead, repeated or pasted answers it."""

from textual import events
from textual.message import Message
from textual.screen import ScreenResultType

from wallboard.language.keyboard import latin
from wallboard.ui.arming import Arming, Stroke
from wallboard.ui.columns import LEAST_HEIGHT, LEAST_WIDTH
from wallboard.ui.screens.above import Above


class Question(Above[ScreenResultType], inherit_bindings=False):
    """Answers keys only a moment after it could be seen. `heard` is given each key that counts."""

    class _Seen(Message):
        """The question is on the screen."""

    def __init__(self) -> None:
        super().__init__()
        self._arming: Arming | None = None

    def on_mount(self) -> None:
        self.app.clear_notifications()  # they would lie over what is asked
        self.call_after_refresh(self.post_message, self._Seen())

    def on_question__seen(self, message: _Seen) -> None:
        self.arm(message.time)

    def arm(self, shown_at: float) -> None:
        """From here on keys are judged; what it says now was shown at this moment of the keys' own clock."""
        self._arming = Arming(shown_at)

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        stroke = Stroke.DEAD if self._arming is None else self._arming.judge(event.time)
        width, height = self.app.size
        is_readable = (width >= LEAST_WIDTH and height >= LEAST_HEIGHT) or event.key == "escape"
        if stroke is not Stroke.DEAD and is_readable and self.is_active:
            self.heard(latin(event.key), event, is_deliberate=stroke is Stroke.DELIBERATE)

    def heard(self, key: str, event: events.Key, *, is_deliberate: bool) -> None:
        """A key that counts; `key` is the Latin one of the same physical key."""
