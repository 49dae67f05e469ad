"""The dry run of a file: what it holds, what would be added and what not, before anything is sent."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from wallboard.domain.faults import VendorFault
from wallboard.domain.imports import BATCH_TARGETS, ImportPlan
from wallboard.domain.ports import ImportTroubleError
from wallboard.language.catalog import N_, _
from wallboard.language.sending import batches_words, field_words, form_words, targets
from wallboard.language.words import fault_remedy, fault_words
from wallboard.ui.actions import actions_by_key, shown
from wallboard.ui.desk.files import shown_path
from wallboard.ui.desk.plan_rows import COLUMNS, Chapter, chapters, rows
from wallboard.ui.moving import MOVES
from wallboard.ui.panels.picture import Picture
from wallboard.ui.screens.above import Above
from wallboard.ui.screens.confirm import Confirmation, ConfirmScreen
from wallboard.ui.text import plain
from wallboard.ui.widgets.keyed_table import KeyedTable
from wallboard.ui.widgets.named_line import NamedLine

DIALER = "voicenter"  # whose campaigns take files
_TURNS = {"next_panel": 1, "previous_panel": -1}
MOST_OF_PATH = 120  # two lines of a narrow screen
WIDE_SCREEN = 120  # columns; there a row is never cut
_NAMES = {
    "file": N_("File"),
    "read": N_("Read as"),
    "columns": N_("Columns"),
    "rows": N_("Rows"),
    "sending": N_("Sending"),
}
Result = tuple[ImportPlan, Confirmation]


class PlanScreen(Above[Result | None], inherit_bindings=False):
    """Ends with what was confirmed; None when somebody leaves it for another file."""

    AUTO_FOCUS: ClassVar[str] = ""
    DEFAULT_CSS = """
    PlanScreen {
        align: center middle;
        background: $background 60%;
        & #columns { max-height: 3; }
        & #rows, & #chapters { margin-top: 1; }
        & #chapters { height: 1; width: 1fr; }
        & #remark { height: 1fr; width: 1fr; margin-top: 1; }
        & #whole { height: 2; width: 1fr; color: $heading; }
        & KeyedTable, & #chapters, & #whole, &.-ready #remark { display: none; }
        &.-ready KeyedTable, &.-ready #chapters, &.-ready.-narrow #whole { display: block; }
        &.-troubled #remark { color: $sla-warn; text-style: bold; }
        &.-low #rows, &.-low #chapters { margin-top: 0; }
    }
    """

    def __init__(
        self,
        keys: Mapping[str, tuple[str, ...]],
        words: str,
        path: Path,
        plan: Callable[[], Awaitable[ImportPlan]],
        question: Callable[[ImportPlan], ConfirmScreen | None],
        look: Callable[[], Picture],
    ) -> None:
        """
        Args:
            keys: the keys of each action.
            words: the campaign as the person sees it.
            path: the file.
            plan: reads and checks it.
            question: asks whether to send what is left of a plan; None where it cannot be asked, which it has said.
            look: gives the newest picture.
        """
        super().__init__()
        self._keys = keys
        self._actions = actions_by_key(keys)
        self._words = words
        self._path = path
        self._ask_for_plan = plan
        self._question = question
        self._look = look
        self._plan: ImportPlan | None = None
        self._chapters: tuple[Chapter, ...] = ()
        self._chapter = 0
        self._left = 0  # targets to be added

    def compose(self) -> ComposeResult:
        with Vertical(classes="overlay -tall"):
            yield Static("", classes="overlay--title", markup=False)
            for line, name in _NAMES.items():
                yield NamedLine(_(name), id=line)
            yield Static("", id="chapters", markup=False)
            yield KeyedTable(COLUMNS)
            yield Static("", id="whole", markup=False)
            yield Static("", id="remark", markup=False)
            yield Static("", classes="overlay--hint", markup=False)

    def on_mount(self) -> None:
        self.app.clear_notifications()
        self._table.is_current = True
        title = _("Dry run for {campaign}: nothing has been sent")
        self._say(".overlay--title", plain(title.format(campaign=self._words)))
        self._tell("file", plain(shown_path(self._path, MOST_OF_PATH)))
        self._begin()

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height < 30, "-low")
        self.set_class(event.size.width < WIDE_SCREEN, "-narrow")

    @property
    def _table(self) -> KeyedTable:
        return self.query_one(KeyedTable)

    # Reading and checking

    def _begin(self) -> None:
        self._plan = None
        self.remove_class("-ready", "-troubled")
        for name in ("read", "columns", "rows", "sending"):
            self._tell(name, Content(""))
        reading = _("Reading and checking it, and asking what {campaign} has to dial already …")
        self._say("#remark", plain(reading.format(campaign=self._words)))
        self._say(".overlay--hint", Content(_("escape leaves")))
        self.run_worker(self._check(), group="plan", exclusive=True)

    async def _check(self) -> None:
        try:
            plan = await self._ask_for_plan()
        except ImportTroubleError as trouble:
            words = _("This file cannot be added: {reason}.").format(reason=trouble)
            self._show_trouble(words.replace("..", "."))
        except VendorFault as fault:
            words = _(
                "What {campaign} has to dial already cannot be told, so nothing can be added: {reason}. {remedy}"
            ).format(campaign=self._words, reason=fault_words(fault.fault), remedy=fault_remedy(fault.fault, DIALER))
            self._show_trouble(words)
        else:
            self._left = await asyncio.to_thread(lambda: len(plan.to_send))
            self._plan, self._chapters = plan, chapters(plan)
            self._chapter = next((n for n, each in enumerate(self._chapters) if each.count), 0)
            await self._show_plan(plan)

    def _show_trouble(self, words: str) -> None:
        self.add_class("-troubled")
        self._say("#remark", plain(words))
        self._say(".overlay--hint", Content(_("enter tries again   escape chooses another file")))

    # What it shows

    async def _show_plan(self, plan: ImportPlan) -> None:
        held = " · ".join(f"{name.strip() or '–'}: {field_words(field)}" for name, field in plan.fields)
        self._tell("read", plain(form_words(plan)))
        self._tell("columns", plain(self._look().shown(held)))
        self._tell("rows", self._rows(plan))
        self._tell("sending", self._sending())
        self._say(".overlay--hint", Content(self._hint))
        await self._show_chapter(plan)
        self.add_class("-ready")

    def _rows(self, plan: ImportPlan) -> Content:
        """How many, and what they are."""
        count = len(plan.good) + len(plan.bad) + len(plan.doubles) + len(plan.already_pending)
        parts = (
            (len(plan.bad), _("{count:,} bad")),
            (len(plan.doubles), _("{count:,} double")),
            (len(plan.already_pending), _("{count:,} pending already")),
            (len(plan.done), _("{count:,} added before")),
            (len(plan.refused), _("{count:,} refused before")),
            (len(plan.unsure), _("{count:,} unsure")),
        )
        told = ", ".join(words.format(count=number) for number, words in parts if number) or _("none of them wrong")
        return plain(_("{count:,}: {left:,} to be added; {told}").format(count=count, left=self._left, told=told))

    def _sending(self) -> Content:
        if not self._left:
            return Content.styled(_("nothing: of this file, nothing is left to be added"), "bold $sla-warn")
        return plain(f"{targets(self._left)}, {batches_words(self._left, BATCH_TARGETS)}")

    async def _show_chapter(self, plan: ImportPlan) -> None:
        """The list that is chosen; its rows are made outside of the loop."""
        chapter, picture = self._chapters[self._chapter], self._look()
        self._say("#chapters", _titles(self._chapters, self._chapter))
        made = await asyncio.to_thread(rows, plan, chapter.id, picture)
        self._table.show_when_empty(chapter.empty)
        self._table.drop_cursor()
        self._table.apply(made, picture.now)
        self._table.move(0)
        self._show_row()

    def _show_row(self) -> None:
        """The row under the cursor, whole: on a narrow screen its end is cut in the table."""
        table, key = self._table, self._table.cursor_key
        found = None if key is None else next((row for row in table.rows if row.key == key), None)
        self._say("#whole", plain(found.words if found else ""))

    @property
    def _hint(self) -> str:
        tab = shown(self._keys["next_panel"][0])
        if not self._left:
            return _("{tab} next list   escape another file").format(tab=tab)
        words = _("{tab} next list   enter adds {count:,}, asks first   escape another file")
        return words.format(tab=tab, count=self._left)

    def _tell(self, line: str, content: Content) -> None:
        self.query_one(f"#{line}", NamedLine).say(content)

    def _say(self, place: str, content: Content) -> None:
        self.query_one(place, Static).update(content)

    # What keys do

    def on_key(self, event: events.Key) -> None:
        action = self._actions.get(event.key, "")
        event.stop()
        event.prevent_default()
        if action in {"back", "quit"}:
            self.close(None)
        elif event.key == "enter":
            self._go_on()
        elif self._plan is not None and action in _TURNS:
            self._chapter = (self._chapter + _TURNS[action]) % len(self._chapters)
            self.run_worker(self._show_chapter(self._plan), group="chapter", exclusive=True)
        elif action in MOVES:
            self._move(action)

    def _move(self, action: str) -> None:
        self._table.move(MOVES[action](self._table))
        self._show_row()

    def on_click(self) -> None:
        self._show_row()

    def _go_on(self) -> None:
        if self.has_class("-troubled"):
            self._begin()
        elif self._plan is not None and self._left and (question := self._question(self._plan)) is not None:
            self.app.push_screen(question, self._answered)

    def _answered(self, confirmation: Confirmation | None) -> None:
        if confirmation is not None and self._plan is not None:
            self.close((self._plan, confirmation))


def _titles(told: tuple[Chapter, ...], current: int) -> Content:
    """The lists by name with how much is in each, the one that is shown set off."""
    parts: list[Content | tuple[str, str]] = []
    for place, chapter in enumerate(told):
        style = "bold $title-focused-text on $title-focused" if place == current else "$muted"
        parts.append((f" {chapter.title} {chapter.count:,} ", style))
    return Content.assemble(*parts)
