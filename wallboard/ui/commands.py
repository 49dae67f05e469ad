"""The palette: actions, lists, themes, queues and agents by name."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from wallboard.language.clean import clean
from wallboard.ui.actions import ACTIONS, Group, shown
from wallboard.ui.panels import agents, callers, queues
from wallboard.ui.panels.arrangement import folded
from wallboard.ui.screens.board import BoardScreen
from wallboard.ui.text import plain

MOST_HITS = 40


class Entry(NamedTuple):
    """One entry of the palette. Name and help may hold a vendor's words: shown as they are, never parsed."""

    name: str
    help: str
    run: Callable[[], object]
    more: str = ""  # found by it, too

    @property
    def words(self) -> Content:
        """What it says: ours whole, for Textual reads the help of a hit as markup."""
        return Content.assemble(plain(clean(self.name)), "\n", plain(clean(self.help)).stylize("$muted"))


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
        for name in sorted(self.app.available_themes):
            yield Entry(f"theme {name}", "use this theme", partial(setattr, self.app, "theme", name))
        board = self._board
        picture = board.picture
        for queue in picture.snapshot.floor.queues:
            go = partial(board.floor.go_to, "queues", queues.key_of(queue))
            yield Entry(picture.shown(queue.name), f"queue of {queue.source}", go)
        for caller in picture.snapshot.floor.callers:
            go = partial(board.floor.go_to, "callers", callers.key_of(caller))
            place = picture.queue_name(caller.source, caller.queue)
            yield Entry(callers.phone_of(caller, picture), f"waits in {place}", go)
        for agent in picture.snapshot.floor.agents:
            go = partial(board.floor.go_to, "agents", agents.key_of(agent))
            yield Entry(agents.name_of(agent, picture), f"agent of {agent.source}", go)

    def _actions(self) -> Iterator[Entry]:
        board = self._board
        for action in ACTIONS:
            is_elsewhere = action.group in {Group.MOVING, Group.DESK}
            if action.id in board.keys and action.id != "palette" and not is_elsewhere:
                keys = " ".join(shown(key) for key in board.keys[action.id])
                yield Entry(action.label, f"{keys}   {action.help}", partial(board.do, action.id), action.id)

    def _lists(self) -> Iterator[Entry]:
        lists = self._board.acting.lists
        for offer in lists.offered():
            yield Entry(offer.name, f"list   {offer.help}", partial(lists.open, offer), offer.more)
