"""Asks which ones of many."""

from collections.abc import Sequence
from typing import Generic

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from wallboard.language.catalog import _, ngettext
from wallboard.language.width import padded
from wallboard.ui.panels.arrangement import folded
from wallboard.ui.screens.choose import LONGEST_TEXT, MOST_SHOWN, Option, Value
from wallboard.ui.screens.question import Question
from wallboard.ui.text import plain
from wallboard.ui.widgets.line_painter import MARK

_NAME_WIDTH = 24


class ChooseSeveralScreen(Question[tuple[Value, ...] | None], Generic[Value]):
    """Typing narrows the list, arrows move, space marks; enter chooses the marked ones, else where the cursor is."""

    def __init__(self, title: str, options: Sequence[Option[Value]]) -> None:
        super().__init__()
        self._title = title
        self._options = tuple(options)
        self._marked: set[int] = set()  # places among all options
        self._typed = ""
        self._place = 0  # among those that fit

    def compose(self) -> ComposeResult:
        with Vertical(classes="question"):
            yield Static(plain(self._title), classes="question--title")
            yield Static("", classes="question--typed")
            yield Static("", classes="question--options")
            yield Static("", classes="question--hint", markup=False)

    def on_mount(self) -> None:
        super().on_mount()
        self._draw()

    @property
    def offered(self) -> list[int]:
        """Places of the options that fit what was typed."""
        words = folded(self._typed).split()
        texts = (folded(f"{option.words} {option.note}") for option in self._options)
        return [place for place, text in enumerate(texts) if all(word in text for word in words)]

    def heard(self, key: str, event: events.Key, *, is_deliberate: bool) -> None:
        offered = self.offered
        if key == "escape":
            self.close(None)
            return
        if key == "enter":
            chosen = sorted(self._marked) or offered[self._place : self._place + 1]
            if is_deliberate and chosen:
                self.close(tuple(self._options[place].value for place in chosen))
            return
        if key in {"up", "down"}:
            self._move(1 if key == "down" else -1, len(offered))
        elif key == "space" and offered:
            self._marked ^= {offered[self._place]}
            self._move(1, len(offered))
        elif key == "backspace":
            self._typed, self._place = self._typed[:-1], 0
        elif key != "space" and event.character and event.is_printable and len(self._typed) < LONGEST_TEXT:
            self._typed, self._place = self._typed + event.character, 0
        self._draw()

    def _move(self, step: int, count: int) -> None:
        self._place = max(0, min(count - 1, self._place + step))

    def _draw(self) -> None:
        offered = self.offered
        hint = "" if self._typed else " " + _("type to narrow")
        typed = Content.assemble((self._typed, "bold"), ("▏", "$accent"), (hint, "$muted"))
        self.query_one(".question--typed", Static).update(typed)
        first = max(0, min(self._place - MOST_SHOWN // 2, len(offered) - MOST_SHOWN))
        some = enumerate(offered[first : first + MOST_SHOWN], first)
        lines = [self._line(option, is_here=place == self._place) for place, option in some]
        if len(offered) > first + MOST_SHOWN:
            below = len(offered) - first - MOST_SHOWN
            words = ngettext("… {count} more below", "… {count} more below", below).format(count=below)
            lines.append(Content.styled(f"    {words}", "$muted"))
        nothing = Content.styled(_("nothing fits"), "$sla-warn")
        self.query_one(".question--options", Static).update(Content("\n").join(lines) if lines else nothing)
        self.query_one(".question--hint", Static).update(self._hint)

    @property
    def _hint(self) -> str:
        if not self._marked:
            return _("↑ ↓ move   space marks   enter chooses this one   escape leaves")
        words = _("↑ ↓ move   space marks   enter chooses {count} marked   escape leaves")
        return words.format(count=len(self._marked))

    def _line(self, place: int, *, is_here: bool) -> Content:
        option = self._options[place]
        return Content.assemble(
            ("▸ " if is_here else "  ", "bold $accent"),
            (f"{MARK if place in self._marked else ' '} ", "bold $accent"),
            plain(padded(option.words, _NAME_WIDTH)).stylize("bold" if is_here else ""),
            plain(f"  {option.note}").stylize("$muted"),
        )
