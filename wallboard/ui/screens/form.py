"""A form over the board: a line for each thing to be said, checked before it is taken. It sends nothing itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from wallboard.language.catalog import _, is_mirrored
from wallboard.ui.mirroring import Row, Stack
from wallboard.ui.panels.picture import Picture
from wallboard.ui.screens.above import Above
from wallboard.ui.text import plain
from wallboard.ui.widgets.entry import BidiInput, BidiTextArea

SUBMITS = frozenset({"ctrl+s", "ctrl+enter"})  # from any field; not every terminal tells the second
WIDEST_LABEL = 24
LINES_OF_REST, BLANK_LINES = 7, 4  # of the form, besides its fields
LONG_LINES = 5  # of a field for several lines of text


def nothing_wrong(_: str) -> str:
    """What a field without rules says of any text."""
    return ""


def nothing_to_say(_: Mapping[str, str]) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to be said.

    Args:
        id: its name in the answer; letters, digits, `_` and `-`.
        label: what stands before it.
        value: what it holds at first.
        hint: what stands in it while it is empty.
        check: what is wrong with a text, as a sentence; "" for nothing.
        is_long: several lines of text.
    """

    id: str
    label: str
    value: str = ""
    hint: str = ""
    check: Callable[[str], str] = nothing_wrong
    is_long: bool = False


class LineEntry(BidiInput):
    """One line."""


class TextEntry(BidiTextArea):
    """Several lines; `enter` begins a new one."""


class SubmitLine(Static, can_focus=True, inherit_bindings=False):
    """Behind the last field: `enter` on it, or a click, submits."""

    class Pressed(Message):
        """It was clicked."""

    def on_click(self) -> None:
        self.post_message(self.Pressed())


class FormScreen(Above[dict[str, str] | None], inherit_bindings=False):
    """Ends with the text of each field by its id, without blanks at its ends; None when somebody leaves it."""

    AUTO_FOCUS: ClassVar[str] = ""
    DEFAULT_CSS = """
    FormScreen {
        align: center middle;
        background: $background 60%;
        & .overlay--title { margin-bottom: 1; }
        & #fields { height: auto; scrollbar-size-vertical: 1; }
        & .form--field { height: auto; }
        & .form--label { width: auto; color: $heading; }
        & .form--problem { height: auto; color: $sla-warn; text-style: bold; display: none; }
        & .form--problem.-shown { display: block; }
        & LineEntry, & TextEntry {
            width: 1fr; height: 1; border: none; padding: 0 1; background: $background; color: $foreground;
            &:focus { border: none; background: $row-cursor; }
        }
        & LineEntry > .input--placeholder, & TextEntry > .text-area--placeholder { color: $muted; }
        & TextEntry > .text-area--cursor-line { background: transparent; }
        & #remark { height: auto; margin-top: 1; color: $accent; }
        & #submit { width: auto; height: 1; margin-top: 1; padding: 0 2; background: $panel; color: $muted; }
        & #submit:focus { background: $accent; color: $background; text-style: bold; }
        & .overlay--hint { margin-top: 1; }
        &.-low .overlay--title, &.-low #remark, &.-low #submit, &.-low .overlay--hint { margin: 0; }
    }
    """

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        verb: str,
        remark: Callable[[Mapping[str, str]], str] = nothing_to_say,
    ) -> None:
        """
        Args:
            title: what it is about.
            fields: at least one, in their order.
            verb: what submitting does, in a few words.
            remark: what is told below the fields of what they hold now: a cost, a count.
        """
        super().__init__()
        self._title = title
        self._fields = tuple(fields)
        self._verb = verb
        self._remark = remark
        self._said = ""
        self._entries = {field.id: _entry(field) for field in self._fields}

    def compose(self) -> ComposeResult:
        width = min(WIDEST_LABEL, max(cell_len(field.label) for field in self._fields)) + 2
        with Stack(classes="overlay"):
            yield Static(plain(self._title), classes="overlay--title")
            with VerticalScroll(id="fields", can_focus=False):
                for field in self._fields:
                    label = Static(plain(field.label), classes="form--label")
                    label.styles.width = max(width, cell_len(field.label))
                    with Row(classes="form--field"):
                        yield label
                        yield self._entries[field.id]
                    problem = Static("", classes="form--problem", id=f"problem-{field.id}", markup=False)
                    problem.styles.margin = (0, width + 1, 0, 0) if is_mirrored() else (0, 0, 0, width + 1)
                    yield problem
            yield Static("", id="remark", markup=False)
            yield SubmitLine(plain(self._verb), id="submit")
            yield Static(self._hint, classes="overlay--hint", markup=False)

    def on_mount(self) -> None:
        self.app.clear_notifications()  # they would lie over what is typed
        self._entries[self._fields[0].id].focus()
        self._show_remark()

    def on_resize(self, event: events.Resize) -> None:
        lines = sum(LONG_LINES if field.is_long else 1 for field in self._fields)
        room = int(event.size.height * 0.9)
        is_low = room < lines + LINES_OF_REST + BLANK_LINES
        self.set_class(is_low, "-low")
        self.query_one("#fields").styles.max_height = max(2, room - LINES_OF_REST - (0 if is_low else BLANK_LINES))

    @property
    def values(self) -> dict[str, str]:
        """What stands in the fields now."""
        return {field.id: _text(self._entries[field.id]).strip() for field in self._fields}

    def draw(self, picture: Picture) -> None:
        self._show_remark()

    # What it hears

    def on_key(self, event: events.Key) -> None:
        """Keys that are not for the text of a field; the rest is dealt with by the field itself."""
        if event.key == "escape":
            self.close(None)
        elif event.key in SUBMITS:
            self._submit()
        elif event.key in {"tab", "shift+tab"}:
            self._go(-1 if "shift" in event.key else 1)
        elif event.key in {"up", "down"} and self._leaves_field(event.key):
            self._go(-1 if event.key == "up" else 1)
        elif event.key == "enter" and not isinstance(self.focused, TextEntry):
            self._enter()
        elif self.focused is None and event.character and event.is_printable:  # typed before the field was there
            self._insert(event.character)
        else:
            return
        event.stop()
        event.prevent_default()

    @on(SubmitLine.Pressed)
    def _submit(self) -> None:
        """Take it, if every check is fine; else go to the first that is not."""
        values = self.values
        problems = {field.id: field.check(values[field.id]) for field in self._fields}
        for name, words in problems.items():
            self._show_problem(name, words)
        first = next((name for name, words in problems.items() if words), None)
        if first is None:
            self.close(values)
        else:
            self._entries[first].focus()

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _on_changed(self, event: Input.Changed | TextArea.Changed) -> None:
        """A problem is told until it is mended, and no new one before somebody submits."""
        event.stop()
        field = next(each for each in self._fields if f"field-{each.id}" == event.control.id)
        if self.query_one(f"#problem-{field.id}").has_class("-shown"):
            self._show_problem(field.id, field.check(self.values[field.id]))
        self._show_remark()

    def _enter(self) -> None:
        """To the next field; from the last one, submit."""
        if self.focused in self._stops[-2:]:
            self._submit()
        else:
            self._go(1)

    def _insert(self, character: str) -> None:
        entry = self._entries[self._fields[0].id]
        if isinstance(entry, Input):
            entry.insert_text_at_cursor(character)
        else:
            entry.insert(character)

    def _leaves_field(self, key: str) -> bool:
        """Whether an arrow goes to another field, and not to another line of a long text."""
        entry = self.focused
        if not isinstance(entry, TextEntry):
            return True
        return entry.cursor_at_first_line if key == "up" else entry.cursor_at_last_line

    def _go(self, step: int) -> None:
        stops = self._stops
        here = stops.index(self.focused) if self.focused in stops else -step
        stops[(here + step) % len(stops)].focus()

    @property
    def _stops(self) -> list[Widget]:
        """Where `tab` stops: the fields, then the line that submits."""
        return [*self._entries.values(), self.query_one(SubmitLine)]

    # What it says

    @property
    def _hint(self) -> str:
        words = (
            _("tab ↑ ↓ fields   ctrl+s {verb}   escape leaves")
            if any(field.is_long for field in self._fields)
            else _("enter next   tab ↑ ↓ fields   ctrl+s {verb}   escape leaves")
        )
        return words.format(verb=self._verb)

    def _show_problem(self, name: str, words: str) -> None:
        problem = self.query_one(f"#problem-{name}", Static)
        problem.update(plain(words))
        problem.set_class(bool(words), "-shown")

    def _show_remark(self) -> None:
        words = self._remark(self.values)
        shown = self.query_one("#remark", Static)
        shown.display = bool(words)
        if words != self._said:
            self._said = words
            shown.update(plain(words))


def _entry(field: Field) -> LineEntry | TextEntry:
    if not field.is_long:
        return LineEntry(field.value, field.hint, id=f"field-{field.id}", select_on_focus=False)
    entry = TextEntry(field.value, id=f"field-{field.id}", show_line_numbers=False, placeholder=field.hint)
    entry.styles.height = LONG_LINES
    return entry


def _text(entry: LineEntry | TextEntry) -> str:
    return entry.value if isinstance(entry, Input) else entry.text
