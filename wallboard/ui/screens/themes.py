"""Asks which theme; the board wears each while one looks at it."""

from textual import events

from wallboard.language.catalog import N_, _
from wallboard.ui.screens.choose import ChooseScreen, Option
from wallboard.ui.theming import ThemeShelf

SHIPPED = (  # what the shipped ones say of themselves
    N_("Dark and calm; colour only where it matters."),
    N_("Light, for bright rooms and paper-white screens."),
    N_("Very high contrast, for a TV across the floor."),
    N_("Safe for the three kinds of colour blindness."),
    N_("The terminal's own sixteen colours."),
    N_("No hue at all: grey, bold and reverse."),
)


class ThemesScreen(ChooseScreen[str]):
    """Ends with the theme's name; None when somebody leaves it."""

    def __init__(self, shelf: ThemeShelf, now: str) -> None:
        """
        Args:
            shelf: what can be chosen.
            now: the theme that the board wears; the choice begins there.
        """
        super().__init__(
            _("Theme"),
            [Option(name, _told(theme.description), name) for name, theme in shelf.themes.items()],
            hint=_("part of a name"),
        )
        self._place = list(shelf.themes).index(now)

    def heard(self, key: str, event: events.Key, *, is_deliberate: bool) -> None:
        super().heard(key, event, is_deliberate=is_deliberate)
        if key not in {"enter", "escape"} and self.offered:
            self.app.theme = self.offered[self._place].value


def _told(description: str) -> str:
    return _(description) if description in SHIPPED else description
