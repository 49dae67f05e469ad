"""Rows in their order, with a cursor and marks that belong to keys and not to places."""

from collections.abc import Sequence

from wallboard.ui.cells import Line


class RowList:
    """What a table shows and where a person stands in it; knows nothing of drawing."""

    def __init__(self) -> None:
        self.rows: tuple[Line, ...] = ()
        self.cursor_key: str | None = None
        self.marks: frozenset[str] = frozenset()
        self.has_slid = False  # the cursor's row went, and another took its place under it
        self._given: Sequence[Line] | None = None
        self._places: dict[str, int] = {}

    def replace(self, rows: Sequence[Line]) -> list[Line]:
        """Put other rows in their place; returns those that are new or changed.

        The cursor stays on its row; when that is gone, on the row that took its place.
        """
        if rows is self._given:
            return []
        before, places = self.rows, self._places
        was = self.place
        self._given = rows
        self.rows = tuple(rows)
        self._places = {row.key: place for place, row in enumerate(self.rows)}
        if self.cursor_key is not None and self.cursor_key not in self._places:
            self.cursor_key = self.rows[min(was or 0, len(self.rows) - 1)].key if self.rows else None
            self.has_slid = True
        return [row for row in self.rows if row.key not in places or before[places[row.key]] is not row]

    @property
    def place(self) -> int | None:
        """Where the cursor is; None without one."""
        return self.place_of(self.cursor_key) if self.cursor_key is not None else None

    def holds(self, key: str) -> bool:
        """Whether there is a row with this key."""
        return key in self._places

    def place_of(self, key: str) -> int | None:
        return self._places.get(key)

    def at(self, place: int) -> Line | None:
        """The row at a place; None past the end."""
        return self.rows[place] if 0 <= place < len(self.rows) else None

    def put_cursor(self, place: int) -> None:
        """Put the cursor on the row at a place, or the nearest there is."""
        self.has_slid = False
        if self.rows:
            self.cursor_key = self.rows[max(0, min(len(self.rows) - 1, place))].key

    def toggle_mark(self) -> None:
        """Mark the row under the cursor, or take its mark away."""
        if self.cursor_key is not None:
            self.marks ^= {self.cursor_key}
