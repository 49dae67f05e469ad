"""What is wrong with a file, or with the audit, is said in the language in use; the log is English."""

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest

from wallboard.domain.ports import ImportTroubleError
from wallboard.engine.audit.files import AuditError
from wallboard.engine.imports.columns import understood
from wallboard.engine.imports.ledger import Ledger
from wallboard.engine.imports.sheet import SheetError, read_sheet
from wallboard.language.catalog import use


@pytest.fixture(autouse=True)
def hebrew() -> Iterator[None]:
    use("he")
    yield
    use("en")


def refused(content: bytes) -> str:
    with pytest.raises(SheetError) as caught:
        understood(read_sheet(content))
    return str(caught.value)


def test_a_file_that_is_no_table_is_told_with_its_remedy() -> None:
    words = refused(b"%PDF-1.7")
    assert words.startswith("זה קובץ PDF")
    assert words.endswith("ולנסות שוב")
    assert "{" not in words


def test_damaged_text_is_told_with_its_line_and_encoding() -> None:
    marked = b"\xef\xbb\xbfphone\n\xff\n"
    assert refused(marked).startswith("שורה 2 פגומה")


def test_columns_are_counted_as_hebrew_counts() -> None:
    assert refused(b"phone,tel\n0500000001,0500000002\n").startswith("שתי עמודות")
    assert refused(b"phone,tel,mobile\n0500000001,0500000002,0500000003\n").startswith("3 עמודות")


def test_a_ledger_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, "digest", "voicenter", "17")
    ledger.path.mkdir()
    with pytest.raises(ImportTroubleError, match="לא ניתן לקרוא לאן הגיע הקובץ"):
        ledger.read()


def test_the_audit_is_english_in_the_log_and_not_on_the_board() -> None:
    error = AuditError(Path("/var/audit.jsonl"), "read", OSError(errno.ELOOP, "Too many levels of symbolic links"))
    assert str(error).startswith("the audit /var/audit.jsonl cannot be read: it is a symbolic link; put a plain file")
    assert error.words.startswith("לא ניתן לקרוא את יומן הביקורת /var/audit.jsonl: זה קישור סמלי; יש לשים")
