"""Errors that nobody catches: into the log, never over the running picture."""

import asyncio
import logging
import sys
import threading
from types import TracebackType
from typing import Any

_log = logging.getLogger("wallboard")


def install() -> None:
    """Take the place of what prints to stderr: for the main thread, other threads, and objects that die badly."""
    sys.excepthook = _main_thread_ended
    threading.excepthook = _thread_ended
    sys.unraisablehook = _could_not_be_raised


def loop_failed(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """For `set_exception_handler`. The arguments of a callback stay out: half a secret is none that one knows."""
    words = str(context.get("message", "")).partition("(")[0]
    _log.error("in the event loop: %s", words, exc_info=context.get("exception"))


def _main_thread_ended(kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
    _log.critical("stopped by an unexpected %s", kind.__name__, exc_info=error)
    sys.stderr.write(f"wallboard: stopped by an unexpected {kind.__name__}\n")  # the picture has ended with it


def _thread_ended(ended: threading.ExceptHookArgs) -> None:
    name = ended.thread.name if ended.thread else "that is gone"
    _log.error("the thread %s ended by an unexpected %s", name, ended.exc_type.__name__, exc_info=ended.exc_value)


def _could_not_be_raised(what: "sys.UnraisableHookArgs") -> None:
    # The object itself is not shown: its words may hold anything.
    words = what.err_msg or "ignored"
    _log.error("%s in a %s", words, type(what.object).__name__, exc_info=what.exc_value)
