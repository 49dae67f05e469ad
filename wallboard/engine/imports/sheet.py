"""A file's bytes read as a table, whichever program made it."""

import codecs
import csv
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from wallboard.domain.ports import ImportTroubleError
from wallboard.language.catalog import N_, _

MOST_BYTES = 50_000_000
MOST_ROWS = 100_000

_SAVE = N_("In the program that made it, choose Save as, CSV UTF-8, and try again")
_KINDS = {
    b"PK\x03\x04": N_("this is an Excel workbook (.xlsx) or another packed file, not a CSV file. {remedy}"),
    b"\xd0\xcf\x11\xe0": N_("this is an old Excel workbook (.xls), not a CSV file. {remedy}"),
    b"%PDF": N_("this is a PDF, not a CSV file. {remedy}"),
    b"{\\rtf": N_("this is a text document (RTF), not a CSV file. {remedy}"),
    b"\x1f\x8b": N_("this is a packed file (gzip), not a CSV file. {remedy}"),
    b"<": N_("this is a page (HTML or XML), whatever its name says, not a CSV file. {remedy}"),
}
_NEITHER = N_(
    "line {line} is damaged: it holds bytes that are neither UTF-8 nor Hebrew Windows (cp1255) text. {remedy}"
)
_NOT_AS_MARKED = N_("line {line} is damaged: it holds bytes that are not {encoding} text. {remedy}")
_LOOKED_AT = 100_000  # bytes or characters that a first row never exceeds
_BYTE_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_HEBREW_WINDOWS = "cp1255"
_MOST_NULS = 0.1  # of all bytes; with more it is no text, with fewer a damaged one
_DELIMITERS = "\t;|,"  # of two that are as frequent the earlier: text holds commas, seldom the others
_SEPARATOR_LINE = re.compile(r'"?sep=([^\w "\r\n])"?(?:\r\n|\r|\n|$)', re.IGNORECASE)  # Excel's own first line
_BLANK_LINES = re.compile(r"\A(?:[^\S\r\n]*[\r\n])+")
_HEBREW_LETTERS = re.compile("[א-ת]")
_END = "\0end of the file"


class SheetError(ImportTroubleError):
    """The file is no table of targets. Its text tells a person what is wrong with it, and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells as they are; `line` is the file's line on which it begins, as an editor counts."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table.

    Args:
        columns: the first row that holds anything, be it a heading or not.
        rows: those below it that hold anything.
        encoding: of the text: utf-8, utf-8-sig, utf-16, cp1255.
        delimiter: between cells.
        digest: SHA-256 of the bytes, in hexadecimal digits.
    """

    columns: Row
    rows: tuple[Row, ...]
    encoding: str
    delimiter: str
    digest: str


def read_sheet(content: bytes) -> Sheet:
    """Read a CSV file, as people and Excel make them.

    Raises:
        SheetError: it is of another kind, empty, too large, damaged, or in an unknown encoding.
    """
    if len(content) > MOST_BYTES:
        raise SheetError(_("the file is larger than {size} MB; split it").format(size=MOST_BYTES // 1_000_000))
    beginning = content[:_LOOKED_AT].removeprefix(codecs.BOM_UTF8).lstrip()
    for mark, words in _KINDS.items():
        if beginning.startswith(mark):
            raise SheetError(_(words).format(remedy=_(_SAVE)))
    text, encoding = _decoded(content)
    separator = _SEPARATOR_LINE.match(text)
    delimiter = separator[1] if separator else _delimiter(text)
    rows = _rows(text, delimiter)
    if separator:
        next(rows)
    columns = next(rows, None)
    if columns is None:
        raise SheetError(_("the file is empty: it needs a row for each target, below a row with the columns' names"))
    targets: list[Row] = []
    for row in rows:
        if len(targets) == MOST_ROWS:
            raise SheetError(_("the file has more than {count:,} rows; split it").format(count=MOST_ROWS))
        targets.append(row)
    return Sheet(columns, tuple(targets), encoding, delimiter, hashlib.sha256(content).hexdigest())


def _decoded(content: bytes) -> tuple[str, str]:
    marked = (encoding for mark, encoding in _BYTE_ORDER_MARKS.items() if content.startswith(mark))
    encoding = next(marked, "utf-8")
    if encoding != "utf-16" and content.count(0) > len(content) * _MOST_NULS:
        raise SheetError(_("this is no text: too many of its bytes are NUL. {remedy}").format(remedy=_(_SAVE)))
    try:
        return content.decode(encoding), encoding
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and (text := _hebrew_windows(content)) is not None:
            return text, _HEBREW_WINDOWS
        line = len(re.findall(rb"\r\n|\r|\n", error.object[: error.start])) + 1
        words = _NEITHER if encoding == "utf-8" else _NOT_AS_MARKED
        raise SheetError(_(words).format(line=line, encoding=encoding[:6].upper(), remedy=_(_SAVE))) from None


def _hebrew_windows(content: bytes) -> str | None:
    """The text, unless it is rather a damaged UTF-8 one: read as such it has the more Hebrew letters."""
    try:
        text = content.decode(_HEBREW_WINDOWS)
    except UnicodeDecodeError:
        return None
    damaged = content.decode("utf-8", "replace")
    return text if len(_HEBREW_LETTERS.findall(text)) >= len(_HEBREW_LETTERS.findall(damaged)) else None


def _delimiter(text: str) -> str:
    """The one that is most frequent outside quotes in the first line that holds anything."""
    is_quoted = False
    counts = dict.fromkeys(_DELIMITERS, 0)
    for character in _BLANK_LINES.sub("", text[:_LOOKED_AT]):
        if character == '"':
            is_quoted = not is_quoted
        elif not is_quoted and character in "\r\n":
            break
        elif not is_quoted and character in counts:
            counts[character] += 1
    best = max(counts, key=lambda delimiter: counts[delimiter])
    return best if counts[best] else ","


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    """Rows that hold anything.

    Raises:
        SheetError: a quote is opened and never closed.
    """
    lines = io.StringIO(text, newline="")
    reader = csv.reader(chain(lines, [_END]), delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            if cells and cells[-1].endswith(_END):  # alone, unless an open quote has swallowed it
                if cells == [_END]:
                    return
                break
            if any(cell.strip() for cell in cells):
                yield Row(line, tuple(cells))
            line = reader.line_num + 1
    except csv.Error:  # an open quote has swallowed more than a cell can hold
        pass
    words = _('line {line}: a quote (") is opened there and not closed. Close it, or take it out')
    raise SheetError(words.format(line=line))
