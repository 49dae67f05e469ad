"""The table tells what was measured, and fails what was not."""

import pytest

from tests.bench.report import as_markdown, as_text, document, number, rows_of
from tests.bench.rows import Row

ROWS = [
    Row("bytes a tick", "the least possible", 1.2, gate=1.25, aim=1.05, more="120 B : 100 B"),
    Row("keys", "", None, "ms", gate=60),
    Row("only told", "Python curses", 3.0),
]


def test_a_gate_is_kept_or_not_and_what_was_not_measured_is_not() -> None:
    assert [row.verdict for row in ROWS] == ["PASS", "FAIL", ""]


def test_a_document_gives_its_rows_back() -> None:
    assert rows_of(document({"part": ROWS}, is_quick=True, seconds=1)) == ROWS


def test_the_tables_have_a_line_for_each_row() -> None:
    assert len(as_text(ROWS).splitlines()) == 1 + len(ROWS)
    markdown = as_markdown(document({"part": ROWS}, is_quick=True, seconds=1))
    assert "| bytes a tick | 1.20× | the least possible | 1.25× | 1.05× | PASS |" in markdown
    assert "| keys | – |  | 60 ms | – | FAIL |" in markdown
    assert "only told" not in markdown


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [(1.234, "x", "1.23×"), (0.512, "%", "0.51 %"), (1234.5, "B", "1,234 B"), (0, "", "0"), (None, "", "–")],
)
def test_a_figure_is_shown_with_its_unit(value: float | None, unit: str, shown: str) -> None:
    assert number(value, unit) == shown
