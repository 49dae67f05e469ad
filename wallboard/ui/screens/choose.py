"""Asks which of several; where that is possible, something else may be typed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from wallboard.language.catalog import _
from wallboard.ui.panels.arrangement import folded
from wallboard.ui.screens.question import Question
from wallboard.ui.text import plain

MOST_SHOWN = 10
LONGEST_TEXT = 60
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Option(Generic[Value]):
    """One answer: what it is called, what is said beside it, and what it stands for."""

    words: str
    note: str
    value: Value


class ChooseScreen(Question[Value | None]):
    """Typing narrows the list; arrows move, enter chooses, escape leaves."""

    def __init__(
        self,
        title: str,
        options: Sequence[Option[Value]],
        other: Callable[[str], Option[Value] | None] | None = None,
        hint: str = "",
        remark: str = "",
    ) -> None:
        """
        Args:
            title: what is asked.
            options: what is offered.
            other: makes an answer of what was typed; None where that is none.
            hint: what can be typed.
            remark: what else there is to be said of the options.
        """
        super().__init__()
        self._title = title
        self._options = tuple(options)
        self._other = other
        self._hint = hint
        self._remark = remark
        self._typed = ""
        self._place = 0

    def compose(self) -> ComposeResult:
        with Vertical(classes="question"):
            yield Static(plain(self._title), classes="question--title")
            yield Static("", classes="question--typed")
            yield Static("", classes="question--options")
            yield Static("", classes="question--remark")
            yield Static(_("↑ ↓ move   enter chooses   escape leaves"), classes="question--hint", markup=False)

    def on_mount(self) -> None:
        super().on_mount()
        self._draw()

    def offer_more(self, options: Sequence[Option[Value]], remark: str) -> None:
        """What has been found out meanwhile goes behind what is offered. `remark`: how that went."""
        self._options = (*self._options, *options)
        self._remark = remark
        self._draw()

    @property
    def offered(self) -> list[Option[Value]]:
        """The answers that fit what was typed, what was typed itself before them."""
        words = folded(self._typed).split()
        fitting = [o for o in self._options if all(word in folded(f"{o.words} {o.note}") for word in words)]
        typed = self._other(self._typed) if self._other is not None and self._typed.strip() else None
        return fitting if typed is None else [typed, *(option for option in fitting if option.value != typed.value)]

    def heard(self, key: str, event: events.Key, *, is_deliberate: bool) -> None:
        offered = self.offered
        if key == "escape":
            self.close(None)
            return
        if key == "enter":
            if is_deliberate and offered:
                self.close(offered[self._place].value)
            return
        if key in {"up", "down"}:
            self._place = max(0, min(len(offered) - 1, self._place + (1 if key == "down" else -1)))
        elif key == "backspace":
            self._typed, self._place = self._typed[:-1], 0
        elif event.character and event.is_printable and len(self._typed) < LONGEST_TEXT:
            self._typed, self._place = self._typed + event.character, 0
        self._draw()

    def _draw(self) -> None:
        offered = self.offered
        typed = Content.assemble(
            (self._typed, "bold"), ("▏", "$accent"), ("" if self._typed else f" {self._hint}", "$muted")
        )
        self.query_one(".question--typed", Static).update(typed)
        first = max(0, min(self._place - MOST_SHOWN // 2, len(offered) - MOST_SHOWN))
        lines = [
            Content.assemble(
                ("▸ " if place == self._place else "  ", "bold $accent"),
                plain(f"{option.words:<24}").stylize("bold" if place == self._place else ""),
                plain(f"  {option.note}").stylize("$muted"),
            )
            for place, option in enumerate(offered[first : first + MOST_SHOWN], first)
        ]
        unfit = _("nothing fits; {hint}").format(hint=self._hint) if self._hint else _("nothing fits")
        nothing = Content.styled(unfit, "$sla-warn")
        self.query_one(".question--options", Static).update(Content("\n").join(lines) if lines else nothing)
        remark = self.query_one(".question--remark", Static)
        remark.update(plain(self._remark))
        remark.display = bool(self._remark)
