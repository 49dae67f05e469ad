"""The two files of the audit: the lines, and the head that knows the last of them; opened with care and locked."""

import errno
import fcntl
import os
import re
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from wallboard.language.catalog import N_, _

NO_HASH = "0" * 64
LOCK_ATTEMPTS = 500
LOCK_PAUSE_SECONDS = 0.01

_HEAD = re.compile(rb"([0-9]{1,18}) ([0-9a-f]{64})\n")
_MOST_HEAD_BYTES = 100
_MOST_MOVES = 100  # of a file that is moved away again and again while its lock is waited for
_REASONS = {errno.ELOOP: N_("it is a symbolic link"), errno.EAGAIN: N_("another program holds its lock")}
_TROUBLES = {
    "read": N_("the audit {path} cannot be read: {reason}; {remedy}"),
    "written": N_("the audit {path} cannot be written: {reason}; {remedy}"),
}
_FREE = N_("free some space and try again")
_ALLOW = N_("let this user read and write it and its folder, and try again")
_REPLACE = N_("put a plain file, or nothing, in its place and try again")
_FOLDER = N_("put a folder in place of the file that stands where its folder should and try again")
_REMEDIES = {
    errno.ENOSPC: _FREE,
    errno.EDQUOT: _FREE,
    errno.EFBIG: N_("move it away, as a rotation of logs does, and try again"),
    errno.EACCES: _ALLOW,
    errno.EPERM: _ALLOW,
    errno.EROFS: N_("make its file system writable and try again"),
    errno.ELOOP: _REPLACE,
    errno.EINVAL: _REPLACE,
    errno.EISDIR: _REPLACE,
    errno.EEXIST: _FOLDER,
    errno.ENOTDIR: _FOLDER,
    errno.EAGAIN: N_("end that program, or wait, and try again"),
}


class AuditError(Exception):
    """The audit cannot be written or read. Its text tells a person which file, why, and what to do; in English."""

    def __init__(self, path: Path, wish: Literal["read", "written"], error: OSError) -> None:
        number = error.errno or 0
        self._trouble = _TROUBLES[wish]
        self._path = error.filename or path
        self._reason = _REASONS.get(number) or error.strerror or type(error).__name__
        self._remedy = _REMEDIES.get(number, N_("see to it and try again"))
        super().__init__(self._trouble.format(path=self._path, reason=self._reason, remedy=self._remedy))

    @property
    def words(self) -> str:
        """The same in the language in use, for the board; the log and the command line are English."""
        return _(self._trouble).format(path=self._path, reason=_(self._reason), remedy=_(self._remedy))


@dataclass(frozen=True, slots=True)
class Link:
    """A place in the chain: a line's `seq` and the SHA-256 of its bytes. The default is before the first line."""

    seq: int = 0
    hash: str = NO_HASH


def head_path(path: Path) -> Path:
    """Where the head of an audit is."""
    return path.with_suffix(".head")


def read_head(descriptor: int) -> Link | None:
    """What the head knows; None when it cannot be understood."""
    content = os.pread(descriptor, _MOST_HEAD_BYTES, 0)
    if found := _HEAD.fullmatch(content):
        return Link(int(found[1]), found[2].decode())
    return None if content else Link()


def write_head(descriptor: int, link: Link) -> None:
    """Put `link` in place of what the head knew, on the disk.

    In its place, not by a new file: its lock must stay the same one.
    """
    content = f"{link.seq} {link.hash}\n".encode()
    if os.pwrite(descriptor, content, 0) != len(content):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    os.ftruncate(descriptor, len(content))
    os.fsync(descriptor)


def open_plain(path: Path, flags: int) -> int:
    """Open a plain file; a new one is its owner's alone.

    Raises:
        OSError: it cannot be opened, or is a symbolic link, a pipe, a device.
    """
    descriptor = os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, 0o600)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, N_("it is not a plain file"), str(path))
    return descriptor


@contextmanager
def locked(path: Path, flags: int) -> Iterator[int]:
    """The file, open, and while it is, no other program's.

    Raises:
        OSError: it cannot be opened; EAGAIN: another program has not let go of it for seconds.
    """
    for _move in range(_MOST_MOVES):
        descriptor = open_plain(path, flags)
        try:
            if not wait_for_lock(descriptor, fcntl.LOCK_EX):
                break
            if _is_at(path, descriptor):
                yield descriptor
                return
        finally:
            os.close(descriptor)
    raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN), str(path))


def wait_for_lock(descriptor: int, operation: int) -> bool:
    """Lock an open file; False when another program has not let go of it for seconds."""
    for _attempt in range(LOCK_ATTEMPTS):
        with suppress(BlockingIOError):
            fcntl.flock(descriptor, operation | fcntl.LOCK_NB)
            return True
        threading.Event().wait(LOCK_PAUSE_SECONDS)  # the caller's thread is one that may block
    return False


def _is_at(path: Path, descriptor: int) -> bool:
    """Whether the file that was locked is still the one at its path, and not moved away meanwhile."""
    try:
        return os.path.samestat(path.lstat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False
