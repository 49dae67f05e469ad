"""How far each key of moving takes the cursor of a table."""

from collections.abc import Callable

from wallboard.ui.widgets.keyed_table import KeyedTable

WHILE_TYPING = frozenset({"row_up", "row_down", "page_up", "page_down", "next_panel", "previous_panel"})
MOVES: dict[str, Callable[[KeyedTable], int]] = {
    "row_up": lambda _: -1,
    "row_down": lambda _: 1,
    "page_up": lambda table: -table.page,
    "page_down": lambda table: table.page,
    "first_row": lambda table: -len(table.rows),
    "last_row": lambda table: len(table.rows),
}
