"""The long list of an answer, row by row: what is sent again as it was is neither parsed nor read again.

Python's own parser is the judge of everything else, so that odd input means what it always means.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

_after_blanks = re.compile(r"[ \t\n\r]*").match


class SentRow:
    """One row; the same object as long as the same text is sent. `made`: what its reader made of it."""

    __slots__ = ("_value", "duplicates", "made", "text")

    def __init__(self, text: str, value: Any, duplicates: int) -> None:
        """`text`: "" of what cannot be known again by it. `duplicates`: keys that come twice in it."""
        self.text = text
        self.duplicates = duplicates
        self.made: Any = None
        self._value = value

    @property
    def value(self) -> Any:
        """As parsed."""
        return json.loads(self.text) if self._value is None and self.text else self._value

    def keep(self, made: object) -> None:
        """Remember what was made of it, in place of what was parsed."""
        self.made = made
        if self.text:
            self._value = None


class SentRows:
    """Takes successive answers apart. `name`: the key of the list."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._known: list[SentRow] = []
        self._duplicates = 0
        self._decode = json.JSONDecoder(object_pairs_hook=self._object_of).raw_decode

    def document(self, text: str) -> tuple[dict[str, Any], int] | None:
        """The object with a `SentRow` for each row of the list, and how many keys in it come twice.

        None where the text is not plainly an object: then the parser has to say what it is.

        Raises:
            ValueError, RecursionError: as of `json.loads`.
        """
        self._duplicates = 0
        pairs: list[tuple[str, Any]] = []
        mark, at = _mark(text, 0)
        while mark == ("," if pairs else "{"):
            key, at = self._decode(text, _end(text, at))
            mark, at = _mark(text, at)
            if mark != ":" or not isinstance(key, str):
                return None
            at = _end(text, at)
            is_list = key.strip() == self._name and text.startswith("[", at)
            value, at = self._rows(text, at) if is_list else self._decode(text, at)
            pairs.append((key, value))
            mark, at = _mark(text, at)
        if mark != "}" or not pairs or _end(text, at) != len(text):
            return None
        return self._object_of(pairs), self._duplicates

    def _rows(self, text: str, at: int) -> tuple[list[SentRow], int]:
        """The list that begins there, and where it ends. Rows mostly stand where they stood."""
        places: Mapping[str, int] | None = None
        rows: list[SentRow] = []
        known, place, own = self._known, 0, self._duplicates
        at = _end(text, at + 1)
        mark = "]" if text.startswith("]", at) else ","
        at += mark == "]"
        while mark == ",":
            at = _end(text, at) if text.startswith((" ", "\n", "\r", "\t"), at) else at
            if place < len(known) and known[place].text and text.startswith(known[place].text, at):
                row, end = known[place], at + len(known[place].text)
            else:
                before = self._duplicates
                value, end = self._decode(text, at)
                its_text = text[at:end] if text.startswith("{", at) else ""
                places = {each.text: i for i, each in enumerate(known)} if places is None else places
                place = places.get(its_text, place) if its_text else place
                is_known = its_text and place < len(known) and known[place].text == its_text
                row = known[place] if is_known else SentRow(its_text, value, self._duplicates - before)
            rows.append(row)
            place += 1
            mark, at = _mark(text, end)
        if mark != "]":
            raise ValueError("a list does not end")
        self._known = rows
        self._duplicates = own + sum(row.duplicates for row in rows)
        return rows, at

    def _object_of(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        self._duplicates += len(pairs) - len(found)
        return found


def _end(text: str, at: int) -> int:
    """Where the blanks that begin there end."""
    found = _after_blanks(text, at)
    return at if found is None else found.end()


def _mark(text: str, at: int) -> tuple[str, int]:
    """The next character that is no blank, and the place after it."""
    mark = text[at : at + 1]
    if mark in {" ", "\n", "\r", "\t"}:
        at = _end(text, at)
        mark = text[at : at + 1]
    return mark, at + 1
