"""Files a person may mean, as he types where one lies. Looks only; whoever calls it in the loop does so in a thread."""

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from wallboard.language.catalog import _
from wallboard.ui.panels.arrangement import folded

SUFFIXES = frozenset({".csv", ".tsv", ".txt"})  # Excel names its Unicode text .txt
MOST_ENTRIES = 2_000  # of one folder
MOST_CHARACTERS = 4_096  # of any path
PARENT = ".."
_REPORT = re.compile(r"\.report-\d{8}-\d{6}(-\d+)?\.csv$")  # what came of a file's rows: it would be the newest
_SIZES = ("B", "kB", "MB", "GB")
_BEFORE_A_WHOLE_PATH = re.compile("^.*/(?=/|~/)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file or a folder. `size` in bytes, `changed_at` UTC seconds; neither is told of folders."""

    name: str
    path: Path
    is_folder: bool
    size: int = 0
    changed_at: float = 0.0

    @property
    def typed(self) -> str:
        """Its name as it would be typed: a folder's with a slash."""
        return f"{self.name}{os.sep}" if self.is_folder else self.name


@dataclass(frozen=True, slots=True)
class Listing:
    """What may be chosen in a folder: files, the newest first, then folders by name. `trouble`: why nothing is told."""

    folder: Path
    entries: tuple[Entry, ...] = ()
    trouble: str = ""


def split(text: str, start: Path) -> tuple[Path, str]:
    """The folder that a path as it is typed is in, and what of a name in it has been typed.

    Args:
        text: may begin with `~`, or be relative.
        start: what it is relative to.
    """
    head, separator, name = text.rpartition(os.sep)
    return start / _at_home(head + separator), name


def whole(text: str, start: Path) -> Path:
    """The path that was typed."""
    return start / _at_home(text)


def shown_path(path: Path, room: int = MOST_CHARACTERS) -> str:
    """A path as people write it, their own folder as `~`; of a longer one than there is room for, its end."""
    try:
        text = str(Path("~") / path.relative_to(Path.home()))
    except (ValueError, RuntimeError):  # elsewhere, or there is no such folder
        text = str(path)
    return text if len(text) <= room else f"…{text[1 - room :]}"


def listed(folder: Path) -> Listing:
    """The folder's files that may hold targets, and its folders."""
    try:
        with os.scandir(folder) as found:
            entries = [entry for each in found if (entry := _entry(each)) is not None]
    except (OSError, ValueError) as error:
        return Listing(folder, trouble=_why(error))
    files = sorted((e for e in entries if not e.is_folder), key=lambda entry: (-entry.changed_at, entry.name))
    folders = sorted((e for e in entries if e.is_folder), key=lambda entry: folded(entry.name))
    above = [] if folder.parent == folder else [Entry(PARENT, folder.parent, is_folder=True)]
    return Listing(folder, (*files[:MOST_ENTRIES], *above, *folders[:MOST_ENTRIES]))


def matching(listing: Listing, name: str) -> tuple[Entry, ...]:
    """Those whose names begin with what was typed, else those that hold it; hidden ones only where a dot was typed."""
    sought = folded(name)
    offered = [e for e in listing.entries if e.name == PARENT or not e.name.startswith(".") or name.startswith(".")]
    if not sought:
        return tuple(offered)
    beginning = [entry for entry in offered if folded(entry.name).startswith(sought)]
    found = beginning or [entry for entry in offered if sought in folded(entry.name)]
    return tuple(sorted(found, key=lambda entry: entry.name != name))


def started_in() -> Path:
    """Where the program was started; where that is gone, the root."""
    try:
        return Path.cwd()
    except OSError:
        return Path(os.sep)


def completed(entries: tuple[Entry, ...], name: str) -> str:
    """What was typed, and as much more as the names of all that match have in common."""
    names = [entry.typed for entry in entries if entry.name != PARENT] or [name]
    first, last = min(names), max(names)
    common = first[: next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))]
    return common if folded(common).startswith(folded(name)) and len(common) >= len(name) else name


def trouble_of(path: Path) -> str:
    """Why this is no file that can be read; "" where it is one."""
    try:
        told = path.stat()
        if stat.S_ISDIR(told.st_mode):
            return _("it is a folder")
        if not stat.S_ISREG(told.st_mode):
            return _("it is no ordinary file")
        with path.open("rb"):
            return ""
    except (OSError, ValueError) as error:
        return _why(error)


def size_words(size: int) -> str:
    """`812 B`, `1.4 MB`."""
    amount = float(size)
    for unit in _SIZES:
        if amount < 1000 or unit == _SIZES[-1]:
            return f"{amount:.0f} {unit}" if unit == "B" or amount >= 100 else f"{amount:.1f} {unit}"
        amount /= 1000
    raise AssertionError


def _entry(found: os.DirEntry[str]) -> Entry | None:
    """None for what cannot be a file of targets, or has gone meanwhile."""
    try:
        if found.is_dir():
            return Entry(found.name, Path(found.path), is_folder=True)
        is_offered = Path(found.name).suffix.lower() in SUFFIXES and not _REPORT.search(found.name)
        if is_offered and found.is_file():
            told = found.stat()
            return Entry(found.name, Path(found.path), is_folder=False, size=told.st_size, changed_at=told.st_mtime)
    except OSError:
        pass
    return None


def _why(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return _("there is none of this name")
    if isinstance(error, NotADirectoryError):
        return _("what stands before the last / is no folder")
    if isinstance(error, PermissionError):
        return _("you are not allowed to read it")
    if isinstance(error, OSError):
        return error.strerror or _("it cannot be read")
    return _("no file can be called so")


def _at_home(text: str) -> Path:
    """With `~` for the person's own folder; somebody else's, whom the system does not know, stays as it is.

    A whole path behind a folder, as one is pasted behind what stands there already, begins anew.
    """
    text = _BEFORE_A_WHOLE_PATH.sub("", text)
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)
