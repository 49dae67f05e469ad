"""Asks which file: a line to type a path in, and below it what lies there."""

import asyncio
import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from wallboard.language.catalog import N_, _
from wallboard.ui.actions import actions_by_key, shown
from wallboard.ui.cells import Row, Text
from wallboard.ui.columns import Column
from wallboard.ui.desk.files import (
    Entry,
    Listing,
    completed,
    listed,
    matching,
    shown_path,
    size_words,
    split,
    trouble_of,
    whole,
)
from wallboard.ui.moving import MOVES
from wallboard.ui.roles import Role
from wallboard.ui.screens.above import Above
from wallboard.ui.text import plain, safe
from wallboard.ui.widgets.entry import BidiInput
from wallboard.ui.widgets.keyed_table import KeyedTable

COLUMNS = (
    Column("name", N_("Files of targets"), least=24, most=110),
    Column("size", N_("Size"), importance=1, is_right=True),
    Column("changed", N_("Changed"), importance=2),
)
_MOVING = MOVES.keys() - {"first_row", "last_row"}  # whose keys go to the ends of the line


class PathLine(BidiInput):
    """Where the path is typed.

    It deals with every key itself, in their order: what bubbles up, or is a binding, is overtaken by what is typed
    right after it.
    """

    def __init__(self, typed: str, hear: Callable[[events.Key], bool]) -> None:
        """
        Args:
            typed: what stands in it at first.
            hear: does what a key is for that is not for the text; False where it is none of these.
        """
        super().__init__(typed, placeholder=_("a file's path"), select_on_focus=False)
        self._hear = hear

    async def on_key(self, event: events.Key) -> None:
        event.stop()
        if self._hear(event):
            event.prevent_default()
        elif editing := self._bindings.key_to_bindings.get(event.key):
            event.prevent_default()
            await self.run_action(editing[0].action)


class FileChoice(Above[Path | None], inherit_bindings=False):
    """Ends with a file that can be read; None when somebody leaves it. It only looks."""

    AUTO_FOCUS: ClassVar[str] = ""
    DEFAULT_CSS = """
    FileChoice {
        align: center middle;
        background: $background 60%;
        & PathLine {
            height: 1; border: none; padding: 0 1; margin: 1 0; background: $background; color: $foreground;
            &:focus { border: none; background: $row-cursor; }
        }
        & #remark { height: auto; max-height: 3; width: 1fr; color: $sla-warn; text-style: bold; }
        & #remark.-quiet { color: $muted; text-style: none; }
    }
    """

    def __init__(self, keys: Mapping[str, tuple[str, ...]], title: str, start: Path, typed: str) -> None:
        """
        Args:
            keys: the keys of each action.
            title: what the file is for.
            start: what a relative path is relative to.
            typed: what stands in the line at first.
        """
        super().__init__()
        self._keys = keys
        self._actions = actions_by_key(keys)
        self._title = title
        self._start = start
        self._typed = typed
        self._seen: str | None = None  # what was typed when it was looked last
        self._listing: Listing | None = None  # None: not here yet
        self._offered: tuple[Entry, ...] = ()
        self._trouble = ""  # of what was chosen last
        self._is_eager = False  # enter was struck before the folder was here

    def compose(self) -> ComposeResult:
        with Vertical(classes="overlay -tall"):
            yield Static(plain(self._title), classes="overlay--title")
            yield PathLine(self._typed, self._hear)
            yield KeyedTable(COLUMNS)
            yield Static("", id="remark", markup=False)
            hint = _("{tab} completes   ↑ ↓ choose   enter takes it   escape leaves")
            yield Static(hint.format(tab=shown(self._keys["next_panel"][0])), classes="overlay--hint", markup=False)

    def on_mount(self) -> None:
        self.app.clear_notifications()
        self._table.is_current = True
        self._line.focus()
        self._line.cursor_position = len(self._typed)
        self._look()

    @property
    def _line(self) -> PathLine:
        return self.query_one(PathLine)

    @property
    def _table(self) -> KeyedTable:
        return self.query_one(KeyedTable)

    # What it shows

    @on(Input.Changed)
    def _on_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._look()

    def _look(self) -> None:
        """Offer what fits what is typed by now; read the folder, where it is another one than was read last."""
        if self._line.value == self._seen:
            return
        self._seen, self._trouble, self._is_eager = self._line.value, "", False
        folder = split(self._line.value, self._start)[0]
        if self._listing is not None and self._listing.folder == folder:
            self._offer()
        else:
            self._listing = None
            self._say(_("looking …"), is_quiet=True)
            self.run_worker(self._read(folder), group="folder", exclusive=True)

    async def _read(self, folder: Path) -> None:
        self._listing = await asyncio.to_thread(listed, folder)
        self._offer()
        if self._is_eager:
            self._choose()

    def _offer(self) -> None:
        if self._listing is None:
            return
        name = split(self._line.value, self._start)[1]
        self._offered = matching(self._listing, name)
        self._table.drop_cursor()
        self._table.apply([_row(entry) for entry in self._offered], 0.0)
        self._table.move(0)
        self._show_remark(name)

    def _show_remark(self, name: str) -> None:
        listing = self._listing
        if self._trouble or listing is None:
            self._say(self._trouble)
        elif listing.trouble:
            self._say(f"{shown_path(listing.folder)}: {listing.trouble}")
        elif not self._offered:
            self._say(_("no CSV file or folder here is called “{name}…”").format(name=name))
        elif all(entry.is_folder for entry in self._offered):
            self._say(_("no CSV file here, only folders"), is_quiet=True)
        else:
            self._say("", is_quiet=True)

    def _say(self, words: str, *, is_quiet: bool = False) -> None:
        remark = self.query_one("#remark", Static)
        remark.set_class(is_quiet, "-quiet")
        remark.update(plain(words))

    # What keys do

    def on_key(self, event: events.Key) -> None:
        """Only what was typed before the line had the focus."""
        event.stop()
        if not self._hear(event) and event.character and event.is_printable:
            self._line.insert_text_at_cursor(event.character)

    def _hear(self, event: events.Key) -> bool:
        """Letters, whatever action they are of, are text here."""
        action = "" if event.is_printable else self._actions.get(event.key, "")
        if event.key == "escape":
            self.close(None)
        elif event.key == "enter":
            self._choose()
        elif action == "next_panel":
            self._complete()
        elif action in _MOVING:
            self._table.move(MOVES[action](self._table))
        else:
            return False
        return True

    @on(KeyedTable.RowOpened)
    def _on_opened(self) -> None:
        self._choose()

    @property
    def _entry(self) -> Entry | None:
        """What the cursor is on."""
        found = self._table.cursor_key
        return next((entry for entry in self._offered if entry.name == found), None)

    def _complete(self) -> None:
        """As far as all that fit agree; where they do not go on together, the one under the cursor."""
        self._look()
        if self._listing is None:
            return
        name = split(self._line.value, self._start)[1]
        further = completed(self._offered, name)
        if further == name and self._entry is not None:
            further = self._entry.typed
        if further != name:
            self._type(name, further)

    def _type(self, name: str, further: str) -> None:
        """Write what goes further in place of the name that is there."""
        text = self._line.value
        head = text[: len(text) - len(name)]
        self._line.value = head + further
        self._line.cursor_position = len(self._line.value)

    def _choose(self) -> None:
        """The file under the cursor, or into the folder; else whatever was typed, if it is a file."""
        self._look()
        entry, self._is_eager = self._entry, self._listing is None
        if self._is_eager:
            return
        if entry is not None and entry.is_folder:
            self._type(split(self._line.value, self._start)[1], entry.typed)
        else:
            path = entry.path if entry is not None else whole(self._line.value, self._start)
            self.run_worker(self._take(path), group="file", exclusive=True)

    async def _take(self, path: Path) -> None:
        self._trouble = await asyncio.to_thread(trouble_of, path)
        if self._trouble:
            self._trouble = f"{shown_path(path)}: {self._trouble}"
            self._show_remark("")
        else:
            self.close(path)


def _row(entry: Entry) -> Row:
    if entry.is_folder:
        cells = (Text(safe(entry.typed), Role.MUTED), Text(""), Text(_("folder"), Role.MUTED))
    else:
        changed = datetime.fromtimestamp(entry.changed_at, UTC).astimezone().strftime("%Y-%m-%d %H:%M")
        size = Text(size_words(entry.size), Role.MUTED)
        cells = (Text(safe(entry.name), Role.STRONG), size, Text(changed, Role.MUTED))
    return Row(key=entry.name, cells=cells)


def folder_typed(folder: Path) -> str:
    """A folder as it stands in the line: what is in it may follow."""
    return shown_path(folder).rstrip(os.sep) + os.sep
