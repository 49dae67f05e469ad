"""What Textual would hold on to for as long as the program runs: for a form that is long, for a wall it is too long."""

from functools import lru_cache, partial
from types import FunctionType

from textual._styles_cache import StylesCache
from textual.app import App


def let_go_of_styles() -> None:
    """Textual remembers grounds by the widget that asked, and with it the widget's lines, also when both are gone."""
    grounds = getattr(getattr(StylesCache, "get_inner_outer", None), "__wrapped__", None)
    if isinstance(grounds, FunctionType):  # as Textual has it, and not mended yet
        by_colours = staticmethod(lru_cache(1024)(partial(grounds, StylesCache)))
        StylesCache.get_inner_outer = by_colours  # type: ignore[assignment, method-assign]


def let_go_of_toasts(app: App[None]) -> None:
    """Of a note that is over behind another screen Textual removes the words, and keeps what they stood in."""
    from textual.widgets._toast import Toast, ToastHolder  # not needed for the first frame

    for toast in app.screen.query(Toast):
        if toast._notification not in app._notifications and isinstance(toast.parent, ToastHolder):
            toast.parent.remove()
