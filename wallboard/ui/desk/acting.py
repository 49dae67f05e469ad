"""From a key of the desk to a confirmed command: what is typed or chosen, what stands against it, how it is asked."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Protocol

from wallboard.domain.actions import ActionKind, Ticket
from wallboard.domain.agents import Agent
from wallboard.domain.campaigns import Campaign, CampaignKind
from wallboard.domain.targets import Member, NewTarget
from wallboard.language.catalog import N_, _, ngettext
from wallboard.language.outcomes import NOT_CAPABLE_WORDS
from wallboard.ui.actions import Action, shown
from wallboard.ui.asking import Asker
from wallboard.ui.desk import forms, proposals
from wallboard.ui.desk.importing import ImportGround, begin_import
from wallboard.ui.desk.lists import ListsView
from wallboard.ui.desk.members import name_of
from wallboard.ui.desk.targets import TargetRow
from wallboard.ui.panels import agents
from wallboard.ui.panels.catalog import CAMPAIGNS
from wallboard.ui.proposals import Proposal, set_running
from wallboard.ui.screens.choose import ChooseScreen, Option
from wallboard.ui.screens.choose_several import ChooseSeveralScreen
from wallboard.ui.screens.form import FormScreen
from wallboard.ui.screens.unlock import UnlockScreen

KINDS_OF_ACTION: Mapping[str, frozenset[ActionKind]] = {
    "add_target": frozenset({ActionKind.ADD_TARGET}),
    "import_targets": frozenset({ActionKind.ADD_TARGETS}),
    "change_target": frozenset({ActionKind.CHANGE_TARGET}),
    "remove_target": frozenset({ActionKind.REMOVE_TARGET}),
    "clear_targets": frozenset({ActionKind.CLEAR_TARGETS}),
    "add_members": frozenset({ActionKind.ADD_MEMBER}),
    "remove_member": frozenset({ActionKind.REMOVE_MEMBER}),
    "set_pace": frozenset({ActionKind.SET_PACE}),
    "toggle_campaign": frozenset({ActionKind.START_CAMPAIGN, ActionKind.STOP_CAMPAIGN}),
}
ON_ROWS = frozenset({"change_target", "remove_target", "remove_member"})
NO_MEMBERS = N_("a smart dialer has no members: it calls the target first")
NO_PACE = N_("an agent dialer has no pace to set: it rings an agent, then calls")
ELSEWHERE = {  # by the list in which it is done
    "targets": N_("{action}: choose a row of the targets first ({key} goes there)"),
    "members": N_("{action}: choose a row of the members first ({key} goes there)"),
}


class Ground(ImportGround, Protocol):
    """What acting needs of the desk."""

    @property
    def lists(self) -> ListsView: ...


class DeskActing:
    """One for each desk; asks in screens over it and submits to the sink."""

    def __init__(self, desk: Ground, *, is_fast: bool) -> None:
        """
        Args:
            desk: whose campaign is acted on.
            is_fast: starting and stopping waits 5 s, in which it can be taken back, in place of a dialog.
        """
        self._desk = desk
        self._sink = desk.switchboard.sink
        self._asker = Asker(desk, self._sink)
        self._is_fast = is_fast
        self._steps: Mapping[str, Callable[[Campaign], None]] = {
            "add_target": self._add,
            "import_targets": lambda _: begin_import(self._desk),
            "change_target": self._change,
            "remove_target": self._remove,
            "clear_targets": self._clear,
            "add_members": self._add_members,
            "remove_member": self._remove_members,
            "set_pace": self._set_pace,
            "toggle_campaign": self._toggle,
        }

    def act(self, action: Action) -> None:
        """Begin what the key is for, on the campaign, or on the marked rows or the one under the cursor."""
        campaign, panel = self._desk.campaign, self._desk.lists.panel
        misplaced = action.id in ON_ROWS and panel.kind.id not in action.panels
        if self._sink.is_locked:
            self._desk.app.push_screen(UnlockScreen(self._sink))
        elif words := self._against(action, campaign):
            self._asker.say(f"{_(action.label)}: {words}", "warning")
        elif misplaced:
            key = shown(self._desk.keys["next_panel"][0])
            self._asker.say(_(ELSEWHERE[action.panels[0]]).format(action=_(action.label), key=key))
        elif action.id not in ON_ROWS or self._asker.is_on_rows(action, panel):
            self._steps[action.id](campaign)

    def offers(self, action: Action) -> bool:
        """Whether it stands in the footer of the current list."""
        is_smart = self._desk.campaign.kind is CampaignKind.SMART
        return self._desk.lists.panel.kind.id in action.panels and (action.id != "set_pace" or is_smart)

    def availability(self, action: Action) -> bool:
        """Whether the key would do something now."""
        has_rows = action.id not in ON_ROWS or bool(self._desk.lists.panel.acted_on)
        return has_rows and bool(KINDS_OF_ACTION[action.id] & self._sink.capabilities(self._desk.campaign.source))

    def _against(self, action: Action, campaign: Campaign) -> str:
        """Why it makes no sense for this campaign."""
        if campaign.kind is CampaignKind.SMART and "members" in action.panels:
            return _(NO_MEMBERS)
        if campaign.kind is CampaignKind.AGENT and action.id == "set_pace":
            return _(NO_PACE)
        kinds = KINDS_OF_ACTION[action.id]
        if not kinds & self._sink.capabilities(campaign.source):
            return _(NOT_CAPABLE_WORDS[min(kinds)]).format(source=campaign.source)
        return ""

    # Targets

    def _add(self, campaign: Campaign) -> None:
        def typed(values: dict[str, str] | None) -> None:
            if values is not None:
                new = forms.typed_target(values)
                known = len(self._rows_of(new.number))
                self._ask("add_target", proposals.add(campaign, new, known, self._desk.live_picture))

        remark = forms.pending_words(lambda number: len(self._rows_of(number)))
        title = _("Add a target to {campaign}").format(campaign=self._desk.campaign_words)
        self._desk.app.push_screen(FormScreen(title, forms.new_target(), _("go on"), remark), typed)

    def _change(self, campaign: Campaign) -> None:
        rows = self._desk.lists.targets.chosen
        pairs = [(row, new) for row in rows if (new := proposals.as_listed(row.target)) is not None]
        if not pairs:
            self._asker.say(_("change: the vendor takes no number that is written like this"), "warning")
            return
        self._desk.lists.ask_again()  # what has gone by now must not be changed: the vendor would add it anew
        is_single = len(rows) == 1
        fields = forms.changed_target(pairs[0][1]) if is_single else [forms.priority()]
        picture = self._desk.live_picture
        who = picture.shown(f"{rows[0].number} {rows[0].target.name}".strip())
        several = ngettext("Change {count} target", "Change {count} targets", len(rows)).format(count=f"{len(rows):,}")
        title = _("Change {target}").format(target=who) if is_single else several

        def typed(values: dict[str, str] | None) -> None:
            if values is not None:
                wanted = [(row, _changed(new, values)) for row, new in pairs]
                self._ask_change(campaign, wanted, [row for row in rows if proposals.as_listed(row.target) is None])

        self._desk.app.push_screen(FormScreen(title, fields, _("go on")), typed)

    def _ask_change(
        self, campaign: Campaign, wanted: list[tuple[TargetRow, NewTarget]], unsendable: list[TargetRow]
    ) -> None:
        picture = self._desk.live_picture
        pairs = [(row, new) for row, new in wanted if new != proposals.as_listed(row.target)]
        if not pairs:
            self._asker.say(_("change: nothing is different"))
            return
        self._desk.lists.ask_again()
        proposal = proposals.change(campaign, pairs, self._rows_of, picture)
        self._ask("change_target", proposal.leaving(*(proposals.unsendable(row, picture) for row in unsendable)))

    def _remove(self, campaign: Campaign) -> None:
        rows = self._desk.lists.targets.chosen
        if rows:
            self._ask("remove_target", proposals.remove(campaign, rows, self._rows_of, self._desk.live_picture))

    def _clear(self, campaign: Campaign) -> None:
        self._ask("clear_targets", proposals.clear(campaign, self._desk.live_picture))

    def _rows_of(self, number: str) -> list[TargetRow]:
        return list(self._desk.lists.targets.list.rows_of(number))

    # Members

    def _add_members(self, campaign: Campaign) -> None:
        picture, lists = self._desk.live_picture, self._desk.lists
        if lists.member_count is None:
            self._asker.say(_("add members: who they are now is not known yet"), "warning")
            return
        taken = {member.id for member in lists.members.all}
        free = [a for a in picture.snapshot.floor.agents if a.source == campaign.source and a.id not in taken]
        if not free:
            words = _("add members: all extensions of {source} on the board are members already")
            self._asker.say(words.format(source=campaign.source))
            return
        named = {agent.id: agents.name_of(agent, picture) or agent.id for agent in free}

        def chosen(ids: tuple[str, ...] | None) -> None:
            if ids:
                members = {each: named[each] for each in ids}
                self._ask("add_members", proposals.add_members(campaign, members, self._desk.live_picture))

        options = sorted((self._option(agent, named[agent.id]) for agent in free), key=lambda option: option.words)
        title = _("Whom may {campaign} ring?").format(campaign=self._desk.campaign_words)
        self._desk.app.push_screen(ChooseSeveralScreen(title, options), chosen)

    def _option(self, agent: Agent, name: str) -> Option[str]:
        number = self._desk.live_picture.shown(agent.number)
        return Option(name, f"{number}  {agents.state_of(agent).text}", agent.id)

    def _remove_members(self, campaign: Campaign) -> None:
        picture = self._desk.live_picture
        known = {agent.id: agent for agent in picture.snapshot.floor.agents if agent.source == campaign.source}
        chosen: list[Member] = self._desk.lists.members.chosen
        names = {member.id: name_of(member, known.get(member.id), picture) for member in chosen}
        if names:
            self._ask("remove_member", proposals.remove_members(campaign, names, picture))

    # The campaign

    def _set_pace(self, campaign: Campaign) -> None:
        picture = self._desk.live_picture
        queues = [queue for queue in picture.snapshot.floor.queues if queue.source == campaign.source]
        if not queues:
            self._asker.say(_("pace: no queue of {source} is known yet").format(source=campaign.source), "warning")
            return
        options = [Option(picture.shown(each.name), each.id, (each.id, picture.shown(each.name))) for each in queues]

        def filled_in(queue: tuple[str, str], values: dict[str, str] | None) -> None:
            if values is not None:
                figures = int(values["most_waiting"]), int(values["coefficient"])
                self._ask("set_pace", proposals.set_pace(campaign, queue, *figures, self._desk.live_picture))

        def chosen(queue: tuple[str, str] | None) -> None:
            if queue is not None:
                title = _("Pace of {campaign}, by {queue}").format(campaign=self._desk.campaign_words, queue=queue[1])
                self._desk.app.push_screen(FormScreen(title, forms.pace(), _("go on")), partial(filled_in, queue))

        title = _("Which queue does {campaign} watch?").format(campaign=self._desk.campaign_words)
        self._desk.app.push_screen(ChooseScreen(title, options), chosen)

    def _toggle(self, campaign: Campaign) -> None:
        proposal = set_running([campaign], not campaign.is_running, self._desk.live_picture, self._sink.capabilities)
        opened_by = self._desk.keys["toggle_campaign"]
        self._asker.ask(proposal, opened_by, kind=CAMPAIGNS, is_direct=self._is_fast)

    def _ask(self, action: str, proposal: Proposal) -> None:
        able = proposals.able(proposal, self._sink.capabilities(self._desk.campaign.source))
        self._asker.ask(able, self._desk.keys[action], self._submitted)

    def _submitted(self, _: tuple[Ticket, ...]) -> None:
        self._desk.lists.panel.clear_marks()


def _changed(new: NewTarget, values: Mapping[str, str]) -> NewTarget:
    """As it was typed; what the form did not ask for stays."""
    new = replace(new, priority=forms.priority_of(values["priority"]))
    if "name" in values:
        new = replace(new, name=values["name"], custom=forms.data_typed(values["data"]))
    return new
