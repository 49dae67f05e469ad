"""The palette: actions, lists, themes, queues and agents by name."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.filter import LineFilter

from wallboard.language.catalog import N_, NAMES, _
from wallboard.language.clean import clean
from wallboard.ui.actions import ACTIONS, Group, shown
from wallboard.ui.panels import agents, callers, queues
from wallboard.ui.panels.arrangement import folded
from wallboard.ui.reading import without_order
from wallboard.ui.screens.board import BoardScreen
from wallboard.ui.text import plain

MOST_HITS = 40


class Entry(NamedTuple):
    """One entry of the palette. Name and help may hold a vendor's words: shown as they are, never parsed."""

    name: str
    help: str
    run: Callable[[], object]
    more: str = ""  # found by it, too; with the English words, whatever language is spoken

    @property
    def words(self) -> Content:
        """What it says: ours whole, for Textual reads the help of a hit as markup."""
        return Content.assemble(plain(clean(self.name)), "\n", plain(clean(self.help)).stylize("not bold"))


class Palette(CommandPalette):
    """Textual's, over a board whose lines are turned already."""

    def __init__(self) -> None:
        super().__init__(providers=[BoardCommands], placeholder=_("action, theme, queue or agent"))

    def get_line_filters(self) -> Sequence[LineFilter]:
        return without_order(super().get_line_filters())

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Once: a key struck just after the one that closed it would take the next screen off, at last the board."""
        return super().dismiss(result) if self.is_current else AwaitComplete.nothing()  # type: ignore[no-untyped-call]


class BoardCommands(Provider):
    """Everything of the board by name. Textual's own matcher reads names as markup, so ours compares plain text."""

    async def discover(self) -> Hits:
        """What the palette shows before anything is typed: the actions and the vendors' lists."""
        for entry in (*self._actions(), *self._lists()):
            yield DiscoveryHit(entry.words, entry.run, text=entry.name)

    async def search(self, query: str) -> Hits:
        words = folded(query).split()
        found = 0
        for entry in self._entries():
            name = folded(f"{entry.name} {entry.help} {entry.more}")
            if all(word in name for word in words):
                found += 1
                score = 1.0 if name.startswith(words[0] if words else "") else 0.5
                yield Hit(score, entry.words, entry.run, text=entry.name)
            if found >= MOST_HITS:
                break

    @property
    def _board(self) -> BoardScreen:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, BoardScreen))

    def _entries(self) -> Iterator[Entry]:
        yield from self._actions()
        yield from self._lists()
        words, english = _either(N_("choose a theme"))
        yield Entry(words, _("the board wears each in turn"), partial(self.app.run_action, "app.themes"), english)
        for name in sorted(self.app.available_themes):
            words, english = _either(N_("theme {name}"), name=name)
            yield Entry(words, _("use this theme"), partial(self.app.run_action, f"app.use_theme({name!r})"), english)
        for language, name in NAMES.items():
            words, english = _either(N_("language {name}"), name=name)
            yield Entry(
                words, _("speak it from now on"), partial(self.app.run_action, f"app.speak({language!r})"), english
            )
        board = self._board
        picture = board.picture
        for queue in picture.snapshot.floor.queues:
            go = partial(board.floor.go_to, "queues", queues.key_of(queue))
            words, english = _either(N_("queue of {source}"), source=queue.source)
            yield Entry(picture.shown(queue.name), words, go, english)
        for caller in picture.snapshot.floor.callers:
            go = partial(board.floor.go_to, "callers", callers.key_of(caller))
            words, english = _either(N_("waits in {queue}"), queue=picture.queue_name(caller.source, caller.queue))
            yield Entry(callers.phone_of(caller, picture), words, go, english)
        for agent in picture.snapshot.floor.agents:
            go = partial(board.floor.go_to, "agents", agents.key_of(agent))
            words, english = _either(N_("agent of {source}"), source=agent.source)
            yield Entry(agents.name_of(agent, picture), words, go, english)

    def _actions(self) -> Iterator[Entry]:
        board = self._board
        for action in ACTIONS:
            is_elsewhere = action.group in {Group.MOVING, Group.DESK}
            if action.id in board.keys and action.id != "palette" and not is_elsewhere:
                keys = " ".join(shown(key) for key in board.keys[action.id])
                more = f"{action.id} {action.label} {action.help}"
                yield Entry(_(action.label), f"{keys}   {_(action.help)}", partial(board.do, action.id), more)

    def _lists(self) -> Iterator[Entry]:
        lists = self._board.acting.lists
        for offer in lists.offered():
            more = f"list {offer.name} {offer.help} {offer.more}"
            words = _("list   {help}").format(help=_(offer.help))
            yield Entry(_(offer.name), words, partial(lists.open, offer), more)


def _either(text: str, **places: str) -> tuple[str, str]:
    """In the language in use, and in English."""
    return _(text).format(**places), text.format(**places)
