"""The palette closes once, whatever is struck just after the key that closed it."""

from tests.ui.boards import board
from wallboard.ui.commands import Palette
from wallboard.ui.screens.board import BoardScreen


async def test_a_palette_that_was_left_takes_nothing_else_away() -> None:
    async with board() as shown:
        await shown.press("ctrl+p")
        palette = shown.app.screen
        assert isinstance(palette, Palette)
        palette.dismiss()
        palette.dismiss()  # as by `enter`, whose command comes with the next message, and `escape` before that
        await shown.until(lambda: isinstance(shown.app.screen, BoardScreen))
        await shown.press("question_mark")
        assert not isinstance(shown.app.screen, BoardScreen)
