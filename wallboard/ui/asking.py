"""How a proposal is asked and submitted: without what is under way already, on data that are to be believed."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Literal, Protocol

from textual.app import App

from wallboard.domain.actions import Ticket
from wallboard.domain.feeds import Freshness
from wallboard.domain.ports import ActionSink
from wallboard.language.catalog import _
from wallboard.language.outcomes import FRESHNESS_TROUBLES, ticket_words
from wallboard.ui.actions import Action
from wallboard.ui.panels.catalog import PanelKind
from wallboard.ui.panels.picture import Picture
from wallboard.ui.proposals import USABLE, Proposal, reach_of
from wallboard.ui.screens.confirm import Confirmation, ConfirmScreen
from wallboard.ui.screens.progress import ProgressScreen
from wallboard.ui.widgets.panel import Panel

UNDO_SECONDS = 5.0
Severity = Literal["information", "warning", "error"]
Submitted = Callable[[tuple[Ticket, ...]], object]


class Ground(Protocol):
    """What asking needs of the board."""

    @property
    def app(self) -> App[object]: ...

    @property
    def keys(self) -> Mapping[str, tuple[str, ...]]:
        """The keys of each action."""
        ...

    @property
    def live_picture(self) -> Picture:
        """How the floor stands, also while the picture on the screen is held still."""
        ...


class Asker:
    """Asks in a dialog over whatever is on the screen, and submits what was confirmed to the sink."""

    def __init__(self, ground: Ground, sink: ActionSink) -> None:
        self._ground = ground
        self._sink = sink

    def ask(
        self,
        proposal: Proposal,
        opened_by: tuple[str, ...],
        submitted: Submitted = lambda _: None,
        *,
        kind: PanelKind | None = None,
        is_direct: bool = False,
        left: Callable[[], None] = lambda: None,
    ) -> None:
        """Ask whether it is meant.

        Args:
            proposal: what.
            opened_by: the keys that lead here; none of them confirms.
            submitted: told the tickets, once it is confirmed.
            kind: the panel whose rows the targets are; None where the proposal tells all of its target.
            is_direct: one target on fresh data needs no dialog: it can be taken back for a while.
            left: called when it is not confirmed, so that what was typed for it need not be typed again.
        """
        proposal = self.free(proposal)
        picture = self._ground.live_picture
        if not self.is_possible(proposal, picture):
            return
        is_fresh = reach_of(proposal.commands, picture).freshness is not Freshness.STALE
        if is_direct and is_fresh and not proposal.is_of_several:
            submitted(self._sink.submit(proposal.commands, undo_seconds=UNDO_SECONDS))
        else:
            screen = ConfirmScreen(proposal, kind, opened_by, lambda: self._ground.live_picture)
            self._ground.app.push_screen(screen, partial(self._confirmed, submitted, left))

    def free(self, proposal: Proposal) -> Proposal:
        """Without what is being done already."""
        for command in proposal.commands:
            if ticket := self._sink.claim(command):
                progress = ticket_words(ticket, self._ground.live_picture.now)
                proposal = proposal.without(command, _("already under way: {progress}").format(progress=progress))
        return proposal

    def is_possible(self, proposal: Proposal, picture: Picture) -> bool:
        """Whether there is anything to ask; says why not."""
        if not proposal.commands:
            reasons = dict.fromkeys(f"{each.words}: {each.reason}" for each in proposal.excluded)
            self.say("\n".join(reasons) or _("the row has gone: nothing was done"), "warning")
            return False
        reach = reach_of(proposal.commands, picture)
        if reach.freshness not in USABLE:
            self.say(f"{proposal.commands[0].source}: {_(FRESHNESS_TROUBLES[reach.freshness])}", "error")
            return False
        return True

    def is_on_rows(self, action: Action, panel: Panel) -> bool:
        """Whether there are rows that the key is meant for; says why not."""
        if not panel.acted_on:
            words = _("{action}: choose a row first, with the arrows or a click")
            self.say(words.format(action=_(action.label)))
            return False
        if panel.table.admit_slide() and not panel.table.marks:
            self.say(
                _("the row you were on has gone; the cursor stands on another now: press again to mean that"), "warning"
            )
            return False
        return True

    def say(self, words: str, severity: Severity = "information") -> None:
        """A word to the person."""
        words = self._ground.live_picture.shown(words)
        self._ground.app.notify(words, severity=severity, timeout=8, markup=False)

    def _confirmed(self, submitted: Submitted, left: Callable[[], None], confirmation: Confirmation | None) -> None:
        if confirmation is None:
            left()
            return
        tickets: Sequence[Ticket] = self._sink.submit(confirmation.commands, accepts_stale=confirmation.accepts_stale)
        submitted(tuple(tickets))
        if len(tickets) > 1:
            look = partial(getattr, self._ground, "live_picture")
            self._ground.app.push_screen(ProgressScreen(self._ground.keys, tickets, self._sink, look))
