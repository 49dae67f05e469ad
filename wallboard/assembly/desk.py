"""Where people act: the gate, the audit and the dispatcher behind one board."""

import getpass
import os
import socket
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

from wallboard.clock import Clock
from wallboard.config.model import Settings
from wallboard.config.pin import matches
from wallboard.domain.ports import Source
from wallboard.engine.audit.log import AuditLine, AuditLog, Event
from wallboard.engine.dispatcher import Dispatcher
from wallboard.engine.engine import Engine
from wallboard.engine.gate import Gate

_ACTION_OF_NOTE = {"locked": "lock_board", "unlocked": "unlock_board", "wrong_pin": "wrong_pin"}


def open_audit(path: Path, settings: Settings, clock: Clock) -> AuditLog:
    """The audit, written in the name of whoever sits here."""
    return AuditLog(path, clock, settings.board.operator or login_name(), socket.gethostname())


def open_desk(
    settings: Settings, clock: Clock, engine: Engine, sources: Sequence[Source], audit: AuditLog, *, is_read_only: bool
) -> Dispatcher:
    """What carries out commands, within what the settings allow here."""
    minutes, pin_hash = settings.board.lock_after_minutes, settings.actions.pin_hash
    gate = Gate(
        clock,
        is_read_only=is_read_only,
        idle_seconds=None if minutes is None else minutes * 60,
        is_pin=None if pin_hash is None else lambda pin: matches(pin, pin_hash.get_secret_value()),
        record=lambda note: _note(audit, note),
    )
    return Dispatcher(clock, engine, sources, audit, gate)


def login_name() -> str:
    """Who is logged in; a number where the system has no name for him."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return str(os.getuid())


def _note(audit: AuditLog, note: str) -> None:
    audit.append(AuditLine(event=Event.NOTE, id=uuid4().hex[:12], action=_ACTION_OF_NOTE[note]))
