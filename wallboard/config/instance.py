"""Which other boards of this machine show the same configuration: each asks every account for itself."""

import fcntl
import hashlib
import json
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

MOST_COPIES = 16  # beyond that many nobody counts
MOST_BYTES = 1_000


@dataclass(frozen=True, slots=True)
class Copy:
    """Another program that shows it. `pid` 0, `tty` "" and `since` 0 (wall time): it has not said so yet."""

    pid: int = 0
    tty: str = ""
    since: float = 0.0


class Instance:
    """This program's place among the boards of one configuration, until `release` or the end of the program.

    The kernel holds each place and gives it back, whatever becomes of the program. Where nothing can be written there
    are no places, and nobody is told of anybody.

    Args:
        folder: of the state.
        configuration: what two copies have in common: the resolved path.
        now: wall time, for the next one.
    """

    def __init__(self, folder: Path, configuration: str, now: float) -> None:
        self._place: int | None = None
        self.others: tuple[Copy, ...] = ()
        digest = hashlib.sha256(configuration.encode(errors="surrogateescape")).hexdigest()[:16]
        # No folder, no room, no descriptor, no locks on this file system: nothing that a board needs.
        with suppress(OSError):
            self.others = self._take_place(folder / "running", digest, now)

    def release(self) -> None:
        """Give the place back."""
        if self._place is not None:
            os.close(self._place)
            self._place = None

    def _take_place(self, folder: Path, digest: str, now: float) -> tuple[Copy, ...]:
        """Take the first free place and say who is there; all others' words are read."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        others = []
        for number in range(MOST_COPIES):
            flags = os.O_RDWR | os.O_CLOEXEC | (os.O_CREAT if self._place is None else 0)
            try:
                descriptor = os.open(folder / f"{digest}.{number}", flags, 0o600)
            except FileNotFoundError:  # nobody was ever beyond
                break
            if not _lock(descriptor):
                others.append(_told(descriptor))
            elif self._place is None:
                self._place = descriptor
                _tell(descriptor, now)
                continue
            os.close(descriptor)
        return tuple(others)


def running_twice(path: str, others: tuple[Copy, ...]) -> list[str]:
    """What to tell whoever starts another copy; nothing where there is none."""
    if not others:
        return []
    first = min(others, key=lambda each: (not each.pid, each.since))
    where = f" on {first.tty}" if first.tty else ""
    since = datetime.fromtimestamp(first.since, UTC).astimezone().strftime(" since %Y-%m-%d %H:%M")
    known = f" (pid {first.pid}{where}{since})" if first.pid else ""
    who = f"another wallboard{known} shows" if len(others) == 1 else f"{len(others)} others, the first{known}, show"
    often = "twice" if len(others) == 1 else f"{len(others) + 1} times"
    what = f"{path}: {who} this configuration already, so that each account is asked {often} as often"
    return [f"{what}, and vendors limit that. Close one of them, or give longer poll_seconds."]


def _lock(descriptor: int) -> bool:
    """Whether it is ours now: nobody else has it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _tell(descriptor: int, now: float) -> None:
    """Say who holds the place; who cannot write it holds it all the same."""
    words = json.dumps({"pid": os.getpid(), "tty": _tty(), "since": now}).encode()
    with suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, words, 0)


def _told(descriptor: int) -> Copy:
    try:
        words = json.loads(os.pread(descriptor, MOST_BYTES, 0))
        return Copy(int(words["pid"]), str(words["tty"]), float(words["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Copy()


def _tty() -> str:
    try:
        return os.ttyname(sys.stdin.fileno())
    except (OSError, ValueError):
        return ""
