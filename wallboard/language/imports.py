"""Files of targets, in words: how one was read, and why a row is no target."""

from wallboard.domain.imports import FlawReason, ImportPlan

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

_FIELD_WORDS: dict[str, str] = {
    "number": "the number",
    "name": "the name",
    "first_name": "the first name",
    "last_name": "the last name",
    "caller_id": "the caller id",
    "priority": "the priority",
    "dial_at": "when to dial",
}
_ENCODING_WORDS: dict[str, str] = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with a mark",
    "utf-16": "UTF-16",
    "cp1255": "Hebrew Windows (cp1255)",
}


def field_words(field: str) -> str:
    """What a column was taken for."""
    return _FIELD_WORDS.get(field) or f"custom data {field}"


def form_words(plan: ImportPlan) -> str:
    """How a file was read."""
    delimiter = "tabs" if plan.delimiter == "\t" else f"“{plan.delimiter}”"
    return f"{_ENCODING_WORDS.get(plan.encoding, plan.encoding)}, cells set apart by {delimiter}"


def targets(count: int) -> str:
    """So many targets."""
    return f"{count:,} target" + ("" if count == 1 else "s")
