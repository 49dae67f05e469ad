"""Narrowing and ordering rows as a person asked."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from wallboard.language.keyboard import under_other_layout
from wallboard.ui.cells import Row
from wallboard.ui.columns import Column

_SAME = str.maketrans("ךםןףץ׳‘’״“”„־", 'כמנפצ\'\'\'""""-')
_SIMPLE = re.compile("[\x00-\x7f\u05d0-\u05ea]*")  # nothing to decompose
_UNSEEN = frozenset({"Mn", "Cf"})  # marks on letters; controls of direction and the like
_SEPARATORS = re.compile(r"[\s\-+().]")


@dataclass(frozen=True, slots=True)
class View:
    """How a person wants to see a panel. `sort` None: worst first, as the panel orders them."""

    filter: str = ""
    sort: str | None = None
    is_reversed: bool = False


def folded_once(text: str) -> str:
    """Text as it is searched: without case, niqqud, final forms, kinds of quotes, and what only directs text."""
    if text.isascii():
        return text.casefold()
    if not _SIMPLE.fullmatch(text):
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in decomposed if unicodedata.category(char) not in _UNSEEN)
    return text.translate(_SAME).casefold()


folded = lru_cache(16_384)(folded_once)  # for what is folded again and again


@lru_cache(16_384)
def _packed(text: str) -> str:
    return _SEPARATORS.sub("", text)


def _fitting(rows: Sequence[Row], sought: str) -> Sequence[Row]:
    for word in folded(sought).split():
        digits = _SEPARATORS.sub("", word)
        by_digits = digits.isdigit()
        rows = [row for row in rows if word in (text := folded(row.words)) or (by_digits and digits in _packed(text))]
    return rows


def arranged(rows: Sequence[Row], columns: Sequence[Column], view: View) -> Sequence[Row]:
    """The rows that hold every word of the filter, in the order asked for.

    Where none does, the filter is taken for one that was typed under the other keyboard layout.
    """
    rows = _fitting(rows, view.filter) or _fitting(rows, under_other_layout(view.filter))
    if view.sort is None:
        return rows[::-1] if view.is_reversed else rows
    index = next(i for i, column in enumerate(columns) if column.id == view.sort)
    known = [row for row in rows if row.cells[index].sort_value[0] < 2]
    unknown = [row for row in rows if row.cells[index].sort_value[0] >= 2]
    known.sort(key=lambda row: row.cells[index].sort_value, reverse=view.is_reversed)
    return [*known, *unknown]
