"""From an action's key to a confirmed command: what it is for, what stands against it, how it is asked."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Protocol

from wallboard.domain.actions import ActionKind, Obstacle, Result, Settlement, Stage, Ticket
from wallboard.domain.agents import Agent
from wallboard.domain.callers import Caller
from wallboard.domain.destinations import ROOT, Destination
from wallboard.language.catalog import _, ngettext
from wallboard.language.outcomes import task_words, ticket_words
from wallboard.language.sending import farewell
from wallboard.ui.actions import Action, shown
from wallboard.ui.asking import Asker, Severity
from wallboard.ui.asking import Ground as AskingGround
from wallboard.ui.panels import agents, callers, campaigns
from wallboard.ui.panels.picture import Picture
from wallboard.ui.places import places, typed_place
from wallboard.ui.proposals import Excluded, Proposal, caller_names, kick, set_paused, set_running, transfer
from wallboard.ui.screens.choose import ChooseScreen, Option
from wallboard.ui.screens.progress import ProgressScreen
from wallboard.ui.screens.unlock import UnlockScreen
from wallboard.ui.switchboard import Switchboard
from wallboard.ui.toolbox.catalog import Lists
from wallboard.ui.toolbox.reaching import Reaching
from wallboard.ui.widgets.panel import Panel

KINDS_OF_ACTION: Mapping[str, frozenset[ActionKind]] = {
    "kick_caller": frozenset({ActionKind.KICK_CALLER}),
    "transfer_caller": frozenset({ActionKind.TRANSFER_CALLER}),
    "pause_agent": frozenset({ActionKind.PAUSE_AGENT, ActionKind.RESUME_AGENT}),
    "toggle_campaign": frozenset({ActionKind.START_CAMPAIGN, ActionKind.STOP_CAMPAIGN}),
}


_Queues = tuple[tuple[str, ...], bool]  # of one agent, and whether to pause in them


class Ground(AskingGround, Protocol):
    """What acting needs of the board."""

    @property
    def panel(self) -> Panel:
        """The one whose rows are acted on."""
        ...


class Acting:
    """One for each board; asks in screens over it and submits to the sink.

    Args:
        board: whose rows are acted on.
        switchboard: where commands and questions go.
        destinations: where callers of each source can be sent.
        is_fast: a single kick, transfer, start or stop waits 5 s, in which it can be taken back, in place of a dialog.
    """

    def __init__(
        self,
        board: Ground,
        switchboard: Switchboard,
        destinations: Mapping[str, Sequence[Destination]],
        *,
        is_fast: bool,
    ) -> None:
        self._board = board
        self._sink = switchboard.sink
        self._imports = switchboard.imports
        self._asker = Asker(board, self._sink)
        self._destinations = destinations
        self._is_fast = is_fast
        self.lists = Lists(board, switchboard, self._asker)
        self._reaching = Reaching(board, switchboard, self._asker)
        self._steps: dict[str, Callable[[Action, tuple[str, ...], Picture], None]] = {
            "kick_caller": self._kick,
            "transfer_caller": self._transfer,
            "pause_agent": self._pause,
            "toggle_campaign": self._toggle,
            "send_sms": self._reaching.send_sms,
            "call_back": self._reaching.call_back,
            "add_to_campaign": self._reaching.add_to_campaign,
        }

    # What a key does

    def act(self, action: Action) -> None:
        """Begin what the key is for, on the marked rows or the one under the cursor."""
        panel = self._board.panel
        if self._sink.is_locked:
            self._board.app.push_screen(UnlockScreen(self._sink))
        elif panel.kind.id not in action.panels:
            places = [shown(self._board.keys[f"focus_{panel}"][0]) for panel in action.panels]
            words = ngettext(
                "{action}: choose a row of {panels} first ({keys} goes there)",
                "{action}: choose a row of {panels} first ({keys} go there)",
                len(places),
            )
            self._asker.say(words.format(action=_(action.label), panels=_panel_names(action), keys=", ".join(places)))
        elif self._asker.is_on_rows(action, panel):
            self._steps[action.id](action, panel.acted_on, self._board.live_picture)

    def availability(self, action: Action) -> bool:
        """Whether the key would do something to the rows it is for now."""
        keys = self._board.panel.acted_on
        if action.id not in KINDS_OF_ACTION:
            return self._reaching.availability(action, keys, self._board.live_picture)
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
            Stage.WAITING: _("not sent, for the board was left: {task}"),
            Stage.SENDING: _("on its way when the board was left; the next start looks what came of it: {task}"),
        }
        left = [t for t in self._sink.tickets() if t.stage in words and t.command.kind is not ActionKind.ADD_TARGETS]
        told = [words[ticket.stage].format(task=task_words(ticket.command)) for ticket in left]
        return told + [farewell(progress) for progress in self._imports.all() if progress.is_under_way]

    def told(self, ticket: Ticket) -> None:
        """A ticket has come further: say what a person must know, unless a list on the screen says it."""
        screen = self._board.app.screen
        if isinstance(screen, ProgressScreen) and screen.holds(ticket.id):
            screen.show(self._board.live_picture)
        elif severity := _severity(ticket):
            now = self._board.live_picture.now
            self._asker.say(f"{task_words(ticket.command)}: {ticket_words(ticket, now)}", severity)

    def _kick(self, action: Action, keys: tuple[str, ...], picture: Picture) -> None:
        chosen = self._callers(keys, picture)
        proposal = kick(chosen, picture, self._sink.capabilities)
        self._ask(action, _with_gone(proposal, keys, len(chosen)))

    def _transfer(self, action: Action, keys: tuple[str, ...], picture: Picture) -> None:
        chosen = self._callers(keys, picture)
        sources = {caller.source for caller in chosen}
        proposal = self._asker.free(transfer(chosen, Destination(ROOT), picture, self._sink.capabilities))
        if len(sources) > 1:
            self._asker.say(_("send to: the marked callers are of several systems; mark those of one"), "warning")
        elif self._asker.is_possible(proposal, picture):
            count = proposal.target_count
            who = proposal.commands[0].words if count == 1 else caller_names(count)
            source = sources.pop()
            options = places(self._destinations.get(source, ()), source, {each.queue for each in chosen}, picture)
            hint = _("a name, or an extension's path as in /2/5")
            title = _("Send {callers} to …").format(callers=who)
            screen = ChooseScreen(title, options, other=partial(typed_place, options), hint=hint)
            self._board.app.push_screen(screen, partial(self._transfer_to, action, keys, chosen, picture))

    def _transfer_to(
        self, action: Action, keys: tuple[str, ...], chosen: list[Caller], picture: Picture, to: Destination | None
    ) -> None:
        if to is not None:
            proposal = transfer(chosen, to, picture, self._sink.capabilities)
            self._ask(action, _with_gone(proposal, keys, len(chosen)))

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
        self._ask(action, _with_gone(proposal, keys, len(chosen)), is_undoable=True)

    def _ask_queues(self, agent: Agent, action: Action, picture: Picture) -> None:
        """Which of the agent's queues: what would happen in each, and in all."""
        options: list[Option[_Queues]] = [
            Option(
                picture.queue_name(agent.source, queue),
                _("paused: resume") if queue in agent.paused_queues else _("works: pause"),
                ((queue,), queue not in agent.paused_queues),
            )
            for queue in agent.queues
        ]
        if len(agent.paused_queues) < len(agent.queues):
            options.insert(0, Option(_("all queues"), _("pause in all"), (agent.queues, True)))
        if agent.paused_queues:
            options.insert(0, Option(_("all queues"), _("resume in all"), (agent.queues, False)))

        def chosen(answer: _Queues | None) -> None:
            if answer is not None:
                queues, is_pausing = answer
                proposal = set_paused([(agent, queues)], is_pausing, picture, self._sink.capabilities)
                self._ask(action, proposal, is_undoable=True)

        title = _("{agent}: in which queue?").format(agent=agents.name_of(agent, picture))
        self._board.app.push_screen(ChooseScreen(title, options), chosen)

    def _toggle(self, action: Action, keys: tuple[str, ...], picture: Picture) -> None:
        chosen = [each for each in picture.snapshot.floor.campaigns if campaigns.key_of(each) in keys]
        is_starting = not any(campaign.is_running for campaign in chosen)
        proposal = set_running(chosen, is_starting, picture, self._sink.capabilities)
        self._ask(action, _with_gone(proposal, keys, len(chosen)))

    # How it is asked

    def _ask(self, action: Action, proposal: Proposal, *, is_undoable: bool = False) -> None:
        """One row on fresh data may go with an undo window; everything else is asked in a dialog."""
        panel = self._board.panel
        self._asker.ask(
            proposal,
            self._board.keys[action.id],
            lambda _: panel.clear_marks(),
            kind=panel.kind,
            is_direct=is_undoable or self._is_fast,
        )

    def _takes_back_of(self, row_key: str) -> bool:
        """The key pressed again within the undo window."""
        return self._take_back(ticket for ticket in self._sink.tickets() if ticket.command.row_key == row_key)

    def _take_back(self, tickets: Iterable[Ticket]) -> bool:
        waiting = [ticket for ticket in tickets if ticket.stage is Stage.WAITING]
        return bool(waiting) and self._sink.take_back(waiting[-1].batch) > 0

    def _callers(self, keys: tuple[str, ...], picture: Picture) -> list[Caller]:
        found = {callers.key_of(caller): caller for caller in picture.snapshot.floor.callers}
        return [found[key] for key in keys if key in found]


def _panel_names(action: Action) -> str:
    """The panels whose rows the action is for; a panel's id is its English name."""
    *others, last = [_(panel) for panel in action.panels]
    return _("{panels} or {panel}").format(panels=", ".join(others), panel=last) if others else last


def _with_gone(proposal: Proposal, keys: Sequence[str], count: int) -> Proposal:
    """With marked rows named that are not there any more."""
    gone = len(keys) - count
    return (
        proposal.leaving(
            Excluded(_("{count} of {total} rows").format(count=gone, total=len(keys)), _("gone meanwhile"))
        )
        if 0 < gone < len(keys)
        else proposal
    )


def _severity(ticket: Ticket) -> Severity | None:
    """How loudly to say it; None: not at all."""
    if ticket.settlement is not None:
        return "information" if ticket.settlement is Settlement.VERIFIED else "error"
    if ticket.outcome is None or ticket.command.kind is ActionKind.ADD_TARGETS:  # files of targets tell of themselves
        return None
    if ticket.outcome.result is Result.OK and ticket.is_recorded:
        # No poll will show what is not on the board, so this is all there is to be told.
        return None if ticket.command.is_seen else "information"
    if ticket.outcome.obstacle is Obstacle.TAKEN_BACK:
        return "information"
    return "warning" if ticket.outcome.result is Result.GONE else "error"
