"""A file of targets for a campaign, from the key to the report: which file, what is in it, whether to send it."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Protocol
from weakref import WeakKeyDictionary

from textual.app import App
from textual.widgets import Static

from wallboard.domain.actions import ActionKind
from wallboard.domain.campaign_actions import AddTargets
from wallboard.domain.campaigns import Campaign
from wallboard.domain.imports import BATCH_TARGETS, ImportPlan, ImportStage
from wallboard.domain.ports import ImportTroubleError
from wallboard.language.catalog import _
from wallboard.language.outcomes import NOT_CAPABLE_WORDS
from wallboard.language.sending import batches_words, calling_words, targets
from wallboard.ui.asking import Asker
from wallboard.ui.asking import Ground as AskingGround
from wallboard.ui.desk.files import shown_path, started_in
from wallboard.ui.panels.campaigns import state_of
from wallboard.ui.panels.picture import Picture
from wallboard.ui.proposals import Proposal
from wallboard.ui.screens.confirm import ConfirmScreen
from wallboard.ui.screens.file_choice import FileChoice, folder_typed
from wallboard.ui.screens.plan import PlanScreen, Result
from wallboard.ui.screens.sending import ANOTHER, GO_ON, SendingScreen
from wallboard.ui.screens.unlock import UnlockScreen
from wallboard.ui.switchboard import Switchboard
from wallboard.ui.text import plain

_ROOM = 40  # for a path in the question: one line
# Where each board's last file was: whoever mends a file finds it again.
_FOLDERS: WeakKeyDictionary[App[object], Path] = WeakKeyDictionary()


class ImportGround(AskingGround, Protocol):
    """What an import needs of the desk it is begun at."""

    @property
    def campaign(self) -> Campaign:
        """As it was told of last."""
        ...

    @property
    def campaign_words(self) -> str:
        """As the person sees it."""
        ...

    @property
    def switchboard(self) -> Switchboard: ...


def begin_import(ground: ImportGround) -> None:
    """What the key does: show what is under way or was stopped, else ask for a file."""
    Importing(ground).begin()


class Importing:
    """One import, in screens over the desk."""

    def __init__(self, ground: ImportGround) -> None:
        self._ground = ground
        self._imports = ground.switchboard.imports
        self._sink = ground.switchboard.sink
        self._asker = Asker(ground, self._sink)

    def begin(self) -> None:
        campaign = self._ground.campaign
        progress = self._imports.progress(campaign.source, campaign.id)
        if progress is not None and progress.stage is not ImportStage.ENDED:
            self._watch()
        elif ActionKind.ADD_TARGETS not in self._sink.capabilities(campaign.source):
            self._asker.say(_(NOT_CAPABLE_WORDS[ActionKind.ADD_TARGETS]).format(source=campaign.source), "warning")
        elif not self._is_locked():
            self._choose()

    # Which file, and what is in it

    def _choose(self, typed: str = "") -> None:
        """Ask for a file; `typed` is what stands in the line, else the folder used last."""
        app = self._ground.app
        start = started_in()
        title = _("Which file for {campaign}?").format(campaign=self._ground.campaign_words)
        typed = typed or folder_typed(_FOLDERS.get(app, start))
        app.push_screen(FileChoice(self._ground.keys, title, start, typed), self._chosen)

    def _chosen(self, path: Path | None) -> None:
        if path is not None:
            _FOLDERS[self._ground.app] = path.parent
            self._check(path)

    def _check(self, path: Path) -> None:
        ground = self._ground
        screen = PlanScreen(
            ground.keys,
            ground.campaign_words,
            path,
            lambda: self._imports.plan(path, ground.campaign),
            self._question,
            lambda: ground.live_picture,
        )
        ground.app.push_screen(screen, partial(self._planned, path))

    def _planned(self, path: Path, result: Result | None) -> None:
        if result is None:
            self._choose(shown_path(path))
            return
        plan, confirmation = result
        campaign, words = self._ground.campaign, self._ground.campaign_words
        try:
            self._imports.start(plan, campaign, words, accepts_stale=confirmation.accepts_stale)
        except ImportTroubleError as trouble:
            self._asker.say(_("nothing was sent: {trouble}").format(trouble=trouble), "error")
        else:
            self._watch()

    # Whether to send it

    def _question(self, plan: ImportPlan) -> ConfirmScreen | None:
        """Asks for the number of targets; None where nothing can be sent now, which is said."""
        if self._is_locked():
            return None
        proposal = self._proposal(plan)
        is_possible = self._asker.is_possible(proposal, self._ground.live_picture)
        return ImportQuestion(proposal, self._ground) if is_possible else None

    def _proposal(self, plan: ImportPlan) -> Proposal:
        campaign, words = self._ground.campaign, self._ground.campaign_words
        rest = plan.to_send
        count = targets(len(rest))
        left_out = len(plan.bad) + len(plan.doubles) + len(plan.already_pending) + len(plan.good) - len(rest)
        command = AddTargets(
            source=campaign.source,
            target=campaign.id,
            words=words,
            feed=campaign.feed,
            code=campaign.code,
            new=rest,
            file=plan.digest,
        )
        return Proposal(
            question=_("Add {whom} to {campaign}?").format(whom="{}", campaign=words),
            names=lambda _: count,
            verb=_("add {targets}").format(targets=count),
            effect=calling_words(campaign),
            commands=(command,),
            word=str(len(rest)),
            lines=(
                (_("Campaign"), _standing(words, campaign)),
                (_("File"), shown_path(plan.path, _ROOM)),
                (_("Targets"), f"{len(rest):,}"),
                (_("Sent"), batches_words(len(rest), BATCH_TARGETS)),
                (_("Rows left out"), f"{left_out:,}" if left_out else _("none")),
            ),
        )

    # How far it is

    def _watch(self) -> None:
        ground, campaign = self._ground, self._ground.campaign
        screen = SendingScreen(
            ground.keys, self._imports, campaign.source, campaign.id, self._stop, lambda: ground.live_picture
        )
        ground.app.push_screen(screen, self._watched)

    def _stop(self) -> None:
        if not self._is_locked():
            self._imports.stop(self._ground.campaign.source, self._ground.campaign.id)

    def _watched(self, wish: str | None) -> None:
        campaign = self._ground.campaign
        progress = self._imports.progress(campaign.source, campaign.id)
        if wish is None or self._is_locked():
            return
        if wish == GO_ON and progress is not None:
            self._check(progress.path)
        elif wish == ANOTHER:
            self._choose()

    def _is_locked(self) -> bool:
        """Asks for the PIN where one is needed."""
        if self._sink.is_locked:
            self._ground.app.push_screen(UnlockScreen(self._sink))
        return self._sink.is_locked


class ImportQuestion(ConfirmScreen):
    """What becomes of the targets depends on whether the campaign runs: when that changes, the number is typed anew."""

    def __init__(self, proposal: Proposal, ground: ImportGround) -> None:
        super().__init__(proposal, None, ground.keys["import_targets"], lambda: ground.live_picture)

    def draw(self, picture: Picture) -> None:
        [command] = self._proposal.commands
        campaigns = picture.snapshot.floor.campaigns
        campaign = next((c for c in campaigns if (c.source, c.id) == (command.source, command.target)), None)
        if campaign is not None and (effect := calling_words(campaign)) != self._proposal.effect:
            told = dict(self._proposal.lines) | {_("Campaign"): _standing(command.words, campaign)}
            self._proposal = replace(self._proposal, effect=effect, lines=tuple(told.items()))
            self._typed = ""
            self.query_one(".question--effect", Static).update(plain(effect))
        super().draw(picture)


def _standing(words: str, campaign: Campaign) -> str:
    return f"{words}   {state_of(campaign).text}"
