"""A file on its way into a campaign: how far, how fast, what became of it. The way goes on whoever looks."""

from collections.abc import Callable, Mapping

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from wallboard.domain.imports import ImportProgress, ImportStage
from wallboard.domain.ports import Imports
from wallboard.language.catalog import N_, _
from wallboard.language.sending import is_whole, left_of, pace_words, state_words
from wallboard.ui.actions import actions_by_key, shown
from wallboard.ui.desk.files import shown_path
from wallboard.ui.mirroring import in_order
from wallboard.ui.panels.picture import Picture
from wallboard.ui.roles import STYLE_OF_ROLE, Role
from wallboard.ui.screens.above import Above
from wallboard.ui.text import plain
from wallboard.ui.widgets.named_line import NamedLine
from wallboard.ui.widgets.progress_bar import progress_bar

LOW_SCREEN = 30  # lines; below, it goes without blank ones
GO_ON, ANOTHER = "go_on", "another"
_STOPPING, _ANOTHER = "toggle_campaign", "import_targets"  # the actions whose keys mean that here
_BAR = {ImportStage.STOPPED: "$sla-warn", ImportStage.SETTLING: "$sla-warn", ImportStage.ENDED: "$sla-ok"}
_ROOM = 110  # for a path: two lines of a narrow screen
_NAMES = {
    "targets": N_("Targets"),
    "pace": N_("Pace"),
    "state": N_("State"),
    "why": N_("Why"),
    "unsure": N_("Unsure"),
    "report": N_("Report"),
}


class SendingScreen(Above[str | None], inherit_bindings=False):
    """Ends with what is wanted next: to go on with the same file, or to choose another; None when it is just closed."""

    DEFAULT_CSS = """
    SendingScreen {
        align: center middle;
        background: $background 60%;
        & #bar { height: 1; width: 1fr; }
        & #bar, & #targets, & #state, & .overlay--hint { margin-top: 1; }
        &.-low #targets, &.-low #state, &.-low .overlay--hint { margin-top: 0; }
    }
    """

    def __init__(
        self,
        keys: Mapping[str, tuple[str, ...]],
        imports: Imports,
        source: str,
        campaign: str,
        stop: Callable[[], None],
        look: Callable[[], Picture],
    ) -> None:
        """
        Args:
            keys: the keys of each action.
            imports: knows how far it is.
            source: the campaign's.
            campaign: its `Campaign.id`.
            stop: has nothing more sent.
            look: gives the newest picture, for the moment.
        """
        super().__init__()
        self._keys = keys
        self._actions = actions_by_key(keys)
        self._imports = imports
        self._source = source
        self._campaign = campaign
        self._stop = stop
        self._look = look

    def compose(self) -> ComposeResult:
        with Vertical(classes="overlay"):
            yield Static("", classes="overlay--title", markup=False)
            yield NamedLine(_("File"), id="file")
            yield Static("", id="bar", markup=False)
            for line, name in _NAMES.items():
                yield NamedLine(_(name), id=line)
            yield Static("", classes="overlay--hint", markup=False)

    def on_mount(self) -> None:
        self.app.clear_notifications()
        self.call_after_refresh(self._show)

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height < LOW_SCREEN, "-low")
        self.call_after_refresh(self._show)

    def tells_of(self, progress: ImportProgress) -> bool:
        """Whether it is this one that is shown here."""
        return (progress.source, progress.campaign) == (self._source, self._campaign)

    # What it shows

    def draw(self, picture: Picture) -> None:
        self._show()

    def _show(self) -> None:
        """How it stands now, also while the board's picture is held still."""
        progress = self._imports.progress(self._source, self._campaign)
        if progress is None or not self.is_mounted:
            return
        done = progress.total - left_of(progress)
        share = done / progress.total if progress.total else 1.0
        self._say(".overlay--title", plain(_("Adding to {campaign}").format(campaign=progress.campaign_words)))
        self._tell("file", plain(shown_path(progress.path, _ROOM)))
        self._say("#bar", self._bar(progress, share))
        self._tell("targets", _counts(progress))
        self._tell("pace", Content(pace_words(progress, self._look().now)))
        self._tell("state", _state(progress))
        self._tell("why", plain(progress.words))
        unsure = _("they were sent, and may have been dialled already; they are not sent again")
        self._tell("unsure", Content(unsure if progress.unsure else ""))
        self._tell("report", plain(_report_words(progress)))
        self._say(".overlay--hint", Content(self._hint(progress)))

    def _bar(self, progress: ImportProgress, share: float) -> Content:
        count = _("{percent} % of {total:,}").format(percent=int(share * 100), total=progress.total)
        width = max(10, self.query_one("#bar").size.width - len(count) - 2)
        bar = progress_bar(share, width, _BAR.get(progress.stage, "$accent"), count)
        return Content.assemble(*in_order((bar, Content("  "), Content(count)), count))

    def _hint(self, progress: ImportProgress) -> str:
        if progress.stage is ImportStage.STOPPED:
            told: tuple[str, ...] = (
                _("enter goes on, asks first"),
                self._key(_ANOTHER, _("{key} another file")),
                _("escape closes"),
            )
        elif progress.stage is ImportStage.ENDED:
            told = (self._key(_ANOTHER, _("{key} another file")), _("escape closes"))
        elif progress.stage is ImportStage.STOPPING:
            told = (_("escape closes this"),)
        else:
            told = (self._key(_STOPPING, _("{key} stops it")), _("escape closes this, and it goes on"))
        return "   ".join(filter(None, told))

    def _key(self, action: str, words: str) -> str:
        """What the action's key does here; "" where it is not offered."""
        return words.format(key=shown(self._keys[action][0])) if action in self._keys else ""

    def _say(self, place: str, content: Content) -> None:
        self.query_one(place, Static).update(content)

    def _tell(self, line: str, content: Content) -> None:
        self.query_one(f"#{line}", NamedLine).say(content)

    # What keys do

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        action = self._actions.get(event.key, "")
        progress = self._imports.progress(self._source, self._campaign)
        is_stopped = progress is not None and progress.stage is ImportStage.STOPPED
        is_over = progress is None or not progress.is_under_way
        if action in {"back", "quit"} or (event.key == "enter" and is_over and not is_stopped):
            self.close(None)
        elif event.key == "enter" and is_stopped:
            self.close(GO_ON)
        elif action == _ANOTHER and is_over:
            self.close(ANOTHER)
        elif action == _STOPPING and not is_over:
            self._stop()
            self._show()


def _counts(progress: ImportProgress) -> Content:
    """What became of how many; what went wrong set off."""
    left = left_of(progress)
    parts = (
        (progress.added, _("{count:,} added"), Role.OK),
        (progress.refused, _("{count:,} refused"), Role.WARN),
        (progress.unsure, _("{count:,} unsure"), Role.WARN),
        (left, _("{count:,} left") if progress.is_under_way else _("{count:,} not sent"), Role.MUTED),
    )
    told = [
        Content.styled(words.format(count=count), STYLE_OF_ROLE[role if count else Role.MUTED])
        for count, words, role in parts
    ]
    return Content("   ").join(told)


def _report_words(progress: ImportProgress) -> str:
    if progress.report is None:
        return ""
    return _("{path}: what came of each row").format(path=shown_path(progress.report, _ROOM))


def _state(progress: ImportProgress) -> Content:
    is_fine = progress.stage is ImportStage.SENDING or is_whole(progress)
    style = STYLE_OF_ROLE[Role.OK if is_fine else Role.WARN]
    return Content.styled(state_words(progress), "" if progress.stage is ImportStage.SENDING else style)
