"""Several targets, one after the other: a line for each, and the sum; escape stops what has not been sent."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from wallboard.domain.actions import Result, Settlement, Stage, Ticket
from wallboard.domain.ports import ActionSink
from wallboard.language.catalog import N_, _
from wallboard.language.outcomes import task_words, ticket_words
from wallboard.ui.cells import Row, Text
from wallboard.ui.columns import Column
from wallboard.ui.moving import MOVES
from wallboard.ui.panels.picture import Picture
from wallboard.ui.roles import Role
from wallboard.ui.screens.overlay import Overlay
from wallboard.ui.text import plain
from wallboard.ui.widgets.keyed_table import KeyedTable

COLUMNS = (Column("task", N_("What"), least=20, most=60), Column("outcome", N_("Outcome"), least=20, most=110))
_ROLE_OF_RESULT = {
    Result.OK: Role.OK,
    Result.REFUSED: Role.BREACH,
    Result.GONE: Role.WARN,
    Result.NOT_SENT: Role.WARN,
    Result.UNKNOWN: Role.BREACH,
}
_WORDS_OF_RESULT = {
    Result.OK: N_("{count} done"),
    Result.REFUSED: N_("{count} refused"),
    Result.GONE: N_("{count} gone"),
    Result.NOT_SENT: N_("{count} not sent"),
    Result.UNKNOWN: N_("{count} unknown"),
}
_UNDER_WAY, _NOT_DONE = N_("{count} under way"), N_("{count} not done")
_WORDS = (_UNDER_WAY, *_WORDS_OF_RESULT.values(), _NOT_DONE)
MOST_ROWS = 20


class ProgressScreen(Overlay):
    """Lives until it is closed; the tickets go on without it."""

    def __init__(
        self,
        keys: Mapping[str, tuple[str, ...]],
        tickets: Sequence[Ticket],
        sink: ActionSink,
        look: Callable[[], Picture],
    ) -> None:
        """
        Args:
            keys: the keys of each action.
            tickets: those of one confirmation, in their order.
            sink: knows how far they are.
            look: gives the newest picture, for the moment.
        """
        super().__init__(keys)
        self._tickets = {ticket.id: ticket for ticket in tickets}
        self._sink = sink
        self._look = look

    def compose(self) -> ComposeResult:
        with Vertical(classes="overlay -wide"):
            yield Static("", classes="overlay--title", markup=False)
            yield KeyedTable(COLUMNS)
            yield Static("", classes="overlay--hint", markup=False)

    def on_mount(self) -> None:
        self.query_one(KeyedTable).is_current = True
        self.draw(self._look())

    def holds(self, ticket_id: str) -> bool:
        """Whether this ticket is told of here."""
        return ticket_id in self._tickets

    def draw(self, picture: Picture) -> None:
        """Show how far each has come."""
        self._tickets |= {ticket.id: ticket for ticket in self._sink.tickets() if ticket.id in self._tickets}
        table = self.query_one(KeyedTable)
        table.apply([_row(ticket, picture) for ticket in self._tickets.values()], picture.now)
        table.styles.height = min(MOST_ROWS, len(self._tickets) + 1)
        self.query_one(".overlay--title", Static).update(plain(summary(self._tickets.values())))
        hint = _("escape stops what has not been sent") if self._waiting else _("escape closes")
        self.query_one(".overlay--hint", Static).update(hint)

    @property
    def _waiting(self) -> list[Ticket]:
        return [ticket for ticket in self._tickets.values() if ticket.stage is Stage.WAITING]

    def on_key(self, event: events.Key) -> None:
        action = self._actions.get(event.key)
        if action in MOVES:
            table = self.query_one(KeyedTable)
            table.move(MOVES[action](table))
        elif action == "back" and self._waiting:
            for batch in {ticket.batch for ticket in self._waiting}:
                self._sink.take_back(batch)
            self.draw(self._look())
        else:
            return
        event.stop()
        event.prevent_default()  # or it would close this, as it closes every overlay


def summary(tickets: Iterable[Ticket]) -> str:
    """`3 done, 1 gone, 5 not sent`, by what is known so far."""
    counts = Counter(map(_words, tickets))
    return ", ".join(_(words).format(count=counts[words]) for words in _WORDS if counts[words])


def _words(ticket: Ticket) -> str:
    """How it is counted."""
    if ticket.outcome is None:
        return _UNDER_WAY
    if ticket.settlement is not None:
        return _WORDS_OF_RESULT[Result.OK] if ticket.settlement is Settlement.VERIFIED else _NOT_DONE
    return _WORDS_OF_RESULT[ticket.outcome.result]


def _row(ticket: Ticket, picture: Picture) -> Row:
    role = Role.MUTED if ticket.outcome is None else _ROLE_OF_RESULT[ticket.outcome.result]
    if ticket.settlement is not None:
        role = Role.OK if ticket.settlement is Settlement.VERIFIED else Role.BREACH
    return Row(
        key=ticket.id,
        cells=(Text(picture.shown(task_words(ticket.command))), Text(ticket_words(ticket, picture.now), role)),
    )
