"""The desk's two lists: panels as the board has them, fed by what was asked."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from anyio.lowlevel import checkpoint

from wallboard.domain.targets import Member, PendingList
from wallboard.language.catalog import N_, _, ngettext
from wallboard.ui.cells import Row
from wallboard.ui.columns import Column
from wallboard.ui.desk import members, targets
from wallboard.ui.desk.asked import Asked
from wallboard.ui.desk.targets import Manner, TargetList, TargetRow, digits_of
from wallboard.ui.panels.catalog import PanelKind
from wallboard.ui.panels.feeds import words_of
from wallboard.ui.panels.picture import Picture
from wallboard.ui.roles import Role
from wallboard.ui.widgets.panel import Panel

Answer = TypeVar("Answer")


class AskedPanel(Panel):
    """A list that looks old with its answer, and says why there is nothing in it."""

    DEFAULT_CSS = "\n".join(
        f"AskedPanel.-list-old > KeyedTable > .role--{role} {{ color: $figure-old; text-style: italic; }}"
        for role in Role
    )

    def __init__(self, kind: PanelKind, asked: Asked[Answer], *, can_ask: bool) -> None:
        """
        Args:
            kind: what it is made of.
            asked: the question behind it.
            can_ask: whether the source has an answer to it.
        """
        super().__init__(kind)
        self._asked = asked
        self._can_ask = can_ask

    async def take(self, answer: Any) -> None:
        """Prepare to show another answer; it is kept right after."""

    @property
    def whole(self) -> str:
        """The row under the cursor, whole: in the table its end may be cut. "" without one, or where nothing is cut."""
        return ""

    @property
    def is_left(self) -> bool:
        """Whether the desk it stands on was left: while that is taken down, an answer may still come."""
        return not self.is_attached or self.screen not in self.app.screen_stack

    def tick(self, picture: Picture) -> None:
        if self.is_left:
            return
        is_old = self._asked.is_old(picture.now)
        if is_old is not self.has_class("-list-old"):
            self.set_class(is_old, "-list-old")
            self.call_after_refresh(self.table.notify_style_update)
        self.table.show_when_empty(self._remark(picture))
        super().tick(picture)

    def _remark(self, picture: Picture) -> str:
        if self.view.filter and self._count:
            told = _("nothing here matches “{filter}”; escape shows all {count}")
            return told.format(filter=self.view.filter, count=f"{self._count:,}")
        if not self._can_ask:
            return _("{source} has no method that tells this").format(source=self._asked.status.key.source)
        if self._asked.is_answered:
            return _(self.kind.empty)
        fault = words_of(self._asked.status)
        if fault and not self._asked.is_asking:
            return _("not known: {fault}").format(fault=fault)
        return _("asking the vendor …")

    def _is_old(self, picture: Picture) -> bool:
        return self._asked.is_troubled(picture.now)

    def _freshness(self, picture: Picture) -> str:
        return self._asked.words(picture.now)


class TargetsPanel(AskedPanel):
    """Tens of thousands of rows; none of its work keeps keys waiting."""

    def __init__(self, asked: Asked[PendingList], manner: Manner, *, can_ask: bool) -> None:
        kind = _kind("targets", N_("Targets"), targets.COLUMNS, lambda _: [], N_("nothing is left to dial"))
        super().__init__(kind, asked, can_ask=can_ask)
        self._targets = asked
        self._manner = manner
        self.list = TargetList()

    async def take(self, answer: PendingList) -> None:
        """Show another answer."""
        self.list = await targets.listed(answer, self._manner, self.list)
        await self._arrange()

    def show(self, picture: Picture) -> None:
        is_first = self._picture is None
        self.tick(picture)
        if is_first:  # an answer may have come before the panel was there
            self._show_again()

    def _freshness(self, picture: Picture) -> str:
        words, dropped = super()._freshness(picture), self._targets.answer.dropped
        if not dropped:
            return words
        told = ngettext("▲ {count} of its rows could not be read", "▲ {count} of its rows could not be read", dropped)
        return f"{words}  {told.format(count=f'{dropped:,}')}"

    @property
    def chosen(self) -> list[TargetRow]:
        """The rows that an action is for, in the order of the list."""
        keys = frozenset(self.acted_on)
        return [row for row in self.list.rows if row.key in keys]

    def show_pending(self, numbers: frozenset[str]) -> None:
        """Put the sign of something under way before the rows of these canonical numbers."""
        self.table.show_pending(frozenset(row.key for each in numbers for row in self.list.rows_of(digits_of(each))))

    @property
    def whole(self) -> str:
        row = next((row for row in self.table.rows if row.key == self.table.cursor_key), None)
        return targets.whole(row.target, self._manner) if isinstance(row, TargetRow) else ""

    def _show_again(self) -> None:
        self.run_worker(self._arrange(), group="arranging", exclusive=True)

    async def _arrange(self) -> None:
        """Narrow and order the newest list as it is wanted now, whatever has changed meanwhile."""
        while True:
            wanted, view = self.list, self.view
            rows = await targets.arranged(wanted.rows, view)
            await checkpoint()  # what follows takes its own share of the time
            if wanted is self.list and view is self.view:
                break
        if self._picture is None:
            return
        before = self.table.rows  # to be forgotten later: that takes its time, too
        self._count = len(wanted.rows)
        self.table.apply(rows, self._picture.now)
        await checkpoint()
        del before
        if self.table.marks:
            self.table.forget_gone_marks(frozenset(row.key for row in wanted.rows))
        self.tick(self._picture)


class MembersPanel(AskedPanel):
    """Whom the campaign rings, and what each does now."""

    def __init__(self, asked: Asked[tuple[Member, ...]], *, can_ask: bool) -> None:
        source = asked.status.key.source

        def rows(picture: Picture) -> list[Row]:
            return members.rows(asked.answer, source, picture)

        kind = _kind("members", N_("Members"), members.COLUMNS, rows, N_("it rings nobody: it has no members"))
        super().__init__(kind, asked, can_ask=can_ask)
        self._members = asked

    @property
    def all(self) -> tuple[Member, ...]:
        """As the vendor told last."""
        return self._members.answer

    @property
    def chosen(self) -> list[Member]:
        """Those that an action is for, in the order of the rows."""
        known = {member.id: member for member in self._members.answer}
        return [known[key] for key in self.acted_on if key in known]


def _kind(
    panel_id: str, title: str, columns: Sequence[Column], rows: Callable[[Picture], list[Row]], empty: str
) -> PanelKind:
    return PanelKind(panel_id, title, "", columns, lambda picture, _: rows(picture), lambda *_: None, None, empty)
