"""What came of each row of a file of targets, in words."""

from wallboard.domain.imports import RowResult

ROW_RESULT_WORDS: dict[RowResult, str] = {
    RowResult.ADDED: "added",
    RowResult.REFUSED: "refused",
    RowResult.NOT_SENT: "not sent",
    RowResult.UNKNOWN: "unknown",
    RowResult.MAYBE_DIALLED: "may have been dialled",
    RowResult.BAD: "bad",
    RowResult.DOUBLE: "double",
    RowResult.ALREADY_PENDING: "already pending",
}

ROW_REASON_WORDS: dict[RowResult, str] = {
    RowResult.ADDED: "",
    RowResult.REFUSED: "the vendor has not taken it",
    RowResult.NOT_SENT: "add the same file again to go on",
    RowResult.UNKNOWN: "it was sent and no answer came; add the same file again to have it looked up",
    RowResult.MAYBE_DIALLED: "it was sent and no answer came; if it was added it is dialled already; not sent again",
    RowResult.DOUBLE: "the same number as in line {line}",
    RowResult.ALREADY_PENDING: "the campaign had it to dial already",
}
