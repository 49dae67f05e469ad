"""An exception as data: what it is, what it says, where it came from; no local variable and no line of source."""

from collections.abc import Iterator
from traceback import walk_tb
from typing import Any

MOST_FRAMES = 40  # of one exception: where it began and where it ended
MOST_OUTER_FRAMES = 10
MOST_LINKS = 8  # of exceptions that led to one another, and of those in a group


def told(error: BaseException, *, is_wordless: bool = False) -> dict[str, Any]:
    """`{type, text, frames: [{file, line, function}]}`, with what led to it as `cause` and, of a group, `exceptions`.

    Args:
        error: what was raised.
        is_wordless: without its text, which may hold anything: where nobody foresaw it, also a caller's number.
    """
    return _told(error, is_wordless=is_wordless, links=MOST_LINKS)


def place_of(error: BaseException) -> dict[str, Any]:
    """For `extra` of a log call: the error without its words, where nobody foresaw it and they may hold anything."""
    return {"error": told(error, is_wordless=True)}


def _told(error: BaseException, *, is_wordless: bool, links: int) -> dict[str, Any]:
    report: dict[str, Any] = {"type": type(error).__qualname__}
    if not is_wordless:
        report["text"] = _text(error)
    frames = list(_frames(error))
    if len(frames) > MOST_FRAMES:
        frames = frames[:MOST_OUTER_FRAMES] + frames[MOST_OUTER_FRAMES - MOST_FRAMES :]
    report["frames"] = frames
    if links == 0:
        return report
    if (before := error.__cause__ or (None if error.__suppress_context__ else error.__context__)) is not None:
        report["cause"] = _told(before, is_wordless=is_wordless, links=links - 1)
    if isinstance(error, BaseExceptionGroup):
        members = error.exceptions[:MOST_LINKS]
        report["exceptions"] = [_told(each, is_wordless=is_wordless, links=min(links - 1, 2)) for each in members]
    return report


def _text(error: BaseException) -> str:
    try:
        return "\n".join([str(error), *getattr(error, "__notes__", ())])
    except Exception:  # noqa: BLE001 - an exception that cannot say what it is must not become another one
        return ""


def _frames(error: BaseException) -> Iterator[dict[str, Any]]:
    for frame, line in walk_tb(error.__traceback__):
        code = frame.f_code
        yield {"file": code.co_filename, "line": line, "function": code.co_qualname}
