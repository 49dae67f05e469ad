"""A name and what is told under it, which goes on below itself where one line is too short."""

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from wallboard.ui.mirroring import Row


class NamedLine(Row):
    """Not there while nothing is told."""

    DEFAULT_CSS = """
    NamedLine {
        height: auto; width: 1fr; display: none;
        &.-told { display: block; }
        & > .named--name { width: 10; color: $heading; }
        & > .named--told { width: 1fr; height: auto; }
    }
    """

    def __init__(self, name: str, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._name_told = name
        self._said = Content("")

    def compose(self) -> ComposeResult:
        yield Static(self._name_told, classes="named--name", markup=False)
        yield Static("", classes="named--told", markup=False)

    def say(self, content: Content) -> None:
        """Tell this; only what is new is laid out."""
        if content != self._said:
            self._said = content
            self.set_class(bool(content.plain), "-told")
            self.query_one(".named--told", Static).update(content)
