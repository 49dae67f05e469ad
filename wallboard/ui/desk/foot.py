"""The desk's footer: the keys of the list that is current, from the registry."""

from collections.abc import Callable, Sequence

from wallboard.language.catalog import spoken
from wallboard.ui.actions import ACTIONS, Action, shown
from wallboard.ui.widgets.bars import Entry, Footer

_OTHERS = ("toggle_campaign", "filter", "sort", "refresh", "activity")
_VITAL = ("help", "back")


class DeskFooter(Footer):
    """What acts first; what the vendor cannot do is dim."""

    def show_actions(self, offered: Sequence[Action], is_possible: Callable[[Action], bool], other_list: str) -> None:
        """Say the keys of these, then of all that works in both lists. `other_list`: where `tab` goes, if anywhere."""
        dim = {action.id for action in offered if not is_possible(action)}
        said = (spoken(), other_list, self.size.width, *(action.id for action in offered), *dim)
        if said != self._said:
            self._said = said
            first = [self._entry(action, is_dim=action.id in dim) for action in offered]
            first += [self._entry(action) for action in self._of(_OTHERS)]
            tab = [Entry(shown(self._keys["next_panel"][0]), other_list)] if other_list else []
            self._write(first, [*tab, *(self._entry(action) for action in self._of(_VITAL))])

    def _of(self, names: Sequence[str]) -> list[Action]:
        return [action for name in names for action in ACTIONS if action.id == name and name in self._keys]
