"""A desk that was left draws no more, whatever still comes to it while it is taken off the screen."""

from tests.ui.desks import desk, targets
from wallboard.domain.targets import PendingList


async def test_what_comes_after_a_desk_was_left_is_not_drawn() -> None:
    async with desk() as opened:
        left = opened.screen
        await left.query("Static, PanelTable").remove()  # as it is while Textual takes it down
        left.dismiss()
        left._tick()
        left.on_screen_resume()
        await left.lists.targets.take(PendingList(targets(2)))
        assert not left.can_draw
        await opened.board.until(lambda: not opened.is_open)
