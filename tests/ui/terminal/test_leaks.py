"""What Textual would keep for ever goes; and Textual still keeps it, or the mending can go."""

import gc
import weakref

from textual._styles_cache import StylesCache
from textual.color import Color
from textual.widgets._toast import Toast, ToastHolder

from tests.ui.boards import board
from wallboard.ui.terminal.leaks import let_go_of_styles


def test_a_dead_widgets_lines_go() -> None:
    let_go_of_styles()
    cache = StylesCache()
    cache.get_inner_outer(Color(1, 2, 3), Color(4, 5, 6))
    gone = weakref.ref(cache)
    del cache
    gc.collect()
    assert gone() is None


async def test_a_note_that_is_over_before_its_time_leaves_nothing() -> None:
    async with board() as shown:
        app = shown.app
        app.notify("soon over", timeout=60)
        await shown.until(lambda: bool(app.screen.query(Toast)))
        app.clear_notifications()
        await shown.until(lambda: not app.screen.query(Toast))
        await shown.until(lambda: not app.screen.query(ToastHolder))
