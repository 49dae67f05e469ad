"""Files of the user: read whole, or refused with the reason when others could read what must stay secret."""

import os
import pwd
import shlex
import stat
import tempfile
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any

from wallboard.config.errors import ConfigError, MissingConfigError

MOST_BYTES = 1_000_000
OTHERS = stat.S_IRWXG | stat.S_IRWXO
OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH

Tables = dict[str, Any]


def read_tables(path: Path) -> tuple[Tables, os.stat_result]:
    """A TOML file and who owns it.

    Raises:
        ConfigError: it is not there, cannot be read, or is not TOML.
    """
    try:
        content, status = read_bytes(path)
        return tomllib.loads(content.decode("utf-8-sig")), status
    except FileNotFoundError:
        raise MissingConfigError(
            f"{path}: there is no such file. Make one with `wallboard init`, or look around with `wallboard demo`."
        ) from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}.") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: byte {error.start} is not UTF-8. Save the file as UTF-8.") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"{path}: not TOML: {error}.") from None


def read_bytes(path: Path) -> tuple[bytes, os.stat_result]:
    """The content and the status of the very file that was read.

    Raises:
        OSError: it cannot be read, or is far larger than any file of ours.
    """
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise OSError(f"it is larger than {MOST_BYTES:,} bytes")
        return content, os.fstat(file.fileno())


def exposure(path: Path, status: os.stat_result, *, is_secret: bool) -> str | None:
    """Why a file with a secret, or with a program to run, must not be trusted, and what to do; None when it may."""
    mode = stat.S_IMODE(status.st_mode)
    quoted = shlex.quote(str(path))
    holds, harm = ("a secret", "read") if is_secret else ("a program to run", "change")
    if status.st_uid != os.geteuid():
        return (
            f"holds {holds} and belongs to {_user(status.st_uid)}, not to you, {_user(os.geteuid())}. "
            f"Run wallboard as its owner, or: chown {_user(os.geteuid())} {quoted} && chmod 600 {quoted}"
        )
    if mode & (OTHERS if is_secret else OTHERS_WRITE):
        return f"holds {holds} and others can {harm} it (mode {mode:04o}). Run: chmod 600 {quoted}"
    return None


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read: whole or not at all, also when the machine stops meanwhile.

    Raises:
        OSError: it cannot be written.
    """
    path = path.resolve()  # a symbolic link stays one
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _user(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"
