"""What came of each row of a file of targets, in words.

The tables are in English; whoever shows an entry of one looks it up with `_`.
"""

from wallboard.domain.imports import RowResult
from wallboard.language.catalog import N_

ROW_RESULT_WORDS: dict[RowResult, str] = {
    RowResult.ADDED: N_("added"),
    RowResult.REFUSED: N_("refused"),
    RowResult.NOT_SENT: N_("not sent"),
    RowResult.UNKNOWN: N_("unknown"),
    RowResult.MAYBE_DIALLED: N_("may have been dialled"),
    RowResult.BAD: N_("bad"),
    RowResult.DOUBLE: N_("double"),
    RowResult.ALREADY_PENDING: N_("already pending"),
}

ROW_REASON_WORDS: dict[RowResult, str] = {
    RowResult.ADDED: "",
    RowResult.REFUSED: N_("the vendor has not taken it"),
    RowResult.NOT_SENT: N_("add the same file again to go on"),
    RowResult.UNKNOWN: N_("it was sent and no answer came; add the same file again to have it looked up"),
    RowResult.MAYBE_DIALLED: N_(
        "it was sent and no answer came; if it was added it is dialled already; not sent again"
    ),
    RowResult.DOUBLE: N_("the same number as in line {line}"),
    RowResult.ALREADY_PENDING: N_("the campaign had it to dial already"),
}
