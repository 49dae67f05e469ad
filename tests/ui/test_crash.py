"""A crash must not print what the program held."""

from rich.text import Text
from textual.app import App

from tests.ui.boards import board
from wallboard.ui.terminal.crash import QuietCrash


def explode() -> None:
    token = f"CANARY-{0x7F3A:x}"
    raise RuntimeError("it broke") from (None if token else ValueError())


async def test_a_crash_report_holds_neither_local_variables_nor_the_errors_words() -> None:
    async with board() as shown:
        app = shown.app
        app._close_messages_no_wait = lambda: None  # type: ignore[method-assign]
        try:
            explode()
        except RuntimeError:
            app._fatal_error()
        text = "".join(each.plain for each in app._exit_renderables if isinstance(each, Text))
        app._exit_renderables.clear()
    assert "stopped by an unexpected RuntimeError" in text
    assert "in explode" in text
    assert "it broke" not in text
    assert "CANARY-7f3a" not in text


def test_textual_still_ends_a_crash_this_way() -> None:
    """When Textual moves its private names, the override would silently do nothing."""
    assert QuietCrash._fatal_error is not App._fatal_error
    assert callable(App._close_messages_no_wait)
