"""The least Textual application: the peer of the board's first frame."""

from textual.app import App, ComposeResult
from textual.widgets import Static

WORDS = b"minimal-first-frame"


class MinimalApp(App[None]):
    """One line of text."""

    def compose(self) -> ComposeResult:
        yield Static(WORDS.decode())


if __name__ == "__main__":
    MinimalApp().run()
