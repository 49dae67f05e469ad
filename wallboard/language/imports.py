"""Why a row of a file is no target, in words."""

from wallboard.domain.imports import FlawReason

FLAW_WORDS: dict[FlawReason, str] = {
    FlawReason.NO_NUMBER: "there is no number",
    FlawReason.NOT_A_NUMBER: "this is not a telephone number",
    FlawReason.LOST_DIGITS: "a spreadsheet has rounded the number: make the column text, and write the number anew",
    FlawReason.NOT_DIALABLE: "no telephone number is like that, or it is a short or an emergency one",
    FlawReason.TOO_SHORT: "the number has too few digits",
    FlawReason.BAD_PRIORITY: "the priority must be a whole number",
    FlawReason.BAD_TIME: "the time must be as 20/11/2026 14:30 or 2026-11-20 14:30, by the account's own clock",
    FlawReason.BAD_CALLER_ID: "the caller id is not a telephone number",
    FlawReason.TOO_LONG: "the number has too many digits, or a cell is too long",
    FlawReason.WRONG_WIDTH: "the row has more cells than there are columns: put quotes round a cell that holds a comma",
    FlawReason.OPEN_QUOTE: 'a quote (") has swallowed the rows below: close it, or take it out',
    FlawReason.DAMAGED: "the row is damaged: it holds a NUL character",
}
