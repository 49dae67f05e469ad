"""From an action's key to a confirmed command: what it is for, what stands against it, how it is asked."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Literal, Protocol

from textual.app import App

from wallboard.domain.actions import ActionKind, Obstacle, Result, Settlement, Stage, Ticket
from wallboard.domain.agents import Agent
from wallboard.domain.callers import Caller
from wallboard.domain.destinations import ROOT, Destination
from wallboard.domain.feeds import Freshness
from wallboard.domain.ports import ActionSink
from wallboard.language.outcomes import FRESHNESS_TROUBLES, task_words, ticket_words
from wallboard.ui.actions import Action, shown
from wallboard.ui.panels import agents, callers, campaigns
from wallboard.ui.panels.picture import Picture
from wallboard.ui.places import places, typed_place
from wallboard.ui.proposals import USABLE, Excluded, Proposal, kick, reach_of, set_paused, set_running, transfer
from wallboard.ui.screens.choose import ChooseScreen, Option
from wallboard.ui.screens.confirm import Confirmation, ConfirmScreen
from wallboard.ui.screens.progress import ProgressScreen
from wallboard.ui.screens.unlock import UnlockScreen
from wallboard.ui.widgets.panel import Panel

UNDO_SECONDS = 5.0
KINDS_OF_ACTION: Mapping[str, frozenset[ActionKind]] = {
    "kick_caller": frozenset({ActionKind.KICK_CALLER}),
    "transfer_caller": frozenset({ActionKind.TRANSFER_CALLER}),
    "pause_agent": frozenset({ActionKind.PAUSE_AGENT, ActionKind.RESUME_AGENT}),
    "toggle_campaign": frozenset({ActionKind.START_CAMPAIGN, ActionKind.STOP_CAMPAIGN}),
}


_Queues = tuple[tuple[str, ...], bool]  # of one agent, and whether to pause in them
_Severity = Literal["information", "warning", "error"]


class Ground(Protocol):
    """What acting needs of the board."""

    @property
    def app(self) -> App[object]: ...

    @property
    def keys(self) -> Mapping[str, tuple[str, ...]]:
        """The keys of each action."""
        ...

    @property
    def panel(self) -> Panel:
        """The one whose rows are acted on."""
        ...

    @property
    def live_picture(self) -> Picture:
        """How the floor stands, also while the picture on the screen is held still."""
        ...


class Acting:
    """One for each board; asks in screens over it and submits to the sink.

    Args:
        board: whose rows are acted on.
        sink: where commands go.
        destinations: where callers of each source can be sent.
        is_fast: a single kick, transfer, start or stop waits 5 s, in which it can be taken back, in place of a dialog.
    """

    def __init__(
        self,
        board: Ground,
        sink: ActionSink,
        destinations: Mapping[str, Sequence[Destination]],
        *,
        is_fast: bool,
    ) -> None:
        self._board = board
        self._sink = sink
        self._destinations = destinations
        self._is_fast = is_fast
        self._steps: dict[str, Callable[[Action, tuple[str, ...], Picture], None]] = {
            "kick_caller": self._kick,
            "transfer_caller": self._transfer,
            "pause_agent": self._pause,
            "toggle_campaign": self._toggle,
        }

    # What a key does

    def act(self, action: Action) -> None:
        """Begin what the key is for, on the marked rows or the one under the cursor."""
        panel = self._board.panel
        keys = panel.acted_on
        if self._sink.is_locked:
            self._board.app.push_screen(UnlockScreen(self._sink))
        elif panel.kind.id != action.panel:
            place = shown(self._board.keys[f"focus_{action.panel}"][0])
            self._say(f"{action.label}: choose a row of {action.panel} first ({place} goes there)")
        elif not keys:
            self._say(f"{action.label}: choose a row first, with the arrows or a click")
        elif panel.table.admit_slide() and not panel.table.marks:
            self._say(
                "the row you were on has gone; the cursor stands on another now: press again to mean that", "warning"
            )
        else:
            self._steps[action.id](action, keys, self._board.live_picture)

    def availability(self, action: Action) -> bool:
        """Whether the key would do something to the rows it is for now."""
        keys = self._board.panel.acted_on
        sources = {key.partition("/")[0] for key in keys}
        kinds = KINDS_OF_ACTION[action.id]
        return any(kinds & self._sink.capabilities(source) for source in sources)

    def take_back(self) -> bool:
        """Take back what was confirmed last and has not been sent; False when there is nothing."""
        return self._take_back(self._sink.tickets())

    @property
    def farewell(self) -> list[str]:
        """What is to be said when the board is left now: what will not be sent, and what is on its way."""
        words = {
            Stage.WAITING: "not sent, for the board was left: {task}",
            Stage.SENDING: "on its way when the board was left; the next start looks what came of it: {task}",
        }
        left = [ticket for ticket in self._sink.tickets() if ticket.stage in words]
        return [words[ticket.stage].format(task=task_words(ticket.command)) for ticket in left]

    def told(self, ticket: Ticket) -> None:
        """A ticket has come further: say what a person must know, unless a list on the screen says it."""
        screen = self._board.app.screen
        if isinstance(screen, ProgressScreen) and screen.holds(ticket.id):
            screen.show(self._board.live_picture)
        elif severity := _severity(ticket):
            now = self._board.live_picture.now
            self._say(f"{task_words(ticket.command)}: {ticket_words(ticket, now)}", severity)

    def _kick(self, action: Action, keys: tuple[str, ...], picture: Picture) -> None:
        chosen = self._callers(keys, picture)
        proposal = kick(chosen, picture, self._sink.capabilities)
        self._ask(action, _with_gone(proposal, keys, len(chosen)), picture)

    def _transfer(self, action: Action, keys: tuple[str, ...], picture: Picture) -> None:
        chosen = self._callers(keys, picture)
        sources = {caller.source for caller in chosen}
        proposal = self._free(transfer(chosen, Destination(ROOT), picture, self._sink.capabilities))
        if len(sources) > 1:
            self._say("send to: the marked callers are of several systems; mark those of one", "warning")
        elif self._is_possible(proposal, picture):
            who = proposal.commands[0].words if proposal.target_count == 1 else f"{proposal.target_count} callers"
            source = sources.pop()
            options = places(self._destinations.get(source, ()), source, {each.queue for each in chosen}, picture)
            hint = "a name, or an extension's path as in /2/5"
            screen = ChooseScreen(f"Send {who} to …", options, other=partial(typed_place, options), hint=hint)
            self._board.app.push_screen(screen, partial(self._transfer_to, action, keys, chosen, picture))

    def _transfer_to(
        self, action: Action, keys: tuple[str, ...], chosen: list[Caller], picture: Picture, to: Destination | None
    ) -> None:
        if to is not None:
            proposal = transfer(chosen, to, picture, self._sink.capabilities)
            self._ask(action, _with_gone(proposal, keys, len(chosen)), picture)

    def _pause(self, action: Action, keys: tuple[str, ...], picture: Picture) -> None:
        chosen = [agent for agent in picture.snapshot.floor.agents if agents.key_of(agent) in keys]
        if len(keys) == 1 and self._takes_back_of(keys[0]):
            return
        if len(chosen) == 1 and len(chosen[0].queues) > 1:
            self._ask_queues(chosen[0], action, picture)
            return
        is_pausing = any(set(agent.queues) - set(agent.paused_queues) for agent in chosen)
        pairs = [(agent, agent.queues) for agent in chosen]
        proposal = set_paused(pairs, is_pausing, picture, self._sink.capabilities)
        self._ask(action, _with_gone(proposal, keys, len(chosen)), picture, is_undoable=True)

    def _ask_queues(self, agent: Agent, action: Action, picture: Picture) -> None:
        """Which of the agent's queues: what would happen in each, and in all."""
        options: list[Option[_Queues]] = [
            Option(
                picture.queue_name(agent.source, queue),
                "paused: resume" if queue in agent.paused_queues else "works: pause",
                ((queue,), queue not in agent.paused_queues),
            )
            for queue in agent.queues
        ]
        if len(agent.paused_queues) < len(agent.queues):
            options.insert(0, Option("all queues", "pause in all", (agent.queues, True)))
        if agent.paused_queues:
            options.insert(0, Option("all queues", "resume in all", (agent.queues, False)))

        def chosen(answer: _Queues | None) -> None:
            if answer is not None:
                queues, is_pausing = answer
                proposal = set_paused([(agent, queues)], is_pausing, picture, self._sink.capabilities)
                self._ask(action, proposal, picture, is_undoable=True)

        self._board.app.push_screen(ChooseScreen(f"{agents.name_of(agent, picture)}: in which queue?", options), chosen)

    def _toggle(self, action: Action, keys: tuple[str, ...], picture: Picture) -> None:
        chosen = [each for each in picture.snapshot.floor.campaigns if campaigns.key_of(each) in keys]
        is_starting = not any(campaign.is_running for campaign in chosen)
        proposal = set_running(chosen, is_starting, picture, self._sink.capabilities)
        self._ask(action, _with_gone(proposal, keys, len(chosen)), picture)

    # How it is asked

    def _ask(self, action: Action, proposal: Proposal, picture: Picture, *, is_undoable: bool = False) -> None:
        """One row on fresh data may go with an undo window; everything else is asked in a dialog."""
        proposal = self._free(proposal)
        if not self._is_possible(proposal, picture):
            return
        is_fresh = reach_of(proposal.commands, picture).freshness is not Freshness.STALE
        if not proposal.is_of_several and is_fresh and (is_undoable or self._is_fast):
            self._sink.submit(proposal.commands, undo_seconds=UNDO_SECONDS)
            self._board.panel.clear_marks()
            return
        kind, opened_by = self._board.panel.kind, self._board.keys[action.id]
        screen = ConfirmScreen(proposal, kind, opened_by, lambda: self._board.live_picture)
        self._board.app.push_screen(screen, self._confirmed)

    def _confirmed(self, confirmation: Confirmation | None) -> None:
        if confirmation is None:
            return
        tickets = self._sink.submit(confirmation.commands, accepts_stale=confirmation.accepts_stale)
        self._board.panel.clear_marks()
        if len(tickets) > 1:
            look = partial(getattr, self._board, "live_picture")
            self._board.app.push_screen(ProgressScreen(self._board.keys, tickets, self._sink, look))

    def _free(self, proposal: Proposal) -> Proposal:
        """Without what is being done already."""
        for command in proposal.commands:
            if ticket := self._sink.claim(command):
                progress = ticket_words(ticket, self._board.live_picture.now)
                proposal = proposal.without(command, f"already under way: {progress}")
        return proposal

    def _is_possible(self, proposal: Proposal, picture: Picture) -> bool:
        """Whether there is anything to ask; says why not."""
        if not proposal.commands:
            reasons = dict.fromkeys(f"{each.words}: {each.reason}" for each in proposal.excluded)
            self._say("\n".join(reasons) or "the row has gone: nothing was done", "warning")
            return False
        reach = reach_of(proposal.commands, picture)
        if reach.freshness not in USABLE:
            self._say(f"{proposal.commands[0].source}: {FRESHNESS_TROUBLES[reach.freshness]}", "error")
            return False
        return True

    def _takes_back_of(self, row_key: str) -> bool:
        """The key pressed again within the undo window."""
        return self._take_back(ticket for ticket in self._sink.tickets() if ticket.command.row_key == row_key)

    def _take_back(self, tickets: Iterable[Ticket]) -> bool:
        waiting = [ticket for ticket in tickets if ticket.stage is Stage.WAITING]
        return bool(waiting) and self._sink.take_back(waiting[-1].batch) > 0

    def _callers(self, keys: tuple[str, ...], picture: Picture) -> list[Caller]:
        found = {callers.key_of(caller): caller for caller in picture.snapshot.floor.callers}
        return [found[key] for key in keys if key in found]

    def _say(self, words: str, severity: _Severity = "information") -> None:
        self._board.app.notify(words, severity=severity, timeout=8, markup=False)


def _with_gone(proposal: Proposal, keys: Sequence[str], count: int) -> Proposal:
    """With marked rows named that are not there any more."""
    gone = len(keys) - count
    return (
        proposal.leaving(Excluded(f"{gone} of {len(keys)} rows", "gone meanwhile"))
        if 0 < gone < len(keys)
        else proposal
    )


def _severity(ticket: Ticket) -> _Severity | None:
    """How loudly to say it; None: not at all."""
    if ticket.settlement is not None:
        return "information" if ticket.settlement is Settlement.VERIFIED else "error"
    if ticket.outcome is None or (ticket.outcome.result is Result.OK and ticket.is_recorded):
        return None
    if ticket.outcome.obstacle is Obstacle.TAKEN_BACK:
        return "information"
    return "warning" if ticket.outcome.result is Result.GONE else "error"
