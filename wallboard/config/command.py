"""Runs the program that prints a secret."""

import os
import selectors
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress

from wallboard.clock import SystemClock

COMMAND_SECONDS = 10.0
MOST_BYTES = 65_536
MOST_COMPLAINT = 400  # characters of its stderr that are shown


class CommandError(Exception):
    """The program gave no secret; the text holds its stderr and never its stdout."""


def output_of(argv: Sequence[str], seconds: float = COMMAND_SECONDS) -> str:
    """What a program prints, run without a shell and with nothing to read.

    Args:
        argv: The program and its arguments.
        seconds: After which it and its children are killed.

    Raises:
        CommandError: it cannot be started, does not end in time, fails, or prints no text.
    """
    program = argv[0]  # the arguments may hold a secret of their own and are never shown
    try:
        process = subprocess.Popen(  # noqa: S603 - what to run is the user's to say
            argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
        )
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise CommandError(f'"{program}" cannot be started: {reason}') from None
    with process:
        try:
            printed, complaint = _run(process, seconds)
        except subprocess.TimeoutExpired:
            raise CommandError(f'"{program}" did not end within {seconds:g} s and was stopped') from None
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
    said = _one_line(complaint)
    if process.returncode:
        raise CommandError(f'"{program}" failed with exit status {process.returncode}{said}')
    if len(printed) == MOST_BYTES:
        raise CommandError(f'"{program}" printed far more than one line{said}')
    try:
        return printed.decode()
    except UnicodeDecodeError:
        raise CommandError(f'"{program}" printed something that is not text{said}') from None


def _run(process: "subprocess.Popen[bytes]", seconds: float) -> tuple[bytes, bytes]:
    """Its stdout to the end, and its stderr as far as it has come by then: a daemon it left may hold that open."""
    clock = SystemClock()
    deadline = clock.monotonic() + seconds
    read = {"stdout": bytearray(), "stderr": bytearray()}
    with selectors.DefaultSelector() as pipes:
        for name in read:
            pipes.register(getattr(process, name), selectors.EVENT_READ, name)
        is_open = True
        while is_open:
            left = deadline - clock.monotonic()
            if left <= 0:
                raise subprocess.TimeoutExpired(process.args, seconds)
            is_open = _read_once(pipes, read, left)
        process.wait(max(0.0, deadline - clock.monotonic()))
        _read_once(pipes, read, 0)
    return bytes(read["stdout"]), bytes(read["stderr"])


def _read_once(pipes: selectors.BaseSelector, read: dict[str, bytearray], seconds: float) -> bool:
    """Take what is there; whether stdout is still open. Past the cap it is read and thrown away."""
    for key, _ in pipes.select(seconds):
        chunk = os.read(key.fd, MOST_BYTES)
        kept = read[key.data]
        kept += chunk[: MOST_BYTES - len(kept)]
        if not chunk:
            pipes.unregister(key.fileobj)
    return any(key.data == "stdout" for key in pipes.get_map().values())


def _one_line(complaint: bytes) -> str:
    text = " ".join(complaint.decode(errors="replace").split())
    text = "".join(character if character.isprintable() else "?" for character in text)
    return f"; it says: {text[:MOST_COMPLAINT]}" if text else ""
