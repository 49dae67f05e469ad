"""Room to scroll in, without laying the screen out anew where nothing moves."""

from textual.geometry import Size
from textual.scroll_view import ScrollView


def make_room(view: ScrollView, size: Size) -> None:
    """Let a view hold so much, whose width stands. Only a scrollbar that comes or goes is a matter of the layout."""
    is_too_high = size.height > view.container_size.height
    if is_too_high is not view.show_vertical_scrollbar or size.width != view.virtual_size.width:
        view.virtual_size = size
    elif size != view.virtual_size:
        view.set_reactive(ScrollView.virtual_size, size)
        if is_too_high:
            view.vertical_scrollbar.window_virtual_size = size.height
        view.scroll_y = view.validate_scroll_y(view.scroll_y)
