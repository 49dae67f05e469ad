"""Files of every make are read back to the cell, and what is no table says what it is."""

import csv
import hashlib
import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.engine.imports.sheet import MOST_BYTES, MOST_ROWS, SheetError, read_sheet

HEBREW = "אבגדהוזחטיכלמנסעפצקרשת"
CELLS = st.text(st.characters(codec="utf-8") | st.sampled_from(HEBREW + ',;\t|"\r\n='), max_size=12)
WINDOWS_CELLS = st.text(st.sampled_from(HEBREW + 'abc05 ,;\t|"\r\n=\u200f\u200e₪–"'), max_size=12)


def tables(cells: st.SearchStrategy[str]) -> st.SearchStrategy[list[list[str]]]:
    return st.integers(2, 5).flatmap(
        lambda width: st.lists(st.lists(cells, min_size=width, max_size=width).filter(holds_something), max_size=6)
    )


def holds_something(row: list[str]) -> bool:
    return any(cell.strip() for cell in row)


def written(rows: list[list[str]], delimiter: str = ",", end: str = "\r\n") -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    return text.getvalue()


def cells_of(content: bytes) -> list[list[str]]:
    return [list(row.cells) for row in read_sheet(content).rows]


@given(tables(CELLS), st.sampled_from(",;\t|"), st.sampled_from(["\r\n", "\n", "\r"]), st.booleans())
def test_what_python_writes_is_read_back_to_the_cell(
    table: list[list[str]], delimiter: str, end: str, has_mark: bool
) -> None:
    heading = [f"עמודה{place}" for place in range(len(table[0]) if table else 2)]
    text = written([heading, *table], delimiter, end)
    for encoding in ("utf-8-sig", "utf-16") if has_mark else ("utf-8",):
        sheet = read_sheet(text.encode(encoding))
        assert list(sheet.columns.cells) == heading
        assert [list(row.cells) for row in sheet.rows] == table
        assert (sheet.delimiter, sheet.encoding) == (delimiter, encoding)


@given(tables(WINDOWS_CELLS), st.sampled_from(",;\t"))
def test_hebrew_windows_files_are_read_back_to_the_cell(table: list[list[str]], delimiter: str) -> None:
    heading = ["טלפון", "שם"]
    sheet = read_sheet(written([heading, *table], delimiter).encode("cp1255"))
    assert list(sheet.columns.cells) == heading
    assert [list(row.cells) for row in sheet.rows] == table
    assert sheet.encoding == "cp1255"


@pytest.mark.parametrize(
    ("heading", "delimiter"),
    [
        ("phone,name", ","),
        ("phone;name", ";"),
        ("phone\tname", "\t"),
        ("phone|name", "|"),
        ("phone", ","),
        ("phone;name, first", ";"),
        ('"a,b,c";name', ";"),
        ('"a;\n;;b",name', ","),
        ("\tphone", "\t"),
        (" \r\n\nphone;name", ";"),
    ],
)
def test_the_delimiter_is_the_one_of_the_heading(heading: str, delimiter: str) -> None:
    assert read_sheet(f"{heading}\n1\n".encode()).delimiter == delimiter


def test_excels_own_first_line_names_the_delimiter() -> None:
    for beginning in ("sep=;\r\n", '"sep=;"\n', "SEP=;\r"):
        sheet = read_sheet(f"{beginning}a,b;c\r\n1;2\r\n".encode("utf-8-sig"))
        assert (sheet.columns.cells, sheet.columns.line) == (("a,b", "c"), 2)
        assert [(row.line, row.cells) for row in sheet.rows] == [(3, ("1", "2"))]
    assert read_sheet(b"sep=\t\na\tb\n1,2\t3").rows[0].cells == ("1,2", "3")


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_lines_are_counted_as_an_editor_does(end: str) -> None:
    lines = ["", "phone,name", "", "1,a", ",,", '2,"b', "", 'c"', "  ", "3,d"]
    sheet = read_sheet(end.join(lines).encode())
    assert sheet.columns.line == 2
    assert [(row.line, row.cells[0]) for row in sheet.rows] == [(4, "1"), (6, "2"), (10, "3")]
    assert sheet.rows[1].cells[1] == f"b{end}{end}c"


def test_rows_of_any_width_nuls_and_odd_quotes_stay_as_they_are() -> None:
    content = 'a,b\n1\n1,2,3\n1,x\0y\nח"מ,6" pipe\n"בע"מ",z\nlast,one'.encode()
    assert cells_of(content) == [
        ["1"],
        ["1", "2", "3"],
        ["1", "x\0y"],
        ['ח"מ', '6" pipe'],
        ['בעמ"', "z"],
        ["last", "one"],
    ]


def test_the_digest_is_of_the_bytes() -> None:
    content = "phone\n0500000001".encode("utf-16")
    assert read_sheet(content).digest == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\r\n \n,,\n", "is empty"),
        (b"sep=;\r\n", "is empty"),
        (b"PK\x03\x04\x14\x00", "xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
        (b"%PDF-1.7", "PDF"),
        (b"\xef\xbb\xbf <html><table>", "HTML"),
        (b"\x1f\x8b\x08", "gzip"),
        ("phone,name\n1,2".encode("utf-16-le"), "NUL"),
        (bytes(range(256)) * 4, "damaged"),
        ("phone,name\n1,אבגד\n2,".encode() + b"\xd7", "line 3 is damaged"),
        ("phone,name\n1,בגד\n2,".encode() + b"\xd7", "line 3 is damaged"),  # cp1255 could read it, as nonsense
        (b"\xef\xbb\xbfphone\n\xf9\xe9", "line 2 is damaged"),
        (b"\xff\xfep\x00\n", "UTF-16"),
        (b'phone,name\n1,a\n2,"b\n3,c\n', "line 3: a quote"),
        (b'phone,name\n1,a\n2,"' + b"b\n3,c\n" * 40_000, "line 3: a quote"),
        (b"phone\n" + b"1\n" * (MOST_ROWS + 1), "more than 100,000 rows"),
        (b"1" * (MOST_BYTES + 1), "50 MB"),
    ],
)
def test_what_is_no_table_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(SheetError, match=words):
        read_sheet(content)


def test_the_most_rows_are_read() -> None:
    assert len(read_sheet(b"phone\n" + b"1\n" * MOST_ROWS).rows) == MOST_ROWS


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(SheetError):
        assert holds_something(list(read_sheet(content).columns.cells))
