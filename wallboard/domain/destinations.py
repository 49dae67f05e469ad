"""Where a caller can be sent: extensions of a Yemot system, by their paths."""

import re
from dataclasses import dataclass

ROOT = "/"
_PATH = re.compile(r"(/[0-9]{1,10}){1,20}")  # as a caller could press it


@dataclass(frozen=True, slots=True)
class Destination:
    """An extension that callers may be sent to; `name` is what people call it."""

    path: str
    name: str | None = None


def extension_path(text: str) -> str | None:
    """The path of an extension as it is sent: `/2/5` also for `2/5`, `/` for the root; None where it is none."""
    inner = text.strip().strip("/")
    if inner in {"", "."}:
        return ROOT if text.strip() else None
    path = f"/{inner}"
    return path if _PATH.fullmatch(path) else None
