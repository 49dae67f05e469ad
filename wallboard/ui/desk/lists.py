"""The desk's two lists: asked for while they are on the screen; one of them has the keys."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from textual import on
from textual.app import ComposeResult
from textual.message import Message

from wallboard.clock import Clock
from wallboard.domain.campaigns import Campaign, CampaignKind
from wallboard.domain.enquiries import MembersOf, PendingTargetsOf, Query
from wallboard.domain.faults import Fault, VendorFault
from wallboard.domain.ports import Enquiries
from wallboard.domain.targets import Member, PendingList
from wallboard.ui.desk.asked import Asked
from wallboard.ui.desk.panels import AskedPanel, MembersPanel, TargetsPanel
from wallboard.ui.desk.targets import Manner
from wallboard.ui.mirroring import Row
from wallboard.ui.panels.picture import Picture
from wallboard.ui.widgets.panel import Panel

LOOK_SECONDS = 1.0  # how often it is seen whether to ask again
WIDE = 130  # cells from which on both lists stand side by side
Answer = TypeVar("Answer")


class ListsView(Row):
    """Targets and members, side by side where there is room; of a smart dialer, which has no members, targets alone."""

    DEFAULT_CSS = """
    ListsView {
        height: 1fr;
        & > TargetsPanel { width: 13fr; }
        & > MembersPanel { width: 7fr; margin-left: 1; }
        &.-narrow > MembersPanel { margin-left: 0; }
        &.-narrow > AskedPanel { display: none; }
        &.-narrow > AskedPanel.-current { display: block; }
        &.-alone > MembersPanel { display: none; }
        &.-alone > TargetsPanel { display: block; }
    }
    """

    class Answered(Message):
        """One of them has come, or has not."""

    def __init__(self, campaign: Campaign, enquiries: Enquiries, clock: Clock, manner: Manner) -> None:
        """
        Args:
            campaign: whose lists they are.
            enquiries: where questions go.
            clock: tells how old answers are.
            manner: how targets are written.
        """
        super().__init__()
        source = campaign.source
        self._campaign = campaign
        self._enquiries = enquiries
        self._clock = clock
        self._members: Asked[tuple[Member, ...]] = Asked(source, "GetMembersList", ())
        self._targets: Asked[PendingList] = Asked(source, "GetCampaignPendingCalls", PendingList(()))
        self._can_ask_targets = enquiries.can_ask(source, PendingTargetsOf)
        self._can_ask_members = enquiries.can_ask(source, MembersOf)
        self.targets = TargetsPanel(self._targets, manner, can_ask=self._can_ask_targets)
        self.members = MembersPanel(self._members, can_ask=self._can_ask_members)
        self._panel: AskedPanel = self.targets
        self.set_class(not has_members(campaign), "-alone")

    def compose(self) -> ComposeResult:
        yield self.targets
        yield self.members

    def on_mount(self) -> None:
        self.choose(self._panel)
        self._ask_what_is_due()
        self.set_interval(LOOK_SECONDS, self._ask_what_is_due)

    # Which list the keys are for

    @property
    def panel(self) -> AskedPanel:
        return self._panel

    @property
    def other(self) -> AskedPanel | None:
        """Where one can go from the current one."""
        if self.has_class("-alone"):
            return None
        return self.members if self._panel is self.targets else self.targets

    def choose(self, panel: AskedPanel) -> None:
        for each in (self.targets, self.members):
            each.set_current(each is panel)
        self._panel = panel

    @on(Panel.Chosen)
    def _on_chosen(self, event: Panel.Chosen) -> None:
        event.stop()
        if isinstance(event.panel, AskedPanel):
            self.choose(event.panel)

    def fit(self, width: int) -> None:
        """Choose the arrangement for a screen of so many cells."""
        self.set_class(width < WIDE, "-narrow")

    # What they show

    def show(self, picture: Picture, campaign: Campaign) -> None:
        """Let ages grow, and say what the members do now. `campaign`: as it was told of last."""
        self.set_class(not has_members(campaign), "-alone")
        if self.has_class("-alone") and self._panel is not self.targets:
            self.choose(self.targets)
        self.targets.show(picture)
        self.members.show(picture)

    def show_pending(self, items: frozenset[str]) -> None:
        """Put the sign of something under way before the rows of these numbers and members."""
        self.targets.show_pending(items)
        self.members.table.show_pending(items)

    @property
    def member_count(self) -> int | None:
        """None while it is not known."""
        return len(self._members.answer) if self._members.is_answered else None

    @property
    def fault(self) -> Fault | None:
        """Why they are not newer."""
        faults = (asked.status.fault for asked in (self._targets, self._members))
        return next((fault for fault in faults if fault is not None), None)

    # What is asked

    @property
    def is_asking(self) -> bool:
        """Whether an answer is awaited."""
        return self._targets.is_asking or self._members.is_asking

    def ask_again(self) -> None:
        """Have both asked as soon as the vendor may be asked again."""
        self._targets.want()
        self._members.want()
        self._ask_what_is_due()

    def _ask_what_is_due(self) -> None:
        now, code = self._clock.monotonic(), self._campaign.code
        if self._can_ask_targets and self._targets.is_due(now):
            self._begin(self._targets, PendingTargetsOf(code), self.targets.take)
        if self._can_ask_members and self._members.is_due(now) and not self.has_class("-alone"):
            self._begin(self._members, MembersOf(code), self.members.take)

    def _begin(self, asked: Asked[Answer], query: Query[Answer], take: Callable[[Answer], Awaitable[None]]) -> None:
        asked.begin(self._clock.monotonic())
        self.run_worker(self._ask(asked, query, take), group=type(query).__name__, exclusive=True)

    async def _ask(self, asked: Asked[Answer], query: Query[Answer], take: Callable[[Answer], Awaitable[None]]) -> None:
        """Ask once; the answer is kept when it is on the screen, with the moment at which it came."""
        try:
            answer = await self._enquiries.ask(self._campaign.source, query)
        except VendorFault as error:
            asked.fail(error.fault)
        else:
            came_at = self._clock.monotonic()
            await take(answer)
            asked.keep(answer, came_at)
        self.post_message(self.Answered())


def has_members(campaign: Campaign) -> bool:
    """Whether it may have some; of an unknown kind it is asked."""
    return campaign.kind is not CampaignKind.SMART
