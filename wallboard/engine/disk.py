"""What must be on the disk before anybody is told."""

import errno
import os
from pathlib import Path


def write_whole(descriptor: int, content: bytes) -> None:
    """Write at once; a full disk takes a part and does not complain.

    Raises:
        OSError: not all of it was taken.
    """
    if os.write(descriptor, content) != len(content):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def sync_folder(folder: Path) -> None:
    """Have a new file's name on the disk too."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
