"""What a list of a vendor's is made of: a new one is a declaration, shown like all others."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from wallboard.domain.actions import ActionKind
from wallboard.domain.enquiries import Query
from wallboard.domain.feeds import FeedKey
from wallboard.language.catalog import N_
from wallboard.ui.cells import Cell
from wallboard.ui.columns import Column
from wallboard.ui.panels.picture import Picture
from wallboard.ui.proposals import Proposal
from wallboard.ui.screens.form import Field, nothing_to_say

Told = TypeVar("Told")
Item = TypeVar("Item")
Answer = TypeVar("Answer")
Lines = Sequence[tuple[str, str]]  # names and values


class ListDesk(Protocol):
    """The open list, as what can be done in it sees it."""

    @property
    def source(self) -> str: ...

    @property
    def feed(self) -> FeedKey:
        """The source's credit, whose age decides whether anything can be sent there."""
        ...

    @property
    def picture(self) -> Picture: ...

    @property
    def items(self) -> Sequence[Any]:
        """All of the list, as it was answered last."""
        ...

    def tell(self, words: str) -> None:
        """A word to the person: why something cannot be done."""
        ...

    def ask(self, proposal: Proposal) -> None:
        """Ask whether it is meant; once it has ended, the list is asked for again."""
        ...

    def fill_in(
        self,
        title: str,
        fields: Sequence[Field],
        then: Callable[[dict[str, str]], None],
        remark: Callable[[Mapping[str, str]], str] = nothing_to_say,
    ) -> None:
        """Have a form filled in."""
        ...

    def choose(self, title: str, options: Mapping[str, Answer], then: Callable[[Answer], None]) -> None:
        """Have one of several chosen, by its words."""
        ...

    def inquire(self, query: Query[Answer], then: Callable[[Answer], None]) -> None:
        """Ask the vendor something more first; what goes wrong is said."""
        ...

    def go_on(self, listing: "Listing[Any, Any]") -> None:
        """Open another list of the same source."""
        ...

    def show_item(self, title: str, lines: Lines) -> None:
        """Show one thing whole."""
        ...


@dataclass(frozen=True, slots=True)
class Deed(Generic[Item]):
    """What a key of its own does in a list.

    Args:
        key: a Latin letter.
        label: a word or two; looked up where it is shown.
        begin: does it, to the item under the cursor; where it needs no row, that may be None.
        kind: what the vendor must be able to do; None: it changes nothing.
        needs_row: whether it is about the row under the cursor.
    """

    key: str
    label: str
    begin: Callable[[ListDesk, Item], None]
    kind: ActionKind | None = None
    needs_row: bool = True


@dataclass(frozen=True, slots=True)
class Listing(Generic[Told, Item]):
    """One list.

    Args:
        title: what stands above it, with a place for `name`; like all texts, looked up where it is shown.
        query: asks for it.
        items: what is in an answer, in its order.
        columns: of the table.
        key: tells items apart; where several are alike, the table numbers them.
        cells: what the table says of one.
        empty: the sentence for an empty one.
        opened: what `enter` does to an item.
        enter: that in a word or two.
        deeds: what else can be done.
        remark: what the answer tells besides.
        name: whose it is, where there are several such lists.
    """

    title: str
    query: Query[Told]
    items: Callable[[Told], Sequence[Item]]
    columns: Sequence[Column]
    key: Callable[[Item], str]
    cells: Callable[[Item, Picture], tuple[Cell, ...]]
    empty: str
    opened: Callable[[ListDesk, Item], None]
    enter: str = N_("open")
    deeds: tuple[Deed[Item], ...] = ()
    remark: Callable[[Told], str] = lambda _: ""
    name: str = ""
