"""Why a row of a file is no target, in words.

The tables are in English; whoever shows an entry of one looks it up with `_`.
"""

from wallboard.domain.imports import FlawReason
from wallboard.language.catalog import N_

FLAW_WORDS: dict[FlawReason, str] = {
    FlawReason.NO_NUMBER: N_("there is no number"),
    FlawReason.NOT_A_NUMBER: N_("this is not a telephone number"),
    FlawReason.LOST_DIGITS: N_("a spreadsheet has rounded the number: make the column text, and write the number anew"),
    FlawReason.NOT_DIALABLE: N_("no telephone number is like that, or it is a short or an emergency one"),
    FlawReason.TOO_SHORT: N_("the number has too few digits"),
    FlawReason.BAD_PRIORITY: N_("the priority must be a whole number"),
    FlawReason.BAD_TIME: N_("the time must be as 20/11/2026 14:30 or 2026-11-20 14:30, by the account's own clock"),
    FlawReason.BAD_CALLER_ID: N_("the caller id is not a telephone number"),
    FlawReason.TOO_LONG: N_("the number has too many digits, or a cell is too long"),
    FlawReason.WRONG_WIDTH: N_(
        "the row has more cells than there are columns: put quotes round a cell that holds a comma"
    ),
    FlawReason.OPEN_QUOTE: N_('a quote (") has swallowed the rows below: close it, or take it out'),
    FlawReason.DAMAGED: N_("the row is damaged: it holds a NUL character"),
}
